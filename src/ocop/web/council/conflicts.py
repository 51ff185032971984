"""Conflicts of interest of a sitting: those found wait for the chair or the secretary."""

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop.core.actions import require
from ocop.councils import rules
from ocop.councils.models import Obstacle, ObstacleState, Sitting
from ocop.councils.queries import sittings as queries
from ocop.councils.services import obstacles as services
from ocop.web.council.desk import Step, desk, only_if, posted, take
from ocop.web.requests import SignedInRequest


class SettleForm(forms.Form):
    """Whether the member may judge, and why."""

    recused = forms.TypedChoiceField(
        label=gettext_lazy("Kết quả xem xét"),
        choices=(
            ("yes", gettext_lazy("Không tham gia đánh giá hồ sơ này")),
            ("no", gettext_lazy("Được tham gia")),
        ),
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=gettext_lazy("Lý do, ghi vào biên bản"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
    )


@desk
def index(request: SignedInRequest, code: str) -> HttpResponse:
    """Declared and found conflicts, those to settle first."""
    sitting = get_object_or_404(queries.visible_sittings(request.actor), code=code)
    found = _of_sitting(request, sitting)
    today = timezone.localdate()
    waiting = [row for row in found if row.state == ObstacleState.WARNED]
    context = {
        "sitting": sitting,
        "waiting": [(row, rules.may_settle(request.actor, row, today)) for row in waiting],
        "settled": [(row, False) for row in found if row.state != ObstacleState.WARNED],
    }
    return render(request, "council/conflicts.html", context)


def _of_sitting(request: SignedInRequest, sitting: Sitting) -> QuerySet[Obstacle]:
    """The conflicts of the cases on this agenda, as far as the person may read them."""
    cases = queries.agenda(request.actor, sitting).order_by().values("case")
    found = queries.obstacles_visible_to(request.actor)
    return found.filter(case__in=cases, seat__council=sitting.council).order_by("case__title", "pk")


@desk
def settle(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """Decide on one."""
    sitting = get_object_or_404(queries.visible_sittings(request.actor), code=code)
    found = get_object_or_404(_of_sitting(request, sitting), pk=pk)
    require(request.actor, rules.may_settle, found, timezone.localdate())
    only_if(found.state == ObstacleState.WARNED)
    back = reverse("council:conflicts", args=[sitting.code])
    step = Step(
        title=_("Xem xét xung đột lợi ích"),
        text=_("%(member)s và hồ sơ %(title)s: %(ground)s.")
        % {
            "member": found.seat.user.name,
            "title": found.case.title,
            "ground": found.get_ground_display().lower(),
        },
        changes=[
            _("Người không tham gia sẽ không thấy hồ sơ, phiếu và mọi số đếm về hồ sơ này."),
            _("Phiếu đang chấm của người đó, nếu có, không được tính."),
        ],
        action=_("Ghi kết quả xem xét"),
        done=_("Đã ghi kết quả xem xét."),
        back=back,
        crumbs=[
            (sitting.title, reverse("council:sitting", args=[sitting.code])),
            (_("Xung đột lợi ích"), back),
        ],
    )
    return take(
        request, step, SettleForm(posted(request)), services.settle_obstacle, obstacle=found
    )
