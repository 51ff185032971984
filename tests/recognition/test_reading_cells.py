"""What single cells say: days, stars, decisions, places, evidence, sectors, numbers."""

from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocop.recognition.registry_import import Result, Wishes, read
from ocop.recognition.registry_import.codes import Code
from ocop.recognition.registry_import.dates import FIRST, ReadDay, read_day, read_year
from ocop.recognition.registry_import.decisions import read_decision
from ocop.recognition.registry_import.fields import Field, field_of
from ocop.recognition.registry_import.placing import Address, place
from ocop.recognition.registry_import.stars import read_stars, stars_in
from tests.recognition.registries import HEADING, HERE, TODAY, book, codes, read_rows, row

DAY = date(2024, 8, 5)


@pytest.mark.parametrize(
    "written",
    [
        DAY,
        datetime.combine(DAY, time(13, 30)),
        45509,  # the serial number of a spreadsheet
        45509.75,
        "45509",
        "45509.0",
        5082024,  # 05082024 that a spreadsheet took for a number
        20240805,
        "05082024",
        "20240805",
        "05/08/2024",
        "5/8/24",
        "5.8.2024",
        "05-08-2024",
        " 05 / 08 / 2024 ",
        "05/08/2024 00:00:00",
        "2024-08-05",
        "2024-08-05T10:00:00.000",
        "ngày 05 tháng 8 năm 2024",
        "Ngày 5 tháng 8, 2024",
        "5 thg 8 2024",
        "05-Aug-2024",
        "5 August 2024",
        "Aug 5, 2024",
        "5 aug 24",
    ],
)
def test_day_is_read_in_every_usual_style(written: object) -> None:
    assert read_day(written) == ReadDay(DAY)


@pytest.mark.parametrize(
    ("written", "year", "problem"),
    [
        ("31/02/2024", None, Code.DATE_IMPOSSIBLE),
        ("05/13/2024", None, Code.DATE_IMPOSSIBLE),  # a month is not turned into a day
        ("5 foo 2024", None, Code.DATE_UNREADABLE),
        ("đang chờ", None, Code.DATE_UNREADABLE),
        (True, None, Code.DATE_UNREADABLE),
        (12.5, None, Code.DATE_UNREADABLE),
        (99, None, Code.DATE_UNREADABLE),
        ("13132024", None, Code.DATE_UNREADABLE),
        ("20182019", None, Code.DATE_UNREADABLE),  # no day either way
        ("20202020", None, Code.DATE_UNREADABLE),  # 20/20 or 2020-20-20: neither
        ("01/01/2017", None, Code.DATE_OUT_OF_RANGE),
        ("01/01/2100", None, Code.DATE_OUT_OF_RANGE),
        (date(1999, 1, 1), None, Code.DATE_OUT_OF_RANGE),
        (2024, 2024, Code.DATE_INCOMPLETE),
        ("2024", 2024, Code.DATE_INCOMPLETE),
        ("Năm 2024", 2024, Code.DATE_INCOMPLETE),
        ("8/2024", 2024, Code.DATE_INCOMPLETE),
        ("tháng 8 năm 2024", 2024, Code.DATE_INCOMPLETE),
        (date(1905, 7, 16), 2024, Code.DATE_INCOMPLETE),  # the number 2024 taken for a day
        ("13/2024", None, Code.DATE_UNREADABLE),
        ("1999", None, Code.DATE_UNREADABLE),
    ],
)
def test_day_that_is_not_certain_says_why(written: object, year: int | None, problem: Code) -> None:
    assert replace(read_day(written), beyond=None) == ReadDay(None, year, problem)


def test_year_is_read_alone_or_from_its_day() -> None:
    for written, year in ((2024, 2024), ("năm 2024", 2024), ("05/08/2024", 2024), ("x", None)):
        assert read_year(written) == year


@given(st.dates(FIRST, date(2099, 12, 31)))
def test_any_day_of_the_programme_is_read_back(day: date) -> None:
    for style in ("%d/%m/%Y", "%d.%m.%Y", "%Y-%m-%d", "ngày %d tháng %m năm %Y"):
        assert read_day(day.strftime(style)).day == day


@given(st.text(max_size=20) | st.floats(allow_nan=False, allow_infinity=False) | st.integers())
def test_anything_is_a_day_or_a_reason(written: object) -> None:
    found = read_day(written)
    assert (found.day is None) == (found.problem is not None)


