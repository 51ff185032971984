"""What pages of figures are about: day, term, province and cuts, as their addresses say it."""

from collections.abc import Collection
from datetime import date

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy

from ocop.core import options
from ocop.core.refusals import Refused
from ocop.filters import strict
from ocop.filters.inputs import DayInput
from ocop.places import queries as places
from ocop.programme import queries, terms
from ocop.programme.cuts import CUTS
from ocop.programme.readings import Indicator
from ocop.programme.scope import Choice, Scope
from ocop.web.requests import Request


def _terms(as_of: date) -> list[tuple[str, str]]:
    """The terms of the programme so far, and as far as the day."""
    found = [terms.containing(max(as_of, timezone.localdate()).year)]
    while found[-1].first > min(2016, as_of.year):
        found.append(terms.containing(found[-1].first - 1))
    return [(term.code, str(term)) for term in found]


def _known(day: date) -> None:
    if problem := terms.problem_of(day):
        raise forms.ValidationError(problem)


class FrameForm(forms.Form):
    """Day, term, province and the units to cut by."""

    as_of = forms.DateField(
        label=gettext_lazy("Tính đến hết ngày"),
        widget=DayInput,
        required=False,
        validators=[_known],
    )
    term = forms.ChoiceField(label=gettext_lazy("Kỳ"), required=False)
    units = forms.ChoiceField(
        label=gettext_lazy("Đơn vị hành chính"),
        choices=(("then", gettext_lazy("Khi đó")), ("now", gettext_lazy("Hiện nay"))),
        required=False,
    )
    province = forms.ChoiceField(
        label=gettext_lazy("Tỉnh, thành phố"),
        required=False,
        choices=lambda: [(unit.code, unit.name) for unit in places.provinces_now()],
    )

    def __init__(self, data: dict[str, str], as_of: date) -> None:
        super().__init__(data)
        self.fields["term"].choices = _terms(as_of)  # type: ignore[attr-defined]


def read_frame(request: Request) -> tuple[FrameForm, Scope]:
    """What the page is about. Where it cannot be read the form says so, and today stands in."""
    today = timezone.localdate()
    given = {k: str(v) for k, v in request.GET.items() if k in FrameForm.base_fields and v}
    as_of = _day(given.get("as_of"), today)
    frame = {
        "as_of": as_of.isoformat(),
        "term": terms.containing(as_of.year).code,
        "units": "then",
        "province": options.PROVINCE.get(),
        **given,
    }
    form = FrameForm(frame, as_of)
    if not form.is_valid():
        return form, queries.scope(request.actor, as_of=as_of)
    values = form.cleaned_data
    return form, queries.scope(
        request.actor,
        as_of=values["as_of"],
        term=terms.parse(values["term"]) if "term" in given else None,
        province=values["province"],
    )


def _day(text: str | None, otherwise: date) -> date:
    """The day in an address, where it is one: the term offered first follows from it."""
    try:
        return FrameForm.base_fields["as_of"].clean(text) or otherwise
    except forms.ValidationError:
        return otherwise


def problems_of(request: Request, form: FrameForm) -> list[str]:
    """What is not understood in the address, in words."""
    return [
        *_misplaced(request, ()),
        *(
            f"{form.fields[name].label}: {words}"
            for name, told in form.errors.items()
            for words in told
        ),
    ]


def _misplaced(request: Request, cuts: Collection[str]) -> list[str]:
    """The cuts in an address that a page does not narrow by, in words: the whole sum would be taken
    for a part. Other names are passed over: senders of links append whatever they like."""
    return [
        strict.told_unknown(name, {*FrameForm.base_fields, *cuts})
        for name in sorted(request.GET)
        if name in CUTS and name not in cuts
    ]


def exact_frame(request: Request) -> Scope:
    """The frame of a list or a document, which has no form to tell what could not be read."""
    form, scope = read_frame(request)
    if form.errors:
        told = (" ".join(map(str, errors)) for errors in form.errors.values())
        raise Refused("frame", " ".join(told))
    return scope


def refuse_more(request: Request, cuts: Collection[str] = ()) -> None:
    """Refuse what a page cannot narrow by."""
    for words in _misplaced(request, cuts):
        raise Refused("unknown_filter", words)


def frame_query(scope: Scope) -> dict[str, str]:
    return {
        "as_of": scope.as_of.isoformat(),
        "term": scope.term.code,
        "province": scope.province,
    }


def chosen_cuts(request: Request, reading: Indicator) -> list[Choice]:
    """The cuts the address chooses by. Refused: a cut that the number does not have; a value that
    a cut cannot have leaves no rows, and the page names it."""
    refuse_more(request, reading.cuts)
    return [(key, request.GET[key]) for key in reading.cuts if key in request.GET]
