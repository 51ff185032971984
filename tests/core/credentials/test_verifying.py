"""What is believed and what is refused: VC-JOSE-COSE, VCDM 2.0, RFC 7515, 8725 and 9864."""

import hashlib
import hmac
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocop.core.credentials import base64url, envelopes, issuers
from ocop.core.credentials.verifying import WORDS, Verdict, verify
from tests.core.credentials.sealing import (
    CREDENTIAL,
    DID,
    DOCUMENT,
    ELSE,
    KEY,
    KID,
    OTHER,
    PUBLIC,
    compact,
    head,
    status_list,
    url64,
)
from tests.core.credentials.test_bitstrings import EXAMPLE

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
TOKEN = envelopes.seal(CREDENTIAL, KID, KEY.sign)
ENTRY = CREDENTIAL["credentialStatus"]


def check(
    token: str = TOKEN,
    *,
    document: dict[str, Any] = DOCUMENT,
    lists: str | None = status_list(),
    at: datetime = NOW,
) -> Verdict:
    return verify(token, document=document, status_list=lists, at=at)


def problems(token: str = TOKEN, **more: Any) -> tuple[str, ...]:
    return check(token, **more).problems


def sealed(**more: Any) -> str:
    return envelopes.seal({**CREDENTIAL, **more}, KID, KEY.sign)


def test_a_good_credential_is_believed_and_read() -> None:
    verdict = check()
    assert verdict.good
    assert verdict.credential == CREDENTIAL
    assert verdict.words == []


def test_the_envelope_is_what_the_standard_says() -> None:
    assert envelopes.header_of(TOKEN) == {
        "alg": "Ed25519", "typ": "vc+jwt", "cty": "vc", "kid": KID
    }  # fmt: skip
    assert envelopes.MEDIA_TYPE == "application/vc+jwt"
    assert envelopes.seal(CREDENTIAL, KID, KEY.sign) == TOKEN  # the same each time


def test_the_older_name_of_the_algorithm_is_read() -> None:
    assert problems(compact(head(alg="EdDSA"), CREDENTIAL)) == ()


def test_a_type_is_not_needed_but_no_other_is_taken() -> None:
    bare = {name: value for name, value in head().items() if name != "typ"}
    assert problems(compact(bare, CREDENTIAL)) == ()
    assert problems(compact(head(typ="application/vc+jwt"), CREDENTIAL)) == ()
    assert problems(compact(head(typ="JWT"), CREDENTIAL)) == ("malformed",)


@pytest.mark.parametrize("alg", ["none", "None", "HS256", "ES256", "RS256", "Ed448", "", None, 1])
def test_no_other_algorithm_is_tried(alg: object) -> None:
    assert problems(compact(head(alg=alg), CREDENTIAL)) == ("algorithm",)


def test_no_signature_is_no_signature() -> None:
    unsigned = compact(head(alg="none"), CREDENTIAL, lambda _message: b"")
    assert problems(unsigned) == ("algorithm",)
    assert problems(TOKEN.rpartition(".")[0] + ".") == ("signature",)


def test_the_public_key_is_no_secret_of_a_mac() -> None:
    """RFC 8725 §2.1: a MAC made with what everybody knows."""

    def mac(message: bytes) -> bytes:
        return hmac.new(PUBLIC, message, hashlib.sha256).digest()

    assert problems(compact(head(alg="HS256"), CREDENTIAL, mac)) == ("algorithm",)
    assert problems(compact(head(), CREDENTIAL, mac)) == ("signature",)


def test_a_key_that_comes_with_the_credential_is_not_used() -> None:
    jwk = {"kty": "OKP", "crv": "Ed25519", "x": url64(ELSE)}
    assert problems(compact(head(jwk=jwk), CREDENTIAL, OTHER.sign)) == ("signature",)


def test_another_key_is_refused() -> None:
    assert problems(compact(head(), CREDENTIAL, OTHER.sign)) == ("signature",)
    stranger = issuers.key_id(DID, ELSE)
    assert problems(compact(head(kid=stranger), CREDENTIAL, OTHER.sign)) == ("unknown_key",)


