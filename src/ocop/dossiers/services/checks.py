"""Where a dossier stands and by when it must be decided: shared by the writes of the office side.

Called inside actions; nothing here records an event.
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.utils import timezone

from ocop.core.actor import Actor
from ocop.core.language import gettext as _
from ocop.core.numbers import write_date
from ocop.core.refusals import Refused
from ocop.councils.models import Sitting, SittingKind
from ocop.dossiers import calendar, lifecycle
from ocop.dossiers.models import ChangeState, Dossier, State, Supplement
from ocop.dossiers.queries import conclusions, proposals
from ocop.recognition.models import Kind

#: States from the receipt to the decision, in which `decided_by` is the last day.
DECIDED_BY = (State.RECEIVED, State.EXAMINING, State.READY, State.ON_AGENDA, State.CONCLUDED)


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


def proposal_holds(dossier: Dossier) -> None:
    """Refuse while the advisory team's proposal is older than a change of what is judged."""
    if proposals.is_outdated(dossier):
        raise Refused(
            "proposal_outdated",
            _(
                "Hồ sơ “%s” đã thay đổi sau đề nghị của tổ tư vấn. Hãy để tổ xác nhận hoặc làm lại "
                "đề nghị trước."
            )
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
    if (legal := reevaluation_by(dossier)) is not None:
        days.append(legal)
    return min(days, default=None)


def reevaluation_by(dossier: Dossier) -> date | None:
    """The last of the 45 days that the law gives to a re-evaluation (Art. 6); None for others."""
    if dossier.kind != Kind.REEVALUATION or dossier.received_at is None:
        return None
    return calendar.reevaluation_due(timezone.localdate(dossier.received_at))


def late_answer(supplement: Supplement) -> str:
    """A warning where the producer may answer after the 45 days of a re-evaluation; "" else. No
    bar: the days count from a complete dossier, and what is lacking must be asked for."""
    last = reevaluation_by(supplement.dossier)
    if last is None or supplement.due_on <= last:
        return ""
    return _(
        "Hạn bổ sung %(due)s sau ngày hồ sơ đánh giá lại phải xong (45 ngày, đến hết %(last)s)."
    ) % {"due": write_date(supplement.due_on), "last": write_date(last)}


def judged_in_time(
    dossiers: Iterable[Dossier],
    sitting: Sitting,
    *,
    at: datetime,
    named: bool = True,
    field: str = "dossiers",
) -> None:
    """Refuse a sitting, or a last day for opinions, that comes after the 45 days of a
    re-evaluation. One that is late already is judged whenever the council comes to it.

    Not `named` where who asks may be recused from one of them.
    """
    written = sitting.kind == SittingKind.WRITTEN
    day = (sitting.until if written else None) or timezone.localdate(sitting.starts_at)
    today = timezone.localdate(at)
    for dossier in dossiers:
        last = reevaluation_by(dossier)
        if last is None or last < today or day <= last:
            continue
        said = (
            _(
                "Hồ sơ đánh giá lại phải xong trong 45 ngày, đến hết %(last)s; hạn gửi ý kiến "
                "%(day)s là quá muộn. Hãy chọn hạn không sau %(last)s."
            )
            if written
            else _(
                "Hồ sơ đánh giá lại phải xong trong 45 ngày, đến hết %(last)s; họp ngày %(day)s "
                "là quá muộn. Hãy họp không sau %(last)s."
            )
        )
        message = said % {"last": write_date(last), "day": write_date(day)}
        if named:
            message = f"{dossier.product.name}: {message}"
        raise Refused("after_45_days", message, fields={field: [message]})


def ministry_first(name: str, found: conclusions.Conclusion) -> None:
    """Refuse to end what has 90 points and a star before the Ministry has answered (Art. 5)."""
    if conclusions.goes_to_ministry(found):
        raise Refused(
            "ministry_first",
            _("“%s” được tỉnh chấm từ 90 điểm: Bộ đánh giá trước. Hãy trình Bộ rồi ghi kết quả.")
            % name,
        )
