"""Writes of councils: who is there, and who left."""

from datetime import datetime

from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.checking import fits, needs_reason
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.councils import lifecycle, rules
from ocop.councils.models import Attendance, ItemState, Seat, Sitting
from ocop.councils.queries import councils, progress
from ocop.councils.queries.hall import hall_of
from ocop.councils.services import sheets, steps

_SHORTEST = 2  # letters: “ốm” says why somebody is away


@action("councils.note_attendance")
def note_attendance(
    *, actor: Actor, sitting: Sitting, seat: Seat, present: bool, note: str, at: datetime
) -> Attendance:
    """Note whether a member is there, and why not; who is there has no reason to be away.

    Who gave a sheet and is noted as absent then has left early: the sheet counts, also when the
    case is scored again without the member, and the minutes say so. Refused for who has no seat
    that day, for an absence without a reason (the minutes print it), and for who comes in while
    the marks of a case lie open that the person was not there to judge: a sheet given then would
    not be blind.
    """
    require(actor, rules.may_plan_sitting, sitting)
    sitting = steps.locked_sitting(sitting)
    steps.expect_sitting(sitting, "note_attendance")
    if seat not in councils.seats_on(sitting.council, rules.day_of(sitting)):
        raise Refused("not_seated", _("Người này không phải thành viên hội đồng vào ngày họp."))
    if not present:
        needs_reason(note, field="note", least=_SHORTEST)
    row = Attendance.objects.filter(sitting=sitting, seat=seat).first() or Attendance(
        sitting=sitting, seat=seat
    )
    if present and row.pk and not row.present:
        _expect_blind(sitting, seat)
    row.present, row.note, row.noted_at = present, "" if present else note.strip(), at
    fits(row)
    row.save()
    for item in sitting.items.filter(state=ItemState.RESCORING).select_related("case__version"):
        item.sitting = sitting
        sheets.recount(item)  # a sheet of an earlier attempt may count from now on
    record(actor, "councils.attendance_noted", sitting, seat, at=at, change={"present": present})
    return row


def _expect_blind(sitting: Sitting, seat: Seat) -> None:
    """Refuse who was away while a case of the sitting was marked and now lies open."""
    hall = hall_of(sitting)
    running = sitting.items.filter(state__in=lifecycle.SCORED).select_related("case__version")
    for now in progress.of_items(running, sitting, hall):
        judged = seat.pk in (now.totals or {}) and seat not in now.standing
        if now.totals is not None and seat in now.judges and not judged:
            raise Refused(
                "marks_shown",
                _(
                    "Điểm của “%s” đã hiện khi người này vắng mặt. Hãy kết luận hồ sơ đó hoặc cho "
                    "chấm lại, rồi ghi có mặt."
                )
                % now.item.case.title,
            )
