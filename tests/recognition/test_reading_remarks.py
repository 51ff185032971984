"""What is said of a file and of who decided: columns left out, codes of text, five stars."""

import pytest

from ocop.recognition.registry_import import Code, Report, Result, kind_words, read
from tests.recognition.registries import HEADING, TODAY, book, codes, read_rows, row

LINES = "Tên sản phẩm,Chủ thể,Hạng sao\nMắm nêm,HTX Biển,3\n"


def of_code(result: Result, code: Code) -> list[Report]:
    return [report for report in result.reports if report.code is code]


def text(content: bytes) -> Result:
    return read(content, "so.csv", today=TODAY)


def test_numbering_and_known_columns_are_no_columns_left_out() -> None:
    result = read(book(("STT", *HEADING), [1, *row()]), "so.xlsx", today=TODAY)
    assert not of_code(result, Code.COLUMN_NOT_READ)


def test_second_column_of_a_field_is_told_as_left_out() -> None:
    heading = (*HEADING, "Địa chỉ sản xuất")
    result = read(book(heading, [*row(), "nơi khác"]), "so.xlsx", today=TODAY)
    (told,) = of_code(result, Code.COLUMN_NOT_READ)
    assert (told.row, told.field, told.rejects) == (1, None, False)
    assert "Cột G “Địa chỉ sản xuất”" in told.message


@pytest.mark.parametrize(
    ("encoding", "told"), [("utf-8", ""), ("utf-8-sig", ""), ("utf-16", "UTF-16")]
)
def test_code_of_a_text_is_told_where_it_is_another(encoding: str, told: str) -> None:
    found = of_code(text(LINES.encode(encoding)), Code.TEXT_ENCODING)
    assert [report.facts["encoding"] for report in found] == ([told] if told else [])


def test_old_vietnamese_code_is_told_and_keeps_no_row_out() -> None:
    lines = "Ten san pham,Chu the,Hang sao\nM\xe2m n\xeam,HTX Bi\xean,3\n".encode("latin-1")
    result = text(lines)
    (told,) = of_code(result, Code.TEXT_ENCODING)
    assert "Windows-1258" in told.message
    assert [draft.name for draft in result.accepted] == ["Mâm nêm"]
    assert not told.rejects


@pytest.mark.parametrize("number", ["3981/QĐ-UBND", "12/QĐ-CTUBND", "12/QĐ-UB"])
def test_five_stars_by_a_committee_are_kept_and_told(number: str) -> None:
    result = read_rows(row(stars=5, decision=number))
    (told,) = of_code(result, Code.FIVE_STARS_BY_COMMITTEE)
    assert (told.field, told.rejects) == ("decision", False)
    assert number in told.message
    assert [draft.stars for draft in result.accepted] == [5]


@pytest.mark.parametrize(
    ("stars", "number"),
    [
        (5, "1234/QĐ-BNN-VPĐP"),
        (5, "1234/QĐ-BNNMT"),
        (4, "3981/QĐ-UBND"),
        ("tiềm năng 5 sao", "3981/QĐ-UBND"),
    ],
)
def test_stars_a_committee_may_give_are_not_remarked(stars: object, number: str) -> None:
    assert not of_code(read_rows(row(stars=stars, decision=number)), Code.FIVE_STARS_BY_COMMITTEE)


def test_one_remark_where_the_authority_tells_its_level() -> None:
    heading = (*HEADING, "Cơ quan ban hành")
    result = read(book(heading, [*row(stars=5), "UBND tỉnh Lâm Đồng"]), "so.xlsx", today=TODAY)
    assert of_code(result, Code.AUTHORITY_LEVEL)
    assert not of_code(result, Code.FIVE_STARS_BY_COMMITTEE)


def test_rejected_row_is_not_said_to_be_taken() -> None:
    """The page says “chưa nhận” of it; a remark on its evidence says no other."""
    for decision in ("3981/QĐ-UBND", None):
        result = read_rows(row(stars="đạt", decision=decision, signed_on=None))
        assert result.rejected == {2}
        assert not [r.message for r in result.reports if "nhận theo" in r.message.lower()]


def test_kind_of_a_remark_is_told_without_the_facts_of_one_row() -> None:
    assert kind_words(Code.YEAR_CONTRADICTS_DATE) == "Năm … không khớp với ngày …"
    assert all("%" not in kind_words(code) for code in Code if code is not Code.TOTAL_UNREADABLE)


@pytest.mark.parametrize("nothing", ["N/A", "n/a", "-", "–", "?"])
def test_sign_for_nothing_is_no_producer(nothing: str) -> None:
    result = read_rows(row(producer=nothing), row("Na dai", producer="Na"))
    assert codes(result)[:1] == [(2, "producer", "producer_missing")]
    assert [draft.producer for draft in result.accepted] == ["Na"]
