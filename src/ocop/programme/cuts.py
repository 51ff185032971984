"""The cuts of every report: by year, star, sector, kind of producer, unit of then and of now.

A cut turns each row into a value, and a value into words. The same cut makes a table and narrows
the list behind each number of that table, and so the two always agree.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, CharField, F, QuerySet, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

from ocop.core.language import gettext as _
from ocop.core.language import noop as N_
from ocop.places import queries as places
from ocop.places.models import Level, Unit
from ocop.producers.models import ProducerKind
from ocop.products.models import Sector
from ocop.recognition.models import Kind

#: The key of "not known" in a cut.
UNKNOWN = ""
#: Four stars held, the dossier forwarded to the Ministry: a rank of its own in every report.
POTENTIAL_FIVE = "4p"


@dataclass(frozen=True, slots=True)
class Word:
    """A value of a cut as it is written: the key in an address, and the words for people."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Slice:
    """One line of a cut: the value and how many are in it."""

    key: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Cut:
    """One way to cut rows. `words` also gives the order in which the values are shown."""

    key: str
    name: str
    expression: Combinable
    words: Callable[[Iterable[Any]], Mapping[Any, Word]]
    value: Callable[[str], Any]  # of a key; raises ValueError for one that cannot be
    of_registrations: bool = False  # registrations can be cut so, too
    unknown: str = N_("Chưa rõ")

    @property
    def column(self) -> str:
        return f"cut_{self.key}"

    def annotate(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Rows that carry their value in this cut under `column`."""
        return rows.annotate(**{self.column: self.expression})

    def narrow(self, rows: QuerySet[Any], key: str) -> QuerySet[Any]:
        """The rows that have a value; none when there can be no such value."""
        try:
            value = None if key == UNKNOWN else self._meant(key)
        except ValueError:
            return rows.none()
        return self.annotate(rows).filter(**{self.column: value})

    def knows(self, key: str) -> bool:
        """Whether a key can be a value of this cut: also one that no row has."""
        try:
            return key == UNKNOWN or self._meant(key) in self.words([self._meant(key)])
        except ValueError:
            return False

    def slices(self, counts: Mapping[Any, int]) -> list[Slice]:
        """Counts per value as lines in order, what is not known last."""
        words = self.words([value for value in counts if value is not None])
        lines = [Slice(w.key, w.label, counts[v]) for v, w in words.items() if v in counts]
        if unknown := counts.get(None):
            lines.append(Slice(UNKNOWN, _(self.unknown), unknown))
        return lines

    def label(self, key: str) -> str:
        """The words for one key."""
        if key == UNKNOWN:
            return _(self.unknown)
        try:
            return self.words([self._meant(key)])[self._meant(key)].label
        except (ValueError, KeyError):
            return key

    def _meant(self, key: str) -> Any:
        if "\0" in key:  # no text in a database holds it, and PostgreSQL refuses to look for it
            raise ValueError(key)
        return self.value(key)


def _fixed(labels: Mapping[str, Any]) -> Callable[[Iterable[str]], Mapping[str, Word]]:
    return lambda _values: {key: Word(key, _(str(label))) for key, label in labels.items()}


def _years(values: Iterable[int]) -> Mapping[int, Word]:
    return {year: Word(str(year), str(year)) for year in sorted(values)}


def _units(values: Iterable[int]) -> Mapping[int, Word]:
    rows = Unit.objects.filter(pk__in=list(values)).select_related("parent")
    found = list(rows.order_by("folded", "code", "valid_from"))
    names = places.told_apart(found)
    return {unit.pk: Word(places.key_of(unit), names[unit.pk]) for unit in found}


def unit_of(key: str) -> int:
    """The unit a key names. Raises ValueError for a key of none."""
    found = places.by_key(key)
    if found is None:
        raise ValueError(key)
    return found.pk


def _known(path: str) -> Case:
    return Case(When(**{path: ""}, then=Value(None)), default=F(path), output_field=CharField())


RANKS = {
    "5": N_("5 sao"),
    POTENTIAL_FIVE: N_("Tiềm năng 5 sao"),
    "4": N_("4 sao"),
    "3": N_("3 sao"),
}

CUTS = {
    cut.key: cut
    for cut in (
        Cut("year", N_("Năm"), F("counted_year"), _years, int, of_registrations=True),
        Cut(
            "rank",
            N_("Hạng sao"),
            Case(
                When(potential_five=True, then=Value(POTENTIAL_FIVE)),
                default=Cast("stars", CharField()),
                output_field=CharField(),
            ),
            _fixed(RANKS),
            str,
        ),
        Cut(
            "sector",
            N_("Ngành"),
            _known("product__sector"),
            _fixed(dict(Sector.choices)),
            str,
        ),
        Cut(
            "producer_kind",
            N_("Loại chủ thể"),
            F("product__producer__kind"),
            _fixed(dict(ProducerKind.choices)),
            str,
        ),
        Cut(
            "kind",
            N_("Hình thức đánh giá"),
            F("kind"),
            _fixed(dict(Kind.choices)),
            str,
            of_registrations=True,
        ),
        Cut(
            "district_then",
            N_("Đơn vị cấp huyện khi đó"),
            Case(
                When(unit__level=Level.DISTRICT, then=F("unit")),
                When(unit__parent__level=Level.DISTRICT, then=F("unit__parent")),
            ),
            _units,
            unit_of,
            of_registrations=True,
            unknown=N_("Chưa rõ hoặc không còn cấp huyện"),
        ),
        Cut(
            "commune_then",
            N_("Đơn vị cấp xã khi đó"),
            Case(When(unit__level=Level.COMMUNE, then=F("unit"))),
            _units,
            unit_of,
            of_registrations=True,
        ),
        Cut("commune_now", N_("Đơn vị cấp xã hiện nay"), F("commune"), _units, unit_of),
    )
}
