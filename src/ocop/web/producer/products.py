"""The producer enters a new product; from there a first dossier begins."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop.core.actor import Actor
from ocop.criteria import queries as criteria
from ocop.producers import queries as producers
from ocop.producers.models import Producer
from ocop.products import services
from ocop.products.models import Product, Sector
from ocop.web.alike import AlikeForm, enter
from ocop.web.files import content_of
from ocop.web.forms import UploadField
from ocop.web.producer.guard import producer
from ocop.web.requests import SignedInRequest


class ProductForm(AlikeForm):
    """A new product. A name like others is asked about only where it is."""

    name = forms.CharField(label=gettext_lazy("Tên sản phẩm, dịch vụ"), max_length=200)
    set_number = forms.TypedChoiceField(
        label=gettext_lazy("Ngành và bộ tiêu chí"),
        coerce=int,
        help_text=gettext_lazy("Sản phẩm được chấm theo bộ này. Chưa chắc thì hỏi cấp xã."),
    )
    gtin = forms.CharField(
        label=gettext_lazy("Mã GTIN (mã vạch)"),
        max_length=18,
        required=False,
        help_text=gettext_lazy("Chưa có mã vạch thì để trống."),
    )
    story = forms.CharField(
        label=gettext_lazy("Câu chuyện sản phẩm"),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=6000,
        required=False,
    )
    image = UploadField(label=gettext_lazy("Ảnh (JPEG, PNG hoặc WebP)"), required=False)
    caption = forms.CharField(
        label=gettext_lazy("Ảnh chụp gì"),
        max_length=160,
        required=False,
        help_text=gettext_lazy("Câu này được đọc cho người không nhìn thấy ảnh."),
    )
    field_order = ("name", "set_number", "gtin", "story", "image", "caption")

    def __init__(self, *arguments: Any, actor: Actor, **more: Any) -> None:
        super().__init__(*arguments, **more)
        groups: dict[str, list[tuple[int, Any]]] = {}
        decree = criteria.legal_version_on(timezone.localdate())
        for version in criteria.current(actor).filter(legal_version=decree):
            label = f"{version.number}. {version.name}"
            groups.setdefault(version.sector, []).append((version.number, label))
        field = self.fields["set_number"]
        field.choices = [  # type: ignore[attr-defined]
            ("", _("chưa chọn")),
            *[(f"{sector}. {Sector(sector).label}", rows) for sector, rows in groups.items()],
        ]


@producer
def product_new(request: SignedInRequest, maker: str) -> HttpResponse:
    """Enter a product of one's own, then begin its first dossier."""
    own = producers.own(request.actor, on=timezone.localdate())
    found = get_object_or_404(own, code=maker)
    form = ProductForm(request.POST or None, request.FILES or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        row = enter(form, _enter, actor=request.actor, maker=found, told=form.cleaned_data)
        if row is not None:
            messages.success(request, _("Đã khai “%s”. Bây giờ hãy đăng ký đánh giá.") % row.name)
            return redirect("producer_begin", row.code)
    form.ask(request.actor, found)
    context = {"form": form, "maker": found, "back": reverse("producer_home")}
    return render(request, "producer/product_new.html", context)


@transaction.atomic
def _enter(*, actor: Actor, maker: Producer, told: dict[str, Any]) -> Product:
    """The product with its photograph, or neither."""
    at = timezone.now()
    row = services.create_product(
        actor=actor,
        producer=maker,
        particulars=services.Particulars(
            name=told["name"],
            set_number=told["set_number"],
            gtin=told["gtin"],
            story=told["story"],
        ),
        confirm_alike=told["confirm_alike"],
        reason=told["reason"],
        at=at,
    )
    if (image := told["image"]) is not None:
        content, filename = content_of(image)
        services.add_image(
            actor=actor,
            product=row,
            content=content,
            filename=filename,
            caption=told["caption"] or row.name,
            at=at,
        )
    return row
