"""Taking over what the last dossier of a product holds: called inside actions, records no event of
its own."""

from ocop.dossiers.models import Dossier, EvidenceUse
from ocop.dossiers.queries import carrying


def take_over(earlier: Dossier, dossier: Dossier) -> None:
    """The words and papers of the last dossier at the criteria that are certainly the same: nobody
    attaches them again. Papers that expired come along, so that a new copy finds its place."""
    found = carrying.offer(earlier, dossier.version)
    dossier.claims = dict(found.claims)
    dossier.save(update_fields=("claims",))
    EvidenceUse.objects.bulk_create(
        EvidenceUse(dossier=dossier, evidence=evidence, criterion=code, note=note)
        for evidence, code, note in found.uses
    )
