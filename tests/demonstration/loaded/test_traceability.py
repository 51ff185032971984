"""What the demonstration sells: with a star and, more of them, without; lots of every age."""

from datetime import date

import pytest
from django.utils import timezone

from ocop.demonstration.logins import email_of
from ocop.demonstration.traceability.packs import FARMED
from ocop.people.roles import Role
from ocop.products import gtin
from ocop.products.models import Product
from ocop.recognition import queries as register
from ocop.traceability import queries
from ocop.traceability.freshness import Freshness
from ocop.traceability.models import ForeignCode, Lot, Site, TradeItem
from ocop.traceability.models.items import Scheme
from tests.demonstration.conftest import LOADED_AT
from tests.demonstration.loaded import LOADED

pytestmark = LOADED


def today() -> date:
    return timezone.localdate(LOADED_AT)


def test_more_than_five_thousand_farm_products_could_carry_a_stamp() -> None:
    """The figure of the office: each has a sales unit that lacks nothing, and a lot."""
    farmed = TradeItem.objects.filter(product__set_number__in=FARMED, lots__isnull=False)
    whole = farmed.exclude(pk__in=queries.incomplete(TradeItem.objects.all()).values("pk"))
    assert whole.values("product").distinct().count() > 5000


def test_most_of_them_have_no_star() -> None:
    farmed = TradeItem.objects.filter(product__set_number__in=FARMED)
    starless = farmed.filter(product__in_ocop=False).values("product").distinct().count()
    ranked = farmed.filter(product__in_ocop=True).values("product").distinct().count()
    assert starless > ranked > 1500
    held = register.standing(Product.objects.filter(in_ocop=False), today())
    assert not held.exclude(stars=None).exists()


def test_some_lots_are_fresh_some_are_past_their_last_day() -> None:
    every = Lot.objects.all()
    for state in (Freshness.FRESH, Freshness.EXPIRED, Freshness.UNDATED):
        assert queries.lots_in(every, state, today()).count() > 100
    assert not every.filter(produced_on__gt=today()).exists()


def test_numbers_are_those_of_demonstrations_and_right() -> None:
    for number in TradeItem.objects.exclude(gtin="").values_list("gtin", flat=True):
        assert gtin.is_valid(number)
        assert gtin.is_demonstration(number)
    for place in Site.objects.exclude(gln="").values_list("gln", flat=True):
        assert place.startswith(gtin.DEMONSTRATION)
        assert gtin.check_digit(place[:-1]) == int(place[-1])


def test_every_other_system_gave_some_codes_and_all_are_invented() -> None:
    for scheme in (Scheme.NATIONAL, Scheme.VERIGOODS, Scheme.CHECKVN, Scheme.HN_CHECK):
        assert ForeignCode.objects.filter(scheme=scheme).count() > 50
    assert not ForeignCode.objects.exclude(value__startswith="MAU-").exists()


def test_lots_are_made_at_places_of_their_producer() -> None:
    for maker, place in Lot.objects.values_list("item__product__producer", "site__producer"):
        assert maker == place


@pytest.mark.parametrize("count", ["items", "lots", "sites"])
def test_producer_who_signs_in_has_something_to_look_at(count: str) -> None:
    own = {"memberships__user__email": email_of(Role.PRODUCER)}
    rows = {
        "items": TradeItem.objects.filter(
            **{f"product__producer__{key}": value for key, value in own.items()}
        ),
        "lots": Lot.objects.filter(
            **{f"item__product__producer__{key}": value for key, value in own.items()}
        ),
        "sites": Site.objects.filter(**{f"producer__{key}": value for key, value in own.items()}),
    }
    assert rows[count].exists()
