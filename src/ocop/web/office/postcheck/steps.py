"""What may be done now with a post-check, a complaint or a case: one form, one service each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from ocop.core.actions import require
from ocop.core.actor import Actor
from ocop.recognition import competence
from ocop.recognition.authority import Level
from ocop.recognition.postcheck import lifecycle, notices, rules
from ocop.recognition.postcheck.lifecycle import Machine
from ocop.recognition.postcheck.models import Complaint, PostCheck, RevocationCase
from ocop.recognition.postcheck.services import (
    checking,
    complaining,
    correcting,
    planning,
    restoring,
    revoking,
)
from ocop.recognition.revoking import level_of
from ocop.web.files import content_of
from ocop.web.forms import act
from ocop.web.office.dossiers.barring import turned_back, why_not
from ocop.web.office.dossiers.steps import posted, sent
from ocop.web.office.forms import ReasonForm
from ocop.web.office.postcheck import forms
from ocop.web.requests import SignedInRequest

Row = Any  # a post-check, a complaint or a case
MakeForm = Callable[[Row, Any, Any], django_forms.Form]


@dataclass(frozen=True, slots=True)
class Step:
    """A step: the move it makes, who may, its form and service, and what it will change."""

    move: str
    may: Callable[[Actor], bool]
    form: MakeForm
    service: Callable[..., object]
    text: Any = ""
    done: Any = ""
    tone: str = ""
    main: bool = False
    when: Callable[[Row], bool] = lambda _row: True


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of row: its table of states, the services' word for it, its steps, its page."""

    machine: Machine
    word: str
    steps: Mapping[str, Step]
    page: str
    link: Callable[[Any], str]


def _of(form: type[django_forms.Form]) -> MakeForm:
    return lambda _row, data, files: form(data, files)


def _given(row: PostCheck, data: Any, _files: Any) -> django_forms.Form:
    initial = {"inspector": row.inspector_id, "planned_on": row.planned_on}
    return forms.GivenForm(data, initial=initial)


def _concluding(row: PostCheck, data: Any, _files: Any) -> django_forms.Form:
    return forms.ConclusionForm(data, initial={"result": row.proposal, "ground": row.ground})


def _tying(row: Complaint, data: Any, _files: Any) -> django_forms.Form:
    return forms.TieForm(row, data)


def _deciding(row: RevocationCase, data: Any, files: Any) -> django_forms.Form:
    return _signed(row, forms.DecisionForm(data, files))


def _restoring(row: RevocationCase, data: Any, _files: Any) -> django_forms.Form:
    return _signed(row, forms.RestoringForm(data))


def _signed(row: RevocationCase, form: django_forms.Form) -> django_forms.Form:
    if level_of(row.recognition) is Level.CENTRE:
        words = _now("5 sao: quyết định của Bộ trưởng Bộ Nông nghiệp và Môi trường.")
    else:
        words = _now("3 và 4 sao: quyết định của Chủ tịch Ủy ban nhân dân cấp tỉnh.")
    usual = competence.usual(row.recognition.stars, timezone.localdate())
    form.fields["authority_name"].initial = usual
    form.fields["authority_name"].help_text = words
    return form


def _noticing(row: RevocationCase, data: Any, _files: Any) -> django_forms.Form:
    return forms.NoticeForm(data, initial={"notice": notices.usual_notice(row)})