@pytest.mark.parametrize(
    ("written", "stars", "potential"),
    [
        ("Tiềm năng 5 sao", 4, True),
        ("4 sao (tiềm năng 5 sao)", 4, True),
        ("5 sao tiềm năng", 4, True),
        ("potential five stars", 4, True),
        ("★★★★☆", 4, False),
        ("⭐️⭐️⭐️", 3, False),
        ("Đạt 4", 4, False),
        ("Bốn", 4, False),
        ("4,0", 4, False),
        ("OCOP 3 sao", 3, False),
        (5.0, 5, False),
    ],
)
def test_stars_are_read_as_offices_write_them(written: object, stars: int, potential: bool) -> None:
    found = read_stars(written)
    assert (found.stars, found.potential_five, found.problem) == (stars, potential, None)


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        (True, Code.STARS_UNREADABLE),
        (3.5, Code.STARS_UNREADABLE),
        (None, Code.STARS_UNREADABLE),
        ("3 hoặc 4 sao", Code.STARS_UNREADABLE),
        ("3 sao, 4 sao", Code.STARS_UNREADABLE),
        ("3 sao, tiềm năng 5 sao", Code.STARS_UNREADABLE),
        ("☆☆☆", Code.STARS_UNREADABLE),
        ("2 sao", Code.STARS_OUT_OF_RANGE),
        (6, Code.STARS_OUT_OF_RANGE),
    ],
)
def test_stars_that_are_not_certain_say_why(written: object, problem: Code) -> None:
    found = read_stars(written)
    assert (found.stars, found.problem) == (None, problem)


def test_stars_of_a_longer_text_leave_potential_ones_aside() -> None:
    assert stars_in("công nhận sản phẩm đạt 3 sao và bốn sao") == {3, 4}
    assert stars_in("4 sao, tiềm năng 5 sao") == {4}
    assert stars_in("đợt 2 năm 2024") == set()


@pytest.mark.parametrize(
    ("written", "number", "problem"),
    [
        ("", "", None),
        ("Không có", "", None),
        ("3981/QĐ-UBND", "3981/QĐ-UBND", None),
        ("Quyết định số 3981/qd-ubnd ngày 05/8/2024", "3981/QĐ-UBND", None),
        ("3981/QĐ-UBND; 3981 / QĐ - UBND", "3981/QĐ-UBND", None),
        ("3981/QĐ-UBND và 4000/QĐ-UBND", "", Code.DECISION_UNREADABLE),
        ("theo công văn", "", Code.DECISION_UNREADABLE),
        ("QĐ số 12-A", "12-A", Code.DECISION_UNUSUAL),
        ("0/QĐ-UBND", "0/QĐ-UBND", None),  # no official number; it stays as it stands
    ],
)
def test_number_of_a_decision_alone_or_in_a_sentence(
    written: str, number: str, problem: Code | None
) -> None:
    found = read_decision(written)
    assert (found.number, found.problem) == (number, problem)


def test_decision_tells_its_day_authority_and_stars() -> None:
    found = read_decision(
        "Quyết định số 3981/QĐ-UBND ngày 05 tháng 8 năm 2024 của UBND tỉnh Lâm Đồng về việc công "
        "nhận sản phẩm đạt 4 sao"
    )
    assert (found.number, found.day, found.stars) == ("3981/QĐ-UBND", DAY, frozenset({4}))
    assert found.authority == "UBND tỉnh Lâm Đồng"


@pytest.mark.parametrize(
    ("address", "commune", "province"),
    [
        (Address("Thôn 3, xã Đức Trọng, tỉnh Lâm Đồng"), "Xã Đức Trọng", "68"),
        (Address("Thôn 3", "xã Đức Trọng", "", "tỉnh Lâm Đồng"), "Xã Đức Trọng", "68"),
        (Address("", "xã Đức Trọng", "", "Lâm Đồng"), "Xã Đức Trọng", "68"),
        (Address("xã Đức Trọng", "", "", "tỉnh Lâm Đồng"), "Xã Đức Trọng", "68"),
        (Address("xã Không Có, tỉnh Lâm Đồng"), None, "68"),
        (Address("Thôn 3", "xã Không Có", "", "tỉnh Lâm Đồng"), None, "68"),
        (Address("tỉnh Lâm Đồng"), None, "68"),
    ],
)
def test_place_is_read_from_address_and_columns_together(
    address: Address, commune: str | None, province: str
) -> None:
    found = place(address, TODAY)
    assert (found.commune and found.commune.name, found.province) == (commune, province)


