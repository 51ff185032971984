"""Codes of GS1 through the resolver: as they are sent, who is counted, what they lead to."""

from datetime import UTC, date, datetime, timedelta
from html import escape
from typing import Any
from urllib.parse import unquote

import pytest
import time_machine
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ocop.core.actor import SYSTEM
from ocop.core.events import record
from ocop.products.models import Product
from ocop.recognition.certificates import issue_certificates
from ocop.recognition.validity import State
from ocop.traceability.following import changes_of
from ocop.web.stamps import holding
from ocop.web.stamps.tickets import Tickets
from tests.factories import DecisionFactory
from tests.traceability.factories import make_lot
from tests.web.stamps.conftest import GTIN, Pack
from tests.web.stamps.phone import CHROME, Phone


def test_stamp_leads_to_its_page_and_is_counted_once(pack: Pack, phone: Phone) -> None:
    got = phone.open(pack.code, accept_language="")
    assert got.status == 307
    assert got.to == f"http://localhost:8000/T/{pack.serial()}"
    assert got.headers["cache-control"] == "no-store"
    (scan,) = phone.scans
    assert (scan.gtin, scan.lot, scan.version, scan.number) == (GTIN, "L/1", 0, pack.order.first)
    path, _sign, query = (
        got.headers["location"].removeprefix("http://localhost:8000").partition("?")
    )
    page = phone.open(path, query=query)
    assert page.status == 200
    assert len(phone.scans) == 1


@pytest.mark.whole
@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/S/{s}", "lang=vi"),
        ("/S/{s}", "lang=en&x=1"),
        ("/T/{s}", ""),
        ("/T/{s}", "lang=vi"),
        ("/T/{s}", "luot=0123456789"),
        ("/L/{l}", "lang=vi"),
        ("/T/L/{l}", ""),
        ("/T/P/{p}", ""),
    ],
)
def test_copy_is_counted_whatever_of_our_addresses_is_printed(
    pack: Pack, phone: Phone, path: str, query: str
) -> None:
    path = path.format(s=pack.serial(), l=pack.lot.code, p=pack.item.code)
    assert phone.open(path, query=query).headers["cache-control"] == "no-store"
    assert phone.open(path, query=query, sec_fetch_site="none").status == 200
    assert phone.open(path, query=query, sec_fetch_site="cross-site").status == 200
    assert len(phone.scans) == 3


@pytest.mark.parametrize(
    "came",
    [
        {"sec_fetch_site": "same-origin"},
        {"sec_fetch_site": "same-site"},
        {"referer": "http://localhost:8000/S/0"},
    ],
)
def test_who_goes_on_within_our_pages_is_not_counted_again(
    pack: Pack, phone: Phone, came: dict[str, str]
) -> None:
    phone.open(f"/S/{pack.serial()}", query="lang=en", **came)
    phone.open(f"/T/{pack.serial()}", **came)
    assert phone.scans == []
    phone.open(f"/S/{pack.serial()}", referer="http://localhost:8000.evil.example/")
    assert len(phone.scans) == 1


def test_word_that_a_look_was_counted_does_not_hold_for_ever() -> None:
    """Printed behind an address it would hide every look at the copy."""
    tickets, later = Tickets(b"salt"), Tickets(b"another day")
    for address in (b"/T/x", b"/T/x?lang=vi"):
        given = tickets.behind(address, 600_000.0).decode()
        query = given.partition("?")[2]
        assert tickets.holds(query, 600_000.0)
        assert tickets.holds(query, 601_199.0)
        assert not tickets.holds(query, 601_200.0)
        assert not tickets.holds(query, 599_999.0)
        assert not later.holds(query, 600_000.0)


@pytest.mark.parametrize(
    "headers",
    [
        {"sec_purpose": "prefetch;prerender"},
        {"purpose": "prefetch"},
        {"x_purpose": "preview"},
        {"x_moz": "prefetch"},
    ],
)
@pytest.mark.parametrize("path", ["/01/{g}/21/{s}", "/S/{s}"])
def test_what_a_browser_fetches_ahead_is_not_counted(
    pack: Pack, phone: Phone, path: str, headers: dict[str, str]
) -> None:
    assert phone.open(path.format(g=GTIN, s=pack.serial()), **headers).status in (200, 307)
    assert phone.scans == []


