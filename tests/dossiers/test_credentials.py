"""What a credential tells of the council's result: sections A, B and C where they are known."""

from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from ocop.core.actor import SYSTEM
from ocop.dossiers import credentials
from ocop.dossiers.models import Dossier
from ocop.recognition.certificates import issue_certificates
from ocop.recognition.models import Decision, Recognition
from tests.dossiers.office import World, build_world, concluded
from tests.dossiers.test_proposing import _decide, _send, _told
from tests.factories import RecognitionFactory
from tests.recognition.credential.papers import again, issued, verdict
from tests.recognition.credential.untp import wrong

pytestmark = pytest.mark.django_db
SECTIONS = {"A": Decimal("33.123456"), "B": Decimal(19), "C": Decimal("23")}


@pytest.fixture
def world(now: datetime) -> World:
    return build_world(now)


def certified(decision: Decision, dossier: Dossier, now: datetime) -> Recognition:
    issue_certificates(actor=SYSTEM, decision=decision, at=now)
    dossier.refresh_from_db()
    assert dossier.recognition is not None
    return again(dossier.recognition)


def told(row: Recognition, now: datetime) -> dict[str, Any]:
    found = verdict(issued(row, now), now)
    assert found.credential is not None
    assert wrong(dict(found.credential)) == []
    return dict(found.credential["credentialSubject"])


def points(subject: dict[str, Any]) -> dict[str, float]:
    (assessment,) = subject["conformityAssessment"]
    measured = [each for each in assessment["assessedPerformance"] if "measure" in each]
    return {each["metric"]["id"].partition("#")[2]: each["measure"]["value"] for each in measured}


def test_the_councils_points_are_told_cut_never_rounded_up(world: World, now: datetime) -> None:
    dossier = concluded(world.dossier(), "75.123456", 4, sections=SECTIONS)
    row = certified(_decide(world, dossier), dossier, now)
    subject = told(row, now)
    assert points(subject) == {"tong-diem": 75.1234, "A": 33.1234, "B": 19, "C": 23}
    version = dossier.version
    law = version.legal_version.code
    address = f"/tieu-chi/{law}/{version.number}/{version.revision}/"
    assert subject["referenceProfile"]["id"].endswith(address)
    (assessment,) = subject["conformityAssessment"]
    assert [each["id"][-2:] for each in assessment["assessmentCriteria"]] == ["#A", "#B", "#C"]


def test_a_star_on_the_ministrys_result_has_no_points_of_the_province(
    world: World, now: datetime
) -> None:
    """Art. 5: below 90 at the Ministry the province recognises 4 stars on the central result. The
    Ministry's own five stars get their certificate there."""
    dossier = concluded(world.dossier(), "91", 5, sections=SECTIONS)
    _send(world, dossier)
    _told(world, dossier, "85")
    decision = _decide(world, dossier)
    subject = told(certified(decision, dossier, now), now)
    assert subject["profileScore"]["rank"] == 2
    assert points(subject) == {"tong-diem": 85}
    assert "referenceProfile" in subject


def test_a_star_without_a_dossier_has_no_profile() -> None:
    assert credentials.assessed(RecognitionFactory()) is None
