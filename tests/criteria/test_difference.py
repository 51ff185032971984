"""Differences between versions, and marks that go over."""

import copy
from typing import Any

from ocop.criteria.difference import Kind, carried, compare
from ocop.criteria.sets import CriteriaSet, from_data, load_set


def _changed(change: Any) -> CriteriaSet:
    data = copy.deepcopy(dict(load_set(1).raw))
    change(data)
    return from_data(data, data["disqualifier_notes"])


def _first(data: dict[str, Any]) -> dict[str, Any]:
    return data["sections"][0]["parts"][0]["parts"][0]


def test_same_version_differs_in_nothing() -> None:
    assert compare(load_set(1), load_set(1)) == []


def test_every_kind_of_change_is_told_with_before_and_after() -> None:
    def change(data: dict[str, Any]) -> None:
        data["name"] = "Tên khác"
        data["disqualifiers"] = data["disqualifiers"][:1]
        criteria = data["sections"][0]["parts"][0]["parts"]
        criteria[0]["name"] = "Nguồn gốc"
        criteria[0]["options"][0]["points"] = 2
        criteria[0]["options"][2]["star"] = 4
        criteria[0]["gates"] = []
        criteria[1]["code"] = "1.9"

    found = compare(load_set(1), _changed(change))
    assert [(d.criterion, d.kind) for d in found] == [
        ("", Kind.RENAMED),
        ("", Kind.GATES),
        ("1.1", Kind.RENAMED),
        ("1.1", Kind.POINTS),
        ("1.1", Kind.MINIMUM),
        ("1.1", Kind.OPTIONS),
        ("1.1", Kind.GATES),
        ("1.9", Kind.ADDED),
        ("1.2", Kind.REMOVED),
    ]
    points = next(d for d in found if d.kind is Kind.POINTS)
    assert (points.before, points.after) == ("1/2/3", "2/2/3")
    minimum = next(d for d in found if d.kind is Kind.MINIMUM)
    assert (minimum.before, minimum.after) == ("", "4★ ≥ 3")


def test_what_stands_beside_the_points_is_told_too() -> None:
    """Nothing is published unseen: agencies, samples, names of groups, hints, notes of gates."""

    def change(data: dict[str, Any]) -> None:
        data["samples"] = 7
        group = data["sections"][0]["parts"][0]
        group["name"] = "Nhóm khác"
        group["parts"][0]["gates"][0]["note"] = "Lời khác"
        group["parts"][1]["hint"] = "Gợi ý khác"

    found = compare(load_set(1), _changed(change))
    assert [(d.criterion, d.kind) for d in found] == [
        ("", Kind.FACTS),
        ("1.1", Kind.GATES),
        ("1.2", Kind.FACTS),
    ]
    own = found[0]
    assert own.after == "Số mẫu: 7\n1 Nhóm khác: 18"
    assert found[1].after.endswith("Lời khác")
    assert found[2].after == "Gợi ý khác"


def test_level_that_is_gone_counts_as_the_next_lower_one() -> None:
    def coarser(data: dict[str, Any]) -> None:
        del _first(data)["options"][1]
        del data["sections"][0]["parts"][0]["parts"][1]

    new = _changed(coarser)
    assert new.by_code["1.1"].levels == (0, 1, 3)
    assert carried({"1.1": 2, "1.2": 1, "1.3": 1}, new) == {"1.1": 1, "1.3": 1}
    assert carried({"1.1": 3}, new) == {"1.1": 3}
    assert carried({"1.1": 0}, new) == {"1.1": 0}
