"""The credential of a star with what the council found, which the dossier knows."""

from datetime import datetime
from decimal import Decimal

from ocop.councils.outcome import from_json
from ocop.criteria import queries as criteria
from ocop.dossiers.models import Dossier
from ocop.dossiers.queries.conclusions import conclusion_of, cut, last_item
from ocop.recognition.credential import issuing
from ocop.recognition.credential.attestation import Assessed, Profile, Section
from ocop.recognition.models import Recognition

_PLACES = 4  # of points in the register


def assessed(row: Recognition) -> Assessed | None:
    """What a recognition rests on, where its dossier is here: the criteria set, and the points of
    its sections where it was the council here that found them."""
    dossier = (
        Dossier.objects.filter(recognition=row).select_related("version__legal_version").first()
    )
    if dossier is None:
        return None
    version = dossier.version
    points = _points(dossier, row)
    parts = criteria.set_of(version).sections
    return Assessed(
        Profile(version.legal_version.code, version.number, version.revision, version.name),
        [Section(part.code, part.name, points.get(part.code)) for part in parts],
    )


def issued(row: Recognition, *, at: datetime) -> str:
    """The credential of a row of `issuing.credentialed` in its envelope."""
    return issuing.sealed(issuing.credential_of(row, assessed(row)), at=at)


def _points(dossier: Dossier, row: Recognition) -> dict[str, Decimal | None]:
    """The mean points of the sections; none where it is another council's result that counts."""
    found, item = conclusion_of(dossier), last_item(dossier)
    if found is None or found.central or item is None or item.star != row.stars:
        return {}
    told = from_json(item.outcome or {}).sections
    return {code: cut(points, _PLACES) for code, points in told.items()}
