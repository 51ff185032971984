"""Photographs of the point that one keeps, taken and sent with a phone."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ocop.network.services.photos import add_point_photo, remove_point_photo
from ocop.web.office.dossiers.steps import act_on, posted, sent
from ocop.web.office.forms import ReasonForm
from ocop.web.office.network.point_forms import PhotoForm
from ocop.web.producer.guard import producer
from ocop.web.producer.network.points import kept
from ocop.web.requests import SignedInRequest


@producer
def new(request: SignedInRequest, code: str) -> HttpResponse:
    """Add a photograph to the public page of a point."""
    found = kept(request, code)
    form = PhotoForm(posted(request), request.FILES or None)
    if sent(request, form) and act_on(
        request, form, add_point_photo, point=found, **form.picture()
    ):
        messages.success(request, _("Đã thêm ảnh."))
        return redirect("producer_point", code)
    return _form(request, form, _("Thêm ảnh của điểm"), code, action=_("Thêm ảnh"))


@producer
def remove(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """Take a photograph off the public page."""
    photo = get_object_or_404(kept(request, code).photos.filter(visit=None), pk=pk)
    form = ReasonForm(posted(request))
    if sent(request, form) and act_on(
        request, form, remove_point_photo, photo=photo, **form.cleaned_data
    ):
        messages.success(request, _("Đã bỏ ảnh."))
        return redirect("producer_point", code)
    title = _("Bỏ ảnh “%s”") % photo.caption
    return _form(request, form, title, code, action=_("Bỏ ảnh"), tone="danger")


def _form(
    request: SignedInRequest, form: object, title: str, code: str, **more: str
) -> HttpResponse:
    context = {"form": form, "title": title, "cancel": reverse("producer_point", args=[code])}
    return render(request, "producer/network/form.html", context | more)
