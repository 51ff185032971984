"""Certificates are checked on a phone without a network: labels, keys that change, credentials."""

import base64
import gzip
import json
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
import zxingcpp
from axe_playwright_python.sync_playwright import Axe
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from PIL import Image
from playwright.sync_api import Browser, FilePayload, Page, expect

from ocop.core.keys import fingerprint
from tests.e2e.conftest import WIDTHS, Seed, until

pytestmark = pytest.mark.e2e
READY = "form[data-verify][data-ready]"
#: The page and each of its parts lie in the store, and the worker answers for them.
KEPT = """async () => {
    const cache = await caches.open('ocop-kiem-tra');
    const parts = performance.getEntriesByType('resource').map((part) => part.name)
        .filter((name) => name.startsWith(`${location.origin}/static/`));
    const kept = await Promise.all([location.pathname, ...parts].map((part) => cache.match(part)));
    return !!navigator.serviceWorker.controller && kept.every(Boolean);
}"""


def ready(page: Page) -> Page:
    """The page with what it needs in the device."""
    page.goto("/kiem-tra/")
    expect(page.locator(READY)).to_be_attached()
    until(page, KEPT)
    return page


def offline(page: Page) -> Page:
    """The same after the network went away and the page was opened again."""
    page.context.set_offline(True)
    page.reload()
    expect(page.locator(READY)).to_be_attached()
    return page


def check(page: Page, text: str, verdict: str, words: str) -> None:
    page.get_by_label("Nội dung mã QR").fill(text)
    page.get_by_role("button", name="Kiểm tra", exact=True).click()
    band = page.locator(f"[data-verdict={verdict}]")
    expect(band).to_contain_text(words)
    assert band.locator("svg").count() == 1  # a shape beside the word


def changed(text: str) -> str:
    """One sign of it another."""
    return text[:-30] + ("B" if text[-30] == "A" else "A") + text[-29:]


def test_a_label_is_checked_without_a_network(page: Page, seed: Seed) -> None:
    labels = json.loads(seed("verifier_seed", "labels"))
    page.set_viewport_size({"width": 360, "height": 780})
    offline(ready(page))
    check(page, labels["holding"], "valid", "Còn hiệu lực")
    result = page.locator("[data-verify-result]")
    expect(result).to_be_focused()
    expect(result).to_contain_text("không nêu giấy này")
    expect(result).to_contain_text("có thể bị chụp lại")
    assert Axe().run(page).violations_count == 0
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 780})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    expect(result).to_contain_text("hãy so mã và số lần công nhận này với dòng in cạnh mã QR")
    check(page, changed(labels["holding"]), "unjudged", "Chưa kết luận được")
    expect(result).not_to_contain_text("Mã ")
    assert Axe().run(page).violations_count == 0
    check(page, labels["revoked"], "revoked", "Bị thu hồi")
    expect(result).to_contain_text("có nêu giấy này")
    check(page, "một câu bất kỳ", "nothing", "Không thấy nhãn")
    own = page.locator("[data-verify-own]")
    expect(own).to_contain_text("hôm nay")
    page.context.set_offline(False)
    (key, *_) = reversed(page.request.get("/kiem-tra/khoa.json").json()["keys"]["label"])
    expect(own).to_contain_text(fingerprint(base64.b64decode(key["public"])))


@pytest.mark.whole
def test_a_label_by_an_old_list_is_not_called_valid(page: Page, seed: Seed) -> None:
    """What was revoked since the list was made stands not in it: the head says so, as of the
    credential of the same star."""
    labels = json.loads(seed("verifier_seed", "labels"))
    offline(ready(page))
    now = datetime.now(UTC)
    for days, verdict, words in ((6, "valid", "Còn hiệu lực"), (8, "stale", "đã quá cũ")):
        page.clock.set_fixed_time(now + timedelta(days=days))
        check(page, labels["holding"], verdict, words)
    check(page, labels["revoked"], "revoked", "Bị thu hồi")  # this one is in the list
    page.context.set_offline(False)


#: The worker answers for the addresses of printed codes too.
LED = """async () => {
    const all = await navigator.serviceWorker.getRegistrations();
    return ['/V/', '/v/'].every((path) => all.some((each) => each.active
        && new URL(each.scope).pathname === path));
}"""


