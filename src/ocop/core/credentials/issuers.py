"""Who signs: a did:web and its document with every public key there ever was.

did:web:HOST stands at https://HOST/.well-known/did.json; a port is written %3A, and a path follows
with colons and has its document beneath it. The keys are Ed25519 as JSON Web Keys (RFC 8037), each
named by its thumbprint (RFC 7638).
"""

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote, urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from joserfc.jwk import OKPKey

from ocop.core.credentials import base64url

_CONTEXT = ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/jwk/v1"]
MEDIA_TYPE = "application/did+json"


def did_of(address: str) -> str:
    """The did:web of a place in the web."""
    parts = urlsplit(address)
    host = parts.netloc.rpartition("@")[2].lower()
    path = [quote(part) for part in parts.path.split("/") if part]
    return ":".join(["did:web", host.replace(":", "%3A"), *path])


def document(did: str, keys: Sequence[bytes]) -> dict[str, Any]:
    """The document of an issuer with these public keys (32 bytes each), the one in use last.

    It stands first. The older ones sign nothing more, for their private parts are gone; they stay
    good for assertions, or what they signed could not be verified any longer.
    """
    methods = [_method(did, key) for key in reversed(keys)]
    return {
        "@context": _CONTEXT,
        "id": did,
        "verificationMethod": methods,
        "assertionMethod": [method["id"] for method in methods],
    }


def key_id(did: str, public: bytes) -> str:
    """The name of a key, as `kid` of what it signs."""
    key = OKPKey.import_key(Ed25519PublicKey.from_public_bytes(public))
    return f"{did}#{key.thumbprint()}"


def _method(did: str, public: bytes) -> dict[str, Any]:
    return {
        "id": key_id(did, public),
        "type": "JsonWebKey",
        "controller": did,
        "publicKeyJwk": {"kty": "OKP", "crv": "Ed25519", "x": base64url.encode(public)},
    }
