"""What a person does on the page of a stamp: types in the code under its cover."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from ocop.core.actor import SYSTEM
from ocop.core.refusals import Refused
from ocop.traceability import stamp_keys
from ocop.traceability.services import openings
from ocop.web import limits
from ocop.web.requests import Request
from ocop.web.stamps import assets

#: Tries from one address, whatever the stamp: a program that goes through stamps is stopped here.
_RATE = "20/h/ip"


class HiddenCodeForm(forms.Form):
    """The eight digits under the cover."""

    code = forms.CharField(label=_("Mã dưới lớp phủ"), max_length=12)


@csrf_exempt  # the page that sends it is the same for everybody and sets no cookie
@never_cache
def check(request: Request, serial: str) -> HttpResponse:
    """Say what a try came to. Without a try: the form alone."""
    form = HiddenCodeForm(request.POST or None)
    context = {
        "form": form,
        "serial": serial.upper(),
        "outcome": None,
        "refused": "",
        "resolver": assets.resolver() if assets.site() else "",
    }
    status = 200
    if request.method == "POST" and form.is_valid():
        if not limits.may_go_on(request, "hidden_code", _RATE):
            context["refused"], status = (
                _("Bạn đã thử quá nhiều lần. Hãy thử lại sau một giờ."),
                429,
            )
        else:
            try:
                context["outcome"] = openings.check_hidden_code(
                    actor=SYSTEM,  # it stands for the public, who has no account
                    serial=serial,
                    typed=form.cleaned_data["code"],
                    at=timezone.now(),
                )
            except stamp_keys.StampKeysWrong:
                context["refused"], status = _("Chưa kiểm tra được lúc này. Hãy thử lại sau."), 503
            except Refused as refusal:
                context["refused"], status = refusal.message, 422
    return render(request, "stamps/opened.html", context, status=status)
