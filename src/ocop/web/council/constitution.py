"""Councils: the list, setting one up by the chair's decision, its seats, and its end."""

from typing import Any

import django_tables2 as tables
from django import forms
from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop.core.actions import require
from ocop.core.numbers import write_date
from ocop.councils import rules
from ocop.councils.models import Council, Position
from ocop.councils.queries import councils as queries
from ocop.councils.queries import sittings as sitting_queries
from ocop.councils.services import constitution
from ocop.filters.inputs import DayInput
from ocop.filters.worded import CouncilFilter
from ocop.people.models import User
from ocop.web.council.desk import Step, desk, may_count, only_if, posted, take
from ocop.web.council.words import rule_facts
from ocop.web.forms import act
from ocop.web.office.forms import ReasonForm
from ocop.web.requests import SignedInRequest
from ocop.web.tables import DayColumn, NumberColumn, PlainColumn, listing

_FIRST_ROWS, _MORE_ROWS = 7, 4


class CouncilForm(forms.Form):
    """The decision that sets a council up."""

    name = forms.CharField(label=gettext_lazy("Tên hội đồng"), max_length=200)
    decision_number = forms.CharField(label=gettext_lazy("Số quyết định"), max_length=60)
    decided_on = forms.DateField(label=gettext_lazy("Ngày ký quyết định"), widget=DayInput)
    authority = forms.CharField(label=gettext_lazy("Cơ quan ban hành"), max_length=160)


