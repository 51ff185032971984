"""Marks written with and without a network come together in whatever order, none lost."""

from hypothesis import given
from hypothesis import strategies as st

from ocop.councils.merging import Change, Content, Entry, brought, content_of, entries_of, merge

POINTS = st.one_of(st.none(), st.integers(0, 9))
KEYS = st.sampled_from(("1.1", "1.2", "2.1", "gate:ip", "opinion", "wants_meeting"))


@st.composite
def entries(draw: st.DrawFn) -> dict[str, Entry]:
    found = {}
    for key in draw(st.sets(KEYS)):
        value: object
        if key.startswith("gate:"):
            value = draw(st.one_of(st.none(), st.booleans()))
        elif key == "opinion":
            value = draw(st.sampled_from(("", "Đồng ý", "Không")))
        elif key == "wants_meeting":
            value = draw(st.booleans())
        else:
            value = [draw(POINTS), draw(st.sampled_from(("", "Tốt")))]
        found[key] = Entry(draw(st.integers(0, 5)), value)
    return found


@given(entries(), entries())
def test_merge_is_commutative(one: dict[str, Entry], other: dict[str, Entry]) -> None:
    assert merge(one, other) == merge(other, one)


@given(entries(), entries(), entries())
def test_merge_is_associative(
    one: dict[str, Entry], two: dict[str, Entry], three: dict[str, Entry]
) -> None:
    assert merge(merge(one, two), three) == merge(one, merge(two, three))


@given(entries(), entries())
def test_merge_again_changes_nothing(one: dict[str, Entry], other: dict[str, Entry]) -> None:
    merged = merge(one, other)
    assert merge(merged, other) == merged


@given(st.lists(entries(), max_size=5))
def test_merge_keeps_of_every_thing_the_newest(sendings: list[dict[str, Entry]]) -> None:
    """Against the slow way: all that was ever said of a thing, the newest of it."""
    merged: dict[str, Entry] = {}
    for sent in sendings:
        merged = merge(merged, sent)
    assert merged.keys() == {key for sent in sendings for key in sent}
    for key, entry in merged.items():
        said = [sent[key] for sent in sendings if key in sent]
        assert entry in said
        assert entry.stamp == max(each.stamp for each in said)


@given(entries())
def test_sheet_holds_what_it_was_given(one: dict[str, Entry]) -> None:
    assert entries_of(content_of(one)) == one


def test_mark_taken_back_is_gone_and_its_stamp_stays() -> None:
    first = brought({"1.1": Change(3, "Tốt", 10)}, {}, {}, stamp=0, latest=99)
    back = brought({"1.1": Change(None, "", 20)}, {}, {}, stamp=0, latest=99)
    content = content_of(merge(back, first))
    assert content.marks == {}
    assert content.comments == {}
    assert content.stamps == {"1.1": 20}


def test_clock_that_runs_ahead_is_set_back() -> None:
    ahead = brought({"1.1": Change(3, "", 10**15)}, {"ip": True}, {}, stamp=10**15, latest=50)
    assert {key: entry.stamp for key, entry in ahead.items()} == {"1.1": 50, "gate:ip": 50}
    later = brought({"1.1": Change(2, "", 60)}, {}, {"opinion": None}, stamp=60, latest=60)
    assert content_of(merge(ahead, later)).marks == {"1.1": 2}


def test_what_has_no_stamp_is_older_than_everything() -> None:
    kept = entries_of(Content({"1.1": 2}, {"1.2": "Xem lại"}, {"ip": False}, {}, "Đồng ý"))
    assert {entry.stamp for entry in kept.values()} == {0}
    sent = brought({"1.1": Change(3, "", 1)}, {"ip": True}, {"opinion": "Không"}, stamp=1, latest=9)
    content = content_of(merge(kept, sent))
    assert (content.marks, content.comments) == ({"1.1": 3}, {"1.2": "Xem lại"})
    assert (content.gates, content.opinion) == ({"ip": True}, "Không")


def test_mark_beats_none_of_the_same_moment() -> None:
    mark, none = {"1.1": Entry(5, [3, ""])}, {"1.1": Entry(5, [None, "Xem lại"])}
    assert merge(mark, none) == merge(none, mark) == mark
