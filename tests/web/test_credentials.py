"""Credentials in the web: what programs get, what the page says, how soon a revocation shows."""

import json
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from ocop.core import keys, options
from ocop.core.actor import SYSTEM
from ocop.core.credentials.verifying import verify
from ocop.people.roles import Role
from ocop.recognition import services
from ocop.recognition.log import keeping
from ocop.recognition.models import Ground, Recognition
from ocop.recognition.postcheck import queries as revocations
from tests.factories import RecognitionFactory, version
from tests.recognition.credential.papers import certified, issued, verdict
from tests.recognition.log.logged import entries
from tests.world import person, revoked_by

pytestmark = pytest.mark.django_db
GS1 = "https://ref.gs1.org/voc/"


@pytest.fixture(autouse=True)
def _address(settings: Any) -> None:
    settings.BASE_URL = "https://ocop.example"


@pytest.fixture
def star(now: datetime) -> Recognition:
    return certified(now, stars=4, gtin="08938505974194")


def path(row: Recognition, last: str = "/") -> str:
    return f"/san-pham/{row.product.code}/chung-chi/{row.pk}{last}"


def revoke(row: Recognition, now: datetime) -> None:
    services.revoke(
        actor=SYSTEM, recognition=row, ground=Ground.MARK, **revoked_by(now.date()), reason="QĐ 9",
        at=now,
    )  # fmt: skip


def as_stranger(client: Client, token: str, at: datetime) -> tuple[str, ...]:
    """What somebody finds who fetches all three over the web."""
    document = json.loads(client.get("/.well-known/did.json").content)
    lists = client.get("/so-dang-ky/trang-thai.jwt").content.decode()
    return verify(token, document=document, status_list=lists, at=at).problems


def test_a_stranger_fetches_and_believes_it(client: Client, star: Recognition) -> None:
    answer = client.get(path(star, ".jwt"))
    assert answer["Content-Type"] == "application/vc+jwt"
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "max-age=60" in answer["Cache-Control"]
    assert "public" in answer["Cache-Control"]
    assert as_stranger(client, answer.content.decode(), datetime.now().astimezone()) == ()


def test_its_address_is_a_page_for_people_and_itself_for_programs(
    client: Client, star: Recognition
) -> None:
    token = client.get(path(star), headers={"Accept": "application/vc+jwt"})
    assert token["Content-Type"] == "application/vc+jwt"
    assert token.content == client.get(path(star, ".jwt")).content
    page = client.get(path(star), headers={"Accept": "text/html,*/*"})
    assert page["Content-Type"].startswith("text/html")
    for answer in (token, page):
        assert "Accept" in answer["Vary"]


def test_the_document_is_that_of_the_did(client: Client, star: Recognition) -> None:
    answer = client.get("/.well-known/did.json")
    assert answer["Content-Type"] == "application/did+json"
    assert answer["Access-Control-Allow-Origin"] == "*"
    document = answer.json()
    assert document["id"] == "did:web:ocop.example"
    (method,) = document["verificationMethod"]
    assert method["publicKeyJwk"].keys() == {"kty", "crv", "x"}
    assert client.get("/did.json").json() == document


def test_it_stays_good_when_keys_change(client: Client, star: Recognition, now: datetime) -> None:
    token = client.get(path(star, ".jwt")).content.decode()
    keys.rotate(keys.CREDENTIAL, at=now)
    assert len(client.get("/.well-known/did.json").json()["verificationMethod"]) == 2
    assert as_stranger(client, token, now) == ()
    new = client.get(path(star, ".jwt")).content.decode()
    assert new != token
    assert as_stranger(client, new, now) == ()


def test_the_page_says_what_it_holds_and_how_to_check_it(
    client: Client, star: Recognition, now: datetime
) -> None:
    keeping.keep(at=now)
    page = client.get(path(star)).content.decode()
    for words in (
        "Chứng chỉ đúng và đang có hiệu lực.", "Trà sen", "HTX Trà sen", "0001/2025/GCN-OCOP",
        "từ 20/11/2025 đến hết 20/11/2028", "did:web:ocop.example#", "Không bị thu hồi",
        "ocop verify-credential", "https://ocop.example/so-dang-ky/trang-thai.jwt",
        "/so-dang-ky/nhat-ky/0.tlog-proof", "DigitalConformityCredential",
    ):  # fmt: skip
        assert words in page
    client.cookies["ocop_language"] = "en"
    english = client.get(path(star)).content.decode()
    assert "The credential is good and valid today." in english
    assert "Chứng chỉ đúng" not in english