class SeatForm(forms.Form):
    """One member: account, position, and where the person works."""

    user = forms.ModelChoiceField(
        label=gettext_lazy("Tài khoản"), queryset=User.objects.none(), empty_label="—"
    )
    position = forms.ChoiceField(
        label=gettext_lazy("Vị trí"), choices=Position.choices, initial=Position.MEMBER
    )
    organisation = forms.CharField(label=gettext_lazy("Cơ quan"), max_length=200, required=False)
    title = forms.CharField(label=gettext_lazy("Chức vụ"), max_length=120, required=False)
    address = forms.CharField(
        label=gettext_lazy("Địa chỉ"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Chỉ dùng để phát hiện xung đột lợi ích, không hiện cho ai."),
    )

    def __init__(self, *arguments: Any, people: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.fields["user"].queryset = people  # type: ignore[attr-defined]

    def seat(self) -> constitution.NewSeat:
        """The member as the service takes it."""
        told = self.cleaned_data
        return constitution.NewSeat(
            user=told["user"],
            position=Position(told["position"]),
            organisation=told["organisation"],
            title=told["title"],
            address=told["address"],
        )


class NewSeatForm(SeatForm):
    """A member who comes later."""

    starts_on = forms.DateField(
        label=gettext_lazy("Tham gia từ ngày"), widget=DayInput, initial=timezone.localdate
    )


SeatRows = forms.formset_factory(SeatForm, extra=_FIRST_ROWS, max_num=60)


class CouncilTable(tables.Table):
    """Councils, the newest first."""

    name = tables.Column(verbose_name=gettext_lazy("Hội đồng"))
    decision_number = PlainColumn(
        verbose_name=gettext_lazy("Quyết định"), attrs={"td": {"class": "code"}}
    )
    decided_on = DayColumn(verbose_name=gettext_lazy("Ngày ký"))
    authority = PlainColumn(verbose_name=gettext_lazy("Cơ quan ban hành"))
    members = NumberColumn(verbose_name=gettext_lazy("Thành viên"))
    dissolved_on = DayColumn(verbose_name=gettext_lazy("Thôi hoạt động từ"))

    def render_name(self, record: Any, value: str) -> str:
        return format_html(
            '<a href="{}">{}</a>', reverse("council:council", args=[record.code]), value
        )

    def value_name(self, value: str) -> str:
        return value


@desk
def index(request: SignedInRequest) -> HttpResponseBase:
    """The councils that the person may see."""
    filters = CouncilFilter(request.GET, queryset=_counted(request))
    return listing(
        request,
        table=CouncilTable(filters.qs),
        filters=filters,
        title=_("Hội đồng"),
        template="council/councils.html",
        context={"may_constitute": rules.may_constitute(request.actor)},
    )


def _counted(request: SignedInRequest) -> Any:
    """Visible councils with the number of their members today."""
    here = Q(seats__ends_on=None) | Q(seats__ends_on__gt=timezone.localdate())
    return queries.visible_to(request.actor).annotate(members=Count("seats", filter=here))


@desk
def new(request: SignedInRequest) -> HttpResponse:
    """Set up a council with its members, as the decision names them."""
    require(request.actor, rules.may_constitute)
    form = CouncilForm(request.POST or None)
    people = queries.candidates(timezone.localdate())
    rows = _rows(request, people)
    asked_more = "more" in request.POST
    if request.method == "POST" and not asked_more and form.is_valid() and rows.is_valid():
        told = dict(form.cleaned_data)
        made = act(
            form,
            constitution.constitute_council,
            actor=request.actor,
            members=[row.seat() for row in rows if row.has_changed()],
            at=timezone.now(),
            **told,
        )
        if made:
            messages.success(request, _("Đã lập hội đồng."))
            return redirect("council:council", made.code)
        if there := queries.visible_to(request.actor).filter(**told).first():  # sent twice
            messages.info(request, _("Hội đồng này đã được lập trước đó."))
            return redirect("council:council", there.code)
    if asked_more:
        form = CouncilForm(initial=request.POST.dict())
    context = {
        "form": form,
        "rows": rows,
        "people": people.exists(),
        "rules": rule_facts(queries.default_rules()),
    }
    return render(request, "council/council_new.html", context)


def _rows(request: SignedInRequest, people: Any) -> Any:
    """The rows of members; asking for more keeps what was typed and judges nothing yet."""
    if request.method != "POST":
        return SeatRows(prefix="seat", form_kwargs={"people": people})
    data = request.POST.copy()
    if "more" in data:
        before = data.get("seat-TOTAL_FORMS", "")
        data["seat-TOTAL_FORMS"] = str((int(before) if before.isdecimal() else 0) + _MORE_ROWS)
    return SeatRows(data, prefix="seat", form_kwargs={"people": people})


@desk
def page(request: SignedInRequest, code: str) -> HttpResponse:
    """One council: decision, rules, seats, sittings."""
    actor, today = request.actor, timezone.localdate()
    found = get_object_or_404(queries.visible_to(actor), code=code)
    sittings = sitting_queries.visible_sittings(actor).filter(council=found)
    context = {
        "council": found,
        "rules": rule_facts(queries.rules_of(found)),
        "seats": queries.seats_of(actor, found),
        "today": today,
        "sittings": sittings,
        "may_plan": rules.may_plan(actor, found, today) and found.dissolved_on is None,
        "may_change": rules.may_constitute(actor) and found.dissolved_on is None,
        "may_count": may_count(actor, found),
    }
    return render(request, "council/council.html", context)


@desk
def seat_new(request: SignedInRequest, code: str) -> HttpResponse:
    """Seat another member."""
    require(request.actor, rules.may_constitute)
    found = get_object_or_404(queries.visible_to(request.actor), code=code)
    people = queries.candidates(timezone.localdate())
    form = NewSeatForm(posted(request), people=people)
    step = _step(found, title=_("Thêm thành viên"), action=_("Thêm"), done=_("Đã thêm thành viên."))
    if request.method == "POST" and form.is_valid():
        act(
            form,
            constitution.add_seat,
            actor=request.actor,
            council=found,
            member=form.seat(),
            starts_on=form.cleaned_data["starts_on"],
            at=timezone.now(),
        )
        if not form.errors:
            messages.success(request, step.done)
            return redirect(step.back)
    return render(request, "council/step.html", {"step": step, "form": form})


@desk
def seat_end(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """A member leaves the council, with a reason."""
    require(request.actor, rules.may_constitute)
    found = get_object_or_404(queries.visible_to(request.actor), code=code)
    seat = get_object_or_404(found.seats.filter(ends_on=None), pk=pk)
    step = _step(
        found,
        title=_("Thôi tham gia hội đồng: %s") % seat.user.name,
        action=_("Thôi tham gia"),
        done=_("Đã thôi tư cách thành viên."),
        changes=[
            _("Thôi tham gia từ ngày %s: không dự và không chấm các phiên từ ngày đó.")
            % write_date(queries.leaves_on(seat, timezone.localdate())),
            _("Phiên đã khai mạc giữ nguyên thành phần, phiếu đã nộp và biên bản."),
        ],
        tone="danger",
    )
    form = ReasonForm(posted(request))
    return take(request, step, form, constitution.end_seat, seat=seat)


@desk
def dissolve(request: SignedInRequest, code: str) -> HttpResponse:
    """The council ends its work."""
    require(request.actor, rules.may_constitute)
    found = get_object_or_404(queries.visible_to(request.actor), code=code)
    only_if(found.dissolved_on is None)
    step = _step(
        found,
        title=_("Thôi hoạt động hội đồng"),
        action=_("Thôi hoạt động"),
        done=_("Hội đồng đã thôi hoạt động."),
        changes=[
            _("Không lập được phiên họp mới."),
            _("Mọi phiếu, kết luận và biên bản giữ nguyên, vẫn xem được."),
        ],
        tone="danger",
    )
    form = ReasonForm(posted(request))
    return take(request, step, form, constitution.dissolve_council, council=found)


def _step(council: Council, **words: Any) -> Step:
    """A step on a council, taken from its page and leading back to it."""
    address = reverse("council:council", args=[council.code])
    crumbs = [(_("Hội đồng"), reverse("council:councils")), (council.name, address)]
    return Step(back=address, crumbs=crumbs, **words)
