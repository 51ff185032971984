"""Reads of policies, budget lines, requests and grants."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet, Sum
from django.utils import timezone

from ocop.core.actor import Actor
from ocop.people.roles import Role
from ocop.producers import queries as producers
from ocop.producers.models import Producer
from ocop.products.models import Product
from ocop.recognition.standing import standing
from ocop.recognition.states import holding
from ocop.recognition.validity import State
from ocop.support import lifecycle, rules
from ocop.support.models import (
    BudgetLine,
    Grant,
    GrantBatch,
    Per,
    Period,
    Policy,
    SupportRequest,
)
from ocop.support.reckoning import Asked, Bar, Before, Gift, Reckoned, Terms, reckon, sum_up


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a producer asks a policy for."""

    purpose: str
    product: Product | None = None
    cost: int = 0
    others: int = 0
    quantity: int = 0
    amount: int | None = None  # None: as much as the policy gives


@dataclass(frozen=True, slots=True)
class Checked:
    """A request held against its policy and against what was given before."""

    terms: Terms
    asked: Asked
    before: Before
    reckoned: Reckoned


def terms_of(policy: Policy) -> Terms:
    """A policy as arithmetic."""
    return Terms(
        share=policy.share,
        ceiling=policy.ceiling,
        most_count=policy.most_count,
        most_quantity=policy.most_quantity,
        first_only=policy.first_only,
        stars={int(star): amount for star, amount in policy.stars.items()},
        difference=policy.difference,
    )


def in_force(policy: Policy, on: date) -> bool:
    """Whether a policy holds on a day; its last day counts."""
    return policy.starts_on <= on and (policy.ends_on is None or on <= policy.ends_on)


def policies_on(on: date) -> QuerySet[Policy]:
    """The policies that hold on a day."""
    return Policy.objects.filter(Q(ends_on=None) | Q(ends_on__gte=on), starts_on__lte=on)


def star_on(product: Product | None, on: date) -> int:
    """The star a product holds on a day; 0: none."""
    if product is None:
        return 0
    rows = standing(Product.objects.filter(pk=product.pk), on).filter(holding("star_state"))
    found = rows.values_list("stars", flat=True).first()
    return int(found or 0)


def star_kept(request: SupportRequest, on: date) -> bool:
    """Whether the star that a bonus is asked for was not taken back by a day. One that ran its
    time was earned all the same."""
    if not request.policy.stars or request.product is None:
        return True
    rows = standing(Product.objects.filter(pk=request.product.pk), on)
    stars, state = rows.values_list("stars", "star_state").get()
    return state != State.REVOKED and (stars or 0) >= (request.star or 0)


def check(
    policy: Policy,
    producer: Producer,
    wanted: Wanted,
    on: date,
    *,
    without: SupportRequest | None = None,
) -> Checked:
    """The most that a policy gives for what is wanted, on a day."""
    terms = terms_of(policy)
    star = star_on(wanted.product, on) if terms.stars else 0
    asked = Asked(wanted.cost, wanted.others, wanted.quantity, star)
    gifts = _gifts(policy, producer, wanted.product, on, without)
    before = sum_up(gifts)
    if not in_force(policy, on):
        return Checked(terms, asked, before, Reckoned(0, bar=Bar.NOT_IN_FORCE))
    return Checked(terms, asked, before, reckon(terms, asked, before))


def check_request(request: SupportRequest) -> Checked:
    """The same of a request, as of the day it was asked, against what was given since, too."""
    wanted = Wanted(
        request.purpose, request.product, request.cost, request.others, request.quantity
    )
    return check(request.policy, request.producer, wanted, asked_on(request), without=request)


def asked_on(request: SupportRequest) -> date:
    """The day of a request, in Vietnam."""
    return timezone.localdate(request.asked_at)


def grants_for(policy: Policy, producer: Producer, product: Product | None) -> QuerySet[Grant]:
    """What other offices gave for the same purpose, of any level: to the producer, or for the
    product and for none of its products by name."""
    rows = Grant.objects.filter(producer=producer, category=policy.category)
    if policy.per == Per.PRODUCT and product is not None:
        rows = rows.filter(Q(product=product) | Q(product=None))
    return rows.filter(Q(batch=None) | Q(batch__state="loaded"))


