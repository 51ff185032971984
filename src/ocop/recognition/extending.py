"""The end of an extension before its last day: called inside actions, records no event of its own.

Art. 12.3 keeps a star until the authority decides. A new recognition takes its place by itself; a
refusal ends the extension with the day before it, so that the star on any day before stays as it
was. A star that was not extended by then has no extension to come: its last day stands as the last
day of the extension, too.
"""

from datetime import date, timedelta

from ocop.recognition.models import Recognition
from ocop.recognition.validity import last_extension_day


def end_extension(recognition: Recognition, on: date) -> date | None:
    """Cut an extension short, decided upon on a day, or rule it out; its last day now, None where
    none was left to end."""
    until, expires_on = recognition.extended_until, recognition.expires_on
    if expires_on is None or (until or last_extension_day(expires_on)) < on:
        return None
    last = expires_on if until is None else max(expires_on, on - timedelta(days=1))
    changed = Recognition.objects.filter(pk=recognition.pk, extended_until=until).update(
        extended_until=last
    )
    if not changed:
        return None
    recognition.extended_until = last
    return last
