"""What the error workbook adds to a registry, and how it is known again when it is brought back.

Before the columns of the registry stand three of our own, and under the headings a line that names
the field every column was read as, or says that it was not. So the workbook is read with the same
columns, whoever told them and wherever they were moved.
"""

from collections.abc import Mapping, Sequence
from functools import cache

from ocop.core import folding, language
from ocop.core.language import gettext as _
from ocop.core.language import noop as N_
from ocop.recognition.registry_import.fields import Field

TITLES = (N_("Dòng"), N_("Kết quả"), N_("Lý do và việc cần làm"))
READ_AS = N_("Được đọc là")  # stands under the last of the titles
NOT_READ = N_("không đọc")


def own_columns(texts: Sequence[str]) -> frozenset[int]:
    """The columns that are ours: the reasons, and what is called like ours before them. None where
    no reasons stand: a registry may well have a column of results."""
    for titles in map(_in, language.LANGUAGES):
        if titles[-1] in texts:
            last = texts.index(titles[-1])
            return frozenset(place for place in range(last + 1) if texts[place] in titles)
    return frozenset()


def columns_told(texts: Sequence[str], own: frozenset[int]) -> Mapping[Field, int] | None:
    """The columns as the line under the headings names them; None for another line."""
    reasons = max(own)
    if reasons >= len(texts) or texts[reasons] not in map(_read_as, language.LANGUAGES):
        return None
    labels = _labels()
    found: dict[Field, int] = {}
    for place, text in enumerate(texts):
        if field := labels.get(folding.words(text)):
            found.setdefault(field, place)
    return found


@cache
def _in(spoken: str) -> tuple[str, ...]:
    with language.using(spoken):
        return tuple(_(title) for title in TITLES)


@cache
def _read_as(spoken: str) -> str:
    with language.using(spoken):
        return _(READ_AS)


@cache
def _labels() -> Mapping[str, Field]:
    found: dict[str, Field] = {}
    for spoken in language.LANGUAGES:
        with language.using(spoken):
            found |= {folding.words(field.label): field for field in Field}
    return found
