"""Ways to write a GS1 identifier and the one form of each (CBV 2.0, 8.9.2; Tag Data Standard)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocop.traceability.epcis import identifiers
from ocop.traceability.epcis.identifiers import canonical, is_gs1, lot_of, serial_of, trade_item

ID = "https://id.gs1.org"


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("urn:epc:id:sgtin:4012345.011111.9876", f"{ID}/01/04012345111118/21/9876"),
        ("urn:epc:id:sgtin:0614141.107346.2017", f"{ID}/01/10614141073464/21/2017"),
        ("urn:epc:idpat:sgtin:4012345.098765.*", f"{ID}/01/04012345987652"),
        ("urn:epc:class:lgtin:4054739.099914.20160711", f"{ID}/01/04054739999148/10/20160711"),
        ("urn:epc:class:lgtin:4012345.099988.2014%2F2", f"{ID}/01/04012345999884/10/2014%2F2"),
        ("urn:epc:id:sscc:4012345.0000000111", f"{ID}/00/040123450000001112"),
        ("urn:epc:id:sgln:4012345.00011.987", f"{ID}/414/4012345000115/254/987"),
        ("urn:epc:id:sgln:4012345.00005.0", f"{ID}/414/4012345000054"),
        ("urn:epc:id:pgln:4012345.00000", f"{ID}/417/4012345000009"),
        ("urn:epc:id:gdti:4012345.11111.123", f"{ID}/253/4012345111118123"),
        ("urn:epc:id:giai:4000001.111", f"{ID}/8004/4000001111"),
        ("urn:epc:id:gsrn:4012345.0000000001", f"{ID}/8018/401234500000000012"),
        ("urn:epc:id:grai:4012345.55555.987", f"{ID}/8003/04012345555554987"),
        ("urn:epc:id:cpi:4012345.1111.987", f"{ID}/8010/40123451111/8011/987"),
        (f"{ID}/01/04012345999884/10/2014-02-10", f"{ID}/01/04012345999884/10/2014-02-10"),
        (f"{ID}/01/04012345999884/10/A/21/7", f"{ID}/01/04012345999884/21/7"),
        ("https://example.com/a/b/01/04012345999884/10/A?x=1", f"{ID}/01/04012345999884/10/A"),
        ("HTTPS://ID.OCOP.VN/01/04012345999884/21/7", f"{ID}/01/04012345999884/21/7"),
        (f"{ID}/01/04012345999884/22/V1", f"{ID}/01/04012345999884"),
        (f"{ID}/414/4012345000115/254/987", f"{ID}/414/4012345000115/254/987"),
    ],
)  # fmt: skip
def test_form(written: str, form: str) -> None:
    assert canonical(written) == form
    assert is_gs1(written)
    assert canonical(form) == form


@pytest.mark.parametrize(
    "uri",
    [
        "urn:epc:id:sgtin:4012345.11111.9876",  # twelve digits
        "urn:epc:id:sgtin:4012345.011111",  # no serial
        "urn:epc:id:sgtin:40123.45011111.1",  # no prefix is so short
        "urn:epc:id:unknown:4012345.011111.1",
        "urn:epc:id:sscc:4012345.00000001",
        f"{ID}/01/04012345999885/10/A",  # check digit
        f"{ID}/01/4012345999884",  # thirteen digits
        f"{ID}/01/04012345999884/10",  # no value
        "https://example.com/tea/2026",
        "urn:uuid:7f1f2d0e-2f8b-4a55-9a6e-1a2b3c4d5e6f",
        "https://example.com",
    ],
)
def test_what_is_no_gs1_identifier_stays_as_it_is(uri: str) -> None:
    assert canonical(uri) == uri
    assert not is_gs1(uri)


def test_lot_and_serial_are_read_from_either_form() -> None:
    assert lot_of("urn:epc:class:lgtin:4012345.099988.A%2F1") == ("04012345999884", "A/1")
    assert lot_of(f"{ID}/01/04012345999884/10/A%2F1/21/7") == ("04012345999884", "A/1")
    assert lot_of(f"{ID}/01/04012345999884") is None
    assert lot_of("https://example.com/x") is None
    assert serial_of("urn:epc:id:sgtin:4012345.011111.9876") == ("04012345111118", "9876")
    assert serial_of(f"{ID}/01/04012345999884/10/A") is None


@given(st.text("!\"%&'()*+,-./0123456789:;<=>?ABCXYZ_abcxyz", min_size=1, max_size=20))
def test_any_lot_number_comes_back(number: str) -> None:
    uri = trade_item("04012345999884", number)
    assert lot_of(uri) == ("04012345999884", number)
    assert canonical(uri) == uri


@given(st.text())
def test_any_text_has_a_form(text: str) -> None:
    assert canonical(canonical(text)) == canonical(text)
    assert isinstance(is_gs1(text), bool)


@pytest.mark.parametrize(
    ("key", "digits", "holds"),
    [
        ("00", "040123450000001112", True),
        ("00", "040123450000001113", False),
        ("414", "4012345000115", True),
        ("414", "401234500011", False),
        ("414", "401234500011x", False),
    ],
)
def test_check_digit(key: str, digits: str, holds: bool) -> None:
    assert identifiers.holds(key, digits) is holds


@pytest.mark.parametrize(
    ("pattern", "starts"),
    [
        ("urn:epc:idpat:sgtin:0614141.107346.*", ("/01/10614141073464/21/",)),
        ("urn:epc:idpat:sgln:0614141.07346.*", ("/414/0614141073467/254/",)),
        ("urn:epc:idpat:grai:0614141.12345.*", ("/8003/00614141123452",)),
        ("urn:epc:idpat:giai:0614141.*", ("/8004/0614141",)),
        ("urn:epc:idpat:grai:0614141.*.*", ("/8003/00614141",)),
        ("urn:epc:idpat:sscc:0614141.*", tuple(f"/00/{n}0614141" for n in range(10))),
        ("urn:epc:idpat:sgln:*.*.*", ("/414/",)),
    ],
)
def test_pattern_says_what_its_identifiers_begin_with(
    pattern: str, starts: tuple[str, ...]
) -> None:
    assert identifiers.is_pattern(pattern)
    assert identifiers.beginnings(pattern) == tuple(f"https://id.gs1.org{s}" for s in starts)
