"""`ocop audit-register` and `ocop rotate-key`."""

import hashlib
import io
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from ocop.__main__ import main
from ocop.core import keys, options
from ocop.core.actor import SYSTEM
from ocop.core.transparency.notes import open_note
from ocop.recognition import labels
from ocop.recognition.log import keeping, store
from ocop.recognition.models import LogEntry, Recognition
from tests.factories import RecognitionFactory
from tests.recognition.log.logged import decided

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _installed(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OCOP_LANGUAGE", "vi")
    options.set_option(actor=SYSTEM, option=options.PROVINCE, value="01", at=now)
    decided(RecognitionFactory(), now=now)
    keeping.keep(at=now)


def test_agreement_is_told_and_ends_well(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit-register"]) == 0
    out = capsys.readouterr().out
    assert "2 mục, đã công bố 2, 0 sự kiện chờ ghi." in out
    assert "khớp với sổ đăng ký" in out


def test_the_first_difference_is_told_and_ends_with_one(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Recognition.objects.update(stars=5)
    assert main(["audit-register"]) == 1
    assert "“số sao” trong nhật ký là 3, trong cơ sở dữ liệu là 5" in capsys.readouterr().out


def test_help_says_what_is_not_covered(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["audit-register", "--help"])
    told = " ".join(capsys.readouterr().out.split())
    assert "Không đối chiếu: tên," in told
    assert "giả mạo trọn vẹn" in told


def test_json_is_for_machines(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit-register", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "entries": 2, "published": 2, "waiting_events": 0, "difference": None,
    }  # fmt: skip
    Recognition.objects.all().delete()
    assert main(["audit-register", "--json"]) == 1
    told = json.loads(capsys.readouterr().out)["difference"]
    assert (told["code"], told["index"]) == ("row_missing", 0)


def test_a_new_key_is_told_published_and_vouched_for(capsys: pytest.CaptureFixture[str]) -> None:
    before = store.verifier_keys()
    assert main(["rotate-key", "register", "--yes"]) == 0
    after = store.verifier_keys()
    assert after[:-1] == before
    assert str(after[-1]) in capsys.readouterr().out
    assert LogEntry.objects.filter(form="issuer-key").count() == 2
    note = store.note()
    assert note is not None
    assert open_note(note, after[-1:])
    assert keys.public_keys(keys.REGISTER)[-1].vouched
    assert main(["audit-register"]) == 0


def test_a_new_key_of_labels_is_vouched_for_and_told_as_phones_show_it(
    capsys: pytest.CaptureFixture[str], now: datetime
) -> None:
    keys.signer(labels.PURPOSE, at=now)
    assert main(["rotate-key", "label", "--yes"]) == 0
    old, new = keys.public_keys(labels.PURPOSE)
    Ed25519PublicKey.from_public_bytes(old.public).verify(
        new.vouched, keys.handover(labels.PURPOSE, new.public)
    )
    signs = hashlib.sha256(new.public).hexdigest()
    assert f"{signs[:4]} {signs[4:8]} {signs[8:12]} {signs[12:16]}\n" in capsys.readouterr().out
    told = [
        json.loads(leaf)
        for leaf in LogEntry.objects.filter(form="issuer-key").values_list("leaf", flat=True)
    ]
    assert {"label"} == {each["purpose"] for each in told if each["purpose"] != "register"}


class Terminal(io.StringIO):
    """Somebody who types."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("typed", "ends", "count"), [("register\n", 0, 2), ("có\n", 1, 1), ("label\n", 1, 1)]
)
def test_a_key_is_changed_only_when_its_name_is_typed_again(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    typed: str,
    ends: int,
    count: int,
) -> None:
    before = str(store.verifier_keys()[-1])
    monkeypatch.setattr("sys.stdin", Terminal(typed))
    assert main(["rotate-key", "register"]) == ends
    assert len(keys.public_keys(keys.REGISTER)) == count
    out = capsys.readouterr().out
    assert before in out
    assert out.index("không lấy lại được") < out.index("Gõ lại “register”")


def test_without_a_terminal_a_key_is_changed_only_with_yes(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("register\n"))
    assert main(["rotate-key", "register"]) != 0
    assert len(keys.public_keys(keys.REGISTER)) == 1
    assert "--yes" in capsys.readouterr().err
    for purpose in (labels.PURPOSE, keys.CREDENTIAL):
        assert main(["rotate-key", purpose, "--yes"]) == 0
        assert "không lấy lại được" in capsys.readouterr().out


def test_a_lost_key_is_told_and_announced(
    capsys: pytest.CaptureFixture[str], now: datetime, settings: Any
) -> None:
    keys.signer(labels.PURPOSE, at=now)
    keeping.keep(at=now)
    (first,) = keys.public_keys(labels.PURPOSE)
    assert main(["rotate-key", "label", "--lost", "--yes"]) == 1
    assert "còn đủ" in capsys.readouterr().err
    (Path(settings.OCOP_KEYS_DIR) / "label.json").unlink()
    assert main(["audit-register"]) == 1
    assert "Mất tệp khóa label.json" in capsys.readouterr().out
    assert main(["rotate-key", "label", "--yes"]) == 1
    assert "ocop rotate-key label --lost" in capsys.readouterr().err
    assert keys.public_keys(labels.PURPOSE) == []
    assert main(["rotate-key", "label", "--lost", "--yes"]) == 0
    out = capsys.readouterr().out
    assert out.index(keys.fingerprint(first.public)) < out.index("Khóa mới")
    before, after = keys.public_keys(labels.PURPOSE)
    assert (before.public, after.lost) == (first.public, True)
    assert main(["audit-register"]) == 0


def test_a_lost_key_of_the_register_is_announced_too(
    capsys: pytest.CaptureFixture[str], now: datetime, settings: Any
) -> None:
    (first,) = keys.public_keys(keys.REGISTER)
    (Path(settings.OCOP_KEYS_DIR) / "register.json").unlink()
    assert main(["rotate-key", "register", "--lost", "--yes"]) == 0
    assert keys.public_keys(keys.REGISTER)[0].public == first.public
    assert main(["audit-register"]) == 0
    note = store.note()
    assert note is not None
    assert open_note(note, store.verifier_keys()[-1:])
