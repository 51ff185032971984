"""Lists of dossiers: all of them, what waits for the commune, what is given to an adviser."""

from django.db.models import Case, Prefetch, QuerySet, When
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.core.actions import require
from ocop.core.actor import Actor
from ocop.dossiers import lifecycle, rules
from ocop.dossiers.models import Assignment, Dossier, State
from ocop.dossiers.queries import dossiers, queue
from ocop.filters.dossiers import DossierFilter
from ocop.people.roles import Role
from ocop.web.office.dossiers.tables import DossierTable, QueueTable
from ocop.web.office.guard import office
from ocop.web.requests import SignedInRequest
from ocop.web.tables import listing


def rows_for(actor: Actor) -> QuerySet[Dossier]:
    """Visible dossiers that were filed once, with all that a table shows at hand."""
    given = Assignment.objects.filter(ended_at=None).select_related("adviser")
    rows = dossiers.for_lists(dossiers.visible_to(actor, timezone.localdate()))
    return queue.with_waiting(rows.exclude(submitted_at=None)).prefetch_related(
        Prefetch("assignments", queryset=given.order_by("-lead", "pk"), to_attr="now_given")
    )


@office
def dossier_list(request: SignedInRequest) -> HttpResponseBase:
    """Every dossier the actor may see."""
    require(request.actor, rules.may_see_dossiers)
    filters = DossierFilter(request.GET, queryset=rows_for(request.actor), request=request)
    examined = rules.sees_examinations(request.actor)
    if not examined:  # who examines is no matter of the communes
        del filters.filters["adviser"]
    return listing(
        request,
        table=DossierTable(filters.qs, exclude=() if examined else ("advisers",)),
        filters=filters,
        title=_("Hồ sơ"),
        template="office/list.html",
        context={
            "lead": _("Mỗi dòng là một hồ sơ đã nộp, với bước và thời hạn của hôm nay."),
            "empty_text": _("Hồ sơ xuất hiện ở đây khi chủ thể nộp cho xã, phường."),
        },
    )


@office
def commune_queue(request: SignedInRequest) -> HttpResponseBase:
    """What waits for the commune's check, with the working days left of 15."""
    require(request.actor, rules.has_queue)
    rows = queue.waiting_for(request.actor, State.AT_COMMUNE)
    # The office and auditors look on: Form 03 is the commune's to write.
    hidden = () if request.actor.has(Role.COMMUNE_OFFICER) else ("report",)
    return listing(
        request,
        table=QueueTable(rows, exclude=hidden),
        filters=None,
        title=_("Hồ sơ chờ cấp xã kiểm tra"),
        template="office/list.html",
        context={
            "lead": _(
                "Cấp xã có 15 ngày làm việc để kiểm tra, ghi Mẫu số 03 và chuyển lên cấp tỉnh. "
                "Hồ sơ gấp nhất đứng trước."
            ),
            "empty_title": _("Không có hồ sơ nào chờ kiểm tra"),
            "empty_text": _("Hồ sơ xuất hiện ở đây khi chủ thể nộp cho xã, phường."),
        },
    )


@office
def given_list(request: SignedInRequest) -> HttpResponseBase:
    """The dossiers an adviser is to examine."""
    require(request.actor, rules.is_adviser)
    given = Assignment.objects.filter(adviser=request.user, ended_at=None)
    rows = rows_for(request.actor).filter(pk__in=given.values("dossier"))
    rows = rows.exclude(state__in=lifecycle.ENDED).annotate(
        mine=Case(When(state=State.EXAMINING, then=0), default=1)
    )
    return listing(
        request,
        table=DossierTable(rows.order_by("mine", "due_on", "pk"), exclude=("advisers",)),
        filters=None,
        title=_("Hồ sơ giao cho tôi"),
        template="office/list.html",
        context={
            "lead": _("Hồ sơ bạn được phân công xem xét, hồ sơ đang chờ bạn xem xét đứng trước."),
            "empty_title": _("Bạn chưa được giao hồ sơ nào"),
            "empty_text": _("Văn phòng Điều phối phân công hồ sơ theo chuyên môn."),
        },
    )
