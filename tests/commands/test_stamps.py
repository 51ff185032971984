"""`ocop print-stamps`, `ocop check-stamp` and `ocop rotate-key stamps`."""

import json
import re
from datetime import date, datetime
from pathlib import Path

import pypdfium2
import pytest
import pyzipper
from django.conf import LazySettings

from ocop.__main__ import main
from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.core.jobs.files import JobState
from ocop.traceability import stamp_keys
from ocop.traceability.models import ScanSignal, StampKey, StampPrint, StampSeen
from ocop.traceability.serials import written
from ocop.traceability.services import exceptions, recalling
from tests.traceability import stamps_making as making
from tests.traceability.factories import make_lot
from tests.traceability.stamping import activate, serial

pytestmark = pytest.mark.django_db
Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _installed(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OCOP_LANGUAGE", "vi")
    options.set_option(actor=SYSTEM, option=options.PROVINCE, value="01", at=now)


def test_a_file_is_written_and_noted(now: datetime, tmp_path: Path, capsys: Captured) -> None:
    order = making.approved(now)
    assert main(["print-stamps", order.code.upper(), str(tmp_path / "tem.pdf")]) == 0
    assert len(pypdfium2.PdfDocument(tmp_path / "tem.pdf")) == 2
    made = StampPrint.objects.get()
    assert (made.state, made.pieces, made.asked_by) == (JobState.READY, 100, None)
    assert "100 tem" in capsys.readouterr().out


def test_part_of_an_order_into_a_folder(now: datetime, tmp_path: Path) -> None:
    order = making.approved(now)
    told = ["print-stamps", order.code, str(tmp_path), "--kind", "csv", "--places", "11-20"]
    assert main(told) == 0
    (file,) = tmp_path.glob("tem-csv-*.csv")
    assert [line.split(",")[0] for line in file.read_text().split()][1::9] == ["11", "20"]
    assert main(told) == 0  # the same file, not made anew
    assert StampPrint.objects.count() == 1


def test_hidden_codes_come_with_their_password(
    now: datetime, tmp_path: Path, capsys: Captured
) -> None:
    order = making.approved(now, hidden=True)
    assert main(["print-stamps", order.code, str(tmp_path / "a.zip"), "--kind", "hidden"]) == 0
    found = re.search(r"Mật khẩu của tệp: (\S+)", capsys.readouterr().out)
    assert found is not None
    with pyzipper.AESZipFile(tmp_path / "a.zip") as bundle:
        bundle.setpassword(found[1].encode())
        assert len(bundle.read("ma-an.csv").splitlines()) == 101


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["00000000", "a.pdf"], "Không có đơn"),
        (["{waiting}", "a.pdf"], "chưa được duyệt"),
        (["{order}", "a.pdf", "--places", "1-5, 9"], "liền nhau"),
        (["{order}", "a.pdf", "--places", "500"], "không nằm trong đơn"),
        (["{order}", "a.pdf", "--module", "0.1"], "Ít nhất"),
        (["{order}", "no/such/folder/a.csv", "--kind", "csv"], "Không ghi được"),
        (["{order}", "a.zip", "--kind", "hidden"], "không đặt mã ẩn"),
    ],
)
def test_what_cannot_be_printed_is_told(
    now: datetime, tmp_path: Path, capsys: Captured, arguments: list[str], words: str
) -> None:
    order, waiting = making.approved(now), making.requested(now)
    code, output, *rest = arguments
    code = code.format(order=order.code, waiting=waiting.code)
    assert main(["print-stamps", code, str(tmp_path / output), *rest]) == 1
    assert words in capsys.readouterr().err


def test_a_file_that_cannot_be_made_says_so_in_its_row(now: datetime, tmp_path: Path) -> None:
    from ocop.core.refusals import Refused
    from ocop.traceability import jobs

    order = making.approved(now)
    made = making.printing.ask_print(actor=SYSTEM, order=order, wish=making.wish(order), at=now)
    stamp_keys.path().unlink()
    with pytest.raises(Refused):
        jobs.make_now(made, lambda _done: None)
    made.refresh_from_db()
    assert made.state == JobState.FAILED


