"""How points and goods look: a word, a tone and a shape."""

from typing import Any

from django.utils.translation import gettext as _

from ocop.network.models import PointState, SalesPoint
from ocop.network.standing_goods import ALLOWED, WORDS, Verdict

_STATES = {
    PointState.APPLIED: ("due", "clock"),
    PointState.RECOGNISED: ("ok", "check"),
    PointState.REFUSED: ("bad", "ban"),
    PointState.CLOSED: ("flat", "minus"),
}


def state_tag(point: SalesPoint) -> dict[str, Any]:
    """The state of a point, for `components/tag.html`."""
    tone, shape = _STATES[PointState(point.state)]
    return {"words": point.get_state_display(), "tone": tone, "shape": shape}


def verdict_tag(verdict: Verdict) -> dict[str, Any]:
    """Whether goods may stand at a point."""
    allowed = verdict in ALLOWED
    return {
        "words": _(WORDS[verdict]),
        "tone": "ok" if allowed else "bad",
        "shape": "check" if allowed else "ban",
    }


def hours(point: SalesPoint) -> str:
    """When a point is open: hours, and the days on which it is not."""
    parts = []
    if point.opens_at and point.closes_at:
        parts.append(f"{point.opens_at:%H:%M}–{point.closes_at:%H:%M}")
    if point.closed_days:
        days = week()
        closed = ", ".join(days[int(digit) - 1][1] for digit in point.closed_days)
        parts.append(_("nghỉ %s") % closed)
    return "; ".join(parts)


def week() -> list[tuple[str, str]]:
    """The days of a week, Monday first, by the digits that stand for them."""
    names = (
        _("Thứ Hai"),
        _("Thứ Ba"),
        _("Thứ Tư"),
        _("Thứ Năm"),
        _("Thứ Sáu"),
        _("Thứ Bảy"),
        _("Chủ Nhật"),
    )
    return [(str(number), name) for number, name in enumerate(names, start=1)]
