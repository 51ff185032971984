"""News of recalls, of their end, and of inspections that found something wrong.

The office, its inspectors, the people of every producer whose lots turn, and the officers of their
communes. Nobody reads in it which other producers there are: what was made of a lot is known to
whoever made it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from ocop.core.actor import Actor
from ocop.core.language import gettext as _
from ocop.core.language import noop as N_
from ocop.core.numbers import write_number
from ocop.people import queries as people
from ocop.people.models import Message, User
from ocop.people.outbox import Words, tell_each
from ocop.people.roles import Role
from ocop.producers.models import Producer
from ocop.producers.queries import people_of
from ocop.traceability.models import Lot
from ocop.traceability.portions import portions

_OFFICE, _OWN = "/dieu-hanh/truy-xuat/lo/", "/cua-toi/truy-xuat/lo/"
_NAMED = 10  # lots in one message; of more their number is told


@dataclass(frozen=True, slots=True)
class _News:
    """What happened to a lot and those that turned with it."""

    kind: str
    root: Lot
    reason: str
    subject: str  # msgids
    own: str
    others: str


def recalled(
    *, actor: Actor, root: Lot, turned: Sequence[int], at: datetime, itself: bool = True
) -> list[Message]:
    """A lot is recalled with those made of it; not `itself`: these were made of it later."""
    news = _News(
        "lot_recalled",
        root,
        root.recall_reason,
        N_("Thu hồi lô %s"),
        N_("Lô %(lots)s của %(maker)s bị thu hồi. Hãy dừng bán và báo những nơi đã nhận hàng."),
        N_("Lô %(lots)s của %(maker)s làm từ lô %(root)s nên bị thu hồi theo. Hãy dừng bán."),
    )
    return _tell(news, [root.pk, *turned] if itself else turned, actor, at)


def lifted(
    *, actor: Actor, root: Lot, free: Sequence[int], reason: str, at: datetime
) -> list[Message]:
    """A lot may be sold again, with those that had turned with it."""
    news = _News(
        "recall_lifted",
        root,
        reason,
        N_("Gỡ thu hồi lô %s"),
        N_("Lô %(lots)s của %(maker)s không còn bị thu hồi."),
        N_("Lô %(lots)s của %(maker)s, bị thu hồi theo lô %(root)s, không còn bị thu hồi."),
    )
    return _tell(news, [root.pk, *free], actor, at)


def not_conforming(*, actor: Actor, lot: Lot, note: str, at: datetime) -> list[Message]:
    """An inspection found that a lot is not as it should be."""
    maker, on = lot.item.product.producer, timezone.localdate(at)

    def words(root: str) -> Callable[[], Words]:
        def said() -> Words:
            told = {"maker": maker.name, "lot": _about(lot), "note": note}
            body = _("%(maker)s, lô %(lot)s: %(note)s") % told
            return Words(_("Kiểm tra không đạt: lô %s") % lot.number, body, _way(root, lot))

        return said

    kind, key = "traceability.lot_not_conforming", f"inspected:{lot.code}:{at.isoformat()}"
    office = _but(actor, [*people.office(on), *people.officers_of(maker.commune, on)])
    found = tell_each(users=office, kind=kind, key=key, words=words(_OFFICE), at=at)
    own = people_of(maker, on)
    return found + tell_each(users=own, kind=kind, key=key, words=words(_OWN), at=at)


def _tell(news: _News, keys: Sequence[int], actor: Actor, at: datetime) -> list[Message]:
    on, key = timezone.localdate(at), f"{news.kind}:{news.root.code}:{at.isoformat()}"
    told = _to_office(news, len(keys), key, actor, on, at)
    for maker, lots in _by_producer(keys).items():
        about = f"{key}:{maker.code}"
        for users, root in ((people_of(maker, on), _OWN),
                            (people.officers_of(maker.commune, on), _OFFICE)):  # fmt: skip
            words = _words(news, maker, lots, root)
            told += _send(_but(actor, users), news, about, words, at)
    return told


def _to_office(
    news: _News, count: int, key: str, actor: Actor, on: date, at: datetime
) -> list[Message]:
    lot = news.root

    def said() -> Words:
        body = _("%(maker)s, lô %(lot)s. Số lô thay đổi: %(count)s. Lý do: %(reason)s") % {
            "maker": lot.item.product.producer.name,
            "lot": _about(lot),
            "count": write_number(count),
            "reason": news.reason,
        }
        return Words(_(news.subject) % lot.number, body, _way(_OFFICE, lot))

    users = [*people.office(on), *people.holders(Role.INSPECTOR, on=on)]
    return _send(_but(actor, users), news, key, said, at)


def _words(news: _News, maker: Producer, lots: Sequence[Lot], root: str) -> Callable[[], Words]:
    own = maker.pk == news.root.item.product.producer_id
    first = next((lot for lot in lots if lot.pk == news.root.pk), lots[0])

    def said() -> Words:
        names = ", ".join(_about(lot) for lot in lots[:_NAMED])
        if len(lots) > _NAMED:
            names += _(" và %s lô khác") % write_number(len(lots) - _NAMED)
        body = _(news.own if own else news.others) % {
            "lots": names,
            "maker": maker.name,
            "root": _about(news.root),
        }
        reason = _("Lý do: %s") % news.reason
        return Words(_(news.subject) % first.number, f"{body} {reason}", _way(root, first))

    return said


def _send(
    users: Iterable[User], news: _News, key: str, words: Callable[[], Words], at: datetime
) -> list[Message]:
    return tell_each(users=users, kind=f"traceability.{news.kind}", key=key, words=words, at=at)


def _by_producer(keys: Sequence[int]) -> dict[Producer, list[Lot]]:
    found: dict[Producer, list[Lot]] = {}
    for some in portions(list(keys)):
        rows = Lot.objects.filter(pk__in=some).select_related("item__product__producer__commune")
        for lot in rows.order_by("pk"):
            found.setdefault(lot.item.product.producer, []).append(lot)
    return found


def _about(lot: Lot) -> str:
    return f"{lot.number} ({lot.item.product.name})"


def _way(root: str, lot: Lot) -> str:
    return f"{root}{lot.code}/nguon-goc/"


def _but(actor: Actor, users: Iterable[User]) -> list[User]:
    return [user for user in users if user.pk != actor.user_id]
