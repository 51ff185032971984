import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocop.core.refusals import Refused
from ocop.products.codes import (
    DecisionNumber,
    ProductCode,
    SlipNumber,
    parse_decision_number,
    parse_product_code,
    parse_slip_number,
)


@pytest.mark.parametrize(
    ("text", "code", "written"),
    [
        ("01-09619-3-2026", ProductCode("01", "09619", 3, 2026), "01-09619-3-2026"),
        (
            "83-829-28780-3-2022",
            ProductCode("83", "28780", 3, 2022, "829"),
            "83-829-28780-3-2022",
        ),
        (" 1 – 9619 — 003 - 2026 ", ProductCode("01", "09619", 3, 2026), "01-09619-3-2026"),
        ("1-9-163-1-2020", ProductCode("01", "00163", 1, 2020, "009"), "01-009-00163-1-2020"),
    ],
)
def test_product_code_of_either_form(text: str, code: ProductCode, written: str) -> None:
    assert parse_product_code(text) == code
    assert str(code) == written


@pytest.mark.parametrize(
    "text", ["", "01-09619-3", "01-09619-3-26", "01-09619-3-1999", "01-9-3-2026", "A-09619-3-2026"]
)
def test_text_that_is_no_product_code_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="01-09619-3-2026") as refusal:
        parse_product_code(text)
    assert refusal.value.code == "product_code"


numbers = st.integers(0, 99999).map("{:05d}".format)


@given(
    st.builds(
        ProductCode,
        province=st.integers(1, 99).map("{:02d}".format),
        commune=numbers,
        serial=st.integers(1, 999_999),
        year=st.integers(2018, 2099),
        district=st.just("") | st.integers(1, 999).map("{:03d}".format),
    )
)
def test_product_code_reads_what_it_writes(code: ProductCode) -> None:
    assert parse_product_code(str(code)) == code


@pytest.mark.parametrize("text", ["0241/PĐK-01-09619-2026", "241 / pdk - 1 - 9619 – 2026"])
def test_slip_number(text: str) -> None:
    slip = parse_slip_number(text)
    assert slip == SlipNumber(241, "01", "09619", 2026)
    assert str(slip) == "0241/PĐK-01-09619-2026"


@pytest.mark.parametrize("text", ["PĐK-01-09619-2026", "1/PĐK-01-2026", "1/PĐK-01-09619-2003"])
def test_text_that_is_no_slip_number_is_refused(text: str) -> None:
    with pytest.raises(Refused) as refusal:
        parse_slip_number(text)
    assert refusal.value.code == "slip_number"


@pytest.mark.parametrize(
    ("text", "number", "written"),
    [
        ("3981/QĐ-UBND", DecisionNumber("3981", "UBND"), "3981/QĐ-UBND"),
        ("Quyết định số 3981/QĐ-UBND", DecisionNumber("3981", "UBND"), "3981/QĐ-UBND"),
        ("Số: 05 / QD - ubnd", DecisionNumber("5", "UBND"), "5/QĐ-UBND"),
        ("26/2026/QĐ-TTg", DecisionNumber("26", "TTg", 2026), "26/2026/QĐ-TTg"),
        ("5277/QĐ-BNNMT", DecisionNumber("5277", "BNNMT"), "5277/QĐ-BNNMT"),
        ("12/QĐ-BNN–VPĐP", DecisionNumber("12", "BNN-VPĐP"), "12/QĐ-BNN-VPĐP"),
        ("120A/QĐ-UBND", DecisionNumber("120a", "UBND"), "120a/QĐ-UBND"),
        (unicodedata.normalize("NFD", "số 7/QĐ-UBND"), DecisionNumber("7", "UBND"), "7/QĐ-UBND"),
    ],
)
def test_number_of_a_decision(text: str, number: DecisionNumber, written: str) -> None:
    assert parse_decision_number(text) == number
    assert str(number) == written
    assert parse_decision_number(written) == number


@pytest.mark.parametrize("text", ["", "3981", "0/QĐ-UBND", "3981/QĐ", "3981/TB-UBND", "#REF!"])
def test_text_that_is_no_decision_number_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="3981/QĐ-UBND") as refusal:
        parse_decision_number(text)
    assert refusal.value.code == "decision_number"
