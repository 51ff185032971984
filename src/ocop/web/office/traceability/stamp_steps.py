"""What may be done with an order of stamps now: one form, one service, one page for each step."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ocop.core.actions import require
from ocop.core.actor import Actor
from ocop.core.language import gettext as kernel
from ocop.traceability import lifecycle, rules
from ocop.traceability.models import StampOrder
from ocop.traceability.services import exceptions, orders, ranges
from ocop.traceability.stamp_queries import pieces_of
from ocop.web.office.dossiers.steps import act_on, posted, sent
from ocop.web.office.traceability import stamp_forms as forms
from ocop.web.requests import SignedInRequest

Allowed = Callable[[Actor, StampOrder], bool]


@dataclass(frozen=True, slots=True)
class Step:
    """A step: the move it makes, who may, its form and service, and what it will change."""

    move: str  # of an order or of a range; "" for what is said of stamps in any state
    words: Any
    may: Allowed
    form: Callable[..., Any]
    service: Callable[..., object]
    text: Any = ""
    done: Any = ""
    tone: str = ""
    main: bool = False


def _office(actor: Actor, _order: StampOrder) -> bool:
    return rules.may_manage_stamps(actor)


def _either(actor: Actor, order: StampOrder) -> bool:
    return rules.may_order_stamps(actor, order.item.product.producer, timezone.localdate())


def kinds_for(actor: Actor, order: StampOrder) -> list[str]:
    """What an actor may say of stamps of an order."""
    producer, today = order.item.product.producer, timezone.localdate()
    return [
        kind
        for kind in lifecycle.EXCEPTIONS
        if actor.is_system or rules.may_except_stamps(actor, producer, kind, today)
    ]


def _says(actor: Actor, order: StampOrder) -> bool:
    return bool(kinds_for(actor, order))


def _moves(machine: lifecycle.Machine, move: str, *facts: Any, **more: Any) -> Step:
    """The step that makes a move of an order or of a range, called as the move is."""
    return Step(move, partial(kernel, machine.moves[move].words), *facts, **more)


_of_order, _of_range = partial(_moves, lifecycle.ORDER), partial(_moves, lifecycle.RANGE)


APPROVE = _of_order(
    "approve",
    _office,
    forms.ApproveForm,
    orders.approve_order,
    _("Đơn được cấp số tem từ khóa đang dùng; chủ thể nhận thông báo. Không rút lại được."),
    _("Đã duyệt đơn và cấp số."),
    main=True,
)
REFUSE = _of_order(
    "refuse",
    _office,
    forms.AnswerForm,
    orders.refuse_order,
    _("Chủ thể nhận lý do; số tem trở lại hạn mức."),
    _("Đã trả lời không duyệt."),
    "danger",
)
WITHDRAW = _of_order(
    "withdraw",
    _either,
    forms.AnswerForm,
    orders.withdraw_order,
    _("Đơn kết thúc; số tem trở lại hạn mức."),
    _("Đã rút đơn."),
    "danger",
)
CONFIRM = _of_range(
    "print",
    _office,
    forms.ConfirmForm,
    ranges.confirm_printing,
    _("Tem hỏng được hủy, tem thiếu được ghi là mất; số đạt, hỏng và thiếu phải bằng số đã in."),
    _("Đã xác nhận in và đối chiếu."),
    main=True,
)
DELIVER = _of_range(
    "deliver",
    _office,
    forms.DeliverForm,
    ranges.deliver_stamps,
    _("Chủ thể nhận thông báo và kích hoạt tem cho từng lô hàng."),
    _("Đã ghi giao tem."),
    main=True,
)
ACTIVATE = _of_range(
    "activate",
    _either,
    forms.ActivateForm,
    ranges.activate_stamps,
    _(
        "Từ lúc này ai quét tem thấy thông tin của lô. Lô phải đủ mười dữ liệu của Thông tư "
        "02/2024 và tám mục của Nghị định 37/2026; không cần có hạng sao."
    ),
    _("Đã kích hoạt tem."),
    main=True,
)
UNDO = _of_range(
    "undo",
    _office,
    forms.UndoForm,
    ranges.undo_activation,
    _("Tem trở lại bước đã giao; trang của tem nói chưa kích hoạt."),
    _("Đã hủy kích hoạt."),
    "danger",
)
CLOSE = _of_range(
    "close",
    _either,
    forms.CloseForm,
    ranges.close_stamps,
    _("Dùng khi hàng đã bán hết. Trang của tem vẫn mở, và nói hàng này không còn bán."),
    _("Đã đóng dải tem."),
)
EXCEPT = Step(
    "",
    _("Báo hủy, mất, nghi ngờ"),
    _says,
    forms.ExceptForm,
    exceptions.except_stamps,
    _("Trang của các tem này nói ngay điều đó cho người quét."),
    _("Đã ghi."),
    "danger",
)
OFFICE: Mapping[str, Step] = {
    "duyet": APPROVE,
    "khong-duyet": REFUSE,
    "rut": WITHDRAW,
    "da-in": CONFIRM,
    "giao": DELIVER,
    "kich-hoat": ACTIVATE,
    "dong": CLOSE,
    "bao": EXCEPT,
    "huy-kich-hoat": UNDO,
}
#: What a producer does with own stamps, in the order of its page.
PRODUCER: Mapping[str, Step] = {key: OFFICE[key] for key in ("kich-hoat", "dong", "bao", "rut")}


def words_of(step: Step) -> str:
    """What a step is called."""
    return str(step.words() if callable(step.words) else step.words)


def is_possible(order: StampOrder, step: Step) -> bool:
    """Whether the order, or some of its stamps, are where the step begins."""
    if step.move in lifecycle.ORDER.moves:
        return order.state in lifecycle.ORDER.moves[step.move].sources
    if order.state != lifecycle.APPROVED:
        return False
    if not step.move:
        return True
    sources = lifecycle.RANGE.moves[step.move].sources
    return any(piece.state in sources for piece in pieces_of(order))


def steps_for(
    actor: Actor, order: StampOrder, steps: Mapping[str, Step], page: str
) -> list[tuple[str, str, str]]:
    """The steps that this actor may do now: address, words, tone; the main one first."""
    found = [
        (key, step)
        for key, step in steps.items()
        if is_possible(order, step) and (actor.is_system or step.may(actor, order))
    ]
    found.sort(key=lambda pair: (pair[1].tone == "danger", not pair[1].main))
    return [
        (f"{page}{key}/", words_of(step), "primary" if step.main and place == 0 else step.tone)
        for place, (key, step) in enumerate(found)
    ]


def step_page(
    request: SignedInRequest,
    order: StampOrder,
    steps: Mapping[str, Step],
    key: str,
    *,
    back: str,
    template: str,
) -> HttpResponse:
    """Says what a step will change, asks what it needs, does it."""
    step = steps.get(key)
    if step is None:
        raise Http404
    require(request.actor, step.may, order)
    if request.method != "POST" and not is_possible(order, step):
        words = kernel("Đơn này không có tem nào ở bước cần cho việc đó.")
        messages.warning(request, words)
        return redirect(back)
    form = _form(request, step, order)
    if sent(request, form) and act_on(request, form, step.service, order=order, **form.told()):
        messages.success(request, step.done)
        return redirect(back)
    context = {
        "form": form,
        "title": words_of(step),
        "text": step.text,
        "order": order,
        "tone": step.tone,
        "back": back,
    }
    return render(request, template, context)


def _form(request: SignedInRequest, step: Step, order: StampOrder) -> Any:
    """The form of a step; what is sent for an order without numbers is refused by its service."""
    if step.move not in lifecycle.ORDER.moves and order.state != lifecycle.APPROVED:
        raise Http404
    if step is EXCEPT:
        return forms.ExceptForm(order, kinds_for(request.actor, order), posted(request))
    lot = {"lot": order.item.lots.filter(code=request.GET.get("lot", "")).first()}
    more = {"initial": lot} if step is ACTIVATE and lot["lot"] else {}
    return step.form(order, posted(request), **more)
