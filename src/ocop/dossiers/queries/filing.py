"""Reads behind a dossier: its star, its evidence, its completeness, its content for a snapshot."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from ocop.core import options
from ocop.core.language import noop
from ocop.criteria import queries as criteria
from ocop.criteria.advice import Way, advise
from ocop.criteria.models import CriteriaSetVersion
from ocop.criteria.scoring import Outcome, score
from ocop.criteria.sets import CriteriaSet, Gate
from ocop.dossiers import completeness, conditions, lifecycle, snapshots
from ocop.dossiers.models import Dossier, Evidence, EvidenceUse, Round, RoundKind
from ocop.dossiers.standing import AfterExpiry, Star
from ocop.products.models import Product
from ocop.recognition.life import facts_of
from ocop.recognition.models import Recognition
from ocop.recognition.standing import eligible, ruling_first
from ocop.recognition.states import EXTENSION_COVERS_LATER
from ocop.recognition.validity import state_on

AFTER_EXPIRY = options.declare(
    "dossiers.after_expiry",
    AfterExpiry.MEETING.value,
    noop("Sản phẩm đã hết hạn sao quay lại bằng cách nào"),
    lambda v: v in {choice.value for choice in AfterExpiry},
    choices={
        AfterExpiry.MEETING.value: noop("Đánh giá lại, hội đồng họp"),
        AfterExpiry.WRITTEN.value: noop("Đánh giá lại, lấy ý kiến bằng văn bản"),
        AfterExpiry.FIRST.value: noop("Đánh giá như lần đầu"),
    },
)
_ADVICE = 3


def after_expiry() -> AfterExpiry:
    """The setting in force."""
    return AfterExpiry(AFTER_EXPIRY.get())


@dataclass(frozen=True, slots=True)
class SelfScore:
    """What the producer's own marks come to now, and what lifts the star."""

    outcome: Outcome
    ways: tuple[Way, ...]
    next_star: int | None
    missed: Mapping[str, int]  # minimums of the next star that are not reached: points needed


def ruling(product: Product, on: date) -> tuple[Recognition, Star] | None:
    """The recognition that rules a product on a day, and its star; None when it never had one."""
    row = ruling_first(eligible(on).filter(product=product)).select_related("decision").first()
    if row is None:
        return None
    state = state_on(facts_of(row), on, later_too=EXTENSION_COVERS_LATER.get())
    return row, Star(row.stars, state, row.expires_on, row.extended_until)


def version_for(product: Product, on: date) -> CriteriaSetVersion | None:
    """The published criteria set of a product under the law of a day."""
    law = criteria.legal_version_on(on)
    if law is None or product.set_number is None:
        return None
    published = law.sets.filter(number=product.set_number).exclude(published_at=None)
    return published.order_by("-revision").first()


def round_for(province: str, on: date) -> Round | None:
    """The round of the province that a dossier filed on a day goes into: the next to end."""
    own = (RoundKind.FIRST, RoundKind.SECOND, RoundKind.EXTRA)
    rounds = Round.objects.filter(province=province, kind__in=own, requests_before__gt=on)
    return rounds.filter(closed_on=None).order_by("requests_before", "pk").first()


def uses_of(dossier: Dossier) -> QuerySet[EvidenceUse]:
    """The evidence named in a dossier, by criterion."""
    return dossier.uses.select_related("evidence__attachment").order_by("criterion", "pk")


def completeness_of(dossier: Dossier, on: date) -> completeness.Completeness:
    """How far a dossier is on a day; one that is filed, on the day of its filing."""
    if dossier.submitted_at is not None and dossier.state not in lifecycle.WRITABLE:
        on = timezone.localdate(dossier.submitted_at)
    papers, criteria_set = papers_of(dossier), criteria.set_of(dossier.version)
    own = None
    if dossier.previous is not None:
        proven = dossier.gates | completeness.unproven(criteria_set, papers, on)
        rule = criteria.star_rule()
        own = score(criteria_set, dossier.marks, gates=proven, rule=rule, dependent=True).star
    return completeness.assess(
        criteria_set,
        kind=dossier.kind,
        sector=dossier.version.sector,
        answers=dossier.answers,
        marks=dossier.marks,
        gates=dossier.gates,
        claims=dossier.claims,
        papers=papers,
        on=on,
        stars=(own, dossier.previous.stars if dossier.previous else None),
    )


def papers_of(dossier: Dossier) -> dict[str, list[completeness.Paper]]:
    """The evidence in use per criterion, as completeness reads it."""
    papers: dict[str, list[completeness.Paper]] = {}
    last = _last_recognised(dossier)
    # by file: the same one taken into the library again proves nothing new
    known = set(uses_of(last).values_list("evidence__attachment", flat=True)) if last else set()
    for use in uses_of(dossier):
        evidence = use.evidence
        new = evidence.attachment_id not in known and _is_since(dossier, evidence, last)
        paper = completeness.Paper(evidence.title, evidence.valid_until, new, evidence.type)
        papers.setdefault(use.criterion, []).append(paper)
    return papers