def test_a_code_that_the_phones_own_camera_reads_opens_without_a_network(
    page: Page, seed: Seed
) -> None:
    """The camera opens the address in the code; the page that is kept checks it."""
    told = json.loads(seed("verifier_seed", "labels"))
    labels = {name: text.rpartition("/")[2] for name, text in told.items()}
    until(ready(page), LED)
    page.goto(f"/V/{labels['holding']}")  # with a network the server answers
    expect(page.get_by_role("link", name="Kiểm tra nhãn này ngay trên máy")).to_be_visible()
    page.context.set_offline(True)
    for path, verdict in (
        (f"/V/{labels['holding']}", "valid"),
        (f"/v/{labels['revoked'].lower()}/", "revoked"),
        (f"/V/{changed(labels['holding'])}", "unjudged"),
    ):
        page.goto(path)
        expect(page.locator(f"[data-verdict={verdict}]")).to_be_visible()
        assert "/kiem-tra/#" in page.url
    page.context.set_offline(False)


@pytest.mark.whole
def test_a_photograph_goes_to_the_server_where_the_browser_reads_no_codes(
    page: Page, seed: Seed
) -> None:
    """As this browser is; without a network it says what to do instead."""
    label = json.loads(seed("verifier_seed", "labels"))["holding"]
    code = zxingcpp.create_barcode(label, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    into = BytesIO()
    Image.fromarray(code.to_image(scale=6, add_quiet_zones=True)).save(into, "PNG")
    photograph: FilePayload = {"name": "ma.png", "mimeType": "image/png", "buffer": into.getvalue()}
    ready(page)
    assert not page.evaluate("'BarcodeDetector' in globalThis")
    page.get_by_label("Hoặc ảnh chụp mã").set_input_files(photograph)
    page.get_by_role("button", name="Kiểm tra", exact=True).click()
    page.wait_for_url("**/v/*")
    expect(page.get_by_role("link", name="Kiểm tra nhãn này ngay trên máy")).to_be_visible()
    offline(ready(page))
    page.get_by_label("Hoặc ảnh chụp mã").set_input_files(photograph)
    page.get_by_role("button", name="Kiểm tra", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("không đọc được mã từ ảnh")
    page.context.set_offline(False)


@pytest.mark.whole
def test_a_label_of_an_unknown_key_is_a_forgery_only_by_the_keys_of_now(
    page: Page, seed: Seed
) -> None:
    """A phone that was not open since the key changed calls no genuine paper a forgery."""
    ready(page)
    new = json.loads(seed("verifier_seed", "rotate"))
    offline(page)
    check(page, new["holding"], "unjudged", "Chưa kết luận được")
    result = page.locator("[data-verify-result]")
    expect(result).to_contain_text("cũ hơn nhãn, hoặc nhãn do nơi khác ký")
    expect(result).to_contain_text("đừng dựa vào mã này")
    page.context.set_offline(False)
    check(page, new["holding"], "valid", "Còn hiệu lực")  # it fetches the keys before it judges
    check(page, changed(new["holding"]), "unsigned", "Không do hệ thống này ký")
    expect(result.locator("[data-verdict]")).not_to_contain_text("/20")  # no day belongs to it


@pytest.mark.whole
def test_a_new_key_is_trusted_when_the_old_one_vouches_for_it(page: Page, seed: Seed) -> None:
    old = json.loads(seed("verifier_seed", "labels"))
    ready(page)
    new = json.loads(seed("verifier_seed", "rotate"))
    page.reload()  # a while later, with a network
    expect(page.locator(READY)).to_be_attached()
    offline(page)
    check(page, new["holding"], "valid", "Còn hiệu lực")
    check(page, old["holding"], "valid", "Còn hiệu lực")
    expect(page.get_by_role("alert")).to_have_count(0)
    page.context.set_offline(False)


@pytest.mark.whole
def test_a_key_that_nobody_vouches_for_is_refused(page: Page, seed: Seed) -> None:
    """Whoever stands in the server's place cannot bring a key of their own."""
    labels = json.loads(seed("verifier_seed", "labels"))
    ready(page)
    stranger = Ed25519PrivateKey.generate()
    shown = page.request.get("/kiem-tra/khoa.json").json()
    forged = {
        "public": base64.b64encode(stranger.public_key().public_bytes_raw()).decode(),
        "since": "2026-12-01",
        "until": None,
        "vouched": base64.b64encode(stranger.sign(b"anything")).decode(),
    }
    for keys in ([forged], [*shown["keys"]["label"], forged]):
        told = json.dumps({**shown, "keys": {"label": keys, "credential": []}})
        page.route("**/khoa.json", lambda route, *, told=told: route.fulfill(body=told))
        page.reload()
        expect(page.locator(READY)).to_be_attached()
        alert = page.get_by_role("alert")
        expect(alert).to_contain_text("khóa đã ghim không xác nhận")
        expect(alert).to_contain_text("gọi Văn phòng Điều phối")
        assert Axe().run(page).violations_count == 0
        check(page, labels["holding"], "valid", "Còn hiệu lực")  # the old key goes on
        payload = b"\x01w1rqknnc" + (1).to_bytes(4, "big") + (9999).to_bytes(3, "big")
        own = base64.b32encode(payload + stranger.sign(b"ocop label " + payload)).decode()
        check(page, own, "unvouched", "khóa mà máy này không tin")
        page.unroute("**/khoa.json")


DID = "did:web:ocop.example"
CREDENTIAL = {
    "@context": ["https://www.w3.org/ns/credentials/v2"],
    "type": ["VerifiableCredential"],
    "issuer": DID,
    "validFrom": "2026-01-01T00:00:00Z",
    "validUntil": "2029-01-01T00:00:00Z",
    "credentialSubject": {"name": "Trà sen"},
}
KEY = Ed25519PrivateKey.from_private_bytes(bytes([7]) * 32)


def url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def jwt(payload: dict[str, Any], key: Ed25519PrivateKey = KEY, **header: Any) -> str:
    head = {"alg": "Ed25519", "typ": "vc+jwt", "kid": f"{DID}#1", **header}
    spoken = f"{url(json.dumps(head).encode())}.{url(json.dumps(payload).encode())}"
    return f"{spoken}.{url(key.sign(spoken.encode()))}"


def read(page: Page, text: str) -> str:
    """What the page's own code makes of a credential: its subject, or the word of a refusal."""
    public = KEY.public_key().public_bytes_raw()
    jwk = {"kty": "OKP", "crv": "Ed25519", "x": url(public)}
    told: str = page.evaluate(
        """async ([text, methods, keys]) => {
            const form = document.querySelector("form[data-verify]");
            const reading = await import(form.dataset.reading);
            return reading.readCredential(text, methods, keys).then(
                (credential) => credential.credentialSubject.name,
                (error) => (error instanceof reading.Refused ? error.message : String(error)),
            );
        }""",
        [text, [{"id": f"{DID}#1", "publicKeyJwk": jwk}], [base64.b64encode(public).decode()]],
    )
    return told


def test_credentials_are_read_and_forged_ones_refused(page: Page) -> None:
    page.goto("/kiem-tra/")
    stranger = Ed25519PrivateKey.generate()
    good = jwt(CREDENTIAL)
    head, _body, signature = good.split(".")
    other = url(json.dumps({**CREDENTIAL, "credentialSubject": {"name": "Khác"}}).encode())
    none = url(json.dumps({"alg": "none", "kid": f"{DID}#1"}).encode())
    for text, expected in {
        good: "Trà sen",
        jwt(CREDENTIAL, alg="EdDSA"): "Trà sen",
        f"{head}.{other}.{signature}": "unsigned",
        jwt(CREDENTIAL, stranger): "unsigned",
        jwt(CREDENTIAL, alg="HS256"): "algorithm",
        f"{none}.{other}.AA": "algorithm",
        jwt(CREDENTIAL, crit=["b64"]): "malformed",
        jwt({**CREDENTIAL, "vc": {}}): "malformed",
        jwt(CREDENTIAL, kid=f"{DID}#2"): "stranger",
        jwt({**CREDENTIAL, "issuer": "did:web:elsewhere.example"}): "stranger",
        jwt(CREDENTIAL, typ="JWT"): "malformed",
        "a.b.c": "malformed",
    }.items():
        assert read(page, text) == expected


def test_status_list_counts_from_the_leftmost_bit(page: Page) -> None:
    """W3C Bitstring Status List 1.0: gzip, base64url behind a u, index 0 leftmost."""
    page.goto("/kiem-tra/")
    bits = bytearray(16384)
    bits[0], bits[1], bits[-1] = 0b1000_0001, 0b0100_0000, 1
    listing = {
        "id": "https://ocop.example/status/1",
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "credentialSubject": {
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": "u" + url(gzip.compress(bytes(bits))),
        },
    }
    told = page.evaluate(
        """async ([list, places]) => {
            const form = document.querySelector("form[data-verify]");
            const reading = await import(form.dataset.reading);
            return Promise.all(places.map((statusListIndex) => reading.isSet({
                statusListIndex, statusPurpose: "revocation", statusListCredential: list.id,
            }, list).catch((error) => error.message)));
        }""",
        [listing, [0, "7", 9, 131071, 1, 8, 131072, -1, "x"]],
    )
    assert told == [True, True, True, True, False, False, *["malformed"] * 3]


def entry(index: int | str) -> dict[str, Any]:
    return {
        "credentialStatus": {
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": index,
            "statusListCredential": LIST,
        }
    }


LIST = "https://ocop.example/so-dang-ky/trang-thai.jwt"


def issuer(page: Page, made: datetime, *ended: int) -> None:
    """An issuer of credentials as the page sees it: keys, names and the list of a moment."""
    public = KEY.public_key().public_bytes_raw()
    key = {"public": base64.b64encode(public).decode(), "since": "2026-11-01", "until": None}
    method = {
        "id": f"{DID}#1",
        "publicKeyJwk": {"kty": "OKP", "crv": "Ed25519", "x": url(public)},
    }
    bits = bytearray(16384)
    for place in ended:
        bits[place >> 3] |= 0b1000_0000 >> place % 8
    listing = {
        "id": LIST,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": DID,
        "validFrom": made.isoformat(),
        "validUntil": (made + timedelta(days=7)).isoformat(),
        "credentialSubject": {
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": "u" + url(gzip.compress(bytes(bits))),
        },
    }
    shown = {"version": 1, "keys": {"label": [], "credential": [{**key, "vouched": ""}]}}
    document = {"id": DID, "verificationMethod": [method], "assertionMethod": [method["id"]]}
    page.unroute_all()
    for address, body in (
        ("khoa.json", json.dumps(shown)),
        (".well-known/did.json", json.dumps(document)),
        ("so-dang-ky/trang-thai.jwt", jwt(listing)),
    ):
        page.route(f"**/{address}", lambda route, *, body=body: route.fulfill(body=body))


def test_a_credential_is_checked_without_a_network(page: Page) -> None:
    """By the keys, their names and the list that an issuer of credentials shows."""
    issuer(page, datetime.now(UTC), 1)
    ready(page)
    page.unroute_all()
    offline(page)
    check(page, jwt({**CREDENTIAL, **entry(0)}), "credential-valid", "còn hiệu lực")
    result = page.locator("[data-verify-result]")
    expect(result).to_contain_text("không nêu chứng chỉ này")
    expect(result).to_contain_text("Trà sen")
    expect(result).to_contain_text("01/01/2029")
    starred = {
        "name": "Số 7/2026",
        "profileScore": {"code": "OCOP-4", "rank": 2},
        "issuedToParty": {"name": "HTX Trà sen Tây Hồ", "registeredId": "hx7k2m9q"},
    }
    here = page.evaluate("`${location.origin}/san-pham/w1rqknnc/chung-chi/7/`")
    named = {"id": here, "name": "Giấy", "credentialSubject": starred}
    check(page, jwt({**CREDENTIAL, **entry(0), **named}), "credential-valid", "còn hiệu lực")
    expect(result).to_contain_text("4 sao")
    expect(result).to_contain_text("Số 7/2026")
    expect(result).to_contain_text("HTX Trà sen Tây Hồ")
    expect(result.get_by_role("link", name="xem tên chủ thể")).to_have_attribute("href", here)
    expect(page.get_by_role("button", name="English")).to_be_hidden()
    assert Axe().run(page).violations_count == 0
    check(page, jwt({**CREDENTIAL, **entry("1")}), "credential-ended", "không còn hiệu lực")
    check(page, jwt({**CREDENTIAL, **entry(999_999)}), "credential-unlisted", "chưa biết")
    past = {**CREDENTIAL, "validUntil": "2026-02-01T00:00:00Z"}
    check(page, jwt({**past, **entry(0)}), "credential-expired", "đã hết hạn")
    check(page, jwt(CREDENTIAL, alg="none"), "algorithm", "không được nhận")
    unsigned = jwt(CREDENTIAL, alg="none").rpartition(".")[0] + "."
    check(page, unsigned, "algorithm", "không được nhận")
    check(page, jwt(CREDENTIAL, kid=f"{DID}#2"), "credential-unjudged", "Chưa kết luận được")
    page.context.set_offline(False)


def test_a_list_past_its_days_says_so_and_nothing_else(page: Page) -> None:
    issuer(page, datetime.now(UTC) - timedelta(days=8))
    ready(page)
    check(page, jwt({**CREDENTIAL, **entry(0)}), "credential-stale", "đã quá cũ")
    result = page.locator("[data-verify-result]")
    expect(result).to_contain_text("Danh sách đã cũ")
    expect(result).not_to_contain_text("chưa có danh sách")


@pytest.mark.whole
@pytest.mark.parametrize("way", ["no script", "no Ed25519"])
def test_the_server_checks_a_credential_where_the_browser_cannot(
    page: Page, browser: Browser, site: str, seed: Seed, way: str
) -> None:
    address = json.loads(seed("verifier_seed", "labels"))["credential"]
    token = page.request.get(address).text()
    context = browser.new_context(
        java_script_enabled=way != "no script", base_url=site, locale="vi-VN"
    )
    other = context.new_page()
    other.add_init_script("crypto.subtle.importKey = () => Promise.reject(new Error('none'));")
    other.set_viewport_size({"width": 360, "height": 780})
    other.goto("/kiem-tra/")
    other.get_by_label("Nội dung mã QR").fill(token)
    other.get_by_role("button", name="Kiểm tra", exact=True).click()
    expect(other.locator("[data-verdict]").first).to_contain_text("còn hiệu lực")
    expect(other.locator("[data-verify-result]")).to_contain_text("Chủ thể")
    assert other.evaluate("document.documentElement.scrollWidth") <= 360
    file: FilePayload = {
        "name": "a.jwt", "mimeType": "application/octet-stream",
        "buffer": changed(token).encode(),
    }  # fmt: skip
    other.goto("/kiem-tra/")
    other.get_by_label("Hoặc ảnh chụp mã").set_input_files(file)
    other.get_by_role("button", name="Kiểm tra", exact=True).click()
    expect(other.locator("[data-verdict]").first).to_contain_text("Không do hệ thống này ký")
    expect(other.locator("[data-verify-result]")).to_contain_text("Chữ ký không đúng")
    context.close()


@pytest.mark.whole
def test_an_older_list_of_ended_stars_takes_no_newer_ones_place(page: Page) -> None:
    now = datetime.now(UTC)
    issuer(page, now, 5)
    ready(page)
    revoked = jwt({**CREDENTIAL, **entry(5)})
    check(page, revoked, "credential-ended", "không còn hiệu lực")
    for made in (now - timedelta(minutes=6), now - timedelta(days=2)):
        issuer(page, made)
        page.get_by_role("button", name="Lấy bản mới nhất").click()
        page.reload()
        expect(page.locator(READY)).to_be_attached()
        check(page, revoked, "credential-ended", "không còn hiệu lực")
    issuer(page, now + timedelta(minutes=1))
    page.reload()
    expect(page.locator(READY)).to_be_attached()
    check(page, revoked, "credential-valid", "còn hiệu lực")
    page.unroute_all()


def test_a_clock_that_was_set_back_makes_no_credential_younger(page: Page) -> None:
    now = datetime.now(UTC)
    issuer(page, now)
    ready(page)
    page.unroute_all()
    offline(page)
    ended = {"validUntil": (now - timedelta(days=15)).isoformat()}
    page.clock.set_fixed_time(now - timedelta(days=30))
    check(page, jwt({**CREDENTIAL, **entry(0), **ended}), "credential-expired", "đã hết hạn")
    page.context.set_offline(False)
