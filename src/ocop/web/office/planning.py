"""What is planned: registrations of a year, targets, and figures that offices report."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop.core.actions import require
from ocop.dossiers import rules as dossier_rules
from ocop.dossiers.queries import registrations as dossiers
from ocop.dossiers.services import registering
from ocop.filters.inputs import DayInput
from ocop.filters.planning import RegistrationFilter
from ocop.filters.units import UnitField
from ocop.people import rules as people_rules
from ocop.recognition.models import Kind
from ocop.web.forms import act
from ocop.web.office.forms import ReasonForm
from ocop.web.office.guard import office
from ocop.web.office.own_units import OwnUnitForm, offer_own_units
from ocop.web.office.tables import RegistrationTable
from ocop.web.requests import SignedInRequest
from ocop.web.tables import listing


class RegistrationForm(OwnUnitForm):
    """A unit's list for a year, one product a line."""

    unit = UnitField(label=gettext_lazy("Đơn vị đăng ký"))
    year = forms.IntegerField(label=gettext_lazy("Năm đánh giá"), min_value=2018, max_value=2100)
    kind = forms.ChoiceField(label=gettext_lazy("Hình thức"), choices=Kind.choices)
    registered_on = forms.DateField(
        label=gettext_lazy("Ngày đăng ký"), widget=DayInput, initial=timezone.localdate
    )
    lines = forms.CharField(
        label=gettext_lazy("Danh sách"),
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy("Mỗi dòng: tên sản phẩm; tên chủ thể. Có thể dán từ Excel."),
    )

    def clean_lines(self) -> str:
        """A line says two things; more of them were pasted from other columns."""
        told = str(self.cleaned_data["lines"])
        for number, line in enumerate(told.splitlines(), start=1):
            if line.replace("\t", ";").rstrip("; ").count(";") > 1:
                raise forms.ValidationError(
                    _("Dòng %d có hơn hai phần. Mỗi dòng chỉ ghi: tên sản phẩm; tên chủ thể.")
                    % number
                )
        return told

    def entries(self) -> list[registering.Entry]:
        """The lines as the service takes them; a tab parts as a semicolon does."""
        kind = Kind(self.cleaned_data["kind"])
        found = []
        for line in filter(str.strip, self.cleaned_data["lines"].splitlines()):
            product, _sign, producer = line.replace("\t", ";").partition(";")
            found.append(registering.Entry(product.strip(), producer.strip(), kind))
        return found


@office
def registrations(request: SignedInRequest) -> HttpResponseBase:
    """What units registered for assessment, year by year."""
    require(request.actor, dossier_rules.may_see_registrations)
    rows = dossiers.visible_to(request.actor).select_related("unit")
    filters = RegistrationFilter(request.GET, queryset=rows)
    offer_own_units(filters.form, request.actor)
    may_enter = people_rules.may_enter(request.actor)
    return listing(
        request,
        table=RegistrationTable(filters.qs, exclude=() if may_enter else ("step",)),
        filters=filters,
        title=_("Đăng ký đánh giá"),
        template="office/list.html",
        context={
            "new_address": "office:registration_new" if may_enter else "",
            "new_words": _("Ghi danh sách"),
        },
    )


@office
def registration_new(request: SignedInRequest) -> HttpResponse:
    """Enter a unit's list: all of it, or nothing."""
    require(request.actor, people_rules.may_enter)
    form = RegistrationForm(
        request.POST or None, actor=request.actor, initial={"year": timezone.localdate().year}
    )
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        made = act(
            form,
            registering.register_list,
            actor=request.actor,
            unit=told["unit"],
            year=told["year"],
            entries=form.entries(),
            registered_on=told["registered_on"],
            at=timezone.now(),
        )
        if made:
            messages.success(request, _("Đã ghi %d sản phẩm.") % len(made))
            if unknown := dossiers.unknown_producers(made):
                said = _("Chưa có trong sổ đăng ký: %s. Hãy xem lại tên, hoặc thêm chủ thể.")
                messages.warning(request, said % ", ".join(unknown))
            return redirect("office:registrations")
    context = {
        "form": form,
        "title": _("Ghi danh sách đăng ký"),
        "cancel": reverse("office:registrations"),
    }
    return render(request, "office/form.html", context)


@office
def registration_withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take a registration back, with a reason."""
    found = get_object_or_404(dossiers.visible_to(request.actor), pk=pk)
    require(request.actor, dossier_rules.may_register_product, found.unit)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = act(
            form,
            registering.withdraw_registration,
            actor=request.actor,
            registration=found,
            reason=form.cleaned_data["reason"],
            at=timezone.now(),
        )
        if done:
            messages.success(request, _("Đã rút đăng ký."))
            return redirect("office:registrations")
    facts = {"product": found.product_name, "unit": found.unit.name, "year": found.year}
    context = {
        "form": form,
        "title": _("Rút đăng ký: %s") % found.product_name,
        "action": _("Rút đăng ký"),
        "changes": [
            _("“%(product)s” của %(unit)s không còn trong danh sách đăng ký năm %(year)d.") % facts,
            _("Số sản phẩm đăng ký năm %(year)d giảm 1, kể từ hôm nay.") % facts,
            _("Dòng đã rút vẫn được lưu cùng lý do. Muốn đăng ký lại thì ghi lại vào danh sách."),
        ],
        "cancel": reverse("office:registrations"),
    }
    return render(request, "office/confirm.html", context)
