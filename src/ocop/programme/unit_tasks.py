"""Reads of the tasks that the office gives to units, and of the units' answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from ocop.core.actor import SYSTEM, Actor
from ocop.dossiers.models import Registration
from ocop.people import queries as people
from ocop.people import rules as people_rules
from ocop.people.models import User
from ocop.people.roles import Role
from ocop.places import queries as places
from ocop.places.models import Unit
from ocop.products.models import Product
from ocop.programme import rules
from ocop.programme.models import TaskKind, UnitAnswer, UnitTask
from ocop.recognition.expiry import expiring
from ocop.recognition.last_days import is_extended, last_day_of
from ocop.recognition.models import Recognition
from ocop.recognition.visibility import published

#: From where a list of expired products begins: with the programme, so that none is left out.
_SINCE = date(2018, 1, 1)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a unit's list: its key in the answer, what it is, whose, and the day it ends;
    `kept_until` is the last day of an extension that carries it past that day."""

    key: str
    name: str
    producer: str
    ends_on: date | None = None
    word: str = ""  # how the unit answered
    kept_until: date | None = None


def visible_to(actor: Actor) -> QuerySet[Any]:
    """Tasks an actor may see, with the numbers of units `asked` and `answered`: the office and its
    auditors all, an officer those of the own units."""
    rows = UnitTask.objects.annotate(
        asked=Count("answers"), answered=Count("answers", filter=~Q(answers__answered_at=None))
    )
    if people_rules.may_see_everything(actor):
        return rows
    # A sub-query, for a join would count the own answers only.
    return rows.filter(pk__in=answers_visible_to(actor).values("task"))


def answers_visible_to(actor: Actor) -> QuerySet[UnitAnswer]:
    """The parts of tasks an actor may see: all for the office and its auditors; for an officer
    those of the own units, of the units below and of the units of then that went into them."""
    rows = UnitAnswer.objects.select_related("task", "unit", "attachment")
    if people_rules.may_see_everything(actor):
        return rows
    held = actor.unit_ids(Role.COMMUNE_OFFICER)
    if not held:
        return rows.none()
    units = Unit.objects.filter(Q(pk__in=held) | Q(parent__in=held) | Q(successions__new__in=held))
    return rows.filter(unit__in=units.values("pk"))


def open_answers(rows: QuerySet[UnitAnswer]) -> QuerySet[UnitAnswer]:
    """Those still to be given, nearest day first."""
    waiting = rows.filter(answered_at=None, task__cancelled_at=None)
    return waiting.order_by("task__due_on", "pk")


def may_answer(actor: Actor, answer: UnitAnswer) -> bool:
    """For pages: whether to offer the form."""
    return actor.is_system or rules.may_answer_task(actor, answer.unit)


def officers_of(unit: Unit, on: date) -> list[User]:
    """Who answers for a unit: its officers, or for a unit of then those of what it became."""
    units = [unit] if unit.valid_to is None else [unit, *places.now_of(unit)]
    found = {user.pk: user for one in units for user in people.officers_of(one, on)}
    return list(found.values())


def lists(
    kind: TaskKind, units: Sequence[Unit], *, year: int | None, due_on: date, on: date
) -> dict[int, list[str]]:
    """What a task is about, unit by unit: codes of products whose star ended or ends by the day,
    or keys of what the unit registered for the year so far; nothing for other kinds."""
    if kind == TaskKind.EXPIRED:
        return _expired(units, due_on=due_on, on=on)
    if kind == TaskKind.REGISTRATIONS:
        return {
            unit.pk: [str(key) for key in _registered(unit, year).values_list("pk", flat=True)]
            for unit in units
        }
    return {unit.pk: [] for unit in units}


def rows_of(answer: UnitAnswer) -> list[Row]:
    """The list of a unit's part in words, in its order; what was deleted since is left out."""
    if answer.task.kind == TaskKind.EXPIRED:
        products = {
            product.code: product
            for product in Product.objects.filter(code__in=answer.rows).select_related("producer")
        }
        ends = _ends([product.pk for product in products.values()])
        return [
            _row(products[code], ends.get(products[code].pk), answer.row_answers.get(code, ""))
            for code in answer.rows
            if code in products
        ]
    if answer.task.kind == TaskKind.REGISTRATIONS:
        found = Registration.objects.filter(pk__in=[int(key) for key in answer.rows])
        return [Row(str(row.pk), row.product_name, row.producer_name) for row in found]
    return []


def registered_now(answer: UnitAnswer) -> int:
    """How many products the unit has registered for the year of the task by now."""
    return _registered(answer.unit, answer.task.year).count()


def _registered(unit: Unit, year: int | None) -> QuerySet[Registration]:
    return Registration.objects.filter(unit=unit, year=year or 0, withdrawn_on=None)


def _expired(units: Sequence[Unit], *, due_on: date, on: date) -> dict[int, list[str]]:
    cells = {unit.pk: set(places.below(unit).values_list("pk", flat=True)) for unit in units}
    found: dict[int, list[str]] = {unit.pk: [] for unit in units}
    for commune in expiring(SYSTEM, _SINCE, due_on, on=on):
        for row in commune.rows:
            recognition = row.recognition
            at = {recognition.commune_id, recognition.unit_id} - {None}
            for key, cell in cells.items():
                if at & cell:
                    found[key].append(recognition.product.code)
    return found


def _ends(products: Sequence[int]) -> dict[int, Recognition]:
    """The published star of each product that ends last."""
    rows = Recognition.objects.filter(published(), product__in=products, annulled_on=None)
    rows = rows.exclude(expires_on=None).only("product", "expires_on", "extended_until")
    return {row.product_id: row for row in rows.order_by("expires_on")}


def _row(product: Product, star: Recognition | None, word: str) -> Row:
    kept = last_day_of(star) if star and is_extended(star) else None
    return Row(
        product.code,
        product.name,
        product.producer.name,
        star.expires_on if star else None,
        word,
        kept,
    )
