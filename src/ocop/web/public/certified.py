"""What is certified of a product on a day that is asked for, and the badge that shops and
producers put on pages of their own: it turns by itself on the day the star ends."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

from csp.decorators import csp_replace
from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import patch_cache_control
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.clickjacking import xframe_options_exempt

from ocop.core import language
from ocop.core.numbers import write_date
from ocop.filters.inputs import DayInput
from ocop.products import queries as products
from ocop.products.models import Product
from ocop.recognition import additions
from ocop.recognition.certified import Certified, certified
from ocop.recognition.credential import issuing
from ocop.recognition.models import Evidence, Recognition
from ocop.recognition.postcheck import public
from ocop.recognition.validity import State, state_words
from ocop.recognition.visibility import published
from ocop.web.requests import Request
from ocop.web.sameness import same_for_all

#: A badge may be kept by browsers so long: a revocation shows everywhere within a minute.
_KEPT = timedelta(minutes=1)


class DayForm(forms.Form):
    """The day that is asked for."""

    on = forms.DateField(label=_("Ngày"), widget=DayInput)


def certificate_on(request: Request, code: str) -> HttpResponse:
    """What is certified of a product on the day in `on`, today when it is left out."""
    today = timezone.localdate()
    form = DayForm(request.GET if "on" in request.GET else {"on": today})
    found = _product(request, code)
    day = form.cleaned_data["on"] if form.is_valid() else None
    told = certified(found, day) if day else None
    context = {
        "product": found,
        "form": form,
        "day": day,
        "told": told,
        "since": public.since(told.recognition, told.state, told.on) if told else "",
        "ahead": day is not None and day > today,
        "law": _law(told),
        "late": _late(told),
        "stood": _stood(told),
        "credential": told is not None and issuing.has_credential(request.actor, told.recognition),
        "real": told is not None and told.recognition.evidence != Evidence.M,
    }
    return render(request, "public/certified.html", context, status=200 if day else 422)


def badge(request: Request, code: str) -> HttpResponse:
    """The badge as a picture."""
    return _badge(request, code, "public/badge.svg", lambda _code: {}, content_type="image/svg+xml")


@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})  # type: ignore[arg-type]  # knows no request of ours
def badge_page(request: Request, code: str) -> HttpResponse:
    """The badge as a small page for a frame: the picture with its words, and the way here."""

    def addresses(said: str) -> dict[str, str]:
        query = "?lang=en" if said == "en" else ""
        return {
            "picture": reverse("badge", args=[code]) + query,
            "address": request.build_absolute_uri(reverse("product", args=[code])),
        }

    return _badge(request, code, "public/badge.html", addresses)


def snippet(request: Request, found: Product) -> str:
    """What is put into a page of one's own to show the badge of a product."""
    return format_html(
        '<a href="{}"><img src="{}" width="248" height="72" alt="{}"></a>',
        request.build_absolute_uri(reverse("product", args=[found.code])),
        request.build_absolute_uri(reverse("badge", args=[found.code])),
        f"OCOP: {found.name}",
    )


def _badge(
    request: Request,
    code: str,
    template: str,
    more: Callable[[str], dict[str, Any]],
    **answered: Any,
) -> HttpResponse:
    """In the language that the page around it asks for, not the visitor's: Vietnamese or `en`."""
    found = _product(request, code)
    said = "en" if request.GET.get("lang") == "en" else "vi"
    now = timezone.localtime()
    told = certified(found, now.date())
    with translation.override(said), language.using(said):
        line, sample = _line(told), gettext("MẪU") if found.demonstration else ""
        words = f"{found.name}{sample and f' ({sample})'}: OCOP, {line}"
        context = {"product": found, "told": told, "drawn": _stars(told), "said": said}
        context |= {"line": line, "words": words, "sample": sample, **more(said)}
        answer = render(request, template, context, **answered)
    patch_cache_control(answer, public=found.listed, max_age=_seconds(now))
    return same_for_all(answer) if found.listed else answer


def _seconds(now: datetime) -> int:
    """How long an answer of now may be kept: never past the end of the day."""
    midnight = datetime.combine(now.date() + timedelta(days=1), time.min, now.tzinfo)
    return int(min(_KEPT, midnight - now).total_seconds())


def _line(told: Certified | None) -> str:
    """The star in the words of a badge: what it is and until when, or that it is none."""
    if told is None:
        return gettext("Chưa phân hạng OCOP")
    until = write_date(told.last_day) if told.last_day else ""
    if told.holds and until:
        return gettext("%(stars)d sao, đến hết %(day)s") % {
            "stars": told.recognition.stars,
            "day": until,
        }
    if told.state in (State.EXPIRED, State.EXTENSION_UNCONFIRMED) and until:
        return gettext("Đã hết hạn sau ngày %s") % until
    return state_words(told.state).public


def _stars(told: Certified | None) -> list[tuple[int, bool]]:
    held = told.recognition.stars if told and told.holds else 0
    return [(place * 20, place < held) for place in range(5)]


def _stood(told: Certified | None) -> bool:
    """Whether the register had a record of this product on that day that was found wrong since: it
    was not without one."""
    if told is None:
        return False
    rows = Recognition.objects.filter(product=told.recognition.product_id, mistaken=True)
    return rows.filter(published(), valid_from__lte=told.on, annulled_on__gt=told.on).exists()


def _late(told: Certified | None) -> additions.Addition | None:
    """Since when the register knows the star, if it came after the publication of its decision."""
    if told is None:
        return None
    return additions.additions_of([told.recognition.pk]).get(told.recognition.pk)


def _law(told: Certified | None) -> Any:
    decision = told.recognition.decision if told else None
    return decision.legal_version if decision else None


def _product(request: Request, code: str) -> Product:
    rows = products.for_lists(products.visible_to(request.actor))
    found: Product = get_object_or_404(rows, code=code)
    return found
