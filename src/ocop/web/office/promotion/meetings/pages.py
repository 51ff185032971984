"""What the pages of trade meetings in the office share."""

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from ocop.core.actions import require
from ocop.promotion.meetings import rules
from ocop.web.menu import shown
from ocop.web.office.promotion.menu import TABS
from ocop.web.requests import SignedInRequest
from ocop.web.tables import listing


def list_page(request: SignedInRequest, here: str, **more: Any) -> HttpResponseBase:
    """One of the lists with its tabs; `context` may hold `sums`."""
    context = {"tabs": shown(TABS, request.actor, here), **more.pop("context")}
    template = "office/promotion/meetings/list.html"
    return listing(request, template=template, context=context, **more)


def form_page(
    request: SignedInRequest, form: Any, title: Any, back: tuple[Any, str], **more: Any
) -> HttpResponse:
    """A form on a page of its own: `text` says what it will change, `action` its button, `tone`.
    `back`: words and address of where it came from."""
    context = {"form": form, "title": title, "back_words": back[0], "cancel": back[1], **more}
    status = 422 if request.method == "POST" and form.errors else 200
    return render(request, "office/promotion/meetings/form.html", context, status=status)


def may_open(request: SignedInRequest) -> None:
    """Refuse whom the lists are not for."""
    require(request.actor, rules.may_open_lists)
