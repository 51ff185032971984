"""Who signed is read wholly or not at all.

Art. 5 and 8, Decision 26/2026/QĐ-TTg: the chair of the province decides on three and four stars,
the minister on five; until 30/06/2025 a district's committee on three (148/QĐ-TTg). Nobody else
does: no commune, no department, no council, no office. Resolution 176/2025/QH15: the ministry is
that of agriculture and environment since 01/03/2025. Decree 30/2020/NĐ-CP, Art. 13, 15: a deputy
signs in the chair's place; an office counts its decisions of a year in one series.
"""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocop.core.folding import fold
from ocop.places import gazetteer
from ocop.recognition.authority import Level
from ocop.recognition.signers import APART, JOINED, Signer, bears, read

OLD, NEW = date(2024, 12, 30), date(2026, 11, 20)
HANOI = Signer(Level.PROVINCE, "ha noi")
TITLES = (
    "UBND", "ubnd", "Ủy ban nhân dân", "Uỷ ban nhân dân", "ỦY BAN NHÂN DÂN", "TM. UBND",
    "TM. Ủy ban nhân dân", "Chủ tịch UBND", "Chủ tịch Ủy ban nhân dân", "KT. Chủ tịch UBND",
    "Phó Chủ tịch UBND", "uy ban nhan dan",
)  # fmt: skip


def entries(level: str, day: date) -> list[gazetteer.Entry]:
    return [e for e in gazetteer.load().entries if e.level == level and e.holds_on(day)]


def ways(name: str) -> set[str]:
    """A province's or district's whole name as people write it."""
    kind, bare = re.fullmatch(r"(?i)(tỉnh|thành phố|thị xã|huyện|quận) (.+)", name).groups()
    short = {
        "tỉnh": ("T.", "tỉnh"), "thành phố": ("TP", "TP.", "Tp.", "t.p", "T.P."),
        "thị xã": ("TX.", "TX"), "huyện": ("H.",), "quận": ("Q.",),
    }[kind.lower()]  # fmt: skip
    kinds = (kind, kind.lower(), kind.upper(), *short)
    found = {f"{each} {bare}" for each in kinds} | {
        name.upper(),
        fold(name),
        name.replace(" ", "  "),
    }
    return found | {
        each.replace("òa", "oà").replace("óa", "oá").replace("ủy", "uỷ") for each in found
    }


@pytest.mark.parametrize("day", [OLD, NEW])
def test_a_province_is_one_however_it_is_written(day: date) -> None:
    keys = set()
    for entry in entries("province", day):
        if entry.code == "46" and day is OLD:
            continue  # a city of its own name since 2025
        found = {read(f"{title} {way}", day) for title in TITLES for way in ways(entry.name)}
        assert len(found) == 1, entry.name
        (signer,) = found
        assert signer is not None, entry.name
        assert signer.level is Level.PROVINCE
        keys.add(signer.key)
    assert len(keys) == (62 if day is OLD else 34)


def test_a_district_is_one_however_it_is_written_until_it_ended() -> None:
    keys = set()
    districts = entries("district", OLD)
    for entry in districts:
        assert entry.parent is not None
        above = entry.parent.name if entry.parent.code != "46" else "Tỉnh Thừa Thiên Huế"
        wholes = [f"{way}, {above}" for way in ways(entry.name)]
        wholes += [f"{entry.name} - {above}", f"{entry.name} {above.lower()}"]
        found = {read(f"UBND {each}", OLD) for each in wholes}
        assert len(found) == 1, entry.name
        (signer,) = found
        assert signer is not None, entry.name
        assert signer.level is Level.DISTRICT
        keys.add(signer.key)
        assert {read(f"UBND {each}", NEW) for each in wholes} == {None}
    assert len(keys) == len(districts) == 696


