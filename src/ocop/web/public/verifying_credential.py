"""A star credential checked by the server, for browsers that cannot check it themselves."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise

from ocop.core import keys, zone
from ocop.core.credentials import bitstrings
from ocop.core.credentials.envelopes import id_of, listed
from ocop.core.credentials.verifying import Verdict, verify
from ocop.recognition.credential import issuing, statuses
from ocop.recognition.log import chains
from ocop.recognition.models import Recognition
from ocop.web.public.verifying_words import VERDICTS

LONGEST = 20_000  # signs of a credential
#: Three parts, of which the first begins as JSON in base64url does. One without a signature (`alg`
#: none) is a credential, too: it is refused for that.
_CREDENTIAL = re.compile(r"e[wy][\w-]*\.[\w-]+\.[\w-]*", re.ASCII)
#: What is open where the list is missing or too old.
_NOT_KNOWN = ("status_unknown", "status_old", "status_unusable")
_SCORE = re.compile(r"OCOP-([345])")
#: The verdict of the page by what stands against a credential, the heaviest first.
_HEAVIEST = {
    "malformed": "malformed",
    "algorithm": "algorithm",
    "unknown_key": "stranger",
    "issuer": "stranger",
    "signature": "unsigned",
    "suspended": "credential-suspended",
    "revoked": "credential-ended",
    "expired": "credential-expired",
    "not_yet": "credential-early",
}


@dataclass(frozen=True, slots=True)
class Told:
    """What a credential says of itself, once its signature is good."""

    title: str
    number: str
    stars: str
    products: str
    producer: str
    issuer: str
    first: date | None
    last: date | None
    page: str  # at this installation; "" elsewhere


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of a check: the verdict as the page shows it, why, and what the credential says."""

    name: str
    tone: str
    shape: str
    words: str | Promise
    reasons: list[str]
    told: Told | None
    at: datetime


def found_in(text: str) -> str | None:
    """The credential in a text, however its lines were broken; not whether it is good."""
    joined = "".join(text.split())
    return joined if len(joined) <= LONGEST and _CREDENTIAL.fullmatch(joined) else None


def checked(token: str, *, at: datetime) -> Checked:
    """Check a credential now by the keys and the status list of this installation."""
    try:
        status_list = statuses.status_list(at=at)
    except chains.Unusable:  # nothing can be signed now: what was is still read
        status_list = None
    document = issuing.document(at=at)
    found = _by_the_register(verify(token, document=document, status_list=status_list, at=at), at)
    name = next((_HEAVIEST[each] for each in _HEAVIEST if each in found.problems), "")
    if not name and _is_list(found):
        name = "credential-list"
    name = name or ("credential-valid" if found.good else "credential-unlisted")
    _name, tone, shape, words, _more = next(each for each in VERDICTS if each[0] == name)
    told = _told(found.credential) if found.credential is not None else None
    return Checked(name, tone, shape, words, [] if _is_list(found) else found.words, told, at)


def _is_list(found: Verdict) -> bool:
    """It is our list of void stars itself, no certificate."""
    credential = found.credential or {}
    return "BitstringStatusListCredential" in listed(credential.get("type"))


def _by_the_register(found: Verdict, at: datetime) -> Verdict:
    """The register stands behind the list, and here it can be asked itself: whether a star of our
    own is void does not wait for a list that can be signed."""
    index = _index_here(found.credential or {})
    if index is None or not chains.wrong(keys.CREDENTIAL):
        return found
    rest = [each for each in found.problems if each not in (*_NOT_KNOWN, "revoked")]
    if bitstrings.is_set(statuses.bits_on(timezone.localdate(at)).bits, index):
        rest.append("revoked")
    return Verdict(found.credential, tuple(rest))


def _index_here(credential: Mapping[str, Any]) -> int | None:
    """The number of a star in our own list; None where it is none of ours."""
    entry, ours = _first(credential.get("credentialStatus")), issuing.addresses().status_list
    index = entry.get("statusListIndex")
    if id_of(entry.get("statusListCredential")) != ours or not str(index).isdecimal():
        return None
    found = int(str(index))
    exists = Recognition.objects.filter(pk=found).exists()
    return found if exists else None


def _told(credential: Mapping[str, Any]) -> Told:
    subject = _first(credential.get("credentialSubject"))
    products = [
        _first(product.get("product", product)).get("name")
        for assessment in _objects(subject.get("conformityAssessment"))
        for product in _objects(assessment.get("assessedProduct"))
    ]
    name, number = credential.get("name"), subject.get("name")
    stars = _SCORE.fullmatch(str(_first(subject.get("profileScore")).get("code")))
    party, issuer = _first(subject.get("issuedToParty")), credential.get("issuer")
    address = str(credential.get("id") or "")
    return Told(
        title=str(name or number or ""),
        number=str(number or "") if name else "",
        stars=stars[1] if stars else "",
        products=", ".join(dict.fromkeys(str(each) for each in products if each)),
        producer=str(party.get("name") or party.get("registeredId") or ""),
        issuer=str(_first(issuer).get("name") or id_of(issuer)),
        first=_day(credential.get("validFrom")),
        last=_day(credential.get("validUntil")),
        page=address if address.startswith(f"{issuing.addresses().base}/") else "",
    )


def _objects(value: object) -> list[dict[str, Any]]:
    return [each for each in listed(value) if isinstance(each, dict)]


def _first(value: object) -> dict[str, Any]:
    return next(iter(_objects(value)), {})


def _day(moment: object) -> date | None:
    return datetime.fromisoformat(str(moment)).astimezone(zone.ZONE).date() if moment else None
