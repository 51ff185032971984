"""The warning for a new product: examples a reader would call alike, and those he would not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocop.products.likeness import (
    THRESHOLD,
    Entry,
    Index,
    Reason,
    likeness,
    reason_words,
    reasons,
    words_of,
)


def entry(name: str, key: object = None, **known: object) -> Entry:
    return Entry(key if key is not None else name, name, **known)


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("Mắm tép Hưng Thịnh", "mắm  tép hưng thịnh", Reason.SAME_NAME),
        ("Mắm tép Hưng Thịnh", "Mam tep Hung Thinh", Reason.MARKS_DIFFER),
        ("Chè xanh Ba Vì", "Ba Vì chè xanh", Reason.ORDER_DIFFERS),
        ("Gạo nếp cái hoa vàng (mẫu)", "Gạo nếp cái hoa vàng", Reason.SAME_NAME),
        ("Sản phẩm OCOP: Miến dong Minh Hồng", "Miến dong Minh Hồng", Reason.SAME_NAME),
        ("Miến dong (mẫu)", "Mien dong", Reason.MARKS_DIFFER),
        ("Cà phê bột", "Cà phê bột Robusta", Reason.ONE_WORD_MORE),
        ("Giò lụa", "Giò lụa truyền", Reason.ONE_WORD_MORE),
        ("Trà sen Quảng An", "Trà sen Quảng Am", Reason.FEW_LETTERS_DIFFER),
    ],
)
def test_names_a_reader_calls_alike(one: str, other: str, reason: Reason) -> None:
    assert likeness(entry(one), entry(other)) >= THRESHOLD
    assert reasons(entry(one), entry(other))[0] == reason


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Gạo", "Gạo ST25"),  # one word more than one word says little
        ("Mật ong hoa nhãn", "Rượu gạo men lá"),
        ("Chả mực", "Mắm tép"),
        ("Bánh chưng", "Bánh đa nem"),
        ("", "Gạo"),
        ("!!", "!!"),
    ],
)
def test_names_a_reader_tells_apart(one: str, other: str) -> None:
    assert likeness(entry(one), entry(other)) < THRESHOLD


def test_noise_alone_is_still_a_name() -> None:
    assert words_of("Sản phẩm OCOP") == ["ocop", "pham", "san"]


def test_top_three_best_first_with_their_reasons() -> None:
    index = Index(
        [
            entry("Mật ong rừng", 1),
            entry("Trà sen Tây Hồ", 2, producer=5, commune=8),
            entry("Trà sen Tây Hồ", 3, producer=9, commune=8),
            entry("Trà sen Tây Hồ đặc", 4),
            entry("Tây Hồ trà sen", 5, producer=7),
            entry("Trà sen Tây Hồ", 6, producer=7),
        ]
    )
    found = index.alike(entry("Trà sen Tây Hồ", 6, producer=5, commune=8))
    assert [like.entry.key for like in found] == [2, 3, 5]  # never itself
    assert found[0].reasons == (Reason.SAME_NAME, Reason.SAME_PRODUCER, Reason.SAME_COMMUNE)
    assert found[1].reasons == (Reason.SAME_NAME, Reason.SAME_COMMUNE)
    assert [like.score for like in found] == [100, 100, 100]
    more = index.alike(entry("Trà sen Tây Hồ", 6), limit=9)
    assert [like.entry.key for like in more] == [2, 3, 5, 4]
    assert more[-1].score >= 90


def test_unknown_producer_is_not_the_same_producer() -> None:
    assert reasons(entry("A b"), entry("A b")) == (Reason.SAME_NAME,)


def test_empty_register_and_empty_name_have_nothing_alike() -> None:
    assert Index([]).alike(entry("Gạo")) == []
    assert len(Index([])) == 0
    assert Index([entry("Gạo")]).alike(entry("")) == []


words = st.sampled_from(["gạo", "nếp", "chè", "sen", "trà", "mật", "ong", "Ba Vì", "ST25", "ocop"])
names = st.lists(words, max_size=5).map(" ".join) | st.text("aăâđe 1-", max_size=8)


@given(names, names)
def test_likeness_is_the_same_both_ways(one: str, other: str) -> None:
    assert likeness(entry(one), entry(other)) == likeness(entry(other), entry(one))
    assert 0 <= likeness(entry(one), entry(other)) <= 100


@given(st.lists(names, max_size=12), names, st.sampled_from([0.1, 60.0, THRESHOLD]))
def test_index_finds_what_comparing_one_by_one_finds(
    register: list[str], name: str, threshold: float
) -> None:
    entries = [entry(each, number) for number, each in enumerate(register)]
    asked = entry(name, "new")
    one_by_one = {e.key: s for e in entries if (s := likeness(asked, e)) >= threshold}
    found = Index(entries).alike(asked, limit=100, threshold=threshold)
    assert {like.entry.key: like.score for like in found} == pytest.approx(one_by_one, abs=1e-4)
    assert sorted((like.score for like in found), reverse=True) == [like.score for like in found]


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_words(reason: Reason) -> None:
    assert reason_words(reason)
