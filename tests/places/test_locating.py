"""Finding units from addresses. Measured over every old unit: nothing may come out wrong."""

import unicodedata
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

import pytest

from ocop.core.folding import fold
from ocop.places import gazetteer, locate
from ocop.places.gazetteer import Entry

BEFORE_HANOI = date(2024, 6, 1)
BEFORE_MERGER = date(2025, 3, 1)
TODAY = date(2026, 11, 23)

_SHORT = {
    "Thị trấn ": "TT. ", "Thành phố ": "TP. ", "Thị xã ": "TX. ", "Phường ": "P. ",
    "Huyện ": "H. ", "Quận ": "Q. ", "Tỉnh ": "T. ", "Xã ": "X. ",
}  # fmt: skip


def _shortened(name: str) -> str:
    for kind, short in _SHORT.items():
        if name.startswith(kind):
            return short + name.removeprefix(kind)
    return name


def _bare(name: str) -> str:
    for kind in _SHORT:
        if name.startswith(kind):
            return name.removeprefix(kind)
    return name


STYLES: dict[str, Callable[[list[str]], str]] = {
    "full": ", ".join,
    "without marks": lambda names: fold(", ".join(names)),
    "abbreviated": lambda names: ", ".join(map(_shortened, names)),
    "without commas": " ".join,
    "without district": lambda names: f"{names[0]}, {names[-1]}",
    "without province": lambda names: ", ".join(names[:-1]),
    "commune only": lambda names: names[0],
    "without kinds": lambda names: ", ".join(map(_bare, names)),
    "decomposed": lambda names: unicodedata.normalize("NFD", ", ".join(names)),
    "capitals after a hamlet": lambda names: f"Thôn 3, {', '.join(names)}".upper(),
    "province first": lambda names: ", ".join(reversed(names)),
}


def _old_communes() -> list[Entry]:
    return [e for e in gazetteer.load().entries if e.level == "commune" and e.valid_to]


def _names(entry: Entry) -> list[str]:
    return [entry.name, *(above.name for above in entry.ancestors())]


def _day_of(entry: Entry) -> date:
    return BEFORE_MERGER if entry.valid_from > BEFORE_HANOI else BEFORE_HANOI


def _slow_now(entry: Entry) -> set[tuple[str, date]]:
    """The units of today by walking every succession from the start: obvious and slow."""
    if entry.valid_to is None:
        return {(entry.code, entry.valid_from)}
    return {key for step in gazetteer.load().successors(entry) for key in _slow_now(step.new)}


def _at_length(styles: Iterable[str]) -> list[Any]:
    """The full style always; the others, every one over all communes, in the whole run."""
    return [s if s == "full" else pytest.param(s, marks=pytest.mark.whole) for s in styles]


@pytest.mark.parametrize("style", _at_length(STYLES))
def test_no_address_of_an_old_unit_comes_out_wrong(style: str) -> None:
    wrong = []
    for entry in _old_communes():
        address = STYLES[style](_names(entry))
        found = locate(address, _day_of(entry))
        now = _slow_now(entry)
        if found.ambiguous:
            right = bool(found.candidates)
        elif found.then is entry:
            right = {(found.now.code, found.now.valid_from)} == now if found.now else not now
        else:
            right = False
        if not right:
            wrong.append(address)
    assert wrong == []


def test_short_address_of_today_stays_in_what_it_names() -> None:
    """Most are certain; the others name an old commune of a unit of that name as well."""
    ambiguous = 0
    for entry in gazetteer.load().entries:
        if entry.level != "commune" or entry.valid_to is not None or entry.parent is None:
            continue
        found = locate(f"{entry.name}, {entry.parent.bare}", TODAY)
        if not found.ambiguous:
            assert found.now is entry
            continue
        ambiguous += 1
        for candidate in found.candidates:
            above = {unit.bare for unit in candidate.ancestors()}
            assert entry.parent.bare in above, (entry, candidate)
    assert ambiguous < 100


@pytest.mark.whole
@pytest.mark.parametrize("style", ["full", "without marks", "abbreviated", "without kinds"])
def test_no_old_address_written_today_comes_out_wrong(style: str) -> None:
    wrong = []
    for entry in _old_communes():
        address = STYLES[style](_names(entry))
        found = locate(address, TODAY)
        if found.now and {(found.now.code, found.now.valid_from)} != _slow_now(entry):
            wrong.append(address)
    assert wrong == []


def test_full_addresses_are_ambiguous_only_where_the_unit_was_split() -> None:
    for entry in _old_communes():
        found = locate(", ".join(_names(entry)), _day_of(entry))
        assert found.then is entry
        assert found.ambiguous == (len(_slow_now(entry)) > 1)


