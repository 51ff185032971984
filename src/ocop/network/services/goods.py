"""Writes of what stands at points."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from ocop.core import folding
from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.checking import fits, needs_reason
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.network import rules
from ocop.network.models import Basis, KeyGood, PointState, SalesPoint, StockLine
from ocop.network.queries import goods
from ocop.network.standing_goods import ALLOWED, WORDS
from ocop.products.models import Product


@action("network.stock_product")
def stock_product(
    *, actor: Actor, point: SalesPoint, product: Product, shared: bool = False, at: datetime
) -> StockLine:
    """Offer a product at a point from today; with `shared` at all points of its chain.

    Refused: goods that may not stand there today, what is offered already, a chain that shares no
    stock, a point that is not open.
    """
    on = timezone.localdate(at)
    require(actor, rules.may_keep, point, on)
    if point.state != PointState.RECOGNISED:
        raise _refuse("product", _("Điểm chưa được công nhận hoặc đã đóng."))
    ((_product, told),) = goods.judged(Product.objects.filter(pk=product.pk), on)
    if told not in ALLOWED:
        raise _refuse("product", f"{_(WORDS[told])}.")
    if shared and not (point.chain and point.chain.shared_stock):
        raise _refuse("shared", _("Điểm không thuộc chuỗi có hàng dùng chung."))
    if goods.lines_of(point, on).filter(product=product).exists():
        raise _refuse("product", _("Sản phẩm này đã có trong danh sách của điểm."))
    owner = {"chain": point.chain} if shared else {"point": point}
    try:
        with transaction.atomic():
            line = StockLine.objects.create(product=product, starts_on=on, created_at=at, **owner)
    except IntegrityError as error:
        raise _refuse("product", _("Sản phẩm này đã có trong danh sách của điểm.")) from error
    record(actor, "network.product_stocked", point, product, at=at, change={"shared": shared})
    return line


@action("network.unstock_product")
def unstock_product(
    *, actor: Actor, point: SalesPoint, product: Product, at: datetime
) -> StockLine:
    """Offer a product no more, from today; what the chain shares leaves all its points. Of what
    stands there by the point and by its chain both end."""
    on = timezone.localdate(at)
    require(actor, rules.may_keep, point, on)
    lines = list(goods.lines_of(point, on).filter(product=product, ends_on=None).order_by("-chain"))
    keys = [line.pk for line in lines]
    if not StockLine.objects.filter(pk__in=keys, ends_on=None).update(ends_on=on):
        raise _refuse("product", _("Sản phẩm này không có trong danh sách của điểm."))
    line = lines[0]
    line.ends_on = on
    record(actor, "network.product_unstocked", point, product, at=at)
    return line


@action("network.list_key_good")
def list_key_good(
    *,
    actor: Actor,
    product: Product,
    basis: str,
    document: str,
    starts_on: date,
    at: datetime,
) -> KeyGood:
    """Enter that a document names a product as key, typical or a speciality: it may stand at points
    without a star. Refused: no document, another basis, one that is entered already."""
    require(actor, rules.may_decide)
    if basis not in Basis.values:
        raise _refuse("basis", _("Hãy chọn căn cứ."))
    if not document.strip():
        raise _refuse("document", _("Hãy ghi số và ngày của văn bản."))
    good = KeyGood(
        product=product,
        basis=basis,
        document=folding.clean(document),
        starts_on=starts_on,
        created_at=at,
    )
    fits(good)
    try:
        with transaction.atomic():
            good.save()
    except IntegrityError as error:
        raise _refuse("basis", _("Sản phẩm đã được ghi theo căn cứ này.")) from error
    record(actor, "network.key_good_listed", product, at=at, change={"basis": basis})
    return good


@action("network.end_key_good")
def end_key_good(*, actor: Actor, good: KeyGood, reason: str, at: datetime) -> KeyGood:
    """End that a document names a product, from today."""
    require(actor, rules.may_decide)
    needs_reason(reason)
    on = max(timezone.localdate(at), good.starts_on)
    if not KeyGood.objects.filter(pk=good.pk, ends_on=None).update(ends_on=on):
        raise Refused("key_good_ended", _("Căn cứ này đã hết hiệu lực."))
    good.ends_on = on
    change = {"basis": good.basis}
    record(
        actor, "network.key_good_ended", good.product, at=at, reason=reason.strip(), change=change
    )
    return good


def _refuse(field: str, message: str) -> Refused:
    return Refused(f"goods_{field}", message, fields={field: [message]})
