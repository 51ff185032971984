"""`ocop locate`, as a person and as a program call it."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine

from ocop.__main__ import main

ADDRESS = "Thôn 3, xã Thuận Hà, huyện Đắk Song, tỉnh Đắk Nông"


def test_locate_prints_facts(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["locate", ADDRESS, "--on", "2024-01-01", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert set(told) == {"then", "now", "ambiguous", "candidates"}
    assert (told["then"]["name"], told["now"]["name"]) == ("Xã Thuận Hà", "Xã Thuận Hạnh")
    assert [a["name"] for a in told["then"]["above"]] == ["Huyện Đắk Song", "Tỉnh Đắk Nông"]
    assert (told["ambiguous"], told["candidates"]) == (False, [])


@pytest.mark.parametrize(
    ("address", "words"),
    [
        (ADDRESS, "Hiện nay: Xã Thuận Hạnh"),
        ("xã Sơn Hà", "Chưa xác định được"),
        ("đâu đó", "Không tìm thấy"),
        ("Phường Sài Đồng, Long Biên, Hà Nội", "Chưa rõ hiện nay"),
    ],
)
def test_locate_tells_people(capsys: pytest.CaptureFixture[str], address: str, words: str) -> None:
    assert main(["locate", address, "--on", "01/01/2024"]) == 0
    assert words in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments", [["xã Sơn Hà", "--on", "hôm qua"], [], ["--batch", "/không/có"]]
)
def test_locate_refuses_in_one_line(
    capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    assert main(["locate", *arguments]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert len(told.err.strip().splitlines()) == 1


def test_locate_reads_a_file_line_by_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "addresses.txt"
    file.write_text(f"{ADDRESS}\n\nxã Sơn Hà\n", encoding="utf-8")
    assert main(["locate", "--batch", str(file), "--on", "2024-01-01"]) == 0
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [t["ambiguous"] for t in told] == [False, True]
    assert told[0]["address"] == ADDRESS


def test_locate_needs_no_installation(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "ocop", "locate", ADDRESS, "--on", "2024-01-01", "--json"],
        capture_output=True,
        text=True,
        check=True,
        env={"OCOP_DATA_DIR": str(tmp_path / "none"), "LANG": "en_US.UTF-8", "PATH": "/usr/bin"},
    )
    assert json.loads(done.stdout)["now"]["code"] == "24722"
    assert not (tmp_path / "none").exists()


def test_byte_that_is_no_utf_8_does_not_end_the_addresses() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "ocop", "locate", "--batch", "-", "--on", "2024-01-01"],
        input=b"x\xe3 S\xff\n" + ADDRESS.encode() + b"\n",
        capture_output=True,
        check=True,
        env=os.environ | {"LC_ALL": "C.UTF-8"},
    )
    first, second = map(json.loads, done.stdout.decode().splitlines())
    assert first["then"] is None
    assert second["now"]["name"] == "Xã Thuận Hạnh"


def test_today_is_the_day_in_vietnam(
    capsys: pytest.CaptureFixture[str], elsewhere: datetime
) -> None:
    """On the evening of 30 June in London the two-level units of 1 July hold already."""
    told = []
    for more in ([], ["--on", "2025-07-01"], ["--on", "2025-06-30"]):
        with time_machine.travel(elsewhere, tick=False):
            main(["locate", ADDRESS, "--json", *more])
        told.append(json.loads(capsys.readouterr().out)["then"])
    assert told[0] == told[1] != told[2]


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> Iterator[datetime]:
    """18:00 UTC of 30 June 2025, on a machine whose clock shows UTC."""
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield datetime(2025, 6, 30, 18, tzinfo=UTC)
    monkeypatch.undo()
    time.tzset()
