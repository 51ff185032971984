"""What counts as evaluated, and as valid today: one row per product, whatever happened to it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from ocop.core import options
from ocop.core.actor import ANONYMOUS, SYSTEM
from ocop.core.models import Attachment
from ocop.programme import indicators
from ocop.programme.scope import Scope
from ocop.programme.terms import Term
from ocop.recognition.models import BatchState, Evidence, ImportBatch, Kind, Recognition
from tests.factories import CREATED, ProductFactory, RecognitionFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
TERM = Term(2021, 2025)
DAY = timedelta(days=1)


def _scope(as_of: date = TODAY, *, term: Term = TERM, demonstration: bool = False) -> Scope:
    return Scope(ANONYMOUS, "01", as_of, term, demonstration=demonstration)


def _count(key: str, scope: Scope) -> object:
    return indicators.get(key).figure(scope).value


def _batch(state: BatchState) -> ImportBatch:
    file = Attachment.objects.get_or_create(
        sha256="0" * 64, defaults={"size": 1, "media_type": "text/csv", "created_at": CREATED}
    )[0]
    return ImportBatch.objects.create(
        filename="so.csv", attachment=file, state=state, created_at=CREATED
    )


@pytest.fixture
def _demonstration() -> None:
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=CREATED)
    options.set_option(actor=SYSTEM, option=options.PROVINCE, value="01", at=CREATED)


BEGAN = date(2024, 12, 30)  # and so until the end of 2027-12-30
OVER = {"on": date(2023, 11, 22)}  # until the end of yesterday
YEAR_ONLY: dict[str, Any] = {
    "evidence": Evidence.B1,
    "decision": None,
    "evaluated_on": None,
    "valid_from": None,
    "expires_on": None,
}


@pytest.mark.parametrize(
    ("facts", "evaluated", "valid"),
    [
        pytest.param({}, 1, 1, id="in force"),
        pytest.param({"on": date(2023, 11, 23)}, 1, 1, id="valid to the end of its last day"),
        pytest.param(OVER, 1, 0, id="expired yesterday"),
        pytest.param(
            {**OVER, "extended_until": TODAY}, 1, 1, id="extended, on the last confirmed day"
        ),
        pytest.param({**OVER, "extended_until": TODAY - DAY}, 1, 0, id="extension over"),
        pytest.param({"revoked_on": TODAY}, 1, 0, id="revoked today"),
        pytest.param({"revoked_on": TODAY + DAY}, 1, 1, id="revoked tomorrow"),
        pytest.param({"annulled_on": TODAY}, 0, 0, id="annulled today: as if it had not been"),
        pytest.param({"annulled_on": TODAY + DAY}, 1, 1, id="annulled tomorrow"),
        pytest.param({"on": TODAY}, 1, 1, id="decided today"),
        pytest.param({"on": TODAY + DAY}, 0, 0, id="decided tomorrow"),
        pytest.param({"evidence": Evidence.B1}, 1, 1, id="told by an office"),
        pytest.param({"evidence": Evidence.B2}, 0, 0, id="proposed, not decided"),
        pytest.param({"evidence": Evidence.C}, 0, 0, id="told by a shop"),
        pytest.param({"evidence": Evidence.M}, 0, 0, id="invented"),
        pytest.param({"province": "79"}, 0, 0, id="of another province"),
        pytest.param({**YEAR_ONLY, "year": 2025}, 1, 0, id="of a year that is over"),
        pytest.param({**YEAR_ONLY, "year": 2026}, 0, 0, id="of a year that is not over"),
        pytest.param(YEAR_ONLY, 0, 0, id="of no known year"),
    ],
)
def test_one_recognition_counts_as_its_state_says(
    facts: dict[str, Any], evaluated: int, valid: int
) -> None:
    RecognitionFactory(**facts)
    assert _count("evaluated", _scope()) == evaluated
    assert _count("valid", _scope()) == valid


@pytest.mark.parametrize("state", list(BatchState))
def test_imported_row_counts_from_its_publication_on(state: BatchState) -> None:
    RecognitionFactory(batch=_batch(state))
    RecognitionFactory(**YEAR_ONLY, batch=_batch(state))
    published = int(state is BatchState.PUBLISHED)
    for key in ("evaluated", "valid", "undated"):
        assert _count(key, _scope()) == published


@pytest.mark.usefixtures("_demonstration")
def test_invented_row_counts_in_a_demonstration_only() -> None:
    RecognitionFactory(evidence=Evidence.M)
    assert _count("evaluated", _scope(demonstration=True)) == 1
    assert _count("valid", _scope(demonstration=True)) == 1
    assert _count("evaluated", _scope()) == 0


@pytest.mark.usefixtures("_demonstration")
def test_real_rows_are_never_summed_with_invented_ones() -> None:
    RecognitionFactory(evidence=Evidence.M)
    RecognitionFactory(evidence=Evidence.A)
    RecognitionFactory(evidence=Evidence.A, province="68")
    assert _count("evaluated", _scope(demonstration=True)) == 1
    elsewhere = replace(_scope(demonstration=True), province="68")
    assert _count("evaluated", elsewhere) == 1


def test_row_of_a_known_year_counts_on_the_last_day_of_that_year() -> None:
    RecognitionFactory(**YEAR_ONLY, year=2023)
    assert _count("evaluated", _scope(date(2023, 12, 30))) == 0
    assert _count("evaluated", _scope(date(2023, 12, 31))) == 1


def test_undated_row_is_in_no_count_but_its_own_and_leaves_it_with_a_date() -> None:
    product = RecognitionFactory(**YEAR_ONLY).product
    others = set(indicators.INDICATORS) - {"undated"}
    assert _count("undated", _scope()) == 1
    assert not any(_count(key, _scope()) for key in others)
    RecognitionFactory(product=product)
    assert _count("undated", _scope()) == 0
    assert _count("evaluated", _scope()) == 1


def test_first_again_and_raised_are_three_numbers_never_summed() -> None:
    product = ProductFactory()
    RecognitionFactory(product=product, on=date(2019, 12, 30), stars=3)
    RecognitionFactory(product=product, on=date(2022, 11, 1), stars=3, kind=Kind.REEVALUATION)
    RecognitionFactory(product=product, on=date(2023, 6, 1), stars=4, kind=Kind.UPGRADE)
    RecognitionFactory(product=product, on=date(2025, 6, 1), stars=4, kind=Kind.REEVALUATION)
    scope = _scope(date(2025, 12, 31))
    told = {
        key: _count(key, scope)
        for key in ("evaluated", "evaluated_in_term", "reevaluated", "upgraded", "valid")
    }
    assert told == {
        "evaluated": 1,
        "evaluated_in_term": 0,
        "reevaluated": 1,
        "upgraded": 1,
        "valid": 1,
    }
    assert [s.key for s in indicators.get("evaluated").slices(scope, "year")] == ["2019"]
    assert [s.key for s in indicators.get("evaluated").slices(scope, "rank")] == ["3"]
    assert [s.key for s in indicators.get("valid").slices(scope, "rank")] == ["4"]
    assert _count("evaluated_in_term", _scope(date(2025, 12, 31), term=Term(2016, 2020))) == 1


def test_second_result_is_the_first_once_the_first_is_annulled() -> None:
    product = ProductFactory()
    RecognitionFactory(product=product, on=date(2020, 5, 5), annulled_on=date(2022, 1, 1))
    RecognitionFactory(product=product, on=date(2023, 5, 5))
    years = indicators.get("evaluated").slices(_scope(), "year")
    assert [(line.key, line.count) for line in years] == [("2023", 1)]


def test_older_star_does_not_come_back_when_the_higher_one_is_revoked() -> None:
    product = ProductFactory()
    RecognitionFactory(product=product, on=date(2024, 6, 1), stars=3)
    RecognitionFactory(
        product=product,
        on=date(2025, 6, 1),
        stars=4,
        kind=Kind.UPGRADE,
        revoked_on=date(2026, 1, 1),
    )
    assert _count("valid", _scope(date(2025, 12, 31))) == 1
    assert _count("valid", _scope(date(2026, 1, 1))) == 0
    assert _count("evaluated", _scope(date(2026, 1, 1))) == 1


def test_of_two_results_of_one_day_the_one_written_last_rules() -> None:
    product = ProductFactory()
    RecognitionFactory(product=product, stars=3, revoked_on=TODAY)
    RecognitionFactory(product=product, stars=4, kind=Kind.UPGRADE)
    assert [line.key for line in indicators.get("valid").slices(_scope(), "rank")] == ["4"]


def test_star_ends_in_the_term_and_is_renewed_or_not() -> None:
    renewed = RecognitionFactory(on=date(2021, 3, 1)).product
    RecognitionFactory(product=renewed, on=date(2024, 4, 1), kind=Kind.REEVALUATION)
    RecognitionFactory(on=date(2021, 3, 1))
    RecognitionFactory(on=date(2021, 3, 1), revoked_on=date(2022, 1, 1))  # ended before its time
    last_day, after = _scope(date(2024, 3, 1)), _scope(date(2024, 4, 1))
    assert _count("ended", last_day) == 0
    share = indicators.get("renewed_share").figure(after)
    assert (_count("ended", after), share.part, share.whole) == (2, 1, 2)


def test_ended_stars_are_renewed_in_time_late_or_not_and_nothing_else() -> None:
    """By the last day of the 36 months, or of an extension that was confirmed, is in time."""
    ends = date(2024, 3, 1)

    def followed(day: date | None, **more: object) -> None:
        product = RecognitionFactory(on=date(2021, 3, 1), **more).product
        if day is not None:
            RecognitionFactory(product=product, on=day, kind=Kind.REEVALUATION)

    followed(date(2024, 2, 1))
    followed(ends)
    followed(ends + timedelta(days=1))
    followed(date(2024, 8, 1), extended_until=date(2024, 8, 1))
    followed(date(2024, 8, 2), extended_until=date(2024, 8, 1))
    followed(date(2025, 8, 2))  # has not come by the day of the report
    followed(None)
    scope = _scope(date(2024, 12, 31))
    share = indicators.get("renewed_in_time_share").figure(scope)
    assert (share.part, share.whole) == (3, 7)
    assert (_count("renewed_late", scope), _count("not_renewed", scope)) == (2, 2)
    both = indicators.get("renewed_share").figure(scope)
    assert both.part == 5
    assert indicators.get("renewed_in_time_share").rows(scope).count() == 3


@dataclass(frozen=True)
class Fact:
    """A row of the register as people would write it on a card."""

    product: int
    kind: Kind
    evidence: Evidence
    published: bool
    began: date | None
    year: int | None
    revoked: date | None
    annulled: date | None
    extended: date | None

    @property
    def ends(self) -> date | None:
        return self.began and self.began.replace(year=self.began.year + 3, day=1)

    def stands(self, day: date) -> bool:
        decided = self.evidence in (Evidence.A, Evidence.B1)
        return decided and self.published and not (self.annulled and self.annulled <= day)

    def counted_year(self, day: date) -> int | None:
        """The year it counts in, once it has happened."""
        if self.began:
            return self.began.year if self.began <= day else None
        return self.year if self.year and date(self.year, 12, 31) <= day else None

    def holds(self, day: date) -> bool:
        if self.began is None or self.ends is None or (self.revoked and self.revoked <= day):
            return False
        kept = self.extended and self.extended >= day and self.ends >= day - timedelta(days=180)
        return self.began <= day and (self.ends >= day or bool(kept))


#: Few days, so that many cards meet on one; and the edges of years and of the term.
_DAYS = st.sampled_from(
    [
        *(date(2019, 6, 1), date(2020, 12, 31), date(2021, 1, 1), date(2022, 6, 1)),
        *(date(2023, 12, 30), date(2024, 2, 29), date(2024, 6, 1), date(2025, 6, 1)),
        *(date(2025, 12, 31), date(2026, 1, 1), date(2026, 12, 31)),
    ]
) | st.dates(date(2019, 1, 1), date(2027, 12, 28))
_FACTS = st.builds(
    Fact,
    product=st.integers(0, 3),
    kind=st.sampled_from(Kind),
    evidence=st.sampled_from([Evidence.A, Evidence.A, Evidence.B1, *Evidence]),
    published=st.sampled_from([True, True, True, False]),
    began=st.none() | _DAYS | _DAYS,
    year=st.none() | st.integers(2019, 2026),
    revoked=st.none() | _DAYS,
    annulled=st.none() | st.none() | _DAYS,
    extended=st.none() | _DAYS,
)


def _write(facts: Iterable[Fact]) -> list[int]:
    """Bring the cards into the register; gives the products' keys."""
    batch = _batch(BatchState.LOADED)
    products = [ProductFactory() for _ in range(4)]
    Recognition.objects.bulk_create(
        Recognition(
            product=products[fact.product],
            kind=fact.kind,
            stars=3,
            evidence=fact.evidence,
            batch=None if fact.published else batch,
            evaluated_on=fact.began,
            year=fact.year,
            valid_from=fact.began,
            expires_on=fact.ends,
            revoked_on=fact.revoked,
            annulled_on=fact.annulled,
            extended_until=fact.extended,
            province="01",
            row_key=str(place),
            created_at=CREATED,
        )
        for place, fact in enumerate(facts)
    )
    return [product.pk for product in products]


