"""Which authority may give which star, on the day it signs."""

from datetime import date
from enum import StrEnum

from ocop.core.language import gettext as _
from ocop.core.language import noop
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


def check(level: Level, stars: int, signed_on: date) -> None:
    """Refuse a star that the authority could not give on the day of signing."""
    if level is Level.DISTRICT and signed_on >= DISTRICTS_GONE:
        raise Refused(
            "authority_gone",
            _("Từ ngày 01/7/2025 không còn cấp huyện. Hãy chọn cấp tỉnh hoặc trung ương."),
        )
    if stars not in MAY_GIVE[level]:
        raise Refused(
            "authority_level",
            _("%(level)s không có thẩm quyền công nhận %(stars)d sao. Hãy kiểm tra quyết định.")
            % {"level": _(WORDS[level]), "stars": stars},
        )


WORDS = {
    Level.DISTRICT: noop("Cấp huyện"),
    Level.PROVINCE: noop("Cấp tỉnh"),
    Level.CENTRE: noop("Trung ương"),
}
