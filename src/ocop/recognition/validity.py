"""How long a recognition stands: the arithmetic of Decision 26/2026/QĐ-TTg on dates.

A certificate counts 36 months from the day after signing, so it is valid to the end of the same
day 36 months on. A dossier for re-evaluation is filed 180 to 120 days before that last day.

Art. 12.3 (transition): a certificate that was in force on 22 May 2026 and whose producer missed
the filing window is kept until the authority decides, at most 180 days past its end, the producer
staying liable. That is a state of its own (*kéo dài*) and stands only when an officer confirmed
it with a reason and a last day. Until then it is `EXTENSION_UNCONFIRMED`: the office sees that a
confirmation is possible, the public sees an expired star with the words "chưa xác nhận kéo dài",
and nothing counts it as valid. The article stands among the transition rules, so a setting says
whether certificates issued later are covered, too. A dossier filed in time needs no extension:
the authority has 45 days and the window closes 120 days before the end.

A recognition whose product has a later one asks nothing of anybody: it has no filing window and
cannot be extended. It is `REPLACED` while it would still hold, `EXPIRED` after.
"""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from ocop.core.language import gettext as _
from ocop.core.language import noop
from ocop.core.periods import Period

MONTHS = 36
WINDOW_OPENS = 180  # days before the last valid day
WINDOW_CLOSES = 120
LONGEST_EXTENSION = 180  # days past the last valid day
#: Decision 26/2026/QĐ-TTg was issued and came into force.
IN_FORCE = date(2026, 5, 22)


class State(StrEnum):
    """What a recognition is on a day."""

    NOT_YET = "not_yet"
    VALID = "valid"
    WINDOW_OPEN = "window_open"
    WINDOW_MISSED = "window_missed"
    EXTENDED = "extended"
    EXTENSION_UNCONFIRMED = "extension_unconfirmed"
    REPLACED = "replaced"
    EXPIRED = "expired"
    REVOKED = "revoked"
    ANNULLED = "annulled"
    MISTAKEN = "mistaken"
    UNKNOWN = "unknown"


#: States in which the product holds its star: what "valid today" counts.
HOLDING = frozenset({State.VALID, State.WINDOW_OPEN, State.WINDOW_MISSED, State.EXTENDED})


@dataclass(frozen=True, slots=True)
class Facts:
    """The dates of one recognition. None: not known, or has not happened.

    `filed_on` is the day on which the dossier for the re-evaluation of this star came in.
    `replaced`: a later recognition of the product stands in its place (see `standing`).
    `mistaken`: the record was wrong, so no day ever had this star. `earlier`: revocations before
    the last one, each from its first day to the one on which the star was given back.
    """

    signed_on: date | None = None
    valid_from: date | None = None
    expires_on: date | None = None  # last valid day
    filed_on: date | None = None
    extended_until: date | None = None  # last day, confirmed by an officer
    revoked_on: date | None = None
    restored_on: date | None = None  # the revocation was set aside
    annulled_on: date | None = None
    mistaken: bool = False
    replaced: bool = False
    earlier: tuple[tuple[date, date], ...] = ()


@dataclass(frozen=True, slots=True)
class Words:
    """A state in words, in the active language, with the article behind it ("" if none)."""

    staff: str
    public: str
    article: str


def expiry_of(signed_on: date, months: int = MONTHS) -> date:
    """The last valid day: the same day `months` on, or the last day of a shorter month."""
    year, month = divmod(signed_on.year * 12 + signed_on.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(signed_on.day, last))


def filing_window(expires_on: date) -> Period:
    """The days on which a re-evaluation may be filed: 180 to 120 days before, both included."""
    return Period.of_days(
        expires_on - timedelta(days=WINDOW_OPENS), expires_on - timedelta(days=WINDOW_CLOSES)
    )


def last_extension_day(expires_on: date) -> date:
    """The last day to which a certificate can be extended (Art. 12.3)."""
    return expires_on + timedelta(days=LONGEST_EXTENSION)


def extension_covers(issued_on: date, expires_on: date, *, later_too: bool) -> bool:
    """True when Art. 12.3 speaks of a certificate with these dates.

    What ended before the decision came into force is not revived by it. `later_too` is the
    setting for certificates issued from that day on.
    """
    return expires_on >= IN_FORCE and (later_too or issued_on < IN_FORCE)


