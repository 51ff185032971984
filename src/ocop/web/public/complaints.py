"""The public reports what is wrong with a product, and reads the answer by number and secret.

Nobody has to say who they are. A form that a program fills, or too many from one place, is told
to wait.
"""

import re
from dataclasses import replace
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from ocop.core.actor import SYSTEM
from ocop.products import queries as products
from ocop.products.models import Product
from ocop.recognition.postcheck import lifecycle, queries
from ocop.recognition.postcheck.models import ComplaintTopic
from ocop.recognition.postcheck.services import complaining
from ocop.traceability import by_code
from ocop.web import languages, limits
from ocop.web.files import content_of
from ocop.web.forms import UploadField, act
from ocop.web.office.postcheck import looks
from ocop.web.requests import Request

#: So many from one address; and so many attempts to read one by a guessed secret.
_MOST_SENT, _MOST_LOOKED_UP = "5/h/ip", "30/h/ip"
#: A code that is none of ours, as it may be passed on: what an address of GS1 may hold.
_READABLE = re.compile(r"[!-~]{1,120}")
_TRAP = "website"  # a field that people do not see
_PHOTOS = ("photo1", "photo2", "photo3")


def _photo(label: Any, help_text: Any = "") -> UploadField:
    """A photograph, taken now or chosen; telephones send their own formats as one of these."""
    widget = forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"})
    return UploadField(label=label, help_text=help_text, required=False, widget=widget)


class ComplaintForm(forms.Form):
    """What somebody reports."""

    topic = forms.ChoiceField(label=_("Về việc gì"), choices=ComplaintTopic.choices)
    text = forms.CharField(
        label=_("Bạn thấy điều gì"),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=complaining.LONGEST,
    )
    place = forms.CharField(label=_("Nơi thấy, nơi mua"), max_length=200, required=False)
    contact_name = forms.CharField(
        label=_("Tên của bạn"),
        max_length=120,
        required=False,
        help_text=_("Bạn có thể không nêu tên. Chỉ Văn phòng Điều phối thấy tên và liên hệ."),
    )
    contact = forms.CharField(
        label=_("Điện thoại hoặc thư điện tử"), max_length=160, required=False
    )
    photo1 = _photo(
        _("Ảnh 1"),
        _(
            "Tối đa 3 ảnh, mỗi ảnh không quá 10 MB. Vị trí và thông tin máy ảnh được xóa. "
            "Chỉ cán bộ xử lý xem."
        ),
    )
    photo2 = _photo(_("Ảnh 2"))
    photo3 = _photo(_("Ảnh 3"))
    website = forms.CharField(
        label=_("Để trống ô này"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def told(self) -> complaining.Told:
        """What is reported, with its photographs."""
        given = dict(self.cleaned_data)
        del given[_TRAP]
        sent = [given.pop(name) for name in _PHOTOS]
        photos = tuple(complaining.Photo(*content_of(each)) for each in sent if each)
        return complaining.Told(**given, photos=photos)


class ReceiptForm(forms.Form):
    """Number and secret of a receipt."""

    number = forms.CharField(label=_("Số phản ánh"), max_length=12)
    secret = forms.CharField(label=_("Mã tra cứu"), max_length=24)


#: Stands in the address of the form after a link with a wrong number or secret.
_UNKNOWN = "khong-co"


@never_cache
def complain(request: Request, code: str) -> HttpResponse:
    """The form about a product."""
    rows = products.for_lists(products.visible_to(request.actor))
    return form_page(request, get_object_or_404(rows, code=code))


@never_cache
def complain_of_code(request: Request, code: str) -> HttpResponse:
    """The form about what a code stands on: who holds a pack may report it, whether or not its
    product has a page. A code that nobody knows is the one that is to be heard of most."""
    found = by_code.by_code(code)
    if found is None:
        if not _READABLE.fullmatch(code):
            raise Http404
        about = _now("Mã không do Văn phòng cấp: %s") % code
        return form_page(request, None, about=about, topic=ComplaintTopic.LABEL)
    return form_page(request, found.item.product, about=found.words, topic=ComplaintTopic.LABEL)


def form_page(
    request: Request, found: Product | None, *, about: str = "", topic: str | None = None
) -> HttpResponse:
    """The form; then the receipt, at an address of its own. `about`: the code it is about."""
    begun = {"topic": topic} if topic else None
    form = ComplaintForm(request.POST or None, request.FILES or None, initial=begun)
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data[_TRAP] or not limits.may_go_on(request, "complaint", _MOST_SENT):
            form.add_error(None, _now("Chưa gửi được. Hãy thử lại sau một giờ hoặc gọi Văn phòng."))
        else:
            receipt = act(
                form,
                complaining.receive_complaint,
                actor=SYSTEM,  # it stands for the public, who has no account
                product=found,
                told=replace(form.told(), about=about),
                at=timezone.now(),
            )
            if receipt is not None:
                number = receipt.complaint.number
                address = reverse("complaint_receipt", args=[number, receipt.secret])
                return redirect(languages.carried(request, address))
    context = {
        "form": form,
        "product": found,
        "about": about,
        "public": found is not None and found.listed,
        "days": queries.ANSWER_DAYS.get(),
    }
    status = 422 if form.errors else 200
    return render(request, "public/complaint_form.html", context, status=status)


@never_cache
def receipt(request: Request, number: str, secret: str) -> HttpResponse:
    """What to keep after sending. Loaded again it sends nothing."""
    found = queries.by_receipt(number, secret)
    if found is None:
        return redirect(f"{reverse('complaint_look_up')}?{_UNKNOWN}")
    address = request.build_absolute_uri(reverse("complaint_status", args=[number, secret]))
    context = {"complaint": found, "secret": secret, "address": address}
    answer = render(request, "public/complaint_receipt.html", context)
    answer["Referrer-Policy"] = "no-referrer"  # the address holds the secret
    return answer


@never_cache
def look_up(request: Request) -> HttpResponse:
    """Number and secret lead to the page of a complaint."""
    form = ReceiptForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        number, secret = form.cleaned_data["number"], form.cleaned_data["secret"]
        if not limits.may_go_on(request, "receipt", _MOST_LOOKED_UP):
            form.add_error(None, _now("Tra quá nhiều lần. Hãy thử lại sau một giờ."))
        elif (found := queries.by_receipt(number, secret)) is None:
            form.add_error(None, _now("Không có phản ánh với số và mã này. Hãy xem lại biên nhận."))
        else:
            return redirect("complaint_status", found.number, secret.strip().lower())
    status = 422 if form.errors else 200
    context = {"form": form, "unknown": request.method == "GET" and _UNKNOWN in request.GET}
    return render(request, "public/complaint_look_up.html", context, status=status)


@never_cache
def status(request: Request, number: str, secret: str) -> HttpResponse:
    """Where a complaint stands, and its answer: what was reported itself is not shown."""
    found = queries.by_receipt(number, secret)
    if found is None:
        return redirect(f"{reverse('complaint_look_up')}?{_UNKNOWN}")
    context = {
        "complaint": found,
        "state": looks.state_tag(lifecycle.COMPLAINT, found.state, producer=True),
        "open": found.state in lifecycle.open_states(lifecycle.COMPLAINT),
    }
    answer = render(request, "public/complaint_status.html", context)
    answer["Referrer-Policy"] = "no-referrer"  # the address holds the secret
    return answer
