"""What a person does on the page of a stamp: types in the code under its cover."""

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from ocop.core.actor import SYSTEM
from ocop.core.refusals import Refused
from ocop.traceability import by_code, hidden
from ocop.traceability.services import openings
from ocop.web import languages, limits
from ocop.web.requests import Request
from ocop.web.stamps import assets, words

#: Tries from one address, whatever the stamp: a program that goes through stamps is stopped here.
_RATE = "20/h/ip"


class HiddenCodeForm(forms.Form):
    """The eight digits under the cover. What cannot be a code is told here, and is no try."""

    code = forms.CharField(
        label=_("Mã dưới lớp phủ"),
        max_length=20,
        help_text=_("8 chữ số."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "spellcheck": "false"}),
    )

    def clean_code(self) -> str:
        """Digits alone, without the blanks and hyphens between them."""
        digits: str = "".join(self.cleaned_data["code"].replace("-", "").split())
        if len(digits) != hidden.DIGITS or not (digits.isascii() and digits.isdigit()):
            raise forms.ValidationError(
                _("Mã dưới lớp phủ có đúng 8 chữ số. Lần nhập này không bị tính.")
            )
        return digits


@csrf_exempt  # the page that sends it is the same for everybody and sets no cookie
@never_cache
def check(request: Request, serial: str) -> HttpResponse:
    """Say what a try came to, after what is to be said of the stamp. Without a try: the form."""
    form = HiddenCodeForm(request.POST or None)
    try:
        stamp = by_code.issued(serial)
    except Refused as refusal:  # the file of keys is not the right one
        return _shown(request, serial, form, None, 503, refused=refusal.message)
    if request.method != "POST" and (stamp is None or not stamp.order.hidden):
        raise Http404
    if not form.is_valid():
        return _shown(request, serial, form, stamp, 422 if form.errors else 200)
    if not limits.may_go_on(request, "hidden_code", _RATE):
        words_of_it = _now("Bạn đã thử quá nhiều lần. Hãy thử lại sau một giờ.")
        return _shown(request, serial, form, stamp, 429, refused=words_of_it)
    try:
        outcome = openings.check_hidden_code(
            actor=SYSTEM,  # it stands for the public, who has no account
            serial=serial,
            typed=form.cleaned_data["code"],
            at=timezone.now(),
        )
    except Refused as refusal:
        return _shown(request, serial, form, stamp, 422, refused=refusal.message)
    return _shown(request, serial, form, stamp, 200, outcome=outcome)


def _shown(
    request: Request,
    serial: str,
    form: HiddenCodeForm,
    stamp: by_code.Issued | None,
    status: int,
    *,
    outcome: openings.Outcome | None = None,
    refused: str = "",
) -> HttpResponse:
    today, said = timezone.localdate(), translation.get_language() or "vi"
    lot = stamp.lot if stamp else None
    recalled = lot is not None and lot.recalled_at is not None
    told = stamp.word if stamp and not (recalled and stamp.word == "recalled") else ""
    context = {
        "form": form,
        "serial": serial.upper(),
        "outcome": outcome,
        "refused": refused,
        "lot": lot,
        "expired": lot is not None and lot.expires_on is not None and lot.expires_on < today,
        "notice": mark_safe(words.of(said).notice(told).decode()),
        "sound": stamp is not None and stamp.is_sound(today),
        "page": assets.page_of(serial.upper(), said),
        "report": languages.carried(request, reverse("complaint_of_code", args=[serial])),
    }
    return render(request, "stamps/opened.html", context, status=status)
