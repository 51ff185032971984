"""The page on which anybody checks the label of a certificate or a star credential.

With its script it checks in the device, by keys and a list that it keeps there, without a network.
Without, the server reads the label.
"""

import json
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from ocop.core import keys
from ocop.core.refusals import Refused
from ocop.core.transparency.notes import encode
from ocop.recognition import ended, label_codes, labels
from ocop.recognition.log import chains
from ocop.web import offline
from ocop.web.forms import UploadField
from ocop.web.public.verifying_words import SAID, VERDICTS
from ocop.web.requests import Request
from ocop.web.sameness import same_for_all

#: Keys that a device keeps: of labels, and of star credentials where they are issued.
PURPOSES = (labels.PURPOSE, keys.CREDENTIAL)
_KEPT = "ocop-kiem-tra"  # the store of the browser
_LONGEST = 20_000  # signs of a credential
_A_MINUTE = f"public, max-age={ended.KEPT}"


class CheckForm(forms.Form):
    """What somebody wants checked."""

    text = forms.CharField(
        label=_("Nội dung mã QR, hoặc chứng chỉ điện tử"),
        widget=forms.Textarea(attrs={"rows": 3, "autocapitalize": "off", "spellcheck": "false"}),
        max_length=_LONGEST,
        required=False,
        help_text=_("Địa chỉ có /V/ trong mã QR của giấy chứng nhận, hoặc chuỗi vc+jwt."),
    )
    file = UploadField(
        label=_("Hoặc ảnh chụp mã, tệp chứng chỉ điện tử"),
        widget=forms.FileInput(attrs={"accept": "image/*,.jwt,.txt"}),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Find the label in what was written or photographed."""
        told = super().clean() or {}
        if self.errors:
            return told
        text, file = told.get("text", ""), told.get("file")
        if not text and not file:
            raise ValidationError(_("Hãy dán nội dung mã QR hoặc chọn một ảnh chụp mã."))
        found = labels.found_in(text) if text else self._photographed(file)
        if found is None:
            raise ValidationError(
                _(
                    "Không thấy nhãn của giấy chứng nhận ở đây. Hãy chụp lại cho rõ cả mã, hoặc "
                    "dán đủ địa chỉ có /V/. Chứng chỉ điện tử chỉ đọc được khi bật JavaScript."
                )
            )
        return told | {"label": found}

    def _photographed(self, file: Any) -> str | None:
        try:
            return label_codes.in_photograph(file.read())
        except Refused as refusal:
            raise ValidationError({"file": refusal.message}) from refusal


@gzip_page  # holds no secret
@csrf_exempt  # it only reads; and a page that was kept in a device has no token that counts
def page(request: Request) -> HttpResponse:
    """The form; without a script the server reads what is sent."""
    sent = request.method == "POST"
    form = CheckForm(request.POST, request.FILES) if sent else CheckForm()
    if sent and form.is_valid():
        return redirect("label", form.cleaned_data["label"])
    words = {name: str(said) for name, said in SAID.items()}
    context = {"form": form, "verdicts": VERDICTS, "words": words}
    return render(request, "public/verify.html", context, status=422 if sent else 200)


@require_safe
def pinned(_request: Request) -> HttpResponse:
    """The public keys with their days, each signed by the one before. They are there from the first
    question on: a phone has them before the first certificate is printed."""
    for purpose in PURPOSES:
        if not chains.public_keys(purpose):
            chains.signer(purpose, at=timezone.now())
    told = {
        "version": 1,
        "keys": {
            purpose: [
                {
                    "public": encode(key.public),
                    "since": key.since.isoformat(),
                    "until": key.until.isoformat() if key.until else None,
                    "vouched": encode(key.vouched),
                }
                for key in chains.public_keys(purpose)
            ]
            for purpose in PURPOSES
        },
    }
    return _open(json.dumps(told))


@require_safe
@gzip_page
def changed(_request: Request) -> HttpResponse:
    """What became of certified stars since: the signed list of now."""
    return _open(ended.sealed_list(at=timezone.now()))


@require_safe
def worker(request: Request) -> HttpResponse:
    """The worker that opens the page without a network, and no other."""
    return offline.worker(request, kept=_KEPT, pages=r"^\/kiem-tra\/$")


def _open(content: str) -> HttpResponse:
    answer = HttpResponse(content, content_type="application/json")
    answer["Cache-Control"] = _A_MINUTE
    answer["Access-Control-Allow-Origin"] = "*"
    return same_for_all(answer)
