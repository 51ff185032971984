"""Files as offices save them: where the table stands, what its columns hold, what is broken."""

import io
import zipfile
from datetime import date, time, timedelta
from typing import Any

import pytest
import xlsxwriter

from ocop.core.cells import Broken, as_broken, broken_cells
from ocop.core.refusals import Refused
from ocop.recognition.registry_import import Field, Wishes, letter, outline, read, write_errors
from ocop.recognition.registry_import.rows import as_text
from tests.councils.books import tables
from tests.recognition.registries import HEADING, TODAY, Formula, book, codes, read_rows, row

LINE = 'Mắm nêm;HTX Biển Xanh;"xã Đức Trọng, tỉnh Lâm Đồng";3;3981/QĐ-UBND;05/08/2026'
PLAIN = ("Tên sản phẩm", "Chủ thể", "Hạng sao")


def sheets(*pages: tuple[str, list[Any], dict[str, Any]]) -> bytes:
    """A workbook of several sheets: name, rows, and how it is shown or where it begins."""
    into = io.BytesIO()
    with xlsxwriter.Workbook(into) as written:
        for name, rows, how in pages:
            page = written.add_worksheet(name)
            top, left = how.get("at", (0, 0))
            for number, cells in enumerate(rows, start=top):
                page.write_row(number, left, cells)
            if how.get("hidden"):
                page.hide()
            else:
                page.activate()
            for cells in how.get("merged", ()):
                page.merge_range(cells, "")
    return into.getvalue()


def anew(content: bytes, **parts: bytes) -> bytes:
    """The workbook with parts of it replaced (`__` for a slash) or, empty, taken out."""
    into = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(into, "w") as new:
        for name in old.namelist():
            given = parts.get(name.replace("/", "__").replace(".", "_"))
            if given != b"":
                new.writestr(name, old.read(name) if given is None else given)
    return into.getvalue()


def test_table_may_begin_anywhere_and_rows_are_numbered_as_the_sheet_shows_them() -> None:
    content = sheets(("S", [PLAIN, ("Mắm", "HTX", 3), ("Chè", "HTX", "?")], {"at": (4, 2)}))
    result = read(content, "so.xlsx", today=TODAY)
    assert [draft.row for draft in result.accepted] == [6]
    assert (7, "stars", "stars_unreadable") in codes(result)


def test_sheet_with_most_known_columns_is_read_a_hidden_one_only_if_no_other_is_better() -> None:
    full = [HEADING, row()]
    content = sheets(
        ("Bìa", [("Sổ đăng ký", "")], {}),
        ("Ít", [PLAIN, ("Mắm", "HTX", 3)], {}),
        ("Đủ", full, {}),
    )
    assert read(content, "so.xlsx", today=TODAY).table == "Đủ"
    chosen = read(content, "so.xlsx", today=TODAY, wishes=Wishes(sheet="Ít"))
    assert (chosen.table, len(chosen.accepted)) == ("Ít", 1)
    with pytest.raises(Refused) as refusal:
        read(content, "so.xlsx", today=TODAY, wishes=Wishes(sheet="Không có"))
    assert refusal.value.code == "sheet_unknown"
    hidden = sheets(("Ẩn", [PLAIN, ("Cũ", "HTX", 3)], {"hidden": True}), ("Đủ", full, {}))
    assert outline(hidden, "so.xlsx").sheets == ("Đủ", "Ẩn")
    assert read(hidden, "so.xlsx", today=TODAY).table == "Đủ"


@pytest.mark.parametrize(
    "text",
    [
        ";".join(HEADING) + "\n" + LINE,
        "sep=;\n" + ";".join(HEADING) + "\n" + LINE,
        "\t".join(HEADING) + "\n" + LINE.replace(";", "\t"),
        "|".join(HEADING) + "\r\n" + LINE.replace(";", "|") + "\r\n",
        "\n\n" + ";".join(HEADING) + "\n" + LINE,
    ],
)
def test_delimiter_of_a_text_table_is_found(text: str) -> None:
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        result = read(text.encode(encoding), "so.csv", today=TODAY)
        assert [draft.name for draft in result.accepted] == ["Mắm nêm"]


