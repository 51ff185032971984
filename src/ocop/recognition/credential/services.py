"""The one event of the status list: that its bits changed."""

from datetime import datetime

from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.events import record
from ocop.core.models import Event
from ocop.recognition import rules
from ocop.recognition.credential import statuses
from ocop.recognition.log import chains


@action("recognition.publish_status_list")
def publish_status_list(*, actor: Actor, number: int, bits: statuses.Bits, at: datetime) -> Event:
    """Tell that the status list has a new version, so that the public log holds its digest.

    Who was shown another list than everybody else can prove it. The register's key signs what is
    told, so that nobody else can tell of a version.
    """
    require(actor, rules.may_publish_status_list)
    change = {
        "number": number,
        "bits": len(bits.bits) * 8,
        "set": bits.count,
        "sha256": bits.sha256,
    }
    signature = chains.stated(chains.list_statement(change), at=at)
    return record(
        actor, "recognition.status_list_changed", at=at, change={**change, "stated": signature}
    )
