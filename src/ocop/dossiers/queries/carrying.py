"""Reads of what a dossier takes over from the last one, and of what it cannot take over."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from ocop.core.workdays import add_working_days
from ocop.councils.models import ItemState, SittingState
from ocop.criteria import queries as criteria
from ocop.criteria.models import CriteriaSetVersion
from ocop.criteria.sets import CriteriaSet
from ocop.dossiers import calendar, carrying, completeness, lifecycle
from ocop.dossiers.carrying import Lasting, Lost
from ocop.dossiers.models import Dossier, Evidence, EvidenceUse
from ocop.dossiers.queries import filing
from ocop.producers.models import Producer
from ocop.products.models import Product
from ocop.recognition.models import Kind

_ORDER = (Lasting.EXPIRED, Lasting.ENDS, Lasting.HOLDS)


@dataclass(frozen=True, slots=True)
class Offer:
    """What a dossier of a criteria set can take over. `uses`: paper, code of the criterion, note.
    `marks` are a proposal."""

    earlier: Dossier
    uses: tuple[tuple[Evidence, str, str], ...]
    claims: Mapping[str, str]
    marks: Mapping[str, int]
    lost: tuple[Lost, ...]
    withdrawn: tuple[Evidence, ...]  # taken out of the library since


@dataclass(frozen=True, slots=True)
class Piece:
    """One paper, the criteria it is named for, and whether it holds until the council's day."""

    evidence: Evidence
    criteria: tuple[str, ...]
    lasting: Lasting


