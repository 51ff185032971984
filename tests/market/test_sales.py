"""Online sales by quarter, and what sellers have ready."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from ocop.core.actor import SYSTEM
from ocop.core.refusals import NotAllowed, Refused
from ocop.market import checklist, queries
from ocop.market.models import OnlineReport
from ocop.market.quarters import Quarter
from ocop.market.services import sales
from ocop.people import queries as people
from ocop.people.models import Message
from ocop.people.roles import Role
from ocop.producers.models import Producer
from ocop.programme import reminding
from tests.factories import ProducerFactory
from tests.market.factories import make_link, make_report, starred
from tests.world import member, person

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 23)
LAST = Quarter(2026, 3)


def tell(
    now: datetime, producer: Producer, total: int, online: int, quarter: Quarter = LAST
) -> OnlineReport:
    return sales.report_online_sales(
        actor=SYSTEM, producer=producer, quarter=quarter, total=total, online=online, at=now
    )


def test_a_quarter_told_again_takes_the_place_of_what_was_told(now: datetime) -> None:
    maker = ProducerFactory()
    tell(now, maker, 100_000_000, 10_000_000)
    tell(now, maker, 120_000_000, 30_000_000)
    assert queries.sold(OnlineReport.objects.all()).share == Decimal("25.0")
    assert OnlineReport.objects.get().quarter == LAST


@pytest.mark.parametrize(
    ("quarter", "total", "online", "field"),
    [
        (Quarter(2026, 4), 10, 1, "quarter"),  # not over
        (Quarter(2025, 3), 10, 1, "quarter"),  # more than a year ago
        (LAST, 10, 11, "online"),
        (LAST, -1, 0, "total"),
        (LAST, 10, -1, "online"),
        (LAST, 10**16, 0, "total"),
    ],
)
def test_numbers_that_cannot_be_are_refused_at_their_field(
    quarter: Quarter, total: int, online: int, field: str, now: datetime
) -> None:
    with pytest.raises(Refused) as refusal:
        tell(now, ProducerFactory(), total, online, quarter)
    assert list(refusal.value.fields) == [field]
    assert not OnlineReport.objects.exists()


def test_the_tables_hold_no_part_above_the_whole_and_no_other_day() -> None:
    maker = ProducerFactory()
    for day, total, online in ((date(2026, 7, 1), 1, 2), (date(2026, 8, 1), 2, 1)):
        with pytest.raises(IntegrityError), transaction.atomic():
            make_report(maker, day, total, online)


def test_the_share_of_many_is_of_their_sales_together() -> None:
    small, large = ProducerFactory(), ProducerFactory()
    make_report(small, date(2026, 7, 1), 10_000_000, 10_000_000)
    make_report(large, date(2026, 7, 1), 990_000_000, 0)
    make_report(large, date(2026, 4, 1), 0, 0)
    found = dict(queries.sold_by_quarter(OnlineReport.objects.all()))
    assert found[LAST] == queries.Sold(2, 1_000_000_000, 10_000_000, Decimal("1.0"))
    assert found[Quarter(2026, 2)].share is None
    assert list(found) == [LAST, Quarter(2026, 2)]


def test_sales_are_seen_by_the_producer_the_office_and_auditors_only(now: datetime) -> None:
    maker = ProducerFactory()
    report = tell(now, maker, 10, 1)
    own = people.actor_for(member(now, maker), on=ON)
    other = people.actor_for(member(now, ProducerFactory()), on=ON)
    office, auditor, inspector = (
        people.actor_for(person(now, role), on=ON)
        for role in (Role.PROVINCIAL_OFFICER, Role.AUDITOR, Role.INSPECTOR)
    )
    for actor in (own, office, auditor):
        assert list(queries.reports_visible_to(actor)) == [report]
    for actor in (other, inspector):
        assert not queries.reports_visible_to(actor).exists()
    with pytest.raises(NotAllowed):
        sales.report_online_sales(
            actor=other, producer=maker, quarter=LAST, total=1, online=0, at=now
        )


def test_a_quarter_is_awaited_from_who_sold_online_in_it(now: datetime) -> None:
    link = make_link(starts_on=date(2026, 5, 2))
    maker = link.product.producer
    assert queries.awaited(maker, ON) == [LAST, Quarter(2026, 2)]
    tell(now, maker, 10, 1)
    assert queries.awaited(maker, ON) == [Quarter(2026, 2)]
    assert queries.awaited(ProducerFactory(), ON) == []


def test_who_did_not_tell_is_reminded_once_some_days_after_the_quarter(now: datetime) -> None:
    link = make_link()
    user = member(now, link.product.producer)
    make_link(starts_on=date(2026, 10, 2))  # sold nothing in that quarter
    early = datetime.fromisoformat("2026-10-10T02:00:00+00:00")
    reminding.remind(at=early)
    told = Message.objects.filter(kind="market.online_untold")
    assert not told.exists()
    for days in (1, 2):
        reminding.remind(at=early + timedelta(days=days))
    assert [message.user for message in told] == [user]
    assert "quý 3/2026" in told.get().subject


def test_who_told_the_quarter_is_not_reminded(now: datetime) -> None:
    link = make_link()
    tell(now, link.product.producer, 0, 0)
    assert not queries.untold(ON).exists()


def test_sellers_are_producers_with_a_link_that_stands() -> None:
    now_selling = make_link().product.producer
    make_link(ends_on=date(2026, 11, 1))
    assert list(queries.sellers(ON)) == [now_selling]


def test_answers_are_kept_with_the_list_of_the_day(now: datetime) -> None:
    maker = starred().producer
    sales.answer_checklist(
        actor=SYSTEM, producer=maker, answers={"licence": "yes", "price": ""}, at=now
    )
    sales.answer_checklist(
        actor=SYSTEM,
        producer=maker,
        answers={"licence": "yes", "price": "no"},
        note="  Chờ  in bảng giá ",
        at=now,
    )
    kept = queries.answers_of(maker, ON)
    assert kept is not None
    assert (kept.answers, kept.note) == ({"licence": "yes", "price": "no"}, "Chờ in bảng giá")
    assert kept.checklist == checklist.checklist_on(ON).key
    assert queries.progress_of(kept, ON).missing == ("price",)
    assert len(queries.progress_of(None, ON).open) == len(checklist.QUESTIONS)


@pytest.mark.parametrize("answers", [{"khac": "yes"}, {"licence": "maybe"}])
def test_another_question_or_answer_is_refused(answers: dict[str, str], now: datetime) -> None:
    with pytest.raises(Refused):
        sales.answer_checklist(actor=SYSTEM, producer=ProducerFactory(), answers=answers, at=now)
