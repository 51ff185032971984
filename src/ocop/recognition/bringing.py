"""Writing the rows of an import: producers and products found or made, then recognitions."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from ocop.core import db, folding
from ocop.core.codes import public_codes
from ocop.criteria import queries as criteria
from ocop.criteria.models import LegalVersion
from ocop.places import queries as places
from ocop.places.gazetteer import Entry
from ocop.producers import naming
from ocop.producers.models import Producer
from ocop.products.models import Product
from ocop.recognition.comparing import CHUNK, chunks
from ocop.recognition.keys import same
from ocop.recognition.known import Known, KnownProducers
from ocop.recognition.models import Decision, Evidence, ImportBatch, Recognition
from ocop.recognition.registry_import import Draft

_BATCH = 500  # rows in one statement
_DecisionKey = tuple[str, date, str]
#: What a decision that comes with its day adds to a row that had only its number: the decision
#: itself in the place of its number, and what was not known; a value that stood there stays.
_OF_DECISION = ("decision_id", "decision_number", "evidence", "row_key")
_IF_UNKNOWN = (
    "authority", "evaluated_on", "year", "valid_from", "expires_on", "unit_id", "commune_id",
)  # fmt: skip
COMPLETED = (*_OF_DECISION, *_IF_UNKNOWN)
#: What a row adds to one whose commune is not known.
PLACED = ("commune_id", "province", "unit_id", "address")
Named = tuple[str, int]  # kind and key of a row that an event names
_Maker = tuple[int, str]  # key and name of a producer
_Values = dict[str, Any]  # of a new row, by column


class Bringer:
    """Writes drafts chunk by chunk, lets go of each, and remembers what it made, for the event."""

    def __init__(self, batch: ImportBatch, drafts: list[Draft], at: datetime) -> None:
        self._batch, self._at = batch, at
        self._drafts = drafts
        self._units = {key: unit.pk for key, unit in places.rows_of_entries().items()}
        self._known = KnownProducers(drafts)
        self._versions: dict[date, LegalVersion | None] = {}
        self._made: dict[str, list[int]] = {}
        self.products: set[int] = set()

    def bring(self, progress: Callable[[int], None] | None = None) -> None:
        """Write everything; `progress` hears how many rows are done. The list of drafts is empty
        then: those of a large file and what became of them need not both be held."""
        done = 0
        while drafts := self._drafts[:CHUNK]:
            del self._drafts[:CHUNK]
            producers = self._producers(drafts)
            products = self._products(drafts, producers)
            decisions = self._decisions(drafts)
            rows = [
                self._recognition(draft, products[index], decisions)
                for index, draft in enumerate(drafts)
            ]
            self._keep("recognition", db.insert_values(Recognition, rows))
            self.products.update(products)
            done += len(drafts)
            if progress:
                progress(done)

    def complete(self, found: Sequence[tuple[Draft, int]]) -> dict[str, dict[str, str | None]]:
        """Give rows their decision and the dates that were not known; returns what they were, to
        be put back by undoing."""
        before: dict[str, dict[str, str | None]] = {}
        for some in chunks(found, CHUNK):
            decisions = self._decisions([draft for draft, _key in some])
            rows = Recognition.objects.in_bulk([key for _draft, key in some])
            for draft, key in some:
                row = rows[key]
                before[str(key)] = {name: _plain(getattr(row, name)) for name in COMPLETED}
                told = self._recognition(draft, row.product_id, decisions)
                for name in COMPLETED:
                    if name in _OF_DECISION or getattr(row, name) in (None, ""):
                        setattr(row, name, told[name])
                self.products.add(row.product_id)
            Recognition.objects.bulk_update(rows.values(), COMPLETED, batch_size=_BATCH)
        return before

    def place(self, found: Sequence[tuple[Draft, int]]) -> dict[str, dict[str, str | None]]:
        """Give rows the commune that was not known; the unit of then and the address where there
        are none. Their province stays: the public log has told it. Returns what they were, to be
        put back by undoing."""
        before: dict[str, dict[str, str | None]] = {}
        for some in chunks(found, CHUNK):
            rows = Recognition.objects.in_bulk([key for _draft, key in some])
            for draft, key in some:
                row = rows[key]
                before[str(key)] = {name: _plain(getattr(row, name)) for name in PLACED}
                row.commune_id = self._unit(draft.placed.commune)
                row.unit_id = row.unit_id or self._unit(draft.placed.then)
                row.address = row.address or draft.address
            Recognition.objects.bulk_update(rows.values(), PLACED, batch_size=_BATCH)
        return before

    def _keep(self, kind: str, keys: Iterable[int]) -> None:
        self._made.setdefault(kind, []).extend(keys)

    def made(self) -> Iterator[Named]:
        """The rows that were made, as an event names them."""
        return ((kind, key) for kind, keys in self._made.items() for key in keys)

    # --- producers -----------------------------------------------------------------------------

    def _producers(self, drafts: Sequence[Draft]) -> list[_Maker]:
        """The producer of every draft, one that is known or a new one."""
        self._known.learn(drafts)
        new: list[Producer] = []
        found: list[Known] = []
        for draft in drafts:
            producer = self._known.find(draft)
            if producer is None:
                new.append(self._new_producer(draft))
                producer = self._known.add(draft, new[-1])
            elif isinstance(producer.row, Producer) and producer.row.pk is None:
                _tell_more(producer.row, draft)
            found.append(producer)
        for row, code in zip(new, public_codes(len(new), Producer.objects.all()), strict=True):
            row.code = code
        self._keep("producer", (row.pk for row in db.insert(new)))
        self._known.wrote(new)
        return [(_key(known.row), known.name) for known in found]

    def _new_producer(self, draft: Draft) -> Producer:
        return Producer(
            name=draft.producer,
            folded=folding.words(draft.producer),
            kind=draft.kind or naming.kind_of(draft.producer),
            tax_code=draft.tax_code,
            phone=draft.phone,
            **asdict(draft.persons),
            address=draft.address,
            province=self._province_of(draft),
            unit_id=self._unit(draft.placed.then),
            commune_id=self._unit(draft.placed.commune),
            created_at=self._at,
        )

    # --- products ------------------------------------------------------------------------------

    def _products(self, drafts: Sequence[Draft], producers: Sequence[_Maker]) -> list[int]:
        """The product of every draft: the producer's own of that name, else a new one."""
        known: dict[tuple[int, str], int | _Values] = {
            (producer, same(name)): pk
            for producer, name, pk in Product.objects.filter(
                producer__in={key for key, _name in producers}
            ).values_list("producer_id", "name", "pk")
        }
        new: list[_Values] = []
        found: list[int | _Values] = []
        for draft, producer in zip(drafts, producers, strict=True):
            key = (producer[0], same(draft.name))
            if key not in known:
                product = self._new_product(draft, producer)
                known[key] = product
                new.append(product)
            found.append(known[key])
        for row, code in zip(new, public_codes(len(new), Product.objects.all()), strict=True):
            row["code"] = code
        keys = db.insert_values(Product, new)
        for row, pk in zip(new, keys, strict=True):
            row["id"] = pk
        self._keep("product", keys)
        return [each if isinstance(each, int) else each["id"] for each in found]

    def _new_product(self, draft: Draft, producer: _Maker) -> _Values:
        key, maker = producer
        return _Values(
            name=draft.name,
            folded=folding.words(draft.name, maker),
            producer_id=key,
            sector=draft.sector,
            province=self._province_of(draft),
            unit_id=self._unit(draft.placed.then),
            commune_id=self._unit(draft.placed.commune),
            created_at=self._at,
        )

    # --- decisions and recognitions ------------------------------------------------------------

    def _decisions(self, drafts: Sequence[Draft]) -> dict[_DecisionKey, int]:
        wanted = {key for draft in drafts if (key := _decision_key(draft))}
        known = {
            (row.number, row.signed_on, row.authority): row.pk
            for row in Decision.objects.filter(
                number__in={number for number, *_ in wanted}, mistaken_on=None
            )
        }
        new = [
            Decision(
                number=number,
                signed_on=signed_on,
                authority=authority,
                legal_version=self._version(signed_on),
            )
            for number, signed_on, authority in sorted(wanted - known.keys())
        ]
        made = db.insert(new)
        self._keep("decision", (row.pk for row in made))
        return known | {(row.number, row.signed_on, row.authority): row.pk for row in made}

    def _recognition(
        self, draft: Draft, product: int, decisions: dict[_DecisionKey, int]
    ) -> _Values:
        # A proposal has no first day, whatever day stands beside it.
        decided_on = draft.signed_on if draft.evidence != Evidence.B2 else None
        key = _decision_key(draft)
        return _Values(
            product_id=product,
            decision_id=decisions[key] if key else None,
            decision_number="" if key else draft.decision,
            authority=draft.authority,
            stars=draft.stars,
            potential_five=draft.potential_five,
            total=draft.total,
            evidence=draft.evidence,
            evaluated_on=draft.signed_on,
            year=draft.year,
            valid_from=decided_on,
            expires_on=draft.expires_on if draft.evidence != Evidence.B2 else None,
            province=self._province_of(draft),
            address=draft.address,
            unit_id=self._unit(draft.placed.then),
            commune_id=self._unit(draft.placed.commune),
            row_key=draft.key,
            batch_id=self._batch.pk,
            created_at=self._at,
        )

    def _version(self, day: date) -> LegalVersion | None:
        if day not in self._versions:
            self._versions[day] = criteria.legal_version_on(day)
        return self._versions[day]

    def _unit(self, entry: Entry | None) -> int | None:
        return None if entry is None else self._units[entry.code, entry.valid_from]

    def _province_of(self, draft: Draft) -> str:
        return self._known.province_of(draft)


def _tell_more(producer: Producer, draft: Draft) -> None:
    """The first row that tells of the persons behind a new producer tells all of them, and the
    first that tells its kind, where its name does not, tells that."""
    if producer.kind == naming.UNKNOWN and draft.kind:
        producer.kind = draft.kind
    told = asdict(draft.persons)
    if all(getattr(producer, name) in ("", None) for name in told):
        for name, value in told.items():
            setattr(producer, name, value)


def _key(row: int | Producer | None) -> int:
    key = row.pk if isinstance(row, Producer) else row
    assert key is not None  # written just now
    return int(key)


def _plain(value: Any) -> str | None:
    return None if value is None else str(value)


def _decision_key(draft: Draft) -> _DecisionKey | None:
    if not draft.decision or draft.signed_on is None:
        return None
    return draft.decision, draft.signed_on, draft.authority
