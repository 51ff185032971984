"""The page that checks certificates: what a browser without a script is answered, and what devices
keep."""

import io
import json
from datetime import date, datetime

import pytest
import zxingcpp
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.test import Client
from django.urls import reverse
from PIL import Image

from ocop.core import keys
from ocop.core.actor import SYSTEM
from ocop.core.transparency.notes import decode
from ocop.recognition import labels
from ocop.recognition.certificates import issue_certificates, label_address
from ocop.recognition.models import Recognition
from tests.factories import DecisionFactory, RecognitionFactory
from tests.recognition.test_labels import KEY, LABEL

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