def test_text_of_one_line_has_no_rows() -> None:
    with pytest.raises(Refused) as refusal:
        read(b"xin chao", "so.csv", today=TODAY)
    assert refusal.value.code == "no_heading"
    assert outline(b"xin,chao\n", "so.csv").columns == ("xin", "chao")
    assert outline(b"\n", "so.csv").columns == ()


def test_file_of_another_kind_is_refused() -> None:
    paper = io.BytesIO()
    with zipfile.ZipFile(paper, "w") as packed:
        for name in ("[Content_Types].xml", "word/document.xml"):
            packed.writestr(name, "x")
    with pytest.raises(Refused) as refusal:
        read(paper.getvalue(), "so.docx", today=TODAY)
    assert refusal.value.code == "not_a_table"
    with pytest.raises(Refused, match=r"Hãy gửi tệp Excel \(\.xlsx\) hoặc CSV\.$"):
        read(b"GIF89a\x01\0\x01\0\0", "so.gif", today=TODAY)
    with pytest.raises(Refused) as refusal:
        read(anew(book(HEADING), xl__workbook_xml=b"<broken"), "so.xlsx", today=TODAY)
    assert refusal.value.code == "table_unreadable"


# --- Columns -----------------------------------------------------------------------------------
def test_columns_are_told_where_no_heading_is_known() -> None:
    told = {Field.NAME: "1", Field.PRODUCER: "B", Field.STARS: "C"}
    rows = [("Mắm", "HTX", 3), ("Chè", "HTX", 4)]
    content = book(*rows)
    with pytest.raises(Refused) as refusal:
        read(content, "so.xlsx", today=TODAY)
    assert refusal.value.code == "no_heading"
    result = read(content, "so.xlsx", today=TODAY, wishes=Wishes(columns=told))
    assert [draft.name for draft in result.accepted] == ["Mắm", "Chè"]
    headed = book(("Tên gọi", "Ai làm", "Bậc"), *rows)
    result = read(headed, "so.xlsx", today=TODAY, wishes=Wishes(columns=told))
    assert [draft.row for draft in result.accepted] == [2, 3]


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({Field.PRODUCER: "A"}, "column_twice"),
        ({Field.PRODUCER: "Z"}, "column_unknown"),
        ({Field.PRODUCER: "0"}, "column_unknown"),
        ({Field.PRODUCER: "ABC"}, "column_unknown"),
        ({Field.PRODUCER: "²"}, "column_unknown"),
        ({Field.PRODUCER: ""}, "columns_missing"),
    ],
)
def test_column_that_cannot_be_is_refused(told: dict[Field, str], code: str) -> None:
    wishes = Wishes(columns={Field.NAME: "A", **told})
    with pytest.raises(Refused) as refusal:
        read(book(HEADING, row()), "so.xlsx", today=TODAY, wishes=wishes)
    assert refusal.value.code == code


def test_told_column_takes_its_place_from_the_field_found_there() -> None:
    heading = ("Tên sản phẩm", "Chủ thể", "Hạng sao", "Chủ thể kinh tế")
    content = book(heading, ("Mắm", "HTX", 3, "Công ty"))
    wishes = Wishes(columns={Field.PRODUCER: "D"})
    (draft,) = read(content, "so.xlsx", today=TODAY, wishes=wishes).accepted
    assert draft.producer == "Công ty"
    wishes = Wishes(columns={Field.PRODUCER: "Chủ thể kinh tế", Field.ADDRESS: "B"})
    (draft,) = read(content, "so.xlsx", today=TODAY, wishes=wishes).accepted
    assert (draft.producer, draft.address) == ("Công ty", "HTX")


def test_outline_shows_what_a_person_needs_to_tell_the_columns() -> None:
    found = outline(book(HEADING, row()), "so.xlsx")
    assert (found.sheet, found.columns) == ("Sheet1", HEADING)
    assert found.found[Field.STARS] == 3
    partly = outline(book(("Tên sản phẩm", "Ai", "Hạng sao"), ("Mắm", "HTX", 3)), "so.xlsx")
    assert (partly.columns, Field.PRODUCER in partly.found) == (
        ("Tên sản phẩm", "Ai", "Hạng sao"),
        False,
    )
    nothing = outline(book(("a", "b"), ("c", "d")), "so.xlsx", Wishes(sheet="Không có"))
    assert (nothing.sheet, nothing.columns, nothing.found) == ("Sheet1", ("a", "b"), {})