@pytest.mark.parametrize("kid", [None, "", KID.rpartition("#")[2], KID + "x", 1, []])
def test_the_key_is_named_in_full(kid: object) -> None:
    assert problems(compact(head(kid=kid), CREDENTIAL)) == ("unknown_key",)


def test_a_key_for_other_uses_signs_no_credential() -> None:
    assert problems(document={**DOCUMENT, "assertionMethod": []}) == ("unknown_key",)


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"verificationMethod": "x", "assertionMethod": KID},
        {"verificationMethod": [1, {"id": KID}], "assertionMethod": [KID]},
        {
            "verificationMethod": [{"id": KID, "publicKeyJwk": {"kty": "EC", "crv": "P-256"}}],
            "assertionMethod": [KID],
        },
        {
            "verificationMethod": [
                {"id": KID, "publicKeyJwk": {"kty": "OKP", "crv": "Ed25519", "x": "AAAA"}}
            ],
            "assertionMethod": [KID],
        },
    ],
)
def test_a_document_without_the_key_believes_nothing(document: dict[str, Any]) -> None:
    assert problems(document={"id": DID, **document}) == ("unknown_key",)


def test_an_issuer_signs_for_itself_alone() -> None:
    assert problems(sealed(issuer={"id": "did:web:other.example"})) == ("issuer",)
    assert problems(sealed(issuer=DID)) == ()
    assert problems(sealed(iss="did:web:other.example")) == ("issuer",)
    assert problems(sealed(issuer=None)) == ("issuer",)


@given(st.integers(0, len(TOKEN) - 1), st.sampled_from("ABCxyz019-_"))
def test_no_sign_of_it_can_be_changed(place: int, sign: str) -> None:
    changed = TOKEN[:place] + sign + TOKEN[place + 1 :]
    assert (check(changed).credential == CREDENTIAL) == (changed == TOKEN)


def test_a_changed_payload_is_refused() -> None:
    first, body, last = TOKEN.split(".")
    better = json.dumps({**CREDENTIAL, "id": "https://ocop.example/2"}).encode()
    assert body != url64(better)
    assert problems(f"{first}.{url64(better)}.{last}") == ("signature",)


@pytest.mark.parametrize(
    "token",
    [
        "",
        "a.b",
        "....",
        TOKEN + ".x",
        f"{url64(b'[]')}.{url64(b'{}')}.{url64(b'x')}",
        f"{url64(b'{')}.{url64(b'{}')}.{url64(b'x')}",
        "ă.b.c",
        compact(head(crit=["exp"]), CREDENTIAL),
        compact(head(b64=False), CREDENTIAL),
        compact(head(), [CREDENTIAL]),
        compact(head(), {**CREDENTIAL, "vc": {}}),
        compact(head(), {**CREDENTIAL, "type": ["Other"]}),
        compact(head(), {**CREDENTIAL, "validFrom": "2026-01-15"}),
        compact(head(), {**CREDENTIAL, "validUntil": "2026-01-15T00:00:00"}),
        compact(head(), {**CREDENTIAL, "validUntil": "soon"}),
        compact(head(), {**CREDENTIAL, "exp": "soon"}),
        compact(head(), {**CREDENTIAL, "exp": True}),
        compact(head(), {**CREDENTIAL, "nbf": 1e300}),
    ],
)
def test_what_is_no_credential_is_refused(token: str) -> None:
    assert check(token) == Verdict(None, ("malformed",))


@pytest.mark.parametrize(
    ("at", "found"),
    [
        (datetime(2026, 1, 14, 16, 59, 59, tzinfo=UTC), ("not_yet",)),
        (datetime(2026, 1, 14, 17, 0, 0, tzinfo=UTC), ()),
        (datetime(2029, 1, 15, 16, 59, 59, tzinfo=UTC), ()),
        (datetime(2029, 1, 15, 17, 0, 0, tzinfo=UTC), ("expired",)),
    ],
)
def test_both_ends_of_its_days_are_those_of_ha_noi(at: datetime, found: tuple[str, ...]) -> None:
    assert problems(at=at) == found


def test_claims_of_a_jwt_narrow_its_days() -> None:
    assert problems(sealed(exp=NOW.timestamp() - 1)) == ("expired",)
    assert problems(sealed(nbf=NOW.timestamp() + 1)) == ("not_yet",)