def test_answers_that_are_put_together_are_those_of_the_core(pack: Pack, phone: Phone) -> None:
    """The second stamp of a kind is answered from what is remembered of the first."""
    paths = [f"/01/{GTIN}/21/{pack.serial(n)}" for n in (1, 2)]
    first, second = phone.open_all(paths)
    alone = phone.open(paths[1])
    assert second == alone
    assert second.to.endswith(f"{pack.serial(2)}?lang=vi")
    assert first.to != second.to


def test_lot_with_a_slash_is_found_as_it_was_sent(pack: Pack, phone: Phone) -> None:
    got = phone.open(f"/01/{GTIN}/10/L%2F1", accept_language="")
    assert got.to == f"http://localhost:8000/T/L/{pack.lot.code}"
    assert (phone.scans[0].lot, phone.scans[0].version) == ("L/1", -1)
    assert phone.open(f"/01/{GTIN}/10/L/1").status == 400  # a slash begins another qualifier


def test_lot_is_known_behind_a_variant_that_nobody_keeps(pack: Pack, phone: Phone) -> None:
    got = phone.open(f"/01/{GTIN}/22/A/10/L%2F1", accept_language="")
    assert got.to == f"http://localhost:8000/T/L/{pack.lot.code}"
    assert phone.scans[0].lot == "L/1"


@pytest.mark.parametrize("behind", ["L%2F1", "L/1", "10/L%2F1", "22/A/10/L%2F1"])
def test_trace_code_behind_the_letter_of_a_sales_unit_leads_to_its_lot(
    pack: Pack, phone: Phone, behind: str
) -> None:
    got = phone.open(f"/P/{pack.item.code.upper()}/{behind}")
    assert got.status == 200
    assert got.text == phone.open(f"/L/{pack.lot.code}").text
    assert [scan.lot for scan in phone.scans] == ["L/1", "L/1"]


def test_serial_behind_the_letter_of_a_sales_unit_is_no_code_of_ours(
    pack: Pack, phone: Phone
) -> None:
    assert phone.open(f"/P/{pack.item.code}/21/{pack.serial()}").status == 404


def test_unknown_lot_walks_up_to_the_product(pack: Pack, phone: Phone) -> None:
    got = phone.open(f"/01/{GTIN}/10/KHAC", accept_language="")
    assert got.to == f"http://localhost:8000/T/P/{pack.item.code}/KHAC"


@pytest.mark.parametrize("lot", ["KHAC", "A%2FB", "%22%3C%26", "A%25B"])
def test_page_says_that_the_lot_of_the_code_is_unknown(pack: Pack, phone: Phone, lot: str) -> None:
    """Whoever invents a lot must not get the star of the product without a word."""
    to = phone.open(f"/01/{GTIN}/10/{lot}").headers["location"]
    path, _sign, query = to.removeprefix("http://localhost:8000").partition("?")
    for language in ("vi", "en"):
        told = phone.open(path, query=query.replace("vi", language)).text
        shown = escape(unquote(lot))
        head, said = (
            (f"Không có lô {shown} trong sổ", "nêu lô")
            if language == "vi"
            else (f"There is no lot {shown} on record", "names the lot <b")
        )
        assert told.index(head) < told.index("<h1>")
        assert said in told
        assert "mã này không nói lô nào" not in told
    assert "trong sổ" not in phone.open(f"/T/P/{pack.item.code}").text


def test_lot_that_was_entered_since_is_not_called_unknown(pack: Pack, phone: Phone) -> None:
    told = phone.open(f"/T/P/{pack.item.code}/L%2F1")
    assert told.status == 200
    assert "trong sổ" not in told.text
    assert told.text == phone.open(f"/T/L/{pack.lot.code}").text
    assert "trong sổ" not in phone.open(f"/T/P/{pack.item.code}/%E1%BA%A1").text


