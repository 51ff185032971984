"""Photographs of points and of visits to them, in the office."""

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.core.actions import require
from ocop.network import rules
from ocop.network.services.photos import remove_point_photo
from ocop.web.files import send
from ocop.web.office.dossiers.steps import act_on, posted, sent
from ocop.web.office.forms import ReasonForm
from ocop.web.office.guard import office
from ocop.web.office.network.points import overseen
from ocop.web.requests import SignedInRequest


@office
def show(request: SignedInRequest, code: str, pk: int) -> HttpResponseBase:
    """A photograph of a point, or of a visit to it."""
    rows = overseen(request, code).photos.select_related("attachment")
    return send(get_object_or_404(rows, pk=pk).attachment, f"diem-ban-{pk}")


@office
def remove(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """Take a photograph off the page of a point."""
    found = overseen(request, code)
    require(request.actor, rules.may_change, found, timezone.localdate())
    photo = get_object_or_404(found.photos.filter(visit=None), pk=pk)
    form = ReasonForm(posted(request))
    if sent(request, form) and act_on(
        request, form, remove_point_photo, photo=photo, **form.cleaned_data
    ):
        messages.success(request, _("Đã bỏ ảnh."))
        return redirect("office:point", code)
    context = {
        "form": form,
        "title": _("Bỏ ảnh “%s”") % photo.caption,
        "point": found,
        "cancel": reverse("office:point", args=[code]),
        "text": _("Ảnh rời trang công khai của điểm ngay."),
        "tone": "danger",
    }
    return render(request, "office/network/step.html", context)
