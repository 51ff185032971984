"""Reads of criteria sets. They are law: everybody may read what is published."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery

from ocop.core import options
from ocop.core.actor import Actor
from ocop.core.language import noop as N_
from ocop.criteria import rules, sets
from ocop.criteria.models import CriteriaSetVersion, LegalVersion, Subject, Wording
from ocop.criteria.scoring import Rule
from ocop.criteria.sets import CriteriaSet

#: How a star is read where points suffice and a minimum is missed: the law is silent (ADR 2).
STAR_RULE = options.declare(
    "criteria.star_rule",
    Rule.EVERY_MINIMUM.value,
    N_("Khi đủ điểm mà chưa đạt một mức tối thiểu của hạng sao"),
    lambda value: value in list(Rule),
    choices={
        Rule.EVERY_MINIMUM.value: N_(
            "Xếp hạng cao nhất mà khung điểm và mọi mức tối thiểu đều đạt"
        ),
        Rule.BAND_ONLY.value: N_("Xếp hạng theo khung điểm, ghi rõ mức tối thiểu chưa đạt"),
    },
)


def star_rule() -> Rule:
    """The rule this province has chosen."""
    return Rule(STAR_RULE.get())


@dataclass(frozen=True, slots=True)
class Worded:
    """A version as people read it: the set in official words, our short label where none is
    loaded, and the official words by (criterion, option)."""

    version: CriteriaSetVersion
    criteria_set: CriteriaSet
    words: dict[tuple[str, int | None], str]

    @property
    def compared(self) -> bool:
        """Whether an officer compared it with the signed text."""
        return self.version.signed_off_at is not None


def visible_to(actor: Actor) -> QuerySet[CriteriaSetVersion]:
    """Published versions of the sets of products for everybody; drafts for those who prepare
    them."""
    versions = CriteriaSetVersion.objects.filter(
        legal_version__subject=Subject.PRODUCT
    ).select_related("legal_version")
    if actor.is_system or rules.may_publish_criteria(actor):
        return versions
    return versions.exclude(published_at=None)


def current(actor: Actor) -> QuerySet[CriteriaSetVersion]:
    """The newest published version of every set of every decree, by number."""
    newest = (
        CriteriaSetVersion.objects.filter(
            legal_version=OuterRef("legal_version"), number=OuterRef("number")
        )
        .exclude(published_at=None)
        .order_by("-revision")
        .values("pk")[:1]
    )
    return visible_to(actor).filter(pk=Subquery(newest)).order_by("number")


def legal_version_on(day: date) -> LegalVersion | None:
    """The decision under which a product is assessed on a day: the latest in force."""
    laws = LegalVersion.objects.of_products().filter(effective_from__lte=day)
    return laws.order_by("-effective_from").first()


def legal_versions() -> QuerySet[LegalVersion]:
    """All of them, oldest first."""
    return LegalVersion.objects.of_products().order_by("effective_from")


def revisions(actor: Actor, number: int) -> QuerySet[CriteriaSetVersion]:
    """Every version of the set of a number, newest first."""
    return (
        visible_to(actor)
        .filter(number=number)
        .order_by(F("legal_version__effective_from").desc(), "-revision")
    )


@lru_cache(maxsize=128)
def _built(sha256: str) -> CriteriaSet:
    content = CriteriaSetVersion.objects.filter(sha256=sha256).values_list("content", flat=True)
    data: dict[str, Any] = content[0]
    return sets.from_data(data, data.get("disqualifier_notes", {}))


def set_of(version: CriteriaSetVersion) -> CriteriaSet:
    """The set a version holds. Versions never change, so it is built once per process."""
    return _built(version.sha256)


def set_for(number: int, day: date) -> CriteriaSet:
    """The set of a number under the law of a day; the packaged one where none is loaded."""
    law = legal_version_on(day)
    version = law and law.sets.filter(number=number).exclude(published_at=None).first()
    return set_of(version) if version else sets.load_set(number)


def worded(version: CriteriaSetVersion) -> Worded:
    """A version with the official wording the office has loaded."""
    words = {(w.criterion, w.option): w.text for w in Wording.objects.filter(version=version)}
    return Worded(version, sets.in_words(set_of(version), words), words)


def set_in_words(number: int, day: date) -> CriteriaSet:
    """The set of a number under the law of a day in its official words, to read and to print."""
    law = legal_version_on(day)
    version = law and law.sets.filter(number=number).exclude(published_at=None).first()
    return worded(version).criteria_set if version else sets.load_set(number)