@pytest.mark.parametrize("path", ["/01/{g}/21/{s}", "/01/{g}/10/L%2F1/21/{s}", "/S/{s}", "/T/{s}"])
def test_forged_serial_is_unknown_and_never_walks_up(pack: Pack, phone: Phone, path: str) -> None:
    forged = ("1" if pack.serial()[0] != "1" else "2") + pack.serial()[1:]
    got = phone.open(path.format(g=GTIN, s=forged))
    assert got.status == 404
    assert "Không nhận ra mã này" in got.text
    assert "Bánh gai" not in got.text


def test_forged_serials_are_told_to_the_journal_as_one_line(pack: Pack, phone: Phone) -> None:
    forged = [pack.serial()[:-1] + sign for sign in "0123456789" if sign != pack.serial()[-1]]
    phone.open_all([f"/S/{each}" for each in forged])
    (line,) = phone.scans
    assert (line.version, line.number, len(line.client)) == (-2, len(forged), 8)


def test_serial_of_another_product_is_unknown(pack: Pack, phone: Phone) -> None:
    assert phone.open(f"/01/09520000024765/21/{pack.serial()}").status == 404


def test_serial_with_another_lot_is_unknown(pack: Pack, phone: Phone) -> None:
    make_lot(pack.item, pack.lot.created_at, number="L2")
    phone.learn()
    assert phone.open(f"/01/{GTIN}/10/L2/21/{pack.serial()}").status == 404
    assert phone.open(f"/01/{GTIN}/10/L%2F1/21/{pack.serial()}").status == 307


def test_number_that_was_never_given_out_is_unknown(pack: Pack, phone: Phone) -> None:
    assert phone.open(f"/01/{GTIN}/21/{pack.serial(pack.order.quantity)}").status == 404


@pytest.mark.whole
@pytest.mark.parametrize(
    "agent",
    [
        "Googlebot/2.1 (+http://www.google.com/bot.html)",
        "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
        "facebookexternalhit/1.1",
        "WhatsApp/2.23.20.0 A",
        "TelegramBot (like TwitterBot)",
        "curl/8.5.0",
        "Mozilla/5.0 (compatible; GoogleOther)",
        "Mozilla/5.0 (compatible; Google-InspectionTool/1.0;)",
        "APIs-Google (+https://developers.google.com/webmasters/APIs-Google.html)",
        "Google-Safety",
        "Mozilla/5.0 (compatible; YandexImages/3.0; +http://yandex.com/bots)",
        "Mozilla/5.0 (compatible; YandexMetrika/2.0; +http://yandex.com/bots)",
        "meta-externalfetcher/1.1",
        "meta-externalagent/1.1 (+https://developers.facebook.com/docs/sharing/webmasters/crawler)",
        "Slack-ImgProxy (+https://api.slack.com/robots)",
        "Mozilla/5.0 (compatible; Pinterest/0.2; +https://www.pinterest.com/bot.html)",
        "Iframely/1.3.1 (+https://iframely.com/docs/about)",
        "facebookexternalhit/1.1;line-poker/1.0",
        "LINE-Poker/1.0",
        "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko); compatible; ChatGPT-User/1.0; x",
        "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; Perplexity-User/1.0)",
        "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; Claude-User/1.0)",
        "kube-probe/1.29",
        "ELB-HealthChecker/2.0",
        "Apache-HttpClient/4.5.14 (Java/17.0.9)",
        "PostmanRuntime/7.36.0",
        "Mozilla/5.0 (Unknown; Linux x86_64) AppleWebKit/538.1 PhantomJS/2.1.1 Safari/538.1",
        "Mozilla/5.0 (compatible; heritrix/3.4.0 +http://archive.org)",
        "python-requests/2.32",
        "",
    ],
)
@pytest.mark.parametrize("path", ["/01/{g}/21/{s}", "/S/{s}"])
def test_programs_are_answered_and_not_counted(
    pack: Pack, phone: Phone, path: str, agent: str
) -> None:
    got = phone.open(path.format(g=GTIN, s=pack.serial()), user_agent=agent)
    assert got.status in (200, 307)
    assert phone.scans == []


