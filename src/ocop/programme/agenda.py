"""What a person has ahead: sittings, steps of dossiers, answers and tasks, in the order of days.

It joins what the rooms below keep, so it stands above them all. What a person is recused from is
not in it: each query leaves it out.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import F, Q
from django.utils import timezone

from ocop.core.actor import Actor
from ocop.core.language import gettext as _
from ocop.councils.models import SittingKind, SittingState
from ocop.councils.queries import duties
from ocop.dossiers import lifecycle
from ocop.dossiers.models import Round
from ocop.dossiers.queries import deadlines
from ocop.people import rules as people_rules
from ocop.people.roles import Role
from ocop.producers import queries as producers
from ocop.programme import aftercare, classes, meeting_rounds, trade_events, unit_tasks
from ocop.programme.entries import Entry, What
from ocop.recognition import last_days
from ocop.recognition.validity import WINDOW_CLOSES

#: How far the agenda reaches: what is late stands in it as long as it is not done.
BEHIND, AHEAD = timedelta(days=30), timedelta(days=365)


def agenda(actor: Actor, *, on: date, past: bool = False) -> list[Entry]:
    """The entries of an actor from today on, and what is late; with `past` also the sittings of
    the last 30 days, as a calendar keeps them."""
    if actor.user_id is None:
        return []
    start = on - BEHIND if past else on
    found = [
        *_sittings(actor, start, on + AHEAD),
        *_steps(actor, on),
        *_supplements(actor, on),
        *_windows(actor, on),
        *_stars(actor, on),
        *_tasks(actor, on),
        *_rounds(actor, on),
        *aftercare.entries(actor, on=on),
        *classes.entries(actor, start=start, end=on + AHEAD, on=on),
        *trade_events.entries(actor, start=start, end=on + AHEAD, on=on),
        *meeting_rounds.entries(actor, start=start, end=on + AHEAD),
    ]
    return sorted(found, key=place_of)


def place_of(entry: Entry) -> list[str | int]:
    """Where an entry stands among others: by day, hour and title."""
    return [entry.on.isoformat(), _clock(entry), entry.title, entry.uid]


def _clock(entry: Entry) -> str:
    return f"{timezone.localtime(entry.starts_at):%H:%M}" if entry.starts_at else ""


def _sittings(actor: Actor, start: date, end: date) -> Iterator[Entry]:
    for sitting in duties.sittings_of(actor, start, end):
        written = sitting.kind == SittingKind.WRITTEN
        day = timezone.localdate(sitting.starts_at)
        detail = sitting.council.name
        if written and sitting.closed_at is not None:  # nobody has an opinion to send any more
            day = timezone.localdate(sitting.closed_at)
            if day < start:
                continue
            detail = _("Đã kết thúc lấy ý kiến, %s") % detail
        elif written:
            day = sitting.until or day
            detail = _("Hạn gửi ý kiến bằng văn bản, %s") % detail
        yield Entry(
            What.SITTING,
            f"sitting-{sitting.code}",
            day,
            sitting.title,
            detail,
            f"/den/phien/{sitting.code}/",
            starts_at=None if written else sitting.starts_at,
            place=sitting.place,
            cancelled=sitting.state == SittingState.CANCELLED,
            deadline=False,
        )


def _steps(actor: Actor, on: date) -> Iterator[Entry]:
    for dossier in deadlines.steps_of(actor, on=on):
        assert dossier.due_on is not None  # `running` has only those with a last day
        detail = _(lifecycle.SITUATIONS[dossier.state].staff)
        if dossier.change_open:  # type: ignore[attr-defined]
            detail += ". " + _("Có đề nghị thay đổi chưa trả lời")
        yield Entry(
            What.STEP,
            f"dossier-{dossier.code}-{dossier.state}",
            dossier.due_on,
            dossier.product.name,
            detail,
            f"/den/ho-so/{dossier.code}/",
        )


def _supplements(actor: Actor, on: date) -> Iterator[Entry]:
    for supplement in deadlines.supplements_of(actor, on=on):
        yield Entry(
            What.SUPPLEMENT,
            f"supplement-{supplement.code}",
            supplement.due_on,
            supplement.dossier.product.name,
            _("Bổ sung hồ sơ: %s") % supplement.wanted,
            f"/den/ho-so/{supplement.dossier.code}/",
        )


def _windows(actor: Actor, on: date) -> Iterator[Entry]:
    for recognition in deadlines.windows_of(actor, on=on):
        if recognition.expires_on is None:
            continue
        yield Entry(
            What.WINDOW,
            f"window-{recognition.pk}",
            recognition.expires_on - timedelta(days=WINDOW_CLOSES),
            recognition.product.name,
            _("Ngày cuối nộp hồ sơ đánh giá lại"),
            f"/cua-toi/ho-so/moi/{recognition.product.code}/",
        )


def _stars(actor: Actor, on: date) -> Iterator[Entry]:
    """The last days of the own producers' stars, and for a commune of those that are extended."""
    rows = last_days.ending_between(on, on + AHEAD, on=on)
    own = Q(product__producer__in=producers.own(actor, on=on).values("pk"))
    area = producers.in_area(actor) | producers.in_area(actor, "product__")
    for row in rows.filter(own | (area & Q(extended_until__gt=F("expires_on")))):
        kept = last_days.is_extended(row)
        yield Entry(
            What.STAR,
            f"star-{row.pk}",
            row.last_day,
            row.product.name,
            _("Ngày cuối được kéo dài hạng %d sao (khoản 3 Điều 12)") % row.stars
            if kept
            else _("Ngày cuối hạng %d sao có giá trị") % row.stars,
            f"/san-pham/{row.product.code}/",
            deadline=False,
        )


def _tasks(actor: Actor, on: date) -> Iterator[Entry]:
    if people_rules.may_see_everything(actor):
        if people_rules.is_office(actor):
            for task in unit_tasks.visible_to(actor).filter(cancelled_at=None, due_on__gte=on):
                yield Entry(
                    What.TASK,
                    f"task-{task.code}",
                    task.due_on,
                    task.title,
                    _("%(answered)d trên %(asked)d đơn vị đã trả lời")
                    % {"answered": task.answered, "asked": task.asked},
                    f"/dieu-hanh/viec/{task.code}/",
                    deadline=False,
                )
        return
    for answer in unit_tasks.open_answers(unit_tasks.answers_visible_to(actor)):
        yield Entry(
            What.TASK,
            f"answer-{answer.code}",
            answer.task.due_on,
            answer.task.title,
            answer.unit.name,
            f"/dieu-hanh/viec/tra-loi/{answer.code}/",
        )


def _rounds(actor: Actor, on: date) -> Iterator[Entry]:
    """The last days for requests and for results; the stored days are the first too late."""
    if not (people_rules.is_office(actor) or actor.has(Role.COMMUNE_OFFICER)):
        return
    for turn in Round.objects.filter(closed_on=None, done_before__gt=on):
        for name, before, words in (
            ("requests", turn.requests_before, _("Ngày cuối nhận hồ sơ của đợt")),
            ("done", turn.done_before, _("Ngày cuối hoàn thành đợt")),
        ):
            last = before - timedelta(days=1)
            if last >= on:
                yield Entry(
                    What.ROUND,
                    f"round-{turn.code}-{name}",
                    last,
                    turn.name,
                    words,
                    "/den/ke-hoach/",
                    deadline=False,
                )
