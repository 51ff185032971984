"""How signals read: the chip of their state, and what a rule saw as sentences."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.core import events
from ocop.core.actor import Actor
from ocop.core.numbers import write_date, write_number
from ocop.core.refusals import Refused
from ocop.traceability import serials, stamp_keys, stamp_lists
from ocop.traceability.models import ScanSignal
from ocop.traceability.models.signals import Finding, SignalRule, SignalState
from ocop.traceability.scans import options, queries, suspicion
from ocop.traceability.scans.knowing import provinces
from ocop.traceability.scans.rules import may_handle_signals
from ocop.web import happenings
from ocop.web.happenings import Happening

_STATES = {
    SignalState.NEW: ("due", "clock"),
    SignalState.TAKEN: ("due", "forward"),
    SignalState.CLOSED: ("flat", "check"),
}
_FINDINGS = {
    Finding.HARMLESS: ("ok", "check"),
    Finding.COPIED: ("bad", "cross"),
    Finding.MISUSED: ("bad", "warning"),
    Finding.UNCLEAR: ("flat", "question"),
}
_MOST_EARLY = 20  # stamps of an order that are named


def waiting(actor: Actor) -> list[tuple[int, str, str]]:
    """What waits for who looks into signals: how many, what it is, and where it is done."""
    if not may_handle_signals(actor):
        return []
    address = reverse("office:signals")
    return [(queries.signals_open(actor), _("nghi vấn từ lượt quét tem"), f"{address}?state=open")]


def link(signal: ScanSignal) -> str:
    """Its page."""
    return reverse("office:signal", args=[signal.code])


def state_tag(state: str) -> dict[str, Any]:
    """The chip of a state."""
    tone, shape = _STATES[SignalState(state)]
    return {"words": SignalState(state).label, "tone": tone, "shape": shape}


def finding_tag(finding: str) -> dict[str, Any] | None:
    """The chip of a finding; None where there is none yet."""
    if not finding:
        return None
    tone, shape = _FINDINGS[Finding(finding)]
    return {"words": Finding(finding).label, "tone": tone, "shape": shape}


def history(signal: ScanSignal) -> list[Happening]:
    """What happened, the latest first; a conclusion with what was found."""
    found = list(events.activity(signal)[:50])
    return [
        replace(line, words=f"{line.words}: {Finding(event.change['finding']).label}")
        if event.name == "traceability.signal_closed"
        else line
        for event, line in zip(found, happenings.told(found), strict=True)
    ]


def province(code: str, name: str) -> str:
    """A province by its name, as far as it is known."""
    return name or code or _("Không rõ nơi")


def moment(at: datetime) -> str:
    """A moment to the minute, in the time of Hà Nội."""
    local = timezone.localtime(at)
    return f"{local:%H:%M} {write_date(local.date())}"


def told(signal: ScanSignal) -> str:
    """What the rule counted, in a sentence with its numbers."""
    measure, limit = write_number(signal.measure), write_number(signal.limit)
    if signal.rule == SignalRule.FAR and signal.facts:
        return _hop(signal.facts)
    words = {
        SignalRule.EARLY: _(
            "%(measure)s lượt quét tem của đợt này khi chưa kích hoạt; mức đặt là %(limit)s."
        ),
        SignalRule.UNISSUED: _("%(measure)s lượt quét một số chưa cấp cho đơn nào."),
        SignalRule.GONE: _("%(measure)s lượt quét sau khi tem được ghi là hủy hoặc mất."),
        SignalRule.DEVICES: _("%(measure)s lượt thiết bị quét tem này; mức đặt là %(limit)s."),
        SignalRule.FAR: _("%(measure)s lần được quét ở hai nơi quá xa nhau."),
        SignalRule.OPENED: _(
            "%(measure)s lượt thiết bị quét sau khi mở mã ẩn; mức đặt là %(limit)s."
        ),
        SignalRule.FORGED: _(
            "%(measure)s mã giả do một thiết bị thử trong một ngày; mức đặt là %(limit)s."
        ),
    }
    return words[SignalRule(signal.rule)] % {"measure": measure, "limit": limit}


def named(signal: ScanSignal) -> dict[str, Any]:
    """The stamp as it is printed, and its number in its order; for who tried codes that are none,
    where such codes were scanned on that day."""
    if signal.rule == SignalRule.FORGED:
        names = provinces()
        told = [
            f"{province(place, names.get(place, ''))}: {write_number(count)}"
            for place, count in queries.forged_by_province(signal)
        ]
        return {"sources": "; ".join(told)}
    if signal.number is None:
        return _early(signal)
    return {"serial": serial_of(signal.version or 0, signal.number), "place": place_of(signal)}


def place_of(signal: ScanSignal) -> int | None:
    """The number of its stamp in the order, for one that is about a stamp that was given out."""
    if signal.number is None or signal.order is None or signal.order.first is None:
        return None
    return signal.number - signal.order.first + 1


def places_of(codes: str) -> str:
    """Provinces by their names."""
    names = provinces()
    return ", ".join(names.get(code, code) for code in codes.split())


def _early(signal: ScanSignal) -> dict[str, Any]:
    """The stamps of an order that somebody scanned too early: which ones, where, when."""
    order, rows = signal.order, queries.early_stamps(signal)
    if order is None or order.first is None:
        return {}
    lines = [
        {
            "seen": row,
            "serial": serial_of(row.version, row.number),
            "place": row.number - order.first + 1,
            "places": places_of(row.places_seen),
        }
        for row in rows[:_MOST_EARLY]
    ]
    return {"early": lines, "early_more": max(rows.count() - _MOST_EARLY, 0)}


def serial_of(version: int, number: int) -> str:
    """A serial in groups, as it is on the pack; nothing where its key cannot be read now."""
    try:
        return stamp_lists.grouped(serials.written(stamp_keys.serial_key(version), number))
    except Refused:
        return ""


def _hop(facts: dict[str, Any]) -> str:
    names = provinces()
    minutes = abs(facts["other_at"] - facts["one_at"]) // 60_000
    return _(
        "Quét ở %(one)s lúc %(one_at)s, rồi ở %(other)s lúc %(other_at)s: hai nơi cách nhau ít "
        "nhất %(km)s km mà chỉ cách %(minutes)s phút; với tốc độ %(speed)s km/giờ cần %(needed)s "
        "phút."
    ) % {
        "one": province(facts["one"], names.get(facts["one"], "")),
        "other": province(facts["other"], names.get(facts["other"], "")),
        "one_at": moment(_at(facts["one_at"])),
        "other_at": moment(_at(facts["other_at"])),
        "km": write_number(facts["km"]),
        "minutes": write_number(minutes),
        "speed": write_number(options.SPEED.get()),
        "needed": write_number(suspicion.needed_minutes(facts["km"], options.limits())),
    }


def _at(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)
