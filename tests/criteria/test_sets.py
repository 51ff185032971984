"""Loading and checking sets."""

import copy
from collections.abc import Callable
from typing import Any

import pytest

from ocop.core.refusals import Refused
from ocop.criteria import sets
from ocop.criteria.sets import check, from_data, load_all, load_set

Break = Callable[[dict[str, Any]], None]


def _broken(change: Break) -> list[str]:
    data = copy.deepcopy(dict(load_set(1).raw))
    change(data)
    return [problem.code for problem in check(from_data(data, {}))]


def _first(data: dict[str, Any]) -> dict[str, Any]:
    return data["sections"][0]["parts"][0]["parts"][0]


@pytest.mark.parametrize("criteria_set", load_all(), ids=lambda s: str(s.number))
def test_packaged_set_is_sound(criteria_set: sets.CriteriaSet) -> None:
    assert check(criteria_set) == []


def _section_of_41(data: dict[str, Any]) -> None:
    data["sections"][0]["max"] = 41


def _two_sections(data: dict[str, Any]) -> None:
    del data["sections"][2]


def _criterion_too_large(data: dict[str, Any]) -> None:
    _first(data)["max"] = 4


def _option_past_maximum(data: dict[str, Any]) -> None:
    _first(data)["options"][-1]["points"] = 9


def _marks_fall(data: dict[str, Any]) -> None:
    options = _first(data)["options"]
    options[0]["star"], options[1]["star"] = 5, 3


def _same_code(data: dict[str, Any]) -> None:
    data["sections"][0]["parts"][0]["parts"][1]["code"] = "1.1"


def _unknown_gate(data: dict[str, Any]) -> None:
    _first(data)["gates"] = [{"type": "maybe", "id": "x", "note": ""}]


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        (_section_of_41, {"section_maximum", "sum"}),
        (_two_sections, {"sections"}),
        (_criterion_too_large, {"sum", "option_points"}),
        (_option_past_maximum, {"option_points"}),
        (_marks_fall, {"marks"}),
        (_same_code, {"duplicate_code"}),
        (_unknown_gate, {"gate"}),
    ],
)
def test_unsound_set_is_told_what_is_wrong(change: Break, codes: set[str]) -> None:
    assert set(_broken(change)) == codes


def test_set_without_its_parts_is_refused_with_the_place() -> None:
    data = {key: value for key, value in load_set(1).raw.items() if key != "sections"}
    with pytest.raises(Refused, match="sections"):
        from_data(data, {})


@pytest.mark.parametrize("number", [0, 27, -1])
def test_unknown_set_is_refused(number: int) -> None:
    with pytest.raises(Refused):
        load_set(number)


def test_zero_is_a_level_of_every_criterion() -> None:
    assert all(0 in c.levels for s in load_all() for c in s.criteria)


def test_hash_follows_the_content_not_the_order_of_keys() -> None:
    raw = load_set(1).raw
    turned = dict(reversed(list(raw.items())))
    same = from_data(turned, raw["disqualifier_notes"])
    assert same.sha256 == load_set(1).sha256
    assert load_set(1).sha256 != load_set(2).sha256


def test_gates_to_answer_leave_out_what_follows_from_marks() -> None:
    asked = {gate.type for s in load_all() for gate in s.gates}
    assert asked == {"eligibility", "exclusion", "disqualify", "stop", "evidence"}
    assert sets.SENSORY in {g.id for g in load_set(16).all_gates}
    assert sets.SENSORY not in {g.id for g in load_set(16).gates}


def test_commune_reports_on_four_topics() -> None:
    reported = {c.topic for s in load_all() for c in s.criteria if c.commune_reports}
    assert {"material_origin", "local_labour", "idea_origin", "local_identity"} <= reported


def test_every_legal_version_follows_the_one_before() -> None:
    versions = sets.legal_versions()
    starts = [v["effective_from"] for v in versions]
    assert starts == sorted(starts)
    assert versions[-1]["code"] == sets.decree()["code"]
    assert versions[-1]["effective_to"] is None
