"""News of large papers: ready to take, or why not."""

from collections.abc import Callable
from datetime import datetime

from django.utils import timezone

from ocop.core.language import gettext as _
from ocop.core.numbers import write_date
from ocop.dossiers.models import MadePaper
from ocop.dossiers.papers import made as reading
from ocop.people import queries as people
from ocop.people.models import Message
from ocop.people.outbox import Words, tell_each


def ready(*, made: MadePaper, at: datetime) -> list[Message]:
    """Who asked and may still read it learns where it is."""

    def words() -> Words:
        last = timezone.localdate(at + reading.KEPT)
        return Words(
            _("Văn bản đã tạo xong: %s") % reading.subject(made),
            _("Tệp %(name)s đã sẵn sàng để tải, được giữ đến ngày %(day)s.")
            % {"name": made.name, "day": write_date(last)},
            page_of(made),
        )

    return _told(made, "ready", words, at)


def failed(*, made: MadePaper, at: datetime) -> list[Message]:
    """Who asked learns why it was not made, and what to do."""

    def words() -> Words:
        return Words(
            _("Không tạo được văn bản: %s") % reading.subject(made), made.failure, page_of(made)
        )

    return _told(made, "failed", words, at)


def page_of(made: MadePaper) -> str:
    """The path of its page."""
    return f"/van-ban/tep/{made.code}/"


def _told(made: MadePaper, how: str, words: Callable[[], Words], at: datetime) -> list[Message]:
    on = timezone.localdate(at)
    readers = [
        user
        for user in made.readers.all()
        if reading.is_readable(people.actor_for(user, on=on), made, on=on)
    ]
    return tell_each(
        users=readers,
        kind=f"dossiers.paper_{how}",
        key=f"paper:{made.code}:{made.run}:{how}",
        words=words,
        at=at,
    )
