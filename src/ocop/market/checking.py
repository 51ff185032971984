"""The worker's look at links whose check is due: some at a time, and few of one shop."""

import time
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings

from ocop.core.actor import SYSTEM
from ocop.market import fetching, queries
from ocop.market.models import ShopLink
from ocop.market.services.links import Checked, record_checks

PAUSE = timedelta(minutes=1)  # between two passes, so that no shop is pressed
MOST = 20  # links of a pass
MOST_OF_A_SHOP = 3
SECONDS = 60.0  # of a pass; others wait behind it
_LOOKED_AT = 500  # links among which those of a pass are chosen


def is_due(at: datetime) -> bool:
    """Whether links wait for their check, in an installation that makes any."""
    return bool(settings.OCOP_LINK_CHECKS) and queries.to_check(at).exists()


def check_due(
    *, at: datetime, ask: Callable[[str], fetching.Answer] | None = None, seconds: float = SECONDS
) -> int:
    """One pass; gives back how many links were asked. Nothing is written while a shop is asked."""
    if not is_due(at):
        return 0
    asking = _ask if ask is None else ask
    until = time.monotonic() + seconds
    checked = []
    for link in _chosen(at):
        if time.monotonic() >= until:
            break
        checked.append(Checked(link, asking(link.address)))
    record_checks(actor=SYSTEM, checked=checked, at=at)
    return len(checked)


def _chosen(at: datetime) -> list[ShopLink]:
    asked: Counter[str] = Counter()
    found = []
    for link in queries.to_check(at)[:_LOOKED_AT]:
        asked[link.host] += 1
        if asked[link.host] <= MOST_OF_A_SHOP:
            found.append(link)
    return found[:MOST]


def _ask(address: str) -> fetching.Answer:
    return fetching.ask(address, loopback=fetching.loopback())
