"""News of a request for more that the producer let pass: the dossier waits for somebody's word."""

from datetime import datetime

from django.utils import timezone

from ocop.core.language import gettext as _
from ocop.core.numbers import write_date
from ocop.dossiers.models import State, Supplement
from ocop.dossiers.notices import advisers, commune_people, heads, link_to, office_people, tell
from ocop.people.models import Message
from ocop.people.outbox import Words


def unanswered(*, supplement: Supplement, at: datetime) -> list[Message]:
    """Who has the dossier and the heads of the office learn, once, that no answer came in time."""
    dossier, on = supplement.dossier, timezone.localdate(at)
    at_commune = dossier.state == State.AT_COMMUNE
    holders = (
        commune_people(dossier, on)
        if at_commune
        else [*advisers(dossier), *office_people(dossier, on)]
    )

    def words() -> Words:
        return Words(
            _("Quá hạn chưa bổ sung: %s") % dossier.product.name,
            _(
                "Chủ thể chưa trả lời yêu cầu bổ sung có hạn %(day)s: %(wanted)s\n\nHãy nhắc chủ "
                "thể, hoặc trả lại hồ sơ kèm lý do."
            )
            % {"day": write_date(supplement.due_on), "wanted": supplement.wanted.strip()},
            link_to(dossier),
        )

    what = f"unanswered:{supplement.code}:{supplement.due_on}"
    return tell(dossier, [*holders, *heads(dossier, on)], what, words, at, once=True)
