"""Which authority may give which star, on the day it signs."""

import re
from datetime import date
from enum import StrEnum
from functools import lru_cache

from ocop.core import folding
from ocop.core.language import gettext as _
from ocop.core.language import noop
from ocop.core.numbers import write_date
from ocop.core.refusals import Refused

#: Decision 1489/QĐ-TTg: from this day districts are gone, the province decides on 3 and 4 stars.
DISTRICTS_GONE = date(2025, 7, 1)


class Level(StrEnum):
    """Level of the authority that signs."""

    DISTRICT = "district"
    PROVINCE = "province"
    CENTRE = "centre"


#: Decisions 148/QĐ-TTg, 1489/QĐ-TTg and 26/2026/QĐ-TTg. A province gave three stars, too, before
#: the districts ended: it stood above them.
MAY_GIVE = {
    Level.DISTRICT: frozenset({3}),
    Level.PROVINCE: frozenset({3, 4}),
    Level.CENTRE: frozenset({5}),
}

WORDS = {
    Level.DISTRICT: noop("Cấp huyện"),
    Level.PROVINCE: noop("Cấp tỉnh"),
    Level.CENTRE: noop("Trung ương"),
}
_OR = noop(" hoặc ")
_CITIES = r"ha noi|ho chi minh|hcm|hai phong|da nang|can tho"  # of the level of a province, always
#: The first of these words in the name of an authority tells its level (Hà Tĩnh is no such word,
#: nor is “cơ quan”). Other cities are left
#: open: Huế was a district's level before 2025, and names are written in many ways.
_TELLING = re.compile(
    r"\b(?:(?P<centre>bo truong|bo nong nghiep|bo nn|trung uong|thu tuong)"
    rf"|(?P<province>(?<!ha )tinh|(?:thanh pho|tp) (?:{_CITIES}))"
    r"|(?P<district>huyen|(?<!co )quan|thi xa))\b"
)
_OF_COMMITTEE = re.compile(r"/Q[ĐD]-(?:CT-?)?UB(?:ND)?\b", re.IGNORECASE)
_OF_MINISTRY = re.compile(r"/Q[ĐD]-BNN", re.IGNORECASE)


@lru_cache(maxsize=1_000)  # a registry names the same few in row after row
def level_of(authority: str, number: str = "") -> Level | None:
    """The level of an authority by its name or, without one, by the number of its decision.

    None where neither tells.
    """
    if found := _TELLING.search(folding.words(authority)):
        return Level(str(found.lastgroup))
    return Level.CENTRE if not authority and _OF_MINISTRY.search(number) else None


def is_of_committee(number: str) -> bool:
    """Whether the number of a decision is a People's Committee's, of whatever level."""
    return _OF_COMMITTEE.search(number) is not None


def is_told(authority: str, number: str) -> bool:
    """Whether a decision says who signed it, by name or by a number of the Ministry's; so does what
    has no number. `QĐ-UBND` says a committee, not which."""
    return bool(authority) or not number or level_of("", number) is not None


def may_give(stars: int, signed_on: date | None = None) -> tuple[Level, ...]:
    """Who may give a star on a day; without a day, who ever could."""
    gone = signed_on is not None and signed_on >= DISTRICTS_GONE
    return tuple(
        level
        for level, given in MAY_GIVE.items()
        if stars in given and not (gone and level is Level.DISTRICT)
    )


def level_words(levels: tuple[Level, ...]) -> str:
    """Levels within a sentence, in the active language."""
    return _(_OR).join(_(WORDS[level]).lower() for level in levels)


#: What is said where another authority signed than those that decide, by what the decision does.
_THEIRS = {
    "revocation": noop("%(stars)d sao do %(who)s thu hồi (Điều 8). Hãy kiểm tra số và cơ quan ký."),
    "restoration": noop(
        "%(stars)d sao do %(who)s thu hồi và khôi phục (Điều 8). Hãy kiểm tra số và cơ quan ký."
    ),
    "annulment": noop(
        "Kết quả %(stars)d sao do %(who)s công nhận và hủy (Điều 10). Hãy kiểm tra số và cơ quan "
        "ký."
    ),
}


def not_theirs(stars: int, *levels: Level, act: str = "revocation") -> str:
    """That others decide on a star; `act`: what the decision does to it (`book.Use`)."""
    return _(_THEIRS[act]) % {"stars": stars, "who": level_words(levels)}


def check(level: Level, stars: int, signed_on: date) -> None:
    """Refuse a star that the authority could not give on the day of signing."""
    may = may_give(stars, signed_on)
    if level in may:
        return
    facts = {
        "level": _(WORDS[level]),
        "stars": stars,
        "day": write_date(signed_on),
        "may": level_words(may),
    }
    if level is Level.DISTRICT and signed_on >= DISTRICTS_GONE:
        code, words = (
            "authority_gone",
            _(
                "Từ ngày 01/7/2025 không còn cấp huyện: %(stars)d sao do %(may)s công nhận. "
                "Hãy kiểm tra cấp ký và ngày ký."
            ),
        )
    else:
        code, words = (
            "authority_level",
            _(
                "%(level)s không có thẩm quyền công nhận %(stars)d sao ngày %(day)s: hạng này do "
                "%(may)s công nhận. Hãy kiểm tra quyết định."
            ),
        )
    raise Refused(code, words % facts, fields={"level": [words % facts]})


def agree(level: Level, authority: str, number: str) -> None:
    """Refuse a level that the name of the authority or the number of its decision contradicts."""
    if (told := level_of(authority)) is not None:
        expect_level(level, told, authority)
    told = level_of("", number)
    if told not in (None, level):
        words = _(
            "Số %(number)s là của Bộ, thuộc %(told)s, không phải %(level)s. Hãy kiểm tra số quyết "
            "định, cơ quan ký và cấp ký."
        )
        raise _contradicts("number", words, level, told, number=number)
    if level is Level.CENTRE and is_of_committee(number):
        words = _(
            "Số %(number)s là của Ủy ban nhân dân, không phải %(level)s. Hãy kiểm tra số quyết "
            "định, cơ quan ký và cấp ký."
        )
        raise _contradicts("number", words, level, None, number=number)


def expect_level(level: Level, told: Level, authority: str) -> None:
    """Refuse a level that is not that of the authority."""
    if told is not level:
        words = _(
            "“%(authority)s” thuộc %(told)s, không phải %(level)s. Hãy chọn lại cấp ký hoặc ghi "
            "đúng cơ quan ký."
        )
        raise _contradicts("level", words, level, told, authority=authority)


def _contradicts(field: str, words: str, level: Level, told: Level | None, **facts: str) -> Refused:
    levels = {"level": level_words((level,)), "told": level_words((told,) if told else ())}
    message = words % (facts | levels)
    return Refused("authority_contradicts", message, fields={field: [message]})
