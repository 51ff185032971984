"""The demonstration's scans are counted from the journal as real ones."""

from datetime import datetime, timedelta

import pytest

from ocop.demonstration.scanning import play_scans
from ocop.traceability.models import Lot, ScanPlaceDay, ScanSignal, StampRange, StampSeen
from ocop.traceability.scans import draining, journals
from tests.traceability.scans.scenery import build
from tests.world import build_places

pytestmark = pytest.mark.django_db


def test_buyers_scan_and_what_no_buyer_does_becomes_a_signal(now: datetime) -> None:
    build_places(now)
    build(now - timedelta(days=60))
    Lot.objects.update(produced_on=(now - timedelta(days=60)).date())
    StampRange.objects.exclude(activated_at=None).update(activated_at=now - timedelta(days=50))
    counted = play_scans(at=now)
    assert counted > 300
    assert draining.drain(journals.source()) == 0
    days = ScanPlaceDay.objects.exclude(scans=0)
    assert days.filter(day=(now - timedelta(days=1)).date()).exists()
    assert not days.filter(day__gt=now.date()).exists()
    rules = set(ScanSignal.objects.values_list("rule", flat=True))
    assert {"early", "devices", "forged"} <= rules
    assert StampSeen.objects.exclude(early=0).exists()


def test_installation_without_codes_gets_no_scans(now: datetime) -> None:
    build_places(now)
    assert play_scans(at=now) == 0
    assert not ScanSignal.objects.exists()
