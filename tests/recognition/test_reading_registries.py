"""Real registries: mended where the meaning is certain, otherwise reported, never guessed."""

import io
import unicodedata
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from ocop.core.refusals import Refused
from ocop.recognition.registry_import import Field, Wishes, read, write_errors
from tests.recognition.registries import (
    HEADING,
    HERE,
    TODAY,
    Formula,
    book,
    codes,
    read_rows,
    row,
)

LAM_DONG = Path("src/ocop/recognition/data/recognitions-lam-dong.csv")


def test_sample_of_lam_dong_is_read_whole() -> None:
    result = read(LAM_DONG.read_bytes(), LAM_DONG.name, today=TODAY)
    told = result.told()
    assert (told["rows"], told["accepted"], told["rejected"]) == (23, 23, 0)
    first = told["records"][0]
    assert first == {
        "name": "Mắm nêm Seagull",
        "producer": "Công ty TNHH Seagull",
        "commune_now": {"code": "22945", "name": "Phường Phan Thiết"},
        "stars": 3,
        "evidence": "A",
    }
    for record in told["records"]:
        commune = record["commune_now"]
        assert commune is None or commune["name"].split(" ")[0] in ("Xã", "Phường", "Đặc")


def test_right_row_has_no_remark() -> None:
    result = read_rows(row())
    (draft,) = result.accepted
    assert codes(result) == []
    assert (draft.stars, draft.decision, draft.signed_on) == (3, "3981/QĐ-UBND", date(2026, 8, 5))
    assert draft.expires_on == date(2029, 8, 5)  # 36 months from the day after signing
    assert draft.evidence == "A"
    assert draft.placed.commune is not None
    assert draft.placed.commune.name == "Xã Đức Trọng"


@pytest.mark.parametrize(
    "written",
    [
        "05/08/2026",
        "5.8.2026",
        "5-8-2026",
        "2026-08-05",
        "ngày 05 tháng 8 năm 2026",
        "Ngày 5/8/2026",
        date(2026, 8, 5),
    ],
)
def test_styles_of_dates(written: object) -> None:
    (draft,) = read_rows(row(signed_on=written)).accepted
    assert draft.signed_on == date(2026, 8, 5)


@pytest.mark.parametrize("written", ["3", 3, 3.0, "3 sao", "ba sao", "***", "★★★", "Hạng 3 sao"])
def test_styles_of_stars(written: object) -> None:
    (draft,) = read_rows(row(stars=written)).accepted
    assert draft.stars == 3


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("", "stars_missing"),
        ("đạt", "stars_unreadable"),
        ("2 sao", "stars_out_of_range"),
        (6, "stars_out_of_range"),
        ("3 hoặc 4 sao", "stars_unreadable"),
    ],
)
def test_stars_that_cannot_be_are_reported_and_not_guessed(written: object, code: str) -> None:
    result = read_rows(row(stars=written), row("Cà phê"))
    assert codes(result) == [(2, "stars", code)]
    assert [draft.name for draft in result.accepted] == ["Cà phê"]
    assert result.rejected == {2}


def test_year_that_contradicts_the_date_is_refused() -> None:
    content = book((*HEADING, "Năm"), [*row(), 2025])
    result = read(content, "so.xlsx", today=TODAY)
    assert codes(result) == [(2, "year", "year_contradicts_date")]
    assert not result.accepted


def test_star_that_differs_from_the_last_decision_is_taken_and_told() -> None:
    result = read_rows(
        row(decision="12/QĐ-UBND", signed_on="01/03/2023", stars=3),
        row(decision="3981/QĐ-UBND", signed_on="05/08/2026", stars=4),
    )
    assert len(result.accepted) == 2
    assert codes(result) == [(3, "stars", "stars_changed")]


