"""What a policy gives: examples of the documents, and what holds for all numbers."""

from hypothesis import given
from hypothesis import strategies as st

from ocop.support.reckoning import Asked, Bar, Before, Gift, Rule, Terms, due, reckon, sum_up

STARS = {3: 10_000_000, 4: 20_000_000, 5: 30_000_000}
BONUS = Terms(stars=STARS, difference=True)


def test_a_sales_point_gets_at_most_half_of_the_approved_cost() -> None:
    found = reckon(Terms(share=50), Asked(cost=120_000_001), Before())
    assert found.most == 60_000_000
    assert [step.rule for step in found.steps] == [Rule.COST, Rule.SHARE]


def test_other_public_money_for_the_same_cost_is_part_of_the_share() -> None:
    found = reckon(Terms(share=50), Asked(cost=100, others=30), Before())
    assert found.most == 20
    assert reckon(Terms(share=50), Asked(cost=100, others=50), Before()).bar is Bar.COVERED


def test_a_trademark_gets_at_most_35_million_whoever_paid_a_part() -> None:
    terms = Terms(ceiling=35_000_000)
    assert reckon(terms, Asked(cost=50_000_000), Before()).most == 35_000_000
    assert reckon(terms, Asked(cost=50_000_000), Before(amount=30_000_000)).most == 5_000_000
    used = reckon(terms, Asked(cost=50_000_000), Before(amount=36_000_000))
    assert (used.most, used.bar) == (0, Bar.CEILING_USED)


def test_half_the_rent_of_two_booths_at_most() -> None:
    terms = Terms(share=50, most_quantity=2)
    assert reckon(terms, Asked(cost=8_000_000, quantity=2), Before()).most == 4_000_000
    one_before = Before(quantity=1)
    assert reckon(terms, Asked(cost=8, quantity=2), one_before).bar is Bar.QUANTITY_USED
    assert reckon(terms, Asked(cost=8, quantity=1), one_before).most == 4


def test_two_times_and_no_third() -> None:
    terms = Terms(share=50, most_count=2)
    assert reckon(terms, Asked(cost=10), Before(count=1)).most == 5
    assert reckon(terms, Asked(cost=10), Before(count=2)).bar is Bar.COUNT_USED


def test_the_first_time_only_is_not_given_after_a_gift_of_another_period() -> None:
    terms = Terms(share=100, first_only=True)
    before = sum_up([Gift(5, in_period=False)])
    assert before == Before(ever=True)
    assert reckon(terms, Asked(cost=10), before).bar is Bar.NOT_FIRST


def test_an_upgrade_gets_the_difference_only() -> None:
    assert reckon(BONUS, Asked(star=3), Before()).most == 10_000_000
    after_three = sum_up([Gift(10_000_000, star=3)])
    assert reckon(BONUS, Asked(star=4), after_three).most == 10_000_000
    after_two = sum_up([Gift(10_000_000, star=3), Gift(10_000_000, star=4)])
    assert reckon(BONUS, Asked(star=5), after_two).most == 10_000_000
    another_year = sum_up([Gift(10_000_000, star=3, in_period=False)])
    assert reckon(BONUS, Asked(star=4), another_year).most == 10_000_000


def test_a_star_is_rewarded_once_and_a_lower_one_never_after_it() -> None:
    after_four = sum_up([Gift(20_000_000, star=4)])
    assert reckon(BONUS, Asked(star=4), after_four).bar is Bar.STAR_REWARDED
    assert reckon(BONUS, Asked(star=3), after_four).bar is Bar.STAR_REWARDED


def test_an_upgrade_for_which_more_was_given_before_gets_nothing() -> None:
    generous = sum_up([Gift(25_000_000, star=3)])  # under an older policy
    assert reckon(BONUS, Asked(star=4), generous).bar is Bar.STAR_REWARDED


def test_without_a_star_or_for_a_star_without_a_sum_nothing_is_given() -> None:
    assert reckon(BONUS, Asked(), Before()).bar is Bar.NO_STAR
    assert reckon(Terms(stars={5: 1}), Asked(star=3), Before()).bar is Bar.STAR_WITHOUT_BONUS


def test_what_cost_less_is_paid_less_and_what_cost_more_no_more() -> None:
    terms = Terms(share=50)
    assert due(10_000_000, terms, 18_000_000, 0) == 9_000_000
    assert due(10_000_000, terms, 25_000_000, 0) == 10_000_000
    assert due(10_000_000, terms, 18_000_000, 4_000_000) == 5_000_000
    assert due(10_000_000, BONUS, 0, 0) == 10_000_000


money = st.integers(0, 10**12)


@given(st.integers(1, 100), money, money, money, money)
def test_share_and_ceiling_are_never_exceeded_by_all_levels_together(
    share: int, cost: int, others: int, ceiling: int, given_before: int
) -> None:
    others = min(others, cost)
    terms = Terms(share=share, ceiling=ceiling)
    found = reckon(terms, Asked(cost, others), Before(amount=given_before))
    assert found.most >= 0
    if found.most:
        assert (found.most + others) * 100 <= cost * share
        assert found.most + given_before <= ceiling
    else:
        assert found.bar is not None


@given(st.permutations([3, 4, 5]), st.dictionaries(st.sampled_from([3, 4, 5]), money))
def test_a_way_up_the_stars_never_pays_more_than_the_highest_sum(
    order: list[int], sums: dict[int, int]
) -> None:
    terms = Terms(stars={star: amount + 1 for star, amount in sums.items()}, difference=True)
    gifts: list[Gift] = []
    for star in order:
        found = reckon(terms, Asked(star=star), sum_up(gifts))
        if found.most:
            gifts.append(Gift(found.most, star=star))
    assert sum(gift.amount for gift in gifts) <= max(terms.stars.values(), default=0)


@given(st.integers(1, 100), money, money)
def test_acceptance_never_raises_what_was_approved(share: int, approved: int, cost: int) -> None:
    assert 0 <= due(approved, Terms(share=share), cost, 0) <= approved