def _is_since(dossier: Dossier, evidence: Evidence, last: Dossier | None) -> bool:
    """Whether a paper is newer than the last star: by its day of issue; without one it is enough
    that the `last` dossier had it not, and where that is not here, that it came later."""
    star = dossier.previous
    day = (star.evaluated_on or star.valid_from) if star is not None else None
    if day is None:
        return True
    if evidence.issued_on is not None:
        return evidence.issued_on > day
    return last is not None or timezone.localdate(evidence.created_at) > day


def _last_recognised(dossier: Dossier) -> Dossier | None:
    """The dossier on which the star to raise or to renew was given, where it is here."""
    if dossier.previous is None:
        return None
    found = Dossier.objects.filter(recognition=dossier.previous)
    return found.select_related("version").first()


def last_marks(dossier: Dossier) -> Mapping[str, int]:
    """The own marks of the last recognition by criterion: what an upgrade rises from. None where
    its dossier is not here or was of another criteria set, whose codes say something else."""
    last = _last_recognised(dossier)
    if last is None or last.version.number != dossier.version.number:
        return {}
    marks: Mapping[str, int] = last.marks
    return marks


def self_score(dossier: Dossier, on: date) -> SelfScore:
    """The self-assessment of a dossier as it stands; criteria without a mark count 0.

    While it is written, a criterion that counts only with a paper counts 0 until one is there that
    holds on the day `on`.
    """
    criteria_set = criteria.set_of(dossier.version)
    return score_of(criteria_set, dossier.marks, dossier.gates, unproven_on(dossier, on))


def gates_on(dossier: Dossier, on: date) -> dict[str, bool]:
    """The conditions as they count on a day: no, where a paper is asked for and none holds."""
    return dossier.gates | unproven_on(dossier, on)


def unproven_on(dossier: Dossier, on: date) -> dict[str, bool]:
    """Of a dossier that is written, the conditions that ask for a paper where none holds on a
    day."""
    if dossier.state not in lifecycle.WRITABLE:
        return {}
    criteria_set = criteria.set_of(dossier.version)
    return completeness.unproven(criteria_set, papers_of(dossier), on)


def voided_of(dossier: Dossier, on: date) -> frozenset[str]:
    """The criteria whose own mark counts as 0: a condition of theirs is not met."""
    criteria_set = criteria.set_of(dossier.version)
    gates = gates_on(dossier, on)
    return score(criteria_set, dossier.marks, gates=gates, dependent=True).voided


def conditions_of(dossier: Dossier) -> list[tuple[Gate, bool | None]]:
    """The conditions in their order, worded as they were asked, with the producer's answers; None:
    not answered."""
    asked = completeness.questions(criteria.set_of(dossier.version))
    return [
        (replace(gate, note=conditions.asked(gate)), dossier.gates.get(gate.id)) for gate in asked
    ]


def score_of(
    criteria_set: CriteriaSet,
    marks: Mapping[str, int],
    gates: Mapping[str, bool],
    unproven: Mapping[str, bool] | None = None,
) -> SelfScore:
    """Marks and conditions as a total, a star, missed minimums and the first ways upwards.

    What is `unproven` counts nothing now, and a way may lead over it: a paper can be brought.
    """
    rule, lacking = criteria.star_rule(), unproven or {}
    outcome = score(criteria_set, marks, gates={**gates, **lacking}, rule=rule, dependent=True)
    held = {
        code: 0 if any(g.id in lacking for g in criteria_set.by_code[code].gates) else points
        for code, points in marks.items()
    }
    ways = advise(criteria_set, held, gates=gates, rule=rule, dependent=True, few=_ADVICE)
    above = None if outcome.star == 5 else max(3, (outcome.star or 0) + 1)
    return SelfScore(outcome, tuple(ways), above, outcome.missed.get(above or 0, {}))


def content_of(dossier: Dossier, on: date) -> dict[str, Any]:
    """A dossier as a snapshot keeps it (see `snapshots`)."""
    product, version = dossier.product, dossier.version
    return {
        "form": snapshots.FORM,
        "dossier": {
            "code": dossier.code,
            "slip_number": dossier.slip_number,
            "kind": dossier.kind,
            "road": dossier.road,
        },
        "product": {
            "code": product.code,
            "name": product.name,
            "sector": product.sector,
            "set_number": product.set_number,
            "producer": {"code": product.producer.code, "name": product.producer.name},
        },
        "criteria": {
            "law": version.legal_version.code,
            "number": version.number,
            "revision": version.revision,
            "sha256": version.sha256,
        },
        "answers": dossier.answers,
        "marks": dossier.marks,
        "gates": dossier.gates,
        "claims": dossier.claims,
        "evidence": [_paper(use) for use in uses_of(dossier)],
        "self": snapshots.self_result(self_score(dossier, on).outcome),
    }


def _paper(use: EvidenceUse) -> dict[str, Any]:
    evidence = use.evidence
    return {
        "criterion": use.criterion,
        "code": evidence.code,
        "type": evidence.type,
        "title": evidence.title,
        "number": evidence.number,
        "issuer": evidence.issuer,
        "issued_on": evidence.issued_on.isoformat() if evidence.issued_on else None,
        "valid_until": evidence.valid_until.isoformat() if evidence.valid_until else None,
        "filename": evidence.filename,
        "sha256": evidence.attachment.sha256,
        "note": use.note,
    }