@pytest.mark.parametrize(
    "agent",
    [
        CHROME,
        "Mozilla/5.0 (iPhone; CPU iPhone OS 12_5 like Mac OS X) AppleWebKit/605.1.15 Version/12.1 "
        "Mobile/15E148 Safari/604.1",
        "Mozilla/5.0 (Linux; U; Android 13; vi; CUBOT P80) AppleWebKit/537.36 Chrome/120 Mobile",
        "Mozilla/5.0 (Linux; Android 12) AppleWebKit/537.36 Chrome/120 Mobile Zalo/23.10.02",
        # People in the browsers of applications, and on what is made by Google.
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 "
        "Safari Line/14.3.0",
        "Mozilla/5.0 (Linux; Android 14; Pixel 8) Chrome/120 Mobile [Pinterest/Android]",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) GSA/300.0 Mobile Safari/604.1",
        "Mozilla/5.0 (Linux; Android 13) Chrome/120 YaBrowser/24.1 Mobile Safari/537.36",
        "Mozilla/5.0 (Linux; Android 12) Chrome/120 Mobile [FBAN/FB4A;FBAV/450.0]",
    ],
)
def test_browsers_are_counted(pack: Pack, phone: Phone, agent: str) -> None:
    phone.open(f"/S/{pack.serial()}", user_agent=agent)
    assert len(phone.scans) == 1


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS"])
@pytest.mark.parametrize("path", ["/01/{g}/21/{s}", "/S/{s}", "/T/{s}", "/L/{lot}", "/P/{item}"])
def test_head_and_options_have_no_body_and_are_not_counted(
    pack: Pack, phone: Phone, path: str, method: str
) -> None:
    told = {"g": GTIN, "s": pack.serial(), "lot": pack.lot.code, "item": pack.item.code}
    got = phone.open(path.format(**told), method)
    assert got.body == b""
    assert phone.scans == []
    if method == "HEAD":
        assert got.status == phone.open(path.format(**told)).status
    else:
        assert (got.status, got.headers["access-control-allow-origin"]) == (204, "*")


def test_linkset_is_not_counted(pack: Pack, phone: Phone) -> None:
    got = phone.open(pack.code, query="linkType=linkset", accept="application/linkset+json")
    assert got.status == 200
    levels = [level["anchor"] for level in got.json["linkset"]]
    assert levels == [
        f"http://localhost:8000{pack.code}",
        f"http://localhost:8000/01/{GTIN}",
    ]
    assert phone.scans == []


CERTIFICATION = "https://ref.gs1.org/voc/certificationInfo"


def _certified(phone: Phone) -> list[dict[str, Any]]:
    got = phone.open(f"/01/{GTIN}", query="linkType=linkset", accept="application/linkset+json")
    told: list[dict[str, Any]] = got.json["linkset"][0][CERTIFICATION]
    return told


def test_linkset_of_a_code_tells_the_star_and_its_revocation(
    pack: Pack, phone: Phone, now: datetime
) -> None:
    """Issue 4: a revocation shows in page, list, linkset and register. Scanners get this one; a
    star that another office decided has no certificate here and is told all the same."""
    (page,) = _certified(phone)
    assert page["title"] == "Hạng sao OCOP: 4 sao, Còn hiệu lực"
    star = pack.item.product.recognitions.get()
    star.revoked_on = date(2026, 11, 20)
    star.save()
    told = changes_of([record(SYSTEM, "recognition.revoked", star, at=now).pk])
    assert told.items == {pack.item.pk}  # what the resolver reads again
    phone.learn()
    (page,) = _certified(phone)
    assert page["title"] == "Hạng sao OCOP: 4 sao, Bị thu hồi"
    assert page["title*"][1]["language"] == "en"
    assert page["title*"][1]["value"] != page["title"]


def test_linkset_of_a_code_leads_programs_to_the_credential(
    pack: Pack, phone: Phone, now: datetime
) -> None:
    """Who names no medium of programs is led to the page, as before."""
    star = pack.item.product.recognitions.get()
    star.decision = DecisionFactory(signed_on=date(2025, 6, 19))
    star.save()
    issue_certificates(actor=SYSTEM, decision=star.decision, at=now)
    phone.learn()
    page, credential = _certified(phone)
    address = f"http://localhost:8000/san-pham/{pack.item.product.code}/"
    assert (page["href"], page["type"]) == (f"{address}hang-sao/", "text/html")
    assert credential["href"] == f"{address}chung-chi/{star.pk}.jwt"
    assert credential["type"] == "application/vc+jwt"
    assert credential["title"] == "Chứng chỉ điện tử 4 sao: Còn hiệu lực"
    for accept, to in (("*/*", page), ("text/html", page), ("application/vc+jwt", credential)):
        got = phone.open(f"/01/{GTIN}", query="linkType=gs1:certificationInfo", accept=accept)
        assert got.status == 307
        assert got.headers["location"].startswith(to["href"])