# --- Status ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("index", [94567, "94567"])
def test_a_set_bit_revokes_whichever_way_its_place_is_written(index: object) -> None:
    token = sealed(credentialStatus={**ENTRY, "statusListIndex": index})
    assert problems(token, lists=status_list(94567)) == ("revoked",)
    assert problems(token, lists=status_list(94566, 94568)) == ()
    assert check(token, lists=status_list(94567)).credential is not None


def test_everything_that_stands_against_it_is_told() -> None:
    late = datetime(2030, 1, 1, tzinfo=UTC)
    assert problems(lists=status_list(94567), at=late) == ("expired", "revoked")


def test_without_a_list_nothing_is_said_of_revocation() -> None:
    assert problems(lists=None) == ("status_unknown",)
    assert problems(sealed(credentialStatus={"type": "Other"})) == ("status_unknown",)
    bare = {name: value for name, value in CREDENTIAL.items() if name != "credentialStatus"}
    assert problems(envelopes.seal(bare, KID, KEY.sign), lists=None) == ("status_none",)


@pytest.mark.parametrize("index", [-1, 131_072, "x", "-1", "٣", None, True, 1.5, "9" * 5000])
def test_a_place_that_the_list_has_not_is_no_answer(index: object) -> None:
    token = sealed(credentialStatus={**ENTRY, "statusListIndex": index})
    assert problems(token) == ("status_unusable",)


@pytest.mark.parametrize(
    "lists",
    [
        "x",
        TOKEN,
        status_list(sign=OTHER.sign),
        status_list(id="https://ocop.example/other"),
        status_list(type=["VerifiableCredential"]),
        status_list(issuer="did:web:other.example"),
        status_list(credentialSubject={"type": "BitstringStatusList"}),
        status_list(credentialSubject=[]),
        status_list(
            credentialSubject={
                "type": "BitstringStatusList",
                "statusPurpose": "revocation",
                "encodedList": "uAAAA",
            }
        ),
        status_list(
            credentialSubject={
                "type": "BitstringStatusList",
                "statusPurpose": "suspension",
                "encodedList": EXAMPLE,
            }
        ),
    ],
)
def test_a_list_that_is_not_the_one_is_no_answer(lists: str) -> None:
    assert problems(lists=lists) == ("status_unusable",)


def test_a_list_past_its_days_says_only_what_it_revokes() -> None:
    old = {"validUntil": "2026-11-22T00:00:00Z"}
    assert problems(lists=status_list(**old)) == ("status_old",)
    assert problems(lists=status_list(94567, **old)) == ("revoked",)


def test_other_purposes_are_read_as_such() -> None:
    def token(purpose: str) -> str:
        return sealed(credentialStatus=[{**ENTRY, "statusPurpose": purpose}, ENTRY])

    assert problems(token("message")) == ()
    subject = {
        "type": "BitstringStatusList",
        "statusPurpose": ["revocation", "suspension"],
        "encodedList": json.loads(_payload(status_list(94567)))["credentialSubject"]["encodedList"],
    }
    both = status_list(credentialSubject=subject)
    assert problems(token("suspension"), lists=both) == ("suspended", "revoked")


def _payload(token: str) -> bytes:
    return base64url.decode(token.split(".")[1])


# --- Rotation -------------------------------------------------------------------------------------


def test_what_an_old_key_signed_is_believed_after_another_took_its_place() -> None:
    after = issuers.document(DID, [PUBLIC, ELSE])
    assert problems(document=after) == ()
    new = issuers.key_id(DID, ELSE)
    fresh = envelopes.seal(CREDENTIAL, new, OTHER.sign)
    by_new = status_list(sign=OTHER.sign, kid=new)
    assert problems(fresh, document=after, lists=by_new) == ()
    assert problems(document=after, lists=by_new) == ()
    assert problems(fresh) == ("unknown_key",)


def test_every_problem_has_its_words() -> None:
    assert {
        "malformed", "algorithm", "unknown_key", "signature", "issuer", "not_yet", "expired",
        "revoked", "suspended", "status_none", "status_unknown", "status_unusable", "status_old",
    } == set(WORDS)  # fmt: skip
    assert Verdict(None, ("expired",)).words == ["Đã hết hạn."]
