"""The template that a council fills in."""

import io
import zipfile

import pytest

from ocop.core import language
from ocop.core.refusals import Refused
from ocop.councils.outcome import Member
from ocop.criteria.sets import load_set
from tests.councils.books import COUNCIL, tables, template


def test_template_has_a_row_for_each_member_product_and_criterion() -> None:
    sheets = tables(template(("Cà phê Đồi Mẫu", 13), ("Gạo nếp", 1)))
    head, *rows = sheets["Chấm điểm"]
    assert head == [
        "Hội đồng viên",
        "Sản phẩm",
        "Bộ tiêu chí",
        "Mã tiêu chí",
        "Tên tiêu chí",
        "Điểm tối đa",
        "Các mức",
        "Điểm",
        "Ghi chú",
    ]
    expected = [
        (member.name, product, criterion.code)
        for member in COUNCIL
        for product, number in (("Cà phê Đồi Mẫu", 13), ("Gạo nếp", 1))
        for criterion in load_set(number).criteria
    ]
    assert [(row[0], row[1], row[3]) for row in rows] == expected
    assert all(row[7] == "" for row in rows)
    assert rows[0][2] == "13. Cà phê, ca cao"


def test_levels_name_none_of_them_and_the_stars_they_are_needed_for() -> None:
    rows = tables(template(("Cà phê", 13)))["Chấm điểm"]
    levels = {row[3]: str(row[6]).splitlines() for row in rows}
    assert levels["1.1"][0] == "0: không đạt mức nào"
    assert levels["1.1"][2].endswith("(mức tối thiểu 3 sao)")
    assert levels["1.5"][0].startswith("0: Không có liên kết")


def test_cells_accept_only_the_levels() -> None:
    content = template(("Cà phê", 13))
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        marks = packed.read("xl/worksheets/sheet2.xml").decode()
    assert '<formula1>"0,1,2,3"</formula1>' in marks.replace("&quot;", '"')
    rows = 3 * len(load_set(13).criteria)
    ruled = [area for part in marks.split('sqref="')[1:] for area in part.split('"')[0].split()]
    assert {f"H{n}" for n in range(2, rows + 2)} <= set(ruled)


def test_other_sheets_hold_agreed_levels_gates_council_and_help() -> None:
    sheets = tables(template(("Cà phê", 13), notes=["DỮ LIỆU MẪU"]))
    assert list(sheets) == [
        "Hướng dẫn",
        "Chấm điểm",
        "Tính thử",
        "Mức thống nhất",
        "Điều kiện",
        "Hội đồng",
    ]
    starred = [c.code for c in load_set(13).criteria if any(o.min_for_star for o in c.options)]
    assert [row[2] for row in sheets["Mức thống nhất"][1:]] == starred
    gates = {row[3]: str(row[4]) for row in sheets["Điều kiện"][1:]}
    assert gates["all_imported_or_unknown_material"].endswith("Không: không vi phạm.")
    assert gates["export_evidence"].endswith("Không: tiêu chí này tính 0 điểm.")
    assert "requires_5.1_above_zero" not in gates  # follows from the marks
    assert sheets["Hội đồng"][1:] == [
        ["Nguyễn Văn An", "Chủ tịch"],
        ["Trần Thị Bình", "Thành viên"],
        ["Lê Cúc", "Thành viên"],
    ]
    assert [row[0] for row in sheets["Hướng dẫn"][:2]] == ["Phiên họp thử", "DỮ LIỆU MẪU"]


def test_gate_named_twice_in_a_set_is_asked_once() -> None:
    sheets = tables(template(*((f"Sản phẩm {n}", n) for n in range(1, 27))))
    asked = [(row[0], row[3]) for row in sheets["Điều kiện"][1:]]
    assert len(asked) == len(set(asked))
    eligible = [row for row in sheets["Điều kiện"] if row[3] == "origin_100pct_in_province"]
    assert len(eligible) == 7
    assert str(eligible[0][4]).endswith("Không: không được xếp hạng.")


def test_template_of_every_set_can_be_written() -> None:
    sheets = tables(template(*((f"Sản phẩm {n}", n) for n in range(1, 27))))
    assert len(sheets["Chấm điểm"]) == 1 + 3 * 787  # criteria of Decision 26/2026 in all


def test_template_in_english() -> None:
    with language.using("en"):
        assert len(tables(template(("Cà phê", 13)))) == 6


@pytest.mark.parametrize(
    ("products", "members", "code"),
    [
        ((), COUNCIL, "template_empty"),
        ((("Gạo", 1),), (), "template_empty"),
        ((("Gạo", 1), ("gạo", 2)), COUNCIL, "template_name_twice"),
        ((("Gạo", 1),), (Member("An"), Member("AN")), "template_name_twice"),
    ],
)
def test_template_without_sense_is_refused(
    products: tuple[tuple[str, int], ...], members: tuple[Member, ...], code: str
) -> None:
    with pytest.raises(Refused) as refusal:
        template(*products, members=members)
    assert refusal.value.code == code
