"""One case in a sitting: sheets, scoring again, conditions, agreed levels, the conclusion."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ocop.core.actions import require
from ocop.councils import rules
from ocop.councils.models import Item
from ocop.councils.queries import progress
from ocop.councils.queries import sheets as sheet_queries
from ocop.councils.queries import sittings as queries
from ocop.councils.queries.passes import found_in
from ocop.councils.services import concluding
from ocop.councils.services import sheets as sheet_services
from ocop.criteria import queries as criteria
from ocop.dossiers.services import judging
from ocop.web.council import item_page
from ocop.web.council.board import OVER, RUNNING, Line, line_of
from ocop.web.council.desk import Step, attempt, desk, only_if, posted, take
from ocop.web.council.item_forms import AgreeForm, DiscussionForm, GatesForm, NoGapsForm, Said
from ocop.web.council.papers import papers_of_sheet
from ocop.web.council.steps import next_of_line
from ocop.web.forms import act
from ocop.web.office.dossiers.barring import why_not
from ocop.web.office.forms import ReasonForm
from ocop.web.requests import SignedInRequest


@desk
def page(request: SignedInRequest, code: str) -> HttpResponse:
    """One case for those who lead or plan the sitting; a member goes on to the own sheet."""
    item = _item(request, code)
    actor = request.actor
    if not (rules.may_see_all(actor) or rules.may_plan_item(actor, item)):
        return redirect("council:sheet", item.code)
    return render(request, "council/item.html", item_page.context(actor, item))


@require_POST
@desk
def start(request: SignedInRequest, code: str) -> HttpResponse:
    """Open a case for scoring."""
    item = _steered(request, code)
    attempt(
        request,
        _("Đã mở chấm: %s.") % item.case.title,
        concluding.start_scoring,
        actor=request.actor,
        item=item,
        at=timezone.now(),
    )
    return redirect("council:live", item.sitting.code)


@desk
def rescore(request: SignedInRequest, code: str) -> HttpResponse:
    """Have a case scored again, with a reason."""
    item = _steered(request, code)
    only_if(item.state in RUNNING)
    step = _step(
        item,
        title=_("Yêu cầu chấm lại: %s") % item.case.title,
        changes=[
            _("Mỗi thành viên nhận phiếu mới, bắt đầu từ điểm đã chấm."),
            _("Phiếu lần trước được giữ trong hồ sơ phiên họp, không tính vào kết quả."),
        ],
        action=_("Yêu cầu chấm lại"),
        done=_("Đã mở chấm lại."),
    )
    return take(request, step, ReasonForm(posted(request)), concluding.ask_rescoring, item=item)


@desk
def agree(request: SignedInRequest, code: str) -> HttpResponse:
    """The level per criterion on which the council agrees."""
    item = _steered(request, code)
    only_if(item.state in RUNNING)
    worded = criteria.worded(item.case.version)
    detail = progress.detail(request.actor, item)
    outcome = detail.outcome if detail else None
    if outcome is None:  # marks are not told yet
        raise Http404
    with_minimum = [
        criterion
        for criterion in worded.criteria_set.criteria
        if any(option.min_for_star for option in criterion.options)
    ]
    marks = list(outcome.marks.values())
    fallen = detail.fallen if detail else {}
    standing = {code: points for code, points in item.agreed.items() if code not in fallen}
    form = AgreeForm(with_minimum, worded.words, standing, marks, posted(request))
    step = _step(item, title=_("Thống nhất mức: %s") % item.case.title, action="", done="")
    if request.method == "POST" and form.is_valid():
        for criterion, points in form.changes.items():
            act(
                form,
                concluding.agree_level,
                actor=request.actor,
                item=item,
                criterion=criterion,
                points=points,
                reason=form.reason_of(criterion),
                at=timezone.now(),
            )
        if not form.errors:
            messages.success(request, _("Đã ghi mức thống nhất."))
            return redirect(step.back)
    differing, others = form.rows({*(outcome.differing if outcome else ()), *item.agreed})
    context = {
        "step": step,
        "form": form,
        "differing": differing,
        "others": others,
        "fallen": item_page.fallen_words(fallen),
    }
    return render(request, "council/agree.html", context)


@desk
def gates(request: SignedInRequest, code: str) -> HttpResponse:
    """The council's own answer to every condition."""
    item = _steered(request, code)
    only_if(item.state in RUNNING)
    detail = progress.detail(request.actor, item)
    form = GatesForm(
        criteria.set_of(item.case.version),
        item.gates,
        _said(detail) if detail and detail.outcome else None,
        posted(request),
    )
    step = _step(
        item,
        title=_("Điều kiện: %s") % item.case.title,
        text=_(
            "Trả lời rõ từng điều kiện. Điều kiện loại hoặc dừng được trả lời “Có” thì sản phẩm "
            "không được xếp hạng, dù bao nhiêu điểm."
        ),
        action=_("Ghi câu trả lời"),
        done=_("Đã ghi câu trả lời của hội đồng."),
    )
    if request.method == "POST" and form.is_valid():
        act(
            form,
            concluding.answer_gates,
            actor=request.actor,
            item=item,
            gates=form.answers,
            reason=form.reason,
            at=timezone.now(),
        )
        if not form.errors:
            messages.success(request, step.done)
            return redirect(step.back)
    return render(request, "council/step.html", {"step": step, "form": form})


