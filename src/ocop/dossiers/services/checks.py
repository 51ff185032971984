"""Where a dossier stands and by when it must be decided: shared by the writes of the office side.

Called inside actions; nothing here records an event.
"""

from datetime import date

from django.utils import timezone

from ocop.core.actor import Actor
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.dossiers import calendar, lifecycle
from ocop.dossiers.models import ChangeState, Dossier
from ocop.dossiers.queries import conclusions
from ocop.recognition.models import Kind


def stands(dossier: Dossier, *among: str) -> None:
    """Refuse unless the dossier stands in one of these states; its row stays locked."""
    found = Dossier.objects.select_for_update().values_list("state", flat=True)
    dossier.state = found.get(pk=dossier.pk)
    is_at(dossier, *among)


def is_at(dossier: Dossier, *among: str) -> None:
    """The same of a dossier as it was read, for a page."""
    if dossier.state not in among:
        raise Refused(
            "dossier_state",
            _("Hồ sơ đang ở bước “%s” nên không làm được việc này. Hãy tải lại trang để xem.")
            % _(lifecycle.SITUATIONS[dossier.state].staff),
        )


def account_of(actor: Actor) -> int:
    """The account of who examines: findings and visits are a person's, never the system's."""
    if actor.user_id is None:
        raise Refused("no_adviser", _("Nhận định, biên bản phải do một thành viên tổ tư vấn ghi."))
    return actor.user_id


def nothing_owed(dossier: Dossier) -> None:
    """Refuse while the producer owes an answer to a request for more."""
    if dossier.supplements.filter(answered_at=None).exists():
        raise Refused(
            "supplement_open",
            _(
                "Chủ thể chưa trả lời yêu cầu bổ sung trước. Hãy chờ trả lời, hoặc trả lại hồ sơ "
                "kèm lý do."
            ),
        )


def nothing_asked(dossier: Dossier) -> None:
    """Refuse while a change that the producer asked for has no answer."""
    if dossier.changes.filter(state=ChangeState.ASKED).exists():
        raise Refused(
            "change_open",
            _("Hồ sơ “%s” còn một đề nghị thay đổi chưa trả lời. Hãy trả lời trước.")
            % dossier.product.name,
        )


def concluded(dossier: Dossier) -> conclusions.Conclusion:
    """What the dossier's decision rests on. Refuse while nobody concluded."""
    found = conclusions.conclusion_of(dossier)
    if found is None:
        raise Refused(
            "no_conclusion", _("Hội đồng chưa có kết luận về “%s”.") % dossier.product.name
        )
    return found


def minuted(dossier: Dossier) -> None:
    """Refuse while the sitting that concluded on the dossier has no minutes: the decision of
    recognition rests on them."""
    if not conclusions.is_minuted(dossier):
        raise Refused(
            "minutes_awaited",
            _(
                "Phiên họp đánh giá “%s” chưa kết thúc với số và ngày biên bản. "
                "Hãy kết thúc phiên, hoặc ghi biên bản vào phiên đã kết thúc, trước khi làm tiếp."
            )
            % dossier.product.name,
        )


def decided_by(dossier: Dossier) -> date | None:
    """The last day to decide: 45 days from the receipt of a re-evaluation, and for all the end of
    the round, whichever comes first."""
    days = []
    if dossier.round is not None:
        days.append(calendar.last_day(dossier.round.done_before))
    if dossier.kind == Kind.REEVALUATION and dossier.received_at:
        since = timezone.localdate(dossier.received_at)
        days.append(calendar.reevaluation_due(since))
    return min(days, default=None)
