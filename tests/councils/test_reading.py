"""Reading a council's workbook back, as people leave it."""

import io
import unicodedata
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
import xlsxwriter

from ocop.core.refusals import Refused
from ocop.councils.outcome import Member, Problem, WorkingRules, assess
from ocop.councils.reading import Brought, read
from ocop.criteria.sets import load_set
from tests.councils.books import COUNCIL, HEADINGS, Rows, book, filled, tables, template

COFFEE = load_set(13)
BEST = {c.code: max(o.points for o in c.options) for c in COFFEE.criteria}
MEMBERS = (("Hội đồng viên", "Chức danh"), ("An", "Chủ tịch"), ("Bình", "Thành viên"))

AGREED = ("Sản phẩm", "Mã tiêu chí", "Điểm thống nhất")
GATES = ("Sản phẩm", "Mã điều kiện", "Trả lời")


def marks(*rows: Rows, council: Rows = MEMBERS, **sheets: Rows) -> Brought:
    return read(book(Chấm=[HEADINGS, *rows], Hội=council, **sheets), load_set)


def codes(brought: Brought) -> list[tuple[str, str]]:
    return [(error.cell, error.code) for error in brought.errors]


def test_filled_template_comes_back_whole() -> None:
    content = filled(template(("Cà phê", 13)), lambda row: BEST[str(row["Mã tiêu chí"])])
    brought = read(content, load_set)
    assert brought.errors == ()
    assert brought.members == COUNCIL
    assert brought.council_known
    (case,) = brought.cases
    assert case.product == "Cà phê"
    assert case.criteria_set.number == 13
    assert {sheet.member: dict(sheet.marks) for sheet in case.sheets} == {
        member.name: BEST for member in COUNCIL
    }
    result = assess(case, brought.members, WorkingRules())
    assert (result.mean, result.star, result.is_final) == (100, 5, True)


def test_empty_template_is_all_unanswered() -> None:
    brought = read(template(("Cà phê", 13), ("Gạo", 1)), load_set)
    assert brought.errors == ()
    assert [case.product for case in brought.cases] == ["Cà phê", "Gạo"]
    result = assess(brought.cases[0], brought.members, WorkingRules())
    assert result.problems == (Problem.NO_SHEETS,)


@pytest.mark.parametrize(
    ("typed", "points"),
    [(2, 2), (2.0, 2), ("2", 2), ("2,0", 2), (" 2 ", 2), ("2.0", 2), ("0", 0)],
)
def test_points_as_people_type_them(typed: object, points: int) -> None:
    brought = marks(("An", "Cà phê", 13, "1.1", typed))
    assert brought.errors == ()
    assert brought.cases[0].sheets[0].marks == {"1.1": points}


@pytest.mark.parametrize(
    "typed",
    ["2,5", 2.5, 4, -1, "hai", "#REF!", "2 3", "0 1", date(2026, 2, 1), "2 điểm", "2đ", "2.000"],
)
def test_points_that_are_no_level_are_named_with_the_levels(typed: object) -> None:
    brought = marks(("An", "Cà phê", 13, "1.1", typed))
    assert codes(brought) == [("Chấm!E2", "points")]
    assert "Các mức: 0; 1; 2; 3." in brought.errors[0].message
    if isinstance(typed, date):
        assert "“01/02/2026”" in brought.errors[0].message
    assert brought.cases[0].sheets[0].marks == {}


@pytest.mark.parametrize("value", [True, False])
def test_logical_value_is_no_points_but_answers_a_condition(value: bool) -> None:
    """As `ocop score` refuses `true`: a ticked box says nothing of a level."""
    gate = COFFEE.gates[0].id
    brought = marks(
        ("An", "Cà phê", 13, "1.1", value),
        Nhất=[AGREED, ("Cà phê", "1.1", value)],
        Kiện=[GATES, ("Cà phê", gate, value)],
    )
    assert codes(brought) == [("Chấm!E2", "points"), ("Nhất!C2", "points")]
    assert brought.errors[0].message.startswith(f"“{str(value).upper()}”")
    assert brought.cases[0].gates == {gate: value}


