"""Workbooks of grants: what a row says, which cannot be taken and why, and the way back."""

import io
from datetime import date, datetime
from typing import Any

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.core.refusals import Refused
from ocop.places.models import Extent, Level, Succession
from ocop.producers.models import Producer
from ocop.support.models import Grant, GrantBatch
from ocop.support.services import importing
from ocop.support.services.importing import Usual
from tests.factories import OldUnitFactory, ProducerFactory, ProductFactory, UnitFactory

pytestmark = pytest.mark.django_db
HEAD = ("STT", "Tên chủ thể", "Tên sản phẩm", "Nội dung hỗ trợ", "Cấp hỗ trợ", "Năm",
        "Kinh phí (đồng)")  # fmt: skip


def book(*rows: tuple[Any, ...], head: tuple[str, ...] = HEAD) -> bytes:
    into = io.BytesIO()
    made = xlsxwriter.Workbook(into, {"in_memory": True})
    page = made.add_worksheet("Hỗ trợ")
    page.write(0, 0, "Biểu hỗ trợ chủ thể OCOP")
    for number, row in enumerate((head, *rows), start=2):
        for place, cell in enumerate(row):
            if isinstance(cell, date):
                page.write_datetime(
                    number, place, datetime(cell.year, cell.month, cell.day),  # noqa: DTZ001
                    made.add_format({"num_format": "dd/mm/yyyy"}),
                )  # fmt: skip
            else:
                page.write(number, place, cell)
    made.close()
    return into.getvalue()


def read(now: datetime, content: bytes, level: str = "district", **usual: str) -> GrantBatch:
    return importing.read_grants(
        actor=SYSTEM, content=content, filename="ho-tro.xlsx", usual=Usual(level, **usual), at=now
    )


def load(now: datetime, batch: GrantBatch, **more: bool) -> GrantBatch:
    return importing.load_grants(actor=SYSTEM, batch=batch, at=now, **more)


def codes(batch: GrantBatch) -> list[tuple[int, str]]:
    return [(row, code) for row, _field, code, _cell in batch.reports]


@pytest.fixture
def maker() -> Producer:
    return ProducerFactory(name="Hợp tác xã nông nghiệp Sơn Hà")


def test_rows_of_a_district_are_read_and_then_loaded(now: datetime, maker: Producer) -> None:
    product = ProductFactory(producer=maker, name="Gạo nếp")
    batch = read(
        now,
        book(
            (1, "HTX NN Sơn Hà", "Gạo nếp", "Gian hàng hội chợ", "UBND huyện", 2019, 4_500_000),
            (
                2,
                "HTX nông nghiệp Sơn Hà",
                "",
                "Tem truy xuất",
                "Sở Công Thương",
                2021,
                "3.000.000 đ",
            ),
            ("Tổng cộng", "", "", "", "", "", 7_500_000),
        ),
    )
    assert (batch.rows, batch.accepted, batch.rejected) == (2, 2, 0)
    assert not Grant.objects.exists()
    load(now, batch)
    told = Grant.objects.order_by("year").values_list(
        "product", "category", "level", "year", "amount"
    )
    assert list(told) == [
        (product.pk, "promotion", "district", 2019, 4_500_000),
        (None, "trace", "province", 2021, 3_000_000),
    ]


@pytest.mark.parametrize(
    ("heading", "cell", "money"),
    [
        ("Số tiền (triệu đồng)", 12.5, 12_500_000),
        ("Số tiền (triệu đồng)", "12,5", 12_500_000),
        ("Kinh phí (nghìn đồng)", 4_500, 4_500_000),
        ("Mức hỗ trợ", "35.000.000", 35_000_000),
    ],
)
def test_the_heading_says_what_one_is(
    now: datetime, maker: Producer, heading: str, cell: Any, money: int
) -> None:
    batch = read(now, book((maker.name, 2022, cell), head=("Chủ thể", "Năm", heading)),
                 category="tools")  # fmt: skip
    load(now, batch)
    assert Grant.objects.get().amount == money