def test_star_that_ends_with_the_day_is_told_as_ended_the_day_after(pack: Pack) -> None:
    """No act says so: the sales units are read again when a day begins."""
    ends = pack.item.product.recognitions.get().expires_on
    assert ends is not None
    after = (ends + timedelta(days=1), State.EXTENSION_UNCONFIRMED)  # Art. 12.3, until confirmed
    for day, state in ((ends, State.WINDOW_MISSED), after):
        with time_machine.travel(datetime(day.year, day.month, day.day, 5, tzinfo=UTC)):
            (item,) = holding.stars_of_today().items
        assert item.star is not None
        assert item.star.state == state


def test_every_level_has_one_default_that_is_listed_under_a_type_too(
    pack: Pack, phone: Phone
) -> None:
    before = "https://ref.gs1.org/voc/"
    path = f"/01/{GTIN}/10/L%2F1/21/{pack.serial()}"
    got = phone.open(path, query="linkType=linkset", accept="*/*")
    assert len(got.json["linkset"]) == 3
    for level in got.json["linkset"]:
        (default,) = level[f"{before}defaultLink"]
        others = [
            each["href"]
            for relation, links in level.items()
            if relation.startswith(before) and "default" not in relation
            for each in links
        ]
        assert default["href"] in others


def test_master_data_is_linked_data_of_what_the_code_names(
    pack: Pack, phone: Phone, client: Client
) -> None:
    """ "A link to a source of structured master data for the entity" (GS1 Web Vocabulary): of a lot
    that lot, of a sales unit and of its stamps the sales unit."""
    for code, lot in ((f"/01/{GTIN}/10/L%2F1", "L/1"), (f"/01/{GTIN}", ""), (pack.code, "")):
        got = phone.open(code, query="linkType=gs1:masterData", accept="application/ld+json")
        assert got.status == 307
        source = client.get(got.headers["location"].removeprefix("http://localhost:8000"))
        assert source.status_code == 200
        assert source["Content-Type"] == "application/ld+json"
        told = source.json()
        assert (told["@type"], told["gs1:gtin"]) == ("gs1:Product", GTIN)
        if lot:
            assert told["gs1:hasBatchLotNumber"] == lot
            assert told["@id"].endswith(code)
    levels = phone.open(f"/01/{GTIN}", query="linkType=linkset", accept="*/*").json["linkset"]
    (link,) = levels[0]["https://ref.gs1.org/voc/masterData"]
    assert link["type"] == "application/ld+json"


def test_what_is_not_public_has_no_master_data(pack: Pack, phone: Phone) -> None:
    Product.objects.update(listed=False)
    phone.learn()
    for code in (f"/01/{GTIN}/10/L%2F1", f"/01/{GTIN}"):
        assert phone.open(code, query="linkType=gs1:masterData").status == 404


def test_events_are_linked_only_where_nobody_in_particular_may_read_them(
    pack: Pack, phone: Phone, client: Client
) -> None:
    assert client.get("/api/epcis/events").status_code == 401
    for code in (pack.code, f"/01/{GTIN}/10/L%2F1", f"/01/{GTIN}"):
        assert phone.open(code, query="linkType=gs1:epcis").status == 404


@pytest.mark.parametrize(
    ("languages", "ending"),
    [
        ("vi-VN,vi;q=0.9,en;q=0.8", "?lang=vi"),
        ("en-US,en;q=0.9", "?lang=en"),
        ("ko-KR,ko;q=0.9,en;q=0.5", "?lang=en"),
        ("ko-KR", ""),
        ("", ""),
    ],
)
def test_language_of_the_phone_chooses_the_link(
    pack: Pack, phone: Phone, languages: str, ending: str
) -> None:
    got = phone.open(pack.code, accept_language=languages)
    assert got.to == f"http://localhost:8000/T/{pack.serial()}{ending}"


