"""Forms 01 and 02 as data, completeness, snapshots, differences."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocop.core.refusals import Refused
from ocop.criteria.sets import load_set
from ocop.dossiers import completeness, conditions, differences, forms, slips, snapshots
from ocop.dossiers.completeness import Paper, Step

KINDS = ("first", "upgrade", "reevaluation")
SET = load_set(13)
TODAY = date(2026, 11, 23)
FIELDS = forms.fields_for("first", "I")
WHOLE = {
    f.key: {forms.YES: True, forms.NUMBER: 5}.get(f.type, "0912 345 678")
    for f in FIELDS.values()
    if f.required
}


# --- forms --------------------------------------------------------------------------------------
def test_upgrade_must_say_what_changed_and_reevaluation_what_was_kept() -> None:
    required = {
        kind: {f.key for f in forms.fields_for(kind, "I").values() if f.required} for kind in KINDS
    }
    assert "changes" in required["upgrade"]
    assert "kept" in required["reevaluation"]
    assert required["upgrade"] - {"changes"} == required["first"]
    assert required["reevaluation"] - {"kept"} == required["first"]


def test_tourism_brings_no_samples() -> None:
    assert "samples" in forms.fields_for("first", "I")
    assert "samples" not in forms.fields_for("first", "VI")
    assert "offer" in forms.fields_for("first", "VI")


def test_every_key_stands_once() -> None:
    keys = [field.key for page in forms.PAGES for field in page.fields]
    assert len(keys) == len(set(keys))
    pages = [page.key for page in forms.PAGES]
    assert len(pages) == len(set(pages))


@pytest.mark.parametrize(
    ("key", "given", "kept"),
    [
        ("phone", "  0912  345 678 ", "0912 345 678"),
        ("phone", "", None),
        ("phone", "+84912345678", "+84912345678"),
        ("email", " htx@donvi.vn ", "htx@donvi.vn"),
        ("website", "facebook.com/htx", "https://facebook.com/htx"),
        ("website", "http://htx.vn/chè", "http://htx.vn/chè"),
        ("phone", None, None),
        ("revenue", "1.200.000.000", 1_200_000_000),
        ("workers", 0, 0),
        ("registered_on", "05/03/2026", "2026-03-05"),
        ("registered_on", "2026-03-05", "2026-03-05"),
        ("description", "Hai\r\n dòng ", "Hai\ndòng"),
        ("truthful", False, False),
    ],
)
def test_values_are_kept_in_one_form(key: str, given: Any, kept: Any) -> None:
    assert forms.clean(FIELDS, {key: given}) == {key: kept}


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("revenue", "nhiều"),
        ("revenue", -1),
        ("revenue", True),
        ("revenue", 10**15 + 1),
        ("registered_on", "31/02/2026"),
        ("registered_on", "hôm qua"),
        ("registered_on", "05/03/26"),
        ("registered_on", "06/23/2026"),
        ("registered_on", "20260305"),
        ("registered_on", "2026-W10-4"),
        ("phone", "0" * 301),
        ("phone", "09\x0012"),
        ("phone", "09\ud800"),
        ("phone", 912),
        ("phone", "abc"),
        ("representative_phone", "123"),
        ("email", "htx donvi.vn"),
        ("website", "javascript:alert(1)"),
        ("website", "trang của tôi"),
        ("workers", 1_000_001),
        ("truthful", "có"),
        ("description", "a" * 6001),
    ],
)
def test_a_value_that_is_none_is_refused_by_its_field(key: str, value: Any) -> None:
    with pytest.raises(Refused) as refusal:
        forms.clean(FIELDS, {key: value})
    assert set(refusal.value.fields) == {key}


def test_an_unknown_field_is_refused() -> None:
    with pytest.raises(Refused) as refusal:
        forms.clean(FIELDS, {"mat_khau": "1"})
    assert refusal.value.code == "unknown_field"


@pytest.mark.parametrize(
    ("given", "local"), [({"workers_local": 50}, 5), ({"workers": 4}, 5), ({"workers": 49}, 50)]
)
def test_local_workers_are_among_the_workers(given: dict[str, int], local: int) -> None:
    """As in the producer's own facts, whichever of the two is written last."""
    kept = {"workers": 5, "workers_local": 5} | (
        {"workers_local": 50} if given == {"workers": 49} else {}
    )
    with pytest.raises(Refused) as refusal:
        forms.clean(FIELDS, given, kept)
    assert set(refusal.value.fields) == {"workers_local"}
    assert forms.clean(FIELDS, {"workers": 60, "workers_local": 50}, kept)
    assert forms.clean(FIELDS, {"workers": None}, kept)
    assert forms.clean(FIELDS, {"address": "Thôn 2"}, {"workers": 5, "workers_local": 50})


