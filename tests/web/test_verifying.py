"""The page that checks certificates: what a browser without a script is answered, and what devices
keep."""

import io
import json
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
import zxingcpp
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from ocop.core import keys
from ocop.core.actor import SYSTEM
from ocop.core.credentials import base64url
from ocop.core.transparency.notes import decode
from ocop.producers.models import ProducerKind
from ocop.recognition import labels, services
from ocop.recognition.certificates import issue_certificates, label_address
from ocop.recognition.credential import statuses
from ocop.recognition.log import keeping
from ocop.recognition.models import Ground, Recognition
from tests.factories import DecisionFactory, RecognitionFactory
from tests.recognition.credential.papers import certified, issued
from tests.recognition.test_labels import KEY, LABEL
from tests.world import revoked_by

pytestmark = pytest.mark.django_db
SIGNED = date(2025, 11, 20)
PAGE = "/kiem-tra/"


@pytest.fixture
def address(now: datetime) -> str:
    """What the code on a printed certificate holds."""
    row: Recognition = RecognitionFactory(decision=DecisionFactory(signed_on=SIGNED), on=SIGNED)
    issue_certificates(actor=SYSTEM, decision=row.decision, at=now)
    return label_address(row, keys.signer(labels.PURPOSE, at=now).sign)


def photograph(text: str, form: str = "JPEG") -> io.BytesIO:
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    into = io.BytesIO(b"")
    Image.fromarray(code.to_image(scale=6, add_quiet_zones=True)).save(into, form)
    into.name = f"ma.{form.lower()}"
    into.seek(0)
    return into


def test_without_a_script_the_server_reads_what_is_pasted(client: Client, address: str) -> None:
    label = address.rpartition("/")[2]
    for text in (address, label, f"  {address.lower()}/ "):
        answer = client.post(PAGE, {"text": text})
        assert answer.status_code == 302
        assert answer["Location"] == reverse("label", args=[label])
    assert client.get(answer["Location"]).status_code == 200


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_without_a_script_the_server_reads_a_photograph(
    form: str, client: Client, address: str
) -> None:
    answer = client.post(PAGE, {"file": photograph(address, form)})
    assert answer.status_code == 302
    assert answer["Location"] == reverse("label", args=[address.rpartition("/")[2]])


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({}, "Hãy dán nội dung mã QR"),
        ({"text": "W1RQKNNC"}, "Không thấy nhãn"),
        ({"text": "A" * 127}, "Không thấy nhãn"),
        ({"text": "https://ocop.example/V/" + "1" * 128}, "Không thấy nhãn"),
    ],
)
def test_what_holds_no_label_is_told_what_to_do(
    told: dict[str, str], words: str, client: Client
) -> None:
    answer = client.post(PAGE, told)
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_a_photograph_that_shows_or_is_nothing_is_told_what_to_do(client: Client) -> None:
    blank = io.BytesIO()
    Image.new("L", (300, 300), 255).save(blank, "PNG")
    cut = photograph("x").getvalue()[:400]
    for content, words in (
        (blank.getvalue(), "Không thấy nhãn"),
        (photograph("https://ocop.example/").getvalue(), "Không thấy nhãn"),
        (cut, "Không mở được ảnh này"),
        (b"%PDF-1.4 ...", "Hãy chọn ảnh JPEG, PNG hoặc WebP."),
        (b"MZ\x00\x01", "Loại tệp này không nhận được"),
    ):
        file = io.BytesIO(content)
        file.name = "ma.png"
        answer = client.post(PAGE, {"file": file})
        assert answer.status_code == 422
        assert words in answer.content.decode()


def test_page_is_the_same_for_everybody_and_sets_nothing(client: Client) -> None:
    """A copy of it stays in a device that may go from hand to hand."""
    answer = client.get(PAGE)
    assert answer.status_code == 200
    assert not answer.cookies
    text = answer.content.decode()
    assert "csrfmiddlewaretoken" not in text
    assert "/tai-khoan/" not in text


def test_keys_are_public_with_what_the_old_says_of_the_new(client: Client, now: datetime) -> None:
    """By the form of `handover`: the purpose and the new key, signed by the one before."""
    keys.signer(labels.PURPOSE, at=now)
    keys.rotate(labels.PURPOSE, at=now)
    answer = client.get("/kiem-tra/khoa.json")
    assert "Cookie" not in answer.get("Vary", "")  # one copy serves everybody
    assert answer["Access-Control-Allow-Origin"] == "*"
    told = answer.json()
    old, new = told["keys"]["label"]
    (credential,) = told["keys"]["credential"]
    assert (credential["until"], credential["vouched"]) == (None, "")
    assert (old["since"], old["until"], old["vouched"]) == ("2026-11-23", "2026-11-23", "")
    assert new["until"] is None
    message = f"ocop key label\n{new['public']}\n".encode()
    Ed25519PublicKey.from_public_bytes(decode(old["public"])).verify(
        decode(new["vouched"]), message
    )
    assert "private" not in answer.content.decode()


