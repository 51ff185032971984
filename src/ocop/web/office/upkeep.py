"""What officers note of a product or a producer beside its particulars: made or not any more,
before the public or not, and who acts for it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.core.actions import require
from ocop.core.actor import Actor
from ocop.core.numbers import write_date
from ocop.producers import queries as producers
from ocop.producers import rules as producer_rules
from ocop.producers import services as producer_services
from ocop.producers.models import Producer
from ocop.products import queries as products
from ocop.products import rules as product_rules
from ocop.products import services as product_services
from ocop.products.models import Product, ProductState
from ocop.web.forms import act
from ocop.web.office.forms import MemberForm, ReasonForm, StopForm
from ocop.web.office.guard import office
from ocop.web.requests import SignedInRequest


@dataclass(frozen=True, slots=True)
class Step:
    """Something to note: its place in the address, its service, its form, its words, and what
    follows from it."""

    key: str
    service: Callable[..., object]
    form: type[forms.Form]
    words: str
    text: str


def product_steps(actor: Actor, product: Product, on: date) -> list[Step]:
    """What the actor may note of a product as it is."""
    found = []
    if product_rules.may_change_product(actor, product, on):
        found.append(_resume_product() if product.state != ProductState.ACTIVE else _stop_product())
    if product_rules.may_list_product(actor, product):
        if product.listed:
            found.append(_unlist_product())
        elif product.state != ProductState.IDEA:
            found.append(_list_product())
    return found


def producer_steps(actor: Actor, producer: Producer) -> list[Step]:
    """What the actor may note of a producer as it is."""
    if not producer_rules.may_stop_producer(actor, producer):
        return []
    return [_stop_producer() if producer.stopped_on is None else _resume_producer()]


@office
def product_step(request: SignedInRequest, code: str, step: str) -> HttpResponse:
    """Stop or resume a product, put it before the public or take it back."""
    today, actor = timezone.localdate(), request.actor
    found = get_object_or_404(products.visible_to(actor), code=code)
    every = (_stop_product(), _resume_product(), _list_product(), _unlist_product())
    chosen = _chosen(every, step)
    if chosen.service in (product_services.list_product, product_services.unlist_product):
        require(actor, product_rules.may_list_product, found)
    else:
        require(actor, product_rules.may_change_product, found, today)
    back = reverse("office:product", args=[code])
    return _noted(request, chosen, found.name, back, product=found)


@office
def producer_step(request: SignedInRequest, code: str, step: str) -> HttpResponse:
    """Note that a producer stopped working, or works again."""
    found = get_object_or_404(producers.visible_to(request.actor), code=code)
    chosen = _chosen((_stop_producer(), _resume_producer()), step)
    require(request.actor, producer_rules.may_stop_producer, found)
    back = reverse("office:producer", args=[code])
    return _noted(request, chosen, found.name, back, producer=found)


@office
def member_new(request: SignedInRequest, code: str) -> HttpResponse:
    """Let a person act for a producer."""
    found = get_object_or_404(producers.visible_to(request.actor), code=code)
    require(request.actor, producer_rules.may_manage_members)
    step = Step(
        "",
        producer_services.add_member,
        MemberForm,
        _("Gắn tài khoản với chủ thể"),
        _("Người này soạn, nộp hồ sơ và xem mọi điều về chủ thể như chính chủ thể."),
    )
    back = reverse("office:producer", args=[code])
    return _noted(request, step, found.name, back, producer=found)


@office
def member_end(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """End that a person acts for a producer, with the reason."""
    found = get_object_or_404(producers.visible_to(request.actor), code=code)
    require(request.actor, producer_rules.may_manage_members)
    membership = get_object_or_404(found.memberships.select_related("user", "producer"), pk=pk)
    step = Step(
        "",
        producer_services.end_membership,
        ReasonForm,
        _("Gỡ tài khoản khỏi chủ thể"),
        _("Từ hôm nay %(day)s, %(person)s không thao tác thay chủ thể nữa; việc đã làm vẫn giữ.")
        % {"day": write_date(timezone.localdate()), "person": membership.user.name},
    )
    back = reverse("office:producer", args=[code])
    return _noted(request, step, found.name, back, membership=membership)


def _chosen(steps: tuple[Step, ...], key: str) -> Step:
    found = next((step for step in steps if step.key == key), None)
    if found is None:
        raise Http404
    return found


def _noted(
    request: SignedInRequest, step: Step, name: str, back: str, **about: Any
) -> HttpResponse:
    """Say what will change, ask what is to be known, do it and go back."""
    form = step.form(request.POST if request.method == "POST" else None)
    if form.is_valid() and _done(request, step, form, **about, **form.cleaned_data):
        messages.success(request, _("Đã làm xong: %s.") % step.words)
        return redirect(back)
    context = {"form": form, "title": step.words, "eyebrow": name, "text": step.text}
    return render(request, "office/upkeep.html", context | {"cancel": back})


def _done(request: SignedInRequest, step: Step, form: forms.Form, **told: Any) -> bool:
    done = act(form, step.service, actor=request.actor, at=timezone.now(), **told)
    return done is not None


def _stop_product() -> Step:
    return Step(
        "ngung",
        product_services.stop_product,
        ReasonForm,
        _("Ghi ngừng sản xuất"),
        _("Sản phẩm được ghi là đã ngừng sản xuất. Hạng sao vẫn theo sổ đăng ký."),
    )


def _resume_product() -> Step:
    return Step(
        "san-xuat",
        product_services.resume_product,
        ReasonForm,
        _("Ghi đang sản xuất"),
        _("Sản phẩm được ghi là đang sản xuất."),
    )


def _list_product() -> Step:
    return Step(
        "cong-khai",
        product_services.list_product,
        forms.Form,
        _("Công khai sản phẩm"),
        _("Sản phẩm và chủ thể hiện trên các trang công khai và trong tìm kiếm."),
    )


def _unlist_product() -> Step:
    return Step(
        "thoi-cong-khai",
        product_services.unlist_product,
        ReasonForm,
        _("Thôi công khai sản phẩm"),
        _("Sản phẩm không còn trên các trang công khai, ví dụ vì nhập hai lần; vẫn ở trong sổ."),
    )


def _stop_producer() -> Step:
    return Step(
        "ngung",
        producer_services.stop_producer,
        StopForm,
        _("Ghi ngừng hoạt động"),
        _("Chủ thể được ghi là đã ngừng hoạt động. Hạng sao chỉ bị thu hồi bằng quyết định."),
    )


def _resume_producer() -> Step:
    return Step(
        "hoat-dong",
        producer_services.resume_producer,
        ReasonForm,
        _("Ghi hoạt động lại"),
        _("Chủ thể được ghi là đang hoạt động."),
    )