@given(st.sampled_from(sorted(FIELDS)), st.one_of(st.text(), st.integers(), st.booleans()))
def test_what_was_kept_is_kept_again_unchanged(key: str, value: Any) -> None:
    try:
        kept = forms.clean(FIELDS, {key: value})
    except Refused:
        return
    assert forms.clean(FIELDS, kept) == kept
    json.dumps(kept)


# --- completeness -------------------------------------------------------------------------------
def look(**more: Any) -> completeness.Completeness:
    answers = dict(WHOLE)
    whole: dict[str, Any] = {
        "kind": "first",
        "sector": "II",
        "answers": answers,
        "marks": {c.code: 0 for c in SET.criteria},
        "gates": {g.id: g.harmless for g in SET.gates},
        "claims": {},
        "papers": {},
        "on": TODAY,
    }
    return completeness.assess(SET, **{**whole, **more})


def test_an_empty_dossier_is_blocked_by_everything_and_a_whole_one_by_nothing() -> None:
    empty = look(answers={}, marks={}, gates={})
    required = [f for f in FIELDS.values() if f.required]
    assert len(empty.blockers) == len(required) + len(SET.gates) + len(SET.criteria)
    assert (empty.percent, empty.ready) == (0, False)
    assert (look().percent, look().ready) == (100, True)


def test_nonsense_that_was_stored_before_keeps_a_dossier_from_being_filed() -> None:
    stored = {
        "phone": "abc", "website": "javascript:alert(1)", "workers": 5, "workers_local": 50,
    }  # fmt: skip
    found = look(answers=WHOLE | stored)
    assert [(b.code, b.page) for b in found.blockers] == [
        ("nonsense", "chu-the"), ("nonsense", "chu-the"), ("nonsense", "quy-mo"),
    ]  # fmt: skip
    assert "Điện thoại" in found.blockers[0].words
    assert found.done == found.all - 3
    assert look(answers=WHOLE | {"workers": 50, "workers_local": 50}).ready


def test_a_claim_that_counts_only_with_a_paper_needs_one() -> None:
    code = next(c.code for c in SET.criteria if completeness.needs_paper(SET, c.code))
    marks = {c.code: 0 for c in SET.criteria} | {code: SET.by_code[code].max}
    found = look(marks=marks)
    assert [(b.code, b.criterion) for b in found.blockers] == [("paper", code)]
    assert look(marks=marks, papers={code: [Paper("Phiếu", type="test_report")]}).ready


def test_points_that_a_no_takes_away_ask_for_no_paper() -> None:
    """Whoever answers that there is no paper has 0 points there: nothing is left to prove."""
    gate = next(g for g in SET.gates if g.type == "evidence")
    code = gate.criterion
    marks = {c.code: 0 for c in SET.criteria} | {code: SET.by_code[code].max}
    gates = {g.id: g.harmless for g in SET.gates} | {gate.id: False}
    found = look(marks=marks, gates=gates)
    assert found.ready
    assert found.line(code).step is Step.PROVEN
    assert [w.code for w in found.warnings] == ["unmet_condition"]
    assert not look(marks=marks, gates=gates | {gate.id: True}).ready


def test_a_paper_of_another_type_than_the_condition_names_proves_nothing() -> None:
    """Annex I: a standard comes with the test report; a story of the product is neither."""
    gate = "standard_needs_test_report"
    code = next(c.code for c in SET.criteria if any(g.id == gate for g in c.gates))
    marks = {c.code: 0 for c in SET.criteria} | {code: SET.by_code[code].max}
    story, test = Paper("Chuyện", type="story"), Paper("Phiếu", type="test_report")
    found = look(marks=marks, papers={code: [story]})
    assert [(b.code, b.criterion) for b in found.blockers] == [("unsuited_paper", code)]
    assert "“Câu chuyện sản phẩm”" in found.blockers[0].words
    assert "Phiếu kết quả kiểm nghiệm" in found.blockers[0].words
    assert completeness.unproven(SET, {code: [story]}, TODAY)[gate] is False
    assert look(marks=marks, papers={code: [story, test]}).ready
    assert gate not in completeness.unproven(SET, {code: [story, test]}, TODAY)
    for one in ("quality_declaration", "test_report"):
        assert look(marks=marks, papers={code: [Paper("Tờ", type=one)]}).ready
    old = Paper("Cũ", date(2020, 4, 1), type="test_report")
    late = look(marks=marks, papers={code: [story, old]})
    assert {b.code for b in late.blockers} == {"unsuited_paper", "expired_paper"}


