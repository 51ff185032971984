"""Photographs of the centre that one keeps, taken and sent with a phone."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from ocop.network.centres.services.photos import add_centre_photo, remove_centre_photo
from ocop.web.office.dossiers.steps import act_on, posted, sent
from ocop.web.office.forms import ReasonForm
from ocop.web.office.network.point_forms import PhotoForm
from ocop.web.producer.guard import producer
from ocop.web.producer.network.centres.pages import back_to, kept, shown
from ocop.web.requests import SignedInRequest


@producer
def new(request: SignedInRequest, code: str) -> HttpResponse:
    """Add a photograph to the public page of a centre."""
    found = kept(request, code)
    form = PhotoForm(posted(request), request.FILES or None)
    if sent(request, form) and act_on(
        request, form, add_centre_photo, centre=found, **form.picture()
    ):
        messages.success(request, _("Đã thêm ảnh."))
        return redirect("producer_centre", code)
    title, action = _("Thêm ảnh của trung tâm"), _("Thêm ảnh")
    return shown(request, form, title, back_to(code), action=action)


@producer
def remove(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """Take a photograph off the public page."""
    photo = get_object_or_404(kept(request, code).photos.select_related("centre"), pk=pk)
    form = ReasonForm(posted(request))
    if sent(request, form) and act_on(
        request, form, remove_centre_photo, photo=photo, **form.cleaned_data
    ):
        messages.success(request, _("Đã bỏ ảnh."))
        return redirect("producer_centre", code)
    title, action = _("Bỏ ảnh “%s”") % photo.caption, _("Bỏ ảnh")
    return shown(request, form, title, back_to(code), action=action, tone="danger")
