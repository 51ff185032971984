"""`ocop init` where nothing is: an empty installation of one province."""

from pathlib import Path

import pytest

from ocop.__main__ import main
from ocop.core import options
from ocop.criteria.models import CriteriaSetVersion
from ocop.people.models import User
from ocop.places.models import Unit
from ocop.producers.models import Producer
from ocop.recognition.models import Recognition

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OCOP_DATA_DIR", str(tmp_path / "state"))


def test_installation_holds_units_and_criteria_and_nothing_else() -> None:
    assert main(["init", "--province", "01", "--quiet"]) == 0
    assert options.PROVINCE.get() == "01"
    assert not options.DEMONSTRATION.get()
    assert Unit.objects.filter(level="commune", valid_to=None).count() == 3321
    assert CriteriaSetVersion.objects.count() == 26
    assert not Producer.objects.exists()
    assert not Recognition.objects.exists()
    assert not User.objects.exists()


@pytest.mark.parametrize("code", ["99", "1", "", "Hà Nội", "28"])
def test_unknown_province_is_told_with_the_codes_there_are(
    code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["init", "--province", code]) == 1
    said = capsys.readouterr().err
    assert "01 Thành phố Hà Nội" in said
    assert "68 Tỉnh Lâm Đồng" in said
    assert not Unit.objects.exists()
