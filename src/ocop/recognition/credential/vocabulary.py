"""The programme as a scheme of conformity, its criteria sets as profiles (UNTP 0.7.0 Conformity
Vocabulary Catalogue): what the addresses in a credential lead to. From rows to plain values."""

from collections.abc import Iterable
from typing import Any

from ocop.criteria.models import CriteriaSetVersion, LegalVersion
from ocop.criteria.queries import set_of
from ocop.recognition.credential.addresses import Addresses
from ocop.recognition.credential.attestation import SCHEME, STARS, score

MEDIA_TYPE = "application/ld+json"
_CONTEXT = ["https://vocabulary.uncefact.org/untp/0.7.0/context/"]


def scheme(sets: Iterable[CriteriaSetVersion], at: Addresses) -> dict[str, Any]:
    """The programme with the stars it gives and the criteria sets as published."""
    return {
        "@context": _CONTEXT,
        **_scheme(at),
        "description": "Chương trình quốc gia của Việt Nam; sản phẩm được Hội đồng chấm theo bộ "
        "tiêu chí và được công nhận 3, 4 hoặc 5 sao. One Commune One Product, Viet Nam.",
        "schemeScoringFramework": {
            "type": ["ScoringFramework"],
            "name": "Hạng sao OCOP",
            "description": "5 sao: từ 90 điểm; 4 sao: từ 70 đến dưới 90; 3 sao: từ 50 đến dưới 70; "
            "và đạt mức tối thiểu của từng tiêu chí.",
            "score": [score(stars) for stars in STARS],
        },
        "includedProfile": [
            {"type": ["ConformityProfile"], "id": _address(row, at), "name": _name(row)}
            for row in sets
        ],
    }


def regulation(law: LegalVersion, at: Addresses) -> dict[str, Any]:
    """A decision of the Prime Minister."""
    return {
        "@context": _CONTEXT,
        "type": ["Regulation"],
        "id": at.law(law.code),
        "name": f"Quyết định số {law.document} của Thủ tướng Chính phủ",
        "jurisdictionCountry": {"countryCode": "VN", "countryName": "Việt Nam"},
        "effectiveDate": law.effective_from.isoformat(),
    }


def profile(row: CriteriaSetVersion, at: Addresses) -> dict[str, Any]:
    """A criteria set in one of its revisions: its sections and what stands in them."""
    address = _address(row, at)
    found = set_of(row)
    named = [(part.code, f"Phần {part.code}. {part.name}") for part in found.sections]
    named += [(each.code, f"{each.code}. {each.name}") for each in found.criteria]
    law = row.legal_version
    return {
        "@context": _CONTEXT,
        "type": ["ConformityProfile"],
        "id": address,
        "name": _name(row),
        "version": f"{row.revision}.0.0",
        "validFrom": law.effective_from.isoformat(),
        "status": "active" if law.effective_to is None else "deprecated",
        "subjectType": "product",
        "regulatoryAlignment": [
            {
                "type": ["RegulatoryAlignment"],
                "regulation": {
                    "type": ["Regulation"],
                    "id": at.law(law.code),
                    "name": f"Quyết định số {law.document}",
                },
                "alignmentLevel": "meets",
            }
        ],
        "criterion": [
            {"type": ["Criterion"], "id": f"{address}#{code}", "name": name} for code, name in named
        ],
        "scheme": _scheme(at),
    }


def _scheme(at: Addresses) -> dict[str, Any]:
    return {"type": ["ConformityScheme"], "id": at.scheme, "name": SCHEME}


def _address(row: CriteriaSetVersion, at: Addresses) -> str:
    return at.profile(row.legal_version.code, row.number, row.revision)


def _name(row: CriteriaSetVersion) -> str:
    return f"Bộ {row.number}. {row.name}"
