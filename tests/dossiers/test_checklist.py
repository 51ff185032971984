"""Form 03 and the checklist."""

import pytest

from ocop.criteria.sets import load_all, load_set
from ocop.dossiers import checklist

DONE = {key: {"holds": False, "text": "Chưa đúng."} for key in checklist.KEYS}
ALL = dict.fromkeys(checklist.ITEMS, True)


def test_form_03_speaks_on_the_four_topics_of_the_law() -> None:
    assert checklist.KEYS == ("material", "labour", "idea", "identity")


@pytest.mark.parametrize("number", range(1, 27))
def test_every_criterion_the_commune_reports_on_stands_under_one_topic(number: int) -> None:
    criteria_set = load_set(number)
    found = [c for topic in checklist.TOPICS for c in checklist.criteria_of(criteria_set, topic)]
    assert sorted(c.code for c in found) == sorted(
        c.code for c in criteria_set.criteria if c.commune_reports
    )


def test_no_set_reports_twice_under_one_topic() -> None:
    assert all(
        len(checklist.criteria_of(criteria_set, topic)) <= 1
        for criteria_set in load_all()
        for topic in checklist.TOPICS
    )


def test_a_report_with_every_answer_and_item_has_no_gaps() -> None:
    assert checklist.gaps("I", DONE, ALL) == []


def test_a_topic_without_answer_or_word_is_a_gap() -> None:
    topics = {
        **DONE,
        "idea": {"holds": None, "text": "Có."},
        "labour": {"holds": True, "text": "  "},
    }
    assert [gap.field for gap in checklist.gaps("I", topics, ALL)] == ["labour", "idea"]


def test_an_item_not_confirmed_is_a_gap_but_tourism_brings_no_samples() -> None:
    items = {**ALL, "samples": False}
    assert [gap.field for gap in checklist.gaps("I", DONE, items)] == ["samples"]
    assert checklist.gaps(checklist.TOURISM, DONE, items) == []
    assert "samples" not in checklist.items_for(checklist.TOURISM)
