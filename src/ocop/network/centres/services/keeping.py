"""Who keeps a centre, and what came of it month by month."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.checking import needs_reason
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.network.centres import notices, queries, rules
from ocop.network.centres.models import CentreKeeper, CentreMonth, CentreState, DesignCentre
from ocop.network.centres.services.centres import expect_state, refuse
from ocop.people import queries as people

MOST_VISITORS = 10_000_000  # in a month: more is a slip of the finger
MOST_DONG = 10**15


@action("network.appoint_centre_keeper")
def appoint_centre_keeper(
    *, actor: Actor, centre: DesignCentre, login: str, at: datetime
) -> CentreKeeper:
    """Let a person keep a centre, from today: its visitors and income.

    `login` is the e-mail or telephone of an account. Refused: an account of none, somebody who
    keeps it already, a centre that is not recognised.
    """
    require(actor, rules.may_decide)
    expect_state(centre, CentreState.RECOGNISED)
    user = people.by_login(login)
    if user is None:
        raise refuse(
            "login",
            _("Không có tài khoản nào dùng địa chỉ hoặc số này. Hãy nhờ quản trị cấp tài khoản."),
        )
    on = timezone.localdate(at)
    try:
        with transaction.atomic():
            keeper = CentreKeeper.objects.create(centre=centre, user=user, starts_on=on)
    except IntegrityError as error:
        raise refuse("login", _("Người này đang phụ trách trung tâm.")) from error
    record(actor, "network.centre_keeper_appointed", centre, user, at=at)
    notices.appointed(centre=centre, user=user, at=at)
    return keeper


@action("network.end_centre_keeper")
def end_centre_keeper(
    *, actor: Actor, keeper: CentreKeeper, reason: str, at: datetime
) -> CentreKeeper:
    """End that a person keeps a centre, from today."""
    require(actor, rules.may_decide)
    needs_reason(reason)
    on = timezone.localdate(at)
    if not CentreKeeper.objects.filter(pk=keeper.pk, ends_on=None).update(ends_on=on):
        raise Refused("centre_keeper_ended", _("Người này đã thôi phụ trách trung tâm."))
    keeper.ends_on = on
    record(
        actor,
        "network.centre_keeper_ended",
        keeper.centre,
        keeper.user,
        at=at,
        reason=reason.strip(),
    )
    return keeper


@action("network.tell_centre_month")
def tell_centre_month(
    *,
    actor: Actor,
    centre: DesignCentre,
    month: date,
    visitors: int,
    income: int | None = None,
    at: datetime,
) -> CentreMonth:
    """Tell how many came to a centre in a month and what it took in, in đồng, as far as known.
    Told again it takes the place of what was told; what is as it was is told once, for a device
    that hears no answer sends it again.

    Refused: a month that may not be told, numbers below nothing or beyond belief.
    """
    on = timezone.localdate(at)
    require(actor, rules.may_keep, centre, on)
    DesignCentre.objects.select_for_update().get(pk=centre.pk)  # one teller after the other
    if month not in queries.tellable(centre, on):
        raise refuse(
            "month", _("Không ghi cho tháng này được: chọn tháng từ khi trung tâm được công nhận.")
        )
    if not 0 <= visitors <= MOST_VISITORS:
        raise refuse("visitors", _("Hãy ghi số khách từ 0 trở lên."))
    if income is not None and not 0 <= income <= MOST_DONG:
        raise refuse("income", _("Hãy ghi số tiền từ 0 trở lên."))
    before = CentreMonth.objects.filter(centre=centre, month=month).first()
    if before and (before.visitors, before.income) == (visitors, income):
        record(actor, "network.centre_month_told", centre, at=at, change={"again": True})
        return before
    row = before or CentreMonth(centre=centre, month=month)
    row.visitors, row.income = visitors, income
    row.sent_by_id, row.sent_at = actor.user_id, at
    row.save()
    change = {"month": month.isoformat(), "replaced": before is not None}
    record(actor, "network.centre_month_told", centre, at=at, change=change)
    return row
