"""Tables of the yearly plan, of dossiers, of evidence and of examination."""

from ocop.dossiers.models.dossier import (
    CentralReferral,
    ChangeRequest,
    ChangeState,
    Dossier,
    Road,
    Snapshot,
    State,
    Supplement,
)
from ocop.dossiers.models.evidence import Evidence, EvidenceUse
from ocop.dossiers.models.examining import (
    Assignment,
    CommuneReport,
    Finding,
    Proposal,
    Sample,
    Speciality,
    TestOrder,
    Verdict,
    Visit,
    VisitPhoto,
)
from ocop.dossiers.models.made import MadePaper
from ocop.dossiers.models.planning import CENTRAL, Potential, Registration, Round, RoundKind

__all__ = [
    "CENTRAL",
    "Assignment",
    "CentralReferral",
    "ChangeRequest",
    "ChangeState",
    "CommuneReport",
    "Dossier",
    "Evidence",
    "EvidenceUse",
    "Finding",
    "MadePaper",
    "Potential",
    "Proposal",
    "Registration",
    "Road",
    "Round",
    "RoundKind",
    "Sample",
    "Snapshot",
    "Speciality",
    "State",
    "Supplement",
    "TestOrder",
    "Verdict",
    "Visit",
    "VisitPhoto",
]
