"""One dossier as a ZIP."""

import io
import zipfile
from datetime import UTC, datetime

import pytest

from ocop.dossiers.models import Dossier
from ocop.dossiers.papers.bundle import dossier_bundle
from tests.dossiers.making import filed

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("hour", "day"), [(16, "31/05/2026"), (17, "01/06/2026")])
def test_index_names_the_day_of_filing_in_vietnam(now: datetime, hour: int, day: str) -> None:
    dossier = filed(now)
    Dossier.objects.filter(pk=dossier.pk).update(
        submitted_at=datetime(2026, 5, 31, hour, tzinfo=UTC)
    )
    dossier.refresh_from_db()
    into = io.BytesIO()
    dossier_bundle(into, dossier, with_report=False)
    with zipfile.ZipFile(into) as packed:
        assert f"Nộp ngày {day}" in packed.read("index.html").decode()
