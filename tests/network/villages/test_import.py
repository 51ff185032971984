"""A workbook of villages: what it says, what is wrong with which row, loading and undoing."""

import io
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.core.refusals import Refused
from ocop.network.villages import queries
from ocop.network.villages.models import (
    Village,
    VillageImport,
    VillageImportState,
    VillageRecognition,
    VillageYear,
)
from ocop.network.villages.services import importing, recognising, telling, villages
from ocop.network.villages.village_import.fields import Field, field_of
from ocop.network.villages.village_import.reading import Result, read
from ocop.places.models import Unit
from tests.network.villages.factories import VillageFactory, workbook

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
PHU_VINH = (
    1, "Làng Phú Vinh", "Mây tre đan", "Xã Phú Nghĩa", "Huyện Chương Mỹ", "Làng nghề truyền thống",
    "1234/QĐ-UBND", "28/12/2002", 2002, 2025, 800, 650, 78000000,
)  # fmt: skip
WITHOUT = (
    2, "Làng Ước Lễ", "Giò chả", "Xã Tân Ước", "Huyện Thanh Oai", "", "", "", "", 2025, 300, 90, "",
)  # fmt: skip


def _with(row: tuple[object, ...], **changes: object) -> tuple[object, ...]:
    places = {
        "name": 1,
        "trade": 2,
        "commune": 3,
        "district": 4,
        "title": 5,
        "decision": 6,
        "day": 7,
        "year": 8,
        "data_year": 9,
        "households": 10,
        "in_trade": 11,
        "income": 12,
    }
    found = list(row)
    for name, value in changes.items():
        found[places[name]] = value
    return tuple(found)


def _read(*rows: tuple[object, ...]) -> Result:
    return read(workbook(*rows), "lang-nghe.xlsx", province="01", today=TODAY)


def _codes(result: Result) -> list[tuple[int, str]]:
    return [(report.row, report.code.value) for report in result.reports]


def test_row_of_then_is_read_and_placed_in_its_commune_of_today() -> None:
    result = _read(PHU_VINH)
    (draft,) = result.accepted
    assert (draft.name, draft.trade, draft.title) == ("Làng Phú Vinh", "Mây tre đan", "traditional")
    assert (draft.signed_on, draft.year) == (date(2002, 12, 28), 2002)
    assert (draft.data_year, draft.households, draft.in_trade, draft.income) == (
        2025, 800, 650, 78_000_000,
    )  # fmt: skip
    assert draft.placed.commune is not None
    assert draft.placed.commune.name == "Xã Phú Nghĩa"
    assert draft.placed.province == "01"
    assert result.reports == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"name": ""}, "name_missing"),
        ({"trade": "  "}, "trade_missing"),
        ({"name": "L" * 121}, "text_too_long"),
        ({"commune": ""}, "commune_missing"),
        ({"commune": "Xã Không Có", "district": ""}, "commune_unknown"),
        ({"commune": "Xã Bảo Lâm 1", "district": "Tỉnh Lâm Đồng"}, "elsewhere"),
        ({"in_trade": 801}, "trade_beyond_households"),
        ({"year": 2003}, "year_contradicts_day"),
        ({"year": "", "day": "", "decision": ""}, "recognition_without_year"),
    ],
)
def test_row_that_cannot_be_taken(changes: dict[str, object], code: str) -> None:
    result = _read(_with(PHU_VINH, **changes), WITHOUT)
    assert [draft.name for draft in result.accepted] == ["Làng Ước Lễ"]
    assert (3, code) in _codes(result)
    assert result.rejected == {3}
    assert (result.rows, len(result.accepted)) == (2, 1)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"title": "Làng văn hóa"}, "title_unknown"),
        ({"title": ""}, "title_missing"),
        ({"households": "khoảng 800"}, "number_unreadable"),
        ({"day": "đầu năm", "year": 2002}, "day_unreadable"),
        ({"day": "24/11/2026", "year": 2002}, "day_in_future"),
        ({"data_year": ""}, "data_year_missing"),
        ({"income": 78}, "small_money"),
    ],
)
def test_row_that_is_taken_with_a_remark(changes: dict[str, object], code: str) -> None:
    result = _read(_with(PHU_VINH, **changes))
    assert len(result.accepted) == 1
    assert _codes(result) == [(3, code)]


