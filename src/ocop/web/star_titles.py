"""Titles of links to a star and to its credential, in Vietnamese and in English."""

from collections.abc import Callable

from django.utils import translation

from ocop.core import language
from ocop.core.language import gettext as _
from ocop.recognition.validity import State, state_words

Titles = tuple[str, str]


def star_titles(stars: int, state: str) -> Titles:
    """Of the page that tells the star by the day: what it is today."""
    return both(
        lambda: _("Hạng sao OCOP: %(stars)d sao, %(state)s") % _told(stars, state),
    )


def credential_titles(stars: int, state: str) -> Titles:
    """Of a credential."""
    return both(
        lambda: _("Chứng chỉ điện tử %(stars)d sao: %(state)s") % _told(stars, state),
    )


def both(words: Callable[[], str]) -> Titles:
    """Words in Vietnamese and in English, whatever the visitor reads."""
    found = []
    for said in language.LANGUAGES:
        with translation.override(said), language.using(said):
            found.append(words())
    vietnamese, english = found
    return vietnamese, english


def _told(stars: int, state: str) -> dict[str, object]:
    return {"stars": stars, "state": state_words(State(state)).public}
