"""The error workbook is what the office is told to mend and bring again: it is read with the
columns of the file it came from, as it is and mended, whoever told the columns."""

import csv
import io
from collections.abc import Mapping

import pytest
from python_calamine import CalamineWorkbook

from ocop.core import language
from ocop.core.refusals import Refused
from ocop.recognition.registry_import import Field, Result, Wishes, read, write_errors
from tests.recognition.registries import HEADING, HERE, TODAY, book, codes, row

TWO_ROWS = book(
    ["DANH SÁCH SẢN PHẨM OCOP NĂM 2026"],
    ["STT", "Tên sản phẩm", "Chủ thể", "Địa chỉ", "Xếp hạng", None, "Quyết định", None],
    [None, None, None, None, "Sao", "Ghi chú", "Số", "Ngày ký"],
    [1, "Mắm nêm", "HTX Biển", HERE, "đạt", "x", "3981/QĐ-UBND", "05/08/2026"],
    [2, "Chè", "HTX Núi", HERE, 4, None, "3981/QĐ-UBND", "05/08/2026"],
    merged=["E2:F2", "G2:H2"],
)
ONE_ROW = book(HEADING, row(producer="HTX Biển", stars="đạt"), row("Chè"))
CSV = "\n".join(
    [
        ";".join(HEADING),
        f"Mắm nêm;HTX Biển;{HERE};đạt;3981/QĐ-UBND;05/08/2026",
        f"Chè;HTX Núi;{HERE};4;3981/QĐ-UBND;05/08/2026",
    ]
).encode()
#: Columns that no heading tells, one that a heading tells wrongly, and one told away.
TOLD = {Field.PRODUCER: "B", Field.DECIDED_ON: "F", Field.SECTOR: ""}
BY_HAND = book(
    ("Tên sản phẩm", "Ai làm", "Hạng sao", "Số quyết định", "Ngày", "Ngày trên giấy", "Nhóm"),
    ("Mắm nêm", "HTX Biển", "đạt", "3981/QĐ-UBND", "01/01/2026", "05/08/2026", "gia vị"),
)
BARE = book(("Chè", "HTX Núi", 4), ("Mắm nêm", "HTX Biển", "đạt"))
BARE_TOLD = {Field.NAME: "A", Field.PRODUCER: "B", Field.STARS: "C"}


def errors_of(content: bytes, name: str, told: Mapping[Field, str]) -> tuple[Result, bytes]:
    wishes = Wishes(columns=told)
    result = read(content, name, today=TODAY, wishes=wishes)
    into = io.BytesIO()
    write_errors(into, content, name, result.reports, wishes)
    return result, into.getvalue()


def lines_of(content: bytes) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def mended(content: bytes) -> list[list[object]]:
    return [[4 if cell == "đạt" else cell for cell in line] for line in lines_of(content)]


@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        (TWO_ROWS, "so.xlsx", {}),
        (ONE_ROW, "so.xlsx", {}),
        (CSV, "so.csv", {}),
        (BY_HAND, "so.xlsx", TOLD),
        (BARE, "so.xlsx", BARE_TOLD),
    ],
)
def test_error_workbook_is_read_with_the_columns_of_its_file(
    content: bytes, name: str, told: Mapping[Field, str]
) -> None:
    before, errors = errors_of(content, name, told)
    again = read(errors, "loi.xlsx", today=TODAY)
    assert {f: at + 3 for f, at in before.heading.columns.items()} == dict(again.heading.columns)
    assert [c for _row, *c in codes(again)] == [c for _row, *c in codes(before)]
    assert "Mắm nêm" not in {draft.name for draft in again.accepted}
    result = read(book(*mended(errors)), "loi.xlsx", today=TODAY)
    (draft,) = (each for each in result.accepted if each.name == "Mắm nêm")
    assert (draft.producer, draft.stars) == ("HTX Biển", 4)
    assert not result.rejected
    if Field.DECISION in before.heading.columns:
        assert (draft.decision, str(draft.signed_on)) == ("3981/QĐ-UBND", "2026-08-05")


def test_our_own_columns_are_passed_over_without_a_word() -> None:
    _before, errors = errors_of(TWO_ROWS, "so.xlsx", {})
    again = read(errors, "loi.xlsx", today=TODAY)
    of_file = [report.facts["column"] for report in again.reports if report.field is None]
    assert of_file == ["Xếp hạng – Ghi chú"]  # as of the file itself


def test_it_comes_back_as_text_in_another_language_and_from_errors_again() -> None:
    with language.using("en"):
        _before, errors = errors_of(TWO_ROWS, "so.xlsx", {})
    text = io.StringIO()
    csv.writer(text).writerows(lines_of(errors))
    again, once_more = errors_of(text.getvalue().encode(), "loi.csv", {})
    assert [code for *_rest, code in codes(again)] == ["stars_unreadable"]
    (draft,) = read(book(*mended(once_more)), "loi.xlsx", today=TODAY).accepted
    assert (draft.name, draft.stars, draft.decision) == ("Mắm nêm", 4, "3981/QĐ-UBND")


def test_without_the_line_of_fields_the_joined_headings_are_understood() -> None:
    _before, errors = errors_of(TWO_ROWS, "so.xlsx", {})
    heading, _read_as, *lines = mended(errors)
    (draft,) = read(book(heading, *lines), "loi.xlsx", today=TODAY).accepted
    assert (draft.stars, draft.decision, str(draft.signed_on)) == (4, "3981/QĐ-UBND", "2026-08-05")
    plain = read(book(heading[3:], *(line[3:] for line in lines)), "so.xlsx", today=TODAY)
    assert [each.stars for each in plain.accepted] == [4]


def test_column_that_somebody_added_is_read_by_its_heading() -> None:
    """A remark on the file says to add who signed."""
    _before, errors = errors_of(BY_HAND, "so.xlsx", TOLD)
    heading, read_as, *lines = mended(errors)
    lines = [[*line, "UBND tỉnh Lâm Đồng" if line[1] == "chưa nhận" else ""] for line in lines]
    added = book([*heading, "Cơ quan ban hành"], read_as, *lines)
    result = read(added, "loi.xlsx", today=TODAY)
    (draft,) = result.accepted
    assert (draft.authority, draft.producer, draft.sector) == ("UBND tỉnh Lâm Đồng", "HTX Biển", "")
    assert Field.SECTOR not in result.heading.columns  # told away, and stays away


def test_column_of_ours_is_no_column_of_the_registry() -> None:
    """Who tells a column by the letter it had in the file itself hears of it."""
    _before, errors = errors_of(BY_HAND, "so.xlsx", TOLD)
    with pytest.raises(Refused, match="Cột B do tệp lỗi thêm vào") as refusal:
        read(errors, "loi.xlsx", today=TODAY, wishes=Wishes(columns={Field.PRODUCER: "B"}))
    assert refusal.value.code == "column_of_errors"


def test_results_are_the_stars_of_a_registry_that_has_no_reasons() -> None:
    content = book(("Dòng", "Tên sản phẩm", "Chủ thể", "Kết quả"), (1, "Mắm", "HTX", "4 sao"))
    (draft,) = read(content, "so.xlsx", today=TODAY).accepted
    assert draft.stars == 4
