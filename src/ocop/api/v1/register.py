"""Products, producers and the register."""

from datetime import date
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field

from ocop.api.callers import need_scope
from ocop.api.lists import Page, described, filtered, page
from ocop.api.requests import ApiRequest
from ocop.core import editing
from ocop.core.language import noop as N_
from ocop.filters.register import ProducerFilter, ProductFilter, RecognitionFilter
from ocop.people.scopes import READ_REGISTER
from ocop.places.models import Unit
from ocop.producers import queries as producers
from ocop.recognition import queries
from ocop.recognition.log.queries import with_entry
from ocop.recognition.models import Evidence, Recognition

#: What the two days mean, as ADR 4 has it.
RESTORED_ON = (
    "The day from which the star holds again: the revocation was set aside after an appeal. Before "
    "it, from `revoked_on` on, the star was revoked. Both are of the last revocation; "
    "`revocations` lists each."
)
EXTENDED_UNTIL = (
    "The last day of an extension (Art. 12.3), at most: it ends earlier with the result of the "
    "re-evaluation. A star whose `state` is `extended` holds to this day, not to `expires_on`. "
    "The same day as `expires_on`: the re-evaluation was refused, there is no extension."
)
VALID_FROM = (
    "The day of signing; the star holds from it. The 36 months are counted from the day after. "
    "Null where no day is known."
)
MISTAKEN = (
    "The record was entered wrongly and corrected on `annulled_on`: no authority gave this star, "
    "and it counts on no day."
)
LOG = "Its place in the public log; null until the next publication of the log, within the hour."
LISTED = "Whether the public sees it; a product that is not listed stays in the register."
#: What rows of the register say of themselves.
INVENTED = (
    "True for an invented row of a demonstration (evidence M); real rows may stand beside it."
)
EXPIRES_ON = (
    "The last valid day, to its end: the same day as `valid_from` 36 months on, 29 February as "
    "28 February, unless the certificate states another."
)

router = Router(tags=["register"])


class PlaceOut(Schema):
    """A unit named by a row."""

    code: str
    name: str


class MakerOut(Schema):
    """The producer of a product."""

    code: str
    name: str


class StarOut(Schema):
    """The star that rules a product today. `stars` is null where none was ever given."""

    stars: int | None
    rank: str | None
    state: str | None
    valid_from: date | None = Field(description=VALID_FROM)
    expires_on: date | None = Field(description=EXPIRES_ON)
    extended_until: date | None = Field(description=EXTENDED_UNTIL)
    evidence: str | None


class ProductOut(Schema):
    """A product."""

    code: str
    name: str
    producer: MakerOut
    sector: str
    set_number: int | None
    gtin: str
    official_code: str
    in_ocop: bool
    state: str
    listed: bool = Field(description=LISTED)
    commune_now: PlaceOut | None
    unit_then: PlaceOut | None
    star: StarOut
    demonstration: bool = Field(description=INVENTED)


class LogPlaceOut(Schema):
    """Where the public log holds a recognition: the index of the entry, the address of the entry
    and of the proof that it is in the log (`.tlog-proof`)."""

    index: int
    entry: str
    proof: str


class RecognitionFacts(Schema):
    """What is told of a recognition wherever it stands."""

    id: int
    kind: str
    stars: int
    potential_five: bool
    state: str
    decision: str | None
    decided_on: date | None
    authority: str
    evaluated_on: date | None
    valid_from: date | None = Field(description=VALID_FROM)
    expires_on: date | None = Field(description=EXPIRES_ON)
    extended_until: date | None = Field(description=EXTENDED_UNTIL)
    revoked_on: date | None
    restored_on: date | None = Field(description=RESTORED_ON)
    annulled_on: date | None
    mistaken: bool = Field(description=MISTAKEN)
    evidence: str
    demonstration: bool = Field(description=INVENTED)
    unit_then: PlaceOut | None


class RecognitionOut(RecognitionFacts):
    """One recognition; dates are the decision's own, `expires_on` is the last valid day."""

    product: MakerOut
    producer: MakerOut
    legal_version: str | None
    commune_now: PlaceOut | None
    log: LogPlaceOut | None = Field(description=LOG)


class ProducerOut(Schema):
    """A producer. `tax_code` is empty where it is a person's number the caller may not see;
    `stopped_on` is the day from which it works no more."""

    code: str
    name: str
    kind: str
    tax_code: str
    address: str
    stopped_on: date | None
    commune_now: PlaceOut | None
    unit_then: PlaceOut | None
    demonstration: bool = Field(description=INVENTED)


def place_out(unit: Unit | None) -> PlaceOut | None:
    """A unit as a row names it."""
    return PlaceOut(code=unit.code, name=unit.name) if unit else None


class ProducerDetailOut(ProducerOut):
    """A producer by itself. A change may name the `mark`, and is then refused when something
    happened in between."""

    mark: str


