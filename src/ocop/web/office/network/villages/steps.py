"""What may be told of a village: one form, one service, one page for each step."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop.core.actions import require
from ocop.core.actor import Actor
from ocop.network.villages import queries, rules
from ocop.network.villages.models import Artisan, Village, VillageRecognition
from ocop.network.villages.services import recognising, routes, telling, villages
from ocop.web.office.dossiers.steps import act_on, posted, sent
from ocop.web.office.forms import ReasonForm
from ocop.web.office.guard import office
from ocop.web.office.network.villages import forms
from ocop.web.requests import SignedInRequest


@dataclass(frozen=True, slots=True)
class Step:
    """A step: its words, who may, its form and service, and what is said when it is done."""

    words: Any
    may: Callable[[Actor, Village], bool]
    form: Callable[..., Any]
    service: Callable[..., object]
    done: Any
    fits: Callable[[Village], bool] = lambda _village: True


def _keeps(actor: Actor, _village: Village) -> bool:
    return rules.may_keep_villages(actor)


STEPS = {
    "xa": Step(
        gettext_lazy("Chọn xã, phường hiện nay"),
        _keeps,
        forms.PlaceForm,
        villages.place_village,
        gettext_lazy("Đã ghi xã, phường hiện nay."),
        lambda village: village.commune_id is None,
    ),
    "so-lieu": Step(
        gettext_lazy("Ghi số liệu năm"),
        rules.may_tell_of,
        forms.YearForm,
        telling.tell_village_year,
        gettext_lazy("Đã ghi số liệu năm."),
    ),
    "moi-truong": Step(
        gettext_lazy("Ghi kiểm tra môi trường"),
        rules.may_tell_of,
        forms.EnvironmentForm,
        telling.note_environment,
        gettext_lazy("Đã ghi kết quả kiểm tra."),
    ),
    "nghe-nhan": Step(
        gettext_lazy("Thêm nghệ nhân"),
        rules.may_tell_of,
        forms.ArtisanForm,
        telling.add_artisan,
        gettext_lazy("Đã thêm nghệ nhân."),
    ),
    "cong-nhan": Step(
        gettext_lazy("Ghi quyết định công nhận"),
        _keeps,
        forms.RecogniseForm,
        recognising.recognise_village,
        gettext_lazy("Đã ghi quyết định công nhận."),
    ),
    "tuyen": Step(
        gettext_lazy("Đưa vào tuyến"),
        _keeps,
        forms.OnRouteForm,
        routes.add_stop,
        gettext_lazy("Đã đưa làng vào tuyến."),
    ),
    "ket-thuc": Step(
        gettext_lazy("Ghi không còn nghề"),
        _keeps,
        forms.EndForm,
        villages.end_village,
        gettext_lazy("Đã ghi làng không còn nghề."),
        lambda village: village.ended_on is None,
    ),
}


def offered(actor: Actor, village: Village) -> list[tuple[str, Any]]:
    """The steps an actor may take with a village now."""
    return [
        (name, step.words)
        for name, step in STEPS.items()
        if step.may(actor, village) and step.fits(village)
    ]


@office
def village_step(request: SignedInRequest, code: str, step: str) -> HttpResponse:
    """Tell something of a village."""
    found = get_object_or_404(queries.for_office(request.actor), code=code)
    if step not in STEPS:
        raise Http404
    chosen = STEPS[step]
    require(request.actor, chosen.may, found)
    form = chosen.form(posted(request), initial={"year": _year(request)}, village=found)
    if sent(request, form) and act_on(request, form, chosen.service, village=found, **form.told()):
        messages.success(request, str(chosen.done))
        return redirect("office:village", code)
    return _asked(request, form, code, f"{chosen.words}: {found.name}")


def _year(request: SignedInRequest) -> int:
    """The year that is asked for; the last one where none is."""
    asked = request.GET.get("year", "")
    return int(asked) if re.fullmatch(r"20[0-9]{2}", asked) else timezone.localdate().year - 1


@office
def artisan_remove(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """Take an artisan off the list of a village."""
    found = get_object_or_404(queries.for_office(request.actor), code=code)
    artisan = get_object_or_404(Artisan.objects.filter(village=found, removed_at=None), pk=pk)
    require(request.actor, rules.may_tell_of, found)
    form = ReasonForm(posted(request))
    if sent(request, form) and act_on(
        request, form, telling.remove_artisan, artisan=artisan, **form.cleaned_data
    ):
        messages.success(request, _("Đã đưa nghệ nhân ra khỏi danh sách."))
        return redirect("office:village", code)
    return _asked(request, form, code, _("Đưa ra khỏi danh sách: %s") % artisan.name)


@office
def revoke(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """Enter a decision that revokes a recognition."""
    found = get_object_or_404(queries.for_office(request.actor), code=code)
    rows = VillageRecognition.objects.filter(village=found, revoked_on=None)
    row = get_object_or_404(rows, pk=pk)
    require(request.actor, rules.may_keep_villages)
    form = forms.RevokeForm(posted(request))
    if sent(request, form) and act_on(
        request, form, recognising.revoke_village, recognition=row, **form.cleaned_data
    ):
        messages.success(request, _("Đã ghi quyết định thu hồi."))
        return redirect("office:village", code)
    title = _("Thu hồi danh hiệu %(title)s: %(name)s")
    told = {"title": row.get_title_display(), "name": found.name}
    return _asked(request, form, code, title % told)


def _asked(request: SignedInRequest, form: Any, code: str, title: str) -> HttpResponse:
    cancel = reverse("office:village", args=[code])
    return render(request, "office/form.html", {"form": form, "title": title, "cancel": cancel})