CHECK_STEPS: Mapping[str, Step] = {
    "ket-luan": Step(
        "conclude",
        rules.may_plan,
        _concluding,
        checking.conclude_check,
        _("Chủ thể nhận kết luận. Có căn cứ thu hồi thì mở vụ việc ở bước sau."),
        _("Đã ghi kết luận."),
        main=True,
    ),
    "khac-phuc": Step(
        "end_correction",
        rules.may_plan,
        _of(forms.CorrectionForm),
        checking.end_correction,
        _("Lần kiểm tra kết thúc; chủ thể nhận kết quả."),
        _("Đã ghi kết quả khắc phục."),
        main=True,
    ),
    "doi": Step(
        "change",
        rules.may_plan,
        _given,
        planning.change_check,
        _("Người kiểm tra nhận thông báo về ngày mới."),
        _("Đã đổi ngày, người kiểm tra."),
    ),
    "huy": Step(
        "cancel",
        rules.may_plan,
        _of(ReasonForm),
        planning.cancel_check,
        _("Không kiểm tra nữa; sản phẩm có thể được đưa lại vào kế hoạch."),
        _("Đã hủy lần kiểm tra."),
        "danger",
    ),
}
COMPLAINT_STEPS: Mapping[str, Step] = {
    "tra-loi": Step(
        "answer",
        rules.may_handle_complaints,
        _of(forms.AnswerForm),
        complaining.answer_complaint,
        done=_("Đã trả lời."),
        main=True,
    ),
    "gan": Step(
        "check",
        rules.may_handle_complaints,
        _tying,
        complaining.tie_complaint,
        _("Người kiểm tra đọc được nội dung phản ánh, không thấy ai phản ánh."),
        _("Đã gắn với lần kiểm tra."),
        when=lambda row: (
            row.product_id is not None
            and PostCheck.objects.filter(recognition__product=row.product_id).exists()
        ),
    ),
    "khong-xu-ly": Step(
        "dismiss",
        rules.may_handle_complaints,
        _of(forms.AnswerForm),
        complaining.dismiss_complaint,
        _("Dùng khi việc không thuộc thẩm quyền hoặc không có gì để xem xét."),
        _("Đã kết thúc phản ánh."),
        "danger",
    ),
}
CASE_STEPS: Mapping[str, Step] = {
    "nghe": Step(
        "hear",
        rules.may_handle_cases,
        _of(forms.HearingForm),
        revoking.note_hearing,
        done=_("Đã ghi việc nghe chủ thể."),
        main=True,
    ),
    "de-nghi": Step(
        "propose",
        rules.may_handle_cases,
        _of(forms.ProposalForm),
        revoking.propose_revocation,
        _("Đề nghị được trình người có thẩm quyền. Sau đó chủ thể không gửi giải trình nữa."),
        _("Đã ghi đề nghị."),
        main=True,
    ),
    "quyet-dinh": Step(
        "decide",
        rules.may_decide,
        _deciding,
        revoking.decide_case,
        _(
            "Từ ngày thu hồi, sản phẩm không còn hạng sao trong sổ đăng ký, trên trang sản phẩm và "
            "huy hiệu. Ghi nhầm thì đính chính; lần ghi nhầm vẫn đọc được."
        ),
        _("Đã ghi quyết định thu hồi."),
        "danger",
        main=True,
    ),
    "thong-bao": Step(
        "publish",
        rules.may_handle_cases,
        _noticing,
        revoking.publish_notice,
        _("Mọi người đọc được ở trang Thu hồi hạng sao."),
        _("Đã công bố thông báo."),
        main=True,
        when=lambda row: row.published_at is None,
    ),
    "khieu-nai": Step(
        "appeal",
        rules.may_handle_cases,
        _of(forms.AppealForm),
        revoking.record_appeal,
        _("Quyết định thu hồi vẫn có hiệu lực trong khi giải quyết."),
        _("Đã ghi khiếu nại."),
    ),
    "ket-qua-khieu-nai": Step(
        "uphold",
        rules.may_handle_cases,
        _of(forms.OutcomeForm),
        revoking.settle_appeal,
        done=_("Đã ghi kết quả khiếu nại."),
        main=True,
    ),
    "khoi-phuc": Step(
        "restore",
        rules.may_decide,
        _restoring,
        restoring.restore_star,
        _(
            "Từ ngày khôi phục, hạng sao lại có giá trị đến ngày hết hạn ban đầu. Trang Thu hồi "
            "hạng sao ghi rõ việc khôi phục."
        ),
        _("Đã khôi phục hạng sao."),
        main=True,
        when=lambda row: row.state == lifecycle.OVERTURNED,
    ),
    "tu-khoi-phuc": Step(
        "restore",
        rules.may_decide,
        _restoring,
        restoring.restore_star,
        _(
            "Dùng khi cơ quan có thẩm quyền tự thu hồi quyết định của mình hoặc theo bản án. Từ "
            "ngày khôi phục, hạng sao lại có giá trị đến ngày hết hạn ban đầu."
        ),
        _("Đã khôi phục hạng sao."),
        when=lambda row: row.state != lifecycle.OVERTURNED,
    ),
    "dinh-chinh": Step(
        "correct",
        rules.may_decide,
        _of(ReasonForm),
        correcting.withdraw_case_decision,
        _(
            "Dùng khi đã ghi sai số, ngày, cơ quan ký hoặc chưa có quyết định. Hạng sao trở lại "
            "như trước khi ghi; vụ việc chờ ghi quyết định đúng. Lần ghi nhầm vẫn đọc được ở trang "
            "Thu hồi hạng sao và nhật ký công khai."
        ),
        _("Đã đính chính. Hãy ghi quyết định đúng, nếu có."),
        "danger",
    ),
    "dinh-chinh-khoi-phuc": Step(
        "correct_restoration",
        rules.may_decide,
        _of(ReasonForm),
        correcting.withdraw_case_restoration,
        _(
            "Dùng khi đã ghi sai số, ngày, cơ quan ký hoặc chưa có quyết định khôi phục. Hạng sao "
            "được coi là bị thu hồi suốt từ ngày thu hồi."
        ),
        _("Đã đính chính. Hãy ghi quyết định đúng, nếu có."),
        "danger",
    ),
    "ket-thuc": Step(
        "close",
        rules.may_handle_cases,
        _of(ReasonForm),
        revoking.close_case,
        _("Hạng sao được giữ. Chủ thể nhận lý do."),
        _("Đã kết thúc vụ việc."),
        "danger",
    ),
}
CHECK = Kind(lifecycle.CHECK, "check", CHECK_STEPS, "office:postcheck", notices.check_link)
COMPLAINT = Kind(
    lifecycle.COMPLAINT, "complaint", COMPLAINT_STEPS, "office:complaint", notices.complaint_link
)
CASE = Kind(lifecycle.CASE, "case", CASE_STEPS, "office:case", notices.case_link)
_UPHOLD = _("Ghi kết quả khiếu nại")


