"""Writing the rows of an import: producers and products found or made, then recognitions."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from ocop.core import db, folding, options
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
from ocop.recognition.models import Decision, Evidence, ImportBatch, Recognition
from ocop.recognition.registry_import import Draft

_BATCH = 500  # rows in one statement
_DecisionKey = tuple[str, date, str]
#: What a decision that comes with its day adds to a row that had only its number.
COMPLETED = (
    "decision_id", "decision_number", "authority", "evidence", "evaluated_on", "year",
    "valid_from", "expires_on", "row_key",
)  # fmt: skip
Named = tuple[str, int]  # kind and key of a row that an event names


class Bringer:
    """Writes drafts chunk by chunk and remembers what it made, for the event."""

    def __init__(self, batch: ImportBatch, drafts: Sequence[Draft], at: datetime) -> None:
        self._batch, self._at = batch, at
        self._drafts = drafts
        self._units = {key: unit.pk for key, unit in places.rows_of_entries().items()}
        self._province = _common_province(drafts) or options.PROVINCE.get()
        self._versions: dict[date, LegalVersion | None] = {}
        self.made: list[Named] = []
        self.products: set[int] = set()

    def bring(self, progress: Callable[[int], None] | None = None) -> None:
        """Write everything; `progress` hears how many rows are done."""
        done = 0
        for drafts in chunks(self._drafts, CHUNK):
            producers = self._producers(drafts)
            products = self._products(drafts, producers)
            decisions = self._decisions(drafts)
            rows = [
                self._recognition(draft, products[index], decisions)
                for index, draft in enumerate(drafts)
            ]
            self._keep("recognition", db.insert(rows))
            self.products.update(products)
            done += len(drafts)
            if progress:
                progress(done)

    def complete(self, found: Sequence[tuple[Draft, int]]) -> dict[str, dict[str, str | None]]:
        """Give rows their decision and dates; returns what they were, to be put back by undoing."""
        before: dict[str, dict[str, str | None]] = {}
        for some in chunks(found, CHUNK):
            decisions = self._decisions([draft for draft, _key in some])
            rows = Recognition.objects.in_bulk([key for _draft, key in some])
            for draft, key in some:
                row = rows[key]
                before[str(key)] = {name: _plain(getattr(row, name)) for name in COMPLETED}
                told = self._recognition(draft, row.product_id, decisions)
                for name in COMPLETED:
                    setattr(row, name, getattr(told, name))
                self.products.add(row.product_id)
            Recognition.objects.bulk_update(rows.values(), COMPLETED, batch_size=_BATCH)
        return before

    def _keep(self, kind: str, rows: Iterable[Producer | Product | Decision | Recognition]) -> None:
        self.made += [(kind, row.pk) for row in rows]

    # --- producers -----------------------------------------------------------------------------

    def _producers(self, drafts: Sequence[Draft]) -> list[int]:
        """The producer of every draft: by tax code, else by name and place, else a new one."""
        known = _KnownProducers(drafts)
        new: list[Producer] = []
        found: list[int | Producer] = []
        for draft in drafts:
            place = (self._unit(draft.placed.commune), self._province_of(draft))
            producer = known.find(draft, *place)
            if producer is None:
                producer = self._new_producer(draft)
                new.append(producer)
                known.add(producer)
            found.append(producer)
        _give_codes(new, Producer.objects.all())
        self._keep("producer", db.insert(new))
        return [each if isinstance(each, int) else each.pk for each in found]

    def _new_producer(self, draft: Draft) -> Producer:
        return Producer(
            name=draft.producer,
            folded=folding.words(draft.producer),
            kind=naming.kind_of(draft.producer),
            tax_code=draft.tax_code,
            phone=draft.phone,
            address=draft.address,
            province=self._province_of(draft),
            unit_id=self._unit(draft.placed.then),
            commune_id=self._unit(draft.placed.commune),
            created_at=self._at,
        )

    # --- products ------------------------------------------------------------------------------

    def _products(self, drafts: Sequence[Draft], producers: Sequence[int]) -> list[int]:
        """The product of every draft: the producer's own of that name, else a new one."""
        known: dict[tuple[int, str], int | Product] = {
            (producer, same(name)): pk
            for producer, name, pk in Product.objects.filter(
                producer__in=set(producers)
            ).values_list("producer_id", "name", "pk")
        }
        new: list[Product] = []
        found: list[int | Product] = []
        for draft, producer in zip(drafts, producers, strict=True):
            key = (producer, same(draft.name))
            if key not in known:
                product = self._new_product(draft, producer)
                known[key] = product
                new.append(product)
            found.append(known[key])
        _give_codes(new, Product.objects.all())
        self._keep("product", db.insert(new))
        return [each if isinstance(each, int) else each.pk for each in found]

    def _new_product(self, draft: Draft, producer: int) -> Product:
        return Product(
            name=draft.name,
            folded=folding.words(draft.name, draft.producer),
            producer_id=producer,
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
            for row in Decision.objects.filter(number__in={number for number, *_ in wanted})
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
        self._keep("decision", made)
        return known | {(row.number, row.signed_on, row.authority): row.pk for row in made}

    def _recognition(
        self, draft: Draft, product: int, decisions: dict[_DecisionKey, int]
    ) -> Recognition:
        # A proposal has no first day, whatever day stands beside it.
        decided_on = draft.signed_on if draft.evidence != Evidence.B2 else None
        key = _decision_key(draft)
        return Recognition(
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
            batch=self._batch,
            created_at=self._at,
        )

    def _version(self, day: date) -> LegalVersion | None:
        if day not in self._versions:
            self._versions[day] = criteria.legal_version_on(day)
        return self._versions[day]

    def _unit(self, entry: Entry | None) -> int | None:
        return None if entry is None else self._units[entry.code, entry.valid_from]

    def _province_of(self, draft: Draft) -> str:
        """Of the address; where it names none, the one province of all others, or the office's."""
        return draft.placed.province or self._province


class _KnownProducers:
    """Producers a chunk may speak of, in the register and among those made just now."""

    def __init__(self, drafts: Sequence[Draft]) -> None:
        self._by_tax_code: dict[str, int | Producer] = {}
        self._by_name: dict[str, list[tuple[int | Producer, int | None, str, str]]] = defaultdict(
            list
        )
        names = {folding.words(draft.producer) for draft in drafts}
        tax_codes = {draft.tax_code for draft in drafts} - {""}
        rows = Producer.objects.filter(Q(folded__in=names) | Q(tax_code__in=tax_codes))
        for row in rows.values_list("pk", "name", "tax_code", "commune_id", "province"):
            self._note(*row)

    def add(self, new: Producer) -> None:
        """Let the next rows find a producer that was just made."""
        self._note(new, new.name, new.tax_code, new.commune_id, new.province)

    def find(self, draft: Draft, commune: int | None, province: str) -> int | Producer | None:
        """The same tax code; else the same name in the same commune, or the only one of that name
        in the province where one of the two communes is not known."""
        if draft.tax_code and draft.tax_code in self._by_tax_code:
            return self._by_tax_code[draft.tax_code]
        named = [
            row
            for row in self._by_name.get(same(draft.producer), ())
            if row[2] == province and not (draft.tax_code and row[3])
        ]
        here = [row for row in named if row[1] == commune and commune is not None]
        if here:
            return here[0][0]
        if len(named) == 1 and (commune is None or named[0][1] is None):
            return named[0][0]
        return None

    def _note(
        self, who: int | Producer, name: str, tax_code: str, commune: int | None, province: str
    ) -> None:
        if tax_code:
            self._by_tax_code[tax_code] = who
        self._by_name[same(name)].append((who, commune, province, tax_code))


def _plain(value: Any) -> str | None:
    return None if value is None else str(value)


def _give_codes(new: Sequence[Producer | Product], rows: QuerySet[Any]) -> None:
    for row, code in zip(new, public_codes(len(new), rows), strict=True):
        row.code = code


def _decision_key(draft: Draft) -> _DecisionKey | None:
    if not draft.decision or draft.signed_on is None:
        return None
    return draft.decision, draft.signed_on, draft.authority


def _common_province(drafts: Sequence[Draft]) -> str:
    """The one province that all rows with a province name; "" where they name several."""
    named = Counter(d.placed.province for d in drafts if d.placed.province)
    return next(iter(named)) if len(named) == 1 else ""