@pytest.mark.parametrize(
    ("text", "day", "key"),
    [
        ("UBND Hà Nội", NEW, HANOI.key),
        ("UBND Thủ đô Hà Nội", NEW, HANOI.key),
        ("UBND TP.HN", NEW, HANOI.key),
        ("UBND TPHCM", NEW, "province::ho chi minh"),
        ("UBND TP. HCM", OLD, "province::ho chi minh"),
        ("UBND tỉnh Đắc Lắc", OLD, "province::dak lak"),
        ("UBND tỉnh BR-VT", OLD, "province::ba ria vung tau"),
        ("UBND tỉnh Thừa Thiên - Huế", OLD, "province::thua thien hue"),
        ("UBND thành phố Huế", date(2025, 1, 1), "province::hue"),
        ("UBND thành phố Huế", OLD, ""),  # a district's city, of which the lists know nothing
        # Without its kind a name may be the province's or its city's, while there were such cities.
        ("UBND Hà Tĩnh", OLD, ""),
        ("UBND Hà Tĩnh", NEW, "province::ha tinh"),
        ("UBND thành phố Hà Tĩnh", OLD, "district:ha tinh:thanh pho ha tinh"),
        ("UBND thành phố Hà Tĩnh", NEW, ""),
        ("UBND huyện Châu Thành", OLD, ""),  # there were nine
        ("UBND Q.1, TP.HCM", OLD, "district:ho chi minh:quan 1"),
        ("UBND huyện Ba Vì, tỉnh Lâm Đồng", OLD, ""),
        ("UBND thành phố Hà Nam", NEW, ""),
        ("UBND thành phố Hạ Nội", NEW, ""),  # marks tell names apart
        ("UBND tỉnh Hà Tây", NEW, ""),  # ended in 2008
        ("UBND tỉnh Hà Nam", date(2025, 6, 30), "province::ha nam"),
        ("UBND tỉnh Hà Nam", date(2025, 7, 1), ""),
        ("Bộ Nông nghiệp và Môi trường", NEW, JOINED.key),
        ("Bộ trưởng Bộ Nông nghiệp & Môi trường", NEW, JOINED.key),
        ("Bộ NN&MT", NEW, JOINED.key),
        ("Bộ NN và MT", NEW, JOINED.key),
        ("Bộ Nông nghiệp và Môi trường", date(2025, 2, 28), ""),
        ("Bộ Nông nghiệp và Phát triển nông thôn", date(2025, 2, 28), APART.key),
        ("Bộ Nông nghiệp và Phát triển nông thôn", date(2025, 3, 1), ""),
        ("Thứ trưởng Bộ NN&PTNT", OLD, APART.key),
        ("Bộ NN-PTNT", OLD, APART.key),
        ("Bộ Nông nghiệp và PTNT", OLD, APART.key),
        ("Bộ Nông nghiệp", NEW, JOINED.key),
    ],
)  # fmt: skip
def test_a_name_means_who_bore_it_on_the_day(text: str, day: date, key: str) -> None:
    found = read(text, day)
    assert (found.key if found else "") == key


@pytest.mark.parametrize(
    "text",
    [
        "UBND phường Hoàn Kiếm, thành phố Hà Nội",
        "UBND xã Hoài Đức, thành phố Hà Nội",
        "Văn phòng UBND thành phố Hà Nội",
        "Chủ tịch Hội đồng đánh giá OCOP thành phố Hà Nội",
        "Chủ tịch Hội Nông dân thành phố Hà Nội",
        "UBND tỉnh Hà Nam, Hà Nội",
        "HĐND thành phố Hà Nội",
        "Chủ tịch thành phố Hà Nội",
        "TL. Chủ tịch UBND thành phố Hà Nội",
        "TUQ. Chủ tịch UBND thành phố Hà Nội",
        "UBND thành phố Hà Nội và UBND tỉnh Lâm Đồng",
        "UBND thành phố Hà Nội (Sở Công Thương)",
        "UBND thành phố Hà Nội 北京",
        "UBND thành phố Hà Nội ☆",
        "Cục Chế biến, Bộ Nông nghiệp và Môi trường",
        "Sở Nông nghiệp và Môi trường - Bộ Nông nghiệp",
        "Sở Nông nghiệp và Môi trường thành phố Hà Nội",
        "Bộ trưởng",
        "Bộ Công Thương",
        "Chủ tịch Bộ Nông nghiệp và Môi trường",
        "UBND Bộ Nông nghiệp và Môi trường",
        "UBND",
        "Thành phố Hà Nội",
        "",
    ],
)
def test_somebody_else_is_nobody(text: str) -> None:
    assert read(text, NEW) is None
    assert read(text, NEW, also="Thành phố Hà Nội", within=frozenset({"ha noi"})) is None