def test_list_and_key_are_there_before_the_first_label(client: Client) -> None:
    """A phone that opens the page early has the key that certificates will be signed with."""
    (key,) = client.get("/kiem-tra/khoa.json").json()["keys"]["label"]
    answer = client.get("/kiem-tra/thay-doi.json")
    assert answer["Content-Type"] == "application/json"
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer.json()["key"] == key["public"]
    assert json.loads(answer.json()["list"])["revoked"] == {"numbers": [], "days": []}


def test_worker_keeps_this_page_alone(client: Client) -> None:
    answer = client.get("/kiem-tra/ngoai-tuyen.js")
    assert answer["Content-Type"] == "text/javascript"
    script = answer.content.decode()
    assert r"const PAGES = /^\/kiem-tra\/$/;" in script
    # Of other addresses it knows those of printed codes, which lie outside its own folder.
    assert answer["Service-Worker-Allowed"] == "/"
    assert r"const LED = /^\/v\/[a-z2-7]{128}\/?$/i;" in script
    assert 'const TO = "/kiem-tra/";' in script


def test_a_label_in_the_page_of_a_certificate_leads_here(client: Client, address: str) -> None:
    label = address.rpartition("/")[2]
    assert f'href="{PAGE}#{label}"' in client.get(f"/V/{label}").content.decode()


@pytest.mark.parametrize(
    "text",
    [
        labels.written(LABEL, KEY.sign),
        "HTTPS://ID.OCOP.VN/V/" + labels.written(LABEL, KEY.sign),
        "https://ocop.example/v/" + labels.written(LABEL, KEY.sign).lower() + "/\n",
    ],
)
def test_a_label_is_found_in_what_a_code_holds(text: str) -> None:
    assert labels.found_in(text) == labels.written(LABEL, KEY.sign)


# --- Star credentials, read by the server -------------------------------------------------------


def answer_to(client: Client, token: str, *, as_file: str = "") -> str:
    """What the page answers to a credential, pasted or in a file."""
    if as_file:
        file = io.BytesIO(token.encode())
        file.name = as_file
        answer = client.post(PAGE, {"file": file})
    else:
        answer = client.post(PAGE, {"text": token})
    assert answer.status_code == 200
    return answer.content.decode()


def verdict_in(page: str) -> str:
    """The verdict that stands before the templates of the script."""
    found = re.search(r'data-verdict="([^"]+)"', page)
    assert found is not None
    return found[1]


def forged(token: str, **change: object) -> str:
    """Another credential under the same head and signature."""
    head, body, signature = token.split(".")
    told = {**json.loads(base64url.decode(body)), **change}
    return ".".join((head, base64url.encode(json.dumps(told).encode()), signature))


def head_of(token: str, **change: object) -> str:
    head, body, signature = token.split(".")
    told = {**json.loads(base64url.decode(head)), **change}
    return ".".join((base64url.encode(json.dumps(told).encode()), body, signature))


@pytest.mark.parametrize("as_file", ["", "ocop.jwt", "chung-chi.txt"])
def test_without_a_script_the_server_checks_a_credential(
    client: Client, now: datetime, as_file: str
) -> None:
    row = certified(now)
    with time_machine.travel(now, tick=False):
        page = answer_to(client, issued(row, now), as_file=as_file)
    shown = page.partition("<template")[0]
    assert verdict_in(page) == "credential-valid"
    for words in ("Trà sen", "HTX Trà sen", "3 sao", row.certificate.number, "20/11/2025"):
        assert words in shown
    assert "hãy so tên sản phẩm và chủ thể" in shown
    assert "bật JavaScript" not in page


def test_a_credential_with_broken_lines_is_read(client: Client, now: datetime) -> None:
    token = issued(certified(now), now)
    broken = "\n".join(token[at : at + 64] for at in range(0, len(token), 64))
    with time_machine.travel(now, tick=False):
        assert verdict_in(answer_to(client, f"  {broken}\n")) == "credential-valid"


def test_a_household_is_named_by_its_code_and_the_page_that_knows_it(
    client: Client, now: datetime, settings: object
) -> None:
    settings.BASE_URL = "https://ocop.example"
    row = certified(now, producer="Hộ bà Tư", kind_of_producer=ProducerKind.HOUSEHOLD)
    with time_machine.travel(now, tick=False):
        shown = answer_to(client, issued(row, now)).partition("<template")[0]
    assert f"Chủ thể {row.product.producer.code}" in shown
    assert "Hộ bà Tư" not in shown
    page = f"https://ocop.example/san-pham/{row.product.code}/chung-chi/{row.pk}/"
    assert f'href="{page}"' in shown