def test_address_that_speaks_of_another_commune_than_its_column_is_told() -> None:
    found = place(
        Address("phường Phan Thiết, tỉnh Lâm Đồng", "xã Đức Trọng", "", "Lâm Đồng"), TODAY
    )
    assert found.contradicts == ("Xã Đức Trọng", "Phường Phan Thiết")
    assert (found.commune, found.province) == (None, "68")
    other = place(Address("phường Ba Đình, Hà Nội", "xã Đức Trọng", "", "Lâm Đồng"), TODAY)
    assert (other.commune, other.province) == (None, "")


def test_address_finds_what_its_column_cannot() -> None:
    found = place(Address(HERE, "xã Không Có"), TODAY)
    assert found.commune is not None
    assert found.commune.name == "Xã Đức Trọng"


def test_place_of_nothing_is_missing() -> None:
    assert place(Address(), TODAY).missing
    assert place(Address(district="huyện Không Có"), TODAY).unknown


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("TÊN SẢN PHẨM", Field.NAME),
        ("Tên sản phẩm OCOP được công nhận", Field.NAME),
        ("Xã, phường (sau sáp nhập)", Field.COMMUNE),
        ("Số QĐ", Field.DECISION),
        ("Thời hạn (dd/mm/yyyy)", Field.EXPIRES_ON),
        ("Ghi chú", None),
        ("", None),
    ],
)
def test_heading_is_known_whatever_is_added_to_it(heading: str, field: Field | None) -> None:
    assert field_of(heading) == field


# --- Rows --------------------------------------------------------------------------------------
def with_column(heading: str, value: object, **more: Any) -> Result:
    return read(
        book((*HEADING, heading), [*row(**more), value]), "so.xlsx", today=TODAY, wishes=Wishes()
    )


@pytest.mark.parametrize(
    ("heading", "value", "kept", "code"),
    [
        ("Ngành", "I", "I", None),
        ("Ngành", "ii", "II", None),
        ("Ngành", "Đồ uống", "II", None),
        ("Ngành", "Thủ công mỹ nghệ", "IV", None),
        ("Ngành", "khác", "", "sector_unknown"),
        ("Ngành", None, "", None),
    ],
)
def test_sector_by_its_number_or_words(
    heading: str, value: object, kept: str, code: str | None
) -> None:
    result = with_column(heading, value)
    assert result.accepted[0].sector == kept
    assert [c for *_place, c in codes(result)] == ([code] if code else [])


@pytest.mark.parametrize(
    ("heading", "field", "value", "kept", "code"),
    [
        ("Mã số thuế", "tax_code", "0100109106", "0100109106", None),
        ("Mã số thuế", "tax_code", "0100109107", "", "tax_code_wrong"),
        ("Điện thoại", "phone", "12", "", "phone_wrong"),
        ("Điểm", "total", "91,25", "91.25", None),
        ("Điểm", "total", 101, None, "total_unreadable"),
        ("Điểm", "total", "cao", None, "total_unreadable"),
        ("Điểm", "total", None, None, None),
        ("Mức chứng cứ", "evidence", "B1", "B1", None),
        ("Mức chứng cứ", "evidence", "a - quyết định", "A", None),
        ("Mức chứng cứ", "evidence", "Z", "A", "evidence_unknown"),
        ("Mức chứng cứ", "evidence", None, "A", None),
        ("Cơ quan ban hành", "authority", "UBND tỉnh", "UBND tỉnh", "authority_unread"),
    ],
)
def test_further_columns_are_taken_or_told_and_left_out(
    heading: str, field: str, value: object, kept: object, code: str | None
) -> None:
    result = with_column(heading, value)
    found = getattr(result.accepted[0], field)
    assert (str(found) if found is not None else None) == kept
    assert [c for *_place, c in codes(result)] == ([code] if code else [])


def test_phone_is_kept_in_one_form() -> None:
    assert with_column("Điện thoại", "0912 345 678").accepted[0].phone.endswith("912345678")


