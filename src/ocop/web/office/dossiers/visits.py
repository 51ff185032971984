"""The page of a visit: written in the field, kept on the phone, sent when there is a network."""

import uuid
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ocop.core.actions import require
from ocop.core.actor import Actor
from ocop.core.fieldwork import MOST_PHOTOS, Position
from ocop.core.refusals import NotAllowed, Refused
from ocop.dossiers import rules
from ocop.dossiers.models import Dossier, Visit
from ocop.dossiers.services import checks, visiting
from ocop.web import offline
from ocop.web.office.dossiers.barring import why_not
from ocop.web.office.dossiers.fetch import found_or_404
from ocop.web.office.dossiers.steps import act_on, sent
from ocop.web.office.dossiers.visit_forms import VisitForm
from ocop.web.office.guard import office
from ocop.web.requests import SignedInRequest

#: The store of the browser, one for all forms that are filled in the field.
KEPT = "ocop-visits-1"


@office
def visit(request: SignedInRequest, code: str) -> HttpResponse:
    """Write down a visit with photographs; a form that works without a script, too.

    Where no visit is taken any more the reason stands instead, above what the phone still keeps.
    """
    found = found_or_404(request.actor, code)
    require(request.actor, rules.is_adviser_of, found)
    initial = {"client_id": uuid.uuid4(), "visited_at": timezone.localtime()}
    form = VisitForm(request.POST or None, request.FILES or None, initial=initial)
    if sent(request, form) and act_on(request, form, _keep, dossier=found, told=form.cleaned_data):
        messages.success(request, _("Đã lưu biên bản thẩm tra."))
        return redirect(f"{reverse('office:dossier', args=[code])}?tab=tham-dinh")
    context = {
        "form": form,
        "closed": why_not(checks.is_at, found, *visiting.WORKED_ON),
        "dossier": found,
        # as the dossier says now: a change of it that was accepted is where the adviser goes
        "place": found.answers.get("address") or found.product.producer.address,
        "send_address": reverse("office:visit_send", args=[code]),
        "worker_address": reverse("office:visit_worker"),
        "most": MOST_PHOTOS,
        "words": visit_words(),
    }
    return render(request, "office/dossiers/visit.html", context)


@office
@require_POST
def visit_send(request: SignedInRequest, code: str) -> JsonResponse:
    """What the phone kept, sent by itself: 200 kept, 409 refused for good, with the words."""
    try:
        found = found_or_404(request.actor, code)
        require(request.actor, rules.is_adviser_of, found)
    except (Http404, NotAllowed) as error:
        words = _("Bạn không còn được giao hồ sơ này. Hãy báo cơ quan thường trực giao lại.")
        status = 404 if isinstance(error, Http404) else 403
        return JsonResponse({"message": words}, status=status)
    form = VisitForm(request.POST, request.FILES)
    if not form.is_valid():
        wrong = [str(error) for errors in form.errors.values() for error in errors]
        return JsonResponse({"message": " ".join(wrong)}, status=409)
    try:
        told = form.cleaned_data
        kept = _keep(actor=request.actor, dossier=found, told=told, at=timezone.now())
    except Refused as refusal:
        return JsonResponse({"message": refusal.message}, status=409)
    return JsonResponse({"visit": kept.code})


def visit_worker(request: HttpRequest) -> HttpResponse:
    """The worker that opens the page of a visit without a network."""
    return offline.worker(request, kept=KEPT, pages=r"\/tham-tra\/$")


def visit_words() -> dict[str, str]:
    """What the script says."""
    most = MOST_PHOTOS
    return {
        "kept": _("Đã lưu trong máy."),
        "sent": _("Đã gửi biên bản."),
        "offline": _("Chưa có mạng: biên bản nằm trong máy và sẽ tự gửi."),
        "busy": _("Máy chủ chưa nhận được: biên bản nằm trong máy và sẽ tự gửi lại."),
        "signIn": _("Phiên đăng nhập đã hết. Hãy đăng nhập lại, biên bản vẫn còn trong máy."),
        "tooLarge": _("Biên bản có ảnh quá lớn. Hãy sửa lại, bỏ bớt ảnh rồi lưu."),
        "nowhere": _("Máy không cho biết vị trí."),
        "many": _("Mỗi lần thẩm tra nhận tối đa %d ảnh.") % most,
        "empty": _("Hãy ghi nhận xét tại cơ sở."),
        "full": _("Máy không giữ được điều đang viết. Đừng đóng trang trước khi gửi."),
        "photos": _("ảnh"),
        "discard": _("Bỏ"),
        "change": _("Sửa lại"),
        "noPlace": _("Chưa có vị trí."),
    }


@transaction.atomic
def _keep(*, actor: Actor, dossier: Dossier, told: dict[str, Any], at: datetime) -> Visit:
    """The visit with its photographs, or nothing of it; kept once however often it is sent."""
    position = None
    if told["lat"] is not None and told["lon"] is not None:
        position = Position(told["lat"], told["lon"], told["accuracy"])
    kept = visiting.record_visit(
        actor=actor,
        dossier=dossier,
        client_id=told["client_id"],
        visited_at=told["visited_at"],
        note=told["note"],
        position=position,
        at=at,
    )
    for photo in told["photos"]:
        visiting.add_visit_photo(
            actor=actor,
            visit=kept,
            content=photo.read(),
            filename=photo.name,
            at=at,
        )
    return kept
