"""How members mark, on the pages of the chair and the office."""

import io
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from openpyxl import load_workbook

from ocop.councils.statistics import agreement
from ocop.web.council.words import OF_MARKS, OF_TOTALS, agreement_words
from tests.councils.hall import Hall, open_hall
from tests.web.council_pages import COUNCILS, Person, sitting_at, today

pytestmark = pytest.mark.django_db
__all__ = ["today"]


@pytest.fixture
def hall(today: datetime) -> Hall:
    """Two cases: 70, 72, 74 and 60, 61, 62; the second near nothing, the first at four stars."""
    hall = open_hall(today, cases=2)
    for item, totals in zip(hall.items, ((68, 69, 76), (60, 61, 62)), strict=True):
        hall.submit_all(*totals, item=item)
        item.refresh_from_db()
        hall.answer(item)
        for code in _differing(hall, item):
            _agree(hall, item, code)
        hall.conclude(item)
    return hall


def _differing(hall: Hall, item: object) -> list[str]:
    from ocop.councils.queries import progress

    return list(progress.assessed(item).differing)  # type: ignore[arg-type]


def _agree(hall: Hall, item: object, code: str) -> None:
    from ocop.councils.queries import progress
    from ocop.councils.services import concluding

    best = max(sheet.marks[code] for sheet in progress.counted_sheets(item))  # type: ignore[arg-type]
    concluding.agree_level(
        actor=hall.chair,
        item=item,  # type: ignore[arg-type]
        criterion=code,
        points=best,
        reason="Sau thảo luận",
        at=hall.now,
    )


def test_chair_reads_distances_agreement_and_whose_absence_changes_a_star(hall: Hall) -> None:
    page = Person(hall.people[0]).get(sitting_at(hall.sitting.code, "thong-ke/"))
    for text in ("ICC(2,1)", "<svg", "Nếu vắng một thành viên", "71,00", "61,00", "−1,00"):
        assert text in page
    assert f"không có {hall.people[2].name} thì 3 sao" in page


def test_workbook_holds_a_row_for_each_sheet(hall: Hall) -> None:
    chair = Person(hall.people[0])
    answer = chair.client.get(sitting_at(hall.sitting.code, "thong-ke/?format=xlsx"))
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    rows = [row for row in book.active.iter_rows(values_only=True) if row[0] in (1, 2)]
    assert len(rows) == 6
    assert sorted(row[4] for row in rows) == [60, 61, 62, 68, 69, 76]


def test_council_shows_members_over_its_sittings(hall: Hall) -> None:
    page = Person(hall.office).get(f"{COUNCILS}{hall.council.code}/thong-ke/")
    assert "Mức thống nhất từng phiên" in page
    assert hall.people[2].name in page


def test_members_and_the_secretary_do_not_read_them(hall: Hall) -> None:
    for who in (1, 2):
        Person(hall.people[who]).get(sitting_at(hall.sitting.code, "thong-ke/"), status=404)
        Person(hall.people[who]).get(f"{COUNCILS}{hall.council.code}/thong-ke/", status=404)


def test_nothing_concluded_says_so(today: datetime) -> None:
    hall = open_hall(today)
    page = Person(hall.people[0]).get(sitting_at(hall.sitting.code, "thong-ke/"))
    assert "Chưa có hồ sơ nào được kết luận" in page


def test_a_low_correlation_of_marks_that_hardly_vary_accuses_nobody() -> None:
    close = agreement([[Decimal(98), Decimal(97)], [Decimal("97.5"), Decimal("97.9")]])
    told = agreement_words(close, close.single, OF_TOTALS)
    assert told == "thấp vì điểm hầu như không chênh nhau: thành viên chấm gần như giống nhau"
    apart = agreement([[Decimal(98), Decimal(60)], [Decimal(61), Decimal(97)]])
    assert "hiểu thang điểm khác nhau" in agreement_words(apart, apart.single, OF_TOTALS)
    marks = agreement([[Fraction(1), Fraction(1)], [Fraction(1), Fraction(5, 6)]])
    assert "hầu như không chênh nhau" in agreement_words(marks, marks.single, OF_MARKS)
    nothing = agreement([[Decimal(98)]])
    assert "chưa tính được" in agreement_words(nothing, nothing.single, OF_TOTALS)