def test_two_days_of_one_decision_are_both_refused() -> None:
    result = read_rows(row(signed_on="05/08/2026"), row(signed_on="06/08/2026"), row("Cà phê"))
    found = [r for r in result.reports if r.code == "decision_two_dates"]
    assert [(r.row, r.rejects) for r in found] == [(2, True), (3, True)]
    assert found[0].facts["days"] == "05/08/2026, 06/08/2026"
    assert [draft.name for draft in result.accepted] == ["Cà phê"]


def test_two_stars_by_one_decision_are_both_refused() -> None:
    result = read_rows(row(stars=3), row(stars=4), row("Cà phê"))
    assert [(number, code) for number, _f, code in codes(result)] == [
        (2, "stars_conflict"),
        (3, "stars_conflict"),
    ]
    assert [draft.name for draft in result.accepted] == ["Cà phê"]


def test_merged_cells_hold_for_every_row_they_span() -> None:
    rows = [row(), row("Cà phê", producer=None), row("Chè", producer=None)]
    result = read(book(HEADING, *rows, merged=["B2:B4"]), "so.xlsx", today=TODAY)
    assert [draft.producer for draft in result.accepted] == ["HTX Biển Xanh"] * 3


def test_heading_of_two_rows_under_a_title() -> None:
    content = book(
        ["DANH SÁCH SẢN PHẨM OCOP NĂM 2026"],
        [],
        ["STT", "Tên sản phẩm", "Chủ thể", "Địa chỉ", "Hạng sao", "Quyết định", None],
        [None, None, None, None, None, "Số", "Ngày"],
        [1, *row()],
        ["Tổng cộng", 1],
        merged=["F3:G3"],
    )
    (draft,) = read(content, "so.xlsx", today=TODAY).accepted
    assert (draft.row, draft.decision) == (5, "3981/QĐ-UBND")
    assert draft.signed_on == date(2026, 8, 5)


def test_broken_formula_keeps_out_where_it_matters_and_is_told_elsewhere() -> None:
    result = read_rows(
        row(Formula("=#REF!A1", "#REF!")),
        row("Cà phê", address=Formula("=#REF!A1", "#REF!")),
    )
    assert (2, "name", "cell_error") in codes(result)
    assert (3, "address", "cell_error") in codes(result)
    assert [draft.name for draft in result.accepted] == ["Cà phê"]
    assert all("#REF!" in r.message for r in result.reports if r.code == "cell_error")


def test_decomposed_unicode_and_stray_spaces_are_one_name() -> None:
    untidy = "\u00a0 " + unicodedata.normalize("NFD", "Mắm   nêm ") + "\n"
    result = read_rows(row("Mắm nêm"), row(untidy))
    assert codes(result) == [(3, "name", "duplicate")]
    (draft,) = read_rows(row(untidy)).accepted
    assert draft.name == "Mắm nêm"


@pytest.mark.parametrize(
    ("address", "then", "now"),
    [
        ("Thôn 3, xã Thuận Hà, huyện Đắk Song, tỉnh Đắk Nông", "Xã Thuận Hà", "Xã Thuận Hạnh"),
        ("TT. Liên Nghĩa, H. Đức Trọng, T. Lâm Đồng", "Thị trấn Liên Nghĩa", "Xã Đức Trọng"),
    ],
)
def test_old_address_is_kept_with_its_unit_of_then_and_of_now(
    address: str, then: str, now: str
) -> None:
    (draft,) = read_rows(row(address=address, signed_on="01/03/2024")).accepted
    assert draft.placed.then is not None
    assert draft.placed.commune is not None
    assert (draft.placed.then.name, draft.placed.commune.name) == (then, now)
    assert draft.address == address


def test_unknown_commune_gives_no_unit_and_a_report() -> None:
    result = read_rows(row(address="xã Không Có Thật, tỉnh Lâm Đồng"))
    (draft,) = result.accepted
    assert draft.placed.commune is None
    assert draft.placed.province == "68"
    assert codes(result) == [(2, "address", "commune_unknown")]


