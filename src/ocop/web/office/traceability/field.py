"""Stamps told in the field, without a network: for inspectors and the office."""

import json
import time

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from ocop.core import language, zone
from ocop.core.actions import require
from ocop.core.actor import Actor
from ocop.producers.models import Producer
from ocop.recognition.validity import State, state_words
from ocop.traceability import by_code, field_packs, rules, salts, stamp_lists
from ocop.traceability.models import OrderState
from ocop.traceability.own_hosts import own_hosts
from ocop.traceability.serials import LENGTH
from ocop.web import offline
from ocop.web.menu import shown
from ocop.web.office.guard import office
from ocop.web.office.traceability.menu import TABS
from ocop.web.office.traceability.stamp_forms import refuse_copied
from ocop.web.requests import SignedInRequest
from ocop.web.stamps import assets, words
from ocop.web.stamps.tickets import Tickets

_KEPT = "ocop-hien-truong"  # the store of the browser


class SerialForm(forms.Form):
    """A stamp: its address or its twenty signs."""

    serial = forms.CharField(
        label=_("Mã tem hoặc địa chỉ trong mã QR"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "spellcheck": "false"}),
    )

    def clean_serial(self) -> str:
        """The serial at the end of what was typed, without the blanks of how it is printed."""
        typed = refuse_copied(self.cleaned_data["serial"])
        found = stamp_lists.serial_in(typed).upper()
        if len(found) != LENGTH or by_code.by_code(found) is None:
            raise forms.ValidationError(_("Không nhận ra mã này."))
        return found


@office
@never_cache
def page(request: SignedInRequest) -> HttpResponse:
    """The page; without its script the server tells the stamp."""
    require(request.actor, rules.may_see_all_stamps)
    form = SerialForm(request.GET or None)
    if request.GET and form.is_valid():
        return redirect(_uncounted(form.cleaned_data["serial"]))
    context = {
        "form": form,
        "hosts": " ".join(sorted(own_hosts())),
        "tabs": shown(TABS, request.actor, "office:stamps_in_the_field"),
        "producers": _producers(request.actor),
        "notices": {
            word: mark_safe(notice.decode())
            for word, notice in words.of(language.active()).notices.items()
        },
        "states": [(state.value, state_words(state).public) for state in State],
    }
    status = 422 if form.errors else 200
    return render(request, "office/traceability/field.html", context, status=status)


def _uncounted(serial: str) -> str:
    """The page of a stamp for who oversees it: no buyer looks, so no scan is counted, and nobody
    raises a signal by looking into one."""
    page = f"{assets.resolver()}/T/{serial}".encode()
    return Tickets(salts.of(zone.today())).behind(page, time.time()).decode()


@office
@require_safe
@gzip_page  # holds no secret that somebody could make it repeat
@never_cache
def pack(request: SignedInRequest, code: str) -> HttpResponse:
    """What is taken along of one producer."""
    found = get_object_or_404(_producers(request.actor), code=code)
    now = timezone.now()
    told = field_packs.pack_of(request.actor, found, at=now, on=timezone.localdate(now))
    return HttpResponse(json.dumps(told), content_type="application/json")


@office
@require_safe
def worker(request: SignedInRequest) -> HttpResponse:
    """The worker that opens the page without a network, and no other."""
    require(request.actor, rules.may_see_all_stamps)
    return offline.worker(request, kept=_KEPT, pages=r"^\/dieu-hanh\/truy-xuat\/hien-truong\/$")


def _producers(actor: Actor) -> QuerySet[Producer]:
    require(actor, rules.may_see_all_stamps)
    orders = {"products__trade_items__stamp_orders__state": OrderState.APPROVED}
    return Producer.objects.filter(**orders).distinct().order_by("folded")
