"""What the pages of training in the office share."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from ocop.core.actions import require
from ocop.core.actor import Actor
from ocop.training import queries, rules
from ocop.training.models import TrainingClass
from ocop.web.requests import SignedInRequest


def form_page(
    request: SignedInRequest, form: Any, title: str, cancel: str, **more: Any
) -> HttpResponse:
    """A form on a page of its own: `text` says what it will change, `action` its button, `tone`."""
    context = {"form": form, "title": title, "cancel": cancel, **more}
    status = 422 if request.method == "POST" and form.errors else 200
    return render(request, "office/training/form.html", context, status=status)


def class_or_404(actor: Actor, code: str) -> TrainingClass:
    """A class that an actor may read; others do not learn that there is one."""
    require(actor, rules.may_open_lists)
    return get_object_or_404(queries.classes_visible_to(actor), code=code)


def managed_class(actor: Actor, code: str) -> TrainingClass:
    """A class that an actor may manage."""
    found = class_or_404(actor, code)
    require(actor, rules.may_manage)
    return found
