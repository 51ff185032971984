"""Sittings: planning one, its page, attendance, opening and closing, another date, cancelling."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from ocop.core.actions import require
from ocop.core.language import gettext as kernel
from ocop.core.numbers import write_date
from ocop.councils import rules
from ocop.councils.models import Sitting, SittingKind, SittingState
from ocop.councils.queries import councils as council_queries
from ocop.councils.queries import progress
from ocop.councils.queries import sittings as queries
from ocop.councils.services import concluding
from ocop.councils.services import sittings as services
from ocop.dossiers.papers.shelf import recognises
from ocop.dossiers.services import judging
from ocop.web.council import days
from ocop.web.council.board import board_of, differing, quorum_words
from ocop.web.council.desk import Step, attempt, desk, only_if, posted, take
from ocop.web.council.papers import papers_of
from ocop.web.council.sitting_forms import (
    PASSES,
    AttendanceForm,
    CloseForm,
    MeetingForm,
    MinutesForm,
    MoveForm,
    SittingForm,
)
from ocop.web.council.steps import next_of
from ocop.web.forms import act
from ocop.web.office.dossiers.barring import turned_back, why_not
from ocop.web.office.forms import ReasonForm
from ocop.web.requests import SignedInRequest
from ocop.web.templatetags.ocop import moment

ALIVE = (SittingState.PLANNED, SittingState.OPEN)


@desk
def new(request: SignedInRequest, code: str) -> HttpResponse:
    """Call a sitting of a council."""
    council = get_object_or_404(council_queries.visible_to(request.actor), code=code)
    require(request.actor, rules.may_plan, council, timezone.localdate())
    first = not council.sittings.exclude(state=SittingState.CANCELLED).filter(passing=1).exists()
    form = SittingForm(posted(request), initial={"passing": 1 if first else 2})
    if not council_queries.rules_of(council).two_passes:
        del form.fields["passing"]
    if request.method == "POST" and form.is_valid():
        told = {"passing": 2, **form.cleaned_data}
        made = act(
            form,
            services.plan_sitting,
            actor=request.actor,
            council=council,
            at=timezone.now(),
            **told,
        )
        if made:
            messages.success(request, _("Đã lập phiên họp. Tiếp theo: chọn hồ sơ đưa vào."))
            days.warn_of_day_off(request, made.until or rules.day_of(made))
            return redirect("council:agenda", made.code)
        same = ("kind", "title", "place", "starts_at", "passing")
        held = council.sittings.exclude(state=SittingState.CANCELLED)
        if there := held.filter(**{name: told[name] for name in same}).first():  # sent twice
            messages.info(request, _("Phiên họp này đã được lập trước đó."))
            return redirect("council:sitting", there.code)
    back = reverse("council:council", args=[council.code])
    step = Step(
        title=_("Lập phiên họp"),
        action=_("Lập phiên họp"),
        done="",
        back=back,
        crumbs=[(_("Hội đồng"), reverse("council:councils")), (council.name, back)],
    )
    return render(request, "council/step.html", {"step": step, "form": form})


@desk
def page(request: SignedInRequest, code: str) -> HttpResponse:
    """One sitting: what it waits for, who is there, its agenda, its papers."""
    actor = request.actor
    sitting = _sitting(request, code)
    board = board_of(actor, sitting)
    leads, plans = rules.may_steer(actor, sitting), rules.may_plan_sitting(actor, sitting)
    context = {
        "sitting": sitting,
        "board": board,
        "facts": _facts(sitting),
        "next_step": next_of(board, leads=leads, plans=plans),
        "may_plan": plans,
        "may_steer": leads,
        "may_close": leads
        and sitting.state == SittingState.OPEN
        and not why_not(services.expect_finished, actor, sitting),
        "may_count": rules.may_see_statistics(actor, sitting),
        "changeable": sitting.state in ALIVE,
        "written": sitting.kind == SittingKind.WRITTEN,
        "waiting": sum(line.item.state == "waiting" for line in board.lines),
        "papers": papers_of(
            sitting,
            leads=leads or rules.may_see_all(actor),
            plans=plans,
            recognises=plans and recognises(actor, sitting, on=timezone.localdate()),
        ),
        "moved": queries.moved_on(actor, sitting),
    }
    return render(request, "council/sitting.html", context)


def _facts(sitting: Sitting) -> list[tuple[str, str]]:
    facts = [
        (pgettext("sitting", "Hình thức"), kernel(str(sitting.get_kind_display()))),
        (pgettext("sitting", "Thời gian"), moment(sitting.starts_at)),
    ]
    if sitting.kind == SittingKind.WRITTEN:
        facts.append((_("Hạn gửi ý kiến"), write_date(sitting.until) if sitting.until else ""))
    else:
        facts.append((_("Địa điểm"), sitting.place))
    if council_queries.rules_of(sitting.council).two_passes:
        facts.append((_("Lượt họp"), str(PASSES[sitting.passing])))
    if sitting.state == SittingState.CLOSED:
        facts.append((_("Số biên bản"), sitting.minutes_number))
        facts.append(
            (_("Ngày biên bản"), write_date(sitting.minutes_on or queries.minutes_from(sitting)))
        )
    return facts


@desk
def attendance(request: SignedInRequest, code: str) -> HttpResponse:
    """Who is at the sitting, and why others are not."""
    sitting = _planned(request, code)
    only_if(sitting.state in ALIVE)
    seats = council_queries.seats_on(sitting.council, rules.day_of(sitting))
    noted = {row.seat_id: row for row in sitting.attendances.all()}
    form = AttendanceForm(seats, noted, posted(request))
    if request.method == "POST" and form.is_valid():
        for seat, present, note in form.changes():
            act(
                form,
                services.note_attendance,
                actor=request.actor,
                sitting=sitting,
                seat=seat,
                present=present,
                note=note,
                at=timezone.now(),
            )
        if not form.errors:
            messages.success(request, _("Đã lưu điểm danh."))
            return redirect("council:sitting", sitting.code)
    context = {
        "sitting": sitting,
        "form": form,
        "quorum_words": quorum_words(progress.quorum(sitting)),
    }
    return render(request, "council/attendance.html", context)


@require_POST
@desk
def open_(request: SignedInRequest, code: str) -> HttpResponse:
    """Open a sitting."""
    sitting = _sitting(request, code)
    require(request.actor, rules.may_steer, sitting)
    done = attempt(
        request,
        _("Đã khai mạc."),
        services.open_sitting,
        actor=request.actor,
        sitting=sitting,
        at=timezone.now(),
    )
    return redirect("council:live" if done else "council:sitting", sitting.code)


@require_POST
@desk
def start_all(request: SignedInRequest, code: str) -> HttpResponse:
    """Open every waiting case for scoring at once: members go through the list on their own."""
    sitting = _sitting(request, code)
    require(request.actor, rules.may_steer, sitting)
    attempt(
        request,
        _("Đã mở chấm mọi hồ sơ."),
        concluding.start_all,
        actor=request.actor,
        sitting=sitting,
        at=timezone.now(),
    )
    return redirect("council:live", sitting.code)


@desk
def call_meeting(request: SignedInRequest, code: str) -> HttpResponse:
    """A meeting for cases on which written opinions differ, or that are complex."""
    sitting = _planned(request, code)
    only_if(sitting.kind == SittingKind.WRITTEN and sitting.state == SittingState.OPEN)
    form = MeetingForm(differing(request.actor, sitting), posted(request))
    step = _step(
        sitting,
        title=_("Chuyển sang họp"),
        text=_("Hồ sơ được chọn rời khỏi đợt lấy ý kiến và vào chương trình của phiên họp mới."),
        changes=[_("Thành viên bắt đầu từ điểm đã cho; phiếu cũ được giữ.")],
        action=_("Lập phiên họp"),
        done="",
    )
    if request.method == "POST" and form.is_valid():
        meeting = act(
            form,
            judging.call_meeting,
            actor=request.actor,
            sitting=sitting,
            starts_at=form.cleaned_data["starts_at"],
            place=form.cleaned_data["place"],
            items=form.chosen(),
            at=timezone.now(),
        )
        if meeting:
            messages.success(request, _("Đã lập phiên họp."))
            days.warn_of_day_off(request, rules.day_of(meeting))
            return redirect("council:sitting", meeting.code)
    return render(request, "council/step.html", {"step": step, "form": form})


@desk
def close(request: SignedInRequest, code: str) -> HttpResponse:
    """Close a sitting with its minutes."""
    sitting = _sitting(request, code)
    require(request.actor, rules.may_steer, sitting)
    only_if(sitting.state == SittingState.OPEN)
    if request.method != "POST" and (
        reason := why_not(services.expect_finished, request.actor, sitting)
    ):
        return turned_back(request, reason, reverse("council:sitting", args=[code]))
    step = _step(
        sitting,
        title=_("Kết thúc phiên họp"),
        changes=[_("Không chấm, kết luận hay sửa điểm danh được nữa."), _("Biên bản được khóa.")],
        action=_("Kết thúc phiên họp"),
        done=_("Phiên họp đã kết thúc. Biên bản và các văn bản đã sẵn sàng."),
    )
    form = CloseForm(posted(request), initial={"minutes_on": timezone.localdate()})
    return take(request, step, form, services.close_sitting, sitting=sitting)


@desk
def minutes(request: SignedInRequest, code: str) -> HttpResponse:
    """Record the minutes of a sitting that was closed without."""
    sitting = _sitting(request, code)
    require(request.actor, rules.may_steer, sitting)
    only_if(sitting.state == SittingState.CLOSED and not sitting.minutes_number)
    step = _step(
        sitting,
        title=_("Ghi biên bản"),
        changes=[_("Sản phẩm đã kết luận trong phiên có thể được quyết định hoặc trình Bộ.")],
        action=_("Ghi biên bản"),
        done=_("Đã ghi biên bản."),
    )
    form = MinutesForm(posted(request), initial={"minutes_on": queries.minutes_from(sitting)})
    return take(request, step, form, services.record_minutes, sitting=sitting)


@desk
def move(request: SignedInRequest, code: str) -> HttpResponse:
    """Another time or place for a planned sitting."""
    sitting = _planned(request, code)
    only_if(sitting.state == SittingState.PLANNED)
    step = _step(
        sitting,
        title=_("Đổi lịch phiên họp"),
        action=_("Đổi lịch"),
        done=_("Đã đổi lịch."),
        changes=[
            _("Thành viên và lịch cá nhân nhận thời gian mới."),
            *(
                [_("Điểm danh đã ghi được bỏ khi họp ngày khác.")]
                if sitting.attendances.exists()
                else []
            ),
        ],
    )
    start = {"starts_at": sitting.starts_at, "place": sitting.place, "until": sitting.until}
    form = MoveForm(posted(request), initial=start)
    if sitting.kind != SittingKind.WRITTEN:
        del form.fields["until"]
    answer = take(request, step, form, judging.move_sitting, sitting=sitting)
    if answer.status_code == HTTPStatus.FOUND:
        sitting.refresh_from_db()
        days.warn_of_day_off(request, sitting.until or rules.day_of(sitting))
    return answer


@desk
def cancel(request: SignedInRequest, code: str) -> HttpResponse:
    """Cancel a sitting, with a reason."""
    sitting = _planned(request, code)
    only_if(sitting.state in ALIVE)
    step = _step(
        sitting,
        title=_("Hủy phiên họp: %s") % sitting.title,
        changes=[
            _("Phiên họp không mở lại được."),
            _("Các hồ sơ trong chương trình chờ phiên khác."),
        ],
        action=_("Hủy phiên họp"),
        done=_("Đã hủy phiên họp."),
        tone="danger",
    )
    return take(request, step, ReasonForm(posted(request)), judging.cancel_sitting, sitting=sitting)


def _sitting(request: SignedInRequest, code: str) -> Sitting:
    return get_object_or_404(queries.visible_sittings(request.actor), code=code)


def _planned(request: SignedInRequest, code: str) -> Sitting:
    """A sitting for those who plan it."""
    sitting = _sitting(request, code)
    require(request.actor, rules.may_plan_sitting, sitting)
    return sitting


def _step(sitting: Sitting, **words: Any) -> Step:
    """A step on a sitting, taken from its page and leading back to it."""
    address = reverse("council:sitting", args=[sitting.code])
    council = sitting.council
    crumbs = [(council.name, reverse("council:council", args=[council.code]))]
    return Step(back=address, crumbs=[*crumbs, (sitting.title, address)], **words)