def test_level_a_without_a_decision_is_taken_as_b1_and_told() -> None:
    result = with_column("Mức chứng cứ", "A", decision=None, signed_on=None)
    assert result.accepted[0].evidence == "B1"
    assert "evidence_without_decision" in [code for *_place, code in codes(result)]
    wished = read_rows(row(decision=None), wishes=Wishes(evidence="A"))
    assert wished.accepted[0].evidence == "B1"


@pytest.mark.parametrize(
    ("value", "kept", "code"),
    [
        (None, date(2029, 8, 5), None),
        ("05/08/2029", date(2029, 8, 5), None),
        ("01/01/2029", date(2029, 1, 1), "expiry_contradicts_term"),
        ("05/08/2026", None, "expiry_before_decision"),
        ("2029", date(2029, 8, 5), "date_incomplete"),
        ("khi nào hết", date(2029, 8, 5), "date_unreadable"),
    ],
)
def test_day_of_expiry_is_kept_as_written_and_what_differs_is_told(
    value: object, kept: date | None, code: str | None
) -> None:
    result = with_column("Ngày hết hạn", value)
    told = [c for *_place, c in codes(result)]
    assert told == ([code] if code else [])
    if kept is None:
        assert result.accepted == []
    else:
        assert result.accepted[0].expires_on == kept


def test_day_in_the_number_of_the_decision_and_in_its_column() -> None:
    text = "3981/QĐ-UBND ngày 05/08/2026"
    agreeing = read_rows(row(decision=text))
    assert agreeing.accepted[0].signed_on == date(2026, 8, 5)
    alone = read_rows(row(decision=text, signed_on=None))
    assert alone.accepted[0].signed_on == date(2026, 8, 5)
    differing = read_rows(row(decision=text, signed_on="06/08/2026"))
    assert codes(differing) == [(2, "decided_on", "dates_contradict")]
    stars = read_rows(row(decision="3981/QĐ-UBND công nhận 4 sao", stars=3))
    assert (2, "stars", "stars_contradict_decision") in codes(stars)


@pytest.mark.parametrize(
    ("year", "code", "kept"),
    [
        ("2026", None, 2026),
        ("2025", "year_contradicts_date", None),
        ("hai nghìn", "year_unreadable", 2026),
    ],
)
def test_year_beside_the_day(year: str, code: str | None, kept: int | None) -> None:
    result = with_column("Năm công nhận", year)
    assert [c for *_place, c in codes(result)] == ([code] if code else [])
    assert [draft.year for draft in result.accepted] == ([kept] if kept else [])


def test_year_alone_dates_a_row_without_a_day() -> None:
    result = with_column("Năm công nhận", 2024, decision=None, signed_on=None)
    draft = result.accepted[0]
    assert (draft.signed_on, draft.year, draft.expires_on) == (None, 2024, None)


TICKED = ("Tên sản phẩm", "Chủ thể", "3 sao", "4 sao", "5 sao")


@pytest.mark.parametrize(
    ("ticks", "stars", "code"),
    [
        (("x", None, None), 3, None),
        ((None, "4", None), 4, None),
        ((None, None, 1), 5, None),
        ((None, None, None), None, "stars_missing"),
        (("x", "x", None), None, "stars_unreadable"),
    ],
)
def test_star_by_the_column_that_is_ticked(
    ticks: tuple[object, ...], stars: int | None, code: str | None
) -> None:
    result = read(book(TICKED, ("Mắm", "HTX", *ticks)), "so.xlsx", today=TODAY)
    assert [draft.stars for draft in result.accepted] == ([stars] if stars else [])
    found = [c for *_place, c in codes(result) if c.startswith("stars")]
    assert found == ([code] if code else [])


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"name": None}, "name_missing"),
        ({"producer": "  "}, "producer_missing"),
        ({"stars": None}, "stars_missing"),
        ({"address": None}, "commune_missing"),
        ({"address": "xã Tân Hòa"}, "commune_ambiguous"),
    ],
)
def test_cell_that_is_missing_or_open_is_told(changed: dict[str, Any], code: str) -> None:
    result = read_rows(row(**changed))
    assert [c for *_place, c in codes(result)] == [code]


def test_columns_of_a_place_that_differ_from_the_address_are_told() -> None:
    heading = (*HEADING, "Xã", "Tỉnh")
    content = book(heading, [*row(), "phường Phan Thiết", "Lâm Đồng"])
    assert codes(read(content, "so.xlsx", today=TODAY)) == [
        (2, "address", "commune_contradicts_address")
    ]
