"""Writes of producers and of the people who act for them."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone

from ocop.core import editing, folding, options
from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.checking import fits, needs_reason
from ocop.core.codes import public_code
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.refusals import NotAllowed, Refused
from ocop.people import phones
from ocop.people.models import User
from ocop.places.models import Level, Unit
from ocop.producers import rules, taxcode, websites
from ocop.producers.models import Producer, ProducerKind, ProducerMembership, Sex
from ocop.producers.queries import Restricted

#: Degrees within which all of Vietnam lies, its islands included.
_LATITUDES, _LONGITUDES = (6.0, 24.0), (102.0, 118.0)
#: More people no small enterprise has; a column of numbers holds it on both databases.
MOST_PEOPLE = 1_000_000
_UNKNOWN = Restricted()
#: What events keep the values of. Not name, address or number: a household's are a person's.
_OPEN = ("kind", "unit_id", "commune_id")


@dataclass(frozen=True, slots=True)
class Particulars:
    """What is open about a producer. `commune` is today's; `unit` the one of the time, if other."""

    name: str
    kind: ProducerKind = ProducerKind.UNKNOWN
    tax_code: str = ""
    address: str = ""
    commune: Unit | None = None
    unit: Unit | None = None
    lat: float | None = None
    lon: float | None = None
    phone: str = ""
    website: str = ""
    story: str = ""


@action("producers.create_producer")
def create_producer(
    *,
    actor: Actor,
    particulars: Particulars,
    restricted: Restricted = _UNKNOWN,
    at: datetime,
) -> Producer:
    """Enter a producer. An officer who enters it puts it before the public.

    Refused: no name, a malformed or already used tax code, a commune that is none today, half a
    position, more local workers than workers, facts about persons from who would not see them.
    """
    require(actor, rules.may_create_producer, particulars.commune)
    if restricted != _UNKNOWN and not rules.may_see_all_restricted(actor):
        raise _not_told()
    producer = Producer(
        code=public_code(),
        province=options.PROVINCE.get(),
        listed=True,
        demonstration=options.DEMONSTRATION.get(),
        created_at=at,
    )
    _fill(producer, particulars)
    _fill_restricted(producer, restricted)
    producer.save()
    record(actor, "producers.producer_created", producer, at=at)
    return producer


@action("producers.change_producer")
def change_producer(
    *,
    actor: Actor,
    producer: Producer,
    particulars: Particulars,
    restricted: Restricted | None = None,
    seen: str = "",
    at: datetime,
) -> Producer:
    """Change what is known of a producer. `restricted` None leaves those facts as they are.

    The search text of its products follows a new name by itself (see `products.search`). Refused
    as in `create_producer`; a producer's own people cannot move it to another commune. Refused,
    too, when something happened to the producer since the person saw it (`seen` is its
    `editing.mark` of then).
    """
    today = timezone.localdate(at)
    require(actor, rules.may_change_producer, producer, today)
    if particulars.commune != producer.commune:
        require(actor, rules.may_create_producer, particulars.commune)
    editing.refuse_stale(producer, seen)
    before = editing.values(producer)
    _fill(producer, particulars)
    if restricted is not None:
        if not rules.may_see_restricted(actor, producer, today):
            raise _not_told()
        _fill_restricted(producer, restricted)
    change = editing.told(before, producer, _OPEN)
    producer.save(update_fields=change["fields"])
    record(actor, "producers.producer_changed", producer, at=at, change=change)
    return producer


@action("producers.stop_producer")
def stop_producer(
    *, actor: Actor, producer: Producer, stopped_on: date, reason: str, at: datetime
) -> Producer:
    """Note that a producer stopped working on a day. Its stars are revoked by decision only."""
    require(actor, rules.may_stop_producer, producer)
    needs_reason(reason)
    if stopped_on > timezone.localdate(at):
        raise _refuse("stopped_on", _("Ngày ngừng không được sau hôm nay."))
    if not Producer.objects.filter(pk=producer.pk, stopped_on=None).update(stopped_on=stopped_on):
        raise Refused("producer_stopped", _("Chủ thể này đã được ghi là ngừng hoạt động."))
    producer.stopped_on = stopped_on
    record(actor, "producers.producer_stopped", producer, at=at, reason=reason.strip())
    return producer


@action("producers.resume_producer")
def resume_producer(*, actor: Actor, producer: Producer, reason: str, at: datetime) -> Producer:
    """Note that a producer works again."""
    require(actor, rules.may_stop_producer, producer)
    needs_reason(reason)
    stopped = Producer.objects.filter(pk=producer.pk, stopped_on__isnull=False)
    if not stopped.update(stopped_on=None):
        raise Refused("producer_working", _("Chủ thể này đang hoạt động."))
    producer.stopped_on = None
    record(actor, "producers.producer_resumed", producer, at=at, reason=reason.strip())
    return producer


