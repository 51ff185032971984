"""Why a step cannot be taken now: the services' own words, for pages that offer it or not."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from ocop.core.refusals import Refused
from ocop.web.requests import SignedInRequest


def why_not(check: Callable[..., object], *told: object, **named: object) -> str:
    """What a check of the services says against it; "" when nothing does."""
    try:
        check(*told, **named)
    except Refused as refusal:
        return refusal.message
    return ""


def turned_back(request: SignedInRequest, reason: str, address: str) -> HttpResponse:
    """Instead of a form that would be filled in vain: the reason, on the page it is about."""
    messages.warning(request, reason)
    return redirect(address)