def test_condition_that_follows_from_the_marks_is_no_answer() -> None:
    brought = marks(
        ("An", "Cà phê", 13, "1.1", 2),
        Kiện=[GATES, ("Cà phê", "requires_5.1_above_zero", "Có")],
    )
    assert codes(brought) == [("Kiện!B2", "gate_derived")]
    assert brought.cases[0].gates == {}


def test_product_in_no_list_of_the_workbook_is_named_with_the_nearest() -> None:
    """Conditions are asked of every product: what they do not name is a slip of the pen."""
    council = filled(template(("Cà phê Đồi Mẫu", 13), ("Gạo", 1)), lambda _row: None)
    written = openpyxl.load_workbook(io.BytesIO(council))
    page = written["Chấm điểm"]
    page["B2"], page["B3"], page["B4"] = "Cà phê Đồi Mâũ 2", "ca phe doi mau", "Mật ong"
    into = io.BytesIO()
    written.save(into)
    brought = read(into.getvalue(), load_set)
    assert codes(brought) == [
        ("Chấm điểm!B2", "product_not_listed"),
        ("Chấm điểm!B4", "product_not_listed"),
    ]
    assert "Có phải là “Cà phê Đồi Mẫu”?" in brought.errors[0].message
    assert "Có phải" not in brought.errors[1].message
    assert [case.product for case in brought.cases] == ["Cà phê Đồi Mẫu", "Gạo"]


def test_without_a_sheet_of_conditions_every_product_is_its_own_list() -> None:
    brought = marks(
        ("An", "Cà phê", 13, "1.1", 2),
        ("An", "Gạo", 1, "1.1", 2),
        Nhất=[AGREED, ("Cà phê", "1.1", 2)],
    )
    assert brought.errors == ()
    assert len(brought.cases) == 2


BROKEN = ["#REF!", "#DIV/0!", "#N/A"]


def changed(content: bytes, **cells: object) -> bytes:
    """The workbook with cells written anew and saved by openpyxl, which keeps no results of
    formulas: `Chấm_E2="=1+1"`."""
    written = openpyxl.load_workbook(io.BytesIO(content))
    for place, value in cells.items():
        sheet, cell = place.split("_")
        written[sheet][cell] = value
    into = io.BytesIO()
    written.save(into)
    return into.getvalue()


WHOLE: dict[str, Rows] = {
    "Chấm": [HEADINGS, ("An", "Cà phê", 13, "1.1", 2), ("Bình", "Cà phê", 13, "1.1", 2)],
    "Hội": MEMBERS,
    "Kiện": [("Sản phẩm", "Mã điều kiện", "Trả lời"), ("Cà phê", COFFEE.gates[0].id, "Có")],
    "Nhất": [("Sản phẩm", "Mã tiêu chí", "Điểm thống nhất"), ("Cà phê", "1.1", 2)],
}


@pytest.mark.whole
@pytest.mark.parametrize(
    "place",
    [
        *("Chấm_A2", "Chấm_B2", "Chấm_C2", "Chấm_D2", "Chấm_E2"),
        *("Hội_A2", "Hội_B2", "Kiện_A2", "Kiện_B2", "Kiện_C2", "Nhất_A2", "Nhất_B2", "Nhất_C2"),
    ],
)
@pytest.mark.parametrize(
    ("value", "code"),
    [*((text, "cell_error") for text in BROKEN), ("=Z1+1", "formula_without_value")],
)
def test_broken_cell_is_wrong_at_its_place_and_never_no_points(
    place: str, value: str, code: str
) -> None:
    brought = read(changed(book(**WHOLE), **{place: value}), load_set)
    assert (place.replace("_", "!"), code) in codes(brought)
    found = next(e for e in brought.errors if e.code == code)
    assert "Hãy mở" in found.message
    if code == "cell_error":
        assert value in found.message


def test_broken_mark_names_one_cell_and_the_other_marks_stand() -> None:
    brought = read(changed(book(**WHOLE), **{"Chấm_E2": "#REF!"}), load_set)
    assert codes(brought) == [("Chấm!E2", "cell_error")]
    assert [dict(s.marks) for s in brought.cases[0].sheets] == [{"1.1": 2}]