def test_letters_of_columns() -> None:
    assert [letter(n) for n in (0, 25, 26, 51, 52, 701, 702)] == [
        "A", "Z", "AA", "AZ", "BA", "ZZ", "AAA",
    ]  # fmt: skip


def test_columns_that_nothing_is_read_from_are_named() -> None:
    result = read(book(("STT", *HEADING, "Ghi chú"), [1, *row(), "x"]), "so.xlsx", today=TODAY)
    assert [result.heading.texts[place] for place in result.heading.unused] == ["Ghi chú"]


def test_long_text_above_is_no_heading() -> None:
    title = "Danh sách sản phẩm " + "và chủ thể " * 20
    result = read(book((title, title), PLAIN, ("Mắm", "HTX", 3)), "so.xlsx", today=TODAY)
    assert result.heading.rows == (1,)


def test_headings_that_come_again_and_totals_are_no_rows() -> None:
    result = read_rows(row(), HEADING, row("Chè"), ["Tổng cộng", None, None, 2], ["Cộng", 2])
    assert [draft.name for draft in result.accepted] == ["Mắm nêm", "Chè"]
    assert result.rows == 2
    totals = [report for report in result.reports if report.code == "total_line"]
    assert [report.row for report in totals] == [5, 6]  # told, for a product may be called so
    assert "không phải sản phẩm" in totals[0].message
    assert not any(report.rejects for report in totals)


def test_progress_is_told_every_so_often() -> None:
    told: list[int] = []
    rows = [row(f"Chè {number}", address=None) for number in range(1_200)]
    read(book(HEADING, *rows), "so.xlsx", today=TODAY, progress=told.append)
    assert told == [500, 1_000]


# --- Broken and merged cells -------------------------------------------------------------------
def test_errors_of_a_spreadsheet_are_broken_cells_in_text_as_well() -> None:
    assert as_broken(" #REF! ") == Broken("#REF!")
    assert as_broken("#N/A") == Broken("#N/A")
    assert as_broken("# ghi chú") is None
    text = "Tên sản phẩm,Chủ thể,Hạng sao\n#REF!,HTX,3\nMắm,HTX #1,3\n"
    result = read(text.encode(), "so.csv", today=TODAY)
    assert codes(result)[0] == (2, "name", "cell_error")
    assert [draft.producer for draft in result.accepted] == ["HTX #1"]


def test_error_pasted_as_a_value_is_broken_in_a_workbook_as_in_text() -> None:
    content = book(HEADING, row("#N/A"), row(producer="#REF!"), row("Chè #1"))
    result = read(content, "so.xlsx", today=TODAY)
    found = codes(result)
    assert (2, "name", "cell_error") in found
    assert (3, "producer", "cell_error") in found
    assert [draft.name for draft in result.accepted] == ["Chè #1"]


def test_formula_without_a_value_is_told_wherever_its_sheet_lies() -> None:
    content = book(HEADING, row(name=Formula("=A1&B1")), row("Chè"))
    assert codes(read(content, "so.xlsx", today=TODAY)) == [(2, "name", "formula_without_value")]
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        links = packed.read("xl/_rels/workbook.xml.rels")
    absolute = links.replace(b'Target="worksheets/', b'Target="/xl/worksheets/')
    moved = anew(content, xl___rels__workbook_xml_rels=absolute)
    assert codes(read(moved, "so.xlsx", today=TODAY)) == [(2, "name", "formula_without_value")]
    gone = links.replace(b'Target="worksheets/sheet1', b'Target="worksheets/sheet9')
    assert broken_cells(anew(content, xl___rels__workbook_xml_rels=gone), "Sheet1") == {}
    assert broken_cells(content, "Không có") == {}


def test_broken_cell_is_found_in_a_sheet_of_any_length() -> None:
    rows: list[Any] = [row("x" * 150, address=None) for _ in range(6_000)]
    rows[5_500] = row(stars=Formula("=1/0", "#DIV/0!"))
    result = read(book(HEADING, *rows), "so.xlsx", today=TODAY)
    assert (5_502, "stars", "cell_error") in codes(result)


