"""Workbooks made to harm the reader are refused before it sees them; real ones are read."""

import io
import struct
import zipfile

import pytest
from python_calamine import CalamineError, CalamineWorkbook

from ocop.core import workbooks
from ocop.core.refusals import Refused
from tests.core import crafted

DRAWN = '<c r="XFD1048576" s="1"/>'  # a cell with a border and nothing in it
TEXT = "<c><v>7</v></c>"


def read(content: bytes) -> list[list[object]]:
    with workbooks.opened(content) as book:
        return book.get_sheet_by_index(0).to_python(skip_empty_area=False)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (crafted.cells(*crafted.PANIC), "not_a_workbook"),
        (crafted.cells(*crafted.FAR), "sheet_too_large"),
        (crafted.cells("A1048577"), "not_a_workbook"),
        (crafted.cells("XFE1"), "not_a_workbook"),
        (crafted.cells("AAAAAAAAAAAAAAAAAAAAAAAA1"), "not_a_workbook"),
        (crafted.cells("A99999999999999"), "not_a_workbook"),
        (crafted.cells("A1", "zzzzzzz1"), "not_a_workbook"),
        (crafted.sheet(f'<row r="4000000000">{TEXT}</row>'), "not_a_workbook"),
        (
            crafted.sheet(
                f"<row r='1'><c  t='n' r='XFD1'><v>1</v></c></row><row r='1048576'>{TEXT}</row>"
            ),
            "sheet_too_large",
        ),
        (
            crafted.sheet("", '<mergeCells><mergeCell ref="A1:ZZZZZZZ1"/></mergeCells>'),
            "not_a_workbook",
        ),
    ],
)
def test_workbook_that_reaches_too_far_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        read(content)
    assert refusal.value.code == code
    assert "Hãy" in refusal.value.message


def test_workbook_with_a_part_that_is_damaged_is_refused() -> None:
    content = bytearray(crafted.cells("A1"))
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        sheet = packed.getinfo("xl/worksheets/sheet1.xml")
    told = struct.pack("<I", sheet.CRC)
    assert content.count(told) == 2  # before the part, and in the list of parts
    wrong = bytes(content).replace(told, struct.pack("<I", sheet.CRC ^ 1))
    with pytest.raises(Refused) as refusal:
        read(wrong)
    assert refusal.value.code == "not_a_workbook"


def test_panic_of_the_reader_is_refused() -> None:
    content = crafted.cells(*crafted.PANIC)
    with (
        pytest.raises(Refused) as refusal,
        workbooks.opened(crafted.cells("A1")),
    ):
        CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
    assert refusal.value.code == "not_a_workbook"


@pytest.mark.parametrize("kind", [KeyboardInterrupt, SystemExit, ValueError])
def test_what_is_no_panic_passes(kind: type[BaseException]) -> None:
    with pytest.raises(kind), workbooks.opened(crafted.cells("A1")):
        raise kind


def test_what_the_reader_cannot_read_is_for_the_caller() -> None:
    for content in (b"no workbook", b"PK no workbook", crafted.cells("A0")):
        with pytest.raises(CalamineError):
            read(content)


def test_workbook_of_a_spreadsheet_is_read() -> None:
    assert read(crafted.cells("B2")) == [["", ""], ["", "x"]]
    assert read(crafted.sheet(f'<row r="1">{TEXT}{TEXT}</row>')) == [[7.0, 7.0]]
    assert read(crafted.sheet(f'<row r="1"><c r="A1"><v>7</v></c>{DRAWN}</row>')) == [[7.0]]
    assert len(read(crafted.cells("A1048576"))) == 1_048_576
    assert len(read(crafted.cells("A1", "XFD500"))[0]) == 16_384
