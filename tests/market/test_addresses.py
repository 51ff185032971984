"""Which addresses may stand as links to shops, and in which form they are kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocop.market import addresses
from ocop.market.addresses import Wrong, WrongAddress


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("https://shopee.vn/htx-van-tu", "https://shopee.vn/htx-van-tu"),
        ("  SHOPEE.vn/HTX  ", "https://shopee.vn/HTX"),
        ("http://www.htx.vn", "http://www.htx.vn/"),
        ("https://htx.vn:443/a", "https://htx.vn/a"),
        ("https://htx.vn./a#gia", "https://htx.vn/a"),
        ("https://htx.vn/?utm_source=zalo&fbclid=x", "https://htx.vn/"),
        ("https://htx.vn/sp?id=7&utm_source=zalo", "https://htx.vn/sp?id=7"),
        ("https://htx.vn/chè", "https://htx.vn/ch%C3%A8"),
        ("https://htx.vn/ch%C3%A8", "https://htx.vn/ch%C3%A8"),
        ("https://chè.vn/", "https://xn--ch-8ia.vn/"),
    ],
)
def test_one_form_of_each_address_is_kept(typed: str, kept: str) -> None:
    assert addresses.read(typed) == kept
    assert addresses.read(kept) == kept


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", Wrong.NO_ADDRESS),
        ("gian hàng của tôi", Wrong.NO_ADDRESS),
        ("https://", Wrong.NO_ADDRESS),
        ("https://shopee", Wrong.NO_ADDRESS),
        ("https://-a.vn/", Wrong.NO_ADDRESS),
        ("https://a..vn/", Wrong.NO_ADDRESS),
        ("https://a.vn/x\ny", Wrong.NO_ADDRESS),
        ("https://a.vn\\@b.vn/", Wrong.NO_ADDRESS),
        ("https://[::1/", Wrong.NO_ADDRESS),
        ("https://a.vn/" + "x" * 500, Wrong.TOO_LONG),
        ("https://a.vn/" + "ạ" * 300, Wrong.TOO_LONG),
        ("javascript://a.vn/%0Aalert(1)", Wrong.SCHEME),
        ("ftp://a.vn/", Wrong.SCHEME),
        ("file:///etc/passwd", Wrong.SCHEME),
        ("https://ten:matkhau@a.vn/", Wrong.LOGIN),
        ("https://shopee.vn@a.vn/", Wrong.LOGIN),
        ("https://a.vn:8443/", Wrong.PORT),
        ("http://a.vn:443/", Wrong.PORT),
        ("https://a.vn:x/", Wrong.PORT),
        ("http://127.0.0.1/", Wrong.MACHINE),
        ("http://2130706433/", Wrong.MACHINE),
        ("http://0x7f000001/", Wrong.MACHINE),
        ("http://127.1/", Wrong.MACHINE),
        ("http://[::1]/", Wrong.MACHINE),
        ("http://localhost/", Wrong.INNER),
        ("http://kho.local/", Wrong.INNER),
        ("http://db.internal/", Wrong.INNER),
        ("http://1.0.0.127.in-addr.arpa/", Wrong.INNER),
        ("https://htx.example/", Wrong.INNER),
        ("https://bit.ly/3abc", Wrong.SHORT),
        ("https://www.bit.ly/3abc", Wrong.SHORT),
    ],
)
def test_what_is_no_link_to_a_shop_is_refused_with_the_reason(typed: str, why: Wrong) -> None:
    with pytest.raises(WrongAddress) as refused:
        addresses.read(typed)
    assert refused.value.why == why
    assert addresses.WORDS[why]


def test_names_for_examples_pass_in_the_demonstration_only() -> None:
    assert addresses.read("https://htx.example/", examples=True) == "https://htx.example/"
    assert addresses.is_example("san-mau.example")
    assert not addresses.is_example("example.vn")


def test_this_machine_passes_only_where_tests_let_it() -> None:
    assert addresses.read("http://127.0.0.1:8123/a", loopback=True) == "http://127.0.0.1:8123/a"
    with pytest.raises(WrongAddress):
        addresses.read("http://10.0.0.1/", loopback=True)


@given(st.text(max_size=120))
def test_an_address_is_refused_or_read_the_same_again(text: str) -> None:
    try:
        kept = addresses.read(text)
    except WrongAddress:
        return
    assert kept.isascii()
    assert kept.startswith(("https://", "http://"))
    assert addresses.read(kept) == kept
    assert "." in addresses.host_of(kept)


def test_the_first_page_of_a_site_is_known() -> None:
    assert addresses.is_bare("https://shopee.vn/")
    assert not addresses.is_bare("https://shopee.vn/a")
    assert not addresses.is_bare("https://shopee.vn/?shop=7")
    assert addresses.host_of("https://www.shopee.vn/a") == "shopee.vn"
