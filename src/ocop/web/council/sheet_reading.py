"""What a page brings for a sheet, as JSON or as one form, in the shape the service takes."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.http import QueryDict
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from ocop.core import folding
from ocop.core.refusals import Refused
from ocop.councils.merging import GATE, OPINION, REASON, WANTS_MEETING, Change, Content
from ocop.councils.models import Item, Sheet
from ocop.criteria.sets import CriteriaSet

TEXTS = (OPINION, REASON)
_ANSWERS = {"yes": True, "no": False}


@dataclass(slots=True)
class Brought:
    """Marks by criterion, each with its time, and what else was written, by time."""

    attempt: int
    version: str = ""  # sha256 of the criteria set the page showed
    changes: dict[str, Change] = field(default_factory=dict)
    others: dict[int, dict[str, Any]] = field(default_factory=dict)

    def add(self, stamp: int, key: str, value: Any) -> None:
        """An answer to a condition (`gate:ID`) or another word, changed at `stamp`."""
        at = self.others.setdefault(stamp, {"gates": {}})
        if key.startswith(GATE):
            at["gates"][key.removeprefix(GATE)] = value
        else:
            at[key] = value

    def calls(self) -> list[dict[str, Any]]:
        """The arguments of every call of the service: one for the marks and each time."""
        stamps = sorted(self.others) or [0]
        return [
            {
                "changes": self.changes if place == 0 else {},
                "gates": {},
                **self.others.get(stamp, {}),
                "stamp": stamp,
                "version": self.version,
                "attempt": self.attempt,
            }
            for place, stamp in enumerate(stamps)
        ]


def owner_of(user: AbstractBaseUser | AnonymousUser) -> str:
    """A name for whose page it is that says nothing: marks kept in a browser go to no other."""
    return salted_hmac("ocop.council.sheet", str(user.pk)).hexdigest()[:16]


def is_own(given: object, user: AbstractBaseUser | AnonymousUser) -> bool:
    """Whether a page that calls itself so is this person's."""
    return given == owner_of(user)


def check_owner(given: object, user: AbstractBaseUser | AnonymousUser) -> None:
    """Refuse what another person wrote in this browser before."""
    if not is_own(given, user):
        raise Refused(
            "other_person",
            _("Trình duyệt đang đăng nhập bằng tài khoản khác với người đã chấm trang này."),
        )


def check_attempt(given: object, item: Item) -> None:
    """Refuse marks of another attempt than the one that runs."""
    if str(given) != str(item.attempt):
        raise Refused(
            "other_attempt",
            _("Hội đồng đã chuyển sang lần chấm khác. Hãy tải lại trang để chấm tiếp."),
        )


def from_json(body: bytes, item: Item, user: AbstractBaseUser) -> Brought:
    """What `sheet.js` sends: owner, attempt, and changes by key, each with a stamp in ms.

    Refused: what is no such JSON, another person's or another attempt's changes, text that is no
    text, saying where it stands; the page keeps it all.
    """
    try:
        data = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise _malformed() from error
    if not isinstance(data, dict) or not isinstance(data.get("changes"), dict):
        raise _malformed()
    check_owner(data.get("owner"), user)
    check_attempt(data.get("attempt"), item)
    brought = Brought(version=str(data.get("version", "")), attempt=item.attempt)
    for key, change in data["changes"].items():
        if not isinstance(change, dict):
            raise _malformed()
        _expect_readable(key, change)
        _add(brought, key, change, _checked(change.get("stamp"), int))
    return brought


def _add(brought: Brought, key: str, change: Mapping[str, Any], stamp: int) -> None:
    if key.startswith(GATE):
        answer = change.get("answer")
        brought.add(stamp, key, None if answer is None else _checked(answer, bool))
    elif key in TEXTS:
        brought.add(stamp, key, _checked(change.get("text"), str))
    elif key == WANTS_MEETING:
        brought.add(stamp, key, _checked(change.get("answer"), bool))
    else:
        points = change.get("points")
        brought.changes[key] = Change(
            None if points is None else _checked(points, int),
            _checked(change.get("comment", ""), str),
            stamp,
        )