def product_out(row: Any) -> ProductOut:
    """A product as lists show it, with the star of today."""
    return ProductOut(
        code=row.code,
        name=row.name,
        producer=MakerOut(code=row.producer.code, name=row.producer.name),
        sector=row.sector,
        set_number=row.set_number,
        gtin=row.gtin,
        official_code=row.official_code,
        in_ocop=row.in_ocop,
        state=row.state,
        listed=row.listed,
        commune_now=place_out(row.commune),
        unit_then=place_out(row.unit),
        star=StarOut(
            stars=row.stars,
            rank=row.rank,
            state=row.star_state,
            valid_from=row.star_from,
            expires_on=row.star_expires_on,
            extended_until=row.star_extended_until,
            evidence=row.star_evidence,
        ),
        demonstration=row.demonstration,
    )


def recognition_facts(row: Recognition, state: str) -> dict[str, Any]:
    """The fields of `RecognitionFacts`."""
    decision = row.decision
    return {
        "id": row.pk,
        "kind": row.kind,
        "stars": row.stars,
        "potential_five": row.potential_five,
        "state": state,
        "decision": decision.number if decision else row.decision_number or None,
        "decided_on": decision.signed_on if decision else None,
        "authority": row.authority,
        "evaluated_on": row.evaluated_on,
        "valid_from": row.valid_from,
        "expires_on": row.expires_on,
        "extended_until": row.extended_until,
        "revoked_on": row.revoked_on,
        "restored_on": row.restored_on,
        "annulled_on": row.annulled_on,
        "mistaken": row.mistaken,
        "evidence": row.evidence,
        "demonstration": row.evidence == Evidence.M,
        "unit_then": place_out(row.unit),
    }


def log_place(request: ApiRequest, index: int | None) -> LogPlaceOut | None:
    """Where the public log holds it; None while it waits for the next publication."""
    if index is None:
        return None
    return LogPlaceOut(
        index=index,
        entry=request.build_absolute_uri(reverse("register_entry", args=[index])),
        proof=request.build_absolute_uri(reverse("register_proof", args=[index])),
    )


def _recognition(request: ApiRequest, row: Any) -> RecognitionOut:
    product = row.product
    law = row.decision.legal_version if row.decision else None
    return RecognitionOut(
        **recognition_facts(row, row.state),
        product=MakerOut(code=product.code, name=product.name),
        producer=MakerOut(code=product.producer.code, name=product.producer.name),
        legal_version=law.document if law else None,
        commune_now=place_out(row.commune),
        log=log_place(request, row.entry),
    )


def _producer(row: Any) -> ProducerOut:
    return ProducerOut(
        code=row.code,
        name=row.name,
        kind=row.kind,
        tax_code=row.told_tax_code,
        address=row.address,
        stopped_on=row.stopped_on,
        commune_now=place_out(row.commune),
        unit_then=place_out(row.unit),
        demonstration=row.demonstration,
    )


@router.get(
    "/products",
    response=Page[ProductOut],
    operation_id="products",
    summary=N_("Các sản phẩm"),
    openapi_extra=described(ProductFilter),
)
def product_list(request: ApiRequest, response: HttpResponse) -> dict[str, Any]:
    """Products that ever got a star, with the star of today."""
    need_scope(request.actor, READ_REGISTER)
    rows = queries.catalogue(request.actor, on=timezone.localdate())
    return page(request, response, filtered(request, ProductFilter, rows), product_out)


@router.get(
    "/recognitions",
    response=Page[RecognitionOut],
    operation_id="recognitions",
    summary=N_("Sổ đăng ký"),
    openapi_extra=described(RecognitionFilter),
)
def recognition_list(request: ApiRequest, response: HttpResponse) -> dict[str, Any]:
    """Rows of the register the caller may see."""
    need_scope(request.actor, READ_REGISTER)
    rows = with_entry(queries.register_rows(request.actor, on=timezone.localdate()))
    found = filtered(request, RecognitionFilter, rows)
    return page(request, response, found, partial(_recognition, request))


@router.get(
    "/producers",
    response=Page[ProducerOut],
    operation_id="producers",
    summary=N_("Các chủ thể"),
    openapi_extra=described(ProducerFilter),
)
def producer_list(request: ApiRequest, response: HttpResponse) -> dict[str, Any]:
    """Producers the caller may see."""
    need_scope(request.actor, READ_REGISTER)
    seen = producers.for_lists(producers.visible_to(request.actor))
    rows = producers.with_told_tax_code(request.actor, seen, on=timezone.localdate())
    return page(request, response, filtered(request, ProducerFilter, rows), _producer)


@router.get(
    "/producers/{code}",
    response=ProducerDetailOut,
    operation_id="producer",
    summary=N_("Một chủ thể"),
)
def producer(request: ApiRequest, code: str) -> dict[str, Any]:
    """One producer."""
    need_scope(request.actor, READ_REGISTER)
    seen = producers.for_lists(producers.visible_to(request.actor))
    mark = editing.mark(get_object_or_404(seen, code=code))  # first: never newer than what is told
    rows = producers.with_told_tax_code(request.actor, seen, on=timezone.localdate())
    return {**_producer(get_object_or_404(rows, code=code)).dict(), "mark": mark}
