"""The one event of the log's own: that a key is in use."""

from datetime import datetime

from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.events import record
from ocop.core.keys import PublicKey
from ocop.core.models import Event
from ocop.recognition import rules
from ocop.recognition.log import chains


@action("recognition.announce_issuer_key")
def announce_issuer_key(*, actor: Actor, purpose: str, key: PublicKey, at: datetime) -> Event:
    """Tell that a key of this installation is in use, so that the public log holds it.

    The one before it has signed it (`core.keys.handover`): who trusts that one may trust this. The
    register's key signs all that is told, so that nobody else can tell of a key.
    """
    require(actor, rules.may_announce_key)
    change = chains.change_of(purpose, key)
    signature = chains.stated(chains.key_statement(change), at=at)
    return record(
        actor, "recognition.issuer_key_announced", at=at, change={**change, "stated": signature}
    )
