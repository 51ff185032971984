"""`ocop import-registry`: dry on nothing at all, stored in an installation."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import time_machine

from ocop.__main__ import main
from ocop.core.models import Attachment, Event
from ocop.recognition.models import ImportBatch, Recognition
from tests.core import crafted
from tests.councils.books import tables
from tests.recognition.registries import HEADING, book, row

SAMPLE = "src/ocop/recognition/data/recognitions-lam-dong.csv"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of the state that does not exist."""
    monkeypatch.setenv("OCOP_DATA_DIR", str(tmp_path / "state"))
    return tmp_path / "state"


def test_dry_run_needs_nothing_and_leaves_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import-registry", SAMPLE, "--dry-run", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert set(told) == {"rows", "accepted", "rejected", "reports", "records"}
    assert (told["rows"], told["accepted"], told["rejected"]) == (23, 23, 0)
    assert set(told["records"][0]) == {"name", "producer", "commune_now", "stars", "evidence"}
    assert set(told["reports"][0]) == {"row", "field", "code", "message"}
    assert not folder.exists()


def test_a_file_of_headings_alone_says_so(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "so.csv"
    file.write_text(",".join(HEADING) + "\n")
    assert main(["import-registry", str(file), "--dry-run"]) == 0
    assert "không có dòng dữ liệu nào" in capsys.readouterr().out


@pytest.mark.parametrize("refs", [crafted.PANIC, crafted.FAR])
def test_workbook_that_harms_the_reader_is_one_line(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], refs: tuple[str, str]
) -> None:
    file = tmp_path / "so.xlsx"
    file.write_bytes(crafted.cells(*refs))
    assert main(["import-registry", str(file), "--dry-run", "--json"]) == 1
    out, told = capsys.readouterr()
    assert (out, told.count("\n")) == ("", 1)


def test_unit_names_come_with_their_kind(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "so.xlsx"
    file.write_bytes(book(HEADING, row(), row("Chè", address="xã Không Có, tỉnh Lâm Đồng")))
    main(["import-registry", str(file), "--dry-run", "--json"])
    first, second = json.loads(capsys.readouterr().out)["records"]
    assert first["commune_now"] == {"code": "24958", "name": "Xã Đức Trọng"}
    assert second["commune_now"] is None


@pytest.mark.parametrize(("hour", "future"), [(16, True), (17, False)])
def test_day_of_a_dry_run_is_the_day_in_vietnam(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], hour: int, future: bool
) -> None:
    """It is the 1st of July there from 17:00 UTC of the 30th of June."""
    file = tmp_path / "so.xlsx"
    file.write_bytes(book(HEADING, row(signed_on=date(2026, 7, 1))))
    with time_machine.travel(datetime(2026, 6, 30, hour, tzinfo=UTC), tick=False):
        main(["import-registry", str(file), "--dry-run", "--json"])
    told = json.loads(capsys.readouterr().out)
    assert ("date_in_future" in {report["code"] for report in told["reports"]}) == future


