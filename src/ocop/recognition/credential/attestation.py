"""The credential of a star: UNTP 0.7.0 Digital Conformity Credential on W3C VCDM 2.0.

From plain values to plain values. It holds what was decided and what a buyer relies on, never
anything about a person: a household is named by its code, and the register, which can forget,
resolves the name. Texts are the official Vietnamese, the description English, too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from ocop.core import zone
from ocop.core.credentials import base64url
from ocop.core.numbers import write_date
from ocop.recognition.credential.addresses import Addresses

CONTEXT = (
    "https://www.w3.org/ns/credentials/v2",
    "https://vocabulary.uncefact.org/untp/0.7.0/context/",
)
TYPES = ("DigitalConformityCredential", "VerifiableCredential")
STARS = (5, 4, 3)
SAMPLE = "DỮ LIỆU MẪU – KHÔNG PHẢI CHỨNG NHẬN THẬT"
_TOPIC = {
    "type": ["ConformityTopic"],
    "id": "https://vocabulary.uncefact.org/conformity-topics/quality-performance",
    "name": "Quality Performance",
}
SCHEME = "Chương trình Mỗi xã một sản phẩm (OCOP)"
_POINTS = "C62"  # UNECE Recommendation 20: one
_SHA2_256 = b"\x12\x20"  # multihash: which digest, and its length
_LAST_MOMENT = time(23, 59, 59)


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the sheet with its points; None: the decision does not tell them."""

    code: str
    name: str
    points: Decimal | None


@dataclass(frozen=True, slots=True)
class Profile:
    """The criteria set of an assessment; `law` is the code of the decision it belongs to."""

    law: str
    number: int
    revision: int
    name: str


@dataclass(frozen=True, slots=True)
class Assessed:
    """What the assessment rests on: the criteria set and its sections."""

    profile: Profile
    sections: Sequence[Section]


@dataclass(frozen=True, slots=True)
class File:
    """The signed file of a decision."""

    address: str
    sha256: str  # hex
    media_type: str


@dataclass(frozen=True, slots=True)
class Star:
    """One recognition with its certificate. `producer_name` is empty where it names a person;
    `expires_on` is the last day as decided, `extended_until` that of an extension (Art. 12.3)."""

    recognition: int
    certificate: str
    product_code: str
    product_name: str
    gtin: str
    producer_code: str
    producer_name: str
    stars: int
    total: Decimal | None
    decision: str
    signed_on: date
    authority: str
    evaluated_on: date
    valid_from: date
    expires_on: date | None
    extended_until: date | None = None
    law_code: str = ""
    law_document: str = ""
    assessed: Assessed | None = None
    file: File | None = None
    demonstration: bool = False
    potential_five: bool = False

    @property
    def last_day(self) -> date | None:
        """The last day of the star, its extension included."""
        if self.expires_on and self.extended_until and self.extended_until > self.expires_on:
            return self.extended_until
        return self.expires_on


def credential(star: Star, *, did: str, issuer: str, at: Addresses) -> dict[str, Any]:
    """The credential of a star, not yet signed; `issuer` is the name of who signs."""
    identity = at.credential(star.product_code, star.recognition)
    found: dict[str, Any] = {
        "@context": list(CONTEXT),
        "type": list(TYPES),
        "id": identity,
        "issuer": {"type": ["CredentialIssuer"], "id": did, "name": issuer},
        "validFrom": _moment(star.valid_from, time.min),
    }
    if star.last_day is not None:
        found["validUntil"] = _moment(star.last_day, _LAST_MOMENT)
    found["name"] = _marked(star, f"Giấy chứng nhận OCOP {star.stars} sao: {star.product_name}")
    found["credentialStatus"] = {
        "id": f"{at.status_list}#{star.recognition}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": star.recognition,
        "statusListCredential": at.status_list,
    }
    found["credentialSubject"] = _attestation(star, identity, at)
    return found


def _attestation(star: Star, identity: str, at: Addresses) -> dict[str, Any]:
    party = {
        "type": ["Party"],
        "id": at.producer(star.producer_code),
        "name": star.producer_name or f"Chủ thể {star.producer_code}",
        "registeredId": star.producer_code,
    }
    found: dict[str, Any] = {
        "type": ["ConformityAttestation"],
        "id": f"{identity}#giay-chung-nhan",
        "name": _marked(star, f"Giấy chứng nhận số {star.certificate}"),
        "description": _description(star),
        "assessorLevel": "3rdParty",
        "assessmentLevel": "authority-mandate",
        "attestationType": "certification",
        "issuedToParty": party,
        "referenceScheme": {"type": ["ConformityScheme"], "id": at.scheme, "name": SCHEME},
    }
    if star.assessed is not None:
        found["referenceProfile"] = {
            "type": ["ConformityProfile"],
            "id": _whole(star, at),
            "name": f"Bộ {star.assessed.profile.number}. {star.assessed.profile.name}",
        }
    found["profileScore"] = score(star.stars)
    if star.file is not None:
        found["conformityCertificate"] = {
            "type": ["Link"],
            "linkURL": star.file.address,
            "linkName": f"Quyết định số {star.decision} ngày {write_date(star.signed_on)}",
            "digestMultibase": digest(star.file.sha256),
            "mediaType": star.file.media_type,
        }
    found["conformityAssessment"] = [_assessment(star, identity, party, at)]
    return found


