"""News of trade meetings: letters to buyers, who have no account, messages to all others."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone, translation

from ocop.core import language
from ocop.core.language import gettext as _
from ocop.core.numbers import write_date, write_number
from ocop.people import channels
from ocop.people import queries as people
from ocop.people.models import Channel, Message, User
from ocop.people.outbox import Words, tell_each, write_to
from ocop.producers.models import Producer
from ocop.producers.queries import people_of
from ocop.promotion.meetings.links import path_of
from ocop.promotion.meetings.models import (
    Demand,
    DemandOffer,
    FollowUp,
    MeetingRound,
    MeetingSlot,
)

OFFICE, OWN = "/dieu-hanh/su-kien/ket-noi/", "/cua-toi/ket-noi/"


def asked_to_confirm(*, demand: Demand, at: datetime) -> None:
    """The letter with which a buyer confirms that the address is theirs."""
    _write(
        demand,
        lambda: Words(
            _("Xác nhận nhu cầu mua: %s") % demand.wanted,
            _(
                "Có người vừa gửi nhu cầu này với địa chỉ thư của bạn. Nếu là bạn, hãy mở trang "
                "sau và bấm xác nhận; nếu không, hãy bỏ qua thư này. Trang này cũng là nơi xem "
                "chào hàng và kết thúc nhu cầu, chỉ bạn nên giữ địa chỉ."
            ),
        ),
        at,
    )


def confirmed(*, demand: Demand, at: datetime) -> list[Message]:
    """The office has a demand to look at."""
    return tell_each(
        users=people.office(timezone.localdate(at)),
        kind="promotion.demand",
        key=f"demand:{demand.code}:confirmed",
        words=lambda: Words(
            _("Nhu cầu mua chờ đăng: %s") % demand.wanted,
            _("Người mua đã xác nhận thư. Hãy xem nội dung rồi đăng hoặc từ chối."),
            f"{OFFICE}{demand.code}/",
        ),
        at=at,
    )


def published(*, demand: Demand, producers: Iterable[Producer], at: datetime) -> None:
    """The buyer learns that it is posted, producers of goods that fit that they are wanted."""
    _write(
        demand,
        lambda: Words(
            _("Đã đăng nhu cầu: %s") % demand.wanted,
            _("Nhu cầu hiện trên trang công khai đến hết ngày %s. Có chào hàng mới, bạn nhận thư.")
            % write_date(demand.open_until),
        ),
        at,
    )
    _tell(
        producers, "matched", demand.code,
        lambda: Words(
            _("Có người cần mua: %s") % demand.wanted,
            _("Sản phẩm của bạn phù hợp. Chào hàng đến hết ngày %s.")
            % write_date(demand.open_until),
            f"{OWN}{demand.code}/",
        ),
        at,
    )  # fmt: skip


def refused(*, demand: Demand, at: datetime) -> None:
    """The buyer learns why it is not posted."""
    _write(
        demand,
        lambda: Words(
            _("Nhu cầu không được đăng: %s") % demand.wanted, _("Lý do: %s") % demand.answer
        ),
        at,
    )


def closed(*, demand: Demand, at: datetime) -> None:
    """Whose offers stand learn that it is over."""
    rows = demand.offers.filter(state__in=("sent", "wanted")).select_related("producer")
    _tell(
        {row.producer for row in rows}, "demand_closed", demand.code,
        lambda: Words(
            _("Người mua đã kết thúc nhu cầu: %s") % demand.wanted, demand.answer,
            f"{OWN}{demand.code}/",
        ),
        at,
    )  # fmt: skip


def ending(*, demand: Demand, at: datetime) -> int:
    """The buyer learns that the last day is near or has passed, and how to look for longer; without
    an address, or where no letters leave the house, the office does. Gives back how many."""
    on = timezone.localdate(at)
    over = demand.open_until < on

    def words() -> Words:
        subject = _("Nhu cầu đã hết hạn: %s") if over else _("Nhu cầu sắp hết hạn: %s")
        day = _("Ngày cuối là %s; sau ngày đó nhu cầu rời trang công khai và không nhận chào hàng.")
        how = _("Muốn tìm tiếp, hãy mở trang sau và ghi ngày mới ở mục Gia hạn.")
        link = f"{OFFICE}{demand.code}/"
        body = " ".join((day % write_date(demand.open_until), how))
        return Words(subject % demand.wanted, body, link)

    if demand.email and Channel.EMAIL in channels.offered():
        _write(demand, words, at)
        return 1
    return len(
        tell_each(
            users=people.office(on), kind="promotion.demand_ending",
            key=f"demand:{demand.code}:ending:{demand.open_until.isoformat()}", words=words, at=at,
        )
    )  # fmt: skip


def offered(*, offer: DemandOffer, at: datetime) -> None:
    """The buyer has an offer to look at."""
    demand = offer.demand
    _write(
        demand,
        lambda: Words(
            _("Chào hàng mới cho: %s") % demand.wanted,
            _("%(producer)s chào %(product)s. Hãy cho biết bạn có muốn gặp không.")
            % {"producer": offer.producer.name, "product": offer.product.name},
        ),
        at,
    )


def judged(*, offer: DemandOffer, at: datetime) -> None:
    """The producer learns what the buyer said."""
    demand, wanted = offer.demand, offer.state == "wanted"

    def words() -> Words:
        told = _("Người mua muốn gặp bạn: %s") if wanted else _("Người mua chưa chọn: %s")
        body = (
            _("Xem cách liên hệ ở trang này; khi có buổi kết nối, lịch gặp được báo sau.")
            if wanted
            else _("Chào hàng này chưa được chọn lần này.")
        )
        return Words(told % demand.wanted, body, f"{OWN}{demand.code}/")

    _tell([offer.producer], "judged", f"{offer.code}:{at.isoformat()}", words, at)


def timetable(*, round: MeetingRound, slots: Sequence[MeetingSlot], at: datetime) -> None:
    """Each side learns when it meets whom, and where."""
    for host in {slot.host for slot in slots}:
        own = [slot for slot in slots if slot.host_id == host.pk]
        _write(
            host,
            lambda own=own: Words(  # type: ignore[misc]
                _("Lịch gặp: %s") % round.name,
                _lines(round, [(slot, slot.producer.name) for slot in own]),
            ),
            at,
        )
    for maker in {slot.producer for slot in slots}:
        own = [slot for slot in slots if slot.producer_id == maker.pk]
        _tell(
            [maker], "timetable", f"{round.code}:{at.isoformat()}",
            lambda own=own: Words(  # type: ignore[misc]
                _("Lịch gặp: %s") % round.name,
                _lines(round, [(slot, slot.host.buyer) for slot in own]),
                OWN,
            ),
            at,
        )  # fmt: skip


def called_off(*, round: MeetingRound, slots: Sequence[MeetingSlot], at: datetime) -> None:
    """Both sides of every meeting learn that the round is called off, and why."""

    def words() -> Words:
        return Words(
            _("Hủy buổi kết nối: %s") % round.name,
            " ".join(
                (
                    _("Buổi ngày %s không diễn ra.")
                    % write_date(timezone.localdate(round.starts_at)),
                    _("Lý do: %s") % round.cancelled_for,
                )
            ),
            OWN,
        )

    for host in {slot.host for slot in slots}:
        _write(host, words, at)
    makers = {slot.producer for slot in slots}
    _tell(makers, "meetings_cancelled", round.code, words, at)


def follow_up_due(*, follow_up: FollowUp, late: bool, at: datetime) -> list[Message]:
    """The producer is asked what was delivered; when no answer came, the office hears of it."""
    deal = follow_up.deal
    on = timezone.localdate(at)
    users: Iterable[User] = people.office(on) if late else people_of(deal.producer, on)

    def words() -> Words:
        subject = _("Chưa có kết quả thực hiện: %s") if late else _("Ghi kết quả thực hiện: %s")
        link = f"{OFFICE}hop-dong/{deal.code}/" if late else f"{OWN}hop-dong/{deal.code}/"
        return Words(
            subject % deal.subject,
            _("%(producer)s và %(buyer)s: hạn ghi %(day)s.")
            % {
                "producer": deal.producer.name,
                "buyer": deal.buyer,
                "day": write_date(follow_up.due_on),
            },
            link,
        )

    key = f"deal:{deal.code}:{follow_up.number}:{'late' if late else 'due'}"
    return tell_each(
        users=users, kind="promotion.follow_up", key=key, words=words,
        due_on=follow_up.due_on, at=at,
    )  # fmt: skip


def turn_at(round: MeetingRound, turn: int) -> datetime:
    """When a turn of a round begins."""
    return timezone.localtime(round.starts_at + timedelta(minutes=turn * round.minutes))


def _lines(round: MeetingRound, told: Sequence[tuple[MeetingSlot, str]]) -> str:
    day = _("Ngày %(day)s, tại %(place)s.") % {
        "day": write_date(timezone.localdate(round.starts_at)),
        "place": round.place,
    }
    rows = [
        _("%(time)s, bàn %(table)s: %(whom)s")
        % {
            "time": f"{turn_at(round, slot.turn):%H:%M}",
            "table": write_number(slot.table + 1),
            "whom": whom,
        }
        for slot, whom in sorted(told, key=lambda pair: pair[0].turn)
    ]
    return "\n".join([day, *rows])


def _write(demand: Demand, words: Callable[[], Words], at: datetime) -> None:
    """A letter to a buyer in their language, with the link that is theirs."""
    if not demand.email:
        return
    with language.using(demand.language), translation.override(demand.language):
        said = words()
        address = f"{settings.BASE_URL}{path_of(demand)}"
        body = "\n\n".join((said.body, address)) + "\n"
        write_to(address=demand.email, subject=said.subject, body=body, at=at)


def _tell(
    producers: Iterable[Producer], what: str, key: str, words: Callable[[], Words], at: datetime
) -> None:
    on = timezone.localdate(at)
    users = {user.pk: user for producer in producers for user in people_of(producer, on)}
    if users:
        tell_each(
            users=users.values(), kind=f"promotion.{what}", key=f"promotion:{what}:{key}",
            words=words, at=at,
        )  # fmt: skip
