"""Whose register it is tells which commune is meant where the rows do not name a province.

A province recognises products of its own communes (Art. 5 of Decision 26/2026/QĐ-TTg).
"""

from datetime import date

import pytest

from ocop.core.refusals import Refused
from ocop.places import gazetteer
from ocop.recognition.registry_import import Result, Wishes, read
from ocop.recognition.registry_import.home import home_of
from tests.recognition.registries import HEADING, TODAY, book

SIGNED = (*HEADING, "Cơ quan ban hành")
HANOI = "UBND thành phố Hà Nội"
NOW = date(2026, 10, 10)


def signed(
    address: str,
    authority: str = HANOI,
    day: str = "10/10/2026",
    number: str = "5120/QĐ-UBND",
    own: str = "",
    wishes: Wishes | None = None,
) -> Result:
    row = ["Cốm", "HTX Cốm", address, 3, number, day, authority]
    return read(book(SIGNED, row), "so.xlsx", today=TODAY, own_province=own, wishes=wishes)


def commune(result: Result) -> tuple[str, str] | None:
    found = result.accepted[0].placed.commune
    return found and (found.code, found.name)


def said(result: Result) -> list[str]:
    return [r.code.value for r in result.reports]


def communes_of(code: str) -> list[gazetteer.Entry]:
    return [
        entry
        for entry in gazetteer.load().entries
        if entry.level == "commune"
        and entry.valid_to is None
        and entry.parent
        and entry.parent.code == code
    ]


def test_ward_of_the_province_that_signed() -> None:
    result = signed("Phường Ba Đình")
    assert commune(result) == ("00004", "Phường Ba Đình")
    assert said(result) == ["province_understood"]
    assert "Thành phố Hà Nội" in result.reports[0].message


def test_every_commune_of_hanoi_written_as_its_decisions_write_it() -> None:
    rows = [
        [f"Sản phẩm {n}", f"HTX {n}", each.name, 3, f"{n}/QĐ-UBND", "10/10/2026", HANOI]
        for n, each in enumerate(communes_of("01"), start=1)
    ]
    assert len(rows) == 126
    result = read(book(SIGNED, *rows), "so.xlsx", today=TODAY)
    placed = [draft.placed.commune for draft in result.accepted]
    here = [each for each in placed if each is not None]
    assert {each.parent.code for each in here if each.parent} == {"01"}
    assert [each.name for each in here] == [d.address for d in result.accepted if d.placed.commune]
    assert len(here) >= 125


def test_commune_of_then() -> None:
    result = signed("Xã Sơn Hà", day="21/01/2025")
    found = result.accepted[0].placed
    assert found.province == "01"
    assert {entry.parent.code for entry in found.candidates if entry.parent} <= {"01"}


@pytest.mark.parametrize("authority", ["", "UBND tỉnh", "Chủ tịch UBND thành phố", "UBND"])
def test_unnamed_authority_is_the_province_of_the_file(authority: str) -> None:
    assert commune(signed("Phường Ba Đình", authority, own="01")) == ("00004", "Phường Ba Đình")
    told = signed("Phường Ba Đình", authority, own="68", wishes=Wishes(province="01"))
    assert commune(told) == ("00004", "Phường Ba Đình")
    assert commune(signed("Phường Ba Đình", authority)) is None


@pytest.mark.parametrize(
    ("authority", "number"),
    [
        ("UBND tỉnh Thanh Hóa", "5120/QĐ-UBND"),
        ("Bộ Nông nghiệp và Môi trường", "5120/QĐ-BNNMT"),
        ("", "5120/QĐ-BNNMT"),
        ("Hội Làng nghề", "5120/QĐ-UBND"),
        ("UBND huyện Không Có", "5120/QĐ-UBND"),
    ],
)
def test_file_of_hanoi_does_not_place_what_others_signed(authority: str, number: str) -> None:
    assert commune(signed("Phường Ba Đình", authority, number=number, own="01")) is None


def test_address_that_names_its_province_is_read_by_itself() -> None:
    result = signed("Phường Ba Đình, tỉnh Thanh Hóa")
    assert result.accepted[0].placed.province != "01"
    assert "province_understood" not in said(result)
    sure = signed("Xã Đức Trọng, tỉnh Lâm Đồng")
    assert said(sure) == []
    assert commune(sure) is not None


def test_province_of_who_signed() -> None:
    before = date(2024, 5, 6)
    for text, on, name in (
        ("UBND TP Hà Nội", NOW, "Thành phố Hà Nội"),
        ("Ủy ban nhân dân thành phố Hà Nội", NOW, "Thành phố Hà Nội"),
        ("TM. Uỷ ban nhân dân tỉnh Lâm Đồng", NOW, "Tỉnh Lâm Đồng"),
        ("KT. Chủ tịch UBND tỉnh Lâm Đồng", NOW, "Tỉnh Lâm Đồng"),
        ("UBND tỉnh Bình Thuận", before, "Tỉnh Bình Thuận"),
        ("UBND huyện Phú Xuyên", before, "Thành phố Hà Nội"),
    ):
        found = home_of(text, "12/QĐ-UBND", on, "")
        assert found is not None, text
        assert found.name == name


def test_unknown_province_is_refused() -> None:
    with pytest.raises(Refused, match="999"):
        signed("Phường Ba Đình", wishes=Wishes(province="999"))