def test_addresses_of_today_are_never_wrong() -> None:
    communes = [e for e in gazetteer.load().entries if e.level == "commune" and not e.valid_to]
    found = [locate(", ".join(_names(entry)), TODAY) for entry in communes]
    assert [f.now for f, e in zip(found, communes, strict=True) if not f.ambiguous] == [
        e for f, e in zip(found, communes, strict=True) if not f.ambiguous
    ]
    assert sum(f.ambiguous for f in found) < len(communes) * 0.06


@pytest.mark.parametrize(
    ("address", "on", "then", "now"),
    [
        (
            "Thôn 3, xã Thuận Hà, huyện Đắk Song, tỉnh Đắk Nông",
            BEFORE_HANOI,
            "Xã Thuận Hà",
            "Xã Thuận Hạnh",
        ),
        ("xã Sơn Hà, H. Phú Xuyên, TP. Hà Nội", BEFORE_HANOI, "Xã Sơn Hà", "Xã Phú Xuyên"),
        ("xã Quang Hà, Phú Xuyên, Hà Nội", BEFORE_MERGER, "Xã Quang Hà", "Xã Phú Xuyên"),
        ("xa Son Ha, Phu Xuyen, Ha Noi", BEFORE_MERGER, "Xã Quang Hà", "Xã Phú Xuyên"),
        ("P12, Q5, TPHCM", BEFORE_HANOI, "Phường 12", "Phường Chợ Lớn"),
        ("P.01, quận Gò Vấp, Sài Gòn", BEFORE_HANOI, "Phường 1", "Phường Hạnh Thông"),
        ("thị trấn Vân Đình, Ứng Hoà, Hà Nội", BEFORE_HANOI, "Thị trấn Vân Đình", "Xã Vân Đình"),
        (
            "Số 08 Nguyễn Trãi, phường Phan Thiết, tỉnh Lâm Đồng, Việt Nam",
            TODAY,
            "Phường Phan Thiết",
            "Phường Phan Thiết",
        ),
        (
            "huyện Côn Đảo, tỉnh Bà Rịa - Vũng Tàu",
            BEFORE_HANOI,
            "Huyện Côn Đảo",
            "Đặc khu Côn Đảo",
        ),
        ("xã Ninh Gia, tỉnh Lâm Đồng. ĐT: 0912 345 678", TODAY, "Xã Ninh Gia", "Xã Ninh Gia"),
    ],
)
def test_address_gives_the_unit_of_then_and_of_now(
    address: str, on: date, then: str, now: str
) -> None:
    found = locate(address, on)
    assert (found.then and found.then.name, found.now and found.now.name) == (then, now)
    assert not found.ambiguous


def test_thuy_is_one_syllable_however_it_is_written() -> None:
    answers = {
        locate(f"xã {name}, huyện Đông Anh, Hà Nội", BEFORE_HANOI)
        for name in ("Thuỵ Lâm", "Thụy Lâm")
    }
    assert len(answers) == 1
    assert answers.pop().then is not None


def test_marks_decide_between_names_that_fold_alike() -> None:
    marked = locate("xã Sơn Hạ, tỉnh Quảng Ngãi", BEFORE_HANOI)
    assert marked.then is not None
    assert marked.then.name == "Xã Sơn Hạ"
    bare = locate("xa Son Ha", BEFORE_HANOI)
    assert bare.ambiguous
    assert {"Xã Sơn Hà", "Xã Sơn Hạ"} <= {c.name for c in bare.candidates}


def test_split_unit_has_a_certain_then_and_several_candidates_now() -> None:
    split = next(e for e in _old_communes() if len(_slow_now(e)) > 2)
    found = locate(", ".join(_names(split)), _day_of(split))
    assert found.then is split
    assert found.now is None
    assert {(c.code, c.valid_from) for c in found.candidates} == _slow_now(split)


@pytest.mark.parametrize(
    "address",
    [
        "xã Không Có Thật, huyện Đông Anh, Hà Nội",
        "X. Không Có Thật, H. Đông Anh, Hà Nội",
        "số 5 đường Láng",
        "",
        "   ,,; ",
        "12345",
    ],
)
def test_unknown_commune_is_never_taken_for_its_district(address: str) -> None:
    found = locate(address, BEFORE_HANOI)
    assert (found.then, found.now, found.ambiguous, found.candidates) == (None, None, False, ())


def test_gone_commune_without_known_successor_is_unknown_today() -> None:
    found = locate("Phường Sài Đồng, quận Long Biên, Hà Nội", BEFORE_HANOI)
    assert found.then is not None
    assert (found.now, found.ambiguous) == (None, False)


def test_unit_that_began_later_has_no_then_on_a_day_before_it() -> None:
    """Phường Láng began on 2025-07-01; no unit of 2024 bore the name."""
    found = locate("Phường Láng, Thành phố Hà Nội", BEFORE_HANOI)
    assert found.then is None
    assert found.now is not None
    assert found.now.name == "Phường Láng"
    assert not found.ambiguous


