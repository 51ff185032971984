"""What may be done with a dossier now: one form, one service, one page for each step."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy, pgettext_lazy

from ocop.core.actions import require
from ocop.core.actor import Actor
from ocop.core.language import gettext
from ocop.core.numbers import write_date
from ocop.criteria.queries import worded
from ocop.dossiers import rules
from ocop.dossiers.models import ChangeState, Dossier, State
from ocop.dossiers.queries import conclusions, refusals, rounds
from ocop.dossiers.services import (
    advising,
    checks,
    commune,
    ministry,
    receiving,
    refusing,
    visiting,
)
from ocop.web.forms import act
from ocop.web.office.dossiers import forms, visit_forms
from ocop.web.office.dossiers.barring import turned_back, why_not
from ocop.web.office.dossiers.fetch import found_or_404
from ocop.web.office.forms import ReasonForm
from ocop.web.office.guard import office
from ocop.web.requests import SignedInRequest

Allowed = Callable[[Actor, Dossier], bool]
MakeForm = Callable[[Dossier, Any, Any], django_forms.Form]


class _Nothing(django_forms.Form):
    """A step that asks nothing more than a yes."""


@dataclass(frozen=True, slots=True)
class Step:
    """A step: its words, in which states, who, its form and service, and what it will change."""

    words: Any
    states: tuple[State, ...]
    may: Allowed
    form: MakeForm
    service: Callable[..., object]
    text: Any = ""
    done: Any = ""
    tone: str = ""
    main: bool = False
    when: Allowed | None = None  # it is a step of this dossier at all
    note: Callable[[Dossier], str] | None = None  # what to know before a yes
    check: Callable[[Dossier], object] | None = None  # what the service would refuse now


def _of(form: type[django_forms.Form]) -> MakeForm:
    return lambda _dossier, data, files: form(data, files)


def _asking(dossier: Dossier, data: Any, _files: Any) -> django_forms.Form:
    form = forms.SupplementForm(worded(dossier.version).criteria_set.criteria, data)
    if (last := checks.reevaluation_by(dossier)) is not None:
        form.fields["days"].help_text = gettext(
            "Hồ sơ đánh giá lại này phải xong trong 45 ngày, đến hết %s. Hạn bổ sung sau ngày "
            "đó làm hồ sơ quá hạn."
        ) % write_date(last)
    return form


def _receiving(dossier: Dossier, data: Any, _files: Any) -> django_forms.Form:
    found = rounds.taking(dossier, timezone.localdate())
    initial = {"round": dossier.round.code} if dossier.round and dossier.round in found else {}
    return forms.ReceiveForm(found, data, initial=initial)


def _proposing(dossier: Dossier, data: Any, _files: Any) -> django_forms.Form:
    before = getattr(dossier, "proposal", None)
    initial = (
        {}
        if before is None
        else {
            "ready": "yes" if before.ready else "no",
            "star": before.star,
            "text": before.text,
            "complex": before.complex,
            "unexamined": before.unexamined,
        }
    )
    against = why_not(advising.expect_examined, dossier)
    return forms.ProposalForm(against, advising.gaps(dossier), data, initial=initial)


def _office(actor: Actor, _dossier: Dossier) -> bool:
    return rules.may_receive(actor)


def _for_ministry(_actor: Actor, dossier: Dossier) -> bool:
    found = conclusions.conclusion_of(dossier)
    if found is None or not conclusions.goes_to_ministry(found):
        return False
    return not conclusions.was_sent(dossier)


def _came_back(_actor: Actor, dossier: Dossier) -> bool:
    return not why_not(ministry.expect_returned, dossier)


def _result_awaited(_actor: Actor, dossier: Dossier) -> bool:
    return not why_not(ministry.expect_awaited, dossier)


def _lacks_something(_actor: Actor, dossier: Dossier) -> bool:
    return dossier.state != State.CONCLUDED or conclusions.came_back_unexamined(dossier)


def _change_asked(dossier: Dossier) -> str:
    """The commune may still answer; after this step only the office does."""
    if not dossier.changes.filter(state=ChangeState.ASKED).exists():
        return ""
    return gettext(
        "Chủ thể đang có đề nghị thay đổi chưa trả lời. Chuyển đi rồi thì cấp tỉnh trả lời."
    )


def _brings_samples(_actor: Actor, dossier: Dossier) -> bool:
    return not why_not(visiting.expect_samples, dossier)


STEPS: Mapping[str, Step] = {
    "chuyen": Step(
        gettext_lazy("Chuyển cấp tỉnh"),
        (State.AT_COMMUNE,),
        rules.is_commune_of,
        _of(_Nothing),
        commune.forward_dossier,
        gettext_lazy(
            "Hồ sơ cùng Mẫu số 03 đã ký được gửi lên cấp tỉnh. Sau đó cấp xã không sửa được nữa."
        ),
        gettext_lazy("Đã chuyển hồ sơ lên cấp tỉnh."),
        main=True,
        note=_change_asked,
        check=commune.expect_complete,
    ),
    "tra-lai": Step(
        gettext_lazy("Trả lại chủ thể"),
        (State.AT_COMMUNE,),
        rules.is_commune_of,
        _of(forms.ReasonsForm),
        commune.return_dossier,
        gettext_lazy("Chủ thể nhận lý do, sửa hồ sơ rồi nộp lại; thời hạn 15 ngày tính lại từ đó."),
        gettext_lazy("Đã trả lại hồ sơ kèm lý do."),
        "danger",
    ),
    "bo-sung": Step(
        gettext_lazy("Yêu cầu bổ sung"),
        commune.ASKING,
        rules.may_ask_supplement,
        _asking,
        commune.ask_supplement,
        gettext_lazy("Hồ sơ vẫn ở bước này; chủ thể thêm minh chứng và trả lời."),
        gettext_lazy("Đã gửi yêu cầu bổ sung."),
        when=_lacks_something,
        check=commune.expect_askable,
    ),
    "tiep-nhan": Step(
        gettext_lazy("Tiếp nhận"),
        (State.FORWARDED,),
        _office,
        _receiving,
        receiving.receive_dossier,
        gettext_lazy(
            "Hồ sơ vào đợt đánh giá. Với đánh giá lại, 45 ngày để có quyết định bắt đầu từ hôm nay."
        ),
        gettext_lazy("Đã tiếp nhận hồ sơ."),
        main=True,
    ),
    "tra-ve": Step(
        gettext_lazy("Trả lại chủ thể"),
        (State.FORWARDED, *visiting.WORKED_ON),
        _office,
        _of(forms.ReasonsForm),
        receiving.return_received,
        gettext_lazy("Hồ sơ đi lại từ đầu: chủ thể sửa, nộp cho xã, xã kiểm tra rồi chuyển lên."),
        gettext_lazy("Đã trả lại hồ sơ kèm lý do."),
        "danger",
    ),
    "nhan-mau": Step(
        gettext_lazy("Ghi mẫu nhận được"),
        (State.FORWARDED, *visiting.WORKED_ON),
        rules.may_examine,
        _of(visit_forms.SampleForm),
        visiting.record_sample,
        done=gettext_lazy("Đã ghi mẫu."),
        when=_brings_samples,
        check=visiting.expect_samples,
    ),
    "kiem-nghiem": Step(
        gettext_lazy("Gửi kiểm nghiệm"),
        visiting.WORKED_ON,
        rules.may_examine,
        _of(visit_forms.OrderForm),
        visiting.order_test,
        done=gettext_lazy("Đã ghi phiếu gửi kiểm nghiệm."),
    ),
    "de-nghi": Step(
        gettext_lazy("Báo cáo, đề nghị của tổ tư vấn"),
        (State.EXAMINING, State.READY),
        rules.may_propose,
        _proposing,
        advising.propose,
        gettext_lazy("Báo cáo này gửi Chủ tịch hội đồng. Đủ điều kiện: hồ sơ chờ xếp lịch họp."),
        gettext_lazy("Đã ghi đề nghị của tổ tư vấn."),
        main=True,
    ),
    "trinh-bo": Step(
        gettext_lazy("Trình Bộ"),
        (State.CONCLUDED,),
        lambda actor, _dossier: rules.may_decide(actor),
        _of(forms.MinistryForm),
        ministry.send_to_ministry,
        gettext_lazy("Hồ sơ từ 90 điểm được trình Bộ. Kết quả cấp tỉnh được giữ lại."),
        gettext_lazy("Đã ghi việc trình Bộ."),
        main=True,
        when=_for_ministry,
        check=ministry.expect_for_ministry,
    ),
    "ket-qua-bo": Step(
        pgettext_lazy("step", "Ghi kết quả của Bộ"),
        (State.AT_MINISTRY,),
        lambda actor, _dossier: rules.may_decide(actor),
        _of(forms.CentralForm),
        ministry.record_central_result,
        gettext_lazy(
            "Không đạt 5 sao, hồ sơ về lại tỉnh: công nhận 3 hoặc 4 sao theo kết quả của Bộ, hoặc "
            "đánh giá lại."
        ),
        gettext_lazy("Đã ghi kết quả của Bộ."),
        main=True,
        when=_result_awaited,
        check=ministry.expect_awaited,
    ),
    "bo-tra-ho-so": Step(
        gettext_lazy("Bộ trả hồ sơ, chưa đánh giá"),
        (State.AT_MINISTRY,),
        lambda actor, _dossier: rules.may_decide(actor),
        _of(ReasonForm),
        ministry.take_back_unexamined,
        gettext_lazy(
            "Dùng khi Bộ trả lại mà không chấm, như khi thiếu giấy tờ. Kết quả của hội đồng cấp "
            "tỉnh vẫn giữ; bổ sung xong thì trình lại."
        ),
        gettext_lazy("Hồ sơ đã về lại tỉnh, chờ trình Bộ lần nữa."),
        when=_result_awaited,
        check=ministry.expect_awaited,
    ),
    "danh-gia-lai": Step(
        gettext_lazy("Đánh giá lại tại tỉnh"),
        (State.CONCLUDED,),
        lambda actor, _dossier: rules.may_decide(actor),
        _of(ReasonForm),
        ministry.evaluate_again,
        gettext_lazy("Hồ sơ chờ xếp lịch họp hội đồng cấp tỉnh một lần nữa."),
        gettext_lazy("Hồ sơ đã chờ hội đồng cấp tỉnh đánh giá lại."),
        when=_came_back,
        check=ministry.expect_returned,
    ),
    "khong-cong-nhan": Step(
        gettext_lazy("Không công nhận"),
        (State.CONCLUDED,),
        lambda actor, _dossier: rules.may_decide(actor),
        _of(forms.RefusalForm),
        refusing.refuse_dossier,
        gettext_lazy(
            "Ghi văn bản không công nhận của cấp có thẩm quyền, căn cứ kết luận đã có biên bản."
        ),
        gettext_lazy("Đã ghi không công nhận."),
        "danger",
        note=lambda dossier: refusals.what_ends(dossier, timezone.localdate()),
        check=lambda dossier: refusing.expect_refusable(dossier, timezone.localdate()),
    ),
    "rut-lai-khong-cong-nhan": Step(
        gettext_lazy("Rút lại việc không công nhận"),
        (State.REFUSED,),
        lambda actor, _dossier: rules.may_take_back_refusal(actor),
        _of(ReasonForm),
        refusing.take_back_refusal,
        gettext_lazy(
            "Dùng khi việc không công nhận đã ghi nhầm. Hồ sơ được xét tiếp từ kết luận của hội "
            "đồng; hạng sao đang có lại được như trước khi ghi. Chủ thể và cấp xã được báo."
        ),
        gettext_lazy("Đã rút lại việc không công nhận."),
        "danger",
        check=refusing.expect_no_other,
    ),
}


def steps_for(actor: Actor, dossier: Dossier) -> list[tuple[str, Any, str]]:
    """The steps that this actor may do now: address, words, tone; the main one first."""
    found = [
        (key, step)
        for key, step in STEPS.items()
        if _may(actor, dossier, step) and not _barred(dossier, step)
    ]
    found.sort(key=lambda pair: (pair[1].tone == "danger", not pair[1].main))
    return [
        (
            reverse("office:dossier_step", args=[dossier.code, key]),
            step.words,
            step.tone or ("primary" if step.main else ""),
        )
        for key, step in found
    ]


def held_for(actor: Actor, dossier: Dossier) -> list[tuple[Any, str]]:
    """The steps that would be this actor's now, but for a reason: words, reason."""
    found = [
        (step.words, _barred(dossier, step))
        for step in STEPS.values()
        if _may(actor, dossier, step)
    ]
    return [(words, reason) for words, reason in found if reason]