def test_row_without_decision_is_taken_with_validity_unknown() -> None:
    result = read_rows(row(decision=None, signed_on=None))
    (draft,) = result.accepted
    assert (draft.evidence, draft.signed_on, draft.expires_on) == ("B1", None, None)
    assert codes(result) == [(2, "decided_on", "validity_unknown")]


def test_day_in_the_future_is_no_day() -> None:
    result = read_rows(row(signed_on="05/08/2062"))
    assert "date_in_future" in {code for *_rest, code in codes(result)} | {
        "date_in_future" if r.code.value == "date_out_of_range" else "" for r in result.reports
    }
    assert all(draft.signed_on is None for draft in result.accepted)


def test_demonstration_rows_never_come_by_import() -> None:
    content = book((*HEADING, "Mức chứng cứ"), [*row(), "M"])
    result = read(content, "so.xlsx", today=TODAY)
    assert codes(result) == [(2, "evidence", "evidence_demonstration")]


def test_missing_columns_are_named() -> None:
    with pytest.raises(Refused) as refusal:
        read(book(("Tên sản phẩm", "Địa chỉ"), ("Mắm", HERE)), "so.xlsx", today=TODAY)
    assert refusal.value.code == "columns_missing"
    assert "Chủ thể" in refusal.value.message
    assert "Hạng sao" in refusal.value.message


def test_columns_may_be_told_by_letter_number_or_heading() -> None:
    content = book(("Tên hàng", "Ai làm", "Cấp"), ("Mắm", "HTX Biển", 4))
    told = {Field.NAME: "A", Field.PRODUCER: "2", Field.STARS: "Cấp"}
    (draft,) = read(content, "so.xlsx", today=TODAY, wishes=Wishes(columns=told)).accepted
    assert (draft.name, draft.producer, draft.stars) == ("Mắm", "HTX Biển", 4)


def test_column_told_is_of_the_sheet_that_holds_the_registry() -> None:
    """Other sheets have fewer columns, or none; the one that is the registry says what is wrong."""
    into = io.BytesIO()
    workbook = xlsxwriter.Workbook(into)
    workbook.add_worksheet("Bìa").write_row(0, 0, ["Danh sách"])
    page = workbook.add_worksheet("Số liệu")
    page.write_row(0, 0, [*HEADING[:4], "Giấy tờ", HEADING[5]])
    page.write_row(1, 0, row())
    workbook.add_worksheet("Ghi chú").write_row(0, 0, ["a", "b"])
    workbook.close()
    told = Wishes(columns={Field.DECISION: "E"})
    result = read(into.getvalue(), "so.xlsx", today=TODAY, wishes=told)
    assert (result.table, result.accepted[0].decision) == ("Số liệu", "3981/QĐ-UBND")
    wrong = Wishes(columns={Field.DECISION: "Z"})
    with pytest.raises(Refused, match="Không có cột “Z”"):
        read(into.getvalue(), "so.xlsx", today=TODAY, wishes=wrong)


def test_remembered_columns_are_used_for_a_heading_of_that_kind() -> None:
    content = book(("Tên sản phẩm", "Ai làm", "Hạng sao"), ("Mắm", "HTX Biển", 4))
    asked: list[str] = []

    def remembered(digest: str) -> dict[Field, str]:
        asked.append(digest)
        return {Field.PRODUCER: "Ai làm"}

    (draft,) = read(content, "so.xlsx", today=TODAY, remembered=remembered).accepted
    assert draft.producer == "HTX Biển"
    assert len(asked) == 1


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 %%EOF", b"PK\x03\x04broken"])
def test_what_is_no_table_is_refused(content: bytes) -> None:
    with pytest.raises(Refused):
        read(content, "so.xlsx", today=TODAY)


