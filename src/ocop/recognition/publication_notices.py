"""News of a decision that was published, for the producers whose products it recognises."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from functools import partial

from django.utils import timezone

from ocop.core.language import gettext as _
from ocop.core.numbers import write_date
from ocop.people.models import Message
from ocop.people.outbox import Words, tell_each
from ocop.producers.queries import people_of
from ocop.recognition.models import Decision, Recognition


def published(*, decision: Decision, rows: Sequence[Recognition], at: datetime) -> list[Message]:
    """Each producer learns of its products, in one message."""
    of_producer: dict[int, list[Recognition]] = defaultdict(list)
    for row in rows:
        of_producer[row.product.producer_id].append(row)
    told: list[Message] = []
    for key, own in of_producer.items():
        told += tell_each(
            users=people_of(own[0].product.producer, on=timezone.localdate(at)),
            kind="recognition.published",
            key=f"decision:{decision.pk}:published:{key}",
            words=partial(_words, decision, own),
            at=at,
        )
    return told


def _words(decision: Decision, rows: Sequence[Recognition]) -> Words:
    lines = [
        _("“%(product)s” đạt %(stars)d sao, đến hết ngày %(day)s.")
        % {"product": row.product.name, "stars": row.stars, "day": write_date(row.expires_on)}
        if row.expires_on
        else _("“%(product)s” đạt %(stars)d sao.")
        % {"product": row.product.name, "stars": row.stars}
        for row in rows
    ]
    return Words(
        _("Quyết định %s đã được công bố") % decision.number,
        "\n".join(lines),
        f"/quyet-dinh/{decision.pk}/",
    )
