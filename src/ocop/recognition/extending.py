"""The end of an extension before its last day: called inside actions, records no event of its own.

Art. 12.3 keeps a star until the authority decides. A new recognition takes its place by itself; a
refusal ends the extension with the day before it, so that the star on any day before stays as it
was.
"""

from datetime import date, timedelta

from ocop.recognition.models import Recognition


def end_extension(recognition: Recognition, on: date) -> date | None:
    """Cut an extension short, decided upon on a day; its last day now, None where none was left to
    end."""
    until, expires_on = recognition.extended_until, recognition.expires_on
    if until is None or expires_on is None or until < on:
        return None
    last = max(expires_on, on - timedelta(days=1))
    changed = Recognition.objects.filter(pk=recognition.pk, extended_until=until).update(
        extended_until=last
    )
    if not changed:
        return None
    recognition.extended_until = last
    return last