@dataclass(frozen=True, slots=True)
class Papers:
    """The papers named in a dossier, those first that expired, for a council that may judge it as
    late as `council_on`."""

    council_on: date
    pieces: tuple[Piece, ...]

    @property
    def expired(self) -> int:
        return self._count(Lasting.EXPIRED)

    @property
    def ending(self) -> int:
        return self._count(Lasting.ENDS)

    def _count(self, lasting: Lasting) -> int:
        return sum(piece.lasting is lasting for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Carried:
    """A dossier beside the last one. `marks` are proposed for the criteria that have no level yet;
    `score` is what they and the chosen ones come to, with what lifts the star, `unproven` the
    criteria among them that wait for a paper."""

    earlier: Dossier | None
    papers: Papers
    lost: tuple[Lost, ...]
    withdrawn: tuple[Evidence, ...]
    marks: Mapping[str, int]
    score: filing.SelfScore
    unproven: frozenset[str]


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What a dossier would begin with that is not begun yet: how much goes over, and what its
    levels of the last time come to today."""

    earlier: Dossier
    papers: int
    lost: int
    score: filing.SelfScore
    unproven: frozenset[str]


def last_filed(product: Product, before: Dossier | None = None) -> Dossier | None:
    """The dossier of a product that was filed last, of those begun before another one."""
    rows = product.dossiers.filter(submitted_at__isnull=False)
    if before is not None:
        rows = rows.filter(pk__lt=before.pk)
    return rows.select_related("version__legal_version").order_by("-submitted_at", "-pk").first()


def last_filed_by(producer: Producer) -> Dossier | None:
    """The dossier that was filed last for any product of a producer."""
    rows = Dossier.objects.filter(product__producer=producer, submitted_at__isnull=False)
    return rows.select_related("version").order_by("-submitted_at", "-pk").first()


def offer(earlier: Dossier, version: CriteriaSetVersion) -> Offer:
    """What goes over from a dossier into one of another version: of a paper its newest copy, also
    one that has expired, so that nobody has to find out where it belonged."""
    then, now = criteria.set_of(earlier.version), criteria.set_of(version)
    pairs = carrying.counterparts(then, now)
    uses: dict[tuple[int, str], tuple[Evidence, str, str]] = {}
    withdrawn: dict[int, Evidence] = {}
    papers: dict[str, int] = defaultdict(int)
    for use in filing.uses_of(earlier):
        papers[use.criterion] += 1
        newest = _newest(use.evidence)
        if newest.withdrawn_at is not None:
            withdrawn[newest.pk] = newest
        elif use.criterion in pairs:
            code = pairs[use.criterion]
            uses.setdefault((newest.pk, code), (newest, code, use.note))
    return Offer(
        earlier=earlier,
        uses=tuple(uses.values()),
        claims={pairs[code]: text for code, text in earlier.claims.items() if code in pairs},
        marks=carrying.proposed(earlier.marks, then, now, pairs),
        lost=tuple(
            Lost(
                code,
                criterion.name,
                papers[code],
                code in earlier.claims,
                earlier.marks.get(code),
            )
            for code, criterion in then.by_code.items()
            if code not in pairs
            and (papers[code] or code in earlier.claims or earlier.marks.get(code))
        ),
        withdrawn=tuple(withdrawn.values()),
    )


def _newest(evidence: Evidence) -> Evidence:
    while evidence.replaced_by is not None:
        evidence = evidence.replaced_by
    return evidence


def papers_of(dossier: Dossier, on: date) -> Papers:
    """The papers of a dossier as they stand on a day."""
    council_on = council_day(dossier, on)
    return Papers(council_on, _pieces(filing.uses_of(dossier), on, council_on))


def carried(dossier: Dossier, on: date) -> Carried:
    """A dossier beside the last one of its product, as it stands on a day."""
    earlier = last_filed(dossier.product, dossier)
    found = offer(earlier, dossier.version) if earlier is not None else None
    criteria_set = criteria.set_of(dossier.version)
    unproven = filing.unproven_on(dossier, on)
    waiting = _waiting(criteria_set, unproven)
    writable = dossier.state in lifecycle.WRITABLE
    marks = _open(found.marks, waiting, dossier.marks) if found and writable else {}
    return Carried(
        earlier=earlier,
        papers=papers_of(dossier, on),
        lost=found.lost if found else (),
        withdrawn=found.withdrawn if found else (),
        marks=marks,
        score=filing.score_of(criteria_set, {**marks, **dossier.marks}, dossier.gates, unproven),
        unproven=waiting,
    )


def foreseen(product: Product, on: date) -> Foreseen | None:
    """What a dossier begun on a day would take over; None where there was none before, or no
    criteria set is known."""
    earlier, version = last_filed(product), filing.version_for(product, on)
    if earlier is None or version is None:
        return None
    found, criteria_set = offer(earlier, version), criteria.set_of(version)
    papers: dict[str, list[completeness.Paper]] = defaultdict(list)
    for row, code, _note in found.uses:
        papers[code].append(completeness.Paper(row.title, row.valid_until, type=row.type))
    unproven = completeness.unproven(criteria_set, papers, on)
    waiting = _waiting(criteria_set, unproven)
    return Foreseen(
        earlier=earlier,
        papers=len({row.pk for row, _code, _note in found.uses}),
        lost=len(found.lost),
        score=filing.score_of(criteria_set, _open(found.marks, waiting, {}), {}, unproven),
        unproven=waiting,
    )


def _waiting(criteria_set: CriteriaSet, unproven: Mapping[str, bool]) -> frozenset[str]:
    """The criteria that count only with a paper, where none holds."""
    return frozenset(
        criterion.code
        for criterion in criteria_set.criteria
        if any(gate.id in unproven for gate in criterion.gates)
    )


def _open(
    marks: Mapping[str, int], waiting: frozenset[str], chosen: Mapping[str, int]
) -> dict[str, int]:
    """The proposed levels of criteria without one; not where a paper is needed and none holds."""
    return {
        code: points
        for code, points in marks.items()
        if code not in chosen and not (points and code in waiting)
    }


def _pieces(uses: Iterable[EvidenceUse], on: date, until: date) -> tuple[Piece, ...]:
    named: dict[Evidence, list[str]] = defaultdict(list)
    for use in uses:
        named[use.evidence].append(use.criterion)
    pieces = [
        Piece(row, tuple(codes), carrying.lasting(row.valid_until, on=on, until=until))
        for row, codes in named.items()
    ]
    return tuple(
        sorted(
            pieces,
            key=lambda p: (
                _ORDER.index(p.lasting),
                p.evidence.valid_until or date.max,
                p.evidence.pk,
            ),
        )
    )


def council_day(dossier: Dossier, on: date) -> date:
    """The last day on which the council may judge a dossier: of the sitting it is down for, else by
    the limits of the law counted from `on` (a re-evaluation), or the last day of its round."""
    if dossier.case_id is not None and (day := _sitting_day(dossier)):
        return day
    if dossier.kind == Kind.REEVALUATION:
        received = dossier.received_at
        if received is not None:
            return calendar.reevaluation_due(timezone.localdate(received))
        checked = add_working_days(on, lifecycle.COMMUNE_DAYS)
        return calendar.reevaluation_due(checked)
    found = dossier.round or filing.round_for(dossier.province, on)
    return calendar.last_day(found.done_before if found else _legal_end(on))


def _sitting_day(dossier: Dossier) -> date | None:
    assert dossier.case is not None
    items = dossier.case.items.exclude(state=ItemState.TAKEN_OFF)
    last = (
        items.exclude(sitting__state=SittingState.CANCELLED).order_by("-sitting__starts_at").first()
    )
    return timezone.localdate(last.sitting.starts_at) if last else None


def _legal_end(on: date) -> date:
    """By when the round of the law is done that takes a dossier filed on a day."""
    years = (on.year, on.year + 1)
    rounds = [row for year in years for row in calendar.legal_rounds(year)]
    own = [r for r in rounds if r.kind in (calendar.Kind.FIRST, calendar.Kind.SECOND)]
    return next(row.done_before for row in own if row.requests_before > on)
