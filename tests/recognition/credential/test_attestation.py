"""What a credential says: UNTP 0.7.0, VCDM 2.0, and the days of Decision 26/2026/QĐ-TTg."""

import base64
import hashlib
import json
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from ocop.recognition.credential import attestation
from ocop.recognition.credential.addresses import Addresses
from ocop.recognition.credential.attestation import Assessed, File, Profile, Section, Star
from tests.recognition.credential.untp import wrong

BASE = "https://ocop.example"
DID = "did:web:ocop.example"
STAR = Star(
    recognition=4097,
    certificate="0012/2026/GCN-OCOP",
    product_code="w1rqknnc",
    product_name="Trà sen Tây Hồ",
    gtin="08938505974194",
    producer_code="hx7k2m9q",
    producer_name="HTX Trà sen",
    stars=4,
    total=Decimal("82.5000"),
    decision="3981/QĐ-UBND",
    signed_on=date(2026, 6, 20),
    authority="UBND thành phố Hà Nội",
    evaluated_on=date(2026, 6, 11),
    valid_from=date(2026, 6, 20),
    expires_on=date(2029, 6, 20),
    law_code="QD26-2026",
    law_document="26/2026/QĐ-TTg",
    assessed=Assessed(
        Profile("QD26-2026", 17, 1, "Chè"),
        [
            Section("A", "Sản phẩm và sức mạnh của cộng đồng", Decimal("33.5000")),
            Section("B", "Khả năng tiếp thị", Decimal(20)),
            Section("C", "Chất lượng sản phẩm", Decimal("29.3333")),
        ],
    ),
    file=File(f"{BASE}/quyet-dinh/7/ban-ky/", "ab" * 32, "application/pdf"),
)


def of(star: Star = STAR) -> dict[str, Any]:
    found = attestation.credential(star, did=DID, issuer="Văn phòng", at=Addresses(BASE))
    assert wrong(found) == []
    assert json.loads(json.dumps(found)) == found
    return found


def subject(star: Star = STAR) -> dict[str, Any]:
    told: dict[str, Any] = of(star)["credentialSubject"]
    return told


def assessment(star: Star = STAR) -> dict[str, Any]:
    (told,) = subject(star)["conformityAssessment"]
    return dict(told)


def test_its_envelope_names_contexts_types_issuer_and_itself() -> None:
    found = of()
    assert found["@context"] == [
        "https://www.w3.org/ns/credentials/v2",
        "https://vocabulary.uncefact.org/untp/0.7.0/context/",
    ]
    assert set(found["type"]) == {"DigitalConformityCredential", "VerifiableCredential"}
    assert found["issuer"] == {"type": ["CredentialIssuer"], "id": DID, "name": "Văn phòng"}
    assert found["id"] == f"{BASE}/san-pham/w1rqknnc/chung-chi/4097/"
    assert found["name"] == "Giấy chứng nhận OCOP 4 sao: Trà sen Tây Hồ"


def test_it_is_valid_from_the_first_to_the_end_of_the_last_day_in_viet_nam() -> None:
    found = of()
    starts, ends = (datetime.fromisoformat(found[name]) for name in ("validFrom", "validUntil"))
    assert starts == datetime(2026, 6, 19, 17, 0, tzinfo=UTC)
    assert ends == datetime(2029, 6, 20, 16, 59, 59, tzinfo=UTC)
    assert found["validUntil"] == "2029-06-20T23:59:59+07:00"


def test_without_a_last_day_it_names_none() -> None:
    assert "validUntil" not in of(replace(STAR, expires_on=None))


def test_an_extension_carries_it_on_and_says_so() -> None:
    extended = replace(STAR, extended_until=date(2029, 9, 1))
    assert of(extended)["validUntil"] == "2029-09-01T23:59:59+07:00"
    assert assessment(extended)["specifiedCondition"] == [
        "Hết hạn ngày 20/06/2029; được kéo dài đến hết ngày 01/09/2029 theo khoản 3 Điều 12 Quyết "
        "định số 26/2026/QĐ-TTg."
    ]
    ruled_out = replace(STAR, extended_until=STAR.expires_on)
    assert of(ruled_out) == of()
    assert "specifiedCondition" not in assessment()


@pytest.mark.parametrize(("stars", "rank"), [(5, 1), (4, 2), (3, 3)])
def test_the_highest_star_has_the_first_rank(stars: int, rank: int) -> None:
    score = subject(replace(STAR, stars=stars))["profileScore"]
    assert (score["code"], score["rank"]) == (f"OCOP-{stars}", rank)


def test_its_status_is_a_whole_number_in_the_list_of_revocations() -> None:
    assert of()["credentialStatus"] == {
        "id": f"{BASE}/so-dang-ky/trang-thai.jwt#4097",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": 4097,
        "statusListCredential": f"{BASE}/so-dang-ky/trang-thai.jwt",
    }


