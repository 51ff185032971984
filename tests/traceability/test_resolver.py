"""Answers of the resolver: the conformance statements of the standard, one after the other."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocop.traceability.digital_link import BadSyntax, Item, read
from ocop.traceability.linksets import CONTEXT, TYPES, Link
from ocop.traceability.negotiation import language, weight_of, wishes
from ocop.traceability.resolver import METHODS, Answer, Ask, Known, answer

ROOT = "https://id.ocop.vn"
GTIN = "09520123456788"
OTHER = "09520000024765"
VI, EN = ("vi",), ("en",)
HTML = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"

PRODUCT = Known(
    "Bánh gai <mẫu>",
    [
        Link("defaultLink", "https://ocop.vn/p/1", "Sản phẩm"),
        Link("defaultLinkMulti", "https://ocop.vn/p/1?l=vi", "Sản phẩm", languages=VI),
        Link("defaultLinkMulti", "https://ocop.vn/p/1?l=en", "Product", languages=EN),
        Link("pip", "https://ocop.vn/p/1", "Sản phẩm"),
        Link("certificationInfo", "https://ocop.vn/p/1/vi", "Chứng nhận", languages=VI),
        Link("certificationInfo", "https://ocop.vn/p/1/en", "Certificate", languages=EN),
        Link("certificationInfo", "https://ocop.vn/p/1/jwt", "Credential", "application/vc+jwt"),
        Link("hasRetailers", "https://ocop.vn/ban/1", "Điểm bán thứ nhất"),
        Link("hasRetailers", "https://ocop.vn/ban/2", "Điểm bán thứ hai"),
        Link("support", "https://ocop.vn/gop-y", "Góp ý"),
        Link("support", "https://ocop.vn/gop-y/ha-noi", "Góp ý", contexts=("VN-HN",)),
    ],
)
LOT = Known("Lô L/1", [Link("traceability", "https://ocop.vn/lo/1", "Hành trình")])
PIECE = Known("Con tem", [Link("defaultLink", "https://ocop.vn/tem/1", "Tem")])
KNOWN = {
    Item(GTIN): PRODUCT,
    Item(GTIN, lot="L/1"): LOT,
    Item(GTIN, lot="L/1", serial="A1"): PIECE,
    Item(GTIN, serial="A1"): PIECE,
}


def ask(
    path: str, query: str = "", accept: str = HTML, languages: str = "vi", **more: Any
) -> Answer:
    asked = Ask(more.pop("method", "GET"), path, query, accept, languages)
    return answer(asked, KNOWN.get, ROOT)


def header(answered: Answer, name: str) -> str:
    (value,) = (value for key, value in answered.headers if key == name)
    return value


def target(answered: Answer) -> str:
    assert answered.status == 307
    return header(answered, "location")


def linkset(answered: Answer) -> Any:
    assert header(answered, "content-type") == "application/linkset+json"
    return json.loads(answered.body)["linkset"]


def test_three_methods_are_answered_and_anyone_may_ask() -> None:
    for method in METHODS:
        assert header(ask(f"/01/{GTIN}", method=method), "access-control-allow-origin") == "*"
    refused = ask(f"/01/{GTIN}", method="POST")
    assert refused.status == 405
    assert header(refused, "allow") == "GET, HEAD, OPTIONS"
    assert ask(f"/01/{GTIN}", method="OPTIONS").status == 204


@pytest.mark.parametrize("path", [f"/01/{GTIN}", f"/01/{GTIN}/", f"/01/{GTIN}/10/L%2F1", "/01/1"])
def test_head_is_get_without_its_body_and_no_scan(path: str) -> None:
    got, headed = ask(path), ask(path, method="HEAD")
    assert (headed.status, headed.headers) == (got.status, got.headers)
    assert (headed.body, headed.scanned) == (b"", None)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (f"/01/{GTIN[1:]}", 400),
        (f"/01/{GTIN[:-1]}0", 400),
        (f"/01/{GTIN}/21/A1/10/L1", 400),
        (f"/01/{OTHER}", 404),
        (f"/01/{OTHER}/10/L", 404),
        (f"/01/{GTIN}/21/A2", 404),
        (f"/01/{GTIN}/10/L%2F1/21/A2", 404),
    ],
)
def test_error_has_its_status_and_its_reason(path: str, status: int) -> None:
    """Bad syntax 400, unknown 404; an unknown serial never leads to its product."""
    answered = ask(path)
    assert answered.status == status
    assert answered.problem
    assert answered.scanned is None
    assert not answered.body


def test_unknown_lot_is_answered_by_its_product() -> None:
    assert target(ask(f"/01/{GTIN}/10/X")) == "https://ocop.vn/p/1?l=vi"
    assert target(ask(f"/01/{GTIN}/22/V/10/X")) == "https://ocop.vn/p/1?l=vi"


def test_lot_without_a_default_is_answered_by_its_product() -> None:
    assert target(ask(f"/01/{GTIN}/10/L%2F1")) == "https://ocop.vn/p/1?l=vi"
    asked = ask(f"/01/{GTIN}/10/L%2F1", "linkType=gs1:traceability")
    assert target(asked).startswith("https://ocop.vn/lo/1?")


def test_serial_outranks_its_lot() -> None:
    answered = ask(f"/01/{GTIN}/10/L%2F1/21/A1")
    assert target(answered) == "https://ocop.vn/tem/1"
    assert answered.scanned == Item(GTIN, lot="L/1", serial="A1")


@pytest.mark.parametrize(
    ("languages", "wanted"),
    [
        ("vi", "?l=vi"),
        ("en", "?l=en"),
        ("en-GB,en;q=0.9", "?l=en"),
        ("fr,en;q=0.3,vi;q=0.5", "?l=vi"),
        ("fr", ""),
        ("", ""),
        ("vi;q=0,en", "?l=en"),
        ("VI-vn", "?l=vi"),
        ("*", ""),
    ],
)
def test_default_follows_the_language_of_the_phone(languages: str, wanted: str) -> None:
    answered = ask(f"/01/{GTIN}", languages=languages)
    assert target(answered) == f"https://ocop.vn/p/1{wanted}"
    assert header(answered, "vary") == "Accept, Accept-Language"


@pytest.mark.parametrize(
    "wanted",
    [
        "gs1:pip",
        "gs1%3Apip",
        "https://ref.gs1.org/voc/pip",
        "https%3A%2F%2Fref.gs1.org%2Fvoc%2Fpip",
        "https://gs1.org/voc/pip",
        "https://www.gs1.org/voc/pip",
    ],
)
def test_type_of_a_link_is_a_curie_or_an_address(wanted: str) -> None:
    assert (
        target(ask(f"/01/{GTIN}", f"linkType={wanted}")) == f"https://ocop.vn/p/1?linkType={wanted}"
    )


def test_type_that_there_is_not_is_404() -> None:
    for wanted in ("gs1:dpp", "gs1:nothing", "schema:pip", "PIP", "gs1:"):
        assert ask(f"/01/{GTIN}", f"linkType={wanted}").status == 404


def test_query_is_passed_on_byte_for_byte() -> None:
    query = "17=271231&a=%C4%91&b=%2f&c&&d=+"
    assert target(ask(f"/01/{GTIN}", query, languages="fr")) == f"https://ocop.vn/p/1?{query}"
    assert target(ask(f"/01/{GTIN}", query)) == f"https://ocop.vn/p/1?l=vi&{query}"


@pytest.mark.parametrize(
    ("accept", "languages", "wanted"),
    [
        (HTML, "vi", "/vi"),
        (HTML, "en-US", "/en"),
        ("application/vc+jwt", "vi", "/jwt"),
        ("application/vc+jwt;q=0.9, text/html;q=0.1", "vi", "/jwt"),
    ],
)
def test_medium_and_language_choose(accept: str, languages: str, wanted: str) -> None:
    answered = ask(f"/01/{GTIN}", "linkType=gs1:certificationInfo", accept, languages)
    assert target(answered).split("?")[0] == f"https://ocop.vn/p/1{wanted}"


def test_what_cannot_be_decided_is_shown() -> None:
    answered = ask(f"/01/{GTIN}", "linkType=gs1:hasRetailers")
    assert answered.status == 300
    assert answered.scanned is None
    assert b"https://ocop.vn/ban/2" in answered.body
    undecided = ask(f"/01/{GTIN}", "linkType=gs1:certificationInfo", HTML, "fr")
    assert undecided.status == 300
    assert linkset(ask(f"/01/{GTIN}", "linkType=gs1:hasRetailers", "application/linkset+json"))


def test_context_chooses() -> None:
    anywhere = ask(f"/01/{GTIN}", "linkType=gs1:support")
    assert target(anywhere).startswith("https://ocop.vn/gop-y?")
    there = ask(f"/01/{GTIN}", "linkType=gs1:support&context=VN-HN")
    assert target(there).startswith("https://ocop.vn/gop-y/ha-noi?")
    elsewhere = ask(f"/01/{GTIN}", "linkType=gs1:support&context=FR")
    assert target(elsewhere).startswith("https://ocop.vn/gop-y?")


@pytest.mark.parametrize(
    ("query", "accept"),
    [
        ("linkType=linkset", "*/*"),
        ("linkType=linkset", "application/linkset+json"),
        ("linkType=all", ""),
        ("", "application/linkset+json"),
        ("", "text/html;q=0.2, application/linkset+json"),
    ],
)
def test_linkset_has_every_level_up_to_the_key(query: str, accept: str) -> None:
    answered = ask(f"/01/{GTIN}/10/L%2F1/21/A1", query, accept)
    assert answered.status == 200
    assert answered.scanned is None
    levels = linkset(answered)
    path = f"{ROOT}/01/{GTIN}"
    anchors = [f"{path}/10/L%2F1/21/A1", f"{path}/10/L%2F1", path]
    assert [level["anchor"] for level in levels] == anchors
    link = header(answered, "link")
    assert CONTEXT in link
    assert 'rel="http://www.w3.org/ns/json-ld#context"' in link


def test_linkset_is_as_rfc_9264_says() -> None:
    """Relations are addresses; every target has an address, a title and a medium; languages are a
    list; one default and no more."""
    (level,) = linkset(ask(f"/01/{GTIN}", "linkType=linkset", ""))
    relations = {key: value for key, value in level.items() if isinstance(value, list)}
    assert set(level) - set(relations) == {"anchor", "description"}
    assert len(relations["https://ref.gs1.org/voc/defaultLink"]) == 1
    for relation, targets in relations.items():
        assert relation.removeprefix("https://ref.gs1.org/voc/") in TYPES
        for each in targets:
            assert each["href"].startswith("https://")
            assert each["title"]
            assert "/" in each["type"]
            assert isinstance(each.get("hreflang", []), list)
    english = {"href": "https://ocop.vn/p/1?l=en", "title": "Product", "type": "text/html"}
    assert {**english, "hreflang": ["en"]} in relations["https://ref.gs1.org/voc/defaultLinkMulti"]


def test_linkset_for_a_browser_is_a_page_with_the_data_inside() -> None:
    answered = ask(f"/01/{GTIN}", "linkType=linkset")
    assert header(answered, "content-type") == "text/html; charset=utf-8"
    page = answered.body.decode()
    assert "Bánh gai &lt;mẫu&gt;" in page
    assert "<mẫu>" not in page
    inside = page.partition('<script type="application/ld+json">')[2].partition("</script>")[0]
    assert json.loads(inside)["linkset"][0]["description"] == "Bánh gai <mẫu>"


def test_redirect_tells_of_its_linkset() -> None:
    link = header(ask(f"/01/{GTIN}/10/L%2F1"), "link")
    assert link.startswith(f"<{ROOT}/01/{GTIN}/10/L%2F1?linkType=linkset>")
    assert 'rel="linkset"' in link


paths = st.one_of(
    st.text(),
    st.sampled_from([f"/01/{GTIN}", f"/01/{GTIN}/21/A1", f"/01/{GTIN}/10/L%2F1", f"/01/{OTHER}"]),
    st.from_regex(r"/01/[0-9]{14}(/(10|21|22)/[^/]{0,9}){0,3}/?"),
)


@given(st.sampled_from([*METHODS, "PUT"]), paths, st.text(), st.text(), st.text())
def test_anything_is_answered(
    method: str, path: str, query: str, accept: str, languages: str
) -> None:
    """No request ends in an error of ours, no error in 200, and no unknown serial in a redirect."""
    answered = answer(Ask(method, path, query, accept, languages), KNOWN.get, ROOT)
    assert answered.status in {200, 204, 300, 307, 400, 404, 405}
    assert bool(answered.problem) == (answered.status >= 400)
    try:
        item = read(path)
    except BadSyntax:
        assert answered.status in {204, 400, 405}
    else:
        if answered.status in {200, 300, 307}:
            assert item in KNOWN or item.serial is None


def test_wishes_are_read_by_their_weight() -> None:
    assert wishes("a, b;q=0.5 ,c;q=1.000, d;q=2, e;q=x, ;q=1, f;level=1;q=0.7") == [
        ("a", 1.0),
        ("c", 1.0),
        ("f", 0.7),
        ("b", 0.5),
    ]


@pytest.mark.parametrize(
    ("offered", "header_", "found"),
    [
        (["vi", "en"], "zh-Hant-CN-x-private1-private2,en", "en"),
        (["zh-Hant"], "zh-Hant-CN-x-private1-private2", "zh-Hant"),
        (["zh-Hant-CN"], "zh-Hant", None),  # a lookup never finds something longer
        (["de", "fr"], "de-1996-a-x, fr", "de"),
        (["en"], "*, en;q=0.1", "en"),
        (["en"], "en-US, en;q=0", None),
        ([], "vi", None),
    ],
)
def test_language_by_lookup(offered: list[str], header_: str, found: str | None) -> None:
    """RFC 4647, 3.4, with its own example of how a range is made shorter."""
    assert language(offered, header_) == found


@pytest.mark.parametrize(
    ("medium", "accept", "weight"),
    [
        ("text/html", "", 1.0),
        ("text/html", "text/*;q=0.3, text/html;q=0.7, */*;q=0.5", 0.7),
        ("text/plain", "text/*;q=0.3, text/html;q=0.7, */*;q=0.5", 0.3),
        ("image/jpeg", "text/*;q=0.3, text/html;q=0.7, */*;q=0.5", 0.5),
        ("image/jpeg", "text/*", 0.0),
        ("text/html", "text/html;q=0", 0.0),
    ],
)
def test_medium_by_its_most_exact_wish(medium: str, accept: str, weight: float) -> None:
    """RFC 9110, 12.5.1, with its own example."""
    assert weight_of(medium, accept) == weight


def test_type_outside_of_the_vocabulary_is_refused() -> None:
    with pytest.raises(ValueError, match="no link type"):
        Link("homepage-of-ours", "https://ocop.vn", "Trang chủ")