def test_commune_without_a_province_is_that_of_the_own_province() -> None:
    """Xã Phú Xuyên is a commune of Thái Nguyên, too."""
    result = _read(_with(WITHOUT, commune="Xã Phú Xuyên", district=""))
    (draft,) = result.accepted
    assert draft.placed.commune is not None
    assert (draft.placed.commune.name, draft.placed.province) == ("Xã Phú Xuyên", "01")
    assert result.reports == []


def test_same_village_of_the_same_trade_comes_once() -> None:
    result = _read(PHU_VINH, _with(PHU_VINH, decision=""), _with(PHU_VINH, trade="Thêu ren"))
    assert [draft.trade for draft in result.accepted] == ["Mây tre đan", "Thêu ren"]
    assert _codes(result) == [(4, "duplicate")]


def test_totals_and_lines_of_one_cell_are_no_villages() -> None:
    result = _read(("", "Huyện Chương Mỹ"), PHU_VINH, ("Tổng cộng", "", "", "", "", "", "", "", "",
                                                       "", 800, 650, ""))  # fmt: skip
    assert result.rows == 1


def test_column_that_is_not_read_is_named() -> None:
    heading = ("Tên làng", "Nghề", "Xã", "Huyện", "Màu cờ")
    content = workbook(("Làng Một", "Mộc", *PHU_VINH[3:5], "đỏ"), heading=heading)
    result = read(content, "a.xlsx", province="01", today=TODAY)
    (report,) = result.reports
    assert report.message.startswith("Cột E “Màu cờ” không được đọc")


@pytest.mark.parametrize(
    ("heading", "code"),
    [(("A", "B", "C"), "no_heading"), (("Tên làng", "Nghề", "Thôn"), "columns_missing")],
)
def test_workbook_without_its_columns_is_refused(heading: tuple[str, ...], code: str) -> None:
    with pytest.raises(Refused) as refusal:
        read(workbook(("a", "b", "c"), heading=heading), "a.xlsx", province="01", today=TODAY)
    assert refusal.value.code == code


def test_headings_of_the_error_workbook_are_all_known() -> None:
    assert {field_of(field.label) for field in Field} == set(Field)


@given(st.lists(st.text(max_size=30), min_size=13, max_size=13))
def test_any_text_in_any_cell_is_read_or_told(cells: list[str]) -> None:
    lines = [",".join(f'"{cell.replace(chr(34), "")}"' for cell in cells)]
    heading = "STT,Tên làng,Nghề,Xã,Huyện,Danh hiệu,Số quyết định,Ngày ký,Năm,Năm số liệu,Số hộ"
    content = "\n".join([heading + ",Số hộ làm nghề,Thu nhập", *lines]).encode("utf-8", "replace")
    try:
        result = read(content, "a.csv", province="01", today=TODAY)
    except Refused:
        return
    assert len(result.accepted) + len(result.rejected) <= result.rows
    assert all(report.message for report in result.reports)


# --- in the register ---------------------------------------------------------------------------


@pytest.fixture
def hanoi(ground: None) -> None:
    options.set_option(
        actor=SYSTEM, option=options.PROVINCE, value="01", at=datetime(2026, 11, 23, 2).astimezone()
    )


def _bring(now: datetime, *rows: tuple[object, ...]) -> VillageImport:
    return importing.bring_villages(
        actor=SYSTEM, content=workbook(*rows), filename="lang-nghe.xlsx", at=now
    )


def test_reading_changes_nothing(hanoi: None, now: datetime) -> None:
    batch = _bring(now, PHU_VINH, _with(WITHOUT, name=""))
    assert (batch.rows, batch.accepted, batch.rejected, batch.unchanged) == (2, 1, 1, 0)
    assert batch.sample[0]["name"] == "Làng Phú Vinh"
    assert not Village.objects.exists()


def test_bad_rows_are_left_out_by_wish_only(hanoi: None, now: datetime) -> None:
    batch = _bring(now, PHU_VINH, _with(WITHOUT, name=""))
    with pytest.raises(Refused) as refusal:
        importing.load_villages(actor=SYSTEM, batch=batch, at=now)
    assert refusal.value.code == "bad_rows"
    assert not Village.objects.exists()
    batch.refresh_from_db()
    importing.load_villages(actor=SYSTEM, batch=batch, skip_bad=True, at=now)
    village = Village.objects.get()
    assert (village.name, village.listed, village.batch) == ("Làng Phú Vinh", False, batch)
    assert village.commune is not None
    assert village.commune.name == "Xã Phú Nghĩa"
    assert (village.years.get().in_trade, village.recognitions.get().title) == (650, "traditional")


