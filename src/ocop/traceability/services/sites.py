"""Writes of places where goods are grown, made, packed and kept."""

import re
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from ocop.core import editing, folding
from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.checking import fits, needs_reason
from ocop.core.codes import public_code
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.places.models import Level, Unit
from ocop.producers.models import Producer
from ocop.products.gtin import check_digit
from ocop.traceability import rules
from ocop.traceability.models import Site

_OPEN = ("name", "gln", "address", "commune_id")
_FOLDED = Site._meta.get_field("folded").max_length


@dataclass(frozen=True, slots=True)
class SiteParticulars:
    """What is known of a place. Without an address or a commune it has its producer's."""

    name: str
    gln: str = ""
    address: str = ""
    commune: Unit | None = None


@action("traceability.open_site")
def open_site(
    *, actor: Actor, producer: Producer, particulars: SiteParticulars, at: datetime
) -> Site:
    """Enter a place of a producer.

    Refused: no name, a GLN (GS1 General Specifications, 7.9) of another form or already used, a
    commune that is none today.
    """
    require(actor, rules.may_keep_items, producer, timezone.localdate(at))
    site = Site(code=public_code(), producer=producer, created_at=at)
    _fill(site, particulars)
    site.save()
    record(actor, "traceability.site_opened", site, producer, at=at)
    return site


@action("traceability.change_site")
def change_site(
    *, actor: Actor, site: Site, particulars: SiteParticulars, seen: str = "", at: datetime
) -> Site:
    """Change what is known of a place. Refused as in `open_site`."""
    require(actor, rules.may_keep_items, site.producer, timezone.localdate(at))
    editing.refuse_stale(site, seen)
    before = editing.values(site)
    _fill(site, particulars)
    change = editing.told(before, site, _OPEN)
    site.save(update_fields=change["fields"])
    record(actor, "traceability.site_changed", site, at=at, change=change)
    return site


@action("traceability.close_site")
def close_site(*, actor: Actor, site: Site, reason: str, at: datetime) -> Site:
    """Note that nothing is made at a place any more. What was made there stays told."""
    require(actor, rules.may_keep_items, site.producer, timezone.localdate(at))
    needs_reason(reason)
    if not Site.objects.filter(pk=site.pk, closed_at=None).update(closed_at=at):
        raise Refused("site_closed", _("Địa điểm này đã được ghi là không còn dùng."))
    site.closed_at = at
    record(actor, "traceability.site_closed", site, at=at, reason=reason.strip())
    return site


def _fill(site: Site, given: SiteParticulars) -> None:
    site.name = folding.clean(given.name)
    if not site.name:
        raise _refuse("name", _("Hãy ghi tên địa điểm, ví dụ “Vườn chè số 2”."))
    site.folded = folding.words(site.name)[:_FOLDED]
    site.gln = re.sub(r"[\s.\-]", "", given.gln)
    if site.gln and not (
        re.fullmatch("[0-9]{13}", site.gln) and check_digit(site.gln[:-1]) == int(site.gln[-1])
    ):
        raise _refuse("gln", _("Mã GLN có 13 chữ số, chữ số cuối là số kiểm tra. Hãy chép lại."))
    if site.gln and Site.objects.filter(gln=site.gln).exclude(pk=site.pk).exists():
        raise _refuse("gln", _("Mã GLN này đã ghi cho địa điểm khác."))
    site.commune = given.commune or site.commune or site.producer.commune
    if site.commune and (site.commune.level != Level.COMMUNE or site.commune.valid_to is not None):
        raise _refuse("commune", _("Hãy chọn xã, phường hiện nay."))
    site.address = folding.clean(given.address) or site.producer.address
    fits(site)


def _refuse(field: str, message: str) -> Refused:
    return Refused(f"site_{field}", message, fields={field: [message]})
