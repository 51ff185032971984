"""The sheet by which a centre is assessed: dated data, 100 points, part of them a setting.

Each decision names the zones with their points and the numbers that a centre must reach. What it
leaves to the province (`rest`) is divided by a line such as “Quản lý: 15; Liên kết: 20”.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

import yaml

from ocop.core import folding
from ocop.core.language import gettext as _
from ocop.core.language import noop as N_
from ocop.core.refusals import Refused

WHOLE = 100
DISPLAY, MEETING, EXPERIENCE, PHOTO = "display", "meeting", "experience", "photo"
#: The zones of a centre, by the keys of the data.
ZONES: Mapping[str, str] = {
    DISPLAY: N_("Khu trưng bày và bán sản phẩm"),
    MEETING: N_("Khu họp, giao dịch"),
    EXPERIENCE: N_("Khu trình diễn, trải nghiệm, cung cấp thông tin"),
    PHOTO: N_("Khu chụp ảnh sản phẩm"),
}
LONGEST_NAME = 120
_SECTION_OF_ZONES, _SECTION_OF_REST = "A", "B"


@dataclass(frozen=True, slots=True)
class Part:
    """A line of the sheet: a zone or what the province named, and its points."""

    name: str
    max: int
    zone: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The sheet of one decision, in force from `since` until the day before `until`."""

    key: str
    code: str
    document: str
    name: str
    since: date
    until: date | None
    area: int
    meeting_area: int
    goods_percent: int
    pass_from: int
    parts: tuple[Part, ...]
    rest: int

    def holds_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


@cache
def sheets() -> tuple[Sheet, ...]:
    """All sheets, the oldest first."""
    text = resources.files("ocop.network.centres").joinpath("data", "sheets.yaml")
    found = [read(row) for row in yaml.safe_load(text.read_text("utf-8"))]
    return tuple(sorted(found, key=lambda each: each.since))


def sheet_on(day: date) -> Sheet | None:
    """The sheet in force on a day; None before the first, and where one ended without another."""
    return next((each for each in reversed(sheets()) if each.holds_on(day)), None)


def keyed(key: str) -> Sheet | None:
    """The sheet of a key; None: no such one."""
    return next((each for each in sheets() if each.key == key), None)


def read(row: Mapping[str, Any]) -> Sheet:
    """A sheet from its data. An unsound one is a mistake of the file and stops with the place."""
    parts = tuple(Part(ZONES[each["zone"]], each["max"], each["zone"]) for each in row["parts"])
    zones = [part.zone for part in parts]
    if len(zones) != len(set(zones)):
        raise ValueError(f"{row['key']}: a zone stands twice")
    if any(part.max <= 0 for part in parts) or row["rest"] < 0:
        raise ValueError(f"{row['key']}: points are above nothing")
    if sum(part.max for part in parts) + row["rest"] != WHOLE:
        raise ValueError(f"{row['key']}: the points are not {WHOLE}")
    if not 0 < row["pass_from"] <= WHOLE or not 0 <= row["goods_percent"] <= 100:
        raise ValueError(f"{row['key']}: the mark to pass or the share is none")
    return Sheet(
        row["key"], row["code"], row["document"], row["name"], row["from"], row["until"],
        row["area"], row["meeting_area"], row["goods_percent"], row["pass_from"], parts,
        row["rest"],
    )  # fmt: skip


def division(text: str, points: int) -> tuple[Part, ...]:
    """The parts that a province wrote for the points left to it: “Tên: điểm; Tên: điểm”.

    Refused: no name, points that are no whole number above 0, a name twice, another sum.
    """
    found = []
    for line in filter(None, (each.strip() for each in text.split(";"))):
        name, _colon, told = line.rpartition(":")
        name, told = folding.clean(name), told.strip()
        if not name or len(name) > LONGEST_NAME or not (told.isascii() and told.isdigit()):
            raise _refuse(_("Hãy ghi mỗi phần là “Tên: số điểm”, cách nhau bằng dấu chấm phẩy."))
        found.append(Part(name, int(told)))
    if any(part.max == 0 for part in found) or len({p.name for p in found}) != len(found):
        raise _refuse(_("Mỗi phần có tên riêng và từ 1 điểm trở lên."))
    total = sum(part.max for part in found)
    if total != points:
        message = _("Các phần cộng lại là %(total)d điểm, phải bằng %(points)d.")
        raise _refuse(message % {"total": total, "points": points})
    return tuple(found)


def divides(text: object, points: int) -> bool:
    """Whether a line divides so many points."""
    try:
        return isinstance(text, str) and bool(division(text, points))
    except Refused:
        return False


def as_set(sheet: Sheet, rest: Sequence[Part], pass_from: int) -> dict[str, Any]:
    """The sheet as a council marks it (`criteria.sets.from_data`): whole points, no stars."""
    named = (
        (_SECTION_OF_ZONES, "Các khu chức năng", sheet.parts),
        (_SECTION_OF_REST, "Quản lý và các nội dung khác", tuple(rest)),
    )
    return {
        "number": 0,
        "name": sheet.name,
        "sector": "",
        "group": "",
        "agencies": [],
        "samples": 0,
        "pass_from": pass_from,
        "disqualifiers": [],
        "sections": [
            {
                "code": code,
                "name": name,
                "max": sum(part.max for part in parts),
                "parts": [_criterion(f"{code}{n}", part) for n, part in enumerate(parts, start=1)],
            }
            for code, name, parts in named
            if parts
        ],
    }


def _criterion(code: str, part: Part) -> dict[str, Any]:
    return {
        "code": code,
        "name": part.name,
        "max": part.max,
        "topic": part.zone or "management",
        "inferred": True,  # no levels are published: any whole point
        "options": [{"points": n, "label": _level(n, part.max)} for n in range(part.max + 1)],
    }


def _level(points: int, most: int) -> str:
    if points == 0:
        return "Không đáp ứng"
    return "Đáp ứng đầy đủ" if points == most else "Đáp ứng một phần"


def _refuse(message: str) -> Refused:
    return Refused("centre_division", message, fields={"value": [message]})