def test_an_authority_certifies_under_a_mandate_of_the_state() -> None:
    told = subject()
    assert told["assessorLevel"] == "3rdParty"
    assert told["assessmentLevel"] == "authority-mandate"
    assert told["attestationType"] == "certification"
    assert "UBND thành phố Hà Nội" in told["description"]
    assert "4 of 5 stars" in told["description"]


def test_scheme_profile_and_criteria_are_those_of_the_set() -> None:
    told, profile = subject(), f"{BASE}/tieu-chi/QD26-2026/17/1/"
    assert told["referenceScheme"]["id"] == f"{BASE}/tieu-chi/"
    assert told["referenceProfile"]["id"] == profile
    assert told["referenceProfile"]["name"] == "Bộ 17. Chè"
    named = [(each["id"], each["name"]) for each in assessment()["assessmentCriteria"]]
    assert named == [
        (f"{profile}#A", "phần A. Sản phẩm và sức mạnh của cộng đồng"),
        (f"{profile}#B", "phần B. Khả năng tiếp thị"),
        (f"{profile}#C", "phần C. Chất lượng sản phẩm"),
    ]
    (law,) = assessment()["referenceRegulation"]
    assert law["id"] == f"{BASE}/tieu-chi/QD26-2026/"
    assert "26/2026/QĐ-TTg" in law["name"]


def test_what_was_assessed_is_the_points_of_the_sections() -> None:
    first, *measured = assessment()["assessedPerformance"]
    assert first["score"]["rank"] == 2
    told = {each["metric"]["id"][-2:]: each["measure"] for each in measured}
    assert {key: measure["value"] for key, measure in told.items()} == {
        "em": 82.5, "#A": 33.5, "#B": 20, "#C": 29.3333
    }  # fmt: skip
    assert {measure["unit"] for measure in told.values()} == {"C62"}
    assert assessment()["conformance"] is True
    assert assessment()["assessmentDate"] == "2026-06-11"


def test_without_points_it_tells_the_star_alone() -> None:
    assert STAR.assessed is not None
    bare = [replace(section, points=None) for section in STAR.assessed.sections]
    star = replace(STAR, total=None, assessed=replace(STAR.assessed, sections=bare))
    (only,) = assessment(star)["assessedPerformance"]
    assert only["score"]["code"] == "OCOP-4"
    assert len(assessment(star)["assessmentCriteria"]) == 3


def test_an_old_decision_without_a_dossier_names_its_law_or_the_programme() -> None:
    old = replace(STAR, assessed=None, total=None)
    assert "referenceProfile" not in subject(old)
    assert [each["id"] for each in assessment(old)["assessmentCriteria"]] == [
        f"{BASE}/tieu-chi/QD26-2026/"
    ]
    older = replace(old, law_code="", law_document="")
    assert [each["id"] for each in assessment(older)["assessmentCriteria"]] == [f"{BASE}/tieu-chi/"]
    assert "referenceRegulation" not in assessment(older)


def test_the_product_is_its_digital_link_or_else_its_page() -> None:
    def product(star: Star) -> str:
        (told,) = assessment(star)["assessedProduct"]
        return str(told["product"]["id"])

    assert product(STAR) == f"{BASE}/01/08938505974194"
    assert product(replace(STAR, gtin="")) == f"{BASE}/san-pham/w1rqknnc/"


def test_the_decisions_file_has_its_digest() -> None:
    """Multihash of SHA-256 in base64url: VC Data Integrity §2.6."""
    content = b"%PDF-1.7"
    file = File("https://x.example/1", hashlib.sha256(content).hexdigest(), "application/pdf")
    link = subject(replace(STAR, file=file))["conformityCertificate"]
    coded = link["digestMultibase"]
    raw = base64.urlsafe_b64decode(coded[1:] + "==")
    assert coded[0] == "u"
    assert raw == bytes([0x12, 32]) + hashlib.sha256(content).digest()
    assert link["linkName"] == "Quyết định số 3981/QĐ-UBND ngày 20/06/2026"
    assert "conformityCertificate" not in subject(replace(STAR, file=None))


def test_no_person_is_named() -> None:
    told = subject(replace(STAR, producer_name=""))
    assert told["issuedToParty"]["name"] == "Chủ thể hx7k2m9q"
    assert told["issuedToParty"]["id"] == f"{BASE}/chu-the/hx7k2m9q/"
    assert subject()["issuedToParty"]["name"] == "HTX Trà sen"


def test_demonstration_data_says_so_wherever_somebody_may_look() -> None:
    sample = replace(STAR, demonstration=True)
    mark = "DỮ LIỆU MẪU"
    assert of(sample)["name"].startswith(mark)
    assert subject(sample)["name"].startswith(mark)
    assert subject(sample)["description"].startswith(mark)
    assert assessment(sample)["specifiedCondition"][0].startswith(mark)
    assert mark not in json.dumps(of(), ensure_ascii=False)


def test_what_waits_for_the_ministry_is_a_condition() -> None:
    (told,) = assessment(replace(STAR, potential_five=True))["specifiedCondition"]
    assert "Tiềm năng 5 sao" in told
