"""Reading real registries: mended where the meaning is certain, otherwise reported (ADR 9)."""

from ocop.recognition.registry_import.beside import (
    is_again,
    paper_of,
    spelled_otherwise,
    told_again,
)
from ocop.recognition.registry_import.codes import Code, Report, kind_words
from ocop.recognition.registry_import.draft import Draft
from ocop.recognition.registry_import.errors import write_errors
from ocop.recognition.registry_import.fields import Field
from ocop.recognition.registry_import.heading import letter
from ocop.recognition.registry_import.reading import (
    Outline,
    Remembered,
    Result,
    Wishes,
    outline,
    read,
)
from ocop.recognition.registry_import.tables import check_name

__all__ = [
    "Code",
    "Draft",
    "Field",
    "Outline",
    "Remembered",
    "Report",
    "Result",
    "Wishes",
    "check_name",
    "is_again",
    "kind_words",
    "letter",
    "outline",
    "paper_of",
    "read",
    "spelled_otherwise",
    "told_again",
    "write_errors",
]