def test_broken_cell_that_is_merged_is_wrong_in_every_row_it_covers() -> None:
    written = openpyxl.load_workbook(io.BytesIO(book(**WHOLE)))
    written["Chấm"]["B2"] = "=Z1"
    written["Chấm"].merge_cells("B2:B3")
    into = io.BytesIO()
    written.save(into)
    brought = read(into.getvalue(), load_set)
    assert [c for c in codes(brought) if c[0].startswith("Chấm")] == [
        ("Chấm!B2", "formula_without_value"),
        ("Chấm!B3", "formula_without_value"),
    ]


def test_broken_cell_in_a_column_that_says_nothing_does_no_harm() -> None:
    content = template(("Cà phê", 13))
    assert read(changed(content), load_set).errors == ()  # its own formulas have lost their results
    sheets = dict(WHOLE, Chấm=[(*HEADINGS, "Ghi chú"), ("An", "Cà phê", 13, "1.1", 2, "x")])
    assert read(changed(book(**sheets), **{"Chấm_F2": "#REF!"}), load_set).errors == ()


@pytest.mark.parametrize("written", [13, "13", "13. Cà phê, ca cao", "Bộ 13", "Bộ số 13: cà phê"])
def test_set_by_its_number_however_written(written: object) -> None:
    assert marks(("An", "Cà phê", written, "1.1", 2)).cases[0].criteria_set.number == 13


@pytest.mark.parametrize(
    ("row", "error"),
    [
        (("Cường", "Cà phê", 13, "1.1", 2), ("Chấm!A2", "unknown_member")),
        (("An", "Cà phê", 27, "1.1", 2), ("Chấm!C2", "unknown_set")),
        (("An", "Cà phê", "cà phê", "1.1", 2), ("Chấm!C2", "unknown_set")),
        (("An", "Cà phê", 130, "1.1", 2), ("Chấm!C2", "unknown_set")),
        (("An", "Cà phê", 13, "1.99", 2), ("Chấm!D2", "unknown_criterion")),
        (("An", None, 13, "1.1", 2), ("Chấm!B2", "row_incomplete")),
        ((None, "Cà phê", 13, "1.1", 2), ("Chấm!A2", "row_incomplete")),
        (("An", "Cà phê", 13, None, 2), ("Chấm!D2", "row_incomplete")),
    ],
)
def test_wrong_cell_is_named(row: Rows, error: tuple[str, str]) -> None:
    brought = marks(row)
    assert codes(brought) == [error]
    assert brought.errors[0].message


def test_row_without_key_and_without_points_is_passed_over() -> None:
    brought = marks(("An", "Cà phê", 13, "1.1", 2), (None, "Cộng phần A", None, None, None))
    assert brought.errors == ()
    assert [case.product for case in brought.cases] == ["Cà phê"]


def test_criterion_typed_as_a_number_or_with_a_comma() -> None:
    brought = marks(("An", "Cà phê", 13, 1.1, 2), ("An", "Cà phê", 13, "1,2", 1))
    assert brought.errors == ()
    assert brought.cases[0].sheets[0].marks == {"1.1": 2, "1.2": 1}


def test_same_cell_twice_is_named_and_the_first_stands() -> None:
    brought = marks(("An", "Cà phê", 13, "1.1", 2), ("an", "cà phê", 13, "1.1", 3))
    assert codes(brought) == [("Chấm!E3", "twice")]
    assert "Chấm!E2" in brought.errors[0].message
    assert brought.cases[0].sheets[0].marks == {"1.1": 2}


def test_product_with_two_sets_is_named() -> None:
    brought = marks(("An", "Cà phê", 13, "1.1", 2), ("Bình", "Cà phê", 14, "1.1", 2))
    assert codes(brought) == [("Chấm!C3", "set_differs")]