def test_error_workbook_holds_the_rows_as_they_stood_with_reasons() -> None:
    content = book(HEADING, row(), row("Cà phê", stars="đạt"))
    result = read(content, "so.xlsx", today=TODAY)
    into = io.BytesIO()
    assert write_errors(into, content, "so.xlsx", result.reports) == 2  # one is of the file
    lines = CalamineWorkbook.from_filelike(io.BytesIO(into.getvalue())).get_sheet_by_index(0)
    heading, read_as, _of_file, line = lines.to_python()
    assert heading[3:] == list(HEADING)
    assert read_as[2:5] == ["Được đọc là", "Tên sản phẩm", "Chủ thể"]
    assert (line[0], line[1]) == (3, "chưa nhận")
    assert "đạt" in line[2]
    assert line[3] == "Cà phê"


def test_line_with_one_cell_is_a_group_and_told() -> None:
    result = read_rows(["Huyện Đức Trọng"], row())
    assert codes(result) == [(2, "name", "group_line")]
    assert result.rows == 1


@pytest.mark.parametrize("end", ["", '\n"E",F,5\nG,H,3'])
def test_rows_behind_an_open_quotation_mark_are_told_and_no_group(end: str) -> None:
    text = 'Tên sản phẩm,Chủ thể,Hạng sao\n"A,B,3\nC,D,4' + end
    broken = read(text.encode(), "so.csv", today=TODAY)
    (told,) = [report for report in broken.reports if report.rejects]
    assert (told.row, told.code.value) == (2, "rows_in_one_cell")
    assert "dấu ngoặc kép" in told.message
    assert all(draft.name == "G" for draft in broken.accepted)
    assert broken.rows == len(broken.accepted) + 1


@pytest.mark.parametrize("written", ["-3", "−4", "3-4", "3/4"])
def test_stars_with_a_sign_are_not_guessed(written: str) -> None:
    assert read_rows(row(stars=written)).accepted == []


LINE = 'Mắm nêm,HTX Biển,"xã Đức Trọng, tỉnh Lâm Đồng",3,3981/QĐ-UBND,05/08/2026'


def table(*lines: str, delimiter: str = ",") -> bytes:
    return "\n".join((delimiter.join(HEADING), *lines)).encode()


@pytest.mark.parametrize("delimiter", [",", ";"])
@pytest.mark.parametrize("place", [0, 1, 60])
def test_giant_cell_is_refused_naming_its_row_and_what_to_do(delimiter: str, place: int) -> None:
    line = delimiter.join(("Mắm nêm", "HTX Biển", HERE.replace(",", ""), "3", "", "2026"))
    lines = [line] * 61
    lines[place] = line.replace("Biển", "Biển" * 40_000)
    with pytest.raises(Refused) as refusal:
        read(table(*lines, delimiter=delimiter), "so.csv", today=TODAY)
    assert refusal.value.code == "cell_too_long"
    assert f"Dòng {place + 2}, ô thứ 2 " in refusal.value.message
    assert "Hãy" in refusal.value.message


def test_quotation_mark_never_closed_is_refused_naming_its_row() -> None:
    lines = [LINE] * 5 + ['"Chè,HTX Núi,xã Đức Trọng,3,,2026'] + ["Chè,HTX,xã,3,,2026"] * 9_000
    with pytest.raises(Refused, match=r"Dòng 7, ô thứ 1 .*dấu ngoặc kép") as refusal:
        read(table(*lines), "so.csv", today=TODAY)
    assert refusal.value.code == "cell_too_long"


def test_rows_of_records_with_line_breaks_are_counted_as_a_spreadsheet_does() -> None:
    broken = LINE.replace("Mắm nêm", '"Mắm\nnêm"')
    with pytest.raises(Refused, match="Dòng 4, ô thứ 1 "):
        read(table(broken, broken, "x" * 200_000), "so.csv", today=TODAY)


