"""`ocop init` where units and criteria are: the province and its first administrator."""

from pathlib import Path

import pytest

from ocop.__main__ import main
from ocop.core import options
from ocop.criteria.models import CriteriaSetVersion
from ocop.people.models import Membership, User
from ocop.people.roles import Role
from ocop.places.models import Unit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground")]


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OCOP_DATA_DIR", str(tmp_path / "state"))
    monkeypatch.delenv("OCOP_ADMIN_PASSWORD", raising=False)


def test_without_administrator_the_terminal_says_how_to_make_one(
    capsys: pytest.CaptureFixture[str],
) -> None:
    main(["init", "--province", "01", "--quiet"])
    assert "--admin-email" in capsys.readouterr().out


def test_administrator_with_password_of_the_environment(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("OCOP_ADMIN_PASSWORD", "dong-song-xanh")
    assert main(["init", "--province", "68", "--admin-email", "mot@donvi.example"]) == 0
    user = User.objects.get(email="mot@donvi.example")
    assert user.check_password("dong-song-xanh")
    assert Membership.objects.get(user=user).role == Role.ADMINISTRATOR
    assert "dong-song-xanh" not in capsys.readouterr().out


def test_administrator_with_password_of_a_file(tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text("rung-thong-xa\nđây là ghi chú\n")
    given = ["--admin-email", "mot@donvi.example", "--password-file", str(file)]
    assert main(["init", "--province", "01", *given]) == 0
    assert User.objects.get().check_password("rung-thong-xa")


def test_password_made_here_is_shown_once_and_works(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", "--province", "01", "--admin-email", "mot@donvi.example"]) == 0
    shown = [line for line in capsys.readouterr().out.splitlines() if "một lần" in line]
    assert User.objects.get().check_password(shown[0].rsplit(" ", 1)[1])
    main(["init", "--province", "01", "--admin-email", "mot@donvi.example"])
    assert "một lần" not in capsys.readouterr().out


@pytest.mark.parametrize("content", [None, b"", b"\xff\xfe\x00"])
def test_unreadable_password_file_is_one_line(
    tmp_path: Path, content: bytes | None, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "password"
    if content is not None:
        file.write_bytes(content)
    given = ["--admin-email", "mot@donvi.example", "--password-file", str(file)]
    assert main(["init", "--province", "01", "--quiet", *given]) == 1
    assert str(file) in capsys.readouterr().err
    assert not User.objects.exists()


def test_weak_password_is_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("OCOP_ADMIN_PASSWORD", "ngan")
    given = ["--province", "01", "--quiet", "--admin-email", "mot@donvi.example"]
    assert main(["init", *given]) == 1
    assert len(capsys.readouterr().err.strip().splitlines()) == 1
    assert not User.objects.exists()


def test_again_adds_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    given = ["init", "--province", "01", "--admin-email", "mot@donvi.example"]
    assert main(given) == 0
    before = (Unit.objects.count(), CriteriaSetVersion.objects.count())
    assert main(given) == 0
    assert (Unit.objects.count(), CriteriaSetVersion.objects.count()) == before
    assert User.objects.count() == 1


def test_another_province_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    main(["init", "--province", "01", "--quiet"])
    assert main(["init", "--province", "68", "--quiet"]) == 1
    assert "01" in capsys.readouterr().err
    assert options.PROVINCE.get() == "01"


@pytest.mark.whole
def test_demonstration_does_not_become_real(capsys: pytest.CaptureFixture[str]) -> None:
    options.Option.objects.create(key=options.DEMONSTRATION.key, value=True)
    assert main(["init", "--province", "01", "--quiet"]) == 1
    assert "OCOP_DATA_DIR" in capsys.readouterr().err
