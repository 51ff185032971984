"""Writes of photographs: of points, which everybody sees, and of visits."""

from datetime import datetime

from django.utils import timezone

from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.checking import fits, needs_reason
from ocop.core.events import record
from ocop.core.fieldwork import MOST_PHOTOS
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.network import rules
from ocop.network.models import PointPhoto, PointVisit, SalesPoint
from ocop.network.services.pictures import picture, shown_picture


@action("network.add_point_photo")
def add_point_photo(
    *, actor: Actor, point: SalesPoint, content: bytes, filename: str, caption: str, at: datetime
) -> PointPhoto:
    """Add a photograph of a point. Refused: no picture, no caption, too many of them."""
    require(actor, rules.may_change, point, timezone.localdate(at))
    _lock(point)
    told = shown_picture(
        point.photos.filter(visit=None),
        content=content, filename=filename, caption=caption, at=at, refuse=_refuse,
    )  # fmt: skip
    photo = PointPhoto(point=point, **told)
    fits(photo)
    photo.save()
    record(actor, "network.point_photo_added", point, at=at)
    return photo


@action("network.add_visit_photo")
def add_visit_photo(
    *, actor: Actor, visit: PointVisit, content: bytes, filename: str, at: datetime
) -> PointPhoto:
    """Keep a photograph of a visit; the same one sent twice is kept once. Refused: no picture, too
    many of them."""
    require(actor, rules.may_visit, visit.point)
    _lock(visit.point)
    stored = picture(content, filename, at, _refuse)
    photo = visit.photos.filter(attachment=stored).first()
    if photo is None:
        if visit.photos.count() >= MOST_PHOTOS:
            raise _refuse("photos", _("Mỗi lần thẩm định nhận nhiều nhất %d ảnh.") % MOST_PHOTOS)
        photo = PointPhoto.objects.create(
            point=visit.point, visit=visit, attachment=stored, created_at=at
        )
    record(actor, "network.visit_photo_added", visit.point, at=at)
    return photo


@action("network.remove_point_photo")
def remove_point_photo(*, actor: Actor, photo: PointPhoto, reason: str, at: datetime) -> SalesPoint:
    """Take a photograph off the page of a point. Those of a visit stay: they are its proof."""
    require(actor, rules.may_change, photo.point, timezone.localdate(at))
    needs_reason(reason)
    removed, _rows = PointPhoto.objects.filter(pk=photo.pk, visit=None).delete()
    if not removed:
        raise Refused("point_photo_gone", _("Ảnh này không còn ở trang của điểm."))
    record(actor, "network.point_photo_removed", photo.point, at=at, reason=reason.strip())
    return photo.point


def _lock(point: SalesPoint) -> None:
    """Photographs of one point come one after the other: their number is a limit."""
    SalesPoint.objects.select_for_update().get(pk=point.pk)


def _refuse(field: str, message: str) -> Refused:
    return Refused(f"point_{field}", message, fields={field: [message]})
