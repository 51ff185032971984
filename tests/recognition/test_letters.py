"""Letters to communes: an official paper of Decree 30/2020/NĐ-CP with what ends and what to do."""

import zipfile
from datetime import date, datetime
from io import BytesIO
from typing import Any

import pytest
from docx import Document

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.places.letterhead import OFFICE, PARENT, Letterhead, letterhead
from ocop.places.models import Level as PlaceLevel
from ocop.recognition import letters
from ocop.recognition.expiry_list import DEMONSTRATION_MARK
from ocop.recognition.models import Evidence
from ocop.recognition.queries import expiring
from tests.factories import ProducerFactory, ProductFactory, RecognitionFactory, UnitFactory

pytestmark = pytest.mark.django_db

ON = date(2026, 11, 23)
HEAD = Letterhead(
    "UBND tỉnh Lâm Đồng", "Văn phòng Điều phối", "VPĐP", "Lâm Đồng", "Chánh Văn phòng"
)


def _text(document: Any) -> str:
    """All text of a document, tables among it, in the order of the body."""
    return "\n".join(
        "".join(node.text or "" for node in block.iter() if node.tag.endswith("}t"))
        for block in document.element.body
    )


def _expiring(**more: Any) -> list[Any]:
    for name, ended in (("Xã Đức Trọng", date(2023, 12, 20)), ("Phường Phan Thiết", ON)):
        commune = UnitFactory(name=name)
        product = ProductFactory(
            name=f"Trà {name}", commune=commune, producer=ProducerFactory(name=f"HTX {name}")
        )
        on = ended.replace(year=2023)
        RecognitionFactory(product=product, on=on, commune=commune, stars=4, **more)
    return expiring(SYSTEM, date(2026, 11, 1), date(2026, 12, 31), on=ON)


def test_each_commune_gets_a_letter_with_its_own_products() -> None:
    into = BytesIO()
    letters.write_letters(into, _expiring(), HEAD, on=ON)
    text = _text(Document(into))
    assert text.count("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") == 2
    assert text.count("Độc lập - Tự do - Hạnh phúc") == 2
    assert "Kính gửi: Ủy ban nhân dân xã Đức Trọng" in text
    assert "Kính gửi: Ủy ban nhân dân phường Phan Thiết" in text
    assert text.count("Trà Xã Đức Trọng") == 1
    assert "Lâm Đồng, ngày 23 tháng 11 năm 2026" in text
    assert "CHÁNH VĂN PHÒNG" in text


def test_letter_says_end_filing_days_and_what_to_do() -> None:
    into = BytesIO()
    letters.write_letters(into, _expiring(), HEAD, on=ON)
    text = _text(Document(into))
    assert "20/12/2026" in text
    assert "23/06/2026 – 22/08/2026" in text  # 180 and 120 days before 20/12/2026
    assert "Đã quá hạn nộp" in text
    assert "khoản 3 Điều 12 Quyết định số 26/2026/QĐ-TTg" in text


def test_letter_of_january_writes_a_zero_before_day_and_month() -> None:
    into = BytesIO()
    letters.write_letters(into, _expiring(), HEAD, on=date(2027, 1, 5))
    assert "ngày 05 tháng 01 năm 2027" in _text(Document(into))


def test_letter_without_place_of_the_office_begins_with_the_day() -> None:
    into = BytesIO()
    head = Letterhead("", "Văn phòng Điều phối", "VPĐP", "", "Chánh Văn phòng")
    letters.write_letters(into, _expiring(), head, on=ON)
    text = _text(Document(into))
    assert ", ngày 23" not in text
    assert "UBND TỈNH" not in text