@action("producers.add_member")
def add_member(
    *,
    actor: Actor,
    producer: Producer,
    user: User,
    starts_on: date,
    ends_on: date | None = None,
    at: datetime,
) -> ProducerMembership:
    """Let a person act for a producer from a day on; `ends_on` is the first day without."""
    require(actor, rules.may_manage_members)
    if ends_on is not None and ends_on <= starts_on:
        raise _refuse("ends_on", _("Ngày thôi phải sau ngày bắt đầu."))
    overlapping = ProducerMembership.objects.filter(
        Q(ends_on=None) | Q(ends_on__gt=starts_on), user=user, producer=producer
    )
    if ends_on is not None:
        overlapping = overlapping.filter(starts_on__lt=ends_on)
    if overlapping.exists():
        raise Refused("member_already", _("Người này đã gắn với chủ thể trong thời gian đó."))
    membership = ProducerMembership.objects.create(
        user=user, producer=producer, starts_on=starts_on, ends_on=ends_on
    )
    record(actor, "producers.member_added", producer, user, at=at)
    return membership


@action("producers.end_membership")
def end_membership(
    *, actor: Actor, membership: ProducerMembership, reason: str, at: datetime
) -> ProducerMembership:
    """End a membership today: from today on the person acts no more for the producer."""
    require(actor, rules.may_manage_members)
    needs_reason(reason)
    today = timezone.localdate(at)
    if membership.ends_on is not None and membership.ends_on <= today:
        raise Refused("membership_ended", _("Người này đã thôi gắn với chủ thể trước đó."))
    producer, user = membership.producer, membership.user
    if membership.starts_on >= today:
        membership.delete()
    else:
        membership.ends_on = today
        membership.save(update_fields=["ends_on"])
    record(actor, "producers.membership_ended", producer, user, at=at, reason=reason.strip())
    return membership


def _fill(producer: Producer, given: Particulars) -> None:
    producer.name = folding.clean(given.name)
    if not producer.name:
        raise _refuse("name", _("Hãy ghi tên chủ thể."))
    producer.folded = folding.words(producer.name)
    producer.kind = ProducerKind(given.kind)
    producer.tax_code = _tax_code(given.tax_code, producer)
    producer.address = folding.clean(given.address)
    _place(producer, given)
    producer.phone = _phone(given.phone)
    producer.website = _website(given.website)
    producer.story = given.story.strip()
    fits(producer)


def _not_told() -> NotAllowed:
    return NotAllowed(
        "restricted_facts",
        _("Thông tin về người đại diện và lao động chỉ chủ thể và Văn phòng được sửa."),
    )


def _fill_restricted(producer: Producer, given: Restricted) -> None:
    for name in ("members", "workers", "workers_local"):
        if (getattr(given, name) or 0) < 0:
            raise _refuse(name, _("Số người không được âm."))
        if (getattr(given, name) or 0) > MOST_PEOPLE:
            raise _refuse(name, _("Số người quá lớn. Hãy kiểm tra lại."))
    if given.workers is not None and (given.workers_local or 0) > given.workers:
        raise _refuse(
            "workers_local", _("Số lao động địa phương không được lớn hơn tổng số lao động.")
        )
    for name, value in asdict(given).items():
        setattr(producer, name, folding.clean(value) if isinstance(value, str) else value)
    if producer.leader_sex and producer.leader_sex not in Sex.values:
        raise _refuse("leader_sex", _("Giới tính chỉ có nữ hoặc nam, hoặc để trống."))
    fits(producer)


def _tax_code(text: str, producer: Producer) -> str:
    if not text.strip():
        return ""
    code = taxcode.normalise(text)
    if code is None:
        raise _refuse(
            "tax_code",
            _("Mã số thuế không đúng: 10 số, 13 số (chi nhánh) hoặc 12 số định danh cá nhân."),
        )
    if Producer.objects.filter(tax_code=code).exclude(pk=producer.pk).exists():
        raise _refuse("tax_code", _("Mã số thuế này đã có chủ thể khác. Hãy tìm chủ thể đó."))
    return code


def _place(producer: Producer, given: Particulars) -> None:
    commune = given.commune
    if commune is not None:
        if commune.level != Level.COMMUNE or commune.valid_to is not None:
            raise _refuse("commune", _("Hãy chọn xã, phường hiện nay."))
        if commune.parent is not None:
            producer.province = commune.parent.code
    producer.commune = commune
    producer.unit = given.unit or commune
    if (given.lat is None) != (given.lon is None):
        raise _refuse("lat", _("Hãy ghi cả vĩ độ và kinh độ, hoặc để trống cả hai."))
    if given.lat is not None and given.lon is not None:
        inside = _LATITUDES[0] <= given.lat <= _LATITUDES[1]
        if not (inside and _LONGITUDES[0] <= given.lon <= _LONGITUDES[1]):
            raise _refuse("lat", _("Vị trí nằm ngoài Việt Nam. Hãy kiểm tra vĩ độ, kinh độ."))
    producer.lat, producer.lon = given.lat, given.lon


def _phone(text: str) -> str:
    if not text.strip():
        return ""
    number = phones.normalise(text)
    if number is None:
        raise _refuse("phone", _("Số điện thoại không đúng, ví dụ 0912 345 678."))
    return number


def _website(text: str) -> str:
    if not text.strip():
        return ""
    address = websites.normalise(text)
    if address is None:
        raise _refuse("website", _("Địa chỉ trang web không đúng, ví dụ https://…"))
    return address


def _refuse(field: str, message: str) -> Refused:
    return Refused(f"producer_{field}", message, fields={field: [message]})