def test_published_villages_are_counted_and_loaded_ones_are_not(hanoi: None, now: datetime) -> None:
    batch = _bring(now, PHU_VINH, WITHOUT)
    importing.load_villages(actor=SYSTEM, batch=batch, at=now)
    assert queries.counted(province="01", on=TODAY).count() == 0
    importing.publish_villages(actor=SYSTEM, batch=batch, at=now)
    assert queries.counted(province="01", on=TODAY).count() == 2
    assert queries.counted(province="01", on=TODAY, recognised=True).count() == 1


def test_same_file_again_brings_nothing(hanoi: None, now: datetime) -> None:
    first = _bring(now, PHU_VINH)
    importing.load_villages(actor=SYSTEM, batch=first, at=now)
    again = _bring(now, PHU_VINH)
    assert (again.accepted, again.unchanged) == (0, 1)
    with pytest.raises(Refused) as refusal:
        importing.load_villages(actor=SYSTEM, batch=again, at=now)
    assert refusal.value.code == "nothing_new"


def test_later_file_adds_a_year_and_replaces_nothing(hanoi: None, now: datetime) -> None:
    first = _bring(now, PHU_VINH)
    importing.load_villages(actor=SYSTEM, batch=first, at=now)
    importing.publish_villages(actor=SYSTEM, batch=first, at=now)
    later = _bring(now, _with(PHU_VINH, data_year=2026, in_trade=700))
    assert (later.accepted, later.unchanged) == (1, 0)
    importing.load_villages(actor=SYSTEM, batch=later, at=now)
    assert queries.years_told().filter(year=2026).count() == 0  # until it is published
    importing.undo_villages(actor=SYSTEM, batch=later, reason="Nhầm tệp", at=now)
    assert [row.year for row in VillageYear.objects.all()] == [2025]
    other = _bring(now, _with(PHU_VINH, in_trade=700))
    assert (other.accepted, other.unchanged) == (0, 1)
    (report,) = importing.reports_of(other)
    assert "Số hộ làm nghề" in report.message


def test_undoing_removes_what_came_but_not_what_somebody_worked_with(
    hanoi: None, now: datetime
) -> None:
    batch = _bring(now, PHU_VINH, WITHOUT)
    importing.load_villages(actor=SYSTEM, batch=batch, at=now)
    told = Village.objects.get(name="Làng Ước Lễ")
    telling.note_environment(actor=SYSTEM, village=told, checked_on=TODAY, kept=True, at=now)
    importing.undo_villages(actor=SYSTEM, batch=batch, reason="Nhầm tệp", at=now)
    assert list(Village.objects.all()) == [told]
    assert not VillageRecognition.objects.exists()
    assert batch.state == VillageImportState.UNDONE


def test_what_an_officer_told_of_a_year_is_no_part_of_the_import_any_more(
    hanoi: None, now: datetime
) -> None:
    first = _bring(now, PHU_VINH)
    importing.load_villages(actor=SYSTEM, batch=first, at=now)
    importing.publish_villages(actor=SYSTEM, batch=first, at=now)
    later = _bring(now, _with(PHU_VINH, data_year=2026, in_trade=700))
    importing.load_villages(actor=SYSTEM, batch=later, at=now)
    telling.tell_village_year(
        actor=SYSTEM,
        village=Village.objects.get(),
        particulars=telling.YearParticulars(2026, households=800, in_trade=710),
        at=now,
    )
    assert [row.in_trade for row in queries.years_told().filter(year=2026)] == [710]
    importing.undo_villages(actor=SYSTEM, batch=later, reason="Nhầm tệp", at=now)
    assert [row.in_trade for row in VillageYear.objects.filter(year=2026)] == [710]


def test_recognition_that_was_revoked_stays_when_its_import_is_undone(
    hanoi: None, now: datetime
) -> None:
    first = _bring(now, _with(PHU_VINH, title="", decision="", day="", year=""))
    importing.load_villages(actor=SYSTEM, batch=first, at=now)
    importing.publish_villages(actor=SYSTEM, batch=first, at=now)
    later = _bring(now, PHU_VINH)
    importing.load_villages(actor=SYSTEM, batch=later, at=now)
    recognising.revoke_village(
        actor=SYSTEM,
        recognition=VillageRecognition.objects.get(),
        revoked_on=TODAY,
        number="9/QĐ-UBND",
        reason="Không còn hộ làm nghề",
        at=now,
    )
    importing.undo_villages(actor=SYSTEM, batch=later, reason="Nhầm tệp", at=now)
    assert VillageRecognition.objects.get().revoking_number == "9/QĐ-UBND"


