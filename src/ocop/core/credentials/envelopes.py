"""A credential in its envelope: `application/vc+jwt` (W3C VC-JOSE-COSE 1.0 §3.1.1, RFC 7515).

Signed with `alg: Ed25519`, the fully specified name (RFC 9864); when read, `EdDSA` of RFC 8037 is
the same on a key of that curve. No other algorithm is ever tried, whatever a header asks for: the
key and what may be done with it come from the issuer's document.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from joserfc import errors, jws
from joserfc.jwk import OKPKey

from ocop.core.credentials import base64url

MEDIA_TYPE = "application/vc+jwt"
_ALGORITHM, _OLD_NAME = "Ed25519", "EdDSA"
_TYPES = ("vc+jwt", MEDIA_TYPE)
_PURPOSE = "assertionMethod"
_MOST_HEAD = 4096  # signs
_compact = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Refused(Exception):
    """An envelope that is not to be believed; `code` is one of `verifying.WORDS`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class _Registry(jws.JWSRegistry):
    """One algorithm, under its two names, and lists of many bits."""

    max_header_length = _MOST_HEAD
    max_payload_length = 8 << 20

    def get_alg(self, name: str) -> Any:
        return super().get_alg(_ALGORITHM if name == _OLD_NAME else name)


_REGISTRY = _Registry(algorithms=[_ALGORITHM], strict_check_header=False)


def seal(credential: Mapping[str, Any], key_id: str, sign: Callable[[bytes], bytes]) -> str:
    """A credential signed by a key, in compact form."""
    header = {"alg": _ALGORITHM, "typ": "vc+jwt", "cty": "vc", "kid": key_id}
    message = f"{_part(header)}.{_part(credential)}"
    return f"{message}.{base64url.encode(sign(message.encode('ascii')))}"


def unseal(token: str, document: Mapping[str, Any]) -> dict[str, Any]:
    """The credential in an envelope that a key of an issuer's document signed for that issuer.

    Refused: "malformed", "algorithm", "unknown_key", "signature", "issuer".
    """
    head = header_of(token)
    if head.get("alg") not in (_ALGORITHM, _OLD_NAME):
        raise Refused("algorithm")
    if "crit" in head or "b64" in head or str(head.get("typ", _TYPES[0])).lower() not in _TYPES:
        raise Refused("malformed")
    key = _key(str(head.get("kid")), document)
    try:
        opened = jws.deserialize_compact(token, key, registry=_REGISTRY)
    except errors.BadSignatureError as error:
        raise Refused("signature") from error
    except (errors.JoseError, ValueError) as error:
        raise Refused("malformed") from error
    credential = _object(opened.payload)
    if "vc" in credential or "vp" in credential:  # the envelope of version 1.1
        raise Refused("malformed")
    issuer = id_of(credential.get("issuer"))
    if not issuer or issuer != document.get("id") or credential.get("iss", issuer) != issuer:
        raise Refused("issuer")
    return credential


def header_of(token: str) -> dict[str, Any]:
    """The head of an envelope, unverified. Refused: malformed."""
    parts = token.split(".")
    if len(parts) != 3 or len(parts[0]) > _MOST_HEAD:
        raise Refused("malformed")
    try:
        return _object(base64url.decode(parts[0]))
    except ValueError as error:
        raise Refused("malformed") from error


def id_of(thing: object) -> object:
    """What a value of the data model names: it stands alone or as an object with an `id`."""
    return thing.get("id") if isinstance(thing, dict) else thing


def listed(value: object) -> list[Any]:
    """The values of a member of the data model, which one alone may stand for."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _part(value: Mapping[str, Any]) -> str:
    return base64url.encode(_compact(value).encode())


def _object(raw: bytes) -> dict[str, Any]:
    try:
        found = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise Refused("malformed") from error
    if not isinstance(found, dict):
        raise Refused("malformed")
    return found


def _key(key_id: str, document: Mapping[str, Any]) -> OKPKey:
    """The key of that name which the issuer uses for assertions. Refused: there is none."""
    allowed = [id_of(each) for each in listed(document.get(_PURPOSE))]
    for method in listed(document.get("verificationMethod")):
        jwk = method.get("publicKeyJwk") if isinstance(method, dict) else None
        if isinstance(jwk, dict) and method.get("id") == key_id and key_id in allowed:
            return _imported(jwk)
    raise Refused("unknown_key")


def _imported(jwk: Mapping[str, Any]) -> OKPKey:
    if jwk.get("kty") != "OKP" or jwk.get("crv") != _ALGORITHM:
        raise Refused("unknown_key")
    try:
        public = base64url.decode(str(jwk.get("x")))
        return OKPKey.import_key(Ed25519PublicKey.from_public_bytes(public))
    except ValueError as error:
        raise Refused("unknown_key") from error