def test_every_row_that_cannot_be_taken_says_why(now: datetime, maker: Producer) -> None:
    for commune in (UnitFactory(name="Xã Phú Yên"), UnitFactory(name="Xã Đại Xuyên")):
        ProducerFactory(name="Hộ Nguyễn Văn Mẫu", commune=commune)
    name = maker.name
    batch = read(
        now,
        book(
            (1, "HTX Sơn Hạ", "", "Hội chợ", "huyện", 2021, 5),
            (2, "Hộ Nguyễn Văn Mẫu", "", "Hội chợ", "huyện", 2021, 5),
            (3, name, "Trà", "Hội chợ", "huyện", 2021, 5),
            (4, name, "", "Lễ hội", "huyện", 2021, 5),
            (5, name, "", "Hội chợ", "nhà nước", 2021, 5),
            (6, name, "", "Hội chợ", "huyện", 2026, 5),
            (7, name, "", "Hội chợ", "huyện", "", 5),
            (8, name, "", "Hội chợ", "tỉnh", 2027, 5),
            (9, name, "", "Hội chợ", "tỉnh", 2016 + 1, 5),
            (10, name, "", "Hội chợ", "tỉnh", 2021, "năm triệu"),
            (11, name, "", "Hội chợ", "tỉnh", 2021, 0.5),
            (12, name, "", "Hội chợ", "tỉnh", 2021, ""),
            (13, name, "", "Thưởng", "tỉnh", 2021, 5),
            (14, "", "", "Hội chợ", "tỉnh", 2021, 5),
            (15, name, "", "Hội chợ", "tỉnh", 2021, 5),
            (16, name, "", "Hội chợ", "tỉnh", 2021, 5),
        ),
    )
    assert codes(batch) == [
        (4, "producer_unknown"),
        (5, "producer_ambiguous"),
        (6, "product_unknown"),
        (7, "category_unknown"),
        (8, "level_unknown"),
        (9, "district_ended"),
        (10, "year_missing"),
        (11, "in_the_future"),
        (12, "before_the_programme"),
        (13, "amount_unreadable"),
        (14, "amount_not_whole"),
        (15, "amount_missing"),
        (16, "star_missing"),
        (17, "producer_missing"),
        (19, "twice"),
    ]
    assert (batch.rows, batch.accepted, batch.rejected) == (16, 1, 15)


def test_a_day_that_contradicts_the_year_is_told(now: datetime, maker: Producer) -> None:
    head = ("Chủ thể", "Năm", "Ngày hỗ trợ", "Số tiền")
    batch = read(
        now,
        book(
            (maker.name, 2021, date(2020, 5, 4), 5),
            (maker.name, 2021, "31/02/2021", 5),
            (maker.name, "", date(2021, 5, 4), 5),
            head=head,
        ),
        category="tools",
    )
    assert codes(batch) == [(4, "day_and_year"), (5, "day_unreadable")]


def test_a_name_that_two_bear_is_settled_by_the_commune_or_the_tax_code(now: datetime) -> None:
    here = ProducerFactory(name="Cơ sở Hoa Sen", commune=UnitFactory(name="Xã Phú Yên"))
    there = ProducerFactory(
        name="Cơ sở Hoa Sen", commune=UnitFactory(name="Xã Đại Xuyên"), tax_code="0100109106"
    )
    head = ("Chủ thể", "Địa chỉ", "Mã số thuế", "Năm", "Số tiền")
    rows = (
        ("Cơ sở Hoa Sen", "xã Phú Yên, huyện Phú Xuyên", "", 2021, 5),
        ("Cơ sở Hoa Sen", "", "0100109106", 2021, 6),
    )
    load(now, read(now, book(*rows, head=head), category="tools"))
    assert dict(Grant.objects.values_list("amount", "producer")) == {5: here.pk, 6: there.pk}


