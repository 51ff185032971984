"""A decision that the law of its day does not know is kept as a record, and not shown as valid.

Decision 1489/QĐ-TTg: no districts from 01/07/2025. Decisions 148/QĐ-TTg and 26/2026/QĐ-TTg: five
stars are the minister's; a recognition is valid for 36 months.
"""

from datetime import date, datetime
from typing import Any

import pytest

from ocop.core.actor import SYSTEM
from ocop.recognition import importing, services
from ocop.recognition.lifting import lift_evidence
from ocop.recognition.models import Recognition
from ocop.recognition.queries import register_rows
from ocop.recognition.registry_import import Wishes, read
from ocop.recognition.validity import State
from tests.factories import PDF
from tests.recognition.registries import HEADING, book, codes, read_rows, row

pytestmark = pytest.mark.django_db
SIGNED = (*HEADING, "Cơ quan ban hành")
TODAY = date(2026, 11, 24)
DISTRICT = ("10/02/2026", "UBND quận Tây Hồ", 4)
PROVINCE = ("10/02/2026", "UBND thành phố Hà Nội", 5)


def bring(now: datetime, day: str, authority: str, stars: int) -> None:
    told: list[Any] = [*row(address=None, stars=stars, signed_on=day), authority]
    importing.import_file(
        actor=SYSTEM,
        content=book(SIGNED, told),
        filename="so.xlsx",
        wishes=Wishes(),
        publish=True,
        at=now,
    )


def state() -> str:
    return str(register_rows(SYSTEM, on=TODAY).get().state)


@pytest.mark.parametrize("given", [DISTRICT, PROVINCE])
def test_star_of_who_could_not_give_it_is_no_valid_one(
    now: datetime, given: tuple[str, str, int]
) -> None:
    bring(now, *given)
    found = Recognition.objects.get()
    assert (found.stars, found.evidence, found.expires_on) == (given[2], "B1", None)
    assert state() == State.UNKNOWN


def test_officer_who_holds_the_paper_against_it_makes_it_valid(now: datetime) -> None:
    bring(now, *DISTRICT)
    found = Recognition.objects.get()
    assert found.decision is not None
    services.attach_decision(
        actor=SYSTEM,
        decision=found.decision,
        content=PDF,
        filename="qd.pdf",
        reason="Có bản đã ký",
        at=now,
    )
    found.decision.refresh_from_db()
    lift_evidence(actor=SYSTEM, decision=found.decision, recognitions=[found], at=now)
    assert state() == State.VALID


@pytest.mark.parametrize(
    ("day", "authority", "stars"),
    [
        ("10/02/2024", "UBND quận Tây Hồ", 3),
        ("10/02/2026", "UBND thành phố Hà Nội", 4),
    ],
)
def test_star_of_who_could_give_it_is_valid(
    now: datetime, day: str, authority: str, stars: int
) -> None:
    bring(now, day, authority, stars)
    assert Recognition.objects.get().evidence == "A"
    assert state() in (State.VALID, State.WINDOW_OPEN, State.WINDOW_MISSED)


def test_written_day_past_the_term_is_not_the_last_one() -> None:
    heading = (*HEADING, "Ngày hết hạn")
    told = [*row(signed_on="05/06/2024"), "05/06/2028"]

    result = read(book(heading, told), "so.xlsx", today=TODAY)
    assert result.accepted[0].expires_on == date(2027, 6, 5)
    assert [code for _row, _field, code in codes(result)] == ["expiry_past_term"]


def test_proposal_has_no_last_day() -> None:
    (draft,) = read_rows(row(), wishes=Wishes(evidence="B2")).accepted
    assert (draft.evidence, draft.expires_on) == ("B2", None)
