"""A criteria set as a file an office reads, corrects and loads again: YAML, as the packaged ones.

A file is judged whole before anything is built from it: a misspelt key would silently drop a
minimum of a star, a code without quotation marks would become a number (1.10 is not 1.1).
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from ocop.core.folding import is_unreadable
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.criteria.models import CriteriaSetVersion
from ocop.criteria.queries import set_of
from ocop.criteria.sets import STARS, CriteriaSet, load_all, parse

LARGEST = 512 * 1024  # the packaged files have some 25 KB
_DEEPEST = 20  # levels of nesting; a set has eleven
_TOLD = 10  # mistakes told at once
_CODE = re.compile(r"[A-C]|\d{1,2}(\.\d{1,2}){0,2}")

#: What a value must be: says what is wrong with it, or nothing.
Check = Callable[[Any], str]


def read(content: bytes) -> dict[str, Any]:
    """The data of a file in the right form; whether the set is sound is another question.

    Refused with the places of all mistakes: what is no YAML, a key that is missing, unknown or
    given twice, a value of another kind.
    """
    if len(content) > LARGEST:
        raise _refused(
            _("Tệp lớn hơn %d KB, không phải tệp của một bộ tiêu chí.") % (LARGEST >> 10)
        )
    try:
        text = content.decode("utf-8-sig")
        _look(text)
        data = parse(text.encode())
    except UnicodeDecodeError as error:
        raise _refused(_("Tệp phải là văn bản YAML mã UTF-8.")) from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise _refused(_("Dòng %d không đúng cú pháp YAML.") % line) from error
    except (yaml.YAMLError, ValueError) as error:
        raise _refused(_("Tệp không đúng cú pháp YAML.")) from error
    wrong = list(_mistakes(data, _SET, ""))
    if wrong:
        told = "; ".join(wrong[:_TOLD])
        if len(wrong) > _TOLD:
            told = _("%(told)s; và %(more)d lỗi nữa") % {"told": told, "more": len(wrong) - _TOLD}
        raise _refused(_("Tệp bộ tiêu chí chưa đúng: %s.") % told)
    return dict(data)


def of_version(version: CriteriaSetVersion) -> bytes:
    """The file of a version; its first line says which one it is."""
    law = version.legal_version.document
    head = _("Bộ %(number)d, %(law)s, phiên bản %(revision)d, SHA-256 %(sha256)s") % {
        "number": version.number,
        "law": law,
        "revision": version.revision,
        "sha256": version.sha256,
    }
    return write(set_of(version), head)


def filename_of(version: CriteriaSetVersion) -> str:
    """What the file of a version is called."""
    return f"bo-{version.number:02d}-phien-ban-{version.revision}.yaml"


def write(criteria_set: CriteriaSet, head: str) -> bytes:
    """The file of a set, keys in the order of the packaged files, after a first line of words."""
    notes = criteria_set.raw["disqualifier_notes"]
    own = {key: notes[key] for key in criteria_set.raw["disqualifiers"] if key in notes}
    body = yaml.safe_dump(
        _ordered({**criteria_set.raw, "disqualifier_notes": own}, _SET),
        allow_unicode=True,
        sort_keys=False,
        default_flow_style=None,
        width=10_000,
    )
    return f"# {head}\n{body}".encode()


def _refused(message: str) -> Refused:
    return Refused("set_file", message, fields={"file": [message]})


def _look(text: str) -> None:
    """Refuse what would be read otherwise than it looks: references, keys given twice, depth."""
    open_: list[set[str] | None] = []  # the keys of each mapping around, None for a list
    key_next: list[bool] = []
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _refused(_("Dòng %d: không dùng tham chiếu (& hoặc *).") % line)
        if isinstance(event, yaml.CollectionEndEvent):
            open_.pop()
            key_next.pop()
        elif isinstance(event, yaml.NodeEvent):
            keys = open_[-1] if open_ else None
            if keys is not None and key_next[-1]:
                key = event.value if isinstance(event, yaml.ScalarEvent) else ""
                if not key or key in keys:
                    raise _refused(
                        _("Dòng %(line)d: khóa “%(key)s” bị lặp hoặc không đọc được.")
                        % {"line": line, "key": key}
                    )
                keys.add(key)
            if keys is not None:
                key_next[-1] = not key_next[-1]
            if isinstance(event, yaml.CollectionStartEvent):
                open_.append(set() if isinstance(event, yaml.MappingStartEvent) else None)
                key_next.append(True)
                if len(open_) > _DEEPEST:
                    raise _refused(_("Dòng %d: lồng nhau quá sâu.") % line)


@dataclass(frozen=True, slots=True)
class _Table:
    """Keys in the order of the file: what each holds, and which may be left out."""

    keys: Mapping[str, "Check | _Values | _Tables"]
    may_lack: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Values:
    """A list of values."""

    check: Check


@dataclass(frozen=True, slots=True)
class _Tables:
    """A list of tables; which table an entry is follows from what stands in it."""

    table_of: Callable[[Any], _Table]


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip() or is_unreadable(value):
        return _("phải là chữ, đặt trong dấu ngoặc kép")
    return _("dài quá 200 ký tự") if len(value) > 200 else ""


def _code(value: Any) -> str:
    fits = isinstance(value, str) and _CODE.fullmatch(value)
    return "" if fits else _('phải là mã như "1.2", đặt trong dấu ngoặc kép')


def _number(value: Any) -> str:
    fits = type(value) is int and 0 <= value <= 100
    return "" if fits else _("phải là số nguyên từ 0 đến 100")


def _star(value: Any) -> str:
    return "" if type(value) is int and value in STARS else _("phải là 3, 4 hoặc 5")


def _flag(value: Any) -> str:
    return "" if isinstance(value, bool) else _("phải là true hoặc false")


def _sector(value: Any) -> str:
    known = sorted({each.sector for each in load_all()})
    return "" if value in known else _("phải là một trong %s") % ", ".join(known)


def _notes(value: Any) -> str:
    fits = isinstance(value, dict) and not any(_text(each) for each in (*value, *value.values()))
    return "" if fits else _("phải là các cặp mã và lời")


_OPTION = _Table(
    {"points": _number, "star": _star, "label": _text, "case": _text}, frozenset({"star", "case"})
)
_GATE = _Table({"type": _text, "id": _text, "note": _text})
_CRITERION = _Table(
    {
        "code": _code,
        "name": _text,
        "max": _number,
        "topic": _text,
        "hint": _text,
        "commune_reports": _flag,
        "inferred": _flag,
        "gates": _Tables(lambda _each: _GATE),
        "options": _Tables(lambda _each: _OPTION),
    },
    frozenset({"hint", "commune_reports", "inferred", "gates"}),
)


def _part_or_criterion(value: Any) -> _Table:
    return _PART if isinstance(value, dict) and "parts" in value else _CRITERION


_PART = _Table({"code": _code, "name": _text, "max": _number, "parts": _Tables(_part_or_criterion)})
_SET = _Table(
    {
        "number": _number,
        "name": _text,
        "sector": _sector,
        "group": _text,
        "agencies": _Values(_text),
        "samples": _number,
        "disqualifiers": _Values(_text),
        "disqualifier_notes": _notes,
        "sections": _Tables(lambda _each: _PART),
    },
    frozenset({"disqualifier_notes"}),
)


def _mistakes(data: Any, table: _Table, place: str) -> Iterator[str]:
    """What is wrong with a table and all below it, each with its place: `1.1, options 2, star`."""
    if not isinstance(data, dict):
        yield _at(place, _("phải là các cặp khóa và giá trị"))
        return
    code = data.get("code")
    place = code if isinstance(code, str) and not _code(code) else place
    for key in data:
        if key not in table.keys:
            yield _at(place, _("không có khóa “%s”") % key)
    for key, kind in table.keys.items():
        if key not in data:
            if key not in table.may_lack:
                yield _at(place, _("thiếu “%s”") % key)
        elif isinstance(kind, _Values | _Tables):
            yield from _mistakes_in_list(data[key], kind, f"{place}, {key}" if place else key)
        elif said := kind(data[key]):
            yield _at(place, f"{key} {said}")


def _mistakes_in_list(data: Any, kind: _Values | _Tables, place: str) -> Iterator[str]:
    if not isinstance(data, list):
        yield _at(place, _("phải là một danh sách"))
        return
    for at, each in enumerate(data, start=1):
        if isinstance(kind, _Tables):
            yield from _mistakes(each, kind.table_of(each), f"{place} {at}")
        elif said := kind.check(each):
            yield _at(f"{place} {at}", said)


def _at(place: str, words: str) -> str:
    return f"{place}: {words}" if place else words


def _ordered(data: Mapping[str, Any], table: _Table) -> dict[str, Any]:
    """The same with its keys in the order of the table: a database may keep another."""
    found = {}
    for key, kind in table.keys.items():
        if key in data:
            value = data[key]
            if isinstance(kind, _Tables):
                value = [_ordered(each, kind.table_of(each)) for each in value]
            found[key] = value
    return found
