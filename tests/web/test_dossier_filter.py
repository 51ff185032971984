"""The filter of dossiers by adviser is for those who may know who examines."""

from datetime import datetime
from types import SimpleNamespace

import pytest

from ocop.dossiers.models import Assignment, Dossier
from ocop.filters.dossiers import DossierFilter
from ocop.people import queries as people
from ocop.people.roles import Role
from tests.dossiers.office import dossier
from tests.world import build_places, person

pytestmark = pytest.mark.django_db


def test_a_draft_is_not_under_way(now: datetime) -> None:
    places = build_places(now)
    dossier(places.here, state="draft", submitted_at=None)
    filed = dossier(places.here)
    returned = dossier(places.here, state="returned")
    dossier(places.here, state="decided")
    chosen = DossierFilter({"state": "open"}, queryset=Dossier.objects.all())
    assert set(chosen.qs) == {filed, returned}


@pytest.mark.parametrize(
    ("role", "found"),
    [(Role.PROVINCIAL_OFFICER, 1), (Role.ADVISORY_MEMBER, 1), (Role.COMMUNE_OFFICER, 0)],
)
def test_only_who_sees_examinations_filters_by_adviser(
    now: datetime, role: Role, found: int
) -> None:
    places = build_places(now)
    adviser = person(now, Role.ADVISORY_MEMBER)
    Assignment.objects.create(dossier=dossier(places.here), adviser=adviser, assigned_at=now)
    asker = person(now, role, places.here if role == Role.COMMUNE_OFFICER else None)
    request = SimpleNamespace(actor=people.actor_for(asker, on=now.date()))
    chosen = DossierFilter(
        {"adviser": str(adviser.pk)}, queryset=Dossier.objects.all(), request=request
    )
    assert chosen.qs.count() == found
