"""Which producer a row of a file speaks of: one of the register's, one of an earlier row, a new
one."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from ocop.core import folding, options
from ocop.places.gazetteer import Entry
from ocop.producers.models import Producer
from ocop.producers.spelling import written_out
from ocop.recognition.keys import same
from ocop.recognition.registry_import import Draft

_Place = tuple[str, date]  # code and first day of a unit


@dataclass(slots=True)
class Known:
    """A producer as rows are held against it. `row` is its key, or the row that is to be written;
    none where nothing will be."""

    name: str
    tax_code: str
    commune: _Place | None
    province: str
    row: int | Producer | None = None


class KnownProducers:
    """Producers a file may speak of, in the register and among those of earlier rows.

    The same tax code; else the same name in the same commune, whichever way its kind is written;
    else the only one of that very name in the province, where one of the two communes is not known.
    """

    def __init__(self, drafts: Sequence[Draft]) -> None:
        self._office = _common_province(drafts) or options.PROVINCE.get()
        self._seen: set[int] = set()
        self._unwritten: list[Known] = []
        self._asked: dict[str, set[str]] = defaultdict(set)
        self._by_tax_code: dict[str, Known] = {}
        self._by_name: dict[str, list[Known]] = defaultdict(list)
        self._by_place: dict[tuple[str, _Place], list[Known]] = defaultdict(list)

    def learn(self, drafts: Sequence[Draft]) -> None:
        """Look up those that some rows may speak of and earlier ones did not ask for."""
        names = self._new("name", (folding.words(draft.producer) for draft in drafts))
        tax_codes = self._new("tax code", (d.tax_code for d in drafts if d.tax_code))
        places = (draft.placed.commune for draft in drafts)
        communes = self._new("commune", (entry.code for entry in places if entry))
        if not (names or tax_codes or communes):
            return
        rows = Producer.objects.filter(
            Q(folded__in=names) | Q(tax_code__in=tax_codes) | Q(commune__code__in=communes)
        ).values_list("pk", "name", "tax_code", "commune__code", "commune__valid_from", "province")
        for pk, name, tax_code, code, valid_from, province in rows.order_by("pk"):
            if pk not in self._seen:
                place = (code, valid_from) if code else None
                self._note(Known(name, tax_code, place, province, pk))
                self._seen.add(pk)

    def add(self, draft: Draft, row: Producer | None = None) -> Known:
        """Let the next rows find a producer that a row brings."""
        known = Known(
            draft.producer,
            draft.tax_code,
            _place(draft.placed.commune),
            self.province_of(draft),
            row,
        )
        self._note(known)
        if row is not None:
            self._unwritten.append(known)
        return known

    def wrote(self, rows: Iterable[Producer]) -> None:
        """Those rows are in the register now: looking them up brings nothing new, and of each its
        key is enough."""
        self._seen.update(row.pk for row in rows)
        for known in self._unwritten:
            known.row = known.row.pk if isinstance(known.row, Producer) else known.row
        self._unwritten.clear()

    def find(self, draft: Draft) -> Known | None:
        """The producer of a row; None for a new one."""
        if draft.tax_code and draft.tax_code in self._by_tax_code:
            return self._by_tax_code[draft.tax_code]
        commune, province = _place(draft.placed.commune), self.province_of(draft)
        named = [
            known
            for known in self._by_name.get(same(draft.producer), ())
            if known.province == province and not (draft.tax_code and known.tax_code)
        ]
        here = [known for known in named if commune is not None and known.commune == commune]
        if commune is not None and not here:
            here = [
                known
                for known in self._by_place.get((written_out(draft.producer), commune), ())
                if not (draft.tax_code and known.tax_code)
            ]
        if here:
            return here[0]
        if len(named) == 1 and (commune is None or named[0].commune is None):
            return named[0]
        return None

    def province_of(self, draft: Draft) -> str:
        """Of the address; where it names none, the one province of all others, or the office's."""
        return draft.placed.province or self._office

    def _new(self, kind: str, texts: Iterable[str]) -> set[str]:
        """Those that were not asked for before."""
        new = set(texts) - self._asked[kind]
        self._asked[kind] |= new
        return new

    def _note(self, known: Known) -> None:
        if known.tax_code:
            self._by_tax_code[known.tax_code] = known
        self._by_name[same(known.name)].append(known)
        if known.commune:
            self._by_place[written_out(known.name), known.commune].append(known)


@dataclass(frozen=True, slots=True)
class Makers:
    """The producers that the rows of a file speak of, by row: `names` as the register has them, or
    the first row of the file, where only the kind is written another way, else as the row writes
    them; `rows` the keys of those that stand in the register."""

    names: dict[int, str]
    rows: dict[int, int]


def makers_of(drafts: Sequence[Draft], size: int) -> Makers:
    """The producer of every row, found as an import finds it."""
    known = KnownProducers(drafts)
    makers = Makers({}, {})
    for start in range(0, len(drafts), size):
        some = drafts[start : start + size]
        known.learn(some)
        for draft in some:
            found = known.find(draft) or known.add(draft)
            alike = written_out(found.name) == written_out(draft.producer)
            makers.names[draft.row] = found.name if alike else draft.producer
            if isinstance(found.row, int):
                makers.rows[draft.row] = found.row
    return makers


def _place(entry: Entry | None) -> _Place | None:
    return (entry.code, entry.valid_from) if entry else None


def _common_province(drafts: Sequence[Draft]) -> str:
    """The one province that all rows with a province name; "" where they name several."""
    named = Counter(d.placed.province for d in drafts if d.placed.province)
    return next(iter(named)) if len(named) == 1 else ""
