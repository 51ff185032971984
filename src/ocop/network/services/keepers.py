"""Who keeps a point, and which points run together."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from ocop.core import db, folding
from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.checking import fits, needs_reason
from ocop.core.codes import public_code
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.network import notices, rules
from ocop.network.models import Chain, PointKeeper, PointState, SalesPoint, StockLine
from ocop.people import queries as people


@action("network.appoint_keeper")
def appoint_keeper(*, actor: Actor, point: SalesPoint, login: str, at: datetime) -> PointKeeper:
    """Let a person keep a point, from today: its goods and sales.

    `login` is the e-mail or telephone of an account. Refused: an account of none, somebody who
    keeps it already, a point that is not open.
    """
    require(actor, rules.may_decide)
    if point.state != PointState.RECOGNISED:
        raise _refuse("login", _("Điểm chưa được công nhận hoặc đã đóng, chưa giao người được."))
    user = people.by_login(login)
    if user is None:
        raise _refuse(
            "login",
            _("Không có tài khoản nào dùng địa chỉ hoặc số này. Hãy nhờ quản trị cấp tài khoản."),
        )
    on = timezone.localdate(at)
    try:
        with transaction.atomic():
            keeper = PointKeeper.objects.create(point=point, user=user, starts_on=on)
    except IntegrityError as error:
        raise _refuse("login", _("Người này đang phụ trách điểm.")) from error
    record(actor, "network.keeper_appointed", point, user, at=at)
    notices.appointed(point=point, user=user, at=at)
    return keeper


@action("network.end_keeper")
def end_keeper(*, actor: Actor, keeper: PointKeeper, reason: str, at: datetime) -> PointKeeper:
    """End that a person keeps a point, from today."""
    require(actor, rules.may_decide)
    needs_reason(reason)
    on = timezone.localdate(at)
    if not PointKeeper.objects.filter(pk=keeper.pk, ends_on=None).update(ends_on=on):
        raise Refused("keeper_ended", _("Người này đã thôi phụ trách điểm."))
    keeper.ends_on = on
    record(actor, "network.keeper_ended", keeper.point, keeper.user, at=at, reason=reason.strip())
    return keeper


@action("network.open_chain")
def open_chain(*, actor: Actor, name: str, shared_stock: bool, at: datetime) -> Chain:
    """Enter a chain of points; with shared stock, what one offers all offer.

    Refused: no name, or a name that a chain bears already.
    """
    require(actor, rules.may_decide)
    chain = Chain(code=public_code(), shared_stock=shared_stock, created_at=at)
    _name(chain, name)
    record(actor, "network.chain_opened", chain, at=at)
    return chain


@action("network.change_chain")
def change_chain(
    *, actor: Actor, chain: Chain, name: str, shared_stock: bool, at: datetime
) -> Chain:
    """Change the name of a chain, and whether its points share their stock: goods that the chain
    offers leave all its points when it shares no more. Refused as in `open_chain`."""
    require(actor, rules.may_decide)
    shared = Chain.objects.filter(pk=chain.pk, shared_stock=True).exists()
    chain.shared_stock = shared_stock
    _name(chain, name)
    if shared and not shared_stock:
        for point in chain.points.all():
            _remember(point, chain, at)
    record(actor, "network.chain_changed", chain, at=at, change={"shared": shared_stock})
    return chain


@action("network.join_chain")
def join_chain(*, actor: Actor, point: SalesPoint, chain: Chain | None, at: datetime) -> SalesPoint:
    """Put a point into a chain, or take it out of its own (None)."""
    require(actor, rules.may_decide)
    if point.chain and point.chain != chain and point.chain.shared_stock:
        _remember(point, point.chain, at)
    point.chain = chain
    point.save(update_fields=["chain"])
    change = {"chain": chain.code if chain else ""}
    record(actor, "network.chain_joined", point, at=at, change=change)
    return point


def _remember(point: SalesPoint, chain: Chain, at: datetime) -> None:
    """What a point offered by its chain, as lines of its own that ended: the sales of those months
    are still to be told."""
    on = timezone.localdate(at)
    kept = set(point.stock.exclude(ends_on=None).values_list("product", "starts_on", "ends_on"))
    lines = {
        (line.product_id, line.starts_on, on if line.ends_on is None else line.ends_on)
        for line in chain.stock.filter(starts_on__lte=on)
    }
    db.insert(
        [
            StockLine(point=point, product_id=key, starts_on=start, ends_on=end, created_at=at)
            for key, start, end in sorted(lines - kept)
        ]
    )


def _name(chain: Chain, name: str) -> None:
    cleaned = folding.clean(name)
    chain.name, chain.folded = cleaned, folding.words(cleaned)
    if not chain.folded:
        raise _refuse("name", _("Hãy ghi tên chuỗi."))
    taken = _refuse("name", _("Đã có chuỗi mang tên này."))
    if Chain.objects.filter(folded=chain.folded).exclude(pk=chain.pk).exists():
        raise taken
    fits(chain)
    try:
        with transaction.atomic():
            chain.save()
    except IntegrityError as error:  # somebody entered it at this moment
        raise taken from error


def _refuse(field: str, message: str) -> Refused:
    return Refused(f"network_{field}", message, fields={field: [message]})
