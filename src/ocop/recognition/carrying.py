"""What a void star leaves behind: called inside actions, with an event for each turn.

A revocation takes from a product the right to its star (Art. 8). That the star it names turns out
void, annulled (Art. 10.1b) or entered wrongly, undoes no decision: it is set aside by one (ADR 4).
So it takes what stands in the place of that star on its day: an older recognition, or the true
record that is entered later (`taking`, the one rule). Each star that is taken so has a revocation
of its own, with the same decision (`Revocation.carried_from`), and an entry in the public log.

What an act on void stars would take is told beforehand by the same code (`foreseen`).

An extension (Art. 12.3) that was confirmed for a wrong record holds for the true one.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone

from ocop.core.actor import Actor
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.numbers import write_date
from ocop.recognition.models import ImportBatch, Recognition, Revocation
from ocop.recognition.order import standing_of_product, stars_of, void_star
from ocop.recognition.postcheck import star_notices
from ocop.recognition.postcheck.lapsing import end_checks
from ocop.recognition.revoking import end_with, state_of
from ocop.recognition.taking import Void, heir
from ocop.recognition.validity import State, holds_star, last_extension_day

_TAKEN = (State.UNKNOWN, State.EXTENSION_UNCONFIRMED)


@dataclass(frozen=True, slots=True)
class Taken:
    """A star that a revocation takes from a day on, because the star that it names is void."""

    left: Revocation
    heir: Recognition
    day: date


def carry_over(actor: Actor, products: Collection[int], at: datetime) -> list[Revocation]:
    """Let the revocations of void stars of these products take what stands in their place. Asked
    whenever a star becomes void, comes before the public or is given back."""
    today = timezone.localdate(at)
    made = []
    for left in left_behind(products):
        taken = _taken(left, today)
        if taken is not None:
            made.append(_take(actor, taken, at))
    return made


def foreseen(rows: Collection[Recognition], void: Void, today: date) -> list[Taken]:
    """What `carry_over` would take if these rows became void today."""
    keys = {row.pk for row in rows}
    left = left_behind({row.product_id for row in rows}, also=keys)
    found: dict[int, Taken] = {}
    for each in left:
        taken = _taken(
            each, today, void=void if each.recognition_id in keys else None, without=keys
        )
        if taken is not None:
            found.setdefault(taken.heir.pk, taken)
    return list(found.values())


def take_place(actor: Actor, rows: Sequence[Recognition], at: datetime) -> None:
    """Let records that came before the public take over what void ones of their products left: to
    be asked after the event that tells of them."""
    carry_over(actor, {row.product_id for row in rows}, at)
    _take_extensions(actor, rows, at)


def _take_extensions(actor: Actor, rows: Sequence[Recognition], at: datetime) -> None:
    """Let records keep the extension of a wrong one in whose place they stand."""
    wrong = {
        row.product_id: row
        for row in Recognition.objects.filter(
            product__in=[row.product_id for row in rows],
            mistaken=True,
            extended_until__isnull=False,
        ).order_by("pk")
    }
    for row in rows:
        before, expires_on = wrong.get(row.product_id), row.expires_on
        if before is None or before.extended_until is None or expires_on is None:
            continue
        until, reason = before.extended_until, before.extension_reason
        if not (expires_on < until <= last_extension_day(expires_on)) or row.annulled_on:
            continue
        changed = Recognition.objects.filter(pk=row.pk, extended_until=None).update(
            extended_until=until, extension_reason=reason
        )
        if changed:
            row.extended_until, row.extension_reason = until, reason
            record(
                actor,
                "recognition.extension_confirmed",
                row,
                row.product,
                at=at,
                reason=reason,
                change={"until": str(until)},
            )


def left_behind(products: Collection[int], *, also: Collection[int] = ()) -> list[Revocation]:
    """The revocations of void stars that count, as they were decided, oldest first; `also`: of
    these stars, too."""
    rows = Revocation.objects.filter(
        Q(recognition__annulled_on__isnull=False) | Q(recognition__in=also),
        recognition__product__in=products,
        withdrawn_on=None,
        carried_from=None,
    )
    return list(rows.select_related("recognition__decision").order_by("revoked_on", "pk"))


def carrying_of(batch: ImportBatch) -> list[int]:
    """The products of an import of which void stars left revocations behind."""
    void = Revocation.objects.filter(
        recognition__annulled_on__isnull=False, withdrawn_on=None, carried_from=None
    )
    rows = Recognition.objects.filter(
        batch=batch, product__in=void.order_by().values("recognition__product")
    )
    return list(rows.order_by().values_list("product", flat=True).distinct())


def _taken(
    left: Revocation, today: date, *, void: Void | None = None, without: Collection[int] = ()
) -> Taken | None:
    """What a revocation takes in the place of the star that it names; None: nothing. `void`: as if
    that star became so now; `without`: as if these did not count."""
    rows = standing_of_product(left.recognition.product_id, today)
    others = [row for key, row in rows.items() if key not in without]
    found = heir(void_star(left.recognition_id, void), left.revoked_on, stars_of(others))
    if found is None:
        return None
    star = rows[found.key]
    day = _from_day(left, star)
    return Taken(left, star, day) if day is not None else None


def _from_day(left: Revocation, star: Recognition) -> date | None:
    """From which day on a revocation takes a star; None: it does not."""
    if star.revocations.filter(carried_from=left).exists():
        return None
    day = left.revoked_on
    if star.revoked_on is not None:
        if star.restored_on is None:
            return None  # it has no star to take; asked again when it is given back
        day = max(day, star.restored_on)
    if left.restored_on is not None and left.restored_on <= day:
        return None
    state = state_of(star, day)
    return day if holds_star(state) or state in _TAKEN else None


def _take(actor: Actor, taken: Taken, at: datetime) -> Revocation:
    left, star, day = taken.left, taken.heir, taken.day
    made = end_with(
        Revocation(
            recognition=star,
            ground=left.ground,
            revoked_on=day,
            number=left.number,
            signed_on=left.signed_on,
            authority=left.authority,
            restored_on=left.restored_on,
            restoring_number=left.restoring_number,
            restoring_signed_on=left.restoring_signed_on,
            restoring_authority=left.restoring_authority,
            carried_from=left,
        )
    )
    reason = why(left.recognition)
    paper = {
        "number": left.number,
        "signed_on": str(left.signed_on or ""),
        "authority": left.authority,
    }
    record(
        actor,
        "recognition.revoked",
        star,
        star.product,
        at=at,
        reason=reason,
        change={"ground": left.ground, "on": str(day), "named": left.recognition_id, **paper},
    )
    if left.restored_on is not None:
        back = {
            "number": left.restoring_number,
            "signed_on": str(left.restoring_signed_on or ""),
            "authority": left.restoring_authority,
        }
        record(
            actor,
            "recognition.restored",
            star,
            star.product,
            at=at,
            reason=reason,
            change={"on": str(left.restored_on), **back},
        )
        return made
    end_checks(actor=actor, recognition=star, at=at)
    star_notices.revoked(revocation=made, reason=reason, at=at)
    return made


def why(void: Recognition) -> str:
    """Why a decision takes another star than the one that it names."""
    day = write_date(void.annulled_on) if void.annulled_on else ""
    told = {"stars": void.stars, "day": day}
    if void.mistaken:
        return (
            _(
                "Bản ghi %(stars)d sao bị thu hồi là ghi nhầm, đính chính ngày %(day)s. Quyết định "
                "thu hồi không vì thế mà mất hiệu lực."
            )
            % told
        )
    return (
        _(
            "Kết quả %(stars)d sao bị thu hồi đã bị hủy ngày %(day)s. Quyết định thu hồi không vì "
            "thế mà mất hiệu lực: hạng sao trước đó không tự có giá trị lại."
        )
        % told
    )