def test_one_first_day_is_told_everywhere(client: Client, star: Recognition, now: datetime) -> None:
    """The day of the signing; only the 36 months are counted from the day after."""
    keeping.keep(at=now)
    assert star.certificate.words["validity"] == (
        "Có giá trị từ ngày 20/11/2025 đến hết ngày 20/11/2028 "
        "(36 tháng, tính từ ngày liền sau ngày ký)"
    )
    told = verdict(issued(star, now), now).credential
    assert told is not None
    assert told["validFrom"] == "2025-11-20T00:00:00+07:00"
    assert entries("recognition")[0]["valid_from"] == "2025-11-20"
    api = client.get(f"/api/v1/products/{star.product.code}").json()
    assert api["star"]["valid_from"] == "2025-11-20"
    product = f"/san-pham/{star.product.code}/"
    assert "20/11/2025 – 20/11/2028" in client.get(product).content.decode()
    for day, holds in (("2025-11-19", False), ("2025-11-20", True), ("2028-11-20", True)):
        page = client.get(f"{product}hang-sao/", {"on": day}).content.decode()
        assert ("Còn hiệu lực" in page) is holds


def test_the_page_of_a_revoked_star_says_since_when_and_by_whom(
    client: Client, star: Recognition, now: datetime
) -> None:
    services.revoke(
        actor=SYSTEM, recognition=star, ground=Ground.MARK, **revoked_by(date(2026, 11, 2)),
        reason="QĐ 9/QĐ-UBND", at=now,
    )  # fmt: skip
    paper = revoked_by(date(2026, 11, 2))["paper"]
    page = client.get(path(star)).content.decode()
    assert f"Bị thu hồi từ ngày 02/11/2026 theo Quyết định {paper.number} ngày" in page


def test_a_star_that_is_not_in_the_log_yet_says_so(client: Client, star: Recognition) -> None:
    assert "Chưa có mục trong nhật ký" in client.get(path(star)).content.decode()


@pytest.mark.parametrize("last", ["/", ".jwt"])
def test_nothing_is_told_of_what_the_visitor_may_not_see(
    client: Client, star: Recognition, last: str
) -> None:
    assert client.get(path(star, last)).status_code == 200
    other = RecognitionFactory()
    assert (
        client.get(f"/san-pham/{star.product.code}/chung-chi/{other.pk}{last}").status_code == 404
    )
    assert client.get(f"/san-pham/{star.product.code}/chung-chi/{10**30}{last}").status_code == 404
    assert client.get(f"/san-pham/xxxxxxxx/chung-chi/{star.pk}{last}").status_code == 404
    type(star.product).objects.update(listed=False)
    assert client.get(path(star, last)).status_code == 404


def test_pages_of_the_star_lead_to_it(client: Client, star: Recognition) -> None:
    for page in ("", "hang-sao/"):
        assert path(star) in client.get(f"/san-pham/{star.product.code}/{page}").content.decode()
    bare = RecognitionFactory(product__listed=True, product__producer__listed=True)
    assert "chung-chi" not in client.get(f"/san-pham/{bare.product.code}/").content.decode()


# --- Revocation within a minute -------------------------------------------------------------------


def test_a_revocation_shows_everywhere_within_a_minute(
    client: Client, star: Recognition, now: datetime
) -> None:
    """Page, list, links and register, as an hour passes by what each may be kept."""
    token = client.get(path(star, ".jwt")).content.decode()
    with time_machine.travel(now, tick=False):
        assert as_stranger(client, token, now) == ()
        revoke(star, now)
    soon = now + timedelta(seconds=60)
    with time_machine.travel(soon, tick=False):
        keeping.keep(at=soon)  # the worker looks every fifteen seconds
        assert as_stranger(client, token, soon) == ("revoked",)
        page = client.get(path(star)).content.decode()
        assert "Đã bị thu hồi hoặc hủy" in page
        assert "Chứng chỉ đúng và đang có hiệu lực." not in page
        assert "Bị thu hồi" in client.get(f"/san-pham/{star.product.code}/").content.decode()
        (links, _own) = client.get(f"/san-pham/{star.product.code}/linkset.json").json()["linkset"]
        titles = [link["title"] for link in links[f"{GS1}certificationInfo"]]
        assert titles[1] == "Chứng chỉ điện tử 4 sao: Bị thu hồi"
        told = revocations.revoked(soon.date())
        assert [row.recognition_id for row in told] == [star.pk]
        log = client.get("/so-dang-ky/nhat-ky/").content.decode()
        assert "Đổi danh sách trạng thái của chứng chỉ" in log


@pytest.mark.parametrize("address", ["/so-dang-ky/trang-thai.jwt", "/.well-known/did.json"])
def test_nobody_may_keep_status_or_keys_longer_than_a_minute(client: Client, address: str) -> None:
    kept = client.get(address)["Cache-Control"]
    assert {part.strip() for part in kept.split(",")} == {"max-age=60", "public"}


def test_what_is_not_listed_is_not_kept_by_others(
    client: Client, star: Recognition, now: datetime
) -> None:
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)
    type(star.product).objects.update(listed=False)
    client.force_login(person(now, Role.PROVINCIAL_OFFICER))
    for last in (f"chung-chi/{star.pk}.jwt", "linkset.json"):
        kept = client.get(f"/san-pham/{star.product.code}/{last}")["Cache-Control"]
        assert "private" in kept
        assert "public" not in kept


