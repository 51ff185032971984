"""The plan of an event's booths, and who stands on which by hand."""

from collections.abc import Sequence
from datetime import datetime

from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.checking import fits
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.promotion import lifecycle, notices, plan, rules
from ocop.promotion.models import (
    ApplicationState,
    BoothAssignment,
    EventApplication,
    EventBooth,
    TradeEvent,
)
from ocop.promotion.services.events import expect_alive

_COLUMNS = ("x", "y", "width", "depth", "sector", "power", "water", "kept_for")


@action("promotion.set_plan")
def set_plan(
    *, actor: Actor, event: TradeEvent, hall: plan.Hall, spots: Sequence[plan.Spot], at: datetime
) -> list[EventBooth]:
    """Put this plan in the place of the one there was. Booths of the same number stay the same, and
    who stands there stays.

    Refused: an event without booths or over, what cannot be built, a booth taken away or kept
    while somebody stands on it.
    """
    require(actor, rules.may_organise)
    TradeEvent.objects.select_for_update().get(pk=event.pk)
    event.refresh_from_db(fields=["state", "takes_booths"])
    expect_alive(event)
    if not event.takes_booths:
        raise Refused("no_booths", _("Sự kiện này không có gian hàng."))
    plan.check(hall, spots)
    wanted = {spot.label: spot for spot in spots}
    here = {booth.label: booth for booth in event.booths.select_related("assignment")}
    for label, booth in here.items():
        spot = wanted.get(label)
        if hasattr(booth, "assignment") and (spot is None or spot.kept_for):
            raise _refuse("spots", _("Gian %s đã xếp cho một hồ sơ. Hãy bỏ xếp trước.") % label)
    event.booths.exclude(label__in=wanted).delete()
    kept = [here[label] for label in here if label in wanted]
    for booth in kept:
        _fill(booth, wanted[booth.label])
    EventBooth.objects.bulk_update(kept, _COLUMNS, batch_size=500)
    new = [EventBooth(event=event, label=label) for label in wanted if label not in here]
    for booth in new:
        _fill(booth, wanted[booth.label])
    EventBooth.objects.bulk_create(new)
    event.hall_width, event.hall_depth = hall.width, hall.depth
    event.save(update_fields=["hall_width", "hall_depth"])
    record(actor, "promotion.plan_set", event, at=at, change={"booths": len(wanted)})
    return list(event.booths.order_by("label"))


@action("promotion.assign_booth")
def assign_booth(
    *, actor: Actor, application: EventApplication, booth: EventBooth, at: datetime
) -> BoothAssignment:
    """Give an applicant this booth by hand; the next allocation leaves it there. Once the result is
    told, the applicant is told of the booth at once.

    Refused: a booth of another event, taken or kept; an application refused or withdrawn; an
    event still called for or over.
    """
    require(actor, rules.may_organise)
    event = application.event
    TradeEvent.objects.select_for_update().get(pk=event.pk)
    application.refresh_from_db(fields=["state"])
    _expect_choosing(event)
    if application.state not in (ApplicationState.SENT, ApplicationState.ACCEPTED):
        raise _refuse("application", _("Hồ sơ này đã rút hoặc không được tham gia."))
    if booth.event_id != event.pk:
        raise _refuse("booth", _("Gian này thuộc sự kiện khác."))
    if booth.kept_for:
        raise _refuse("booth", _("Gian %(label)s dành cho: %(whom)s.")
            % {"label": booth.label, "whom": booth.kept_for})  # fmt: skip
    others = BoothAssignment.objects.filter(booth=booth).exclude(application=application)
    if others.exists():
        raise _refuse("booth", _("Gian %s đã có hồ sơ khác.") % booth.label)
    BoothAssignment.objects.filter(application=application).delete()
    made = BoothAssignment.objects.create(
        booth=booth, application=application, by_hand=True, assigned_at=at
    )
    record(
        actor,
        "promotion.booth_assigned",
        application,
        event,
        application.producer,
        at=at,
        change={"booth": booth.label},
    )
    if application.state == ApplicationState.ACCEPTED:
        notices.accepted(application=application, label=booth.label, at=at)
    return made


@action("promotion.clear_booth")
def clear_booth(*, actor: Actor, application: EventApplication, at: datetime) -> EventApplication:
    """Take an applicant off its booth. Refused: it has none; an event that is over."""
    require(actor, rules.may_organise)
    _expect_choosing(application.event)
    found = BoothAssignment.objects.filter(application=application).select_related("booth").first()
    if found is None:
        raise _refuse("booth", _("Hồ sơ này chưa được xếp gian."))
    label = found.booth.label
    found.delete()
    record(
        actor,
        "promotion.booth_cleared",
        application,
        application.event,
        at=at,
        change={"booth": label},
    )
    return application


def _expect_choosing(event: TradeEvent) -> None:
    event.refresh_from_db(fields=["state"])
    if event.state not in (lifecycle.SELECTING, lifecycle.PUBLISHED):
        raise Refused(
            "event_state", _("Chỉ xếp gian sau khi đóng đăng ký và trước khi sự kiện kết thúc.")
        )


def _fill(booth: EventBooth, spot: plan.Spot) -> None:
    for name in _COLUMNS:
        setattr(booth, name, getattr(spot, name))
    fits(booth)


def _refuse(field: str, message: str) -> Refused:
    return Refused(f"booth_{field}", message, fields={field: [message]})
