"""A re-evaluation filed in its window: called inside actions, records no event of its own.

From that day on the star waits for the council and asks nothing more of its producer.
"""

from datetime import date

from ocop.recognition.models import Recognition
from ocop.recognition.validity import filing_window


def note_filed(recognition: Recognition, on: date) -> None:
    """Note on a star that the dossier of its re-evaluation came in; one out of the window is not
    noted, nor one of a star whose last day is not known."""
    if recognition.expires_on is not None and on in filing_window(recognition.expires_on):
        _note(recognition, on)


def note_unfiled(recognition: Recognition) -> None:
    """The dossier was taken back or refused: the star asks for one again."""
    _note(recognition, None)


def note_again(recognition: Recognition, on: date) -> None:
    """The dossier that had come in on a day counts again."""
    _note(recognition, on)


def _note(recognition: Recognition, on: date | None) -> None:
    Recognition.objects.filter(pk=recognition.pk).update(filed_on=on)
    recognition.filed_on = on