# --- Links ----------------------------------------------------------------------------------------


def test_links_are_a_linkset_of_gs1s_types(client: Client, star: Recognition) -> None:
    """RFC 9264 §4.2: contexts with an anchor and, by relation, arrays of targets with href."""
    answer = client.get(f"/san-pham/{star.product.code}/linkset.json")
    assert answer["Content-Type"] == "application/linkset+json"
    assert answer["Access-Control-Allow-Origin"] == "*"
    body = answer.json()
    assert body.keys() == {"linkset"}
    product, credential = body["linkset"]
    page = f"https://ocop.example/san-pham/{star.product.code}/"
    own = f"{page}chung-chi/{star.pk}"
    assert product["anchor"] == "https://ocop.example/01/08938505974194"
    assert credential["anchor"] == f"{own}/"
    for context in body["linkset"]:
        relations = context.keys() - {"anchor"}
        assert relations <= {f"{GS1}{name}" for name in ("defaultLink", "pip", "certificationInfo")}
        for links in (context[name] for name in relations):
            assert all(link["href"] and link["title"] and link["type"] for link in links)
    (default,) = product[f"{GS1}defaultLink"]
    assert default in product[f"{GS1}pip"]
    assert default["href"] == page
    assert default["hreflang"] == ["vi", "en"]
    told = [(link["href"], link["type"]) for link in product[f"{GS1}certificationInfo"]]
    assert told == [
        (f"{page}hang-sao/", "text/html"),
        (f"{own}/", "text/html"),
        (f"{own}.jwt", "application/vc+jwt"),
    ]
    assert [link["href"] for link in credential[f"{GS1}certificationInfo"]] == [
        f"{own}.jwt",
        "https://ocop.example/so-dang-ky/trang-thai.jwt",
    ]
    (_certified, said, _token) = product[f"{GS1}certificationInfo"]
    assert said["title*"] == [
        {"value": "Chứng chỉ điện tử 4 sao: Còn hiệu lực", "language": "vi"},
        {"value": "Credential, 4 stars: Valid", "language": "en"},
    ]


def test_a_product_without_a_credential_has_links_too(client: Client, now: datetime) -> None:
    row = RecognitionFactory(product__listed=True, product__producer__listed=True)
    (only,) = client.get(f"/san-pham/{row.product.code}/linkset.json").json()["linkset"]
    assert only["anchor"] == f"https://ocop.example/san-pham/{row.product.code}/"
    assert client.get("/san-pham/xxxxxxxx/linkset.json").status_code == 404


# --- Criteria -------------------------------------------------------------------------------------


def test_scheme_profile_and_law_are_found_where_a_credential_names_them(client: Client) -> None:
    row = version(13)
    scheme = client.get("/tieu-chi/")
    assert scheme["Content-Type"] == "application/ld+json"
    told = scheme.json()
    assert told["type"] == ["ConformityScheme"]
    ranks = {score["code"]: score["rank"] for score in told["schemeScoringFramework"]["score"]}
    assert ranks == {"OCOP-5": 1, "OCOP-4": 2, "OCOP-3": 3}
    (named,) = told["includedProfile"]
    address = f"/tieu-chi/{row.legal_version.code}/13/{row.revision}/"
    assert named["id"] == f"https://ocop.example{address}"
    profile = client.get(address).json()
    assert profile["id"] == named["id"]
    assert profile["scheme"]["id"] == told["id"] == "https://ocop.example/tieu-chi/"
    assert {"id", "name", "version", "validFrom", "status", "criterion", "scheme"} <= profile.keys()
    ids = [criterion["id"] for criterion in profile["criterion"]]
    assert ids[:3] == [f"{named['id']}#{code}" for code in "ABC"]
    assert f"{named['id']}#1.1" in ids
    law = client.get(f"/tieu-chi/{row.legal_version.code}/").json()
    assert law["type"] == ["Regulation"]
    (regulated,) = profile["regulatoryAlignment"]
    assert regulated["regulation"]["id"] == law["id"]
    for missing in ("/tieu-chi/x/", f"/tieu-chi/{row.legal_version.code}/99/1/"):
        assert client.get(missing).status_code == 404


def test_a_star_replaced_by_another_says_so(client: Client, star: Recognition) -> None:
    RecognitionFactory(product=star.product, on=date(2026, 5, 1), stars=5)
    page = client.get(path(star)).content.decode()
    assert page.count("Sản phẩm đã có lần công nhận sau.") == 1
    assert "không còn là hạng được tính hôm nay" in page
    assert "Chứng chỉ đúng và đang có hiệu lực." not in page


def test_an_envelope_is_what_issuing_gives(
    client: Client, star: Recognition, now: datetime
) -> None:
    assert client.get(path(star, ".jwt")).content.decode() == issued(star, now)
