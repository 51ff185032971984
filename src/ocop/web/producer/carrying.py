"""What a dossier took over from the last one, and the way from there to the next star."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.core import numbers
from ocop.criteria import queries as criteria
from ocop.dossiers import lifecycle, rules
from ocop.dossiers.models import Dossier
from ocop.dossiers.queries import carrying
from ocop.dossiers.services import drafting
from ocop.web.producer import reading
from ocop.web.producer.guard import own_dossier, producer
from ocop.web.requests import SignedInRequest


@producer
def page(request: SignedInRequest, code: str) -> HttpResponse:
    """The dossier beside the last one; sent, it takes the proposed levels where none is chosen."""
    dossier, today = own_dossier(request, code), timezone.localdate()
    found = carrying.carried(dossier, today)
    if request.method == "POST":
        drafting.save_answers(
            actor=request.actor,
            dossier=dossier,
            revision=dossier.revision,
            marks=found.marks,
            at=timezone.now(),
        )
        told = _("Đã lấy mức tự chấm lần trước cho %s tiêu chí. Hãy xem lại từng tiêu chí.")
        messages.success(request, told % numbers.write_number(len(found.marks)))
        return redirect("producer_carried", code)
    context = {
        "dossier": dossier,
        "carried": found,
        "writable": dossier.state in lifecycle.WRITABLE,
        "behalf": rules.stands_in(request.actor, dossier.product.producer, today),
        "proposed": _levels(dossier, found),
        **path(dossier.version, found),
    }
    return render(request, "producer/carried.html", context)


def path(version: Any, found: carrying.Carried | carrying.Foreseen) -> dict[str, Any]:
    """The way to the next star in words: what the levels come to, and what lifts them."""
    criteria_set = criteria.worded(version).criteria_set
    return {
        "outcome": found.score.outcome,
        "next_star": found.score.next_star,
        "ways": [reading.told_way(criteria_set, way) for way in found.score.ways],
        "unproven": found.unproven,
    }


def _levels(dossier: Dossier, found: carrying.Carried) -> list[tuple[Any, int]]:
    by_code = criteria.worded(dossier.version).criteria_set.by_code
    return [(by_code[code], points) for code, points in found.marks.items()]