def _barred(dossier: Dossier, step: Step) -> str:
    """Why the step cannot be taken now; "" when it can."""
    if reason := why_not(checks.is_at, dossier, *step.states):
        return reason
    return "" if step.check is None else why_not(step.check, dossier)


def _may(actor: Actor, dossier: Dossier, step: Step) -> bool:
    if dossier.state not in step.states:
        return False
    allowed = actor.is_system or step.may(actor, dossier)
    return allowed and (step.when is None or step.when(actor, dossier))


@office
def dossier_step(request: SignedInRequest, code: str, step: str) -> HttpResponse:
    """Says what a step will change, asks what it needs, does it."""
    found = found_or_404(request.actor, code)
    chosen = STEPS.get(step)
    if chosen is None:
        raise Http404
    require(request.actor, chosen.may, found)
    reason = _barred(found, chosen)
    if reason and request.method != "POST":  # what was sent is refused by the service, beside it
        return turned_back(request, reason, reverse("office:dossier", args=[code]))
    form = chosen.form(found, posted(request), request.FILES or None)
    if sent(request, form) and act_on(
        request, form, chosen.service, dossier=found, **form.cleaned_data
    ):
        messages.success(request, chosen.done)
        return redirect("office:dossier", code)
    context = {
        "form": form,
        "title": chosen.words,
        "text": chosen.text,
        "note": chosen.note(found) if chosen.note else "",
        "dossier": found,
        "tone": chosen.tone,
        "cancel": reverse("office:dossier", args=[code]),
    }
    return render(request, "office/dossiers/step.html", context)


def sent(request: SignedInRequest, form: django_forms.Form) -> bool:
    """Whether a form was sent and is well filled."""
    return request.method == "POST" and form.is_valid()


def posted(request: SignedInRequest) -> Any:
    """What was sent, also when it is nothing but a yes; None before that."""
    return request.POST if request.method == "POST" else None


def act_on(
    request: SignedInRequest, form: django_forms.Form, service: Callable[..., Any], **told: Any
) -> Any:
    """Call a service for a form, as whoever asks, now."""
    return act(form, service, actor=request.actor, at=timezone.now(), **told)