def test_why_a_credential_is_not_good_is_told(client: Client, now: datetime) -> None:
    row, other = certified(now), certified(now, name="Mật ong")
    token, foreign = issued(row, now), Ed25519PrivateKey.generate()
    head, body, _signature = token.split(".")
    by_another = f"{head}.{body}.{base64url.encode(foreign.sign(f'{head}.{body}'.encode()))}"
    for text, verdict, reason in (
        (forged(token, name="Giấy khác"), "unsigned", "Chữ ký không đúng"),
        (by_another, "unsigned", "Chữ ký không đúng"),
        (f"{head_of(token, alg='none').rpartition('.')[0]}.", "algorithm", "chỉ nhận Ed25519"),
        (head_of(token, alg="HS256"), "algorithm", "chỉ nhận Ed25519"),
        (head_of(token, kid="did:web:x#1"), "stranger", "không có trong hồ sơ khóa"),
        ("ewogfQ.x.x", "algorithm", "chỉ nhận Ed25519"),
        ("eyJh.x.x", "malformed", "không phải chứng chỉ vc+jwt nguyên vẹn"),
    ):
        with time_machine.travel(now, tick=False):
            page = answer_to(client, text)
        assert verdict_in(page) == verdict
        shown = page.partition("<template")[0]
        assert reason in shown
        assert "hãy so tên sản phẩm" not in shown
    services.revoke(
        actor=SYSTEM, recognition=row, ground=Ground.MARK, **revoked_by(date(2026, 11, 2)),
        reason="QĐ 9/QĐ-UBND", at=now,
    )  # fmt: skip
    with time_machine.travel(now, tick=False):
        page = answer_to(client, token)
        assert verdict_in(page) == "credential-ended"
        assert "Đã bị thu hồi hoặc hủy" in page.partition("<template")[0]
        assert verdict_in(answer_to(client, issued(other, now))) == "credential-valid"
    with time_machine.travel(datetime(2028, 11, 20, 17, tzinfo=UTC), tick=False):
        page = answer_to(client, issued(other, now))
        assert verdict_in(page) == "credential-expired"
        assert "Đã hết hạn" in page.partition("<template")[0]


def test_a_status_list_is_told_for_what_it_is(client: Client, now: datetime) -> None:
    with time_machine.travel(now, tick=False):
        page = answer_to(client, statuses.status_list(at=now))
    assert verdict_in(page) == "credential-list"
    shown = page.partition("<template")[0]
    assert "Đây là danh sách trạng thái của Văn phòng" in shown
    assert "chưa biết có bị thu hồi không" not in shown


def test_where_nothing_can_be_signed_the_register_says_what_is_void(
    client: Client, now: datetime, settings: object
) -> None:
    row = certified(now)
    token = issued(row, now)
    keeping.keep(at=now)
    (Path(settings.OCOP_KEYS_DIR) / "credential.json").unlink()
    with time_machine.travel(now, tick=False):
        assert verdict_in(answer_to(client, token)) == "credential-valid"
        Recognition.objects.filter(pk=row.pk).update(annulled_on=timezone.localdate(now))
        assert verdict_in(answer_to(client, token)) == "credential-ended"


def test_a_lost_key_tells_the_public_no_commands(
    client: Client, now: datetime, settings: object
) -> None:
    row = certified(now)
    issued(row, now)
    with time_machine.travel(now, tick=False):
        keeping.keep(at=now)
        good = client.get(reverse("status_list"))
        assert good.status_code == 200
        (Path(settings.OCOP_KEYS_DIR) / "credential.json").unlink()
        assert client.get(reverse("status_list")).content == good.content  # the last one
        code, key = row.product.code, row.pk
        row.product.listed = True
        row.product.save(update_fields=["listed"])
        page = client.get(reverse("credential", args=[code, key]))
        envelope = client.get(reverse("credential_jwt", args=[code, key]))
    assert (page.status_code, envelope.status_code) == (200, 503)
    for said in (page.content.decode(), envelope.content.decode()):
        assert "tạm ngừng ký" in said
        assert "rotate-key" not in said
    with time_machine.travel(now + timedelta(days=8), tick=False):
        answer = client.get(reverse("status_list"))
    assert answer.status_code == 503
    assert "rotate-key" not in answer.content.decode()


@pytest.mark.parametrize("content", [b"a,b\n1,2\n", b"eyJh.x", b"e" * 30_000])
def test_a_file_of_text_without_either_is_told_what_to_do(client: Client, content: bytes) -> None:
    file = io.BytesIO(content)
    file.name = "x.jwt"
    answer = client.post(PAGE, {"file": file})
    assert answer.status_code == 422
    assert "hay chứng chỉ điện tử ở đây" in answer.content.decode()
