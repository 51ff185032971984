"""`ocop verify-credential`, and `ocop rotate-key credential`."""

import base64
import io
import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine

from ocop.__main__ import main
from ocop.core import keys, options
from ocop.core.actor import SYSTEM
from ocop.recognition import services
from ocop.recognition.credential import issuing, statuses
from ocop.recognition.models import Ground, LogEntry, Recognition
from tests.recognition.credential.papers import certified, issued
from tests.world import revoked_by

Out = pytest.CaptureFixture[str]

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _moment(now: datetime) -> Iterator[None]:
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def star(now: datetime, monkeypatch: pytest.MonkeyPatch, settings: Any) -> Recognition:
    monkeypatch.setenv("OCOP_LANGUAGE", "vi")
    settings.BASE_URL = "https://ocop.example"
    options.set_option(actor=SYSTEM, option=options.PROVINCE, value="01", at=now)
    return certified(now)


@pytest.fixture
def files(star: Recognition, now: datetime, tmp_path: Path) -> Path:
    """What a stranger fetched, the envelope broken into lines by a mail program."""
    token = issued(star, now)
    lines = "\r\n".join(token[at : at + 76] for at in range(0, len(token), 76))
    (tmp_path / "star.jwt").write_text(lines + "\n")
    (tmp_path / "did.json").write_text(json.dumps(issuing.document(at=now)))
    (tmp_path / "list.jwt").write_text(statuses.status_list(at=now))
    return tmp_path


def stranger(files: Path, *more: str) -> list[str]:
    did, lists, star = (str(files / name) for name in ("did.json", "list.jwt", "star.jwt"))
    return ["verify-credential", star, "--did", did, "--status-list", lists, *more]


def test_a_good_one_is_told_and_ends_well(files: Path, capsys: Out) -> None:
    for arguments in (["verify-credential", str(files / "star.jwt")], stranger(files)):
        assert main(arguments) == 0
        out = capsys.readouterr().out
        assert "Giấy chứng nhận OCOP 3 sao: Trà sen" in out
        assert "Văn phòng Điều phối" in out
        assert "từ 20/11/2025 đến hết 20/11/2028" in out
        assert "ĐÚNG: chữ ký đúng, trong thời hạn, không bị thu hồi." in out


def test_it_is_read_from_the_standard_input(
    files: Path, capsys: Out, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO((files / "star.jwt").read_text()))
    assert main(["verify-credential", "-"]) == 0
    assert "ĐÚNG" in capsys.readouterr().out


def test_a_revoked_one_ends_with_one(
    star: Recognition, files: Path, now: datetime, capsys: Out
) -> None:
    services.revoke(
        actor=SYSTEM, recognition=star, ground=Ground.MARK, **revoked_by(now.date()), reason="QĐ 9",
        at=now,
    )  # fmt: skip
    assert main(["verify-credential", str(files / "star.jwt")]) == 1
    out = capsys.readouterr().out
    assert "KHÔNG DÙNG ĐƯỢC: Đã bị thu hồi hoặc hủy" in out
    assert "ĐÚNG: " not in out
    assert main(stranger(files)) == 0  # the list of before
    capsys.readouterr()
    (files / "list.jwt").write_text(statuses.status_list(at=now))
    assert main(stranger(files, "--json")) == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["good"], told["problems"]) == (False, ["revoked"])


def test_what_names_no_status_list_is_not_called_unrevoked(
    star: Recognition, files: Path, capsys: Out
) -> None:
    """As the status list itself: it is signed by the issuer, and nothing tells whether it holds."""
    assert main(["verify-credential", str(files / "list.jwt")]) == 1
    out = capsys.readouterr().out
    assert "Không có danh sách trạng thái" in out
    assert "ĐÚNG" not in out
    assert "không bị thu hồi." not in out


def test_one_without_a_signature_is_told_so(files: Path, capsys: Out) -> None:
    _head, body, _signature = "".join((files / "star.jwt").read_text().split()).split(".")
    none = base64.urlsafe_b64encode(b'{"alg":"none"}').decode().rstrip("=")
    (files / "star.jwt").write_text(f"{none}.{body}.")
    assert main(stranger(files)) == 1
    assert "Thuật toán ký không được chấp nhận" in capsys.readouterr().out


def test_what_was_changed_is_refused(files: Path, capsys: Out) -> None:
    token = "".join((files / "star.jwt").read_text().split())
    head, body, signature = token.split(".")
    (files / "star.jwt").write_text(f"{head}.{body[:-4]}AAAA.{signature}")
    assert main(stranger(files)) == 1
    assert "Chữ ký không đúng" in capsys.readouterr().out
    (files / "star.jwt").write_text("hello")
    assert main(stranger(files)) == 1
    assert "Không đọc được" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["verify-credential", "none.jwt"], "Không đọc được tệp none.jwt"),
        (["verify-credential", "{star}", "--did", "{did}"], "Hãy cho cả hai tệp"),
        (["verify-credential", "{star}", "--did", "{star}", "--status-list", "{list}"], "did.json"),
    ],
)
def test_what_is_missing_is_said_on_one_line(
    arguments: list[str], words: str, files: Path, capsys: Out
) -> None:
    names = {name: str(files / f"{name}.jwt") for name in ("star", "list")}
    given = [part.format(did=files / "did.json", **names) for part in arguments]
    assert main(given) == 1
    error = capsys.readouterr().err
    assert words in error
    assert error.count("\n") == 1


def test_a_document_that_is_no_object_is_refused(files: Path, capsys: Out) -> None:
    (files / "did.json").write_text("[]")
    assert main(stranger(files)) == 1
    assert "không phải did.json" in capsys.readouterr().err


def test_a_new_key_is_told_and_old_credentials_stay_good(
    star: Recognition, files: Path, now: datetime, capsys: Out
) -> None:
    assert main(["rotate-key", "credential", "--yes"]) == 0
    new = issuing.document(at=now)["verificationMethod"][0]["id"]
    assert new in capsys.readouterr().out
    assert len(keys.public_keys(keys.CREDENTIAL)) == 2
    told = LogEntry.objects.filter(form="issuer-key", leaf__contains='"purpose":"credential"')
    assert told.count() == 2
    assert main(["verify-credential", str(files / "star.jwt")]) == 0
    (files / "star.jwt").write_text(issued(star, now))
    assert main(["verify-credential", str(files / "star.jwt")]) == 0
    assert main(stranger(files)) == 1
    assert "khóa không có trong hồ sơ khóa" in capsys.readouterr().out


def test_a_copy_of_the_list_is_good_for_seven_days(files: Path, now: datetime, capsys: Out) -> None:
    with time_machine.travel(now + timedelta(days=7, seconds=1), tick=False):
        assert main(stranger(files)) == 1
    assert "danh sách trạng thái quá cũ" in capsys.readouterr().out
