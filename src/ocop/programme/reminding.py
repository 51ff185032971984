"""The reminders of a day, over all rooms. Every message has a key, so running again tells nothing
twice, and a day that was missed is made up for by the next."""

from datetime import date, datetime, timedelta
from itertools import groupby

from django.db import transaction
from django.utils import timezone

from ocop.core.actor import SYSTEM
from ocop.core.workdays import add_working_days
from ocop.councils import notices as council_news
from ocop.councils import prompting
from ocop.councils.queries import duties
from ocop.dossiers import lifecycle, supplement_notices, window_notices
from ocop.dossiers import notices as dossier_news
from ocop.dossiers.models import Dossier
from ocop.dossiers.queries import deadlines
from ocop.dossiers.tasks import escalate_overdue
from ocop.market import notices as market_news
from ocop.market import quarters
from ocop.market import queries as market
from ocop.network import notices as network_news
from ocop.network.centres import notices as centre_news
from ocop.network.centres import queries as design_centres
from ocop.network.queries import goods as network_goods
from ocop.network.queries import points as network_points
from ocop.network.queries import sales as network_sales
from ocop.people.models import User
from ocop.programme import notices, unit_tasks
from ocop.programme.models import UnitAnswer
from ocop.promotion.days import notices as booth_news
from ocop.promotion.days import queries as event_days
from ocop.promotion.meetings import following
from ocop.promotion.meetings import notices as meeting_news
from ocop.promotion.meetings import queries as meetings
from ocop.promotion.meetings.models import Demand
from ocop.recognition import last_day_notices, last_days
from ocop.recognition.postcheck import notices as postcheck_news
from ocop.recognition.postcheck import queries as postcheck
from ocop.training import notices as training_news
from ocop.training import queries as training

#: Working days before a last day on which it is told.
STEP_DAYS = 3
#: Days before the last day of a star on which its producer is told.
STAR_DAYS = timedelta(days=30)
#: A day that passed longer ago than this is no news any more.
_OLD = timedelta(days=30)


def remind(*, at: datetime) -> int:
    """Write all reminders of the day; gives back how many messages are new.

    Each kind in its own transaction: a fault in one keeps no other from its readers.
    """
    on = timezone.localdate(at)
    soon = add_working_days(on, STEP_DAYS)
    count = 0
    for step in _KINDS:
        with transaction.atomic():
            count += step(on, soon, at)
    return count


def _steps(on: date, soon: date, at: datetime) -> int:
    return sum(
        len(dossier_news.due_soon(dossier=d, users=_responsible(d, on), at=at))
        for d in deadlines.due_between(on, soon)
    )


def _late(_on: date, _soon: date, at: datetime) -> int:
    """What passed its day is told to the heads of the office, once for each step."""
    return escalate_overdue(at=at)


def _responsible(dossier: Dossier, on: date) -> list[User]:
    who = lifecycle.SITUATIONS[dossier.state].who
    if who == lifecycle.PRODUCER:
        return dossier_news.producer_people(dossier, on)
    if who == lifecycle.COMMUNE:
        return dossier_news.commune_people(dossier, on)
    if who == lifecycle.ADVISERS:
        return dossier_news.advisers(dossier)
    return dossier_news.office_people(dossier, on)


def _supplements(on: date, soon: date, at: datetime) -> int:
    """Before its day to the producer; once it passed, to who has the dossier and the heads."""
    due = deadlines.supplements_between(on, soon)
    late = deadlines.supplements_between(on - _OLD, on - timedelta(days=1))
    count = sum(len(dossier_news.supplement_due(supplement=each, at=at)) for each in due)
    return count + sum(len(supplement_notices.unanswered(supplement=each, at=at)) for each in late)


def _sittings(on: date, _soon: date, at: datetime) -> int:
    """Members hear of a meeting on the working day before it; after a weekend, on the Friday."""
    next_day = add_working_days(on, 1)
    days = [on + timedelta(days=n) for n in range(1, (next_day - on).days + 1)]
    return sum(
        len(council_news.soon(sitting=sitting, at=at))
        for day in days
        for sitting in duties.sittings_on(day)
    )


def _sheets(on: date, soon: date, at: datetime) -> int:
    """Sittings that are over, or were cancelled, owe none."""
    count = 0
    for missing in duties.missing_sheets(on=on, within=soon):
        step = prompting.step_on(council_news.last_day(missing.sitting), on)
        if step is not None:
            count += len(
                council_news.sheets_missing(
                    sitting=missing.sitting,
                    user=missing.user,
                    count=missing.count,
                    step=step,
                    at=at,
                )
            )
    return count


def _tasks(on: date, soon: date, at: datetime) -> int:
    """Before the day once, and on the first day after it."""
    waiting = unit_tasks.open_answers(unit_tasks.answers_visible_to(SYSTEM))
    near = waiting.filter(task__due_on__range=(on - _OLD, soon))
    count = 0
    for answer in near:
        if _told_enough(answer, on):
            continue
        count += len(notices.task_reminded(answer=answer, at=at))
        UnitAnswer.objects.filter(pk=answer.pk).update(reminded_at=at)
    return count


def _told_enough(answer: UnitAnswer, on: date) -> bool:
    if answer.reminded_at is None:
        return False
    reminded_on = timezone.localdate(answer.reminded_at)
    return reminded_on > answer.task.due_on or on <= answer.task.due_on


