"""Writes of the keys of stamps."""

from datetime import datetime

from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.checking import needs_reason
from ocop.core.events import record
from ocop.traceability import rules, stamp_keys
from ocop.traceability.models import StampKey


@action("traceability.rotate_stamp_key")
def rotate_stamp_key(*, actor: Actor, reason: str, at: datetime) -> StampKey:
    """Take a new key of stamps into use. The one before issues nothing more; what was made with it
    stays valid and its secret stays in the file. Refused: sixteen keys were there."""
    require(actor, rules.may_rotate_keys)
    needs_reason(reason)
    StampKey.objects.filter(in_use=True).update(in_use=False, retired_at=at)
    key = stamp_keys.make(at=at)
    record(
        actor,
        "traceability.stamp_key_rotated",
        key,
        at=at,
        reason=reason.strip(),
        change={"version": key.version, "fingerprint": key.fingerprint},
    )
    return key
