"""What is frozen when a dossier is filed: one canonical form (RFC 8785) and its hash (pure).

The content of a snapshot:

    form        1, the version of this shape
    dossier     code, slip_number, kind, road
    product     code, name, sector, set_number; producer: code, name
    criteria    law, number, revision, sha256 of the criteria set
    answers     {field of Forms 01 and 02: value}
    marks       {criterion: points}
    gates       {condition: bool}
    claims      {criterion: text}
    evidence    [criterion, code, type, title, number, issuer, issued_on, valid_until, filename,
                sha256 of the file, note], by criterion and code
    behalf      only where the office did it in the producer's place: the reason
    self        total, star, missed (of the star above), stopped
"""

import hashlib
from collections.abc import Mapping
from typing import Any

import rfc8785

from ocop.criteria.scoring import Outcome

FORM = 1


def self_result(outcome: Outcome) -> dict[str, Any]:
    """The self-assessment's result as a snapshot keeps it."""
    above = min(5, max(3, (outcome.star or 0) + 1))
    return {
        "total": outcome.total,
        "star": outcome.star,
        "missed": dict(outcome.missed.get(above, {})),
        "stopped": list(outcome.stopped),
    }


def canonical(content: Mapping[str, Any]) -> bytes:
    """The bytes that are hashed."""
    return rfc8785.dumps(dict(content))


def sha256(content: Mapping[str, Any]) -> str:
    """The hash that proves a snapshot: of its canonical bytes, in hexadecimal."""
    return hashlib.sha256(canonical(content)).hexdigest()
