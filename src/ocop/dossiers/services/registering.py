"""Writes of registrations."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils import timezone

from ocop.core import folding, options
from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.checking import check_text, fits
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.dossiers import rules
from ocop.dossiers.models import Registration
from ocop.dossiers.queries import filing, registrations
from ocop.dossiers.standing import AfterExpiry
from ocop.places.models import Unit
from ocop.products.models import Product
from ocop.recognition.models import Kind
from ocop.recognition.validity import State

FIRST_YEAR = 2018  # the programme began with Decision 490/QĐ-TTg of that year


@dataclass(frozen=True, slots=True)
class Entry:
    """One product of a unit's list. `product` is given when the register knows it already."""

    product_name: str
    producer_name: str = ""
    kind: Kind = Kind.FIRST
    product: Product | None = None


@action("dossiers.register_product")
def register_product(
    *, actor: Actor, unit: Unit, year: int, entry: Entry, registered_on: date, at: datetime
) -> Registration:
    """Enter a product that a unit registers for assessment in a year.

    Refused: a year or day outside the programme, a unit that did not exist that day, no name,
    the same product twice, a kind that contradicts the register, which also knows a product by its
    names in the unit.
    """
    require(actor, rules.may_register_product, unit)
    _check_frame(unit, year, registered_on, timezone.localdate(at))
    registration = _fill(unit, year, entry, registered_on)
    _refuse_known(unit, year, [registration])
    registration.save()
    record(actor, "dossiers.product_registered", registration, at=at, change={"year": year})
    return registration


@action("dossiers.register_list")
def register_list(
    *,
    actor: Actor,
    unit: Unit,
    year: int,
    entries: Sequence[Entry],
    registered_on: date,
    at: datetime,
) -> list[Registration]:
    """Enter a unit's whole list at once: all of it or, when one row is refused, nothing."""
    require(actor, rules.may_register_product, unit)
    _check_frame(unit, year, registered_on, timezone.localdate(at))
    if not entries:
        raise Refused("empty_list", _("Danh sách chưa có sản phẩm nào. Hãy thêm ít nhất một dòng."))
    rows = [_fill(unit, year, entry, registered_on) for entry in entries]
    _refuse_known(unit, year, rows)
    rows = Registration.objects.bulk_create(rows)
    record(
        actor,
        "dossiers.list_registered",
        unit,
        at=at,
        change={"year": year, "rows": len(rows)},
        also=[("registration", row.pk) for row in rows],
    )
    return rows


@action("dossiers.withdraw_registration")
def withdraw_registration(
    *, actor: Actor, registration: Registration, reason: str, at: datetime
) -> Registration:
    """Take a registration back. It stays on record and counts until the day before."""
    require(actor, rules.may_register_product, registration.unit)
    if not reason.strip():
        raise Refused("reason_needed", _("Hãy ghi lý do rút đăng ký."))
    check_text(reason.strip(), "reason")
    day = timezone.localdate(at)
    withdrawn = Registration.objects.filter(pk=registration.pk, withdrawn_on=None).update(
        withdrawn_on=day
    )
    if not withdrawn:
        raise Refused("already_withdrawn", _("Đăng ký này đã được rút trước đó."))
    registration.withdrawn_on = day
    record(actor, "dossiers.registration_withdrawn", registration, at=at, reason=reason.strip())
    return registration


def _check_frame(unit: Unit, year: int, registered_on: date, today: date) -> None:
    if not FIRST_YEAR <= year <= today.year + 2:
        raise Refused(
            "registration_year",
            _("Năm đăng ký phải từ %(first)d đến %(last)d.")
            % {"first": FIRST_YEAR, "last": today.year + 2},
        )
    if registered_on > today:
        raise Refused("registration_day", _("Ngày đăng ký không được sau hôm nay."))
    ended = unit.valid_to is not None and registered_on >= unit.valid_to
    if ended or registered_on < unit.valid_from:
        raise Refused(
            "unit_not_of_the_day",
            _("%(unit)s không tồn tại vào ngày %(day)s. Hãy chọn đơn vị hành chính của ngày đó.")
            % {"unit": unit.name, "day": f"{registered_on:%d/%m/%Y}"},
        )


def _fill(unit: Unit, year: int, entry: Entry, registered_on: date) -> Registration:
    name = folding.clean(entry.product_name)
    if not name:
        raise Refused("product_name", _("Hãy ghi tên sản phẩm."))
    known = entry.product or registrations.product_named(unit, name, entry.producer_name)
    entry = replace(entry, product=known)
    _check_kind(name, entry, registered_on)
    row = Registration(
        year=year,
        unit=unit,
        province=options.PROVINCE.get(),
        product_name=name,
        producer_name=folding.clean(entry.producer_name),
        product=entry.product,
        kind=entry.kind,
        registered_on=registered_on,
        demonstration=options.DEMONSTRATION.get(),
    )
    fits(row)
    return row


def _check_kind(name: str, entry: Entry, on: date) -> None:
    """A product ranked before cannot come for the first time, and only such a one comes again. One
    whose star was revoked has none to renew (Art. 8); how an expired one comes is a setting."""
    if entry.product is None:
        return
    ranked = entry.product.recognitions.filter(annulled_on=None).exists()
    found = filing.ruling(entry.product, on) if ranked else None
    state = found[1].state if found else None
    if state is State.REVOKED and entry.kind != Kind.FIRST:
        raise Refused(
            "star_revoked",
            _("Hạng sao của “%s” đã bị thu hồi. Hãy đăng ký đánh giá lần đầu.") % name,
        )
    as_first = state is State.EXPIRED and filing.after_expiry() is AfterExpiry.FIRST
    if ranked and entry.kind == Kind.FIRST and state is not State.REVOKED and not as_first:
        raise Refused(
            "already_ranked",
            _("“%s” đã được phân hạng. Hãy đăng ký nâng hạng hoặc đánh giá lại.") % name,
        )
    if not ranked and entry.kind != Kind.FIRST:
        raise Refused(
            "never_ranked", _("“%s” chưa được phân hạng. Hãy đăng ký đánh giá lần đầu.") % name
        )


def _refuse_known(unit: Unit, year: int, rows: Sequence[Registration]) -> None:
    """Refuse what stands twice or was registered before, whatever its capitals and spaces."""
    standing = Registration.objects.filter(unit=unit, year=year, withdrawn_on=None)
    known = {_key(*names) for names in standing.values_list("product_name", "producer_name")}
    listed: set[tuple[str, str]] = set()
    for row in rows:
        key = _key(row.product_name, row.producer_name)
        if key in listed:
            raise Refused(
                "twice_in_list",
                _("“%s” có hai lần trong danh sách này. Hãy giữ một dòng.") % row.product_name,
            )
        if key in known:
            raise Refused(
                "already_registered",
                _("“%(name)s” đã được %(unit)s đăng ký cho năm %(year)d.")
                % {"name": row.product_name, "unit": unit.name, "year": year},
            )
        listed.add(key)


def _key(product: str, producer: str) -> tuple[str, str]:
    return folding.clean(product).casefold(), folding.clean(producer).casefold()
