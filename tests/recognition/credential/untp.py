"""UNTP 0.7.0, the schema of the Digital Conformity Credential: what each kind of object must have
and may have besides. None: it may have more."""

from typing import Any

_LINKED = {"type", "id", "name"}
MAY: dict[str, tuple[set[str], set[str] | None]] = {
    "CredentialIssuer": ({"id", "name"}, {"issuerAlsoKnownAs"}),
    "BitstringStatusListEntry": (
        {"statusPurpose", "statusListIndex", "statusListCredential"},
        {"id"},
    ),
    "ConformityAttestation": (
        {
            "id", "name", "assessorLevel", "assessmentLevel", "attestationType", "issuedToParty",
            "referenceScheme",
        },
        {
            "description", "authorisation", "referenceProfile", "profileScore",
            "conformityCertificate", "auditableEvidence", "trustmark", "conformityAssessment",
        },
    ),
    "ConformityAssessment": (
        {
            "id", "name", "assessmentCriteria", "assessmentDate", "assessedPerformance",
            "conformityTopic",
        },
        None,
    ),
    "Party": ({"id", "name"}, {"registeredId", "description"}),
    "ConformityScheme": ({"id", "name"}, set()),
    "ConformityProfile": ({"id", "name"}, set()),
    "Criterion": ({"id", "name"}, set()),
    "Regulation": ({"id", "name"}, set()),
    "PerformanceMetric": ({"id", "name"}, set()),
    "Product": ({"id", "name"}, {"modelNumber", "batchNumber", "itemNumber"}),
    "ProductVerification": ({"product"}, {"idVerifiedByCAB"}),
    "Performance": (set(), {"metric", "measure", "score"}),
    "Measure": ({"value", "unit"}, {"upperTolerance", "lowerTolerance"}),
    "Score": ({"code"}, {"rank", "definition"}),
    "Link": ({"linkURL", "linkName"}, {"digestMultibase", "mediaType", "linkType"}),
    "ConformityTopic": ({"id", "name"}, {"definition"}),
}  # fmt: skip
ENVELOPE = {"@context", "id", "issuer", "validFrom", "name", "credentialSubject"}


def wrong(credential: dict[str, Any]) -> list[str]:
    """Where a credential is not what the schema says."""
    found = [f"without {name}" for name in ENVELOPE - credential.keys()]
    for part in credential.values():
        found += _wrong(part)
    return found


def _wrong(part: Any) -> list[str]:
    if isinstance(part, list):
        return [line for each in part for line in _wrong(each)]
    if not isinstance(part, dict):
        return []
    kind = part["type"] if isinstance(part["type"], str) else part["type"][0]
    must, may = MAY[kind]
    found = [f"{kind} without {name}" for name in must - part.keys()]
    if may is not None:
        found += [f"{kind} with {name}" for name in part.keys() - must - may - {"type"}]
    if kind == "Performance" and "measure" in part and "metric" not in part:
        found.append("a measure without its metric")
    return found + [line for each in part.values() for line in _wrong(each)]
