"""Writes of signals: raised by the rules, looked into and concluded on by people."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.checking import check_text, needs_reason
from ocop.core.codes import public_code
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.traceability.intervals import Span
from ocop.traceability.models import ExceptionKind, Finding, ScanSignal, StampException
from ocop.traceability.scans import lifecycle, queries, rules
from ocop.traceability.scans.suspicion import Rule
from ocop.traceability.services import exceptions

LONGEST = 500  # signs of a note: it stands in the activity
LONGEST_CONCLUSION = 2_000


@dataclass(frozen=True, slots=True)
class Caught:
    """What a rule caught (see `ScanSignal`). Keys of rows, not rows: it comes out of a count."""

    rule: Rule
    subject: str
    measure: int
    limit: int
    first_at: datetime
    last_at: datetime
    version: int | None = None
    number: int | None = None
    order: int | None = None
    item: int | None = None
    lot: int | None = None
    facts: dict[str, Any] = field(default_factory=dict)


@action("traceability.raise_signal")
def raise_signal(*, actor: Actor, caught: Caught, at: datetime) -> ScanSignal:
    """Raise a signal about what a rule caught. Nothing is decided by it: people look into it."""
    require(actor, rules.may_raise_signals)
    signal = ScanSignal.objects.create(
        code=public_code(),
        rule=caught.rule.value,
        subject=caught.subject,
        version=caught.version,
        number=caught.number,
        order_id=caught.order,
        item_id=caught.item,
        lot_id=caught.lot,
        measure=caught.measure,
        limit=caught.limit,
        facts=caught.facts,
        first_at=caught.first_at,
        last_at=caught.last_at,
        raised_at=at,
    )
    change = {"rule": signal.rule, "measure": signal.measure, "limit": signal.limit}
    record(actor, "traceability.signal_raised", signal, at=at, change=change)
    return signal


@action("traceability.take_signal")
def take_signal(*, actor: Actor, signal: ScanSignal, at: datetime) -> ScanSignal:
    """Look into a signal. Refused: one that somebody looks into already, or that is concluded."""
    require(actor, rules.may_handle_signals)
    _move(signal, "take", taken_by=actor.user_id)
    record(actor, "traceability.signal_taken", signal, at=at)
    return signal


@action("traceability.note_signal")
def note_signal(*, actor: Actor, signal: ScanSignal, reason: str, at: datetime) -> ScanSignal:
    """Note what was done or seen; it stands in the activity of the signal."""
    require(actor, rules.may_handle_signals)
    needs_reason(reason, most=LONGEST)
    _move(signal, "note")
    record(actor, "traceability.signal_noted", signal, at=at, reason=reason.strip())
    return signal


@action("traceability.suspect_stamp")
def suspect_stamp(*, actor: Actor, signal: ScanSignal, reason: str, at: datetime) -> StampException:
    """Mark the stamp of a signal as suspicious: its page says so from then on.

    Refused: a signal about no stamp that was given out, a stamp that is marked already.
    """
    require(actor, rules.may_handle_signals)
    needs_reason(reason, most=LONGEST)
    lifecycle.target("suspect", signal.state)
    if signal.number is None or signal.order is None:
        raise Refused("signal_without_stamp", _("Nghi vấn này không về một tem đã cấp."))
    span = Span(signal.number, 1)
    noted = exceptions.note(signal.order, [span], ExceptionKind.SUSPICIOUS, reason.strip(), at)
    if not noted:
        raise Refused("stamp_suspicious", _("Tem này đã được ghi là nghi ngờ."))
    (exception,) = noted
    record(
        actor,
        "traceability.stamp_suspected",
        signal,
        exception,
        signal.order,
        at=at,
        reason=reason.strip(),
    )
    return exception


@action("traceability.close_signal")
def close_signal(
    *, actor: Actor, signal: ScanSignal, finding: str, conclusion: str, at: datetime
) -> ScanSignal:
    """Conclude on a signal. It comes again only when twice as much is counted.

    Refused: no finding, no words to it, a signal that is concluded, "harmless" while everybody who
    scans the stamp reads that it is suspicious.
    """
    require(actor, rules.may_handle_signals)
    if finding not in Finding.values:
        raise _refuse("finding", _("Hãy chọn kết luận."))
    if finding == Finding.HARMLESS and queries.mark_of(signal) is not None:
        words = _(
            "Tem đang bị ghi nghi ngờ, ai quét cũng đọc thấy. Hãy gỡ nghi ngờ ở trang của nghi vấn "
            "rồi kết luận, hoặc chọn kết luận khác."
        )
        raise _refuse("finding", words)
    told = conclusion.strip()
    if not told:
        raise _refuse("conclusion", _("Hãy ghi căn cứ của kết luận."))
    check_text(told, "conclusion", LONGEST_CONCLUSION)
    _move(signal, "close", finding=finding, conclusion=told, closed_at=at)
    # The row forgets it when it is looked into again; what happened does not.
    change = {"finding": finding}
    record(actor, "traceability.signal_closed", signal, at=at, reason=told, change=change)
    return signal


@action("traceability.reopen_signal")
def reopen_signal(*, actor: Actor, signal: ScanSignal, reason: str, at: datetime) -> ScanSignal:
    """Look into a concluded signal again. Refused: one that is open, or that came again since."""
    require(actor, rules.may_handle_signals)
    needs_reason(reason, most=LONGEST)
    open_ones = ScanSignal.objects.filter(
        rule=signal.rule, subject=signal.subject, state__in=lifecycle.OPEN
    )
    if open_ones.exclude(pk=signal.pk).exists():
        raise Refused("signal_again", _("Nghi vấn này đã có lại ở một dòng mới. Hãy mở dòng mới."))
    before = {"finding": signal.finding}
    _move(signal, "reopen", finding="", conclusion="", closed_at=None, taken_by=actor.user_id)
    record(
        actor, "traceability.signal_reopened", signal, at=at, reason=reason.strip(), change=before
    )
    return signal


def _move(signal: ScanSignal, name: str, **changes: Any) -> None:
    state = lifecycle.target(name, signal.state)
    moved = ScanSignal.objects.filter(pk=signal.pk, state=signal.state)
    if not moved.update(state=state, **changes):
        signal.refresh_from_db(fields=["state"])
        lifecycle.target(name, signal.state)  # says where it stands now
        raise Refused("signal_state", _("Có người vừa sửa. Hãy tải lại trang."))
    signal.state = state
    for key, value in changes.items():
        setattr(signal, key, value)


def _refuse(field_name: str, message: str) -> Refused:
    return Refused(f"signal_{field_name}", message, fields={field_name: [message]})
