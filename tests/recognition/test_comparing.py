"""A file held against the register: what differs is told with both sides, nothing is replaced."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import pytest

from ocop.core.actor import SYSTEM
from ocop.core.refusals import Refused
from ocop.recognition import importing, imports, jobs, services
from ocop.recognition.models import ImportBatch, Recognition
from ocop.recognition.registry_import import Report, Wishes
from tests.recognition import registries
from tests.recognition.registries import HEADING, book
from tests.world import annulled_by

pytestmark = pytest.mark.django_db
WITH_YEAR = (*HEADING, "Năm")


def row(name: str = "Mắm nêm", **more: Any) -> list[Any]:
    return registries.row(name, **{"address": None, **more})


def bring(now: datetime, *rows: Sequence[Any], heading: Sequence[str] = HEADING) -> ImportBatch:
    return importing.import_file(
        actor=SYSTEM,
        content=book(heading, *rows),
        filename="so.xlsx",
        wishes=Wishes(),
        publish=True,
        at=now,
    )


def preview(
    now: datetime, *rows: Sequence[Any], heading: Sequence[str] = HEADING
) -> tuple[ImportBatch, list[Report]]:
    """What the office sees before anything is loaded; places aside."""
    batch = importing.receive_import(
        actor=SYSTEM, content=book(heading, *rows), filename="so.xlsx", at=now
    )
    jobs.read_import(actor=SYSTEM, batch=batch, at=now)
    found = [r for r in imports.reports_of(batch) if r.field]
    found = [r for r in found if not r.code.value.startswith("commune")]
    return batch, [r for r in found if r.code not in ("validity_unknown", "decision_without_date")]


def counts(batch: ImportBatch) -> tuple[int, int, int]:
    return batch.accepted, batch.unchanged, batch.rejected


def test_other_star_by_the_same_decision_is_told_with_both(now: datetime) -> None:
    bring(now, row(stars=3))
    batch, (found,) = preview(now, row(stars=4))
    assert counts(batch) == (0, 0, 1)
    assert (found.code, found.rejects) == ("contradicts_register", True)
    assert "đã ghi 3 sao" in found.message
    assert "dòng này ghi 4 sao" in found.message


def test_potential_five_stars_are_told_apart_from_four(now: datetime) -> None:
    bring(now, row(stars=4))
    _batch, (found,) = preview(now, row(stars="tiềm năng 5 sao"))
    assert "đã ghi 4 sao" in found.message
    assert "dòng này ghi tiềm năng 5 sao" in found.message


def test_other_day_by_the_same_decision_is_refused_with_both(now: datetime) -> None:
    bring(now, row(signed_on="05/08/2026"))
    batch, (found,) = preview(now, row(signed_on="06/08/2026"))
    assert counts(batch) == (0, 0, 1)
    assert (found.code, found.rejects) == ("day_contradicts_register", True)
    assert "05/08/2026" in found.message
    assert "06/08/2026" in found.message
    with pytest.raises(Refused):
        bring(now, row(signed_on="06/08/2026"))
    assert Recognition.objects.get().valid_from == date(2026, 8, 5)


def test_same_number_of_another_year_is_taken_and_told(now: datetime) -> None:
    bring(now, row(signed_on="05/08/2025", stars=3))
    batch, found = preview(now, row(signed_on="05/08/2026", stars=4))
    assert counts(batch) == (1, 0, 0)
    assert [r.code for r in found] == ["same_number", "stars_changed"]
    for part in ("3 sao", "05/08/2025", "4 sao", "05/08/2026"):
        assert part in found[0].message


def test_number_without_a_day_is_the_row_the_register_has(now: datetime) -> None:
    bring(now, row())
    batch, found = preview(now, row(signed_on=None))
    assert (counts(batch), found) == ((0, 1, 0), [])
    batch, (other,) = preview(now, row(signed_on=None, stars=4))
    assert counts(batch) == (0, 0, 1)
    assert other.code == "contradicts_register"
    batch, (another,) = preview(now, [*row(signed_on=None), 2024], heading=WITH_YEAR)
    assert counts(batch) == (1, 0, 0)
    assert another.code == "same_number"
    assert "2024" in another.message


def test_star_that_completes_nothing_is_told(now: datetime) -> None:
    bring(now, row(signed_on=None, stars=3))
    batch, (found,) = preview(now, row(stars=4))
    assert counts(batch) == (1, 0, 0)
    assert found.code == "same_number"
    assert "3 sao, ngày ký –" in found.message


def test_row_without_a_decision_is_held_against_its_year(now: datetime) -> None:
    def told(year: int | None) -> list[Any]:
        return [*row(decision=None, signed_on=None), year]

    bring(now, told(2023), heading=WITH_YEAR)
    batch, (found,) = preview(now, told(2025), heading=WITH_YEAR)
    assert counts(batch) == (0, 0, 1)
    assert found.code == "year_contradicts_register"
    assert "2023" in found.message
    assert "2025" in found.message
    batch, found_same = preview(now, told(None), heading=WITH_YEAR)
    assert (counts(batch), found_same) == ((0, 1, 0), [])


def test_year_or_day_that_the_register_lacks_is_told(now: datetime) -> None:
    bring(now, row(decision=None, signed_on=None))
    batch, (found,) = preview(now, row(decision=None))
    assert counts(batch) == (0, 1, 0)
    assert (found.code, found.facts["fields"]) == ("differs_from_register", "Ngày hết hạn, Ngày ký")
    _batch, (year,) = preview(now, [*row(decision=None, signed_on=None), 2024], heading=WITH_YEAR)
    assert year.facts["fields"] == "Năm"


def test_star_that_differs_from_the_registers_last_decision_is_told_with_both(
    now: datetime,
) -> None:
    bring(
        now,
        row(decision="1/QĐ-UBND", signed_on="01/03/2019", stars=3),
        row(decision="5/QĐ-UBND", signed_on="01/03/2022", stars=4),
    )
    later = row(decision="9/QĐ-UBND", signed_on="01/03/2025", stars=3)
    batch, (found,) = preview(now, later)
    assert counts(batch) == (1, 0, 0)
    assert (found.code, found.facts) == ("stars_changed", {"before": "4", "stars": "3"})
    between = row(decision="3/QĐ-UBND", signed_on="01/03/2020", stars=3)
    assert preview(now, between)[1] == []


def test_last_decision_is_the_registers_where_it_is_later_than_the_files(now: datetime) -> None:
    bring(now, row(decision="5/QĐ-UBND", signed_on="01/03/2022", stars=4))
    first = row(decision="1/QĐ-UBND", signed_on="01/03/2019", stars=3)
    last = row(decision="9/QĐ-UBND", signed_on="01/03/2025", stars=4)
    assert preview(now, first, last)[1] == []
    nearer = row(decision="7/QĐ-UBND", signed_on="01/03/2023", stars=3)
    _batch, found = preview(now, first, nearer, last)
    assert [(r.row, r.facts["before"], r.facts["stars"]) for r in found] == [
        (3, "4", "3"),
        (4, "3", "4"),
    ]


def test_annulled_result_is_no_last_decision(now: datetime) -> None:
    bring(now, row(decision="5/QĐ-UBND", signed_on="01/03/2022", stars=4))
    services.annul(
        actor=SYSTEM,
        recognition=Recognition.objects.get(),
        **annulled_by(date(2022, 4, 1)),
        reason="trao sai hạng sao",
        at=now,
    )
    assert preview(now, row(decision="9/QĐ-UBND", signed_on="01/03/2025", stars=3))[1] == []
