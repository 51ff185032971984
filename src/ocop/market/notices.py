"""News of selling online."""

from collections.abc import Callable
from datetime import datetime

from django.utils import timezone

from ocop.core.language import gettext as _
from ocop.market.models import ShopLink
from ocop.market.quarters import Quarter
from ocop.market.verdicts import WORDS, Reason
from ocop.people.models import Message
from ocop.people.outbox import Words, tell_each
from ocop.producers.models import Producer
from ocop.producers.queries import people_of

OWN = "/cua-toi/ban-online/"


def dead(*, link: ShopLink, at: datetime) -> list[Message]:
    """The producer learns that nobody can buy at a link any more."""

    def words() -> Words:
        return Words(
            _("Liên kết bán hàng không mở được: %s") % link.product.name,
            _(
                "%(why)s (%(address)s). Liên kết đã ra khỏi trang công khai. Hãy mở lại gian hàng "
                "rồi bấm kiểm tra lại, hoặc đổi sang địa chỉ khác."
            )
            % {"why": _(WORDS[Reason(link.reason)]), "address": link.address},
            f"{OWN}{link.product.producer.code}/",
        )

    what = f"link_dead:{link.code}:{timezone.localdate(at)}"
    return _tell(link.product.producer, what, words, at)


def untold(*, producer: Producer, quarter: Quarter, at: datetime) -> list[Message]:
    """The producer learns that the sales of a quarter are still to be told."""

    def words() -> Words:
        named = {"number": quarter.number, "year": quarter.year}
        return Words(
            _("Ghi doanh thu bán online quý %(number)s/%(year)s") % named,
            _("Quý đã hết mà chủ thể chưa ghi. Không bán được gì thì ghi số 0."),
            f"{OWN}{producer.code}/doanh-thu/{quarter.name}/",
        )

    return _tell(producer, f"online_untold:{producer.code}:{quarter.name}", words, at)


def _tell(producer: Producer, what: str, words: Callable[[], Words], at: datetime) -> list[Message]:
    return tell_each(
        users=people_of(producer, timezone.localdate(at)),
        kind=f"market.{what.partition(':')[0]}",
        key=f"market:{what}",
        words=words,
        at=at,
    )
