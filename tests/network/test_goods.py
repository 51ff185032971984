"""What stands at points: only what may, and for as long as it may."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from ocop.core.actor import SYSTEM
from ocop.core.refusals import NotAllowed, Refused
from ocop.network.models import KeyGood, SalesPoint
from ocop.network.queries import goods as queries
from ocop.network.services import goods, keepers
from ocop.network.standing_goods import ALLOWED, Verdict
from ocop.people import queries as people
from ocop.people.models import Message
from ocop.products.models import Product, ProductState
from ocop.programme import reminding
from tests.factories import ProductFactory, RecognitionFactory
from tests.network.factories import (
    make_chain,
    make_keeper,
    make_key_good,
    make_line,
    make_point,
)
from tests.world import person

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 23)


@pytest.fixture
def starred() -> Product:
    return RecognitionFactory(on=date(2025, 1, 10)).product


def stock(point: SalesPoint, product: Product, now: datetime, **more: bool) -> None:
    goods.stock_product(actor=SYSTEM, point=point, product=product, at=now, **more)


def names(rows: QuerySet[Product]) -> set[Product]:
    return set(rows)


def test_goods_with_a_valid_star_are_offered_once(now: datetime, starred: Product) -> None:
    point = make_point()
    stock(point, starred, now)
    assert [good.product for good in queries.goods_of(point, ON)] == [starred]
    with pytest.raises(Refused) as refusal:
        stock(point, starred, now)
    assert list(refusal.value.fields) == ["product"]
    with pytest.raises(IntegrityError), transaction.atomic():
        make_line(starred, point=point)


def test_goods_without_a_star_are_refused_with_the_reason(now: datetime) -> None:
    point = make_point()
    expired = RecognitionFactory(on=date(2022, 1, 10)).product
    for product, words in ((ProductFactory(), "chưa có sao"), (expired, "hết hạn")):
        with pytest.raises(Refused, match=words):
            stock(point, product, now)


def test_key_goods_of_the_province_are_offered_without_a_star(now: datetime) -> None:
    point, product = make_point(), ProductFactory()
    good = goods.list_key_good(
        actor=SYSTEM, product=product, basis="key", document="100/QĐ-UBND", starts_on=ON, at=now
    )
    stock(point, product, now)
    assert names(queries.standing_at(point, ON)) == {product}
    goods.end_key_good(actor=SYSTEM, good=good, reason="Danh mục mới không có", at=now)
    assert names(queries.standing_at(point, ON)) == set()
    with pytest.raises(Refused):
        goods.end_key_good(actor=SYSTEM, good=good, reason="Danh mục mới không có", at=now)


@pytest.mark.parametrize(
    ("field", "wrong"), [("basis", {"basis": "none"}), ("document", {"document": " "})]
)
def test_key_good_has_a_basis_and_a_document(
    now: datetime, field: str, wrong: dict[str, str]
) -> None:
    told = {"basis": "key", "document": "100/QĐ-UBND"} | wrong
    with pytest.raises(Refused) as refusal:
        goods.list_key_good(actor=SYSTEM, product=ProductFactory(), starts_on=ON, at=now, **told)
    assert list(refusal.value.fields) == [field]


def test_key_good_is_entered_once_for_each_basis(now: datetime) -> None:
    good = make_key_good(ProductFactory())
    with pytest.raises(Refused):
        goods.list_key_good(
            actor=SYSTEM, product=good.product, basis="key", document="2", starts_on=ON, at=now
        )


def test_goods_leave_the_list_on_the_day_after_the_last_of_their_star() -> None:
    row = RecognitionFactory(on=date(2023, 11, 23))  # valid to the end of 2026-11-23
    point = make_point()
    make_line(row.product, point=point)
    assert names(queries.standing_at(point, row.expires_on)) == {row.product}
    assert list(queries.selling(row.product, row.expires_on)) == [point]
    after = row.expires_on + timedelta(days=1)
    assert names(queries.standing_at(point, after)) == set()
    assert not queries.selling(row.product, after).exists()
    ((told, good),) = queries.left([point], after)
    assert (told, good.verdict) == (point, Verdict.EXPIRED)


def test_renewed_star_brings_goods_back_by_itself() -> None:
    old = RecognitionFactory(on=date(2023, 1, 10))
    point = make_point()
    make_line(old.product, point=point)
    assert queries.left([point], ON)
    RecognitionFactory(product=old.product, on=date(2026, 6, 1), kind="again")
    assert not queries.left([point], ON)


def test_goods_that_are_not_made_any_more_or_not_public_are_not_shown(starred: Product) -> None:
    point, hidden = make_point(), RecognitionFactory(on=date(2025, 1, 10)).product
    for product in (starred, hidden):
        make_line(product, point=point)
    Product.objects.filter(pk=hidden.pk).update(listed=False)
    Product.objects.filter(pk=starred.pk).update(state=ProductState.STOPPED)
    assert names(queries.standing_at(point, ON)) == set()
    assert {good.verdict for good in queries.goods_of(point, ON)} == {
        Verdict.STOPPED,
        Verdict.STAR,
    }


def test_shared_stock_is_offered_by_every_point_of_the_chain(
    now: datetime, starred: Product
) -> None:
    chain = make_chain()
    one, two, alone = make_point(chain=chain), make_point(chain=chain), make_point()
    stock(one, starred, now, shared=True)
    assert set(queries.selling(starred, ON)) == {one, two}
    assert queries.goods_of(two, ON)[0].shared
    with pytest.raises(Refused) as refusal:
        stock(alone, starred, now, shared=True)
    assert list(refusal.value.fields) == ["shared"]
    goods.unstock_product(actor=SYSTEM, point=two, product=starred, at=now)
    assert not queries.selling(starred, ON).exists()


def test_what_stands_there_twice_leaves_at_once(now: datetime, starred: Product) -> None:
    chain = make_chain()
    one, two = make_point(chain=chain), make_point(chain=chain)
    stock(one, starred, now)
    stock(two, starred, now, shared=True)
    goods.unstock_product(actor=SYSTEM, point=one, product=starred, at=now)
    assert not queries.selling(starred, ON).exists()


@pytest.mark.parametrize("way", ["shares no more", "left"])
def test_what_a_chain_shared_is_told_of_the_months_in_which_it_did(
    now: datetime, starred: Product, way: str
) -> None:
    chain = make_chain()
    point = make_point(chain=chain)
    make_line(starred, chain=chain, starts_on=date(2026, 9, 10))
    october = (date(2026, 10, 1), date(2026, 11, 1))
    if way == "left":
        keepers.join_chain(actor=SYSTEM, point=point, chain=None, at=now)
    else:
        keepers.change_chain(actor=SYSTEM, chain=chain, name=chain.name, shared_stock=False, at=now)
    point.refresh_from_db()
    assert not queries.selling(starred, ON).exists()
    assert list(queries.stocked_within(point, *october)) == [starred]
    assert not queries.stocked_within(point, date(2026, 8, 1), date(2026, 9, 1)).exists()
    assert not queries.stocked_within(point, date(2026, 12, 1), date(2027, 1, 1)).exists()


def test_chain_without_shared_stock_shares_nothing(now: datetime, starred: Product) -> None:
    chain = make_chain(shared_stock=False)
    one, two = make_point(chain=chain), make_point(chain=chain)
    make_line(starred, chain=chain)
    assert queries.goods_of(one, ON) == []
    stock(one, starred, now)
    assert queries.goods_of(two, ON) == []
    assert list(queries.selling(starred, ON)) == [one]


def test_what_was_taken_off_may_come_back(now: datetime, starred: Product) -> None:
    point = make_point()
    stock(point, starred, now)
    goods.unstock_product(actor=SYSTEM, point=point, product=starred, at=now)
    with pytest.raises(Refused):
        goods.unstock_product(actor=SYSTEM, point=point, product=starred, at=now)
    stock(point, starred, now)
    assert names(queries.standing_at(point, ON)) == {starred}


def test_closed_point_offers_nothing(now: datetime, starred: Product) -> None:
    point = make_point(closed_on=ON, state="closed")
    make_line(starred, point=point)
    assert not queries.selling(starred, ON).exists()
    with pytest.raises(Refused):
        stock(point, ProductFactory(), now)


def test_goods_are_told_by_the_keeper_of_the_point_only(now: datetime, starred: Product) -> None:
    own, other, user = make_point(), make_point(), person(now, None)
    make_keeper(own, user)
    actor = people.actor_for(user, on=ON)
    goods.stock_product(actor=actor, point=own, product=starred, at=now)
    with pytest.raises(NotAllowed):
        goods.stock_product(actor=actor, point=other, product=starred, at=now)


@pytest.mark.parametrize(
    ("on", "revoked"),
    [
        (date(2025, 6, 1), None),
        (date(2023, 11, 22), None),
        (date(2022, 1, 1), None),
        (date(2025, 6, 1), date(2026, 1, 1)),
    ],
)
@pytest.mark.parametrize("state", [ProductState.ACTIVE, ProductState.STOPPED])
@pytest.mark.parametrize("named", [False, True])
def test_rule_in_sql_is_the_pure_rule(
    on: date, revoked: date | None, state: ProductState, named: bool
) -> None:
    product = ProductFactory(state=state)
    RecognitionFactory(product=product, on=on, revoked_on=revoked)
    if named:
        make_key_good(product)
    rows = Product.objects.filter(pk=product.pk)
    ((_product, told),) = queries.judged(rows, ON)
    assert queries.may_stand(rows, ON).exists() == (told in ALLOWED)
    assert KeyGood.objects.exists() == named


def test_keeper_is_told_once_that_goods_must_leave(now: datetime) -> None:
    row = RecognitionFactory(on=date(2023, 11, 22))  # its last day was yesterday
    point, user = make_point(), person(now, None)
    make_keeper(point, user)
    make_line(row.product, point=point)
    news = Message.objects.filter(kind="network.point_left")
    reminding.remind(at=now - timedelta(days=1))
    assert not news.exists()
    reminding.remind(at=now)
    reminding.remind(at=now)
    told = news.get()
    assert told.user == user
    assert told.subject == f"Cất khỏi kệ: {row.product.name}"
    assert told.link == f"/cua-toi/diem-ban/{point.code}/"


def test_keeper_is_told_again_when_the_extension_of_a_star_ends(now: datetime) -> None:
    row = RecognitionFactory(on=date(2023, 11, 22))  # its last day was yesterday
    point, user = make_point(), person(now, None)
    make_keeper(point, user)
    make_line(row.product, point=point)
    news = Message.objects.filter(kind="network.point_left")
    reminding.remind(at=now)
    assert news.count() == 1
    row.extended_until = ON + timedelta(days=60)
    row.extension_reason = "Hồ sơ đang chờ hội đồng"
    row.save()
    reminding.remind(at=now + timedelta(days=30))
    assert news.count() == 1
    reminding.remind(at=now + timedelta(days=61))
    assert news.count() == 2
