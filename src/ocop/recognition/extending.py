"""The end of an extension before its last day: called inside actions, records no event of its own.

Art. 12.3 keeps a star until the authority decides. A new recognition takes its place by itself; a
refusal ends the extension with the day before it, so that the star on any day before stays as it
was. A star that was not extended by then has no extension to come: its last day stands as the last
day of the extension, too.
"""

from datetime import date, timedelta

from ocop.recognition.models import Recognition
from ocop.recognition.validity import last_extension_day


def ended_by(recognition: Recognition, on: date) -> date | None:
    """The last day of an extension that ends, or is ruled out, by what is decided on a day; None
    where none is left to end."""
    until, expires_on = recognition.extended_until, recognition.expires_on
    if expires_on is None or (until or last_extension_day(expires_on)) < on:
        return None
    return expires_on if until is None else max(expires_on, on - timedelta(days=1))


def end_extension(recognition: Recognition, on: date) -> date | None:
    """Cut an extension short, decided upon on a day, or rule it out; its last day now, None where
    none was left to end."""
    last = ended_by(recognition, on)
    return last if last is not None and _set(recognition, last) else None


def resume_extension(recognition: Recognition, ended: date, until: date | None) -> bool:
    """Put back the last day that an extension had before it was ended with a day; whether it was.
    Not where somebody gave it another day since."""
    return recognition.extended_until == ended and _set(recognition, until)


def _set(recognition: Recognition, until: date | None) -> bool:
    changed = Recognition.objects.filter(
        pk=recognition.pk, extended_until=recognition.extended_until
    ).update(extended_until=until)
    if changed:
        recognition.extended_until = until
    return bool(changed)
