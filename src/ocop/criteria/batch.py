"""Many sheets as lines of JSON, one answer per line. The form is fixed: programs rely on it.

In: `{"id", "set", "marks": {"1.1": 2, …}, "gates": {"ID": true, …}}`. Out: `{"id", "total", "band",
"star", "missed": {"3": {"2.2": 2}, "4": {…}, "5": {…}}, "gates": [{"criterion", "type", "id"}],
"stopped": ["ID"]}` or `{"id", "error"}`. `missed` is cumulative and gives the points needed;
`gates` are those that took effect (`criterion` is null for a gate of the whole set). Gates are
answered in the input; only the sensory rule of set 16 follows from the marks.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from pydantic_core import PydanticSerializationError, from_json, to_json

from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.criteria.scoring import Outcome, Rule, score
from ocop.criteria.sets import load_set

_dump_ascii = json.JSONEncoder(separators=(",", ":")).encode


def answers(lines: Iterable[str], *, rule: Rule = Rule.EVERY_MINIMUM) -> Iterator[str]:
    """One line of JSON per line that is not blank; a line that cannot be scored gives its error."""
    for line in lines:
        if not line.isspace() and line:
            yield _written(_answer(line, rule))


def _read(line: str) -> Any:
    """The value of a line. What the quick reader does not take, as half of a sign outside the
    basic plane, is the standard library's to judge. Refused: bytes that were no UTF-8, which come
    as signs that only such bytes become."""
    try:
        return from_json(line)
    except TypeError:
        raise Refused("encoding", _("Dòng có byte không thuộc mã UTF-8.")) from None
    except ValueError:
        return json.loads(line)


def _written(answer: dict[str, Any]) -> str:
    try:
        return to_json(answer).decode()
    except PydanticSerializationError:
        return _dump_ascii(answer)  # half of such a sign in the id goes out as it came in: escaped


def _answer(line: str, rule: Rule) -> dict[str, Any]:
    key = None
    try:
        try:
            sheet = _read(line.removeprefix("\ufeff"))
        except (ValueError, RecursionError):
            raise Refused("json", _("Dòng không phải là JSON.")) from None
        if not isinstance(sheet, dict):
            raise Refused("json", _("Mỗi dòng phải là một đối tượng JSON."))
        key = sheet.get("id")
        return told(key, _scored(sheet, rule))
    except Refused as refusal:
        return {"id": key, "error": refusal.message}


def _scored(sheet: dict[str, Any], rule: Rule) -> Outcome:
    number, marks, gates = sheet.get("set"), sheet.get("marks", {}), sheet.get("gates")
    gates = {} if gates is None else gates
    if isinstance(number, str):
        raise Refused("set", _("“set” phải là số từ 1 đến 26, không đặt trong ngoặc kép."))
    if type(number) is not int:
        raise Refused("set", _("“set” phải là số của bộ tiêu chí, từ 1 đến 26."))
    if not isinstance(marks, dict) or not isinstance(gates, dict):
        raise Refused("form", _("“marks” và “gates” phải là đối tượng JSON."))
    if float in set(map(type, marks.values())):
        for code, points in marks.items():
            if type(points) is float and points.is_integer():
                marks[code] = int(points)  # 2.0 is the level 2
    return score(load_set(number), marks, gates=gates, rule=rule)


def told(key: Any, outcome: Outcome) -> dict[str, Any]:
    """An outcome in the fixed form."""
    return {
        "id": key,
        "total": outcome.total,
        "band": outcome.band,
        "star": outcome.star,
        "missed": outcome.missed,
        "gates": [
            {"criterion": gate.criterion or None, "type": gate.type, "id": gate.id}
            for gate in outcome.effects
        ],
        "stopped": outcome.stopped,
    }