def _said(detail: progress.Detail) -> Said:
    """How many members answered each condition with yes and with no."""
    given = {gate: list(each.values()) for gate, each in detail.gate_answers.items()}
    counted = len(detail.outcome.totals) if detail.outcome else 0
    counts = {key: (x.count(True), x.count(False)) for key, x in given.items()}
    return Said(counts, counted, detail.progress.item.gate_reasons)


@desk
def discuss(request: SignedInRequest, code: str) -> HttpResponse:
    """What was said, for the minutes."""
    item = _steered(request, code)
    form = DiscussionForm(posted(request), initial={"text": item.discussion})
    step = _step(
        item,
        title=_("Thảo luận: %s") % item.case.title,
        action=_("Lưu"),
        done=_("Đã ghi thảo luận."),
    )
    return take(request, step, form, concluding.note_discussion, item=item)


@desk
def conclude(request: SignedInRequest, code: str) -> HttpResponse:
    """The council's conclusion, with what it comes to before it is fixed."""
    item = _steered(request, code)
    only_if(item.state in RUNNING)
    line = line_of(request.actor, item)
    against = why_not(concluding.expect_concludable, item, timezone.now())
    if against and request.method != "POST":
        return render(request, "council/blocked.html", _blocked(item, line, against))
    first_pass = item.sitting.passing == 1
    changes = [
        _("Lượt thứ nhất chỉ ghi nội dung còn thiếu, chưa xếp hạng.")
        if first_pass
        else _("Kết quả được khóa: %s.") % (line.star_words or _("theo các phiếu đã nộp")),
        _("Phiếu chấm, mức thống nhất và câu trả lời điều kiện không sửa được nữa."),
        _("Hồ sơ chuyển sang bước tiếp theo."),
    ]
    step = _step(
        item,
        title=_("Kết luận: %s") % item.case.title,
        changes=changes,
        action=_("Kết luận"),
        done=_("Hội đồng đã kết luận: %s.") % item.case.title,
        back=reverse("council:live", args=[item.sitting.code]),
    )
    asks = first_pass and found_in(item, progress.assessed(item)).nothing
    form = NoGapsForm if asks else forms.Form
    return take(request, step, form(posted(request)), judging.conclude, item=item)


@desk
def take_off(request: SignedInRequest, code: str) -> HttpResponse:
    """Take a case off the agenda, with a reason."""
    item = _item(request, code)
    require(request.actor, rules.may_plan_item, item)
    only_if(item.state not in OVER)
    step = _step(
        item,
        title=_("Đưa ra khỏi phiên: %s") % item.case.title,
        changes=[
            _("Phiếu đã chấm được giữ nhưng không tính."),
            _("Hồ sơ chờ phiên họp khác. Lý do ghi vào biên bản."),
        ],
        action=_("Đưa ra khỏi phiên"),
        done=_("Đã đưa ra khỏi phiên."),
        back=reverse("council:sitting", args=[item.sitting.code]),
        tone="danger",
    )
    return take(request, step, ReasonForm(posted(request)), judging.take_off, item=item)


@desk
def sheet(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """A member's sheet as it was given, to those who may read it by now."""
    item = _item(request, code)
    found = get_object_or_404(sheet_queries.sheets_visible_to(request.actor, item), pk=pk)
    worded = criteria.worded(item.case.version)
    context = {
        "item": item,
        "sheet": found,
        "papers": papers_of_sheet(item, found),
        "sections": item_page.marked(worded, found),
        "gates": [(gate, found.gates.get(gate.id)) for gate in worded.criteria_set.gates],
    }
    return render(request, "council/member_sheet.html", context)


@desk
def reopen(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """Give a submitted sheet back to its member, with a reason."""
    item = _item(request, code)
    given = sheet_queries.given_back(request.actor, item).filter(pk=pk).first()
    # Others than who presides are told no more than what they may read.
    found = given or get_object_or_404(sheet_queries.sheets_visible_to(request.actor, item), pk=pk)
    require(request.actor, rules.may_reopen, found)
    only_if(item.state in RUNNING and found.attempt == item.attempt)
    step = _step(
        item,
        title=_("Mở lại phiếu của %s") % found.seat.user.name,
        changes=[
            _("Thành viên sửa được phiếu và phải nộp lại."),
            _("Lý do được ghi vào biên bản."),
        ],
        action=_("Mở lại phiếu"),
        done=_("Đã mở lại phiếu."),
        tone="danger",
    )
    return take(
        request, step, ReasonForm(posted(request)), sheet_services.reopen_sheet, sheet=found
    )


def _blocked(item: Item, line: Line, against: str) -> dict[str, Any]:
    """What keeps a case from its conclusion, and the step that goes on, instead of the button."""
    title = _("Kết luận: %s") % item.case.title
    asked, here = next_of_line(line), reverse("council:item_conclude", args=[item.code])
    return {
        "step": _step(item, title=title, action="", done=""),
        "obstacles": line.problem_words or [against],
        "next_step": asked if asked and asked.address != here else None,
    }


def _item(request: SignedInRequest, code: str) -> Item:
    return get_object_or_404(queries.items_visible_to(request.actor), code=code)


def _steered(request: SignedInRequest, code: str) -> Item:
    """A case for those who lead its assessment."""
    item = _item(request, code)
    require(request.actor, rules.may_steer_item, item)
    return item


def _step(item: Item, *, back: str = "", **words: Any) -> Step:
    """A step on a case, taken from its page and leading back to it unless said."""
    address = reverse("council:item", args=[item.code])
    sitting = reverse("council:sitting", args=[item.sitting.code])
    crumbs = [(item.sitting.title, sitting), (item.case.title, address)]
    return Step(back=back or address, crumbs=crumbs, **words)
