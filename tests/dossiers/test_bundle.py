"""One dossier as a ZIP."""

import csv
import hashlib
import io
import zipfile
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from ocop.core import attachments
from ocop.dossiers.models import Dossier, Finding, Proposal, TestOrder, Visit, VisitPhoto
from ocop.dossiers.papers.bundle import dossier_bundle
from ocop.dossiers.papers.examination import examination
from ocop.people.roles import Role
from tests.dossiers.making import filed, picture
from tests.world import person

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


def test_whole_dossier_holds_what_was_filed_and_what_the_team_found(now: datetime) -> None:
    dossier, adviser = filed(now), person(now, Role.ADVISORY_MEMBER)
    kept = attachments.store(picture(), filename="a.png", at=now)
    visit = Visit.objects.create(
        code="v0000001", client_id=uuid4(), dossier=dossier, adviser=adviser, visited_at=now,
        note="Xưởng sạch", created_at=now,
    )  # fmt: skip
    VisitPhoto.objects.create(visit=visit, attachment=kept, caption="Xưởng")
    TestOrder.objects.create(
        code="t0000001", dossier=dossier, laboratory="Quatest 1", parameters="Đạm",
        ordered_on=now.date(), attachment=kept, created_at=now,
    )  # fmt: skip
    names = {}
    for examined in (False, True):
        into = io.BytesIO()
        dossier_bundle(into, dossier, with_report=False, with_examination=examined)
        with zipfile.ZipFile(into) as packed:
            names[examined] = packed.namelist()
            listed = list(csv.reader(io.StringIO(packed.read("index.csv").decode("utf-8-sig"))))
            copy = next(name for name in packed.namelist() if name.startswith("ban-nop/"))
            digest = hashlib.sha256(packed.read(copy)).hexdigest()
    assert not any(name.startswith("tham-dinh/") for name in names[False])
    assert sum(name.startswith("tham-dinh/") for name in names[True]) == 3
    assert digest == dossier.snapshots.get().sha256  # what the forms print at their foot
    assert any(digest in row for row in listed)


def test_report_of_the_team_says_what_it_found(now: datetime) -> None:
    dossier, adviser = filed(now), person(now, Role.ADVISORY_MEMBER)
    Finding.objects.create(
        dossier=dossier, adviser=adviser, criterion="1.1", verdict="lacking", note="Thiếu hợp đồng",
        updated_at=now,
    )  # fmt: skip
    assert any("DỰ THẢO" in mark for mark in examination(dossier).marks)
    assert examination(dossier).signatures[0].name == ""
    Proposal.objects.create(
        dossier=dossier, ready=False, text="Chờ bổ sung", unexamined="Chưa đo hàm lượng",
        written_by=adviser.pk, written_at=now,
    )  # fmt: skip
    assert examination(dossier).signatures[0].name == adviser.name
    told = repr(examination(dossier).blocks)
    gaps = "Chưa xem xét, chưa đạt và vì sao vẫn đủ điều kiện: Chưa đo hàm lượng"
    for words in ("Thiếu hợp đồng", "Thiếu minh chứng", "Nhận xét: Chờ bổ sung", gaps):
        assert words in told
    assert not any("DỰ THẢO" in mark for mark in examination(dossier).marks)