def test_where_a_condition_names_no_type_any_paper_may_prove() -> None:
    code = next(c.code for c in SET.criteria if any(g.id == "export_evidence" for g in c.gates))
    marks = {c.code: 0 for c in SET.criteria} | {code: SET.by_code[code].max}
    assert look(marks=marks, papers={code: [Paper("Hợp đồng", type="market")]}).ready
    assert look(marks=marks, papers={code: [Paper("Chứng nhận", type="award")]}).ready


def test_a_paper_that_has_expired_proves_nothing_that_counts_only_with_a_paper() -> None:
    """Art. 5, notes of the sets: points of proof stand on papers that hold on the day of filing."""
    code = next(c.code for c in SET.criteria if completeness.needs_paper(SET, c.code))
    marks = {c.code: 0 for c in SET.criteria} | {code: SET.by_code[code].max}
    old = Paper("Phiếu cũ", date(2020, 4, 1), type="test_report")
    good = Paper("Phiếu mới", TODAY, type="test_report")
    found = look(marks=marks, papers={code: [old]})
    assert [(b.code, b.criterion) for b in found.blockers] == [("expired_paper", code)]
    assert "“Phiếu cũ” đã hết hiệu lực từ 02/04/2020" in found.blockers[0].words
    assert found.line(code).step is Step.CHOSEN
    assert found.done == found.all - 1
    beside = look(marks=marks, papers={code: [old, good]})
    assert beside.ready
    assert [w.code for w in beside.warnings] == ["expired_paper"]
    unclaimed = look(papers={code: [old]})
    assert unclaimed.ready


def test_any_other_claim_without_a_paper_only_warns() -> None:
    found = look(marks={c.code: 0 for c in SET.criteria} | {"1.1": 1})
    assert found.ready
    assert [(w.code, w.criterion) for w in found.warnings] == [("no_paper", "1.1")]
    assert next(line for line in found.lines if line.criterion == "1.1").step is Step.CHOSEN


def test_what_is_tasted_asks_for_no_paper() -> None:
    """The sensory criteria are judged on the five samples (Art. 5): nothing could be attached."""
    tasted = [c.code for c in SET.criteria if c.topic == "sensory"]
    assert tasted
    found = look(marks={c.code: 0 for c in SET.criteria} | {c: SET.by_code[c].max for c in tasted})
    assert found.warnings == ()
    assert {found.line(code).step for code in tasted} == {Step.PROVEN}


def test_a_paper_past_its_last_day_warns_from_the_day_after() -> None:
    for last, warned in ((TODAY, False), (date(2026, 11, 22), True)):
        found = look(papers={"1.1": [Paper("Giấy", last)]})
        assert [w.code for w in found.warnings] == ["expired_paper"] * warned


@pytest.mark.parametrize(("count", "warned"), [(1, True), (4, True), (5, False), (9, False)])
def test_fewer_samples_than_the_law_asks_for_are_warned_of(count: int, *, warned: bool) -> None:
    """Art. 5: five samples of a product."""
    answers = dict(WHOLE)
    found = look(answers=answers | {"samples": count})
    assert found.ready
    assert [(w.code, w.page) for w in found.warnings] == [("few_samples", "san-pham")] * warned


def test_an_answer_that_gives_no_star_is_said_before_filing() -> None:
    gate = next(g for g in SET.gates if g.type == "disqualify")
    found = look(gates={g.id: g == gate for g in SET.gates})
    assert found.ready
    assert [w.code for w in found.warnings] == ["stop"]


def test_every_condition_is_asked_so_that_yes_and_no_answer_it() -> None:
    gates = {gate.id: gate for number in range(1, 27) for gate in load_set(number).gates}
    for gate in gates.values():
        words = conditions.asked(gate)
        assert not words.startswith(("Loại nếu", "Không đánh giá", "Dựa trên"))
        assert "thì dừng" not in words
        assert "phải kèm" not in words
        assert ("“Không”" if gate.harmless else "“Có”") in conditions.costs(gate)
    assert set(conditions.QUESTIONS) <= set(gates)