def earlier_requests(
    policy: Policy, producer: Producer, product: Product | None, without: SupportRequest | None
) -> QuerySet[SupportRequest]:
    """Requests for the same purpose that were approved here, whatever the policy; of a product as
    grants count: its own, and those for none by name."""
    rows = SupportRequest.objects.filter(
        producer=producer, policy__category=policy.category, state__in=lifecycle.HOLDING
    )
    if policy.per == Per.PRODUCT and product is not None:
        rows = rows.filter(Q(product=product) | Q(product=None))
    return rows.exclude(pk=without.pk) if without and without.pk else rows


def net(request: SupportRequest) -> int:
    """What is promised or paid by a request, without what came back."""
    amount = request.approved_amount if request.accepted_amount is None else request.accepted_amount
    return (amount or 0) - request.reclaimed


def _gifts(
    policy: Policy,
    producer: Producer,
    product: Product | None,
    on: date,
    without: SupportRequest | None,
) -> Iterator[Gift]:
    yearly = policy.period == Period.YEAR
    for grant in grants_for(policy, producer, product):
        yield Gift(
            grant.amount, grant.quantity, grant.star or 0, not yearly or grant.year == on.year
        )
    for request in earlier_requests(policy, producer, product, without):
        if (amount := net(request)) > 0:
            same = not yearly or asked_on(request).year == on.year
            yield Gift(amount, request.quantity, request.star or 0, same)


# Lists


def _of_area(actor: Actor, path: str) -> Q:
    """Rows of the producers of a commune officer."""
    return producers.in_area(actor, path)


def requests_visible_to(actor: Actor) -> QuerySet[SupportRequest]:
    """Requests: of the own producers, of the communes of an officer, or of all."""
    rows = SupportRequest.objects.select_related("policy", "producer", "product", "line__unit")
    if rules.may_see_all(actor):
        return rows
    seen = _of_area(actor, "producer__") | Q(producer__in=producers.own(actor).values("pk"))
    return rows.filter(seen)


def grants_visible_to(actor: Actor) -> QuerySet[Grant]:
    """Grants that stand: of the own producers, of the communes of an officer, or of all."""
    rows = Grant.objects.select_related("producer", "product", "unit").filter(
        Q(batch=None) | Q(batch__state="loaded")
    )
    if rules.may_see_all(actor):
        return rows
    seen = _of_area(actor, "producer__") | Q(producer__in=producers.own(actor).values("pk"))
    return rows.filter(seen)


def lines_visible_to(actor: Actor) -> QuerySet[BudgetLine]:
    """Budget lines: those of the own communes, or all."""
    rows = BudgetLine.objects.select_related("unit")
    if rules.may_see_all(actor):
        return rows
    return rows.filter(unit__in=actor.unit_ids(Role.COMMUNE_OFFICER))


def batches_visible_to(actor: Actor) -> QuerySet[GrantBatch]:
    """Imports of grants are the office's and its auditors'."""
    rows = GrantBatch.objects.select_related("attachment")
    return rows if rules.may_see_all(actor) else rows.none()


def lines_for(request: SupportRequest, year: int) -> QuerySet[BudgetLine]:
    """Lines that may pay a request: for its purpose or for every one, of the years from its asking
    to this one, the newest first. A decision of December is often entered in January."""
    rows = BudgetLine.objects.select_related("unit").filter(
        year__gte=asked_on(request).year, year__lte=year
    )
    chosen = rows.filter(category__in=(request.policy.category, ""))
    return chosen.order_by("-year", "unit", "category")


def line_totals(rows: QuerySet[BudgetLine]) -> dict[str, int]:
    """What lines come to together."""
    return {
        name: total or 0
        for name, total in rows.order_by()
        .aggregate(
            amount=Sum("amount"),
            committed=Sum("committed"),
            paid=Sum("paid"),
            reclaimed=Sum("reclaimed"),
        )
        .items()
    }
