"""The page on which anybody checks the label of a certificate or a star credential.

With its script it checks in the device, by keys and a list that it keeps there, without a network.
Without, or where the browser knows no Ed25519, the server reads the label and
checks the credential.
"""

import json
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from ocop.core import filetypes, keys
from ocop.core.refusals import Refused
from ocop.core.transparency.notes import encode
from ocop.recognition import ended, label_codes, labels
from ocop.recognition.log import chains
from ocop.web import offline
from ocop.web.forms import UploadField
from ocop.web.public import verifying_credential
from ocop.web.public.verifying_words import SAID, VERDICTS
from ocop.web.requests import Request
from ocop.web.sameness import same_for_all

#: Keys that a device keeps: of labels, and of star credentials where they are issued.
PURPOSES = (labels.PURPOSE, keys.CREDENTIAL)
_KEPT = "ocop-kiem-tra"  # the store of the browser
_Found = tuple[str | None, str | None]  # a label, a credential
_A_MINUTE = f"public, max-age={ended.KEPT}"


class CheckForm(forms.Form):
    """What somebody wants checked."""

    text = forms.CharField(
        label=_("Nội dung mã QR, hoặc chứng chỉ điện tử"),
        widget=forms.Textarea(attrs={"rows": 3, "autocapitalize": "off", "spellcheck": "false"}),
        max_length=verifying_credential.LONGEST,
        required=False,
        help_text=_("Địa chỉ có /V/ trong mã QR của giấy chứng nhận, hoặc chuỗi vc+jwt."),
    )
    file = UploadField(
        label=_("Hoặc ảnh chụp mã, tệp chứng chỉ điện tử"),
        widget=forms.FileInput(attrs={"accept": "image/*,.jwt,.txt"}),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Find the label or the credential in what was written, photographed or handed in."""
        told = super().clean() or {}
        if self.errors:
            return told
        text, file = told.get("text", ""), told.get("file")
        if not text and not file:
            raise ValidationError(_("Hãy dán nội dung mã QR hoặc chọn một ảnh chụp mã."))
        label, credential = self._written(text) if text else self._handed_in(file)
        if label is None and credential is None:
            raise ValidationError(
                _(
                    "Không thấy nhãn của giấy chứng nhận hay chứng chỉ điện tử ở đây. Hãy chụp lại "
                    "cho rõ cả mã, dán đủ địa chỉ có /V/ hoặc cả chuỗi vc+jwt, hay chọn tệp .jwt."
                )
            )
        return told | {"label": label, "credential": credential}

    def _written(self, text: str) -> _Found:
        return labels.found_in(text), verifying_credential.found_in(text)

    def _handed_in(self, file: Any) -> _Found:
        """In a file of text, or in a photograph of the code."""
        try:
            content = file.read()
            if filetypes.sniff(content) == filetypes.CSV:  # any text
                return self._written(filetypes.decode_text(content))
            return label_codes.in_photograph(content), None
        except Refused as refusal:
            raise ValidationError({"file": refusal.message}) from refusal


@gzip_page  # holds no secret
@csrf_exempt  # it only reads; and a page that was kept in a device has no token that counts
def page(request: Request) -> HttpResponse:
    """The form; without a script the server reads what is sent."""
    sent = request.method == "POST"
    form = CheckForm(request.POST, request.FILES) if sent else CheckForm()
    found = None
    if sent and form.is_valid():
        if label := form.cleaned_data["label"]:
            return redirect("label", label)
        found = verifying_credential.checked(form.cleaned_data["credential"], at=timezone.now())
    words = {name: str(said) for name, said in SAID.items()}
    context = {"form": form, "verdicts": VERDICTS, "words": words, "found": found}
    status = 422 if sent and found is None else 200
    return render(request, "public/verify.html", context, status=status)


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
    """The worker that opens the page without a network, also from the address in a printed code."""
    return offline.worker(
        request,
        kept=_KEPT,
        pages=r"^\/kiem-tra\/$",
        led=r"^\/v\/[a-z2-7]{128}\/?$",
        to=reverse("verify"),
    )


def _open(content: str) -> HttpResponse:
    answer = HttpResponse(content, content_type="application/json")
    answer["Cache-Control"] = _A_MINUTE
    answer["Access-Control-Allow-Origin"] = "*"
    return same_for_all(answer)