def test_bad_rows_stop_the_loading_unless_they_are_left_out(now: datetime, maker: Producer) -> None:
    content = book(
        (1, maker.name, "", "Hội chợ", "huyện", 2021, 5),
        (2, "Ai đó", "", "Hội chợ", "huyện", 2021, 5),
    )
    batch = read(now, content)
    with pytest.raises(Refused) as refused:
        load(now, batch)
    assert refused.value.code == "bad_rows"
    batch.refresh_from_db()
    assert batch.state == "read"
    load(now, batch, skip_bad=True)
    assert Grant.objects.count() == 1


def test_the_same_file_brings_nothing_twice_and_undoing_takes_all_away(
    now: datetime, maker: Producer
) -> None:
    content = book((1, maker.name, "", "Hội chợ", "huyện", 2021, 5))
    first = load(now, read(now, content))
    again = read(now, content)
    assert (again.accepted, again.known) == (0, 1)
    with pytest.raises(Refused) as refused:
        load(now, again)
    assert refused.value.code == "nothing_new"
    importing.undo_grants(actor=SYSTEM, batch=first, reason="Nhầm tệp", at=now)
    assert not Grant.objects.exists()
    load(now, GrantBatch.objects.get(pk=again.pk))
    assert Grant.objects.count() == 1


def test_the_error_workbook_holds_the_rows_with_their_reasons_and_can_come_back(
    now: datetime, maker: Producer
) -> None:
    content = book(
        (1, maker.name, "", "Hội chợ", "huyện", 2021, 5),
        (2, "Ai đó", "", "Hội chợ", "huyện", 2021, 7),
    )
    into = io.BytesIO()
    assert importing.write_error_workbook(into, read(now, content)) == 1
    rows = CalamineWorkbook.from_filelike(io.BytesIO(into.getvalue())).get_sheet_by_index(0)
    head, row = rows.to_python()
    assert row[0] == 5
    assert "Sổ đăng ký không có chủ thể này" in row[1]
    assert row[head.index("Kinh phí (đồng)")] == 7
    ProducerFactory(name="Ai đó")
    assert load(now, read(now, into.getvalue())).accepted == 1


@pytest.mark.parametrize("head", [("Tên", "Tuổi"), ("Chủ thể", "Năm")])
def test_a_table_without_producers_or_sums_is_refused(now: datetime, head: tuple[str, ...]) -> None:
    with pytest.raises(Refused) as refused:
        read(now, book(("a", 2), head=head))
    assert refused.value.code == "no_heading"


def test_a_level_that_is_none_is_refused(now: datetime) -> None:
    with pytest.raises(Refused) as refused:
        read(now, book(), level="liên hợp quốc")
    assert "level" in refused.value.fields


@pytest.mark.parametrize(
    ("payer", "unit"),
    [
        ("UBND huyện Chương Mỹ", "Huyện Chương Mỹ"),
        ("Ủy ban nhân dân huyện Chương Mỹ, thành phố Hà Nội", "Huyện Chương Mỹ"),
        ("UBND huyện Chương Mỹ Đức", None),  # another name that begins alike
        ("UBND huyện", None),
        ("UBND huyện Phú Xuyên", None),  # of another province
    ],
)
def test_the_unit_that_paid_is_found_by_its_name_or_not_at_all(
    now: datetime, maker: Producer, payer: str, unit: str | None
) -> None:
    then = OldUnitFactory(code="01", name="Thành phố Hà Nội", level=Level.PROVINCE)
    away = OldUnitFactory(code="17", name="Tỉnh Hòa Bình", level=Level.PROVINCE)
    new = UnitFactory(code="01", name="Thành phố Hà Nội", level=Level.PROVINCE)
    Succession.objects.create(old=then, new=new, extent=Extent.WHOLE)
    for name, above in (("Huyện Chương Mỹ", then), ("Huyện Phú Xuyên", away)):
        OldUnitFactory(name=name, level=Level.DISTRICT, parent=above)
    options.set_option(actor=SYSTEM, option=options.PROVINCE, value="01", at=now)
    row = (1, maker.name, "", "Gian hàng hội chợ", payer, 2019, 4_500_000)
    load(now, read(now, book(row)))
    found = Grant.objects.get().unit
    assert (found and found.name) == unit