def test_merged_cells_that_reach_past_their_rows_or_lie_far_out_do_no_harm() -> None:
    """Column J holds nothing, and A is merged past the last row."""
    rows = [PLAIN, ("", "HTX", 3), ("Chè", "HTX", 3)]
    content = sheets(("S", rows, {"merged": ["J2:J4", "GZ1:GZ3", "A3:A9"]}))
    result = read(content, "so.xlsx", today=TODAY)
    assert result.rows == 2
    assert codes(result)[0] == (2, "name", "name_missing")


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (" Mắm  nêm ", "Mắm nêm"),
        (4.0, "4"),
        (4.5, "4.5"),
        (7, "7"),
        (date(2026, 8, 5), "05/08/2026"),
        (time(1, 2), "01:02:00"),
        (timedelta(hours=1), "1:00:00"),
        (True, ""),
        (None, ""),
        (Broken("#REF!"), ""),
    ],
)
def test_cell_as_a_person_reads_it(cell: object, text: str) -> None:
    assert as_text(cell) == text


def test_error_workbook_leaves_blank_cells_blank() -> None:
    content = book(HEADING, row(address=None, stars="?"), row("Chè"))
    result = read(content, "so.xlsx", today=TODAY)
    into = io.BytesIO()
    assert write_errors(into, content, "so.xlsx", result.reports) == 2  # one is of the file
    (page,) = tables(into.getvalue()).values()
    assert page[3][3:7] == ["Mắm nêm", "HTX Biển Xanh", "", "?"]


def test_merged_range_ends_where_it_ends() -> None:
    content = book(
        PLAIN, ("Mắm", "HTX", 3), (None, "HTX khác", 3), (None, "HTX", 4), merged=["A2:A3"]
    )
    result = read(content, "so.xlsx", today=TODAY)
    assert [draft.name for draft in result.accepted] == ["Mắm", "Mắm"]
    assert (4, "name", "name_missing") in codes(result)


def test_formula_with_a_value_is_that_value() -> None:
    content = book(PLAIN, (Formula('="Mắm"', "Mắm"), "HTX", Formula("=1+2", "3")))
    (draft,) = read(content, "so.xlsx", today=TODAY).accepted
    assert (draft.name, draft.stars) == ("Mắm", 3)


def test_row_longer_than_what_is_read_at_once_hides_no_broken_cell() -> None:
    """Texts inside the sheet, as some programs write them, make a row of megabytes."""
    content = book(PLAIN, ("Mắm", "HTX", Formula("=1/0", "#DIV/0!")))
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        page = packed.read("xl/worksheets/sheet1.xml")
    long = b'<c r="D2" t="inlineStr"><is><t>' + b"x" * 2_200_000 + b"</t></is></c></row>"
    head, cut, tail = page.rpartition(b"</row>")
    assert cut
    changed = anew(content, xl__worksheets__sheet1_xml=head + long + tail)
    assert codes(read(changed, "so.xlsx", today=TODAY))[0] == (2, "stars", "cell_error")


def test_row_of_unknown_columns_alone_is_no_row() -> None:
    content = book((*PLAIN, "Ghi chú"), ("Mắm", "HTX", 3, None), (None, None, None, "hết trang"))
    result = read(content, "so.xlsx", today=TODAY)
    assert (result.rows, codes(result)[1:]) == (1, [(2, "commune", "commune_missing")])


def test_broken_cell_far_to_the_right_is_not_looked_at() -> None:
    far: list[Any] = [None] * 250
    far[:3] = ["Mắm", "HTX", 3]
    far[240] = Formula("=1/0", "#DIV/0!")
    result = read(book(PLAIN, far), "so.xlsx", today=TODAY)
    assert len(result.accepted) == 1


def test_columns_told_without_the_stars_are_not_enough() -> None:
    wishes = Wishes(columns={Field.NAME: "A", Field.PRODUCER: "B"})
    with pytest.raises(Refused) as refusal:
        read(book(("Mắm", "HTX", 3)), "so.xlsx", today=TODAY, wishes=wishes)
    assert refusal.value.code == "columns_missing"