def test_query_is_passed_on_byte_for_byte(pack: Pack, phone: Phone) -> None:
    got = phone.open(pack.code, query="17=270101&x=%2F%c3%a9", accept_language="")
    assert got.to.endswith(f"/T/{pack.serial()}?17=270101&x=%2F%c3%a9")
    assert len(phone.scans) == 1


def test_link_type_that_is_not_there_is_not_found(pack: Pack, phone: Phone) -> None:
    got = phone.open(pack.code, query="linkType=gs1:instructions")
    assert got.status == 404
    assert phone.open(pack.code, query="linkType=gs1:pip").status == 307  # of the product


def test_small_letters_of_a_serial_are_read(pack: Pack, phone: Phone) -> None:
    assert phone.open(f"/01/{GTIN}/21/{pack.serial().lower()}").status == 307
    assert phone.open(f"/s/{pack.serial().lower()}").status == 200


@pytest.mark.parametrize("path", ["/01/1", f"/01/{GTIN}/22", "/01/", "/01/09520123456789"])
def test_malformed_address_is_told_to_people_and_to_programs(phone: Phone, path: str) -> None:
    page, problem = phone.open(path), phone.open(path, accept="application/json")
    assert (page.status, problem.status) == (400, 400)
    assert "không đúng dạng" in page.text
    assert problem.headers["content-type"] == "application/problem+json"
    assert problem.json["status"] == 400


def test_what_was_typed_is_escaped_on_the_page(phone: Phone) -> None:
    got = phone.open(f"/01/{GTIN}/<b>/x")
    assert got.status == 400
    assert "<b>/" not in got.text


def test_other_methods_are_refused(pack: Pack, phone: Phone) -> None:
    for path in (pack.code, f"/L/{pack.lot.code}", f"/S/{pack.serial()}"):
        got = phone.open(path, "DELETE")
        assert got.status == 405
        assert got.headers["allow"] == "GET, HEAD, OPTIONS"


def test_resolver_describes_itself(phone: Phone) -> None:
    got = phone.open("/.well-known/gs1resolver")
    assert got.json["resolverRoot"] == "http://localhost:8000"
    assert got.json["supportedPrimaryKeys"] == ["01"]
    # By the schema of GS1's description file, which has the singular.
    assert got.json["supportedLinkType"] == [
        {"namespace": "https://ref.gs1.org/voc/", "prefix": "gs1:"}
    ]
    assert got.headers["access-control-allow-origin"] == "*"
    assert phone.open("/.well-known/gs1resolver", "HEAD").body == b""


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE", "FOO"])
def test_description_is_read_only(phone: Phone, method: str) -> None:
    got = phone.open("/.well-known/gs1resolver", method)
    assert (got.status, got.headers["allow"]) == (405, "GET, HEAD, OPTIONS")


@pytest.mark.parametrize("rest", ["zzz", "/x", "/x/"])
def test_nothing_is_below_the_description(phone: Phone, rest: str) -> None:
    assert phone.open(f"/.well-known/gs1resolver{rest}").status == 404


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_length_of_a_linkset_is_told_to_head_too(pack: Pack, phone: Phone, method: str) -> None:
    """RFC 9110, 8.6; and what keeps a browser from guessing what it is."""
    for accept in ("application/linkset+json", "text/html"):
        got = phone.open(pack.code, method, query="linkType=linkset", accept=accept)
        whole = phone.open(pack.code, query="linkType=linkset", accept=accept)
        assert got.headers == whole.headers
        assert got.headers["content-length"] == str(len(whole.body)) != "0"
        assert got.headers["x-content-type-options"] == "nosniff"
        assert "default-src 'none'" in got.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("spoken", "said", "words"),
    [("vi", "vi", "Truy xuất nguồn gốc"), ("en", "en", "Recall status"), ("fr", "en", "Certif")],
)
def test_list_of_links_is_a_page_like_the_others(
    pack: Pack, phone: Phone, spoken: str, said: str, words: str
) -> None:
    told = phone.open(f"/01/{GTIN}", query="linkType=linkset", accept_language=spoken).text
    if said == "vi" or words == "Recall status":
        told = phone.open(pack.code, query="linkType=linkset", accept_language=spoken).text
    assert f'<html lang="{said}">' in told
    assert words in told
    assert "stamp." in told[: told.index("</head>")]  # the sheet of styles
    assert f"?linkType=linkset&amp;lang={'vi' if said == 'en' else 'en'}" in told
    assert '<script type="application/ld+json">' in told