def test_letter_asks_by_the_states_that_occur() -> None:
    product = ProductFactory(commune=UnitFactory(name="Xã Ninh Gia"))
    for number, (ended, extended) in enumerate(
        ((date(2026, 7, 1), date(2026, 12, 1)), (date(2026, 8, 1), None), (date(2025, 1, 1), None))
    ):
        RecognitionFactory(
            product=ProductFactory(name=f"Rượu {number}", commune=product.commune),
            commune=product.commune,
            on=date(ended.year - 3, ended.month, ended.day),
            extended_until=extended,
        )
    into = BytesIO()
    found = expiring(SYSTEM, date(2025, 1, 1), date(2026, 12, 31), on=ON)
    letters.write_letters(into, found, HEAD, on=ON)
    text = _text(Document(into))
    assert "Đang được kéo dài" in text
    assert "Đã hết hạn, chưa xác nhận kéo dài" in text
    assert "không sử dụng hạng sao đã hết hạn" in text
    assert "chậm nhất là ngày" in text


FILE = "nộp trong thời gian từ 180 đến 120 ngày"
LATE = "đã quá hạn nộp hồ sơ"


@pytest.mark.parametrize(
    ("on", "asked", "not_asked"),
    [
        (date(2026, 6, 1), FILE, LATE),  # the window comes
        (date(2026, 8, 22), FILE, LATE),  # its last day
        (date(2026, 8, 23), LATE, FILE),  # it is over: nobody can file in it any more
    ],
)
def test_letter_asks_to_file_in_the_window_only_while_one_can(
    on: date, asked: str, not_asked: str
) -> None:
    """The star ends on 20/12/2026: its window is 23/06 to 22/08 (Art. 5)."""
    commune = UnitFactory(name="Xã Đức Trọng")
    RecognitionFactory(
        product=ProductFactory(commune=commune), commune=commune, on=date(2023, 12, 20)
    )
    into = BytesIO()
    found = expiring(SYSTEM, date(2026, 12, 1), date(2026, 12, 31), on=on)
    letters.write_letters(into, found, HEAD, on=on)
    text = _text(Document(into))
    assert asked in text
    assert not_asked not in text
    assert text.count("1. Đề nghị") == 1


def test_letter_is_marked_only_when_rows_are_invented() -> None:
    real, invented = BytesIO(), BytesIO()
    letters.write_letters(real, _expiring(), HEAD, on=ON)
    assert DEMONSTRATION_MARK not in _text(Document(real))
    commune = UnitFactory(name="Xã Mẫu")
    RecognitionFactory(
        product=ProductFactory(commune=commune),
        commune=commune,
        on=date(2023, 12, 1),
        evidence=Evidence.M,
    )
    found = [c for c in _all() if c.unit == commune]
    letters.write_letters(invented, found, HEAD, on=ON)
    assert DEMONSTRATION_MARK in _text(Document(invented))


def _all() -> list[Any]:
    from ocop.core.models import Option

    Option.objects.create(key="installation.demonstration", value=True)
    return expiring(SYSTEM, date(2026, 11, 1), date(2026, 12, 31), on=ON)


def test_letters_come_apart_in_one_archive() -> None:
    into = BytesIO()
    letters.write_letters_apart(into, _expiring(), HEAD, on=ON)
    with zipfile.ZipFile(into) as packed:
        assert packed.namelist() == ["001-phuong-phan-thiet.docx", "002-xa-duc-trong.docx"]
        text = _text(Document(BytesIO(packed.read("002-xa-duc-trong.docx"))))
    assert "xã Đức Trọng" in text
    assert "Phan Thiết" not in text


def test_letter_for_an_unknown_place_says_so() -> None:
    RecognitionFactory(on=date(2023, 12, 1))
    into = BytesIO()
    letters.write_letters(into, _all(), HEAD, on=ON)
    assert "Ủy ban nhân dân (chưa rõ xã, phường)" in _text(Document(into))


def test_letterhead_is_what_the_office_has_set() -> None:
    head = letterhead()
    assert head.office == "Văn phòng Điều phối Chương trình xây dựng nông thôn mới"
    assert (head.parent, head.place) == ("", "")


