"""A corrected criteria set in the office: downloaded, loaded, compared, published."""

from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from ocop.core import options
from ocop.core.actor import ANONYMOUS, SYSTEM
from ocop.councils.services.workbooks import store_workbook
from ocop.criteria import queries, services
from ocop.criteria.models import CriteriaSetVersion
from ocop.criteria.sets import load_set
from ocop.people.roles import Role
from tests.councils.books import filled, template
from tests.dossiers.making import draft as begun
from tests.world import person

pytestmark = pytest.mark.django_db
BEST = {c.code: c.max for c in load_set(13).criteria}


@pytest.fixture
def present(now: datetime) -> CriteriaSetVersion:
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)
    services.load_decree(actor=SYSTEM, at=now)
    return queries.current(ANONYMOUS).get(number=13)


@pytest.fixture
def officer(client: Client, now: datetime) -> Client:
    client.force_login(person(now, Role.PROVINCIAL_OFFICER))
    return client


def _corrected(client: Client, present: CriteriaSetVersion) -> bytes:
    """The file as downloaded; the highest level of 1.1 is now asked for four stars."""
    page = client.get(f"/dieu-hanh/bo-tieu-chi/{present.pk}/").content.decode()
    upload = f"/dieu-hanh/bo-tieu-chi/{present.pk}/phien-ban-moi/"
    assert upload in page
    file = f"/dieu-hanh/bo-tieu-chi/{present.pk}/bo-tieu-chi.yaml"
    assert file in client.get(upload).content.decode()
    content = client.get(file).content
    corrected = content.replace(b"{points: 3, label", b"{points: 3, star: 4, label", 1)
    assert corrected != content
    return corrected


def _load(client: Client, present: CriteriaSetVersion, content: bytes) -> str:
    file = SimpleUploadedFile("bo-13.yaml", content)
    address = f"/dieu-hanh/bo-tieu-chi/{present.pk}/phien-ban-moi/"
    return client.post(address, {"file": file}, follow=True).content.decode()


def test_officer_compares_and_publishes(
    officer: Client, present: CriteriaSetVersion, now: datetime
) -> None:
    def points(row: dict[str, object]) -> int:
        code = str(row["Mã tiêu chí"])
        return 2 if code == "1.1" else BEST[code]

    store_workbook(
        actor=SYSTEM,
        title="Phiên 1",
        content=filled(template(("Cà phê A", 13)), points),
        filename="phieu.xlsx",
        at=now,
    )
    dossier = begun(now)
    assert dossier.version_id == present.pk
    page = _load(officer, present, _corrected(officer, present))
    draft = CriteriaSetVersion.objects.get(published_at=None)
    assert "Bản nháp, chưa công bố" in page
    assert "4★ ≥ 3" in page
    assert "đổi mức tối thiểu" in page
    assert "Cà phê A" in page.split('id="doi-sao"')[1]
    publish = f"/dieu-hanh/bo-tieu-chi/{draft.pk}/cong-bo/"
    assert publish in page
    assert queries.current(ANONYMOUS).get(number=13) == present

    done = officer.post(publish, follow=True).content.decode()
    assert "Đã công bố" in done
    assert "Chưa đối chiếu với văn bản ký" in done
    assert queries.current(ANONYMOUS).get(number=13).pk == draft.pk
    dossier.refresh_from_db()
    assert dossier.version_id == present.pk  # pinned
    assert "đã công bố" in officer.post(publish, follow=True).content.decode()


def test_refusals_stand_at_the_file(officer: Client, present: CriteriaSetVersion) -> None:
    content = _corrected(officer, present)
    page = _load(officer, present, content.replace(b"max: 40", b"max: 41", 1))
    assert "Phần A phải có đúng 40 điểm" in page
    page = _load(officer, present, content.replace(b"star: 4", b"stars: 4", 1))
    assert "không có khóa “stars”" in page
    assert not CriteriaSetVersion.objects.filter(published_at=None).exists()


def test_draft_is_dropped(officer: Client, present: CriteriaSetVersion) -> None:
    _load(officer, present, _corrected(officer, present))
    draft = CriteriaSetVersion.objects.get(published_at=None)
    page = officer.get(f"/dieu-hanh/bo-tieu-chi/{draft.pk}/").content.decode()
    assert "Bản nháp" in page
    assert "doi-chieu/" not in page
    officer.post(f"/dieu-hanh/bo-tieu-chi/{draft.pk}/bo-nhap/")
    assert not CriteriaSetVersion.objects.filter(published_at=None).exists()
    address = f"/dieu-hanh/bo-tieu-chi/{present.pk}/bo-nhap/"
    assert "đã công bố" in officer.post(address, follow=True).content.decode()
