"""Reading real registries: mended where the meaning is certain, otherwise reported (ADR 9)."""

from ocop.recognition.registry_import.codes import Code, Report
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
    spelled_otherwise,
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
    "letter",
    "outline",
    "read",
    "spelled_otherwise",
    "write_errors",
]
