"""What was filed and found for each criterion of a case, as it stands beside a member's marks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ocop.core.actor import Actor
from ocop.councils.models import Case


@dataclass(slots=True)
class Beside:
    """What stands beside one criterion: the producer's word and evidence, the commune, advisers."""

    claim: str = ""
    self_points: int | None = None
    uses: list[Any] = field(default_factory=list)  # of evidence
    reports: list[tuple[Any, bool | None, str]] = field(default_factory=list)
    findings: list[Any] = field(default_factory=list)


def of_case(actor: Actor, case: Case, on: date) -> tuple[Any, Mapping[str, Beside]]:
    """The dossier of a case as this actor may read it, and by criterion what stands beside it."""
    return None, {}
