"""What each kind of entry tells, read from the rows as they are now.

An entry holds public codes, stars, days, numbers and names of authorities and documents; never a
producer, a household, a reason or anything else about a person. The audit asks the same functions
again: the last entry of a family about an object must still say what its row says.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

import rfc8785
from django.db.models import Q

from ocop.core.models import Event
from ocop.criteria.models import CriteriaSetVersion
from ocop.recognition.log import papers
from ocop.recognition.models import Certificate, Evidence, Recognition
from ocop.recognition.visibility import published

Facts = dict[str, str | int | bool | None]
Row = Mapping[str, Any]
_VERSION = 1
#: RFC 8785 for flat objects of texts, small whole numbers and truth values under ASCII names: the
#: bytes of `rfc8785`, twenty times as fast. A test compares them.
_canonical = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
RECOGNITION_KIND, SET_KIND = "recognition", "criteriasetversion"
KEY_KIND, STATUS_KIND = "key", "statuslist"


@dataclass(frozen=True, slots=True)
class Form:
    """A kind of entry about rows of one kind. Of the entries of a `family` about one row only the
    last one counts.

    `facts`: what the rows say now, without those that say nothing of the kind; `then`: the same for
    an event of a while ago, where it differs; `told`: what the event itself says of that moment.
    `follows`: only about rows that have an entry. `state`: rows that must have an entry. `later`:
    what entries did not tell at first.
    `replayed`: entries tell what acts did, one after the other, so the last of them is not what the
    row is; the audit that the room brings (`joining`) works that out.
    """

    name: str
    kind: str
    family: str
    facts: Callable[[Sequence[int]], Mapping[int, Facts]]
    told: Callable[[Event], Facts] = lambda _event: {}
    then: Callable[[Sequence[int]], Mapping[int, Facts]] | None = None
    follows: bool = False
    state: Q | None = None
    replayed: bool = False
    later: tuple[str, ...] = ()


def write(form: Form, facts: Facts, *, recorded_at: datetime, entry: int | None) -> str:
    """An entry as canonical JSON; what is not known is left out. `entry`: the first one about the
    same row."""
    whole: Facts = {
        "type": form.name,
        "version": _VERSION,
        "recorded_at": recorded_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "entry": entry,
        **facts,
    }
    kept = {name: value for name, value in whole.items() if value is not None and value != ""}
    return _canonical(kept)


def decided() -> Q:
    """Recognitions that belong in the log: published, and more than a proposal."""
    return published() & ~Q(evidence=Evidence.B2)


# --- Recognitions ---------------------------------------------------------------------------------

_OF_RECOGNITION = (
    "pk", "product__code", "province", "stars", "potential_five", "kind", "batch", "evidence",
    "year", "evaluated_on", "valid_from", "expires_on", "authority", "decision_number",
    "decision__number", "decision__signed_on", "decision__authority", "decision__demonstration",
    "decision__legal_version__document",
)  # fmt: skip
_ALL = Q()


def _recognitions(keys: Sequence[int]) -> Mapping[int, Facts]:
    rows = Recognition.objects.filter(decided(), pk__in=keys).order_by()
    return {row["pk"]: _recognition(row) for row in rows.values(*_OF_RECOGNITION)}


def _recognition(row: Row) -> Facts:
    return {
        "product": row["product__code"],
        "province": row["province"],
        "stars": row["stars"],
        "potential_five": row["potential_five"],
        # An import seldom says why a product was assessed: what we infer changes with what comes
        # to light, so only what an officer entered with the decision is told.
        "assessment": row["kind"] if row["batch"] is None else None,
        "evidence": row["evidence"],
        "year": row["year"],
        "evaluated_on": _day(row["evaluated_on"]),
        "valid_from": _day(row["valid_from"]),
        "expires_on": _day(row["expires_on"]),
        "authority": row["decision__authority"] or row["authority"],
        "decision": row["decision__number"] or row["decision_number"],
        "signed_on": _day(row["decision__signed_on"]),
        "document": row["decision__legal_version__document"],
        "demonstration": bool(row["decision__demonstration"]) or row["evidence"] == Evidence.M,
    }


def _withdrawn(keys: Sequence[int]) -> Mapping[int, Facts]:
    rows = Recognition.objects.filter(~decided(), pk__in=keys).order_by()
    return {pk: {"product": code} for pk, code in rows.values_list("pk", "product__code")}


def _about(
    where: Q = _ALL, *, always: bool = False, **columns: str
) -> Callable[[Sequence[int]], Mapping[int, Facts]]:
    """Facts of recognitions: the product and these columns, as the entry names them; rows outside
    `where`, or where the first is empty, say nothing. `always`: they do, for the event has it."""

    def facts(keys: Sequence[int]) -> Mapping[int, Facts]:
        rows = Recognition.objects.filter(where, pk__in=keys).order_by()
        return {
            row["pk"]: {
                "product": row["product__code"],
                **{name: _plain(row[column]) for name, column in columns.items()},
            }
            for row in rows.values("pk", "product__code", *columns.values())
            if always or row[next(iter(columns.values()))] is not None
        }

    return facts


def _changes(
    more: Callable[[Event], Facts] = lambda _event: {}, /, **names: str
) -> Callable[[Event], Facts]:
    """What the event's change says, by the entry's name of it; `more`: what follows from it."""

    def told(event: Event) -> Facts:
        said = {ours: event.change[its] for ours, its in names.items() if its in event.change}
        return {**said, **more(event)}

    return told


_PAPER = {name: name for name in papers.PAPER}
RECOGNITION = Form("recognition", RECOGNITION_KIND, "recognition", _recognitions, state=decided())
WITHDRAWAL = Form("withdrawal", RECOGNITION_KIND, "recognition", _withdrawn, follows=True)
EXTENSION = Form(
    "extension",
    RECOGNITION_KIND,
    "extension",
    _about(until="extended_until"),
    _changes(until="until"),
    follows=True,
    state=Q(extended_until__isnull=False) & decided(),
)
EXTENSION_ENDED = Form(
    "extension-ended",
    RECOGNITION_KIND,
    "extension",
    _about(until="extended_until"),
    _changes(until="extended_until"),
    follows=True,
)
#: What ended it was entered wrongly: its last day is what it was before, or none.
EXTENSION_RESUMED = Form(
    "extension-resumed",
    RECOGNITION_KIND,
    "extension",
    _about(always=True, until="extended_until"),
    _changes(until="until"),
    follows=True,
)
REVOCATION = Form(
    "revocation",
    RECOGNITION_KIND,
    "revocation",
    papers.with_more(
        _about(Q(restored_on=None), on="revoked_on", ground="revoked_ground"),
        papers.of_revocations,
    ),
    _changes(papers.of_event, on="on", ground="ground", **_PAPER),
    then=papers.with_more(
        _about(Q(revocations__isnull=False), always=True, on="revoked_on", ground="revoked_ground"),
        papers.of_last_revocations,
    ),
    follows=True,
    state=Q(revoked_on__isnull=False) & decided(),
    later=(*papers.PAPER, papers.NAMED),
)
#: The revocation was set aside. Of the same family: whichever came last counts.
RESTORATION = Form(
    "restoration",
    RECOGNITION_KIND,
    "revocation",
    papers.with_more(_about(on="restored_on"), papers.of_restorations),
    _changes(on="on", **_PAPER),
    then=papers.with_more(
        _about(papers.were_given_back(), always=True, on="restored_on"), papers.of_restorations
    ),
    follows=True,
    state=Q(restored_on__isnull=False) & decided(),
    later=papers.PAPER,
)
#: A revocation was entered wrongly: it counts for no day. Of the same family again.
REVOCATION_WITHDRAWN = Form(
    "revocation-withdrawn",
    RECOGNITION_KIND,
    "revocation",
    papers.taken_back,
    _changes(on="on"),
    then=_about(Q(revocations__withdrawn_on__isnull=False), always=True, on="revoked_on"),
    follows=True,
)
#: A restoration was entered wrongly: the star was revoked all the time. Of the same family again.
RESTORATION_WITHDRAWN = Form(
    "restoration-undone",
    RECOGNITION_KIND,
    "revocation",
    papers.wrong_restorations,
    _changes(on="on"),
    then=_about(papers.wrongly_given_back(), always=True, on="revoked_on"),
    follows=True,
)
ANNULMENT = Form(
    "annulment",
    RECOGNITION_KIND,
    "annulment",
    papers.with_more(_about(Q(mistaken=False), on="annulled_on"), papers.of_annulments),
    _changes(on="on", **_PAPER),
    follows=True,
    state=Q(annulled_on__isnull=False, mistaken=False) & decided(),
    later=papers.PAPER,
)
#: The office's own record was wrong: the authority annulled nothing.
CORRECTION = Form(
    "correction",
    RECOGNITION_KIND,
    "correction",
    _about(Q(mistaken=True), on="annulled_on"),
    _changes(on="on"),
    follows=True,
    state=Q(mistaken=True) & decided(),
)


#: A decision of which no record stands was entered wrongly itself: the public reads so.
DECISION_CORRECTION = Form(
    "decision-correction",
    papers.DECISION_KIND,
    "decision-correction",
    papers.mistaken_decisions,
    state=Q(mistaken_on__isnull=False),
)


def _certificates(keys: Sequence[int]) -> Mapping[int, Facts]:
    rows = Certificate.objects.filter(recognition__in=keys).order_by()
    return {
        row["recognition"]: {
            "product": row["recognition__product__code"],
            "province": row["province"],
            "year": row["year"],
            "serial": row["serial"],
            "number": row["number"],
            "issued_on": _day(row["issued_on"]),
            # The words name the producer, so the log has their digest only.
            "sha256": _digest(row["words"]),
        }
        for row in rows.values(
            "recognition", "recognition__product__code", "province", "year", "serial", "number",
            "issued_on", "words",
        )
    }  # fmt: skip


#: A recognition has one certificate for good, so the recognition's row stands for it.
CERTIFICATE = Form(
    "certificate",
    RECOGNITION_KIND,
    "certificate",
    _certificates,
    follows=True,
    state=Q(certificate__isnull=False) & decided(),
)


# --- Criteria sets --------------------------------------------------------------------------------


def _sets(keys: Sequence[int]) -> Mapping[int, Facts]:
    rows = CriteriaSetVersion.objects.filter(pk__in=keys, published_at__isnull=False)
    return {
        row["pk"]: {
            "document": row["legal_version__document"],
            "set": row["number"],
            "revision": row["revision"],
            # Of the content itself: the digest beside it may have been changed with it.
            "sha256": sha256(rfc8785.dumps(row["content"])).hexdigest(),
        }
        for row in rows.order_by().values(
            "pk", "legal_version__document", "number", "revision", "content"
        )
    }


def _signed_off(*, is_signed: bool) -> Callable[[Sequence[int]], Mapping[int, Facts]]:
    def facts(keys: Sequence[int]) -> Mapping[int, Facts]:
        rows = CriteriaSetVersion.objects.filter(
            pk__in=keys, signed_off_at__isnull=not is_signed
        ).order_by()
        return _sets(list(rows.values_list("pk", flat=True)))

    return facts


CRITERIA = Form(
    "criteria-set", SET_KIND, "criteria-set", _sets, state=Q(published_at__isnull=False)
)
SIGN_OFF = Form(
    "criteria-sign-off",
    SET_KIND,
    "sign-off",
    _signed_off(is_signed=True),
    then=_sets,
    follows=True,
    state=Q(signed_off_at__isnull=False),
)
SIGN_OFF_ENDED = Form(
    "criteria-reopened",
    SET_KIND,
    "sign-off",
    _signed_off(is_signed=False),
    then=_sets,
    follows=True,
)


# --- Keys and status lists ------------------------------------------------------------------------


def _of_events(
    told: Callable[[Event], Facts],
) -> Callable[[Sequence[int]], Mapping[int, Facts]]:
    """What is known by the event that told it: the event says everything."""

    def facts(keys: Sequence[int]) -> Mapping[int, Facts]:
        return {event.pk: told(event) for event in Event.objects.filter(pk__in=keys)}

    return facts


_key = _changes(
    purpose="purpose",
    public="public",
    since="since",
    vouched="vouched",
    lost="lost",
    stated="stated",
)
ISSUER_KEY = Form("issuer-key", KEY_KIND, "issuer-key", _of_events(_key), _key)
_list = _changes(number="number", bits="bits", set_bits="set", sha256="sha256", stated="stated")
STATUS_LIST = Form("status-list", STATUS_KIND, "status-list", _of_events(_list), _list)

#: Rooms above add theirs (`joining`).
FORMS: dict[str, Form] = {
    form.name: form
    for form in (
        RECOGNITION, WITHDRAWAL, EXTENSION, EXTENSION_ENDED, EXTENSION_RESUMED, REVOCATION,
        RESTORATION, REVOCATION_WITHDRAWN, RESTORATION_WITHDRAWN, ANNULMENT, CORRECTION,
        DECISION_CORRECTION, CERTIFICATE, CRITERIA, SIGN_OFF, SIGN_OFF_ENDED, ISSUER_KEY,
        STATUS_LIST,
    )
}  # fmt: skip


def family(form: Form) -> list[str]:
    """The names of the forms of a family."""
    return [each.name for each in FORMS.values() if each.family == form.family]


def _digest(content: Any) -> str:
    """SHA-256 of JSON as RFC 8785 writes it; whatever somebody put into the column has one."""
    return sha256(_canonical(content).encode("utf-8", "surrogatepass")).hexdigest()


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _plain(value: Any) -> str | None:
    return _day(value) if isinstance(value, date) else value
