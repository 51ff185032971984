"""Writes of links to shops: added, changed for another, closed, checked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from ocop.core import db, options
from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.checking import needs_reason
from ocop.core.codes import public_code
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.numbers import write_date, write_number
from ocop.core.refusals import Refused
from ocop.market import addresses, fetching, marketplaces, notices, queries, rules, verdicts
from ocop.market.models import LinkCheck, ShopLink
from ocop.market.verdicts import State
from ocop.products.models import Product

MOST_LINKS = 10  # of a product at a time
KEPT = timedelta(days=400)  # checks that changed nothing, then they are forgotten
#: Whether a person may have a link looked at again so soon after the last look.
PAUSE = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of asking for the page of a link."""

    link: ShopLink
    answer: fetching.Answer


@action("market.add_link")
def add_link(*, actor: Actor, product: Product, address: str, at: datetime) -> ShopLink:
    """Link a product to a shop elsewhere. The public sees the link once a check found the page.

    Refused: what is no address of a shop (`addresses.WORDS`), a marketplace that has closed or its
    first page, the same link twice, more links than anybody reads, a product no longer made.
    """
    on = timezone.localdate(at)
    require(actor, rules.may_sell, product.producer, on)
    link = _link(actor, product, address, on, at)
    if queries.links_on(on).filter(product=product).count() >= MOST_LINKS:
        message = _("Sản phẩm đã có %s liên kết. Hãy gỡ bớt trước khi thêm.")
        raise _refuse(message % write_number(MOST_LINKS))
    _save(link)
    record(actor, "market.link_added", link, product, at=at, change=_told(link))
    return link


@action("market.change_link")
def change_link(*, actor: Actor, link: ShopLink, address: str, at: datetime) -> ShopLink:
    """Put another address in the place of a link: the old one ends today, and the new one waits
    for its own check. Refused as when it is added; a link that has ended."""
    on = timezone.localdate(at)
    require(actor, rules.may_sell, link.product.producer, on)
    other = _link(actor, link.product, address, on, at)
    if other.address == link.address:
        raise _refuse(_("Đây vẫn là địa chỉ cũ."))
    _end(link, on)
    _save(other)
    change = {"from": link.address, **_told(other)}
    record(actor, "market.link_changed", link, other, link.product, at=at, change=change)
    return other


@action("market.close_link")
def close_link(*, actor: Actor, link: ShopLink, reason: str, at: datetime) -> ShopLink:
    """Take a link away, from today. Refused: one that has ended."""
    on = timezone.localdate(at)
    require(actor, rules.may_sell, link.product.producer, on)
    needs_reason(reason, most=500)
    _end(link, on)
    record(
        actor,
        "market.link_closed",
        link,
        link.product,
        at=at,
        reason=reason.strip(),
        change=_told(link),
    )
    return link


@action("market.ask_check")
def ask_check(*, actor: Actor, link: ShopLink, at: datetime) -> ShopLink:
    """Have a link looked at now, before its turn. Refused: one that has ended, or was looked at a
    moment ago."""
    require(actor, rules.may_sell, link.product.producer, timezone.localdate(at))
    if link.ends_on is not None:
        raise _ended(link.ends_on)
    if link.check_from is None:
        raise Refused("link_not_asked", _("Liên kết mẫu không được kiểm tra qua mạng."))
    if link.checked_at is not None and at - link.checked_at < PAUSE:
        raise Refused("link_just_checked", _("Vừa kiểm tra xong. Hãy đợi ít phút rồi thử lại."))
    ShopLink.objects.filter(pk=link.pk).update(check_from=at)
    link.refresh_from_db()
    record(actor, "market.check_asked", link, at=at)
    return link


@action("market.record_checks")
def record_checks(*, actor: Actor, checked: Sequence[Checked], at: datetime) -> list[ShopLink]:
    """Note what came of checks; gives back the links whose state changed. One that ended meanwhile
    is passed over. Who sells there is told when a link is dead."""
    require(actor, rules.may_manage)
    answers = {each.link.pk: each.answer for each in checked}
    rows = ShopLink.objects.select_for_update(of=("self",)).filter(pk__in=answers, ends_on=None)
    changed, found = [], []
    for link in rows.select_related("product__producer").order_by("pk"):
        answer, before = answers[link.pk], link.state
        verdict = verdicts.after(answer.reason, State(before), link.failures)
        link.state, link.failures = verdict.state.value, verdict.failures
        link.reason, link.checked_at = answer.reason.value, at
        link.check_from = at + verdict.again
        link.save(update_fields=["state", "failures", "reason", "checked_at", "check_from"])
        found.append(
            LinkCheck(
                link=link,
                at=at,
                state=link.state,
                changed=link.state != before,
                reason=link.reason,
                status=answer.status,
            )
        )
        if link.state != before:
            changed.append(link)
            if verdict.state == State.DEAD:
                notices.dead(link=link, at=at)
    db.insert(found)
    LinkCheck.objects.filter(link__in=answers, changed=False, at__lt=at - KEPT).delete()
    change = {"checked": len(found), "changed": len(changed)}
    record(actor, "market.links_checked", *changed, at=at, change=change)
    return changed


def _link(actor: Actor, product: Product, address: str, on: date, at: datetime) -> ShopLink:
    """The link that an address makes; not written yet."""
    if not queries.linkable(product.producer).filter(pk=product.pk).exists():
        raise _refuse(_("Sản phẩm này không còn được làm hoặc không thuộc Chương trình OCOP."))
    invented = options.DEMONSTRATION.get()
    try:
        kept = addresses.read(address, loopback=fetching.loopback(), examples=invented)
    except addresses.WrongAddress as wrong:
        raise _refuse(_(addresses.WORDS[wrong.why])) from wrong
    host = addresses.host_of(kept)
    place = marketplaces.of_host(host)
    if place and place.closed(on) and place.until:
        message = _("%(name)s đã ngừng hoạt động từ sau ngày %(day)s.")
        raise _refuse(message % {"name": place.name, "day": write_date(place.until)})
    if place and addresses.is_bare(kept):
        raise _refuse(
            _("Đây là trang chủ của %s. Hãy dẫn tới gian hàng hoặc trang sản phẩm.") % place.name
        )
    return ShopLink(
        code=public_code(),
        product=product,
        address=kept,
        host=host,
        marketplace=place.key if place else "",
        check_from=None if addresses.is_example(host) else at,
        starts_on=on,
        added_by_id=actor.user_id,
        demonstration=product.demonstration,
        created_at=at,
    )


def _save(link: ShopLink) -> None:
    try:
        with transaction.atomic():
            link.save()
    except IntegrityError as error:
        raise _refuse(_("Sản phẩm đã có liên kết này.")) from error


def _end(link: ShopLink, on: date) -> None:
    if not ShopLink.objects.filter(pk=link.pk, ends_on=None).update(ends_on=on, check_from=None):
        link.refresh_from_db()
        raise _ended(link.ends_on or on)
    link.ends_on, link.check_from = on, None


def _ended(on: date) -> Refused:
    return Refused("link_ended", _("Liên kết này đã gỡ ngày %s.") % write_date(on))


def _told(link: ShopLink) -> dict[str, str]:
    return {"address": link.address, "marketplace": link.marketplace}


def _refuse(message: str) -> Refused:
    return Refused("link_address", message, fields={"address": [message]})
