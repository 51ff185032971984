"""What two papers cannot both say: one decision has one day, a star is not earned twice in a year,
and a decision has an authority (DOMAIN, 2). All is taken and told: the office has the papers."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import pytest

from ocop.core.actor import SYSTEM
from ocop.recognition import services
from ocop.recognition.models import Recognition
from ocop.recognition.registry_import import Code, Report, Result, read
from tests.recognition import registries
from tests.recognition.registries import HEADING, TODAY, book
from tests.recognition.test_comparing import bring, preview
from tests.world import annulled_by

SIGNED = (*HEADING, "Cơ quan ban hành")
HANOI, LAM_DONG = "UBND thành phố Hà Nội", "UBND tỉnh Lâm Đồng"


def row(name: str, number: str, day: str | None, by: str = HANOI, **more: Any) -> list[Any]:
    return [*registries.row(name, decision=number, signed_on=day, **more), by]


def bare(name: str, number: str, day: str, by: str = HANOI) -> list[Any]:
    """A row without an address, for a register without places."""
    return row(name, number, day, by, address=None)


def said(*rows: Sequence[Any], code: Code) -> list[Report]:
    result = read(book(SIGNED, *rows), "so.xlsx", today=TODAY)
    assert len(result.accepted) == len(rows)
    return [report for report in result.reports if report.code is code]


def test_one_decision_with_two_days_is_told() -> None:
    found = said(
        row("Chè", "100/QĐ-UBND", "02/09/2024"),
        row("Gạo", "100/QĐ-UBND", "03/09/2024"),
        code=Code.NUMBER_TWO_DAYS,
    )
    assert [(r.row, r.field, r.rejects) for r in found] == [
        (2, "decided_on", False),
        (3, "decided_on", False),
    ]
    assert "02/09/2024, 03/09/2024" in found[0].message


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("UBND thành phố Hà Nội", "UBND TP Hà Nội"),
        ("UBND TP. Hà Nội", "Uỷ ban nhân dân thành phố  Hà Nội"),
        ("UBND tỉnh Lâm Đồng", "ubnd T. Lâm Đồng"),
    ],
)
def test_authority_written_in_two_ways_is_one(one: str, other: str) -> None:
    found = said(
        row("Chè", "72/QĐ-UBND", "03/04/2024", one),
        row("Gạo", "72/QĐ-UBND", "05/04/2024", other),
        code=Code.NUMBER_TWO_DAYS,
    )
    assert [r.row for r in found] == [2, 3]


def test_day_that_most_rows_agree_on_is_not_remarked() -> None:
    found = said(
        row("Chè", "100/QĐ-UBND", "02/09/2024"),
        row("Gạo", "100/QĐ-UBND", "03/09/2024"),
        row("Mật", "100/QĐ-UBND", "02/09/2024"),
        code=Code.NUMBER_TWO_DAYS,
    )
    assert [r.row for r in found] == [3]


@pytest.mark.parametrize(
    ("number", "day", "by"),
    [
        ("100/QĐ-UBND", "03/09/2025", HANOI),  # numbers begin anew each year
        ("100/QĐ-UBND", "03/09/2024", LAM_DONG),
        ("101/QĐ-UBND", "03/09/2024", HANOI),
    ],
)
def test_other_year_number_or_authority_is_another_decision(number: str, day: str, by: str) -> None:
    first = row("Chè", "100/QĐ-UBND", "02/09/2024")
    assert not said(first, row("Gạo", number, day, by), code=Code.NUMBER_TWO_DAYS)


def test_where_nobody_is_named_only_one_province_is_held_together() -> None:
    first = row("Chè", "100/QĐ-UBND", "02/09/2024", "")
    there = "phường Phú Lương, thành phố Hà Nội"
    second = row("Gạo", "100/QĐ-UBND", "03/09/2024", "")
    assert said(first, second, code=Code.NUMBER_TWO_DAYS)
    second = row("Gạo", "100/QĐ-UBND", "03/09/2024", "", address=there)
    assert not said(first, second, code=Code.NUMBER_TWO_DAYS)


@pytest.mark.django_db
def test_decision_that_the_register_has_of_another_day_is_told(now: datetime) -> None:
    bring(now, bare("Chè", "100/QĐ-UBND", "02/09/2024"), heading=SIGNED)
    batch, found = preview(
        now,
        bare("Gạo", "100/QĐ-UBND", "03/09/2024"),
        bare("Mật", "100/QĐ-UBND", "02/09/2024"),
        bare("Sen", "100/QĐ-UBND", "03/09/2025"),
        bare("Trà", "100/QĐ-UBND", "03/09/2024", LAM_DONG),
        heading=SIGNED,
    )
    told = [r for r in found if r.code is Code.NUMBER_OF_ANOTHER_DAY]
    assert [(r.row, r.rejects) for r in told] == [(2, False)]
    assert "02/09/2024" in told[0].message
    assert "03/09/2024" in told[0].message
    assert batch.accepted == 4


def test_same_star_by_two_numbers_within_a_year_is_told() -> None:
    (found,) = said(
        row("Chè", "200/QĐ-UBND", "05/06/2024"),
        row("Chè", "201/QĐ-UBND", "06/06/2024"),
        code=Code.SAME_STAR_AGAIN,
    )
    assert (found.row, found.field) == (3, "decision")
    assert "200/QĐ-UBND ngày 05/06/2024" in found.message


@pytest.mark.parametrize(
    ("number", "day", "stars"),
    [
        ("201/QĐ-UBND", "05/06/2025", 3),  # a year later
        ("201/QĐ-UBND", "06/06/2024", 4),  # another star
        ("201/QĐ-UBND", None, 3),
    ],
)
def test_another_star_or_a_year_later_is_another_act(
    number: str, day: str | None, stars: int
) -> None:
    first = row("Chè", "200/QĐ-UBND", "05/06/2024")
    assert not said(first, row("Chè", number, day, stars=stars), code=Code.SAME_STAR_AGAIN)


def test_four_stars_and_the_way_to_five_are_two_acts_and_a_proposal_is_none() -> None:
    first = row("Chè", "200/QĐ-UBND", "05/06/2024", stars=4)
    second = row("Chè", "201/QĐ-UBND", "06/06/2024", stars="tiềm năng 5 sao")
    assert not said(first, second, code=Code.SAME_STAR_AGAIN)
    heading = (*SIGNED, "Mức chứng cứ")
    for levels in (("B2", "A"), ("A", "B2")):
        rows = [
            [*row("Chè", f"20{at}/QĐ-UBND", f"0{at + 5}/06/2024"), level]
            for at, level in enumerate(levels)
        ]
        result = read(book(heading, *rows), "so.xlsx", today=TODAY)
        assert Code.SAME_STAR_AGAIN not in {report.code for report in result.reports}


@pytest.mark.django_db
@pytest.mark.parametrize("day", ["04/06/2024", "06/06/2024"])
def test_act_that_the_register_has_by_another_number_is_told_once(now: datetime, day: str) -> None:
    bring(now, bare("Chè", "200/QĐ-UBND", "05/06/2024"), heading=SIGNED)
    _batch, (found,) = preview(now, bare("Chè", "201/QĐ-UBND", day), heading=SIGNED)
    assert (found.code, found.rejects) == (Code.SAME_STAR_AGAIN, False)
    assert "200/QĐ-UBND ngày 05/06/2024" in found.message
    services.annul(
        actor=SYSTEM,
        recognition=Recognition.objects.get(),
        **annulled_by(date(2024, 7, 1)),
        reason="trao sai hạng sao",
        at=now,
    )
    assert preview(now, bare("Chè", "201/QĐ-UBND", day), heading=SIGNED)[1] == []


def test_decision_without_an_authority_is_told_at_its_row() -> None:
    found = said(
        row("Chè", "200/QĐ-UBND", "05/06/2024", ""),
        row("Gạo", "200/QĐ-BNNMT", "05/06/2026", "", stars=5),  # a number of the Ministry's
        row("Mật", "200/QĐ-UBND ngày 05/06/2024 của UBND huyện Thanh Oai", None, ""),
        row("Sen", "", None, ""),
        code=Code.AUTHORITY_MISSING,
    )
    assert [(r.row, r.field, r.rejects) for r in found] == [(2, "authority", False)]


def columnless(*rows: Sequence[Any]) -> Result:
    return read(book(HEADING, *rows), "so.xlsx", today=TODAY)


def test_file_without_a_column_for_the_authority_is_told_once() -> None:
    result = columnless(registries.row("Chè"), registries.row("Gạo"))
    (found,) = result.reports
    assert (found.code, found.field) == (Code.AUTHORITY_COLUMN_MISSING, None)
    assert "2 dòng" in found.message
    undated = columnless(registries.row("Chè", signed_on=None))
    assert Code.AUTHORITY_COLUMN_MISSING not in {r.code for r in undated.reports}


def test_two_rows_of_one_decision_are_not_one_before_the_other() -> None:
    """Marks tell two products of one decision apart; nothing changed."""
    rows = [
        row("Mắm dừa", "100/QĐ-UBND", "02/09/2024", stars=4),
        row("Mắm dứa", "100/QĐ-UBND", "02/09/2024", stars=3),
    ]
    assert not said(*rows, code=Code.STARS_CHANGED)