def test_member_without_marks_on_letters_is_known_when_only_one_fits() -> None:
    council = (("Hội đồng viên", "Chức danh"), ("Trần Bình", "Chủ tịch"), ("Ân", "Ủy viên"))
    brought = marks(
        ("Tran Binh", "Cà phê", 13, "1.1", 2),
        (unicodedata.normalize("NFD", "ân"), "Cà phê", 13, "1.1", 2),
        council=council,
    )
    assert brought.errors == ()
    assert [sheet.member for sheet in brought.cases[0].sheets] == ["Trần Bình", "Ân"]
    two = (*council, ("An", "Ủy viên"))
    assert codes(marks(("ẢN", "Cà phê", 13, "1.1", 2), council=two)) == [
        ("Chấm!A2", "unknown_member")
    ]


def test_deputy_chair_does_not_chair() -> None:
    council = (
        ("Họ và tên", "Chức vụ"),
        ("An", "Phó Chủ tịch hội đồng"),
        ("Bình", "Chủ tịch Hội đồng"),
        (None, "Thư ký"),
    )
    brought = marks(("An", "Cà phê", 13, "1.1", 2), council=council)
    assert brought.members == (Member("An"), Member("Bình", chair=True))


def test_without_a_council_sheet_those_who_marked_are_the_members() -> None:
    content = book(Chấm=[HEADINGS, ("An", "Cà phê", 13, "1.1", 2)])
    brought = read(content, load_set)
    assert brought.members == (Member("An"),)
    assert not brought.council_known
    result = assess(brought.cases[0], brought.members, WorkingRules())
    assert Problem.CHAIR_UNKNOWN in result.problems


def test_columns_moved_renamed_and_below_a_title() -> None:
    rows = (
        ("PHIẾU TỔNG HỢP", None, None, None, None),
        (None, None, None, None, None),
        ("Điểm chấm", "STT", "Mã TC", "TÊN SẢN PHẨM", "Bộ số", "Người chấm"),
        (2, 1, "1.1", "Cà phê", 13, "An"),
    )
    brought = read(book(Sheet1=rows, Hội=MEMBERS), load_set)
    assert brought.errors == ()
    assert brought.cases[0].sheets[0].marks == {"1.1": 2}


def test_heading_of_a_criterion_is_its_code_unless_another_column_says_so() -> None:
    alone = (
        ("Hội đồng viên", "Sản phẩm", "Bộ", "Tiêu chí", "Điểm"),
        ("An", "Cà phê", 13, "1.1", 2),
    )
    both = (
        ("Tiêu chí", "Hội đồng viên", "Sản phẩm", "Bộ", "Mã tiêu chí", "Điểm"),
        ("Nguồn nguyên liệu", "An", "Cà phê", 13, "1.1", 2),
    )
    for rows in (alone, both):
        brought = read(book(Sheet1=rows), load_set)
        assert brought.cases[0].sheets[0].marks == {"1.1": 2}


def test_english_headings_are_known() -> None:
    rows = (
        ("Council member", "Product", "Criteria set", "Criterion code", "Points"),
        ("An", "Cà phê", 13, "1.1", 2),
    )
    assert read(book(Sheet1=rows), load_set).errors == ()


def test_one_sheet_for_each_member_is_read_together() -> None:
    content = book(
        An=[HEADINGS, ("An", "Cà phê", 13, "1.1", 2)],
        Bình=[HEADINGS, ("Bình", "Cà phê", 13, "1.1", 3)],
    )
    (case,) = read(content, load_set).cases
    assert {sheet.member: sheet.marks["1.1"] for sheet in case.sheets} == {"An": 2, "Bình": 3}


def test_merged_cells_count_for_all_their_rows() -> None:
    into = io.BytesIO()
    with xlsxwriter.Workbook(into) as written:
        page = written.add_worksheet("Chấm")
        page.write_row(0, 0, HEADINGS)
        page.merge_range("A2:A3", "An")
        page.merge_range("B2:B3", "Cà phê")
        page.merge_range("C2:C3", 13)
        page.write_row(1, 3, ("1.1", 2))
        page.write_row(2, 3, ("1.2", 1))
    (case,) = read(into.getvalue(), load_set).cases
    assert case.sheets[0].marks == {"1.1": 2, "1.2": 1}


ROW = ("An", "Cà phê", 13, "1.5", 2)


