"""Issuers and credentials for tests of envelopes, by hand where the code is under test."""

import json
from base64 import urlsafe_b64encode
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ocop.core.credentials import bitstrings, envelopes, issuers

DID = "did:web:ocop.example"
LIST = "https://ocop.example/so-dang-ky/trang-thai.jwt"
KEY, OTHER = (Ed25519PrivateKey.from_private_bytes(bytes([n]) * 32) for n in (1, 2))
PUBLIC, ELSE = (key.public_key().public_bytes_raw() for key in (KEY, OTHER))
DOCUMENT = issuers.document(DID, [PUBLIC])
KID = issuers.key_id(DID, PUBLIC)
CREDENTIAL: dict[str, Any] = {
    "@context": ["https://www.w3.org/ns/credentials/v2"],
    "id": "https://ocop.example/1",
    "type": ["VerifiableCredential"],
    "issuer": {"id": DID, "name": "Văn phòng Điều phối"},
    "validFrom": "2026-01-15T00:00:00+07:00",
    "validUntil": "2029-01-15T23:59:59+07:00",
    "credentialSubject": {"id": "https://ocop.example/1#x"},
    "credentialStatus": {
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": 94567,
        "statusListCredential": LIST,
    },
}


def url64(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def compact(head: dict[str, Any], body: object, sign: Any = KEY.sign) -> str:
    """An envelope as RFC 7515 §7.1 writes it, whatever stands in it."""
    message = ".".join(url64(json.dumps(part).encode()) for part in (head, body))
    return f"{message}.{url64(sign(message.encode()))}"


def head(**more: Any) -> dict[str, Any]:
    return {"alg": "Ed25519", "typ": "vc+jwt", "cty": "vc", "kid": KID, **more}


def status_list(*indices: int, sign: Any = KEY.sign, kid: str = KID, **more: Any) -> str:
    """The issuer's list with these bits set."""
    found = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": LIST,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": DID,
        "validFrom": "2026-11-23T00:00:00Z",
        "credentialSubject": {
            "id": f"{LIST}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": bitstrings.encoded(bitstrings.bits_of(indices)),
        },
        **more,
    }
    return envelopes.seal(found, kid, sign)
