"""Codes that a sales unit has in other systems: kept, so that none of them is lost."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.traceability import queries
from ocop.traceability.services import items as services
from ocop.web.forms import act
from ocop.web.producer.guard import producer
from ocop.web.producer.traceability.forms import ForeignCodeForm
from ocop.web.producer.traceability.pages import ending_page, form_page, posted
from ocop.web.requests import SignedInRequest


@producer
def add(request: SignedInRequest, code: str) -> HttpResponse:
    """Keep a code of another system."""
    item = get_object_or_404(queries.items_kept_by(request.actor), code=code)
    form = ForeignCodeForm(posted(request))
    if request.method == "POST" and form.is_valid():
        made = act(
            form,
            services.add_foreign_code,
            actor=request.actor,
            item=item,
            at=timezone.now(),
            **form.cleaned_data,
        )
        if made:
            messages.success(request, _("Đã ghi mã."))
            return redirect("producer_item", code)
    back = reverse("producer_item", args=(code,))
    return form_page(request, form, _("Ghi mã ở hệ thống khác"), back, about=str(item))


@producer
def remove(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """Remove a code that was entered wrongly."""
    item = get_object_or_404(queries.items_kept_by(request.actor), code=code)
    found = get_object_or_404(item.foreign_codes.select_related("item__product__producer"), pk=pk)
    return ending_page(
        request,
        service=services.remove_foreign_code,
        code=found,
        said=_("Đã bỏ mã."),
        title=_("Bỏ mã ở hệ thống khác"),
        text=f"{found.get_scheme_display()}: {found.value}",
        back=reverse("producer_item", args=(code,)),
    )
