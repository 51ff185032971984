"""Sittings: planning one, its page, attendance, opening and closing, another date, cancelling."""

from typing import Any

from django import forms
from django.contrib import messages
from django.forms import BoundField
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from ocop.core.actions import require
from ocop.core.language import gettext as kernel
from ocop.core.numbers import write_date
from ocop.councils import rules
from ocop.councils.models import Attendance, Item, Seat, Sitting, SittingKind, SittingState
from ocop.councils.queries import councils as council_queries
from ocop.councils.queries import progress
from ocop.councils.queries import sittings as queries
from ocop.councils.services import concluding
from ocop.councils.services import sittings as services
from ocop.dossiers.services import judging
from ocop.filters.inputs import DayInput
from ocop.web.council.board import Line, board_of, differing, quorum_words
from ocop.web.council.desk import Step, attempt, desk, only_if, posted, take
from ocop.web.council.papers import papers_of
from ocop.web.council.steps import next_of
from ocop.web.forms import act
from ocop.web.office.forms import ReasonForm
from ocop.web.requests import SignedInRequest
from ocop.web.templatetags.ocop import moment

ALIVE = (SittingState.PLANNED, SittingState.OPEN)


class MomentInput(forms.DateTimeInput):
    """A moment, by the device's own calendar and clock."""

    input_type = "datetime-local"

    def __init__(self, **options: Any) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M", **options)


class WhenForm(forms.Form):
    """When and where."""

    starts_at = forms.DateTimeField(label=gettext_lazy("Bắt đầu lúc"), widget=MomentInput)
    place = forms.CharField(label=gettext_lazy("Địa điểm"), max_length=200, required=False)


class SittingForm(WhenForm):
    """A sitting as it is called."""

    title = forms.CharField(label=gettext_lazy("Tên phiên họp"), max_length=200)
    kind = forms.ChoiceField(
        label=gettext_lazy("Hình thức"),
        choices=SittingKind.choices,
        initial=SittingKind.MEETING,
        help_text=gettext_lazy(
            "Đánh giá lại lấy ý kiến bằng văn bản trước; chỉ họp khi ý kiến khác nhau hoặc "
            "việc phức tạp."
        ),
    )
    until = forms.DateField(
        label=gettext_lazy("Hạn trả lời, nếu lấy ý kiến bằng văn bản"),
        widget=DayInput,
        required=False,
    )
    passing = forms.TypedChoiceField(
        label=gettext_lazy("Vòng"),
        coerce=int,
        initial=2,
        choices=(
            (1, gettext_lazy("Vòng một: tìm điểm còn thiếu")),
            (2, gettext_lazy("Vòng hai: quyết định")),
        ),
    )
    field_order = ("title", "kind", "passing", "starts_at", "place", "until")


class MoveForm(WhenForm):
    """Another time or place, and why."""

    until = forms.DateField(
        label=gettext_lazy("Hạn gửi ý kiến bằng văn bản"), widget=DayInput, required=False
    )
    reason = forms.CharField(
        label=gettext_lazy("Lý do"), widget=forms.Textarea(attrs={"rows": 3}), max_length=1000
    )