def _mixed_forms(old: Entry, new: Entry) -> dict[str, list[str]]:
    """An address of either unit with the district of then and the province of now, or of then."""
    district = next((a for a in old.ancestors() if a.level == "district"), None)
    before, after = [*old.ancestors()][-1], [*new.ancestors()][-1]
    forms = {"new in the province of then": [new.name, before.name]}
    if district is not None:
        forms["old in the province of now"] = [old.name, district.name, after.name]
        forms["new in the district of then"] = [new.name, district.name, after.name]
        forms["new in district and province of then"] = [new.name, district.name, before.name]
    return forms


@pytest.mark.parametrize("style", _at_length(["full", "without marks", "without kinds"]))
def test_addresses_that_mix_eras_come_out_right_or_ambiguous(style: str) -> None:
    """Every tenth succession; all of them were right when this was written."""
    wrong = []
    ended = [s for s in gazetteer.load().steps if s.old.level == "commune" and not s.new.valid_to]
    for step in ended[::10]:
        for form, names in _mixed_forms(step.old, step.new).items():
            address = STYLES[style](names)
            found = locate(address, TODAY)
            means = step.old if form.startswith("old") else step.new
            if found.ambiguous:
                leads = {key for c in found.candidates for key in _slow_now(c)}
                right = bool(leads & _slow_now(means))
            else:
                right = found.now is not None and (
                    {(found.now.code, found.now.valid_from)} == _slow_now(means)
                )
            if not right:
                wrong.append((form, address))
    assert wrong == []


@pytest.mark.parametrize(
    ("address", "on", "then", "now"),
    [
        (
            "Thôn 3, xã Thuận Hà, huyện Đắk Song, tỉnh Lâm Đồng",
            BEFORE_HANOI,
            "Xã Thuận Hà",
            "Xã Thuận Hạnh",
        ),
        ("Thuận Hà, Đắk Song, Lâm Đồng", TODAY, "Xã Thuận Hạnh", "Xã Thuận Hạnh"),
        ("xã Đức Trọng, huyện Đức Trọng, Lâm Đồng", TODAY, "Xã Đức Trọng", "Xã Đức Trọng"),
        ("phường Phan Thiết, TP Phan Thiết, Bình Thuận", BEFORE_HANOI, None, "Phường Phan Thiết"),
        ("Thôn 3, Cư Jút", TODAY, "Xã Cư Jút", "Xã Cư Jút"),
    ],
)
def test_address_that_mixes_eras(address: str, on: date, then: str | None, now: str) -> None:
    found = locate(address, on)
    assert (found.then and found.then.name, found.now and found.now.name) == (then, now)
    assert not found.ambiguous


@pytest.mark.parametrize("on", [BEFORE_HANOI, TODAY])
@pytest.mark.parametrize("above", ["Cư Jút", "Cư Jút, Lâm Đồng", "Đức Trọng, Lâm Đồng"])
def test_what_may_be_an_unknown_commune_of_a_district_is_not_guessed(above: str, on: date) -> None:
    """The district is known, and today's commune of its name is possible."""
    found = locate(f"Không Có Đâu, {above}", on)
    assert (found.then, found.now, found.ambiguous) == (None, None, True)
    assert {c.level for c in found.candidates} == {"district", "commune"}
    assert {c.bare for c in found.candidates} == {above.partition(",")[0]}


def test_unit_of_then_and_its_namesake_of_now_elsewhere_are_both_possible() -> None:
    """Xã Việt Lâm of Hà Giang was in no Tuyên Quang; a commune of that name is since 2025-07-01."""
    found = locate("Xã Việt Lâm, Tỉnh Tuyên Quang", BEFORE_HANOI)
    assert found.ambiguous
    assert {c.valid_to is None for c in found.candidates} == {True, False}


@pytest.mark.parametrize(
    "address",
    [
        "Số 5, ngõ 3, phố Huế, Hai Bà Trưng, Hà Nội",
        "phố Huế, quận Hai Bà Trưng, Hà Nội",
        "12, pho Hue, Hai Ba Trung, Ha Noi",
    ],
)
def test_street_that_is_called_as_a_commune_is_not_guessed(address: str) -> None:
    """Phố Huế is a street through several wards, and one of them bears its name."""
    found = locate(address, BEFORE_MERGER)
    assert found.ambiguous
    assert {"Phường Phố Huế", "Quận Hai Bà Trưng"} <= {entry.name for entry in found.candidates}


def test_kind_tells_a_commune_from_a_street() -> None:
    found = locate("Số 5, phường Phố Huế, quận Hai Bà Trưng, Hà Nội", BEFORE_MERGER)
    assert found.then is not None
    assert (found.then.name, found.ambiguous) == ("Phường Phố Huế", False)
    today = locate("Số 5, phố Huế, Hai Bà Trưng, Hà Nội", TODAY)
    assert today.now is not None
    assert (today.now.name, today.ambiguous) == ("Phường Hai Bà Trưng", False)
