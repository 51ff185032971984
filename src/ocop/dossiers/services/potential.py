"""Writes of the list of products with potential: what could enter or rise, and who helps."""

from dataclasses import dataclass, fields
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from ocop.core import folding, options
from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.checking import fits, needs_reason
from ocop.core.codes import public_code
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.dossiers import rules
from ocop.dossiers.models import Potential
from ocop.dossiers.services.registering import FIRST_YEAR
from ocop.people.models import User
from ocop.places.models import Unit
from ocop.products.models import Product


@dataclass(frozen=True, slots=True)
class Prospect:
    """What is known of a product with potential. `aim`: stars hoped for, 3 to 5."""

    product_name: str
    year: int
    producer_name: str = ""
    aim: int | None = None
    helper: str = ""
    officer: User | None = None
    need: str = ""
    product: Product | None = None


@action("dossiers.add_potential")
def add_potential(*, actor: Actor, unit: Unit, prospect: Prospect, at: datetime) -> Potential:
    """Put a product of a unit on the list.

    Refused: no name, a year that is over or more than five ahead, stars other than 3 to 5, the
    same product of the same producer standing on the list already.
    """
    require(actor, rules.may_keep_potential, unit)
    row = Potential(
        code=public_code(),
        unit=unit,
        province=options.PROVINCE.get(),
        demonstration=options.DEMONSTRATION.get(),
        created_at=at,
    )
    _fill(row, prospect, at)
    if row.year < timezone.localdate(at).year:
        raise _refuse("year", _("Năm dự kiến đã qua. Hãy ghi năm nay hoặc năm sau."))
    if _standing(row).exists():
        raise Refused(
            "potential_known",
            _("“%(name)s” đã có trong danh sách của %(unit)s.")
            % {"name": row.product_name, "unit": unit.name},
        )
    row.save()
    record(actor, "dossiers.potential_added", row, at=at, change={"year": row.year})
    return row


@action("dossiers.change_potential")
def change_potential(
    *, actor: Actor, potential: Potential, prospect: Prospect, at: datetime
) -> Potential:
    """Change what is known of a product on the list. Refused: one taken off before."""
    require(actor, rules.may_keep_potential, potential.unit)
    expect_standing(potential)
    _fill(potential, prospect, at)
    if _standing(potential).exclude(pk=potential.pk).exists():
        raise Refused("potential_known", _("“%s” đã có trong danh sách.") % potential.product_name)
    potential.save()
    record(actor, "dossiers.potential_changed", potential, at=at)
    return potential


@action("dossiers.end_potential")
def end_potential(*, actor: Actor, potential: Potential, reason: str, at: datetime) -> Potential:
    """Take a product off the list: it entered, or will not. The reason stays beside it."""
    require(actor, rules.may_keep_potential, potential.unit)
    needs_reason(reason)
    expect_standing(potential)
    potential.ended_on, potential.ended_reason = timezone.localdate(at), reason.strip()
    fits(potential)
    potential.save(update_fields=("ended_on", "ended_reason"))
    record(actor, "dossiers.potential_ended", potential, at=at, reason=reason.strip())
    return potential


def _fill(row: Potential, prospect: Prospect, at: datetime) -> None:
    for field in fields(prospect):
        value = getattr(prospect, field.name)
        setattr(row, field.name, folding.clean(value) if isinstance(value, str) else value)
    row.need = prospect.need.strip()
    if not row.product_name:
        raise _refuse("product_name", _("Hãy ghi tên sản phẩm."))
    if row.aim not in (None, 3, 4, 5):
        raise _refuse("aim", _("Hạng sao phấn đấu là 3, 4 hoặc 5."))
    if not FIRST_YEAR <= row.year <= timezone.localdate(at).year + 5:
        raise _refuse("year", _("Năm dự kiến không hợp lệ. Hãy ghi năm trong năm năm tới."))
    fits(row)


def _standing(row: Potential) -> QuerySet[Potential]:
    return Potential.objects.filter(
        unit=row.unit,
        product_name__iexact=row.product_name,
        producer_name__iexact=row.producer_name,
        ended_on=None,
    )


def expect_standing(potential: Potential) -> None:
    """Refuse a product that was taken off the list."""
    potential.refresh_from_db(fields=("ended_on",))
    if potential.ended_on is not None:
        raise Refused("potential_ended", _("Sản phẩm này đã được đưa ra khỏi danh sách."))


def _refuse(field: str, message: str) -> Refused:
    return Refused(f"potential_{field}", message, fields={field: [message]})