def test_a_stamp_is_looked_up(now: datetime, capsys: Captured, settings: LazySettings) -> None:
    order = making.active(now)
    exceptions.except_stamps(
        actor=SYSTEM,
        order=order,
        spans=making.places(order, 5, 5),
        kind="suspicious",
        reason="Quét ở bảy tỉnh",
        at=now,
    )
    serial = written(stamp_keys.serial_key(0), order.first + 4)
    assert main(["check-stamp", f"{settings.OCOP_STAMP_URL}/S/{serial}"]) == 0
    out = capsys.readouterr().out
    assert "tem số 5: Đã kích hoạt" in out
    assert "nghi sao chép" in out
    assert "Lô L-01" in out
    assert main(["check-stamp", serial, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["place"], told["state"], told["exceptions"]) == (5, "active", ["suspicious"])
    assert (told["scans"], told["signals"]) == (0, [])
    number = order.first + 4
    StampSeen.objects.create(
        version=0, number=number, scans=1_040, clients=34, first_at=now, last_at=now, day=0,
        today=b"",
    )  # fmt: skip
    ScanSignal.objects.create(
        code="sgna2345", rule="devices", subject=f"stamp:0:{number}", version=0, number=number,
        order=order, item=order.item, measure=34, limit=30, facts={}, first_at=now, last_at=now,
        raised_at=now,
    )  # fmt: skip
    assert main(["check-stamp", serial]) == 0
    out = capsys.readouterr().out
    assert "Số lượt quét: 1.040" in out
    assert "NGHI VẤN CHƯA KẾT LUẬN: sgna2345" in out


def test_a_stamp_that_was_never_given_out_ends_with_one(now: datetime, capsys: Captured) -> None:
    making.approved(now, quantity=10)
    assert main(["check-stamp", "0" * 20]) == 1
    assert "tem giả" in capsys.readouterr().out
    assert main(["check-stamp", written(stamp_keys.serial_key(0), 10)]) == 1
    assert "chưa cấp" in capsys.readouterr().out


def test_a_new_key_of_stamps_is_taken_into_use(now: datetime, capsys: Captured) -> None:
    making.approved(now)
    assert main(["rotate-key", "stamps", "--yes"]) == 0
    out = capsys.readouterr().out
    made = StampKey.objects.get(in_use=True)
    assert made.version == 1
    assert stamp_keys.short(made.fingerprint) in out
    assert "phiên bản 0" in out


def test_nobody_at_the_terminal_changes_no_key(now: datetime, capsys: Captured) -> None:
    assert main(["rotate-key", "stamps"]) == 1
    assert not StampKey.objects.exists()
    assert "--yes" in capsys.readouterr().err


def test_check_says_that_the_lot_is_recalled(now: datetime, capsys: Captured) -> None:
    order = making.approved(now)
    lot = make_lot(order.item, now, expires_on=date(2027, 1, 1))
    activate(order, lot, now)
    assert main(["check-stamp", serial(order)]) == 0
    assert "Hạn dùng đến hết ngày 01/01/2027" in capsys.readouterr().out
    recalling.recall_lot(actor=SYSTEM, lot=lot, reason="Có mảnh thủy tinh", at=now)
    assert main(["check-stamp", serial(order)]) == 0
    assert "LÔ BỊ THU HỒI: Có mảnh thủy tinh" in capsys.readouterr().out
    assert main(["check-stamp", serial(order), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["lot_recalled_at"] == now.isoformat()
    assert told["lot_recall_reason"] == "Có mảnh thủy tinh"


@pytest.mark.parametrize(
    "path", ["01/09520000003029/21/{s}", "01/{g}/10/FAKE/21/{s}", "01/{g}/21/{s}/10/FAKE",
             "01/{g}/22/A/21/{s}", "P/00000000/21/{s}"],
)  # fmt: skip
def test_check_refuses_a_true_serial_behind_the_number_of_other_goods(
    now: datetime, capsys: Captured, path: str, settings: LazySettings
) -> None:
    order = making.approved(now, making.sold(now, gtin="08935001700012"))
    lot = make_lot(order.item, now, expires_on=date(2027, 1, 1))
    activate(order, lot, now)
    own = settings.OCOP_STAMP_URL
    told = f"{own}/{path.format(s=serial(order), g=order.item.gtin)}"
    assert main(["check-stamp", told]) == 1
    assert "Đã kích hoạt" not in capsys.readouterr().out
    for right in (f"01/{order.item.gtin}/21/{serial(order)}", f"S/{serial(order)}",
                  f"01/{order.item.gtin}/10/L-01/21/{serial(order)}"):  # fmt: skip
        assert main(["check-stamp", f"{own}/{right}"]) == 0


def test_check_refuses_a_code_of_another_website(now: datetime, capsys: Captured) -> None:
    order = making.approved(now)
    assert main(["check-stamp", f"https://evil.example/S/{serial(order)}"]) == 1
    assert "evil.example" in capsys.readouterr().out
    assert main(["check-stamp", f"evil.example/S/{serial(order)}", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["foreign_host"] == "evil.example"