def _assessment(
    star: Star, identity: str, party: Mapping[str, Any], at: Addresses
) -> dict[str, Any]:
    found: dict[str, Any] = {
        "type": ["ConformityAssessment"],
        "id": f"{identity}#danh-gia",
        "name": f"Đánh giá, phân hạng sản phẩm OCOP: {star.product_name}",
        "assessmentCriteria": _criteria(star, at),
        "assessmentDate": star.evaluated_on.isoformat(),
        "assessedPerformance": _performances(star, at),
        "assessedProduct": [
            {
                "type": ["ProductVerification"],
                "product": {
                    "type": ["Product"],
                    "id": at.digital_link(star.product_code, star.gtin),
                    "name": star.product_name,
                },
            }
        ],
        "assessedOrganisation": {name: party[name] for name in ("type", "id", "name")},
    }
    if star.law_code:
        found["referenceRegulation"] = [
            {
                "type": ["Regulation"],
                "id": at.law(star.law_code),
                "name": f"Quyết định số {star.law_document} của Thủ tướng Chính phủ",
            }
        ]
    if conditions := _conditions(star):
        found["specifiedCondition"] = conditions
    found["conformityTopic"] = [_TOPIC]
    found["conformance"] = True
    return found


def _criteria(star: Star, at: Addresses) -> list[dict[str, Any]]:
    """The sections of the criteria set; the programme's criteria as a whole where it is not told
    which set it was."""
    whole = _whole(star, at)
    if star.assessed is None:
        told = [(whole, "Tiêu chí đánh giá, phân hạng sản phẩm OCOP")]
    else:
        told = [(f"{whole}#{each.code}", _named(each)) for each in star.assessed.sections]
    return [{"type": ["Criterion"], "id": key, "name": name} for key, name in told]


def _performances(star: Star, at: Addresses) -> list[dict[str, Any]]:
    whole = _whole(star, at)
    points = [(f"{whole}#tong-diem", "Tổng điểm", star.total)]
    if star.assessed is not None:
        points += [
            (f"{whole}#{each.code}", f"Điểm {_named(each)}", each.points)
            for each in star.assessed.sections
        ]
    return [{"type": ["Performance"], "score": score(star.stars)}] + [
        {
            "type": ["Performance"],
            "metric": {"type": ["PerformanceMetric"], "id": key, "name": name},
            "measure": {"type": ["Measure"], "value": _number(value), "unit": _POINTS},
        }
        for key, name, value in points
        if value is not None
    ]


def score(stars: int) -> dict[str, Any]:
    """A star as a score. Rank 1 is the highest: five stars."""
    return {
        "type": ["Score"],
        "code": f"OCOP-{stars}",
        "rank": STARS.index(stars) + 1,
        "definition": f"{stars} sao; 5 sao là hạng cao nhất, 3 sao là hạng thấp nhất.",
    }


def _conditions(star: Star) -> list[str]:
    found = [SAMPLE] if star.demonstration else []
    if star.expires_on and star.last_day and star.last_day > star.expires_on:
        found.append(
            f"Hết hạn ngày {write_date(star.expires_on)}; được kéo dài đến hết ngày "
            f"{write_date(star.last_day)} theo khoản 3 Điều 12 Quyết định số 26/2026/QĐ-TTg."
        )
    if star.potential_five:
        found.append("Tiềm năng 5 sao: giữ hạng 4 sao, đã trình cấp trung ương đánh giá.")
    return found


def _description(star: Star) -> str:
    return _marked(
        star,
        f"{star.authority} công nhận “{star.product_name}” đạt hạng {star.stars} sao theo Quyết "
        f"định số {star.decision} ngày {write_date(star.signed_on)}. "
        f"OCOP (One Commune One Product, Viet Nam): {star.stars} of 5 stars by decision "
        f"{star.decision} of {star.signed_on.isoformat()}.",
    )


def _marked(star: Star, text: str) -> str:
    return f"{SAMPLE}. {text}" if star.demonstration else text


def _whole(star: Star, at: Addresses) -> str:
    """The criteria as a whole, as closely as is known: the set, the decision, the programme."""
    if star.assessed is not None:
        profile = star.assessed.profile
        return at.profile(profile.law, profile.number, profile.revision)
    return at.law(star.law_code) if star.law_code else at.scheme


def _named(section: Section) -> str:
    return f"phần {section.code}. {section.name}"


def _number(points: Decimal) -> int | float:
    """Points as a JSON number, to the four places of the register."""
    return int(points) if points == points.to_integral_value() else round(float(points), 4)


def _moment(day: date, at: time) -> str:
    """A moment of a day in Vietnam, with its zone."""
    return datetime.combine(day, at, zone.ZONE).isoformat()


def digest(sha256: str) -> str:
    """A digest as `digestMultibase`: multihash in base64url (VC Data Integrity §2.6)."""
    return "u" + base64url.encode(_SHA2_256 + bytes.fromhex(sha256))
