"""Check-in at the door of a session, with a network or without one."""

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from ocop.core.actions import require
from ocop.core.actor import Actor
from ocop.core.checkins import CheckIn
from ocop.core.refusals import NotAllowed
from ocop.training import lifecycle, queries, rules
from ocop.training.models import TrainingSession
from ocop.training.services import attending
from ocop.web import checkin, offline
from ocop.web.forms import act
from ocop.web.office.guard import office
from ocop.web.office.training.pages import class_or_404
from ocop.web.requests import SignedInRequest


@office
@never_cache
def page(request: SignedInRequest, code: str, number: int) -> HttpResponse:
    """The door of a session; without its script it takes one ticket after the other."""
    found = held_session(request.actor, code, number)
    form = checkin.TicketForm(request.POST or None)
    answer = None
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        noted = act(
            form,
            attending.check_in,
            actor=request.actor,
            session=found,
            records=[form.record(now)],
            at=now,
        )
        if noted:
            answer = _answer(noted[0])
            form = checkin.TicketForm(initial={"gate": form.cleaned_data["gate"]})
    where = [code, number]
    context = {
        "session": found,
        "training_class": found.training_class,
        "form": form,
        "told": answer.said if answer else "",
        "checkin": checkin.context(
            send=reverse("office:training_gate_send", args=where),
            listed=reverse("office:training_gate_list", args=where),
            worker=reverse("office:training_worker"),
        ),
    }
    return render(request, "office/training/door.html", context)


@office
@require_safe
@never_cache
def listed(request: SignedInRequest, code: str, number: int) -> JsonResponse:
    """Who has a seat, and who entered: what a device takes along."""
    found = held_session(request.actor, code, number)
    rows = found.training_class.enrolments.filter(state=lifecycle.ENROLLED)
    entered = queries.entries_of(found.training_class, number)
    return JsonResponse(
        {
            "made": timezone.now().isoformat(),
            "people": dict(rows.values_list("code", "name")),
            "entered": {ticket: [gate, at.isoformat()] for ticket, (gate, at) in entered.items()},
        }
    )


@office
@require_POST
def send(request: SignedInRequest, code: str, number: int) -> JsonResponse:
    """What a device noted, sent by itself."""
    try:
        found = held_session(request.actor, code, number)
    except (Http404, NotAllowed) as error:
        words = _("Bạn không điểm danh được buổi này. Hãy báo Văn phòng Điều phối.")
        status = 404 if isinstance(error, Http404) else 403
        return JsonResponse({"message": words}, status=status)
    now = timezone.now()

    def keep(records: list[CheckIn]) -> list[checkin.Answer]:
        noted = attending.check_in(actor=request.actor, session=found, records=records, at=now)
        return [_answer(each) for each in noted]

    return checkin.received(request, keep, now)


def worker(request: HttpRequest) -> HttpResponse:
    """The worker that opens the page of a door without a network."""
    return offline.worker(request, kept=checkin.KEPT, pages=checkin.PAGES)


def held_session(actor: Actor, code: str, number: int) -> TrainingSession:
    """A session whose door an actor may hold."""
    found = class_or_404(actor, code)
    require(actor, rules.may_check_in, found)
    rows = found.sessions.select_related("training_class__course")
    return get_object_or_404(rows, number=number)


def _answer(noted: attending.Noted) -> checkin.Answer:
    entry = (noted.entry.gate, noted.entry.at) if noted.entry else None
    return checkin.Answer(noted.record, noted.state, _said(noted), entry)


def _said(noted: attending.Noted) -> str:
    if noted.state == attending.ENTERED:
        return _("Mời vào")
    if noted.state == attending.REPEAT and noted.entry is not None:
        return _("Vé này đã vào lúc %s") % _hour(noted.entry.at)
    if noted.state == attending.WITHOUT_SEAT:
        return _("Vé này không còn chỗ trong lớp")
    if noted.state == attending.UNDONE:
        return _("Lượt này đã bị bỏ. Người học có mặt thì quét lại vé.")
    if noted.state == attending.EARLY:
        return _("Buổi này chưa tới ngày học. Hãy mở trang quét vé của buổi hôm nay.")
    if noted.state == attending.LATE:
        return _("Lớp đã kết thúc trước lượt này")
    return _("Vé này không thuộc lớp")


def _hour(at: datetime) -> str:
    return f"{timezone.localtime(at):%H:%M}"
