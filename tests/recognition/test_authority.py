"""Which authority may give which star: Decisions 148, 1489 and 26/2026/QĐ-TTg."""

from datetime import date

import pytest

from ocop.core.refusals import Refused
from ocop.recognition.authority import Level, check, level_of, may_give
from tests.recognition.registries import HEADING, TODAY, book, codes, read, row

BEFORE, SINCE = date(2025, 6, 30), date(2025, 7, 1)


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("UBND huyện Hoài Đức", Level.DISTRICT),
        ("Ủy ban nhân dân quận Hà Đông", Level.DISTRICT),
        ("UBND thị xã Sơn Tây, thành phố Hà Nội", Level.DISTRICT),
        ("UBND huyện Kỳ Anh, tỉnh Hà Tĩnh", Level.DISTRICT),
        ("UBND tỉnh Lâm Đồng", Level.PROVINCE),
        ("Chủ tịch UBND TP. Hà Nội", Level.PROVINCE),
        ("UBND tỉnh Hà Tĩnh", Level.PROVINCE),
        ("Bộ Nông nghiệp và Môi trường", Level.CENTRE),
        ("UBND thành phố Đà Lạt", None),
        ("UBND thành phố Hà Tĩnh", None),
        ("Cơ quan thường trực", None),
        ("", None),
    ],
)
def test_name_of_an_authority_tells_its_level(text: str, level: Level | None) -> None:
    assert level_of(text) == level


def test_number_of_the_ministry_tells_where_no_name_does() -> None:
    assert level_of("", "15/QĐ-BNNMT") == Level.CENTRE
    assert level_of("", "3981/QĐ-UBND") is None


def test_districts_gave_three_stars_until_they_ended() -> None:
    assert may_give(3, BEFORE) == (Level.DISTRICT, Level.PROVINCE)
    assert may_give(3, SINCE) == (Level.PROVINCE,)
    assert may_give(3) == (Level.DISTRICT, Level.PROVINCE)
    assert may_give(4, BEFORE) == may_give(4, SINCE) == (Level.PROVINCE,)
    assert may_give(5, BEFORE) == (Level.CENTRE,)


@pytest.mark.parametrize(
    ("level", "stars", "day", "words"),
    [
        (Level.DISTRICT, 4, BEFORE, "do cấp tỉnh công nhận"),
        (Level.DISTRICT, 3, SINCE, "3 sao do cấp tỉnh công nhận"),
        (Level.PROVINCE, 5, SINCE, "do trung ương công nhận"),
        (Level.CENTRE, 3, BEFORE, "do cấp huyện hoặc cấp tỉnh công nhận"),
    ],
)
def test_refusal_says_which_authority_may(level: Level, stars: int, day: date, words: str) -> None:
    with pytest.raises(Refused) as refusal:
        check(level, stars, day)
    assert words in refusal.value.message
    assert list(refusal.value.fields) == ["level"]
    check(Level.PROVINCE, 4, day)


@pytest.mark.parametrize(
    ("authority", "stars", "signed_on", "words"),
    [
        ("UBND huyện Hoài Đức", 4, "30/12/2024", "do cấp tỉnh công nhận"),
        ("UBND huyện Hoài Đức", 3, "05/08/2026", "do cấp tỉnh công nhận"),
        ("UBND tỉnh Lâm Đồng", 5, "05/08/2026", "do trung ương công nhận"),
        ("UBND huyện Hoài Đức", 5, None, "do trung ương công nhận"),
    ],
)
def test_imported_row_beyond_its_authority_is_taken_and_told(
    authority: str, stars: int, signed_on: str | None, words: str
) -> None:
    cells = [*row(stars=stars, signed_on=signed_on), authority]
    result = read(book((*HEADING, "Cơ quan ban hành"), cells), "so.xlsx", today=TODAY)
    (found,) = [r for r in result.reports if r.code == "authority_level"]
    assert (found.row, found.field) == (2, "authority")
    assert words in found.message
    assert len(result.accepted) == 1


def test_imported_row_within_its_authority_has_no_such_remark() -> None:
    cells = [*row(signed_on="30/12/2024"), "UBND huyện Hoài Đức"]
    result = read(book((*HEADING, "Cơ quan ban hành"), cells), "so.xlsx", today=TODAY)
    assert codes(result) == []
    told = read(book(HEADING, row(stars=3, decision="15/QĐ-BNNMT")), "so.xlsx", today=TODAY).reports
    assert [(r.field, r.code) for r in told] == [("decision", "authority_level")]


def test_imported_row_of_nobody_who_decides_is_kept_and_told() -> None:
    cells = [*row(signed_on="05/08/2026"), "UBND xã Hoài Đức, thành phố Hà Nội"]
    result = read(book((*HEADING, "Cơ quan ban hành"), cells), "so.xlsx", today=TODAY)
    (found,) = [r for r in result.reports if r.code == "authority_unread"]
    assert (found.row, found.field, found.rejects) == (2, "authority", False)
    assert "05/08/2026" in found.message
    (kept,) = result.accepted
    assert kept.authority == "UBND xã Hoài Đức, thành phố Hà Nội"
