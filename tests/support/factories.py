"""Rows of support for tests, with the smallest sensible content."""

from datetime import date, datetime
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from ocop.core.actor import SYSTEM
from ocop.core.codes import public_code
from ocop.support.models import (
    BudgetLine,
    Category,
    Grant,
    PaperKind,
    Payer,
    Per,
    Period,
    Policy,
    SupportRequest,
)
from ocop.support.queries import Wanted
from ocop.support.services import paying, requests
from tests.factories import CREATED, PDF, ProducerFactory, UnitFactory


class PolicyFactory(DjangoModelFactory[Policy]):
    """Half of the cost, to a producer, without an end."""

    class Meta:
        model = Policy

    code = factory.Sequence(lambda n: f"chinh-sach-{n}")
    title = factory.Sequence(lambda n: f"Chính sách {n}")
    document = "Nghị quyết 01/2026/NQ-HĐND"
    category = Category.PROMOTION
    level = Payer.PROVINCE
    starts_on = date(2026, 1, 1)
    per = Per.PRODUCER
    period = Period.YEAR
    share = 50
    created_at = CREATED


class LineFactory(DjangoModelFactory[BudgetLine]):
    """A hundred million đồng of a commune in 2026, for every purpose."""

    class Meta:
        model = BudgetLine

    code = factory.LazyFunction(public_code)
    unit = factory.SubFactory(UnitFactory)
    year = 2026
    source = factory.Sequence(lambda n: f"Quyết định {n}/QĐ-UBND")
    amount = 100_000_000
    created_at = CREATED


class GrantFactory(DjangoModelFactory[Grant]):
    """Ten million đồng of a district in 2021."""

    class Meta:
        model = Grant

    producer = factory.SubFactory(ProducerFactory)
    category = Category.PROMOTION
    level = Payer.DISTRICT
    year = 2021
    amount = 10_000_000
    row_key = factory.Sequence(lambda n: f"{n:064d}")
    created_at = CREATED


def asked(now: datetime, policy: Policy | None = None, **more: Any) -> SupportRequest:
    """A request of twenty million đồng, half of it from the State."""
    policy = policy or PolicyFactory()
    producer = more.pop("producer", None) or ProducerFactory()
    purpose = f"Gian hàng tại hội chợ lần thứ {SupportRequest.objects.count() + 1}"
    wanted = Wanted(**{"purpose": purpose, "cost": 20_000_000, **more})
    return requests.ask_support(
        actor=SYSTEM, policy=policy, producer=producer, wanted=wanted, at=now
    )


def approved(
    now: datetime, request: SupportRequest | None = None, line: BudgetLine | None = None
) -> SupportRequest:
    """The same, approved as it was asked."""
    request = request or asked(now)
    return requests.approve_request(
        actor=SYSTEM,
        request=request,
        line=line or LineFactory(),
        amount=request.asked_amount,
        decision="12/QĐ-VPĐP",
        decided_on=timezone.localdate(now),
        at=now,
    )


def with_minutes(now: datetime, request: SupportRequest | None = None) -> SupportRequest:
    """Approved, with the minutes of acceptance among its papers."""
    request = request or approved(now)
    requests.add_request_paper(
        actor=SYSTEM,
        request=request,
        kind=PaperKind.ACCEPTANCE,
        name="Biên bản nghiệm thu",
        content=PDF + b"% " + request.code.encode(),
        filename="bien-ban.pdf",
        at=now,
    )
    return request


def accepted(now: datetime, request: SupportRequest | None = None, **more: Any) -> SupportRequest:
    """What was approved was done for the cost that was planned."""
    request = with_minutes(now, request)
    told = {"real_cost": request.cost, "accepted_on": timezone.localdate(now), **more}
    return paying.accept_request(actor=SYSTEM, request=request, at=now, **told)


def paid(now: datetime, request: SupportRequest | None = None) -> SupportRequest:
    """And the money went out."""
    request = accepted(now, request)
    return paying.pay_request(
        actor=SYSTEM, request=request, paid_on=timezone.localdate(now), voucher="UNC 01", at=now
    )