def _expect_readable(key: str, change: Mapping[str, Any]) -> None:
    """Refuse half of a surrogate pair and control signs, as the API does at its door."""
    given = (key, change.get("comment"), change.get("text"))
    if not any(isinstance(text, str) and folding.is_unreadable(text) for text in given):
        return
    places = {OPINION: _("Ý kiến"), REASON: _("Lý do chấm lại")}
    place = "?" if folding.is_unreadable(key) else places.get(key, key)
    raise Refused(
        "text_unreadable",
        _("Nội dung ở mục “%s” có ký tự không đọc được. Hãy xóa rồi gõ lại; phần khác vẫn còn.")
        % place,
    )


def _checked(value: Any, kind: type) -> Any:
    if type(value) is not kind:
        raise _malformed()
    return value


def _malformed() -> Refused:
    return Refused("sheet_form", _("Không đọc được dữ liệu của phiếu. Hãy tải lại trang."))


def from_form(
    data: QueryDict, item: Item, criteria_set: CriteriaSet, sheet: Sheet | None, at: datetime
) -> Brought:
    """One form of a page without scripts: only what differs from the sheet is a change.

    A change is always newer than what it changes, whatever clock wrote that.
    """
    brought = Brought(item.attempt, data.get("version", ""))
    stamps = sheet.stamps if sheet else {}
    now = int(at.timestamp() * 1000)

    def after(key: str) -> int:
        return max(now, stamps.get(key, 0) + 1)

    code = data.get("criterion", "")
    if code:
        points, comment = _points(data.get("points", "")), _text(data, "comment")
        was = (sheet.marks.get(code), sheet.comments.get(code, "")) if sheet else (None, "")
        if (points, comment) != was:
            brought.changes[code] = Change(points, comment, after(code))
    for gate in criteria_set.gates:
        answer = _ANSWERS.get(data.get(f"gate.{gate.id}", ""))
        if answer is not None and answer != (sheet.gates.get(gate.id) if sheet else None):
            brought.add(after(GATE + gate.id), GATE + gate.id, answer)
    if data.get("end"):
        for key in TEXTS:
            if key in data and _text(data, key) != (getattr(sheet, key) if sheet else ""):
                brought.add(after(key), key, _text(data, key))
        wants = bool(data.get(WANTS_MEETING))
        if wants != (sheet.wants_meeting if sheet else False):
            brought.add(after(WANTS_MEETING), WANTS_MEETING, wants)
    return brought


def content_with(form: QueryDict | None, criteria_set: CriteriaSet, sheet: Sheet | None) -> Content:
    """What a page shows: the sheet, and over it a form that was refused: nothing is lost."""
    content = Content()
    if sheet is not None:
        content = Content(
            sheet.marks,
            sheet.comments,
            sheet.gates,
            opinion=sheet.opinion,
            rescoring_reason=sheet.rescoring_reason,
            wants_meeting=sheet.wants_meeting,
        )
    if form is None:
        return content
    marks, comments, gates = dict(content.marks), dict(content.comments), dict(content.gates)
    code = form.get("criterion", "")
    if code in criteria_set.by_code:
        comments[code] = _text(form, "comment")
        if (points := form.get("points", "")) in map(str, criteria_set.levels[code]):
            marks[code] = int(points)
    for gate in criteria_set.gates:
        if (answer := _ANSWERS.get(form.get(f"gate.{gate.id}", ""))) is not None:
            gates[gate.id] = answer
    texts: dict[str, Any] = {key: _text(form, key) for key in TEXTS if key in form}
    return replace(content, marks=marks, comments=comments, gates=gates, **texts)


def _text(data: QueryDict, name: str) -> str:
    return data.get(name, "").replace("\r\n", "\n").strip()


def _points(given: str) -> int | None:
    if not given:
        return None
    if not given.isascii() or not given.isdigit() or len(given) > 3:
        raise _malformed()
    return int(given)
