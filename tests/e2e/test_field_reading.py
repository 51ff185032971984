"""A phone without a network reads the address on a pack as the server does (`goods_names`): both
are asked about the same addresses. The module runs alone in the browser that it is written for."""

import base64
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

import ocop
from ocop.traceability import goods_names, stamp_lists
from ocop.traceability.goods_names import NOTHING, Name
from ocop.traceability.serials import LENGTH, plain
from ocop.traceability.stamp_addresses import host_in

pytestmark = pytest.mark.e2e
MODULE = Path(ocop.__file__).parent / "web" / "static" / "js" / "field-reading.js"
GTIN, UNIT, SERIAL = "09520000027124", "NR6F2CB5", "ABCDEFGHJKMNPQRSTVWX"
OURS = "ocop.example"
#: Behind a host; every one has a true serial of ours somewhere.
PATHS = (
    f"/S/{SERIAL}",
    f"/s/{SERIAL.lower()}/",
    f"/T/{SERIAL}?v=1#x",
    f"/01/{GTIN}/21/{SERIAL}",
    f"/01/{GTIN}/21/{SERIAL}/10/R5C%2F1",
    f"/01/{GTIN}/10/261027/21/{SERIAL}",
    f"/01/{GTIN}/10/21/21/{SERIAL}",
    f"/01/{GTIN}/10/01/21/{SERIAL}",
    f"/01/{GTIN}/10/10/21/{SERIAL}/",
    f"/01/{GTIN}/22/A/10/B/21/{SERIAL}",
    f"/01/{GTIN}/22/10/21/{SERIAL}",
    f"/shop/vi/01/{GTIN}/21/{SERIAL}?10=X",
    f"/P/{UNIT}/21/{SERIAL}",
    f"/p/{UNIT.lower()}/10/A/21/{SERIAL}",
    f"/T/P/{UNIT}/21/{SERIAL}/10/A",
)
BEFORE = ("https://ocop.example", "HTTPS://OCOP.EXAMPLE", "ocop.example", "https://id.ocop.vn", "")
TYPED = (
    SERIAL,
    f" {SERIAL[:5]} {SERIAL[5:10]}-{SERIAL[10:]} ",
    SERIAL.replace("0", "O").lower(),
    "261027",
    "",
    "https://[::1/S/x",
)


@pytest.fixture(scope="module")
def alone(browser: Browser) -> Iterator[Page]:
    """An empty page that holds nothing but the module."""
    page = browser.new_page()
    code = base64.b64encode(MODULE.read_bytes()).decode()
    page.evaluate(
        "async (code) => { window.reading = await import(`data:text/javascript;base64,${code}`); }",
        code,
    )
    yield page
    page.close()


def told(page: Page, text: str) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate(
        "([text, ours]) => ({serial: reading.serialIn(text), host: reading.foreignHost(text, ours),"
        " ...reading.claims(text)})",
        [text, [OURS]],
    )
    return found


def expected(text: str) -> dict[str, str]:
    """The same as the server has it."""
    name: Name = goods_names.read(goods_names.as_address(text)) or NOTHING
    serial, host = plain(stamp_lists.serial_in(text)), host_in(text)
    return {
        "serial": serial if len(serial) == LENGTH else "",
        "host": "" if host == OURS else host,
        "gtin": name.gtin,
        "unit": name.unit,
        "lot": name.numbers[0] if name.numbers else "",
        "variant": name.variant,
    }


@pytest.mark.parametrize("text", [*(b + path for b in BEFORE for path in PATHS), *TYPED])
def test_a_phone_reads_what_the_server_reads(alone: Page, text: str) -> None:
    assert told(alone, text) == expected(text)


@pytest.mark.parametrize(
    ("said", "copied"),
    [
        ({}, False),
        ({"gtin": GTIN, "lot": "A"}, False),
        ({"unit": UNIT.lower()}, False),
        ({"gtin": "09520000003029"}, True),
        ({"unit": "00000000"}, True),
        ({"lot": "B"}, True),
        ({"variant": "A"}, True),
    ],
)
def test_a_serial_behind_other_goods_is_a_copy(
    alone: Page, said: dict[str, str], copied: bool
) -> None:
    row = {"gtin": GTIN, "unit": UNIT.lower(), "lot": "A"}
    found = alone.evaluate("([said, row]) => reading.isCopied(said, row)", [said, row])
    assert found is copied


def test_names_are_found_without_their_signs(alone: Page) -> None:
    assert alone.evaluate("reading.folded('Chè ĐÔNG Hỷ')") == "che dong hy"
