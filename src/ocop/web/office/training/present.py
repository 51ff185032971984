"""Who came to a session, ticked on the list that was signed on paper; an entry taken back."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from ocop.core.checkins import CheckIn
from ocop.training import lifecycle, queries
from ocop.training.models import Enrolment, TrainingSession
from ocop.training.services import attending
from ocop.web.office.dossiers.steps import act_on, sent
from ocop.web.office.forms import ReasonForm
from ocop.web.office.guard import office
from ocop.web.office.training.door import held_session
from ocop.web.office.training.pages import form_page
from ocop.web.requests import SignedInRequest


class PresentForm(forms.Form):
    """Those with a seat who have not entered yet, each with a box."""

    tickets = forms.MultipleChoiceField(
        label=gettext_lazy("Chưa điểm danh"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, absent: list[Enrolment], session: TrainingSession, *told: Any) -> None:
        super().__init__(*told)
        self._session = session
        field = self.fields["tickets"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(row.code, _named(row)) for row in absent]

    def records(self, at: datetime) -> list[CheckIn]:
        """The showings: when they were ticked, or, once the session is over, as it began."""
        when = at if at <= self._session.ends_at else self._session.starts_at
        gate = _("Danh sách ký")
        return [
            CheckIn(when, uuid4(), ticket, gate, "web") for ticket in self.cleaned_data["tickets"]
        ]


@office
@never_cache
def page(request: SignedInRequest, code: str, number: int) -> HttpResponse:
    """The list of a session: who entered, and boxes for those who did not."""
    found = held_session(request.actor, code, number)
    people = _seated(found)
    entered = queries.entries_of(found.training_class, number)
    absent = [row for row in people if row.code not in entered]
    form = PresentForm(absent, found, request.POST if request.method == "POST" else None)
    if sent(request, form) and act_on(
        request, form, attending.check_in, session=found, records=form.records(timezone.now())
    ):
        told = _("Đã điểm danh %d người.") % len(form.cleaned_data["tickets"])
        messages.success(request, told)
        return redirect(request.path)
    context = {
        "session": found,
        "training_class": found.training_class,
        "form": form,
        "absent": absent,
        "entered": [(row, *entered[row.code]) for row in people if row.code in entered],
    }
    status = 422 if form.errors else 200
    return render(request, "office/training/present.html", context, status=status)


@office
def undo(request: SignedInRequest, code: str, number: int, ticket: str) -> HttpResponse:
    """Take back that somebody came."""
    found = held_session(request.actor, code, number)
    person = get_object_or_404(found.training_class.enrolments, code=ticket)
    form = ReasonForm(request.POST or None)
    back = reverse("office:training_present", args=[code, number])
    if sent(request, form) and act_on(
        request, form, attending.undo_check_in, session=found, enrolment=person, **form.cleaned_data
    ):
        messages.success(request, _("Đã bỏ điểm danh của %s.") % person.name)
        return redirect(back)
    text = _("Buổi này không tính cho người đó nữa. Vé quét lại sau đó thì vào như mới.")
    return form_page(
        request, form, _("Bỏ điểm danh: %s") % person.name, back,
        text=text, action=_("Bỏ điểm danh"), tone="danger",
    )  # fmt: skip


def _seated(session: TrainingSession) -> list[Enrolment]:
    rows = session.training_class.enrolments.filter(state=lifecycle.ENROLLED)
    return list(rows.select_related("producer", "unit").order_by("folded", "pk"))


def _named(row: Enrolment) -> str:
    of = row.producer or row.unit
    return f"{row.name}, {of.name}" if of else row.name
