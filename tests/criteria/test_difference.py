"""Differences between versions, and whose star they change."""

import copy
from typing import Any

from ocop.criteria.difference import Kind, compare, simulate
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


def test_simulation_names_the_products_whose_star_changes() -> None:
    def stricter(data: dict[str, Any]) -> None:
        _first(data)["options"][2]["star"] = 4

    full = {c.code: c.max for c in load_set(1).criteria}
    sheets = {
        "kept": (full, {}),
        "fallen": (full | {"1.1": 2}, {}),
        "stopped": (full, {"forged_dossier": True}),
    }
    (shift,) = simulate(sheets, load_set(1), _changed(stricter))
    assert (shift.key, shift.before.star, shift.after.star) == ("fallen", 5, 3)


def test_level_that_is_gone_counts_as_the_next_lower_one() -> None:
    def coarser(data: dict[str, Any]) -> None:
        del _first(data)["options"][1]
        data["disqualifiers"] = []

    marks = {c.code: c.max for c in load_set(1).criteria} | {"1.1": 2, "2.4": 0}
    marks |= {"3.2": 0, "3.1": 1, "12": 0, "11": 0, "1.2": 0, "1.4": 2}
    old, new = load_set(1), _changed(coarser)
    shifts = simulate({"a": (marks, {"forged_dossier": False})}, old, new)
    assert all(s.after.total == s.before.total - 1 for s in shifts)
