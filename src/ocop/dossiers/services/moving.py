"""The one way a dossier changes its state: called inside actions, records no event of its own."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.dossiers import lifecycle
from ocop.dossiers.models import Dossier
from ocop.recognition.models import Kind


def move(dossier: Dossier, name: str, *, at: datetime, **more: Any) -> Dossier:
    """Make a move of `lifecycle.MOVES`, set the last day of the new step, and columns in `more`.

    One conditional UPDATE: of two who move a dossier at once one is refused. Refused: a move that
    the table does not allow from the state the dossier is in.
    """
    before = dossier.state
    if name != "decide" and dossier.recognition_id and before not in lifecycle.ENDED:
        raise Refused(
            "decision_awaited",
            _("Hồ sơ đã có quyết định chờ công bố. Hãy công bố quyết định trước."),
        )
    after = lifecycle.next_state(name, before)
    day = timezone.localdate(at)
    reevaluation = dossier.kind == Kind.REEVALUATION
    received = dossier.received_at or more.get("received_at")
    since = timezone.localdate(received) if reevaluation and received else day
    if lifecycle.SITUATIONS[after].working_days is not None:
        since = day
    columns = {
        "state": after,
        "due_on": lifecycle.due_on(after, since=since, reevaluation=reevaluation),
        "escalated_at": None,
        **more,
    }
    if after in lifecycle.ENDED:
        columns.setdefault("ended_at", at)
    if not Dossier.objects.filter(pk=dossier.pk, state=before).update(**columns):
        raise Refused(
            "moved_meanwhile", _("Hồ sơ vừa được người khác xử lý. Hãy tải lại trang rồi xem.")
        )
    for column, value in columns.items():
        setattr(dossier, column, value)
    return dossier