@pytest.mark.parametrize("name", ["khong-co.xlsx", "."])
def test_file_that_cannot_be_read_is_one_line(
    folder: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import-registry", name, "--dry-run"]) == 1
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


def test_storing_without_an_installation_is_refused_and_makes_none(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    assert main(["import-registry", SAMPLE]) == 1
    assert "ocop init" in capsys.readouterr().err
    assert not folder.exists()


@pytest.mark.django_db
@pytest.mark.usefixtures("ground")
def test_stored_published_and_known_the_second_time(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder.mkdir()
    (folder / "ocop.sqlite3").touch()  # the tests have a database of their own
    main(["init", "--province", "68", "--quiet"])
    capsys.readouterr()
    assert main(["import-registry", SAMPLE, "--publish", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["accepted"], told["state"]) == (23, "published")
    assert Recognition.objects.count() == 23
    events, files = Event.objects.count(), Attachment.objects.count()
    for more in ([], ["--publish"], ["--skip-bad"]):
        assert main(["import-registry", SAMPLE, "--json", *more]) == 0
        assert json.loads(capsys.readouterr().out) == {
            "batch": None,
            "rows": 23,
            "accepted": 0,
            "rejected": 0,
            "unchanged": 23,
            "state": "unchanged",
        }
    assert main(["import-registry", SAMPLE]) == 0
    assert "23 dòng đã có từ trước" in capsys.readouterr().out
    assert ImportBatch.objects.count() == 1
    assert (Event.objects.count(), Attachment.objects.count()) == (events, files)


@pytest.fixture
def installed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An installation in Lâm Đồng; the tests have a database of their own."""
    folder.mkdir()
    (folder / "ocop.sqlite3").touch()
    main(["init", "--province", "68", "--quiet"])
    capsys.readouterr()


@pytest.mark.django_db
@pytest.mark.usefixtures("ground", "installed")
def test_file_of_bad_rows_alone_is_refused_even_where_they_are_skipped(tmp_path: Path) -> None:
    file = tmp_path / "so.xlsx"
    file.write_bytes(book(HEADING, row(stars="?")))
    assert main(["import-registry", str(file), "--skip-bad"]) == 1


@pytest.mark.django_db
@pytest.mark.usefixtures("ground", "installed")
def test_refused_rows_go_into_a_workbook_when_storing_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Those that contradict the register as well; a file of them is stored once they are skipped,
    and names them then too."""
    file, errors = tmp_path / "so.xlsx", tmp_path / "loi.xlsx"
    call = ["import-registry", str(file), "--errors", str(errors)]
    file.write_bytes(book(HEADING, row()))
    assert main(call) == 0
    file.write_bytes(book(HEADING, row(stars=4), row("Chè", stars="?"), row("Gạo")))
    for more, code in (([], 1), (["--skip-bad"], 0)):
        errors.unlink()
        capsys.readouterr()
        assert main([*call, *more]) == code
        (told,) = tables(errors.read_bytes()).values()
        assert [line[0] for line in told] == ["Dòng", "", 1, 2, 3]  # the fields; one of the file
    assert Recognition.objects.count() == 2


@pytest.mark.django_db
@pytest.mark.usefixtures("ground", "installed")
def test_errors_that_cannot_be_written_are_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "so.xlsx"
    file.write_bytes(book(HEADING, row(stars="?")))
    for more in ([], ["--dry-run"]):
        assert main(["import-registry", str(file), "--errors", str(tmp_path), *more]) == 1
        (line,) = capsys.readouterr().err.strip().splitlines()
        assert str(tmp_path) in line


@pytest.mark.django_db
@pytest.mark.usefixtures("ground", "installed")
def test_workbook_of_errors_is_read_with_the_columns_told_for_its_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, errors = tmp_path / "so.xlsx", tmp_path / "loi.xlsx"
    file.write_bytes(book(("Mặt hàng", "Ai làm", "Hạng sao"), ("Chè", "HTX Núi", "đạt")))
    columns = ["--map", "name=A", "--map", "producer=B", "--map", "stars=C"]
    main(["import-registry", str(file), "--dry-run", "--errors", str(errors), *columns])
    capsys.readouterr()
    assert main(["import-registry", str(errors), "--dry-run", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [r["code"] for r in told["reports"] if r["field"] == "stars"] == ["stars_unreadable"]
    assert not [r for r in told["reports"] if r["field"] == "" or r["code"] == "name_missing"]


GIANT = ("Tên sản phẩm,Chủ thể,Hạng sao\nMắm,HTX Biển,3\nChè," + "x" * 140_000 + ",3\n").encode()
NUL = "Tên sản phẩm,Chủ thể,Hạng sao\nMắm,HTX Biển,3\nChè,HTX N\0úi,3\n".encode()


@pytest.mark.parametrize("content", [GIANT, NUL])
@pytest.mark.parametrize("dry", [True, False])
@pytest.mark.django_db
@pytest.mark.usefixtures("ground")
def test_file_with_a_giant_cell_or_a_zero_is_refused_by_its_row(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, dry: bool
) -> None:
    folder.mkdir()
    (folder / "ocop.sqlite3").touch()
    main(["init", "--province", "68", "--quiet"])
    file = tmp_path / "so.csv"
    file.write_bytes(content)
    capsys.readouterr()
    assert main(["import-registry", str(file), *(["--dry-run"] if dry else [])]) == 1
    out, err = capsys.readouterr()
    (line,) = err.strip().splitlines()
    assert "Dòng 3" in line
    assert "Hãy" in line
    assert out == ""
    assert not ImportBatch.objects.exists()
    assert not Recognition.objects.exists()


def test_bad_rows_go_into_a_workbook(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, errors = tmp_path / "so.xlsx", tmp_path / "loi.xlsx"
    file.write_bytes(book(HEADING, row(), row("Chè", stars="?")))
    main(["import-registry", str(file), "--dry-run", "--errors", str(errors)])
    assert errors.read_bytes().startswith(b"PK")
    assert "nhận 1, chưa nhận 1" in capsys.readouterr().out


@pytest.mark.django_db
@pytest.mark.usefixtures("ground")
def test_dry_run_tells_what_contradicts_the_register(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder.mkdir()
    (folder / "ocop.sqlite3").touch()
    main(["init", "--province", "68", "--quiet"])
    file, again = tmp_path / "so.xlsx", tmp_path / "lan-hai.xlsx"
    file.write_bytes(book(HEADING, row(), row("Chè")))
    again.write_bytes(book(HEADING, row(stars=4), row("Chè"), row("Gạo")))
    main(["import-registry", str(file), "--publish"])
    capsys.readouterr()
    assert main(["import-registry", str(again), "--dry-run", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["rows"], told["accepted"], told["rejected"]) == (3, 2, 1)
    (found,) = (report for report in told["reports"] if report["field"])
    assert (found["row"], found["code"]) == (2, "contradicts_register")
    assert "3 sao" in found["message"]
    assert "4 sao" in found["message"]
    main(["import-registry", str(again), "--dry-run"])
    assert "1 dòng đã có trong sổ" in capsys.readouterr().out
    assert Recognition.objects.count() == 2


@pytest.mark.django_db
@pytest.mark.usefixtures("ground", "installed")
def test_file_loaded_before_is_published_when_that_is_asked_later(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "so.xlsx"
    file.write_bytes(book(HEADING, row()))
    assert main(["import-registry", str(file), "--json"]) == 0
    batch = json.loads(capsys.readouterr().out)["batch"]
    assert main(["import-registry", str(file), "--publish", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["state"], told["published_before"], told["unchanged"]) == ("published", [batch], 1)
    assert ImportBatch.objects.get().state == "published"
    assert main(["import-registry", str(file), "--publish", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["state"] == "unchanged"


@pytest.mark.django_db
@pytest.mark.usefixtures("ground", "installed")
def test_rows_that_wait_for_publication_are_told_with_the_way_to_publish(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "so.xlsx"
    file.write_bytes(book(HEADING, row()))
    main(["import-registry", str(file)])
    told = capsys.readouterr().out
    number = ImportBatch.objects.get().pk
    assert "chưa tính vào số liệu" in told
    assert "--publish" in told
    assert f"lần nhập số {number} rồi bấm Công bố" in told
    main(["import-registry", str(file)])  # once more: they still wait
    assert f"lần nhập số {number}, đã nạp mà chưa công bố" in capsys.readouterr().out
    main(["import-registry", str(file), "--publish"])
    assert "hưa công bố" not in capsys.readouterr().out


@pytest.mark.django_db
@pytest.mark.usefixtures("ground", "installed")
def test_rows_of_another_import_stay_unpublished_and_that_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """That import holds more than this file: only whoever sees all of it publishes it."""
    file, part = tmp_path / "so.xlsx", tmp_path / "phan.xlsx"
    file.write_bytes(book(HEADING, row(), row("Chè")))
    part.write_bytes(book(HEADING, row()))
    main(["import-registry", str(file)])
    batch = ImportBatch.objects.get()
    capsys.readouterr()
    assert main(["import-registry", str(part), "--publish", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["state"], told["not_published"]) == ("unchanged", [batch.pk])
    batch.refresh_from_db()
    assert batch.state == "loaded"
    main(["import-registry", str(part), "--publish"])
    assert f"lần nhập số {batch.pk}, đã nạp mà chưa công bố" in capsys.readouterr().out


@pytest.mark.parametrize("dry", [True, False])
@pytest.mark.django_db
@pytest.mark.usefixtures("ground", "installed")
def test_workbook_that_is_none_is_one_line_saying_what_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], dry: bool
) -> None:
    file = tmp_path / "so.xlsx"
    file.write_bytes(b"<html><table><tr><td>M\xe1\xba\xafm</td></tr></table></html>")
    assert main(["import-registry", str(file), *(["--dry-run"] if dry else [])]) == 1
    (line,) = capsys.readouterr().err.strip().splitlines()
    assert "HTML" in line
    assert "Hãy" in line


def test_columns_that_are_not_read_are_each_named(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "so.xlsx"
    heading = ("STT", *HEADING, "Cơ quan", "Ghi chú nội bộ")
    file.write_bytes(book(("Danh sách",), heading, [1, *row(), "Sở", "xem lại"]))
    call = ["import-registry", str(file), "--dry-run"]
    assert main([*call, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["accepted"], told["rejected"]) == (1, 0)
    found = [r for r in told["reports"] if r["code"] == "column_not_read"]
    assert [(r["row"], r["field"]) for r in found] == [(2, ""), (2, "")]
    assert "Cột H “Cơ quan”" in found[0]["message"]
    assert "Cột I “Ghi chú nội bộ”" in found[1]["message"]
    main([*call, "--errors", str(tmp_path / "loi.xlsx")])
    out = capsys.readouterr().out
    assert "“Cơ quan”" in out
    assert "“Ghi chú nội bộ”" in out
    (lines,) = tables((tmp_path / "loi.xlsx").read_bytes()).values()
    assert [line[:2] for line in lines[2:5]] == [[2, "lưu ý"]] * 3  # the third: nobody signed