def _windows(on: date, _soon: date, at: datetime) -> int:
    rows = list(deadlines.in_window(on))
    count = sum(len(window_notices.told(recognition=row, at=at)) for row in rows)
    placed = sorted(
        ((row.commune or row.product.producer.commune, row) for row in rows),
        key=lambda pair: pair[0].pk if pair[0] else 0,
    )
    for unit, pairs in groupby(placed, key=lambda pair: pair[0]):
        if unit is not None:
            found = [row for _unit, row in pairs]
            count += len(window_notices.told_commune(unit=unit, rows=found, at=at))
    return count


def _stars(on: date, _soon: date, at: datetime) -> int:
    """The last day of a star a month before it, and once it has passed: the commune by its day."""
    near = last_days.ending_between(on, on + STAR_DAYS, on=on)
    over = list(last_days.ending_between(on - _OLD, on - timedelta(days=1), on=on))
    count = sum(len(last_day_notices.ending(recognition=row, at=at)) for row in (*near, *over))
    placed = sorted(
        ((row.commune or row.product.producer.commune, row) for row in over),
        key=lambda pair: (pair[0].pk if pair[0] else 0, pair[1].last_day),
    )
    for (unit, day), pairs in groupby(placed, key=lambda pair: (pair[0], pair[1].last_day)):
        if unit is not None:
            found = [row for _unit, row in pairs]
            count += len(last_day_notices.over_in_commune(unit=unit, day=day, rows=found, at=at))
    return count


def _aftercare(on: date, soon: date, at: datetime) -> int:
    """Visits and corrections before their day; answers and cases before it, and once it passed."""
    checks = postcheck.checks_between(on, soon)
    complaints = postcheck.complaints_between(on, soon)
    cases = postcheck.cases_between(on, soon)
    return (
        sum(len(postcheck_news.check_due(check=row, at=at)) for row in checks)
        + sum(len(postcheck_news.complaint_due(complaint=row, on=on, at=at)) for row in complaints)
        + sum(len(postcheck_news.case_due(case=row, on=on, at=at)) for row in cases)
    )


def _classes(on: date, _soon: date, at: datetime) -> int:
    """Who goes to a class hears of it on the working day before; the office of what is over."""
    first, last = on + timedelta(days=1), add_working_days(on, 1)
    coming = training.beginning_between(first, last)
    over = training.unended(on)
    return sum(len(training_news.soon(training_class=row, at=at)) for row in coming) + sum(
        len(training_news.unended(training_class=row, at=at)) for row in over
    )


def _shelves(on: date, _soon: date, at: datetime) -> int:
    """Keepers of points hear which goods may not stand there from today."""
    gone = network_goods.left(network_points.kept_on(on).select_related("producer"), on)
    return sum(len(network_news.left(point=point, good=good, at=at)) for point, good in gone)


def _sales(on: date, _soon: date, at: datetime) -> int:
    """Keepers hear, once and some days after its end, of a month whose sales nobody told."""
    month = network_sales.overdue(on)
    if month is None:
        return 0
    rows = network_sales.untold(network_points.kept_on(on), month).select_related("producer")
    return sum(len(network_news.untold(point=row, month=month, at=at)) for row in rows)


def _online(on: date, _soon: date, at: datetime) -> int:
    """Who sells online hears, once and some days after its end, of a quarter that nobody told."""
    quarter = quarters.overdue(on)
    if quarter is None:
        return 0
    return sum(
        len(market_news.untold(producer=row, quarter=quarter, at=at)) for row in market.untold(on)
    )


def _centres(on: date, _soon: date, at: datetime) -> int:
    """Keepers of design centres hear of a month that nobody told, the office of visits and
    assessments that are due."""
    month = network_sales.overdue(on)
    rows = design_centres.untold(month, on) if month else ()
    told = sum(len(centre_news.untold(centre=row, month=month, at=at)) for row in rows if month)
    due = design_centres.due_by(on)
    return told + sum(len(centre_news.due(centre=row, told=days, at=at)) for row, days in due)


def _deals(on: date, soon: date, at: datetime) -> int:
    """Producers are asked what was delivered of a deal; the office hears when no answer came."""
    late = timedelta(days=following.LATE_DAYS)
    due = meetings.due_follow_ups(on - _OLD, soon)
    over = meetings.due_follow_ups(on - _OLD - late, on - late)
    return sum(
        len(meeting_news.follow_up_due(follow_up=row, late=False, at=at)) for row in due
    ) + sum(len(meeting_news.follow_up_due(follow_up=row, late=True, at=at)) for row in over)


def _demands(on: date, soon: date, at: datetime) -> int:
    """Buyers hear before the last day of what they look for how to look for longer, once for each
    last day; also after it, where nobody could tell them before."""
    count = 0
    for row in meetings.ending_demands(on - _OLD, soon):
        count += meeting_news.ending(demand=row, at=at)
        Demand.objects.filter(pk=row.pk).update(told_until=row.open_until)
    return count


def _booths(on: date, _soon: date, at: datetime) -> int:
    """Booths hear in the morning of the day before, of which they told nothing."""
    rows = event_days.silent(on)
    return sum(len(booth_news.untold(application=row, day=day, at=at)) for row, day in rows)


_KINDS = (
    _steps, _late, _supplements, _sittings, _sheets, _tasks, _windows, _stars, _aftercare, _classes,
    _shelves, _sales, _centres, _online, _deals, _demands,
    _booths,
)  # fmt: skip
