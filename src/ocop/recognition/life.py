"""The life line of a product: every recognition in order, with what became of it."""

from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from ocop.core.actor import Actor
from ocop.core.language import gettext as _
from ocop.core.numbers import write_date
from ocop.products.models import Product
from ocop.recognition.log.queries import entries_of
from ocop.recognition.models import CERTIFIED, Recognition
from ocop.recognition.standing import eligible, place_of, with_place
from ocop.recognition.states import EXTENSION_COVERS_LATER
from ocop.recognition.validity import Facts, State, holds_star, state_on, state_words
from ocop.recognition.visibility import visible_to


@dataclass(frozen=True, slots=True)
class Step:
    """One recognition in a product's life. `rules`: it is the one that counts on the day.

    `replaced_by` is the recognition that took its place while it still held. `entry` is its place
    in the public log.
    """

    recognition: Recognition
    state: State
    rules: bool
    replaced_by: Recognition | None
    replaced_on: date | None
    entry: int | None = None

    @property
    def has_credential(self) -> bool:
        """It has a certificate that programs can check, too."""
        row = self.recognition
        return hasattr(row, "certificate") and row.evidence in CERTIFIED

    @property
    def words(self) -> str:
        """What became of it, in the active language."""
        if self.replaced_by is None or self.replaced_on is None:
            return state_words(self.state).public
        return _("Được thay bằng %(stars)d sao từ %(day)s") % {
            "stars": self.replaced_by.stars,
            "day": write_date(self.replaced_on),
        }


def facts_of(recognition: Recognition) -> Facts:
    """The dates of a row for the pure rules."""
    decision = recognition.decision
    return Facts(
        signed_on=decision.signed_on if decision else None,
        valid_from=recognition.valid_from,
        expires_on=recognition.expires_on,
        filed_on=recognition.filed_on,
        extended_until=recognition.extended_until,
        revoked_on=recognition.revoked_on,
        restored_on=recognition.restored_on,
        annulled_on=recognition.annulled_on,
        mistaken=recognition.mistaken,
        earlier=_earlier(recognition),
    )


def _earlier(recognition: Recognition) -> tuple[tuple[date, date], ...]:
    """Its revocations before the last one; none are asked for where there is no last one."""
    if recognition.revoked_on is None:
        return ()
    return tuple(
        (each.revoked_on, each.restored_on)
        for each in recognition.revocations.all()
        if each.restored_on is not None and each.withdrawn_on is None
    )


def life_line(actor: Actor, product: Product, on: date) -> list[Step]:
    """Every recognition of a product that the actor may see, oldest first; undated ones stand
    before all others, as nothing says when they were."""
    ordered = sorted(eligible(on).filter(product=product), key=place_of)
    began = {row.pk: row.began for row in ordered}
    after = {row.pk: later for row, later in pairwise(ordered)}
    last = ordered[-1] if ordered else None
    later_too = EXTENSION_COVERS_LATER.get()
    steps = []
    seen = with_place(visible_to(actor).filter(product=product))
    rows = list(
        seen.select_related("decision", "unit__parent", "certificate").prefetch_related(
            "revocations__case", "revocations__carried_from__case"
        )
    )
    logged = entries_of(row.pk for row in rows)
    for row in rows:
        facts = facts_of(row)
        replaced = last is not None and place_of(row) < place_of(last)
        next_one = after.get(row.pk)
        day = began[next_one.pk] if next_one else None
        held = day is not None and holds_star(state_on(facts, day, later_too=later_too))
        steps.append(
            Step(
                recognition=row,
                state=state_on(replace(facts, replaced=replaced), on, later_too=later_too),
                rules=last is not None and row.pk == last.pk,
                replaced_by=next_one if held else None,
                replaced_on=day if held else None,
                entry=logged.get(row.pk),
            )
        )
    return sorted(steps, key=lambda step: _first_day(step.recognition))


def _first_day(row: Recognition) -> tuple[date, int]:
    known = row.valid_from or (row.decision.signed_on if row.decision else None)
    day = known or row.evaluated_on or (date(row.year, 1, 1) if row.year else date.min)
    return day, row.pk
