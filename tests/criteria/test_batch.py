"""Sheets as lines of JSON, in the fixed form."""

import json
from typing import Any

import pytest

from ocop.criteria.batch import answers
from ocop.criteria.sets import load_set


def _answer(sheet: Any) -> dict[str, Any]:
    line = sheet if isinstance(sheet, str) else json.dumps(sheet)
    (answer,) = answers([line])
    told: dict[str, Any] = json.loads(answer)
    return told


def test_answer_has_the_fixed_form() -> None:
    told = _answer({"id": "a", "set": 1, "marks": {"1.1": 2, "4.1": 3}, "gates": {}})
    assert set(told) == {"id", "total", "band", "star", "missed", "gates", "stopped"}
    assert (told["id"], told["total"], told["band"], told["star"]) == ("a", 5, 1, 1)
    assert set(told["missed"]) == {"3", "4", "5"}
    assert told["missed"]["3"]["2.2"] == 2
    assert "4.1" not in told["missed"]["4"]
    assert told["missed"]["5"]["4.1"] == 5
    assert (told["gates"], told["stopped"]) == ([], [])


def test_stop_is_told_with_its_criterion_and_gives_no_star() -> None:
    told = _answer({"id": 7, "set": 1, "marks": {}, "gates": {"unacceptable_impurity": True}})
    assert told["star"] is None
    assert told["stopped"] == ["unacceptable_impurity"]
    assert told["gates"] == [{"criterion": "6.1", "type": "stop", "id": "unacceptable_impurity"}]


def test_gate_of_the_whole_set_has_no_criterion() -> None:
    told = _answer({"id": 7, "set": 1, "marks": {}, "gates": {"forged_dossier": True}})
    assert told["gates"] == [{"criterion": None, "type": "disqualify", "id": "forged_dossier"}]


STORY = "requires_5.1_above_zero"


@pytest.mark.parametrize(
    ("gates", "total", "effects"),
    [
        ({}, 2, []),
        ({STORY: True}, 2, []),
        ({STORY: False}, 0, [{"criterion": "5.2", "type": "dependency", "id": STORY}]),
    ],
)
def test_dependency_is_answered_in_the_input_and_never_read_from_the_marks(
    gates: dict[str, bool], total: int, effects: list[Any]
) -> None:
    """The contract: only set 16's sensory rule follows from the marks."""
    told = _answer({"id": 1, "set": 1, "marks": {"5.1": 0, "5.2": 2}, "gates": gates})
    assert (told["total"], told["gates"], told["stopped"]) == (total, effects, [])


@pytest.mark.parametrize("code", ["6.1", "6.2", "6.3", "6.4"])
def test_missing_sensory_mark_is_a_zero_in_the_batch(code: str) -> None:
    marks = {c.code: c.max for c in load_set(16).criteria if c.code != code}
    told = _answer({"id": 1, "set": 16, "marks": marks})
    assert (told["star"], told["stopped"]) == (None, ["zero_in_any_sensory"])


def test_sensory_rule_of_set_16_follows_from_the_marks() -> None:
    told = _answer({"id": 1, "set": 16, "marks": {"6.1": 3, "6.2": 0}})
    assert (told["star"], told["stopped"]) == (None, ["zero_in_any_sensory"])
    assert [gate["type"] for gate in told["gates"]] == ["stop"]


@pytest.mark.parametrize("number", ["1", "01"])
def test_number_of_a_set_as_text_is_told_how_to_write_it(number: str) -> None:
    assert "ngoặc kép" in _answer({"id": "x", "set": number, "marks": {}})["error"]


@pytest.mark.parametrize(
    ("sheet", "key"),
    [
        ({"id": "x", "set": 1, "marks": {"9.9": 1}}, "x"),
        ({"id": "x", "set": 1, "marks": {"1.1": 4}}, "x"),
        ({"id": "x", "set": 1, "marks": {"1.1": -1}}, "x"),
        ({"id": "x", "set": 1, "marks": {"1.1": "2"}}, "x"),
        ({"id": "x", "set": 1, "marks": {"1.1": True}}, "x"),
        ({"id": "x", "set": 1, "marks": {"1.1": 1.5}}, "x"),
        ({"id": "x", "set": 1, "marks": {"1.1": None}}, "x"),
        ({"id": "x", "set": 1, "marks": {}, "gates": {"nothing": True}}, "x"),
        ({"id": "x", "set": 1, "marks": {}, "gates": {"forged_dossier": "yes"}}, "x"),
        ({"id": "x", "set": 27, "marks": {}}, "x"),
        ({"id": "x", "set": "1", "marks": {}}, "x"),
        ({"id": "x", "marks": {}}, "x"),
        ({"id": "x", "set": 1, "marks": []}, "x"),
        ({"id": "x", "set": 1, "marks": {}, "gates": []}, "x"),
        ({"id": "x", "set": 1, "marks": {}, "gates": False}, "x"),
        ([1, 2], None),
        ("not json", None),
    ],
)
def test_sheet_that_cannot_be_scored_gives_its_id_and_an_error(sheet: Any, key: Any) -> None:
    told = _answer(sheet)
    assert set(told) == {"id", "error"}
    assert told["id"] == key
    assert told["error"]


def test_zero_is_always_legal_and_a_missing_mark_is_zero() -> None:
    zero = _answer({"id": 1, "set": 1, "marks": {"1.1": 0, "12": 0}})
    missing = _answer({"id": 1, "set": 1, "marks": {}})
    assert zero == missing
    assert zero["total"] == 0


def test_whole_number_in_decimal_form_is_that_level() -> None:
    told = _answer('{"id": 1, "set": 1, "marks": {"1.1": 2.0}}')
    assert told["total"] == 2


def test_one_bad_line_does_not_stop_the_others() -> None:
    lines = ['{"id":1,"set":1,"marks":{}}\n', "{\n", "\n", '{"id":2,"set":2,"marks":{}}']
    told = [json.loads(answer) for answer in answers(lines)]
    assert [t["id"] for t in told] == [1, None, 2]
    assert ["error" in t for t in told] == [False, True, False]


def test_half_of_a_sign_goes_out_as_it_came_in() -> None:
    (answer,) = answers(['{"id":"\\ud83d","set":1,"marks":{}}'])
    assert answer.isascii()
    assert json.loads(answer)["id"] == "\ud83d"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        *(("true", "“true”"), ("false", "“false”"), ("null", "“null”"), ("NaN", "“NaN”")),
        *(("Infinity", "“Infinity”"), ("-1e999", "“-Infinity”"), ("2.5", "“2.5”")),
        *(("[1, 2]", "“[…]”"), ('{"a": 1}', "“{…}”")),
    ],
)
def test_points_that_are_no_whole_number_are_told_as_the_line_wrote_them(
    written: str, shown: str
) -> None:
    error = _answer(f'{{"id": 1, "set": 1, "marks": {{"1.1": {written}}}}}')["error"]
    assert "số nguyên" in error
    assert shown in error
    assert "chỉ nhận 0, 1, 2, 3" in error


def test_line_with_a_byte_that_is_no_utf_8_gives_an_error_and_the_next_go_on() -> None:
    """As the standard input brings such a byte."""
    bad = b'{"id":"\xff","set":1,"marks":{}}\n'.decode(errors="surrogateescape")
    first, second = answers([bad, '{"id":2,"set":2,"marks":{}}'])
    assert json.loads(first) == {"id": None, "error": "Dòng có byte không thuộc mã UTF-8."}
    assert json.loads(second)["id"] == 2
