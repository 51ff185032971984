"""Who signs: the did:web method, RFC 8037 and RFC 7638."""

import pytest

from ocop.core.credentials import base64url
from ocop.core.credentials.issuers import did_of, document, key_id

#: RFC 8037 A.1 and A.3.
X, THUMBPRINT = (
    "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
    "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k",
)
PUBLIC = base64url.decode(X)


@pytest.mark.parametrize(
    ("address", "did"),
    [
        ("https://w3c-ccg.github.io", "did:web:w3c-ccg.github.io"),
        ("https://w3c-ccg.github.io/user/alice", "did:web:w3c-ccg.github.io:user:alice"),
        ("https://example.com:3000/user/alice/", "did:web:example.com%3A3000:user:alice"),
        ("http://localhost:8000", "did:web:localhost%3A8000"),
        ("https://OCOP.Example/", "did:web:ocop.example"),
    ],
)
def test_a_place_in_the_web_has_its_did(address: str, did: str) -> None:
    assert did_of(address) == did


def test_a_key_is_named_by_its_thumbprint() -> None:
    assert key_id("did:web:ocop.example", PUBLIC) == f"did:web:ocop.example#{THUMBPRINT}"


def test_the_document_holds_every_key_the_one_in_use_first() -> None:
    older = bytes(32)
    found = document("did:web:ocop.example", [older, PUBLIC])
    assert found["id"] == "did:web:ocop.example"
    assert found["@context"][0] == "https://www.w3.org/ns/did/v1"
    first, second = found["verificationMethod"]
    assert first == {
        "id": f"did:web:ocop.example#{THUMBPRINT}",
        "type": "JsonWebKey",
        "controller": "did:web:ocop.example",
        "publicKeyJwk": {"kty": "OKP", "crv": "Ed25519", "x": X},
    }
    assert second["publicKeyJwk"]["x"] == base64url.encode(older)
    assert found["assertionMethod"] == [first["id"], second["id"]]
