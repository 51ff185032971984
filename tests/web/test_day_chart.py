"""A chart of many days: where columns, labels and the figure on top stand."""

from datetime import date, timedelta
from decimal import Decimal
from xml.etree import ElementTree

from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from ocop.web.day_chart import HEIGHT, DayChart

FIRST = date(2026, 11, 1)


def chart(*values: int, months: bool = False) -> DayChart:
    days = [(FIRST + timedelta(days=n), value) for n, value in enumerate(values)]
    return DayChart("k", "Lượt quét", "Mỗi cột một ngày", days, "Ngày", "Lượt", months=months)


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=366))
def test_columns_stand_beside_each_other_within_the_drawing(values: list[int]) -> None:
    found = chart(*values).columns()
    assert len(found) == len(values)
    assert max(c.height for c in found) == (HEIGHT if any(values) else 0)
    assert all((c.height > 0) == (c.value > 0) for c in found)
    assert all(c.y + c.height == DayChart.ground for c in found)
    assert found[-1].x + found[-1].width <= 100
    ends = [c.x + c.width for c in found]
    assert all(end <= c.x + Decimal("0.02") for end, c in zip(ends, found[1:], strict=False))


def test_figure_stands_on_the_tallest_column() -> None:
    top = chart(3, 9, 4).highest()
    assert top is not None
    assert (top["value"], top["anchor"]) == (9, "middle")
    assert chart(0, 0).highest() is None


def test_some_days_are_named_the_first_and_the_last_among_them() -> None:
    words = [label["words"] for label in chart(*range(30)).labels()]
    assert (words[0], words[-1], len(words)) == ("01/11", "30/11", 5)
    assert [label["words"] for label in chart(5).labels()] == ["01/11"]
    assert chart().labels() == []
    ends = chart(*range(30)).labels()
    assert (ends[0]["anchor"], ends[-1]["anchor"]) == ("start", "end")


def test_months_are_named_without_a_day() -> None:
    found = chart(1, 2, months=True)
    assert found.lines() == [("11/2026", 1), ("11/2026", 2)]
    assert chart(1).lines() == [("01/11/2026", 1)]


def test_drawing_is_well_formed_and_its_table_has_all() -> None:
    drawn = render_to_string("components/day_chart.html", {"chart": chart(3, 0, 1_657)})
    tree = ElementTree.fromstring(drawn)
    svg = tree.find("svg")
    assert svg is not None
    assert len(svg.findall("rect")) == 2  # nothing is drawn for nothing
    cells = [cell.text for cell in tree.iter("td")]
    assert cells == ["3", "0", "1.657", "1.660"]
