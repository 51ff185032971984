"""News of signals, to who looks into them: the first of each kind on a day, for they come in
floods; the list has them all."""

from collections.abc import Callable, Collection
from datetime import datetime

from django.utils import timezone

from ocop.core.language import gettext as _
from ocop.people import queries as people
from ocop.people.models import Message
from ocop.people.outbox import Words, tell_each
from ocop.people.roles import Role
from ocop.traceability.models.signals import SignalRule
from ocop.traceability.scans.suspicion import MEANING, Rule

LINK = "/dieu-hanh/truy-xuat/nghi-van/?state=open"


def raised(*, rules: Collection[Rule], at: datetime) -> list[Message]:
    """Rules caught something new: inspectors and the office learn of it."""
    on = timezone.localdate(at)
    users = [*people.office(on), *people.holders(Role.INSPECTOR, on=on)]
    told: list[Message] = []
    for rule in sorted(rules):
        told += tell_each(
            users=users,
            kind="traceability.signal_raised",
            key=f"signals:{rule}:{on.isoformat()}",
            words=_words(rule),
            at=at,
        )
    return told


def _words(rule: Rule) -> Callable[[], Words]:
    def said() -> Words:
        title = _("Nghi vấn từ lượt quét tem: %s") % SignalRule(rule).label
        return Words(title, _(MEANING[rule]), LINK)

    return said