def test_a_name_of_a_later_change_is_known_by_the_offices_lists() -> None:
    assert read("UBND thành phố Đồng Nai", NEW) is None
    found = read("UBND thành phố Đồng Nai", NEW, also="Thành phố Đồng Nai")
    assert found == read("UBND tỉnh Đồng Nai", NEW)


def test_a_district_is_looked_for_at_home_first() -> None:
    found = read("UBND huyện Châu Thành", OLD, within=frozenset({"ben tre"}))
    assert found == Signer(Level.DISTRICT, "huyen chau thanh", "ben tre")


_PLACES = "|".join(
    sorted({fold(e.bare).replace(" - ", "[ -]+") for e in entries("province", NEW)} | {"hcm", "hn"})
)
#: The grammar of today, written down a second time: without marks, commas and full stops.
_GRAMMAR = re.compile(
    r"(?:(?:tm|kt) )?(?:(?:pho )?chu tich )?(?:ubnd|uy ban nhan dan) "
    rf"(?:(?:tinh|thanh pho|tp|thu do) )?(?:{_PLACES})"
    r"|(?:(?:tm|kt) )?(?:(?:bo|thu) truong )?bo (?:nong nghiep|nn)(?: va)?(?: moi truong| mt)?"
)
_VOCABULARY = (
    "UBND", "Ủy", "ban", "nhân", "dân", "Ủy ban nhân dân", "Chủ tịch", "Phó", "TM.", "KT.", "TL.",
    "tỉnh", "thành phố", "TP.", "Thủ đô", "xã", "phường", "huyện", "quận", "Hà", "Nội", "Hà Nội",
    "Hà Nam", "Lâm Đồng", "Hà Tĩnh", "Huế", "Hoài Đức", "Ba Vì", "Văn phòng", "Sở", "Hội đồng",
    "Bộ", "Bộ trưởng", "Nông nghiệp", "và", "Môi trường", "nn", "mt", "của", "1", ",", "-", "đ",
)  # fmt: skip


@given(st.lists(st.sampled_from(_VOCABULARY), max_size=7))
def test_nothing_beyond_the_grammar_is_read(words: list[str]) -> None:
    text = " ".join(words)
    if read(text, NEW) is not None:
        plain = " ".join(fold(re.sub(r"[.,-]", " ", text)).split())
        assert _GRAMMAR.fullmatch(plain), text


@given(
    st.text(min_size=1, max_size=12).filter(lambda text: re.search(r"[^\W_]", text)),
    st.sampled_from(
        ["UBND thành phố Hà Nội", "Bộ Nông nghiệp và Môi trường", "UBND tỉnh Lâm Đồng"]
    ),
    st.booleans(),
)
def test_a_word_more_is_somebody_else(more: str, name: str, behind: bool) -> None:
    text = f"{name} {more}" if behind else f"{more} {name}"
    known = re.compile(r"(?i)[tk][./ ]*[mt]|(?:phó )?chủ tịch|(?:bộ|thứ) trưởng")
    if not known.fullmatch(more.strip(" .,")):
        assert read(text, NEW) is None


@given(st.text(max_size=30))
def test_any_text_at_all_can_be_read(text: str) -> None:
    assert read(text, NEW) is None


def test_a_body_bears_its_own_numbers() -> None:
    for number in ("12/QĐ-UBND", "12/QĐ-UB", "12/QĐ-CTUBND", "12/QĐ-CT", "12/QĐ-UBND-NN"):
        assert bears(HANOI, number)
        assert not bears(JOINED, number)
    for number in ("12/QĐ-BNNMT", "12/QĐ-BNN-VPĐP", "12/QĐ-BNNMT-VPĐP"):
        assert bears(JOINED, number)
        assert not bears(HANOI, number)
    assert bears(APART, "12/QĐ-BNN-VPĐP")
    assert not bears(APART, "12/QĐ-BNNMT")
    for number in ("12/QĐ-SNNMT", "12/QĐ-BCT", "12/QĐ-HĐ", "12/QĐ-TTg", "12/QĐ-UBNDX", "12", ""):
        assert not bears(HANOI, number)
        assert not bears(JOINED, number)