def test_a_no_that_costs_points_is_listed_before_filing() -> None:
    gate = next(g for g in SET.gates if g.type == "evidence")
    criterion = SET.by_code[gate.criterion]
    marks = {c.code: 0 for c in SET.criteria} | {criterion.code: criterion.max}
    for answer, said in ((False, ["unmet_condition"]), (True, [])):
        gates = {g.id: False for g in SET.gates} | {gate.id: answer}
        found = look(marks=marks, gates=gates).form_warnings
        assert [w.code for w in found if w.criterion == criterion.code] == said


@pytest.mark.parametrize(
    ("kind", "own", "held", "warned"),
    [
        ("upgrade", 4, 3, False),
        ("upgrade", 3, 3, True),
        ("reevaluation", 3, 3, False),
        ("reevaluation", 2, 3, True),
        ("reevaluation", None, 3, True),
        ("first", None, None, False),
    ],
)
def test_an_own_star_that_falls_short_of_the_held_one_is_warned_of(
    kind: str, own: int | None, held: int | None, warned: bool
) -> None:
    found = [w for w in look(kind=kind, stars=(own, held)).warnings if w.code == "falls_short"]
    assert [w.page for w in found] == ["cham-diem"] * warned


@given(st.sets(st.sampled_from([c.code for c in SET.criteria])))
def test_percent_rises_with_every_answer(codes: set[str]) -> None:
    some = look(marks=dict.fromkeys(codes, 0))
    assert 0 <= some.percent <= 100
    assert (some.percent == 100) == some.ready == (len(codes) == len(SET.criteria))
    for code in sorted(codes)[:1]:
        assert look(marks=dict.fromkeys(codes - {code}, 0)).done == some.done - 1


# --- snapshots and differences --------------------------------------------------------------------
VALUES = st.one_of(st.text(max_size=5), st.integers(0, 9), st.booleans())
PART = st.dictionaries(st.sampled_from("abcde"), VALUES)
CONTENT = st.fixed_dictionaries(dict.fromkeys(differences.PARTS, PART))


@given(CONTENT, CONTENT)
def test_the_proposal_between_two_states_leads_from_one_to_the_other(a: Any, b: Any) -> None:
    changes = differences.proposal(a, b)
    assert not differences.differences(differences.apply(a, changes), b)
    assert not differences.changed_fields(b, changes)


@given(CONTENT)
def test_nothing_differs_from_itself(content: Any) -> None:
    assert differences.differences(content, content) == ()
    assert differences.proposal(content, content) == {}


@given(CONTENT, CONTENT, CONTENT)
def test_changes_clash_only_where_both_sides_changed(base: Any, current: Any, wanted: Any) -> None:
    changes = differences.proposal(base, wanted)
    both = differences.clashes(base, current, changes)
    theirs = {f"{d.part}.{d.key}" for d in differences.differences(base, current)}
    mine = {f"{part}.{key}" for part, values in changes.items() for key in values}
    assert set(both) <= theirs & mine
    merged = differences.apply(current, changes)
    for field in theirs - mine:
        part, key = field.split(".", 1)
        assert merged[part].get(key) == current[part].get(key)


def test_one_and_yes_are_not_the_same_answer() -> None:
    found = differences.differences({"gates": {"a": True}}, {"gates": {"a": 1}})
    assert [(d.before, d.after) for d in found] == [(True, 1)]


def test_papers_differ_by_title_and_note() -> None:
    paper = {"criterion": "1.1", "title": "Phiếu", "note": "trang 2"}
    found = differences.differences({"evidence": []}, {"evidence": [paper]})
    assert [(d.key, d.before, d.after) for d in found] == [("1.1", None, ("Phiếu · trang 2",))]


@given(CONTENT)
def test_the_hash_does_not_depend_on_the_order_of_keys(content: Any) -> None:
    turned = {k: dict(reversed(v.items())) for k, v in reversed(content.items())}
    assert snapshots.sha256(turned) == snapshots.sha256(content)
    assert json.loads(snapshots.canonical(content)) == content


def test_slips_count_on_in_their_commune_and_year() -> None:
    end = slips.ending("01", "00004", 2026)
    assert end == "/PĐK-01-00004-2026"
    assert slips.following([], end) == f"01{end}"
    assert slips.following([f"09{end}", f"12{end}", f"x{end}"], end) == f"13{end}"