def _reference(facts: list[Fact], day: date) -> dict[str, set[int]]:
    """The same counts by going through the cards one product after the other."""
    found: dict[str, set[int]] = {
        key: set()
        for key in (
            "evaluated",
            "evaluated_in_term",
            "reevaluated",
            "upgraded",
            "undated",
            "valid",
        )
    }
    for product in {fact.product for fact in facts}:
        cards = [f for f in facts if f.product == product and f.stands(day)]
        happened = [(f, f.counted_year(day)) for f in cards]
        years = [year for _fact, year in happened if year]
        if years:
            found["evaluated"].add(product)
            if TERM.first <= min(years) <= TERM.last:
                found["evaluated_in_term"].add(product)
        elif any(f.began is None and f.year is None for f in cards):
            found["undated"].add(product)
        for key, kind in (("reevaluated", Kind.REEVALUATION), ("upgraded", Kind.UPGRADE)):
            if any(f.kind is kind and y and TERM.first <= y <= TERM.last for f, y in happened):
                found[key].add(product)
        begun: list[tuple[date, Fact]] = []
        for fact in cards:
            first = fact.began or (date(fact.year, 1, 1) if fact.year else date.min)
            if first <= day:
                begun.append((first, fact))
        if begun:
            latest = max(first for first, _fact in begun)
            ruling = [fact for first, fact in begun if first == latest][-1]
            if ruling.holds(day):
                found["valid"].add(product)
    return found


@pytest.mark.whole
@given(facts=st.lists(_FACTS, max_size=9), day=_DAYS)
@settings(max_examples=60)
def test_counts_agree_with_going_through_the_register_card_by_card(
    facts: list[Fact], day: date
) -> None:
    with transaction.atomic():
        keys = _write(facts)
        for key, products in _reference(facts, day).items():
            rows = list(indicators.get(key).rows(_scope(day)).values_list("product_id", flat=True))
            assert sorted(rows) == sorted(keys[p] for p in products), key
        transaction.set_rollback(True)
