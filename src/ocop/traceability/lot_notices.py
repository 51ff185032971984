"""News of what was changed of lots and sales units whose stamps are on packs."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from ocop.core.actor import Actor
from ocop.core.language import gettext as _
from ocop.core.language import noop as N_
from ocop.core.numbers import write_date, write_number
from ocop.people import queries as people
from ocop.people.models import Message, User
from ocop.people.outbox import Words, tell_each
from ocop.producers.models import Producer
from ocop.producers.queries import people_of
from ocop.traceability.models import Lot, TradeItem

_OFFICE, _OWN = "/dieu-hanh/truy-xuat/", "/cua-toi/truy-xuat/"
_FIELDS = {
    "produced_on": N_("ngày sản xuất"),
    "expires_on": N_("hạn sử dụng"),
    "site_id": N_("nơi sản xuất"),
    "quantity": N_("số lượng"),
    "measure": N_("đơn vị tính"),
    "name": N_("quy cách đóng gói"),
    "brand": N_("nhãn hiệu"),
    "shelf_life": N_("thời hạn sử dụng"),
    "standards": N_("tiêu chuẩn áp dụng"),
    "origin": N_("xuất xứ"),
    "certificates": N_("chứng nhận"),
    "warnings": N_("cảnh báo an toàn"),
    "other": N_("thông tin khác"),
}


def lot_changed(
    *, actor: Actor, lot: Lot, change: Mapping[str, Any], reason: str, at: datetime
) -> list[Message]:
    """Buyers now read something else of a lot: its producer and the office learn of it."""
    maker = lot.item.product.producer
    subject = N_("Đổi dữ liệu trên tem của lô %s")
    return _changed(actor, maker, f"lo/{lot.code}/", subject, lot.number, change, reason, at)


def item_changed(
    *, actor: Actor, item: TradeItem, change: Mapping[str, Any], reason: str, at: datetime
) -> list[Message]:
    """The same of a sales unit."""
    maker = item.product.producer
    subject = N_("Đổi dữ liệu trên tem của %s")
    return _changed(actor, maker, f"quy-cach/{item.code}/", subject, str(item), change, reason, at)


def _changed(
    actor: Actor, maker: Producer, path: str, subject: str, name: str, change: Mapping[str, Any],
    reason: str, at: datetime,
) -> list[Message]:  # fmt: skip
    on = timezone.localdate(at)

    def words(root: str) -> Callable[[], Words]:
        def said() -> Words:
            told = {"maker": maker.name, "what": _told(change), "reason": reason}
            body = _(
                "%(maker)s. Người mua quét tem từ nay thấy: %(what)s. Lý do: %(reason)s. Giá trị "
                "cũ và mới được giữ trong Hoạt động."
            )
            return Words(_(subject) % name, body % told, root + path)

        return said

    kind, key = "traceability.told_data_changed", f"told:{path}{at.isoformat()}"
    office = _but(actor, [*people.office(on), *people.officers_of(maker.commune, on)])
    own = _but(actor, people_of(maker, on))
    found = tell_each(users=office, kind=kind, key=key, words=words(_OFFICE), at=at)
    return found + tell_each(users=own, kind=kind, key=key, words=words(_OWN), at=at)


def _but(actor: Actor, users: Iterable[User]) -> list[User]:
    return [user for user in users if user.pk != actor.user_id]


def _told(change: Mapping[str, Any]) -> str:
    values = change.get("values", {})
    parts = []
    for name in change["fields"]:
        if name not in _FIELDS:
            continue
        word = _(_FIELDS[name])
        if name in values and name != "site_id":
            before, after = (_value(name, value) for value in values[name])
            word = f"{word} {before} → {after}"
        parts.append(word)
    return "; ".join(parts)


def _value(name: str, value: Any) -> str:
    """A value of a change, which JSON holds as text."""
    if value in (None, ""):
        return "–"
    if name.endswith("_on"):
        return write_date(date.fromisoformat(value))
    return write_number(Decimal(value)) if name == "quantity" else f"“{value}”"