def test_agreed_levels_are_read_and_checked() -> None:
    brought = marks(
        ROW,
        Mức=[
            AGREED,
            ("Cà phê", "1.5", "3"),
            ("Cà phê", "1.6", None),
            ("Ca phe", "2.1", 9),
            ("Chè", "1.5", 3),
            ("Cà phê", "1.5", 2),
            (None, "1.5", 2),
            ("Cà phê", "9.9", 2),
        ],
    )
    assert brought.cases[0].agreed == {"1.5": 3}
    assert codes(brought) == [
        ("Mức!C4", "points"),
        ("Mức!A5", "unknown_product"),
        ("Mức!C6", "twice"),
        ("Mức!A7", "row_incomplete"),
        ("Mức!B8", "unknown_criterion"),
    ]


def test_gates_are_read_and_checked() -> None:
    gate, other = "all_imported_or_unknown_material", "clone_of_other_producer"
    brought = marks(
        ROW,
        Điều=[
            GATES,
            ("Cà phê", gate, "Có"),
            ("Cà phê", other, "không"),
            ("Cà phê", other, None),
            ("Cà phê", "no_such_gate", "Có"),
            ("Cà phê", gate, "có lẽ"),
            ("Cà phê", gate, "Không"),
            ("Chè", gate, "Có"),
            ("Cà phê", None, "Có"),
        ],
    )
    assert brought.cases[0].gates == {gate: True, other: False}
    assert codes(brought) == [
        ("Điều!B5", "unknown_gate"),
        ("Điều!C6", "answer"),
        ("Điều!C7", "twice"),
        ("Điều!A8", "unknown_product"),
        ("Điều!B9", "row_incomplete"),
    ]


def test_tick_of_a_spreadsheet_answers_yes() -> None:
    gate = "all_imported_or_unknown_material"
    brought = marks(ROW, Điều=[GATES, ("Cà phê", gate, True)])
    assert brought.cases[0].gates == {gate: True}


def test_blank_rows_between_are_passed_over() -> None:
    brought = marks(ROW, (None,) * 5, (" ",), ("Bình", "Cà phê", 13, "1.5", 3))
    assert brought.errors == ()
    assert len(brought.cases[0].sheets) == 2


def test_far_column_has_two_letters() -> None:
    rows = ((*[None] * 26, *HEADINGS), (*[None] * 26, "An", "Cà phê", 13, "1.1", 9))
    assert codes(read(book(Chấm=rows), load_set)) == [("Chấm!AE2", "points")]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"khong phai bang tinh", "workbook_unreadable"),
        (book(Sheet1=[("Tên", "Điểm"), ("An", 2)]), "workbook_without_marks"),
        (book(Chấm=[HEADINGS]), "workbook_without_marks"),
    ],
)
def test_file_that_is_no_workbook_of_marks_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        read(content, load_set)
    assert refusal.value.code == code


def test_control_sign_is_refused_naming_sheet_and_row() -> None:
    """No database takes a zero in a text, and a workbook can bring one as an escape."""
    row = ("An", "Cà\0phê", 13, "1.1", 3)
    with pytest.raises(Refused, match="“Chấm”, dòng 3 ") as refusal:
        marks(("An", "Cà phê", 13, "1.2", 3), row)
    assert refusal.value.code == "workbook_unreadable_text"


def test_endless_sheet_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ocop.councils.sheets.MAX_ROWS", 1)
    with pytest.raises(Refused, match="dài quá 1 dòng"):
        marks(ROW)


def test_template_edited_by_moving_columns_gives_the_same_marks() -> None:
    content = filled(template(("Cà phê", 13)), lambda row: BEST[str(row["Mã tiêu chí"])])
    sheets = tables(content)
    turned = {name: [row[::-1] for row in rows] for name, rows in sheets.items()}
    straight, reversed_ = read(content, load_set), read(book(**turned), load_set)
    assert reversed_.errors == ()
    assert [s.marks for s in reversed_.cases[0].sheets] == [
        s.marks for s in straight.cases[0].sheets
    ]
    assert assess(reversed_.cases[0], reversed_.members, WorkingRules()).mean == Decimal(100)
