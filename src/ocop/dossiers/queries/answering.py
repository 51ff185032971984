"""What became of the registrations of a year: each has one answer, so that the answers add up."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum

from django.db.models import Q, QuerySet
from django.utils import timezone

from ocop.dossiers.models import Dossier, Registration, State
from ocop.dossiers.queries import registrations
from ocop.recognition.standing import eligible


class Answer(StrEnum):
    """What answers a registration: a dossier of the year, one filed into the round of another
    year (as after the last day for requests of the second round), a recognition of the year of
    which there is no dossier here, or nothing yet."""

    ANSWERED = "answered"
    ELSEWHERE = "elsewhere"
    RECOGNISED = "recognised"
    MISSING = "missing"


#: Where a product is, which one it is, and its names: what a registration is found by.
_Known = tuple[int | None, int, registrations.Names]


def filed_in(rows: QuerySet[Dossier], year: int) -> QuerySet[Dossier]:
    """Dossiers filed for a year: in one of its rounds, or without a round in that year; those
    withdrawn are left out."""
    of_year = Q(round__year=year) | Q(round=None, submitted_at__year=year)
    return rows.filter(of_year, submitted_at__isnull=False).exclude(state=State.WITHDRAWN)


def answers_of(
    standing: QuerySet[Registration], seen: QuerySet[Dossier], year: int, on: date
) -> Mapping[int | None, Counter[Answer]]:
    """By unit how many registrations of a year have which answer. A dossier answers the one it is
    tied to, else one of its product, else one of its names in its unit; so does a recognition.
    `seen`: the dossiers that who asks may see."""
    found = _Open(standing)
    loose: list[tuple[Answer, _Known]] = []
    answering = filed_in(seen, year) | _of_that_year(seen, year)
    for tied, commune, product, named, maker, round_year, filed_at in (
        answering.order_by("pk")
        .distinct()
        .values_list(
            "registration",
            "commune",
            "product",
            "product__name",
            "product__producer__name",
            "round__year",
            "submitted_at",
        )
    ):
        of = round_year or timezone.localdate(filed_at).year
        answer = Answer.ANSWERED if of == year else Answer.ELSEWHERE
        if not found.take(tied, answer):
            loose.append((answer, (commune, product, registrations.names_of(named, maker))))
    # those of the year first: where two could answer, the registration counts for its year
    for answer, known in sorted(loose, key=lambda each: each[0] is not Answer.ANSWERED):
        found.take_known(known, answer)
    for known in _recognised(year, on):
        found.take_known(known, Answer.RECOGNISED)
    return found.counted()


def _of_that_year(seen: QuerySet[Dossier], year: int) -> QuerySet[Dossier]:
    """Dossiers of another year's round that may answer: tied to a registration of the year, or
    filed in it."""
    ours = Q(registration__year=year) | Q(submitted_at__year=year)
    return seen.filter(ours, submitted_at__isnull=False).exclude(state=State.WITHDRAWN)


def _recognised(year: int, on: date) -> Iterable[_Known]:
    """Products recognised in a year, as the register says on a day."""
    rows = eligible(on).filter(valid_from__year=year).order_by("pk")
    for commune, product, named, maker in rows.values_list(
        "product__commune", "product", "product__name", "product__producer__name"
    ):
        yield commune, product, registrations.names_of(named, maker)


class _Open:
    """Registrations that have no answer yet, and the answers given."""

    def __init__(self, standing: QuerySet[Registration]) -> None:
        self._units: dict[int, int] = {}
        self._by_product: dict[int, int] = {}
        self._by_names: dict[int, dict[registrations.Names, int]] = defaultdict(dict)
        self._answers: dict[int, Answer] = {}
        for pk, unit, product, *names in standing.order_by("pk").values_list(
            "pk", "unit", "product", "product_name", "producer_name"
        ):
            self._units[pk] = unit
            if product is not None:
                self._by_product[product] = pk
            else:
                self._by_names[unit][registrations.names_of(*names)] = pk

    def take(self, pk: int | None, answer: Answer) -> bool:
        """Answer one; whether it was still open."""
        if pk not in self._units or pk in self._answers:
            return False
        self._answers[pk] = answer
        return True

    def take_known(self, known: _Known, answer: Answer) -> None:
        """Answer the one of a product, else one of its names in its unit, if any is open."""
        where, product, names = known
        if product in self._by_product:
            self.take(self._by_product[product], answer)
            return
        there = self._by_names.get(where, {}) if where else {}
        open_ = {each for each, pk in there.items() if pk not in self._answers}
        if (key := registrations.named(names, open_)) is not None:
            self.take(there[key], answer)

    def counted(self) -> Mapping[int | None, Counter[Answer]]:
        """The answers by unit."""
        found: dict[int | None, Counter[Answer]] = defaultdict(Counter)
        for pk, unit in self._units.items():
            found[unit][self._answers.get(pk, Answer.MISSING)] += 1
        return found
