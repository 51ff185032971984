"""What a void star leaves behind: called inside actions, with an event for each turn.

A revocation takes from a product the right to its star (Art. 8). That the star it names turns out
void, annulled (Art. 10.1b) or entered wrongly, undoes no decision: it is set aside by one (ADR 4).
So it takes whatever would stand in the place of that star on its day: an older recognition, or the
true record that is entered later. A recognition that was decided after the revocation is another
matter and is not touched. Each star that is taken so has a revocation of its own, with the same
decision (`Revocation.carried_from`), and an entry in the public log.

An extension (Art. 12.3) that was confirmed for a wrong record holds for the true one.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.utils import timezone

from ocop.core.actor import Actor
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.numbers import write_date
from ocop.recognition.models import ImportBatch, Recognition, Revocation
from ocop.recognition.postcheck import star_notices
from ocop.recognition.postcheck.lapsing import end_checks
from ocop.recognition.revoking import end_with, state_of
from ocop.recognition.standing import eligible, place_of, with_place
from ocop.recognition.validity import State, holds_star, last_extension_day

_TAKEN = (State.UNKNOWN, State.EXTENSION_UNCONFIRMED)


def carry_over(actor: Actor, products: Collection[int], at: datetime) -> list[Revocation]:
    """Let the revocations of void stars of these products take what stands in their place. Asked
    whenever a star becomes void, comes before the public or is given back."""
    today = timezone.localdate(at)
    made = []
    for left in left_behind(products):
        heir = heir_of(left, today)
        if heir is not None and (day := _from_day(left, heir)) is not None:
            made.append(_take(actor, left, heir, day, at))
    return made


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


def left_behind(products: Collection[int]) -> list[Revocation]:
    """The revocations of void stars that count, as they were decided, oldest first."""
    rows = Revocation.objects.filter(
        recognition__product__in=products,
        recognition__annulled_on__isnull=False,
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


def heir_of(left: Revocation, today: date) -> Recognition | None:
    """What stands on the day of a revocation in the place of the void star that it names; None:
    nothing. What came beside that star later, while it counted, was not taken with it."""
    void = with_place(Recognition.objects.filter(pk=left.recognition_id)).get()
    rows = eligible(today).filter(product=void.product_id).exclude(pk=void.pk)
    standing = [
        row
        for row in rows.select_related("decision", "product")
        if (row.began or date.min) <= left.revoked_on
        and (
            place_of(row) < place_of(void)
            or timezone.localdate(row.created_at) >= (void.annulled_on or date.min)
        )
    ]
    found: Recognition | None = max(standing, key=place_of, default=None)
    return found


def _from_day(left: Revocation, heir: Recognition) -> date | None:
    """From which day on a revocation takes an heir; None: it does not."""
    if heir.revocations.filter(carried_from=left).exists():
        return None
    day = left.revoked_on
    if heir.revoked_on is not None:
        if heir.restored_on is None:
            return None  # it has no star to take; asked again when it is given back
        day = max(day, heir.restored_on)
    if left.restored_on is not None and left.restored_on <= day:
        return None
    state = state_of(heir, day)
    return day if holds_star(state) or state in _TAKEN else None


def _take(actor: Actor, left: Revocation, heir: Recognition, day: date, at: datetime) -> Revocation:
    made = end_with(
        Revocation(
            recognition=heir,
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
        heir,
        heir.product,
        at=at,
        reason=reason,
        change={"ground": left.ground, "on": str(day), **paper},
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
            heir,
            heir.product,
            at=at,
            reason=reason,
            change={"on": str(left.restored_on), **back},
        )
        return made
    end_checks(actor=actor, recognition=heir, at=at)
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
