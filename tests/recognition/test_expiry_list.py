"""The expiry list by commune: as a workbook and as PDF."""

from datetime import date
from io import BytesIO
from typing import Any

import pypdfium2
import pytest
from python_calamine import CalamineWorkbook

from ocop.core.actor import SYSTEM
from ocop.core.models import Option
from ocop.recognition import expiry_list
from ocop.recognition.models import Evidence
from ocop.recognition.queries import expiring
from tests.factories import ProducerFactory, ProductFactory, RecognitionFactory, UnitFactory

pytestmark = pytest.mark.django_db

ON = date(2026, 11, 23)


def _sheet(into: BytesIO) -> list[list[Any]]:
    book = CalamineWorkbook.from_filelike(BytesIO(into.getvalue()))
    return book.get_sheet_by_index(0).to_python()


def _print(communes: list[Any]) -> list[str]:
    """The letters of each page without spaces."""
    into = BytesIO()
    expiry_list.write_print(into, communes, on=ON)
    with pypdfium2.PdfDocument(into.getvalue()) as document:
        return ["".join(page.get_textpage().get_text_range().split()) for page in document]


def _demonstrate() -> None:
    Option.objects.create(key="installation.demonstration", value=True)


def _expiring(**more: Any) -> list[Any]:
    for name, ended in (("Xã Đức Trọng", date(2023, 12, 20)), ("Phường Phan Thiết", ON)):
        commune = UnitFactory(name=name)
        product = ProductFactory(
            name=f"Trà {name}", commune=commune, producer=ProducerFactory(name=f"HTX {name}")
        )
        on = ended.replace(year=2023)
        RecognitionFactory(product=product, on=on, commune=commune, stars=4, **more)
    return expiring(SYSTEM, date(2026, 11, 1), date(2026, 12, 31), on=ON)


def test_list_holds_one_row_per_star_with_real_dates() -> None:
    into = BytesIO()
    expiry_list.write_workbook(into, _expiring(), on=ON)
    rows = _sheet(into)
    assert rows[0][0] == "Hạng sao sắp hết hạn, tính đến ngày 23/11/2026"
    assert rows[1][0] == ""
    assert rows[3][:5] == ["Xã, phường", "Sản phẩm", "Chủ thể", "Hạng", "Hết hạn"]
    assert rows[3][5:7] == ["Kéo dài đến hết", "Còn (ngày)"]
    assert [row[0] for row in rows[4:]] == ["Phường Phan Thiết", "Xã Đức Trọng"]
    assert rows[5][3:7] == ["4 sao", date(2026, 12, 20), "", 27]
    assert rows[5][7:9] == [date(2026, 6, 23), date(2026, 8, 22)]


def test_list_is_marked_when_rows_are_invented() -> None:
    into = BytesIO()
    _demonstrate()
    expiry_list.write_workbook(into, _expiring(evidence=Evidence.M), on=ON)
    rows = _sheet(into)
    assert rows[1][0] == expiry_list.DEMONSTRATION_MARK
    assert rows[4][10] == "Có"


def test_print_tells_commune_by_commune_what_ends_and_when_to_file() -> None:
    (page,) = _print(_expiring())
    for text in (
        "Hạng sao sắp hết hạn, tính đến ngày 23/11/2026",
        "Phường Phan Thiết (1)",
        "Xã Đức Trọng (1)",
        "Trà Xã Đức Trọng HTX Xã Đức Trọng 4 sao 20/12/2026",
        "Đã quá hạn nộp",
    ):
        assert "".join(text.split()) in page
    assert page.index("PhườngPhanThiết(1)") < page.index("XãĐứcTrọng(1)")
    assert "DỮLIỆUMẪU" not in page


def test_print_is_marked_on_every_page_when_rows_are_invented() -> None:
    _demonstrate()
    commune = UnitFactory(name="Xã Đức Trọng")
    for number in range(60):
        product = ProductFactory(name=f"Trà {number}", commune=commune)
        RecognitionFactory(
            product=product, commune=commune, on=date(2023, 12, 1), evidence=Evidence.M
        )
    pages = _print(expiring(SYSTEM, date(2026, 11, 1), date(2026, 12, 31), on=ON))
    assert len(pages) > 1
    assert all("DỮLIỆUMẪU" in page for page in pages)
    assert all("Tìnhtrạng" in page for page in pages)  # the heading comes again


def test_extended_star_is_told_with_the_last_day_of_its_extension() -> None:
    """Art. 12.3: it holds to the confirmed day, to which the days left count."""
    commune = UnitFactory(name="Xã Đức Trọng")
    product = ProductFactory(name="Rượu", commune=commune)
    until = date(2026, 12, 1)
    RecognitionFactory(product=product, commune=commune, on=date(2023, 8, 21), extended_until=until)
    found = expiring(SYSTEM, date(2026, 8, 1), date(2026, 8, 31), on=ON)
    into = BytesIO()
    expiry_list.write_workbook(into, found, on=ON)
    assert _sheet(into)[4][4:7] == [date(2026, 8, 21), until, 8]
    (page,) = _print(found)
    assert "21/08/2026kéodàiđếnhết01/12/2026" in page


def test_extension_that_was_taken_back_is_none() -> None:
    """One that ends with the day of the certificate carries nothing past it."""
    commune = UnitFactory(name="Xã Đức Trọng")
    ends = date(2026, 8, 21)
    RecognitionFactory(
        product=ProductFactory(commune=commune), commune=commune, on=date(2023, 8, 21),
        extended_until=ends,
    )  # fmt: skip
    ((row,),) = [part.rows for part in expiring(SYSTEM, ends, ends, on=ON)]
    assert (row.kept_until, row.last_day, row.days_left) == (None, ends, -94)
