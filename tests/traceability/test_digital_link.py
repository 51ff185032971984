"""Addresses of trade items: a table by the rules of the URI Syntax, and any path at all."""

import re
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocop.traceability.digital_link import BadSyntax, Item, is_item, read

GTIN = "09520123456788"
#: Set 82 of the General Specifications, figure 7.11-1, sign by sign.
SET_82 = "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"

values = st.text(SET_82, min_size=1, max_size=20)
digits = st.text("0123456789", min_size=13, max_size=13)


def closed(body: str) -> str:
    """A GTIN by the rule of the General Specifications, 7.9, step by step."""
    odd = sum(int(d) for d in body[::2])  # places 1, 3 … 13 from the left weigh 3
    even = sum(int(d) for d in body[1::2])
    return body + str((10 - (3 * odd + even) % 10) % 10)


@pytest.mark.parametrize(
    ("path", "item"),
    [
        (f"/01/{GTIN}", Item(GTIN)),
        (f"/01/{GTIN}/", Item(GTIN)),
        (f"/01/{GTIN}/10/L1", Item(GTIN, lot="L1")),
        (f"/01/{GTIN}/10/L1/", Item(GTIN, lot="L1")),
        (f"/01/{GTIN}/10/L%2F1", Item(GTIN, lot="L/1")),
        (f"/01/{GTIN}/10/L%2f1", Item(GTIN, lot="L/1")),
        (f"/01/{GTIN}/10/%41b", Item(GTIN, lot="Ab")),
        (f"/01/{GTIN}/21/abc", Item(GTIN, serial="abc")),
        (f"/01/{GTIN}/21/ABC", Item(GTIN, serial="ABC")),
        (f"/01/{GTIN}/22/2A/10/L1/21/7", Item(GTIN, "2A", "L1", "7")),
        (f"/01/{GTIN}/22/2A/21/7", Item(GTIN, "2A", None, "7")),
        (f"/01/{GTIN}/10/a%25b", Item(GTIN, lot="a%b")),
        (f"/01/{GTIN}/10/01234567890123456789", Item(GTIN, lot="01234567890123456789")),
        (f"/01/{GTIN}/235/ABC%2F1", Item(GTIN, third_party="ABC/1")),
        (f"/01/{GTIN}/235/{'x' * 28}", Item(GTIN, third_party="x" * 28)),
    ],
)
def test_address_of_a_trade_item(path: str, item: Item) -> None:
    assert read(path) == item


@pytest.mark.parametrize(
    "path",
    [
        "/01",
        "/01/",
        "/02/09520123456788",
        "/01/9520123456788",  # thirteen digits
        "/01/009520123456788",
        "/01/09520123456789",  # check digit
        "/01/0952012345678A",
        "/01/٠٩٥٢٠١٢٣٤٥٦٧٨٨",
        f"//01/{GTIN}",
        f"/01//{GTIN}",
        f"/01/{GTIN}//",
        f"/01/{GTIN}/10",
        f"/01/{GTIN}/10/",
        f"/01/{GTIN}/10//21/7",
        f"/01/{GTIN}/21/7/10/L1",  # order
        f"/01/{GTIN}/10/L1/22/2A",
        f"/01/{GTIN}/10/L1/10/L2",  # twice
        f"/01/{GTIN}/235/A/21/7",  # the Syntax Dictionary: 22,10,21 or 235 alone
        f"/01/{GTIN}/10/L1/235/A",
        f"/01/{GTIN}/235/{'x' * 29}",
        f"/01/{GTIN}/235/A/235/B",
        f"/01/{GTIN}/17/271231",  # an attribute belongs into the query
        f"/01/{GTIN}/lot/L1",  # names for keys are gone since 1.3
        f"/gtin/{GTIN}",
        f"/01/{GTIN}/10/012345678901234567890",  # 21 signs
        f"/01/{GTIN}/10/a b",
        f"/01/{GTIN}/10/a%20b",
        f"/01/{GTIN}/10/a%",
        f"/01/{GTIN}/10/a%2",
        f"/01/{GTIN}/10/a%zz",
        f"/01/{GTIN}/10/%C4%91",
        f"/01/{GTIN}/10/%FF",
        f"/01/{GTIN}/10/a%00",
        f"/01/{GTIN}/10/a~",  # no sign of set 82
        f"/01/{GTIN}/10/a#b",
        f"/01/{GTIN}/10/a?b",
    ],
)
def test_address_of_nothing(path: str) -> None:
    with pytest.raises(BadSyntax, match=r"\.$"):
        read(path)


@given(digits, st.none() | values, st.none() | values, st.none() | values)
def test_item_is_read_from_its_address(
    body: str, variant: str | None, lot: str | None, serial: str | None
) -> None:
    item = Item(closed(body), variant, lot, serial)
    path = str(item)
    assert re.fullmatch(r"[A-Za-z0-9\-._~!$&'()*+,;=:@%/]+", path)
    assert is_item(path)
    assert read(path) == item
    everything = [(ai, v) for ai, v in (("22", variant), ("10", lot), ("21", serial)) if v]
    strict = "".join(f"/{ai}/{quote(v, safe='')}" for ai, v in everything)
    assert read(f"/01/{item.gtin}{strict}") == item


@given(st.one_of(st.text(), st.from_regex(r"/01/\d{14}(/(10|21|22)/[^/]{0,24}){0,4}/?")))
def test_any_path_is_read_or_refused(path: str) -> None:
    try:
        item = read(path)
    except BadSyntax:
        return
    assert read(str(item)) == item


def test_what_is_around_an_item() -> None:
    whole = Item(GTIN)
    assert list(whole.wider()) == []
    assert list(Item(GTIN, lot="L").wider()) == [whole]
    assert list(Item(GTIN, variant="V").wider()) == [whole]
    around = [Item(GTIN, lot="L"), Item(GTIN, "V"), whole]
    assert list(Item(GTIN, "V", "L").wider()) == around
    assert list(Item(GTIN, serial="S").wider()) == [whole]
    every = [Item(GTIN, "V", "L"), *around]
    assert list(Item(GTIN, "V", "L", "S").wider()) == every
