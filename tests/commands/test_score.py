"""`ocop score`, as a person and as a program call it."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ocop.__main__ import main


def test_batch_answers_every_line_of_a_file(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "sheets.jsonl"
    file.write_text('{"id":1,"set":1,"marks":{"1.1":2}}\n{"id":2,"set":99}\n', encoding="utf-8")
    assert main(["score", "--batch", str(file)]) == 0
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert told[0]["total"] == 2
    assert told[1].keys() == {"id", "error"}


def test_batch_reads_standard_input_and_needs_no_installation(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "ocop", "score", "--batch", "-"],
        input='{"id":"a","set":16,"marks":{}}\n',
        capture_output=True,
        text=True,
        check=True,
        env={"OCOP_DATA_DIR": str(tmp_path / "none"), "PATH": "/usr/bin", "LANG": "vi_VN.UTF-8"},
    )
    assert json.loads(done.stdout)["stopped"] == ["zero_in_any_sensory"]
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("locale", ["C", "C.UTF-8", "POSIX"])
@pytest.mark.parametrize(
    ("language", "words"), [("vi", "không thuộc mã UTF-8"), ("en", "not UTF-8")]
)
def test_byte_that_is_no_utf_8_costs_its_line_alone(
    tmp_path: Path, locale: str, language: str, words: str
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "ocop", "score", "--batch", "-"],
        input=b'{"id":1,"set":1}\n{"id":"\xe0","set":1}\n{"id":"\xc4\x90","set":1}\n',
        capture_output=True,
        check=True,
        env=os.environ
        | {
            "OCOP_DATA_DIR": str(tmp_path / "none"),
            "OCOP_LANGUAGE": language,
            "LC_ALL": locale,
            "PYTHONCOERCECLOCALE": "0",
        },
    )
    first, second, third = map(json.loads, done.stdout.decode().splitlines())
    assert (first["id"], third["id"]) == (1, "Đ")
    assert second.keys() == {"id", "error"}
    assert second["id"] is None
    assert words in second["error"]


def test_byte_that_is_no_utf_8_in_a_file_costs_its_line_alone(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "sheets.jsonl"
    file.write_bytes(b'\xef\xbb\xbf{"id":1,"set":1}\n{"id":"\xe0","set":1}\n{"id":3,"set":1}\n')
    assert main(["score", "--batch", str(file)]) == 0
    first, second, third = map(json.loads, capsys.readouterr().out.splitlines())
    assert (first["id"], third["id"]) == (1, 3)
    assert "không thuộc mã UTF-8" in second["error"]


def test_one_sheet_is_told_with_what_lifts_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["score", "--set", "1", "--marks", "1.1=2, 2.2=2"]) == 0
    told = capsys.readouterr().out
    assert "Tổng điểm: 4" in told
    assert "lên 3 sao" in told
    assert main(["score", "--set", "16", "--marks", "1.1=1"]) == 0
    assert "Không xếp hạng" in capsys.readouterr().out


def test_structure_of_a_story_without_a_story_counts_nothing_in_a_sheet_typed_by_hand(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["score", "--set", "1", "--marks", "5.1=0,5.2=2", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["total"] == 0
    assert [gate["id"] for gate in told["gates"]] == ["requires_5.1_above_zero"]


def test_one_sheet_as_json_has_advice(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "marks.json"
    file.write_text('{"1.1": 2}')
    assert main(["score", "--set", "1", "--marks", str(file), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["total"] == 2
    assert told["advice"][0]["star"] == 3


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--set", "1"],
        ["--set", "99", "--marks", "1.1=1"],
        ["--set", "1", "--marks", "1.1=x"],
        ["--set", "1", "--marks", "9.9=1"],
        ["--batch", "/không/có"],
    ],
)
def test_wrong_call_is_refused_in_one_line(
    capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    assert main(["score", *arguments]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert len(told.err.strip().splitlines()) == 1


@pytest.mark.parametrize(
    "line",
    ['{"id":"\\ud800","set":1,"marks":{}}', "[" * 100_000, '{"id":NaN,"set":1}'],
)
def test_no_line_stops_the_others(
    line: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "sheets.jsonl"
    file.write_text(f'{line}\n{{"id":"b","set":1,"marks":{{}}}}\n')
    assert main(["score", "--batch", str(file)]) == 0
    answers = capsys.readouterr().out.splitlines()
    assert len(answers) == 2
    assert json.loads(answers[1])["id"] == "b"


def test_file_and_standard_input_part_lines_alike(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = '{"id":"a\u2028b","set":1,"marks":{}}\n{"id":"c\u0085d","set":2,"marks":{}}\n'
    file = tmp_path / "sheets.jsonl"
    file.write_text(text, encoding="utf-8-sig")
    main(["score", "--batch", str(file)])
    from_file = capsys.readouterr().out
    monkeypatch.setattr("sys.stdin", io.StringIO(text))
    main(["score", "--batch", "-"])
    assert from_file == capsys.readouterr().out
    assert "error" not in from_file


def test_marks_that_are_no_object_are_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "m.json"
    file.write_text("[1]")
    assert main(["score", "--set", "1", "--marks", str(file)]) == 1
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


def test_help_says_which_sets_are_used(capsys: pytest.CaptureFixture[str]) -> None:
    """The command works on an empty machine, so it cannot know what an office published."""
    with pytest.raises(SystemExit):
        main(["score", "--help"])
    told = " ".join(capsys.readouterr().out.split())
    assert "các bộ tiêu chí đi kèm phần mềm" in told
    assert "đã sửa và công bố trong hệ thống không được dùng ở đây" in told
