"""Reads of registrations."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from ocop.core import folding
from ocop.core.actor import Actor
from ocop.dossiers import rules
from ocop.dossiers.models import Registration
from ocop.people import rules as people_rules
from ocop.people.roles import Role
from ocop.places.models import Unit
from ocop.producers.models import Producer
from ocop.products.models import Product

Names = tuple[str, str]  # of product and producer, folded


def visible_to(actor: Actor) -> QuerySet[Registration]:
    """Registrations an actor may read one by one.

    The office and its auditors read all; a commune officer those of the own unit, of the units
    below it and of the units it was made from; others none (they get counts, see `in_force`).
    """
    if people_rules.may_see_everything(actor):
        return Registration.objects.all()
    if not rules.may_see_registrations(actor):
        return Registration.objects.none()
    own = Q(pk__in=actor.unit_ids(Role.COMMUNE_OFFICER))
    units = Unit.objects.filter(
        own
        | Q(parent__in=actor.unit_ids(Role.COMMUNE_OFFICER))
        | Q(successions__new__in=actor.unit_ids(Role.COMMUNE_OFFICER))
    )
    return Registration.objects.filter(unit__in=units.values("pk"))


def in_force(*, province: str, as_of: date) -> QuerySet[Registration]:
    """Registrations of a province that stood at the end of a day: what is counted in public."""
    return Registration.objects.filter(
        Q(withdrawn_on=None) | Q(withdrawn_on__gt=as_of),
        province=province,
        registered_on__lte=as_of,
    )


def names_of(product: str, producer: str) -> Names:
    """Two names as they are compared, whatever their capitals, marks and signs."""
    return folding.words(product), folding.words(producer)


def named(names: Names, known: Iterable[Names]) -> Names | None:
    """Under which names a product was registered: its own, else its name without a producer."""
    among = set(known)
    return next((each for each in (names, (names[0], "")) if each in among), None)


def matching(product: Product, unit: Unit | None, year: int) -> Registration | None:
    """The registration of a year that a dossier of this product answers: of the product itself,
    else the unit's one of this name that no other product has answered."""
    standing = Registration.objects.filter(year=year, withdrawn_on=None)
    if own := standing.filter(product=product).first():
        return own
    taken = Registration.objects.filter(dossiers__isnull=False).exclude(dossiers__product=product)
    free = standing.filter(unit=unit, product=None).exclude(pk__in=taken.values("pk"))
    by_names = {names_of(row.product_name, row.producer_name): row for row in free}
    key = named(names_of(product.name, product.producer.name), by_names)
    return None if key is None else by_names[key]


def product_named(unit: Unit, product: str, producer: str) -> Product | None:
    """The product of a unit that a list means by these names; None where there is none or more than
    one, and where it names no producer."""
    if not folding.words(producer):
        return None
    wanted = names_of(product, producer)
    there = Product.objects.filter(Q(commune=unit) | Q(unit=unit), producer__folded=wanted[1])
    rows = [row for row in there.select_related("producer") if folding.words(row.name) == wanted[0]]
    return rows[0] if len(rows) == 1 else None


def unknown_producers(rows: Iterable[Registration]) -> list[str]:
    """The names of producers in registrations that the register does not know."""
    names = {folding.words(row.producer_name): row.producer_name for row in rows}
    known = set(Producer.objects.filter(folded__in=names).values_list("folded", flat=True))
    return [name for key, name in names.items() if key and key not in known]


def units_to_register(actor: Actor) -> QuerySet[Unit]:
    """The units of an officer's memberships, and those of today in them."""
    held = actor.unit_ids(Role.COMMUNE_OFFICER)
    return Unit.objects.filter(Q(pk__in=held) | Q(parent__in=held, valid_to=None)).order_by("name")