@pytest.mark.parametrize(
    ("sign", "encoding"), [("\0", "utf-8"), ("\0", "utf-16"), ("\x07", "utf-8")]
)
def test_control_sign_in_a_table_is_refused_naming_its_place(sign: str, encoding: str) -> None:
    content = table(LINE, LINE, LINE.replace("Biển", f"Bi{sign}ển")).decode().encode(encoding)
    with pytest.raises(Refused, match=r"Dòng 4 .*, sau “Mắm nêm,HTX Bi”") as refusal:
        read(content, "so.csv", today=TODAY)
    assert refusal.value.code == "text_unreadable"
    assert "Hãy" in refusal.value.message


def test_control_sign_in_a_workbook_is_told_at_its_cell() -> None:
    """Workbooks write such a sign as an escape, and readers give it back."""
    result = read_rows(row(name="Mắm\0nêm"), row("Chè", decision="12\0/QĐ-UBND"), row("Gạo"))
    assert codes(result)[:2] == [(2, "name", "cell_unreadable"), (3, "decision", "cell_unreadable")]
    assert [draft.name for draft in result.accepted] == ["Chè", "Gạo"]
    assert result.accepted[0].decision == ""
    assert all("\0" not in report.message for report in result.reports)


@pytest.mark.parametrize(
    ("field", "text", "most"),
    [
        ("name", "Mắm " * 60, 200),
        ("producer", "HTX " * 60, 200),
        ("address", "xã Đức Trọng, tỉnh Lâm Đồng " * 20, 300),
        ("decision", f"{'7' * 70}/ABC", 60),
    ],
)
def test_text_the_register_has_no_room_for_keeps_its_row_out(
    field: str, text: str, most: int
) -> None:
    """Never cut in silence."""
    result = read_rows(row(**{field: text}), row("Gạo"))
    assert [draft.name for draft in result.accepted] == ["Gạo"]
    told = {(r.row, r.field.value): r for r in result.reports if r.code == "text_too_long"}
    assert list(told) == [(2, field)]
    assert f"{most} ký tự" in told[2, field].message


def test_remark_repeats_no_more_of_a_cell_than_a_person_reads() -> None:
    result = read_rows(row(stars="năm " * 5_000))
    (report,) = result.reports
    assert report.code == "stars_unreadable"
    assert len(report.message) < 300


@given(
    st.lists(
        st.tuples(
            st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8),
            st.sampled_from(["", "HTX A", "HTX B"]),
            st.sampled_from([3, "4 sao", "", "x", "5*"]),
            st.sampled_from(["", "1/QĐ-UBND", "2/QĐ-UBND"]),
        ),
        max_size=8,
    )
)
def test_no_row_is_ever_lost(rows: list[tuple[str, str, object, str]]) -> None:
    """Every data row is accepted or rejected with a reason, never both and never neither."""
    lines = [[name, who, HERE, stars, number, "05/08/2024"] for name, who, stars, number in rows]
    result = read_rows(*lines)
    accepted = {draft.row for draft in result.accepted}
    assert accepted.isdisjoint(result.rejected)
    assert result.rows == len(accepted) + len(result.rejected)
    assert result.rejected == {r.row for r in result.reports if r.rejects}


@pytest.mark.parametrize(
    ("signed_on", "year", "expires", "code", "dates"),
    [
        ("05/08/2026", None, "04/08/2026", "expiry_before_decision", ("04/08/2026", "05/08/2026")),
        ("05/08/2026", None, "01/01/2016", "expiry_before_decision", ("01/01/2016", "05/08/2026")),
        (None, 2024, "31/12/2023", "expiry_before_year", ("31/12/2023", "2024")),
    ],
)
def test_expiry_before_the_start_is_refused_with_both(
    signed_on: str | None, year: int | None, expires: str, code: str, dates: tuple[str, str]
) -> None:
    content = book((*HEADING, "Năm", "Ngày hết hạn"), [*row(signed_on=signed_on), year, expires])
    result = read(content, "so.xlsx", today=TODAY)
    (found,) = [r for r in result.reports if r.field == "expires_on"]
    assert (found.code, found.rejects) == (code, True)
    for day in dates:
        assert day in found.message
    assert not result.accepted