def steps_for(actor: Actor, row: Row, kind: Kind) -> list[tuple[str, Any, str]]:
    """The steps that this actor may do now: address, words, tone; the main one first."""
    found = [
        (key, step)
        for key, step in kind.steps.items()
        if row.state in kind.machine.moves[step.move].sources
        and (actor.is_system or step.may(actor))
        and step.when(row)
    ]
    found.sort(key=lambda pair: not pair[1].main)
    return [
        (f"{kind.link(row)}{key}/", words_of(step, kind), _tone(step, first=place == 0))
        for place, (key, step) in enumerate(found)
    ]


def _tone(step: Step, *, first: bool) -> str:
    if step.main and first:
        return "primary"
    return step.tone


def words_of(step: Step, kind: Kind) -> Any:
    """What a step is called: as its move, but both ends of an appeal are one form."""
    return _UPHOLD if step.move == "uphold" else _now(kind.machine.moves[step.move].words)


def step_page(
    request: SignedInRequest, row: Row, kind: Kind, step: str, title: str
) -> HttpResponse:
    """Says what a step will change, asks what it needs, does it."""
    chosen = kind.steps.get(step)
    if chosen is None:
        raise Http404
    require(request.actor, chosen.may)
    back = kind.link(row)
    reason = why_not(lifecycle.target, kind.machine, chosen.move, row.state)
    if reason and request.method != "POST":
        return turned_back(request, reason, back)
    form = chosen.form(row, posted(request), request.FILES or None)
    if sent(request, form):
        told = dict(form.cleaned_data)
        if "file" in told:
            upload = told.pop("file")
            if upload:
                told["file"], told["filename"] = content_of(upload)
        told |= {kind.word: row, "actor": request.actor, "at": timezone.now()}
        if act(form, chosen.service, **told):
            messages.success(request, chosen.done)
            return redirect(back)
    context = {
        "form": form,
        "title": words_of(chosen, kind),
        "text": chosen.text,
        "name": title,
        "tone": chosen.tone,
        "back": back,
    }
    return render(request, "office/postcheck/step.html", context)