def test_serial_of_a_third_party_is_unknown_and_never_walks_up(pack: Pack, phone: Phone) -> None:
    assert phone.open(f"/01/{GTIN}/235/ABC").status == 404
    assert phone.open(f"/01/{GTIN}/235/ABC/10/L%2F1").status == 400


@pytest.mark.parametrize("path", ["/S/{s}", "/L/{l}", "/P/{p}", "/T/{s}", "/S/unknown"])
def test_page_of_another_site_may_read_what_options_promises(
    pack: Pack, phone: Phone, path: str
) -> None:
    path = path.format(s=pack.serial(), l=pack.lot.code, p=pack.item.code)
    for got in (phone.open(path), phone.open(path, accept="application/json")):
        assert got.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize(
    ("encodings", "packed"),
    [("gzip", True), ("br, gzip;q=0.5", True), ("*", True), ("gzip;q=0", False), ("br", False),
     ("*;q=0", False), ("", False)],
)  # fmt: skip
def test_gzip_is_sent_to_who_takes_it(
    pack: Pack, phone: Phone, encodings: str, packed: bool
) -> None:
    got = phone.open(f"/S/{pack.serial()}", accept_encoding=encodings)
    assert (got.headers.get("content-encoding") == "gzip") is packed


def test_one_phone_is_one_client_and_another_is_another(pack: Pack, phone: Phone) -> None:
    for agent in (CHROME, CHROME, CHROME + " Zalo"):
        phone.open(f"/S/{pack.serial()}", user_agent=agent)
    one, again, other = (scan.client for scan in phone.scans)
    assert one == again != other


def test_scan_that_cannot_be_written_is_not_answered_as_if(pack: Pack, phone: Phone) -> None:
    phone.memory.broken = True
    for path in (pack.code, f"/S/{pack.serial()}"):
        got = phone.open(path)
        assert got.status == 503
        assert got.headers["retry-after"] == "30"
        assert "quét lại sau ít phút" in got.text


def test_without_the_file_of_keys_no_stamp_is_called_forged(
    pack: Pack, settings: object, tmp_path: object
) -> None:
    paths = (pack.code, f"/S/{pack.serial()}")
    settings.OCOP_KEYS_DIR = f"{tmp_path}/others"  # type: ignore[attr-defined]
    phone = Phone()
    for path in paths:
        assert phone.open(path).status == 503
    assert phone.open(f"/01/{GTIN}").status == 307
    assert [scan.version for scan in phone.scans] == [-1]


_SIGNS = st.text(st.characters(min_codepoint=33, max_codepoint=255, exclude_characters="?#"))
_PARTS = st.one_of(
    st.sampled_from(["01", "21", "10", "22", GTIN, "S", "T", "L", "P", "%2F", "%00", "..", "%zz"]),
    _SIGNS,
)


@settings(max_examples=400, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    begin=st.sampled_from(["/01/", "/S/", "/T/", "/L/", "/P/", "/s/", "/.well-known/gs1resolver"]),
    parts=st.lists(_PARTS, max_size=6),
    query=_SIGNS,
    accept=_SIGNS,
    languages=_SIGNS,
    method=st.sampled_from(["GET", "HEAD", "OPTIONS", "POST", "TRACE"]),
)
def test_whatever_is_sent_is_no_fault_of_the_server(
    phone: Phone,
    begin: str,
    parts: list[str],
    query: str,
    accept: str,
    languages: str,
    method: str,
) -> None:
    headers = {"accept": accept, "accept_language": languages}
    got = phone.open(begin + "/".join(parts), method, query, **headers)
    assert got.status < 500
    assert all("\n" not in value and "\r" not in value for value in got.headers.values())
