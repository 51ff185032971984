"""Writes of the photographs of a centre, which everybody sees."""

from datetime import datetime

from django.utils import timezone

from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.checking import fits, needs_reason
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.network.centres import rules
from ocop.network.centres.models import CentrePhoto, CentreState, DesignCentre
from ocop.network.centres.services.centres import expect_state, refuse
from ocop.network.services.pictures import shown_picture


@action("network.add_centre_photo")
def add_centre_photo(
    *,
    actor: Actor,
    centre: DesignCentre,
    content: bytes,
    filename: str,
    caption: str,
    at: datetime,
) -> CentrePhoto:
    """Add a photograph of a centre. Refused: no picture, no caption, one that is there, too many of
    them, a centre that is over."""
    require(actor, rules.may_change, centre, timezone.localdate(at))
    expect_state(centre, CentreState.APPLIED, CentreState.RECOGNISED)
    DesignCentre.objects.select_for_update().get(pk=centre.pk)  # their number is a limit
    told = shown_picture(
        centre.photos.all(),
        content=content, filename=filename, caption=caption, at=at, refuse=refuse,
    )  # fmt: skip
    photo = CentrePhoto(centre=centre, **told)
    fits(photo)
    photo.save()
    record(actor, "network.centre_photo_added", centre, at=at)
    return photo


@action("network.remove_centre_photo")
def remove_centre_photo(
    *, actor: Actor, photo: CentrePhoto, reason: str, at: datetime
) -> DesignCentre:
    """Take a photograph off the page of a centre, also of one that is over."""
    require(actor, rules.may_change, photo.centre, timezone.localdate(at))
    needs_reason(reason)
    removed, _rows = CentrePhoto.objects.filter(pk=photo.pk).delete()
    if not removed:
        raise Refused("centre_photo_gone", _("Ảnh này không còn ở trang của trung tâm."))
    record(actor, "network.centre_photo_removed", photo.centre, at=at, reason=reason.strip())
    return photo.centre