def state_on(facts: Facts, on: date, *, later_too: bool = False) -> State:
    """The state at the end of a day, from what had happened by then.

    An annulment (Art. 10.1b) weighs more than a revocation (Art. 8), and both more than dates. A
    star whose revocation was set aside stands by its dates again from that day on.
    Without a last valid day the state is unknown. A wrong record is one on every day.
    """
    if facts.mistaken:
        return State.MISTAKEN
    if facts.annulled_on and facts.annulled_on <= on:
        return State.ANNULLED
    if _revoked(facts, on):
        return State.REVOKED
    begins_on = facts.valid_from or facts.signed_on
    if begins_on and on < begins_on:
        return State.NOT_YET
    if facts.expires_on is None:
        return State.UNKNOWN
    if facts.replaced:
        return State.REPLACED if on <= _last_day(facts, facts.expires_on) else State.EXPIRED
    if on <= facts.expires_on:
        return _before_expiry(facts, facts.expires_on, on)
    return _after_expiry(facts, facts.expires_on, on, later_too=later_too)


def holds_star(state: State) -> bool:
    """True when a product in this state may show its star."""
    return state in HOLDING


def state_words(state: State) -> Words:
    """How staff and the public read a state."""
    staff, public, article = _WORDS[state]
    return Words(_(staff), _(public), _(article) if article else "")


def _before_expiry(facts: Facts, expires_on: date, on: date) -> State:
    window = filing_window(expires_on)
    if on < window.start or _filed_in_time(facts, expires_on, by=on):
        return State.VALID
    return State.WINDOW_OPEN if on in window else State.WINDOW_MISSED


def _after_expiry(facts: Facts, expires_on: date, on: date, *, later_too: bool) -> State:
    last = last_extension_day(expires_on)
    if facts.extended_until is not None:
        return State.EXTENDED if on <= _last_day(facts, expires_on) else State.EXPIRED
    issued_on = facts.signed_on or facts.valid_from or expiry_of(expires_on, -MONTHS)
    open_to_extension = (
        on <= last
        and extension_covers(issued_on, expires_on, later_too=later_too)
        and not _filed_in_time(facts, expires_on, by=on)
    )
    return State.EXTENSION_UNCONFIRMED if open_to_extension else State.EXPIRED


def _last_day(facts: Facts, expires_on: date) -> date:
    """The last day of a star by its own dates, its extension included."""
    if facts.extended_until is None:
        return expires_on
    return max(expires_on, min(facts.extended_until, last_extension_day(expires_on)))


def _revoked(facts: Facts, on: date) -> bool:
    if facts.revoked_on and facts.revoked_on <= on:
        return facts.restored_on is None or on < facts.restored_on
    return any(start <= on < end for start, end in facts.earlier)


def _filed_in_time(facts: Facts, expires_on: date, *, by: date) -> bool:
    filed_on = facts.filed_on
    return filed_on is not None and filed_on <= by and filed_on in filing_window(expires_on)


_WORDS = {
    State.NOT_YET: (noop("Chưa đến ngày hiệu lực"), noop("Chưa đến ngày hiệu lực"), ""),
    State.VALID: (noop("Còn hiệu lực"), noop("Còn hiệu lực"), ""),
    State.WINDOW_OPEN: (
        noop("Đang trong hạn nộp đánh giá lại"),
        noop("Còn hiệu lực"),
        noop("nộp hồ sơ từ 180 đến 120 ngày trước khi hết hạn, Quyết định 26/2026/QĐ-TTg"),
    ),
    State.WINDOW_MISSED: (
        noop("Quá hạn nộp đánh giá lại"),
        noop("Còn hiệu lực"),
        noop("nộp hồ sơ từ 180 đến 120 ngày trước khi hết hạn, Quyết định 26/2026/QĐ-TTg"),
    ),
    State.EXTENDED: (
        noop("Kéo dài"),
        noop("Còn hiệu lực (được kéo dài)"),
        noop("khoản 3 Điều 12 Quyết định 26/2026/QĐ-TTg"),
    ),
    State.EXTENSION_UNCONFIRMED: (
        noop("Hết hạn, chưa xác nhận kéo dài"),
        noop("Hết hạn (chưa xác nhận kéo dài)"),
        noop("khoản 3 Điều 12 Quyết định 26/2026/QĐ-TTg"),
    ),
    State.REPLACED: (
        noop("Đã có lần công nhận sau"),
        noop("Đã có lần công nhận sau"),
        "",
    ),
    State.EXPIRED: (noop("Hết hạn"), noop("Hết hạn"), ""),
    State.REVOKED: (
        noop("Bị thu hồi"),
        noop("Bị thu hồi"),
        noop("Điều 8 Quyết định 26/2026/QĐ-TTg"),
    ),
    State.ANNULLED: (
        noop("Kết quả bị hủy"),
        noop("Kết quả bị hủy"),
        noop("điểm b khoản 1 Điều 10 Quyết định 26/2026/QĐ-TTg"),
    ),
    State.MISTAKEN: (noop("Ghi nhầm, đã đính chính"), noop("Ghi nhầm, đã đính chính"), ""),
    State.UNKNOWN: (noop("Chưa rõ thời hạn"), noop("Chưa rõ thời hạn"), ""),
}