def test_the_body_above_stands_over_the_office_and_over_no_committee(now: datetime) -> None:
    """Decree 30/2020/NĐ-CP, Annex I: the name of the body directly above the one that issues."""
    UnitFactory(code="01", name="Thành phố Hà Nội", level=PlaceLevel.PROVINCE)
    options.set_option(actor=SYSTEM, option=options.PROVINCE, value="01", at=now)
    assert letterhead().parent == "Ủy ban nhân dân thành phố Hà Nội"
    told = {"option": PARENT, "value": "Sở Nông nghiệp và Môi trường"}
    options.set_option(actor=SYSTEM, at=now, **told)
    assert letterhead().parent == "Sở Nông nghiệp và Môi trường"
    told = {"option": OFFICE, "value": "Ủy ban nhân dân thành phố Hà Nội"}
    options.set_option(actor=SYSTEM, at=now, **told)
    assert letterhead().parent == ""


def test_letter_for_stars_still_in_their_window_asks_for_nothing_else() -> None:
    commune = UnitFactory(name="Xã Ninh Gia")
    product = ProductFactory(name="Rượu", commune=commune)
    RecognitionFactory(product=product, commune=commune, on=date(2024, 4, 20))
    into = BytesIO()
    found = expiring(SYSTEM, date(2027, 4, 1), date(2027, 4, 30), on=ON)
    letters.write_letters(into, found, HEAD, on=ON)
    text = _text(Document(into))
    assert "Đang trong hạn nộp" in text
    assert "1. Đề nghị hướng dẫn chủ thể" in text
    assert "2. Đề nghị" not in text


def test_letter_of_what_ended_and_is_extended_alone() -> None:
    commune = UnitFactory(name="Xã Ninh Gia")
    for name, on, extended in (
        ("Rượu", date(2023, 7, 1), date(2026, 12, 1)),
        ("Chè", date(2022, 7, 1), None),
    ):
        product = ProductFactory(name=name, commune=commune)
        RecognitionFactory(product=product, commune=commune, on=on, extended_until=extended)
    into = BytesIO()
    found = expiring(SYSTEM, date(2025, 1, 1), date(2026, 12, 31), on=ON)
    letters.write_letters(into, found, HEAD, on=ON)
    text = _text(Document(into))
    assert "đã quá hạn nộp hồ sơ: đề nghị" not in text
    assert "1. Đề nghị đối với sản phẩm đang được kéo dài" in text
    assert "2. Đề nghị thông báo để chủ thể không sử dụng" in text


def test_letter_asks_nothing_more_of_a_star_whose_dossier_came_in() -> None:
    commune = UnitFactory(name="Xã Ninh Gia")
    product = ProductFactory(name="Rượu", commune=commune)
    filed = date(2026, 11, 20)
    RecognitionFactory(product=product, commune=commune, on=date(2024, 4, 20), filed_on=filed)
    for on, words in ((ON, "Đã nộp hồ sơ ngày 20/11/2026"), (date(2026, 11, 19), FILE)):
        into = BytesIO()
        found = expiring(SYSTEM, date(2027, 4, 1), date(2027, 4, 30), on=on)
        letters.write_letters(into, found, HEAD, on=on)
        text = _text(Document(into))
        assert words in text
        assert ("Đề nghị hướng dẫn" in text) is (on < filed)


def test_letter_tells_the_last_day_of_an_extension_and_that_it_is_one() -> None:
    """Art. 12.3: the star holds until the authority decides, at most to the confirmed day. A
    commune that reads of its end alone would tell the producer that the star is over."""
    commune = UnitFactory(name="Xã Ninh Gia")
    product = ProductFactory(name="Rượu", commune=commune)
    until = date(2026, 12, 1)
    RecognitionFactory(product=product, commune=commune, on=date(2023, 8, 21), extended_until=until)
    into = BytesIO()
    found = expiring(SYSTEM, date(2026, 8, 1), date(2026, 8, 31), on=ON)
    letters.write_letters(into, found, HEAD, on=ON)
    text = _text(Document(into))
    assert "1 sản phẩm OCOP hết hạn, đang được kéo dài hoặc sắp hết hạn" in text
    assert "21/08/2026kéo dài đến hết 01/12/2026" in text
    assert "chậm nhất là ngày 01/12/2026" in text  # not the 180th day, 17/02/2027
    assert "không sử dụng hạng sao" not in text
