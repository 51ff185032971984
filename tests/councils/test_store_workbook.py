"""Keeping a council's workbook: who may, what is refused, what is kept."""

import json
from datetime import datetime
from decimal import Decimal

import pytest

from ocop.core import options
from ocop.core.actor import ANONYMOUS, SYSTEM, Actor, ActorKind, Grant
from ocop.core.models import Event
from ocop.core.refusals import NotAllowed, Refused
from ocop.councils.models import ScoreWorkbook
from ocop.councils.outcome import Minimums, WorkingRules
from ocop.councils.queries import workbooks as queries
from ocop.councils.services.workbooks import store_workbook
from ocop.criteria.sets import load_set
from ocop.people.roles import Role
from tests.councils.books import filled, template

pytestmark = pytest.mark.django_db
BEST = {c.code: max(o.points for o in c.options) for c in load_set(13).criteria}


def person(*roles: Role) -> Actor:
    return Actor(ActorKind.PERSON, 7, frozenset(Grant(role) for role in roles))


SECRETARY = person(Role.COUNCIL_SECRETARY)


def content(points: object = None) -> bytes:
    return filled(
        template(("Cà phê", 13)),
        lambda row: BEST[str(row["Mã tiêu chí"])] if points is None else points,
    )


def store(actor: Actor, at: datetime, **changed: object) -> ScoreWorkbook:
    given = {"title": " Phiên 1 ", "content": content(), "filename": "phieu.xlsx", **changed}
    return store_workbook(actor=actor, at=at, **given)


def test_workbook_is_kept_with_its_outcome(now: datetime) -> None:
    workbook = store(SECRETARY, now)
    kept = ScoreWorkbook.objects.get()
    assert kept == workbook
    assert (kept.title, kept.created_by, kept.created_at) == ("Phiên 1", 7, now)
    assert kept.attachment.media_type.endswith("sheet")
    (outcome,) = queries.outcomes(kept)
    assert (outcome.product, outcome.mean, outcome.star) == ("Cà phê", Decimal(100), 5)
    assert queries.rules_of(kept) == WorkingRules()
    event = Event.objects.get()
    assert (event.name, event.change) == ("councils.workbook_stored", {"products": 1})
    assert "Nguyễn" not in json.dumps(event.change, ensure_ascii=False)


def test_rules_of_the_office_are_used_and_kept(now: datetime) -> None:
    head = person(Role.OFFICE_HEAD)
    for option, value in (
        (queries.SPREAD_LIMIT, 5),
        (queries.QUORUM_PERCENT, 100),
        (queries.MINIMUMS, "every"),
    ):
        options.set_option(actor=head, option=option, value=value, at=now)
    expected = WorkingRules(Decimal(5), 100, Minimums.EVERY)
    assert queries.working_rules() == expected
    assert queries.rules_of(store(head, now)) == expected
    for option, value in ((queries.SPREAD_LIMIT, -1), (queries.MINIMUMS, "any")):
        with pytest.raises(Refused):
            options.set_option(actor=head, option=option, value=value, at=now)


def test_preview_shows_wrong_cells_and_keeps_nothing() -> None:
    preview = queries.preview(content(9))
    assert len(preview.brought.errors) > 20
    assert preview.outcomes[0].mean is None
    assert preview.rules == WorkingRules()
    assert not ScoreWorkbook.objects.exists()


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"title": "  "}, "title_missing"),
        ({"content": b"x"}, "workbook_unreadable"),
        ({"content": content(9)}, "workbook_wrong_cells"),
        ({"filename": "phieu.pdf"}, "file_mismatch"),
    ],
)
def test_what_cannot_be_kept_is_refused(
    changed: dict[str, object], code: str, now: datetime
) -> None:
    with pytest.raises(Refused) as refusal:
        store(SECRETARY, now, **changed)
    assert refusal.value.code == code
    assert not ScoreWorkbook.objects.exists()
    assert not Event.objects.exists()


def test_refusal_names_the_first_wrong_cells(now: datetime) -> None:
    with pytest.raises(Refused) as refusal:
        store(SECRETARY, now, content=content(9))
    named = refusal.value.fields["file"]
    assert len(named) == 20
    assert named[0].startswith("Chấm điểm!H2: ")


@pytest.mark.parametrize(
    "role", [Role.PROVINCIAL_OFFICER, Role.OFFICE_HEAD, Role.COUNCIL_SECRETARY, Role.COUNCIL_CHAIR]
)
def test_office_secretary_and_chair_bring_and_read(role: Role, now: datetime) -> None:
    workbook = store(person(role), now)
    assert list(queries.visible_to(person(role))) == [workbook]


@pytest.mark.parametrize("role", [Role.COUNCIL_MEMBER, Role.PRODUCER, Role.COMMUNE_OFFICER])
def test_members_who_score_blind_and_strangers_see_nothing(role: Role, now: datetime) -> None:
    store(SECRETARY, now)
    with pytest.raises(NotAllowed):
        store(person(role), now)
    assert not queries.visible_to(person(role)).exists()
    assert not queries.visible_to(ANONYMOUS).exists()


def test_auditor_reads_but_does_not_bring(now: datetime) -> None:
    store(SYSTEM, now)
    auditor = person(Role.AUDITOR)
    assert queries.visible_to(auditor).count() == 1
    with pytest.raises(NotAllowed):
        store(auditor, now)


def test_workbook_prints_its_title(now: datetime) -> None:
    assert str(store(SECRETARY, now)) == "Phiên 1"
