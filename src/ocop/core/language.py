"""The language of messages, for code that must not know the web framework.

Source strings are Vietnamese. `gettext` looks a string up in the project's own catalogue for the
language that the face (web request, API call, command) activated; Vietnamese is the source and
needs no catalogue. Models, forms and views use the framework's functions; both read one file.
"""

import gettext as _stdlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

LOCALE_DIR = Path(__file__).parent.parent / "locale"
LANGUAGES = ("vi", "en")

_active: ContextVar[str] = ContextVar("ocop_language", default="vi")


@cache
def _catalogue(language: str) -> _stdlib.NullTranslations:
    return _stdlib.translation("django", LOCALE_DIR, languages=[language], fallback=True)


def activate(language: str) -> None:
    """Make `language` the language of messages; anything but English means Vietnamese."""
    _active.set("en" if language.startswith("en") else "vi")


@contextmanager
def using(language: str) -> Iterator[None]:
    """Activate a language for a block, as for a letter to somebody who reads another one."""
    token = _active.set("en" if language.startswith("en") else "vi")
    try:
        yield
    finally:
        _active.reset(token)


def active() -> str:
    """The active language, `vi` or `en`."""
    return _active.get()


def gettext(message: str) -> str:
    """The message in the active language; the Vietnamese source when there is no translation."""
    language = _active.get()
    return message if language == "vi" else _catalogue(language).gettext(message)


def from_environment() -> str:
    """The language a terminal asks for: English for an English locale, otherwise Vietnamese."""
    for name in ("OCOP_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return "en" if value.startswith("en") else "vi"
    return "vi"


def noop(message: str) -> str:
    """Mark a string for the catalogue where it is defined; it is translated where it is shown."""
    return message
