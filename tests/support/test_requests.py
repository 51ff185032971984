"""Requests on their way: what a policy and money given by any level allow, and no more."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from ocop.core.actor import SYSTEM
from ocop.core.refusals import NotAllowed, Refused
from ocop.people import queries as people
from ocop.people.models import Message
from ocop.people.roles import Role
from ocop.recognition.models import Recognition
from ocop.support import queries
from ocop.support.models import Category, Money, Payer, Per, Period, Policy, Quota, SupportRequest
from ocop.support.services import budgets, paying, policies, requests
from tests.factories import ProducerFactory, ProductFactory, UnitFactory
from tests.support import factories as making
from tests.support.factories import GrantFactory, LineFactory, PolicyFactory
from tests.world import member, person, recognised

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def trademark(**more: Any) -> Policy:
    return PolicyFactory(
        category=Category.TRADEMARK, share=None, ceiling=35_000_000, per=Per.PRODUCT,
        period=Period.EVER, **more,
    )  # fmt: skip


def code_of(act: Any, **told: Any) -> str:
    with pytest.raises(Refused) as refused:
        act(**told)
    return refused.value.code


def approving(request: SupportRequest, now: datetime, **more: Any) -> dict[str, Any]:
    return {
        "actor": SYSTEM, "request": request, "line": LineFactory(),
        "amount": request.asked_amount, "decision": "1/QĐ", "decided_on": now.date(), "at": now,
    } | more  # fmt: skip


def test_a_producer_asks_and_the_office_is_told(now: datetime) -> None:
    officer = person(now, Role.PROVINCIAL_OFFICER)
    maker = ProducerFactory()
    asker = people.actor_for(member(now, maker), on=now.date())
    wanted = queries.Wanted("Hai gian hàng", cost=9_000_001)
    request = requests.ask_support(
        actor=asker, policy=PolicyFactory(), producer=maker, wanted=wanted, at=now
    )
    assert (request.state, request.asked_amount) == ("asked", 4_500_000)
    assert "4.500.000" in Message.objects.get(user=officer).body


def test_nobody_asks_for_another_producer(now: datetime) -> None:
    asker = people.actor_for(member(now, ProducerFactory()), on=now.date())
    with pytest.raises(NotAllowed):
        requests.ask_support(
            actor=asker, policy=PolicyFactory(), producer=ProducerFactory(),
            wanted=queries.Wanted("Gian hàng", cost=10), at=now,
        )  # fmt: skip


def test_more_than_the_ceiling_leaves_is_refused_and_says_what_is_left(now: datetime) -> None:
    product = ProductFactory()
    GrantFactory(
        producer=product.producer, product=product, category=Category.TRADEMARK,
        level=Payer.CENTRE, amount=20_000_000,
    )  # fmt: skip
    asking = {"producer": product.producer, "product": product, "cost": 40_000_000}
    with pytest.raises(Refused) as refused:
        making.asked(now, trademark(), amount=20_000_000, **asking)
    assert refused.value.code == "support_amount"
    assert "15.000.000" in refused.value.message
    assert making.asked(now, trademark(), **asking).asked_amount == 15_000_000


def test_a_ceiling_used_by_another_level_gives_nothing(now: datetime) -> None:
    product = ProductFactory()
    GrantFactory(producer=product.producer, category=Category.TRADEMARK, amount=35_000_000)
    with pytest.raises(Refused) as refused:
        making.asked(now, trademark(), producer=product.producer, product=product)
    assert refused.value.code == "support_ceiling_used"
    assert "35.000.000" in refused.value.message


def test_what_was_approved_for_no_product_counts_for_each(now: datetime) -> None:
    product = ProductFactory()
    for_all = PolicyFactory(category=Category.TRADEMARK, share=None, ceiling=20_000_000)
    making.approved(now, making.asked(now, for_all, producer=product.producer))
    asking = {"producer": product.producer, "product": product, "cost": 40_000_000}
    assert making.asked(now, trademark(), **asking).asked_amount == 15_000_000


def test_the_year_begins_anew(now: datetime) -> None:
    maker = ProducerFactory()
    policy = PolicyFactory(ceiling=10_000_000)
    GrantFactory(producer=maker, year=2025, amount=10_000_000)
    assert making.asked(now, policy, producer=maker).asked_amount == 10_000_000
    GrantFactory(producer=maker, year=2026, amount=6_000_000)
    assert making.asked(now, policy, producer=maker).asked_amount == 4_000_000


def test_a_policy_holds_from_its_first_to_its_last_day(now: datetime) -> None:
    today = now.date()
    making.asked(now, PolicyFactory(starts_on=today, ends_on=today))
    for days in ({"starts_on": today + DAY}, {"ends_on": today - DAY}):
        with pytest.raises(Refused) as refused:
            making.asked(now, PolicyFactory(**days))
        assert refused.value.code == "support_not_in_force"


def test_the_bonus_of_a_star_needs_one_that_holds_today(now: datetime) -> None:
    policy = PolicyFactory(
        category=Category.BONUS, share=None, per=Per.PRODUCT, period=Period.EVER,
        stars={"3": 5_000_000, "4": 9_000_000}, difference=True,
    )  # fmt: skip
    star = recognised("Mật ong", stars=4, on=date(2025, 6, 1))
    product = star.product
    told = {"producer": product.producer, "product": product, "cost": 0}
    GrantFactory(
        producer=product.producer, product=product, category=Category.BONUS, star=3, year=2022,
        amount=5_000_000,
    )  # fmt: skip
    assert making.asked(now, policy, **told).asked_amount == 4_000_000
    old = recognised("Trà", stars=3, on=date(2021, 6, 1)).product
    with pytest.raises(Refused) as refused:
        making.asked(now, policy, producer=old.producer, product=old, cost=0)
    assert refused.value.code == "support_no_star"


def starred(now: datetime) -> tuple[SupportRequest, Recognition]:
    """The bonus of four stars, asked for."""
    policy = PolicyFactory(
        category=Category.BONUS, share=None, per=Per.PRODUCT, period=Period.EVER,
        stars={"4": 9_000_000},
    )  # fmt: skip
    star = recognised("Mật ong", stars=4, on=date(2025, 6, 1))
    told = {"producer": star.product.producer, "product": star.product, "cost": 0}
    return making.asked(now, policy, **told), star


def test_a_star_that_was_taken_back_since_is_not_rewarded(now: datetime) -> None:
    request, star = starred(now)
    lost = Recognition.objects.filter(pk=star.pk)
    lost.update(revoked_on=now.date())
    assert code_of(requests.approve_request, **approving(request, now)) == "star_gone"
    lost.update(revoked_on=None)
    request = making.with_minutes(now, making.approved(now, request))
    accepting = {"real_cost": 0, "accepted_on": now.date(), "actor": SYSTEM, "at": now}
    lost.update(annulled_on=now.date())
    assert code_of(paying.accept_request, request=request, **accepting) == "star_gone"
    lost.update(annulled_on=None)
    request = paying.accept_request(request=request, **accepting)
    lost.update(revoked_on=now.date())
    told = {"request": request, "paid_on": now.date(), "voucher": "UNC 7"}
    assert code_of(paying.pay_request, actor=SYSTEM, at=now, **told) == "star_gone"


def test_a_star_that_ran_its_time_since_was_earned(now: datetime) -> None:
    request, star = starred(now)
    assert star.expires_on is not None
    later = now + timedelta(days=(star.expires_on - now.date()).days + 1)
    line = LineFactory(year=later.year)
    told = approving(request, later, line=line, decided_on=later.date())
    assert requests.approve_request(**told).state == "approved"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"purpose": " "}, "purpose"),
        ({"cost": 0}, "cost"),
        ({"cost": 10, "others": 11}, "others"),
        ({"amount": 0}, "amount"),
    ],
)
def test_a_request_that_says_too_little_is_refused(
    now: datetime, wrong: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refused) as refused:
        making.asked(now, **wrong)
    assert field in refused.value.fields


def test_the_same_request_is_asked_once_while_it_waits(now: datetime) -> None:
    told: dict[str, Any] = {
        "policy": PolicyFactory(), "producer": ProducerFactory(), "purpose": "Hội chợ Tết",
    }  # fmt: skip
    first = making.asked(now, **told)
    with pytest.raises(Refused) as refused:
        making.asked(now, **told | {"purpose": " Hội chợ  Tết"})
    assert first.code.upper() in refused.value.message
    making.asked(now, **told | {"purpose": "Hội chợ Xuân"})
    requests.withdraw_request(actor=SYSTEM, request=first, reason="Hoãn", at=now)
    making.asked(now, **told)


def test_a_policy_of_products_wants_one_of_the_producer(now: datetime) -> None:
    for product in (None, ProductFactory()):
        with pytest.raises(Refused) as refused:
            making.asked(now, trademark(), producer=ProducerFactory(), product=product)
        assert "product" in refused.value.fields


def test_a_policy_that_counts_wants_the_number(now: datetime) -> None:
    policy = PolicyFactory(most_quantity=2, measure="gian hàng")
    with pytest.raises(Refused) as refused:
        making.asked(now, policy)
    assert "quantity" in refused.value.fields
    maker = ProducerFactory()
    making.approved(now, making.asked(now, policy, producer=maker, quantity=2))
    with pytest.raises(Refused) as refused:
        making.asked(now, policy, producer=maker, quantity=1)
    assert refused.value.code == "support_quantity_used"


def test_an_approval_takes_from_the_line_and_tells_the_producer(now: datetime) -> None:
    maker, line = ProducerFactory(), LineFactory()
    user = member(now, maker)
    request = making.approved(now, making.asked(now, producer=maker), line)
    line.refresh_from_db()
    assert (request.state, line.committed, line.left) == ("approved", 10_000_000, 90_000_000)
    assert Message.objects.filter(user=user, link=f"/cua-toi/ho-tro/{request.code}/").exists()


def test_a_line_without_enough_money_approves_nothing(now: datetime) -> None:
    line, request = LineFactory(amount=9_999_999), making.asked(now)
    assert code_of(requests.approve_request, **approving(request, now, line=line)) == "budget_line"


def test_a_refused_approval_leaves_the_request_as_it_was(now: datetime) -> None:
    line, request = LineFactory(amount=9_999_999), making.asked(now)
    code_of(requests.approve_request, **approving(request, now, line=line))
    request = SupportRequest.objects.get()
    line.refresh_from_db()
    assert (request.state, request.line, line.committed) == ("asked", None, 0)
    assert not Quota.objects.filter(amount__gt=0).exists()


def test_what_was_given_since_the_request_counts_at_its_approval(now: datetime) -> None:
    maker = ProducerFactory()
    request = making.asked(now, PolicyFactory(ceiling=10_000_000), producer=maker)
    GrantFactory(producer=maker, year=2026, amount=4_000_000)
    assert code_of(requests.approve_request, **approving(request, now)) == "support_amount"
    told = approving(request, now, amount=6_000_000)
    assert requests.approve_request(**told).approved_amount == 6_000_000


def test_the_second_request_under_a_ceiling_gets_what_the_first_left(now: datetime) -> None:
    maker, policy = ProducerFactory(), PolicyFactory(ceiling=15_000_000)
    first, second = (making.asked(now, policy, producer=maker) for _one in range(2))
    making.approved(now, first)
    assert code_of(requests.approve_request, **approving(second, now)) == "support_amount"
    requests.approve_request(**approving(second, now, amount=5_000_000))
    assert Quota.objects.get().amount == 15_000_000


def test_more_than_was_asked_is_not_approved(now: datetime) -> None:
    request = making.asked(now, amount=4_000_000)
    told = approving(request, now, amount=4_000_001)
    assert code_of(requests.approve_request, **told) == "support_amount"


def test_a_line_is_of_the_year_and_the_purpose(now: datetime) -> None:
    request = making.asked(now)
    for wrong in (LineFactory(year=2025), LineFactory(category=Category.TRADEMARK)):
        told = approving(request, now, line=wrong)
        assert code_of(requests.approve_request, **told) == "support_line"
    for wrong in ({"decision": " "}, {"decided_on": now.date() + DAY}):
        code_of(requests.approve_request, **approving(request, now, **wrong))
    requests.approve_request(
        **approving(request, now, line=LineFactory(category=Category.PROMOTION))
    )


def test_a_decision_of_december_entered_in_january_has_its_line(now: datetime) -> None:
    policy = PolicyFactory(starts_on=date(2024, 1, 1))
    request = making.asked(now, policy)
    this_year = LineFactory()
    LineFactory(year=2025)
    assert list(queries.lines_for(request, 2026)) == [this_year]
    next_year = LineFactory(year=2027)
    assert list(queries.lines_for(request, 2027)) == [next_year, this_year]
    later = now.replace(year=2027, month=1, day=4)
    told = approving(request, later, line=this_year, decided_on=date(2026, 12, 30))
    assert requests.approve_request(**told).state == "approved"


def test_only_the_head_of_the_office_promises_money(now: datetime) -> None:
    request = making.asked(now)
    officer = people.actor_for(person(now, Role.PROVINCIAL_OFFICER), on=now.date())
    head = people.actor_for(person(now, Role.OFFICE_HEAD), on=now.date())
    with pytest.raises(NotAllowed):
        requests.approve_request(**approving(request, now, actor=officer))
    requests.approve_request(**approving(request, now, actor=head))


def test_a_request_is_answered_once(now: datetime) -> None:
    request = making.approved(now)
    for act in (requests.refuse_request, requests.withdraw_request):
        told = {"actor": SYSTEM, "request": request, "reason": "Trùng", "at": now}
        assert code_of(act, **told) == "move_not_possible"


def test_acceptance_wants_minutes_and_pays_what_it_cost(now: datetime) -> None:
    line = LineFactory()
    request = making.approved(now, line=line)
    told = {"real_cost": 18_000_000, "accepted_on": now.date()}
    assert code_of(
        paying.accept_request, actor=SYSTEM, request=request, at=now, **told
    ) == "acceptance_paper"  # fmt: skip
    request = making.accepted(now, request, **told)
    line.refresh_from_db()
    assert (request.accepted_amount, line.committed) == (9_000_000, 9_000_000)
    assert Quota.objects.get().amount == 9_000_000


def test_payment_has_a_voucher_and_happens_once(now: datetime) -> None:
    line = LineFactory()
    request = making.accepted(now, making.approved(now, line=line))
    told = {"actor": SYSTEM, "request": request, "paid_on": now.date(), "at": now}
    assert code_of(paying.pay_request, **told, voucher=" ") == "support_voucher"
    request = SupportRequest.objects.get()
    paying.pay_request(**told | {"request": request}, voucher="UNC 7")
    line.refresh_from_db()
    assert (request.state, line.paid, line.committed) == ("paid", 10_000_000, 10_000_000)
    assert Money.objects.get().voucher == "UNC 7"
    assert code_of(paying.pay_request, **told | {"request": request}, voucher="UNC 8") == (
        "move_not_possible"
    )


def test_a_cancelled_approval_returns_its_money(now: datetime) -> None:
    line, policy, maker = LineFactory(), PolicyFactory(most_count=1), ProducerFactory()
    request = making.accepted(
        now, making.approved(now, making.asked(now, policy, producer=maker), line)
    )
    requests.cancel_request(actor=SYSTEM, request=request, reason="Không làm nữa", at=now)
    line.refresh_from_db()
    assert (request.state, line.committed, line.paid) == ("cancelled", 0, 0)
    making.approved(now, making.asked(now, policy, producer=maker))


def test_an_approval_that_was_accepted_meanwhile_returns_what_it_still_held(now: datetime) -> None:
    line = LineFactory()
    making.approved(now, line=line)
    request = making.approved(now, line=line)
    seen_before = SupportRequest.objects.get(pk=request.pk)
    making.accepted(now, request, real_cost=18_000_000)
    requests.cancel_request(actor=SYSTEM, request=seen_before, reason="Không làm nữa", at=now)
    line.refresh_from_db()
    assert line.committed == 10_000_000


def test_what_came_back_was_not_given_and_is_not_in_the_line_again(now: datetime) -> None:
    line, policy, maker = LineFactory(), PolicyFactory(ceiling=10_000_000), ProducerFactory()
    request = making.paid(
        now, making.approved(now, making.asked(now, policy, producer=maker), line)
    )
    told = {"actor": SYSTEM, "request": request, "on": now.date(), "voucher": "PT 1",
            "reason": "Hóa đơn không hợp lệ", "at": now}  # fmt: skip
    assert code_of(paying.reclaim, **told, amount=10_000_001) == "support_amount"
    paying.reclaim(**told, amount=4_000_000)
    line.refresh_from_db()
    assert (request.reclaimed, line.reclaimed, line.left) == (4_000_000, 4_000_000, 90_000_000)
    assert making.asked(now, policy, producer=maker).asked_amount == 4_000_000
    assert code_of(paying.reclaim, **told, amount=4_000_000) == "support_voucher"
    told["voucher"] = "PT 2"
    paying.reclaim(**told, amount=6_000_000)
    assert Quota.objects.get().count == 0
    assert code_of(paying.reclaim, **told, amount=1) == "support_amount"


def test_a_line_is_never_below_what_was_approved(now: datetime) -> None:
    line = LineFactory()
    making.approved(now, line=line)
    told = {"actor": SYSTEM, "line": line, "reason": "Cắt giảm", "at": now}
    assert code_of(budgets.change_line, **told, amount=9_999_999) == "budget_amount"
    assert budgets.change_line(**told, amount=10_000_000).left == 0


def test_a_line_is_entered_once(now: datetime) -> None:
    told = {"actor": SYSTEM, "unit": UnitFactory(), "year": 2026, "amount": 5, "source": "QĐ 1",
            "at": now}  # fmt: skip
    budgets.add_line(**told)
    assert code_of(budgets.add_line, **told) == "budget_source"
    for wrong in ({"year": 26}, {"amount": 0}, {"source": ""}, {"category": "x"}):
        code_of(budgets.add_line, **told | wrong)


def test_the_known_policies_are_entered_once(now: datetime) -> None:
    made = policies.load_known_policies(actor=SYSTEM, at=now)
    assert {p.code for p in made} >= {"tt53-2022-nhan-hieu", "qd950-2023-diem-ban", "hn-tem"}
    assert policies.load_known_policies(actor=SYSTEM, at=now) == []
    assert all(p.uncertain for p in made)


def test_a_policy_that_was_asked_under_does_not_end_before(now: datetime) -> None:
    request = making.asked(now)
    told = {"actor": SYSTEM, "policy": request.policy, "reason": "Hết hiệu lực", "at": now}
    yesterday = now.date() - DAY
    assert code_of(policies.end_policy, **told, ends_on=yesterday) == "policy_ends_on"
    assert policies.end_policy(**told, ends_on=now.date()).ends_on == now.date()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"code": "Hà Nội"}, "code"),
        ({"title": ""}, "title"),
        ({"category": "x"}, "category"),
        ({"ends_on": date(2025, 1, 1)}, "ends_on"),
        ({"share": 101}, "share"),
        ({"share": None}, "share"),
        ({"ceiling": 0}, "ceiling"),
        ({"stars": {"2": 5}}, "stars"),
        ({"stars": {"3": 5}, "per": "producer"}, "per"),
    ],
)
def test_a_policy_that_gives_nothing_or_contradicts_itself_is_refused(
    now: datetime, wrong: dict[str, Any], field: str
) -> None:
    told = {
        "code": "moi", "title": "Mới", "document": "NQ 1", "category": "promotion",
        "level": "province", "starts_on": date(2026, 1, 1), "share": 50,
    } | wrong  # fmt: skip
    with pytest.raises(Refused) as refused:
        policies.add_policy(actor=SYSTEM, terms=policies.PolicyTerms(**told), at=now)
    assert field in refused.value.fields


def test_the_producer_is_told_what_to_do_after_acceptance(now: datetime) -> None:
    request = making.asked(now)
    user = member(now, request.producer)
    making.accepted(now, making.approved(now, request), real_cost=16_000_000)
    told = Message.objects.filter(user=user).latest("pk")
    assert "8.000.000 đồng" in told.body
    assert "giấy đề nghị thanh toán" in told.body
