"""The state in SQL is the state of the pure rule, for every row and every day."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.products.models import Product
from ocop.recognition.life import facts_of
from ocop.recognition.models import Recognition, Revocation
from ocop.recognition.ranks import rank_of
from ocop.recognition.standing import standing
from ocop.recognition.states import EXTENSION_COVERS_LATER, holding, with_state
from ocop.recognition.validity import holds_star, state_on
from tests.factories import DecisionFactory, ProductFactory, RecognitionFactory

pytestmark = pytest.mark.django_db

ON = date(2026, 11, 23)
#: Days around which the rules turn: ON itself, the window before it, the extension after it.
NEAR = st.integers(-190, 190).map(lambda n: ON + timedelta(days=n))
EDGES = st.sampled_from([-181, -180, -179, -1, 0, 1, 119, 120, 121, 179, 180, 181]).map(
    lambda n: ON + timedelta(days=n)
)
TURNING = st.sampled_from([date(2026, 5, n) for n in (21, 22, 23)] + [date(2029, 5, 22)])
DAYS = st.one_of(NEAR, EDGES, TURNING, st.dates(date(2019, 1, 1), date(2032, 1, 1)))
MAYBE = st.none() | DAYS


def _in_window(last: date) -> st.SearchStrategy[date]:
    """A day on which a re-evaluation may be filed: only such are noted on a star."""
    return st.integers(120, 180).map(lambda n: last - timedelta(days=n))


@st.composite
def _revoked(draw: st.DrawFn) -> dict[str, Any]:
    """Seldom revoked; of those some were given back, on that day or later. Some were revoked
    before, and given back until then."""
    day = draw(st.none() | st.none() | DAYS)
    back = draw(st.none() | st.integers(0, 200)) if day else None
    apart = draw(st.none() | st.tuples(st.integers(0, 90), st.integers(0, 90))) if day else None
    end = day - timedelta(apart[0]) if apart else None
    return {
        "revoked_on": day,
        "restored_on": day + timedelta(back) if back is not None else None,
        "earlier": (end - timedelta(apart[1]), end) if end and apart else None,
    }


@st.composite
def rows(draw: st.DrawFn) -> dict[str, Any]:
    first, last = draw(MAYBE), draw(MAYBE)
    if first and last and last < first:
        first, last = last, first
    stars = draw(st.sampled_from([3, 4, 5]))
    return {
        "signed_on": draw(MAYBE),
        "valid_from": first,
        "expires_on": last,
        "filed_on": draw(st.none() | _in_window(last)) if last else None,
        "extended_until": draw(MAYBE),
        **draw(_revoked()),
        "annulled_on": draw(st.none() | st.none() | DAYS),
        "stars": stars,
        "potential_five": stars == 4 and draw(st.booleans()),
    }


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(given_rows=st.lists(rows(), min_size=5, max_size=12), on=st.just(ON) | DAYS, later=...)
def test_state_in_sql_is_the_pure_state_for_any_facts(
    given_rows: list[dict[str, Any]], on: date, later: bool, now: Any
) -> None:
    options.set_option(actor=SYSTEM, option=EXTENSION_COVERS_LATER, value=later, at=now)
    product = ProductFactory()
    keys = []
    for number, facts in enumerate(given_rows):
        signed_on, earlier = facts.pop("signed_on"), facts.pop("earlier")
        decision = DecisionFactory(signed_on=signed_on) if signed_on else None
        row = RecognitionFactory(
            product=product, decision=decision, row_key=f"{product.pk}-{number}", **facts
        )
        if earlier:
            Revocation.objects.create(
                recognition=row, revoked_on=earlier[0], restored_on=earlier[1]
            )
        keys.append(row.pk)
    found = with_state(Recognition.objects.filter(pk__in=keys), on)
    for row in found.select_related("decision"):
        pure = state_on(facts_of(row), on, later_too=later)
        assert row.state == pure
        assert row.rank == rank_of(row.stars, potential_five=row.potential_five)
    held = {r.pk for r in found.select_related("decision") if holds_star(r.state)}
    assert set(found.filter(holding()).values_list("pk", flat=True)) == held


def test_state_is_null_for_a_product_without_recognition() -> None:
    ProductFactory()
    row = standing(Product.objects.all(), ON).get()
    assert (row.standing_id, row.star_state, row.rank, row.stars) == (None, None, None, None)