class MeetingForm(WhenForm):
    """A meeting out of written opinions: which cases, when, where."""

    items = forms.MultipleChoiceField(
        label=gettext_lazy("Hồ sơ đưa ra họp"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Hãy chọn ít nhất một hồ sơ.")},
    )
    field_order = ("items", "starts_at", "place")

    def __init__(self, lines: list[Line], *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.lines = lines
        field = self.fields["items"]
        field.choices = [(line.item.code, _told(line)) for line in lines]  # type: ignore[attr-defined]
        field.initial = [line.item.code for line in lines if line.differences]

    def chosen(self) -> list[Item]:
        """The cases that were ticked."""
        codes = set(self.cleaned_data["items"])
        return [line.item for line in self.lines if line.item.code in codes]


def _told(line: Line) -> str:
    if not line.differences:
        return line.item.case.title
    return f"{line.item.case.title} ({'; '.join(line.differences)})"


class CloseForm(forms.Form):
    """The minutes with which a sitting ends."""

    minutes_number = forms.CharField(
        label=gettext_lazy("Số biên bản"), max_length=60, required=False
    )
    minutes_on = forms.DateField(
        label=gettext_lazy("Ngày biên bản"), widget=DayInput, required=False
    )


class AttendanceForm(forms.Form):
    """Who is there: a word and a note for each member; a member without a word is not noted."""

    def __init__(
        self, seats: list[Seat], noted: dict[int, Attendance], *arguments: Any, **more: Any
    ) -> None:
        super().__init__(*arguments, **more)
        self.seats, self.noted = seats, noted
        for seat in seats:
            row = noted.get(seat.pk)
            self.fields[f"present-{seat.pk}"] = forms.ChoiceField(
                label=seat.user.name,
                choices=(("yes", _("có mặt")), ("no", _("vắng"))),
                widget=forms.RadioSelect,
                required=False,
                initial=None if row is None else "yes" if row.present else "no",
            )
            self.fields[f"note-{seat.pk}"] = forms.CharField(
                max_length=200, required=False, initial=row.note if row else ""
            )

    def rows(self) -> list[dict[str, Seat | BoundField]]:
        """A line of the table for each member."""
        return [
            {"seat": s, "present": self[f"present-{s.pk}"], "note": self[f"note-{s.pk}"]}
            for s in self.seats
        ]

    def changes(self) -> list[tuple[Seat, bool, str]]:
        """Members of whom something new is said."""
        found = []
        for seat in self.seats:
            said = self.cleaned_data[f"present-{seat.pk}"]
            note, row = self.cleaned_data[f"note-{seat.pk}"], self.noted.get(seat.pk)
            told = (said == "yes", note)
            if said and (row is None or (row.present, row.note) != told):
                found.append((seat, *told))
        return found


@desk
def new(request: SignedInRequest, code: str) -> HttpResponse:
    """Call a sitting of a council."""
    council = get_object_or_404(council_queries.visible_to(request.actor), code=code)
    require(request.actor, rules.may_plan, council, timezone.localdate())
    form = SittingForm(posted(request))
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
            return redirect("council:agenda", made.code)
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
    leads = rules.may_steer(actor, sitting)
    context = {
        "sitting": sitting,
        "board": board,
        "facts": _facts(sitting),
        "next_step": next_of(board, leads=leads, plans=rules.may_plan_sitting(actor, sitting)),
        "may_plan": rules.may_plan_sitting(actor, sitting),
        "may_steer": leads,
        "may_count": rules.may_see_statistics(actor, sitting),
        "changeable": sitting.state in ALIVE,
        "written": sitting.kind == SittingKind.WRITTEN,
        "waiting": sum(line.item.state == "waiting" for line in board.lines),
        "papers": papers_of(sitting),
        "follows": queries.visible_sittings(actor).filter(follows=sitting),
    }
    return render(request, "council/sitting.html", context)


def _facts(sitting: Sitting) -> list[tuple[str, str]]:
    facts = [
        (_("Hình thức"), kernel(str(sitting.get_kind_display()))),
        (_("Thời gian"), moment(sitting.starts_at)),
    ]
    if sitting.kind == SittingKind.WRITTEN:
        facts.append((_("Hạn gửi ý kiến"), write_date(sitting.until)))
    else:
        facts.append((_("Địa điểm"), sitting.place))
    if council_queries.rules_of(sitting.council).two_passes:
        facts.append((_("Vòng"), dict(SittingForm.base_fields["passing"].choices)[sitting.passing]))
    if sitting.state == SittingState.CLOSED:
        facts.append((_("Số biên bản"), sitting.minutes_number))
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
            concluding.call_meeting,
            actor=request.actor,
            sitting=sitting,
            starts_at=form.cleaned_data["starts_at"],
            place=form.cleaned_data["place"],
            items=form.chosen(),
            at=timezone.now(),
        )
        if meeting:
            messages.success(request, _("Đã lập phiên họp."))
            return redirect("council:sitting", meeting.code)
    return render(request, "council/step.html", {"step": step, "form": form})


@desk
def close(request: SignedInRequest, code: str) -> HttpResponse:
    """Close a sitting with its minutes."""
    sitting = _sitting(request, code)
    require(request.actor, rules.may_steer, sitting)
    only_if(sitting.state == SittingState.OPEN)
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
def move(request: SignedInRequest, code: str) -> HttpResponse:
    """Another time or place for a planned sitting."""
    sitting = _planned(request, code)
    only_if(sitting.state == SittingState.PLANNED)
    step = _step(
        sitting,
        title=_("Đổi lịch phiên họp"),
        action=_("Đổi lịch"),
        done=_("Đã đổi lịch."),
        changes=[_("Thành viên và lịch cá nhân nhận thời gian mới.")],
    )
    start = {"starts_at": sitting.starts_at, "place": sitting.place, "until": sitting.until}
    form = MoveForm(posted(request), initial=start)
    if sitting.kind != SittingKind.WRITTEN:
        del form.fields["until"]
    return take(request, step, form, services.move_sitting, sitting=sitting)


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