def test_published_import_is_not_undone(hanoi: None, now: datetime) -> None:
    batch = _bring(now, PHU_VINH)
    importing.load_villages(actor=SYSTEM, batch=batch, at=now)
    importing.publish_villages(actor=SYSTEM, batch=batch, at=now)
    with pytest.raises(Refused) as refusal:
        importing.undo_villages(actor=SYSTEM, batch=batch, reason="Nhầm tệp", at=now)
    assert refusal.value.code == "import_state"
    assert Village.objects.count() == 1


def test_error_workbook_is_corrected_and_brought_again(hanoi: None, now: datetime) -> None:
    batch = _bring(now, PHU_VINH, _with(WITHOUT, commune="Xã Không Có", district=""))
    into = io.BytesIO()
    assert importing.write_error_workbook(into, batch) == 1
    rows = CalamineWorkbook.from_filelike(io.BytesIO(into.getvalue())).get_sheet_by_index(0)
    heading, row = rows.to_python()
    assert heading[:3] == ["Dòng", "Kết quả", "Lý do và việc cần làm"]
    assert (row[0], row[1], row[4]) == (4, "chưa nhận", "Làng Ước Lễ")
    again = importing.bring_villages(
        actor=SYSTEM, content=into.getvalue(), filename="sua.xlsx", at=now
    )
    assert (again.rows, again.rejected) == (1, 1)
    assert [r.code.value for r in importing.reports_of(again)] == ["commune_unknown"]


# --- communes of then that were divided ----------------------------------------------------------

MO_LAO = _with(WITHOUT, name="Làng Mộ Lao", commune="Phường Mộ Lao", district="Quận Hà Đông")


def test_village_of_a_divided_commune_is_taken_with_the_unit_of_then() -> None:
    (draft,) = (result := _read(MO_LAO)).accepted
    assert draft.placed.then is not None
    assert (draft.placed.then.name, draft.placed.commune) == ("Phường Mộ Lao", None)
    assert draft.placed.province == "01"
    assert _codes(result) == [(3, "commune_divided")]
    assert "Phường Hà Đông, Phường Đại Mỗ" in result.reports[0].message


def test_divided_commune_and_one_of_its_parts_are_one_place() -> None:
    now_of_it = _with(MO_LAO, commune="Phường Hà Đông", district="")
    assert _codes(_read(MO_LAO, now_of_it)) == [(3, "commune_divided"), (4, "duplicate")]
    assert (4, "duplicate") in _codes(_read(now_of_it, MO_LAO))
    elsewhere = _with(MO_LAO, commune="Xã Phú Nghĩa", district="Huyện Chương Mỹ")
    assert len(_read(MO_LAO, elsewhere).accepted) == 2


def test_chosen_commune_is_known_again_when_the_file_comes_again(
    hanoi: None, now: datetime
) -> None:
    batch = _bring(now, MO_LAO)
    importing.load_villages(actor=SYSTEM, batch=batch, at=now)
    village = Village.objects.get()
    assert (village.commune, village.province) == (None, "01")
    assert village.unit is not None
    assert village.place_name == village.unit.name == "Phường Mộ Lao"
    assert _bring(now, MO_LAO).unchanged == 1
    chosen = Unit.objects.get(name="Phường Đại Mỗ", valid_to=None)
    villages.place_village(actor=SYSTEM, village=village, commune=chosen, at=now)
    assert Village.objects.get().commune == chosen
    assert _bring(now, MO_LAO).unchanged == 1
    with pytest.raises(Refused) as refusal:
        villages.place_village(actor=SYSTEM, village=village, commune=chosen, at=now)
    assert refusal.value.code == "village_commune"


def test_village_is_not_placed_where_the_register_has_it(hanoi: None, now: datetime) -> None:
    batch = _bring(now, MO_LAO)
    importing.load_villages(actor=SYSTEM, batch=batch, at=now)
    chosen = Unit.objects.get(name="Phường Hà Đông", valid_to=None)
    VillageFactory(name="Làng Mộ Lao", trade="Giò chả", commune=chosen)
    with pytest.raises(Refused) as refusal:
        villages.place_village(
            actor=SYSTEM, village=Village.objects.get(batch=batch), commune=chosen, at=now
        )
    assert refusal.value.code == "village_commune"
    then = Unit.objects.get(name="Phường Mộ Lao")
    with pytest.raises(Refused):
        villages.place_village(
            actor=SYSTEM, village=Village.objects.get(batch=batch), commune=then, at=now
        )
