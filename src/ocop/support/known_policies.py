"""The policies that the programme's documents name, as dated data."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

_FILE = Path(__file__).parent / "data" / "policies.yaml"


@dataclass(frozen=True, slots=True)
class PolicyTerms:
    """A policy as a document has it; `Policy` has the meaning of each."""

    code: str
    title: str
    document: str
    category: str
    level: str
    starts_on: date
    ends_on: date | None = None
    per: str = "producer"
    period: str = "ever"
    share: int | None = None
    ceiling: int | None = None
    most_count: int | None = None
    most_quantity: int | None = None
    measure: str = ""
    first_only: bool = False
    stars: dict[str, int] = field(default_factory=dict)
    difference: bool = False
    uncertain: str = ""


def known_policies() -> list[PolicyTerms]:
    """The policies of the file, in its order."""
    rows: list[dict[str, Any]] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return [PolicyTerms(**row) for row in rows]
