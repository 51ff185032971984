"""Wrong calls and the explanations of commands speak the language of the terminal, in one line."""

import pytest

from ocop.__main__ import main

CALLS = [
    (["score", "--foo"], "Không hiểu tham số: --foo."),
    (["score", "--set", "x"], "Tham số --set phải là số nguyên, không phải “x”."),
    (["score", "--marks"], "Tham số --marks cần một giá trị đi sau."),
    (["score", "--rule", "no"], "không nhận “no”; chỉ nhận: every_minimum, band_only."),
    (["score", "--json=1"], "Tham số --json không đi kèm giá trị “1”."),
    (["import-registry"], "Thiếu tham số: file."),
    (["import-registry", "f", "--e", "A"], "Tham số --e chưa rõ, có thể là: --evidence, --errors."),
    (["init"], "Thiếu tham số: --province."),
    (["score", "--set", "1\n2"], "Tham số --set phải là số nguyên"),
]


@pytest.mark.parametrize(("call", "words"), CALLS)
def test_wrong_call_is_told_in_one_line(
    call: list[str], words: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OCOP_LANGUAGE", "vi")
    with pytest.raises(SystemExit) as ended:
        main(call)
    out, err = capsys.readouterr()
    assert (ended.value.code, out) == (2, "")
    (line,) = err.splitlines()
    assert words in line
    assert f"Gõ `ocop {call[0]} --help`" in line


def test_what_the_library_may_say_some_day_is_still_one_vietnamese_line(
    capsys: pytest.CaptureFixture[str],
) -> None:
    from ocop.commands._usage import Parser

    with pytest.raises(SystemExit):
        Parser("ocop thử", "").error("something new")
    assert capsys.readouterr().err.startswith("Cách gọi lệnh chưa đúng. Gõ `ocop thử --help`")


def test_help_is_vietnamese(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OCOP_LANGUAGE", "vi")
    with pytest.raises(SystemExit) as ended:
        main(["import-registry", "--help"])
    told = capsys.readouterr().out
    assert ended.value.code == 0
    assert told.startswith("Cách dùng: ocop import-registry")
    for english in ("usage", "options", "positional", "show this help"):
        assert english not in told


@pytest.mark.parametrize(
    ("marks", "words"),
    [
        ("1.1=9", "Tiêu chí 1.1 không có mức 9 điểm: chỉ nhận 0, 1, 2, 3."),
        ("1.1=x", "Điểm của tiêu chí 1.1 phải là số, không phải “x”: chỉ nhận 0, 1, 2, 3."),
        ("1.1=1.5", "không phải “1.5”: chỉ nhận 0, 1, 2, 3."),
        ("9.9=1", "Bộ 1 không có tiêu chí 9.9: chỉ có 1.1, 1.2,"),
    ],
)
def test_refused_mark_names_the_criterion_and_what_it_takes(
    marks: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["score", "--set", "1", "--marks", marks]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert words in line


@pytest.mark.parametrize("day", ["hôm qua", "2024-02-30", "31-03-2024", "²"])
def test_day_that_is_none_gets_a_sentence(day: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["progress", "--as-of", day]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert f"Không hiểu ngày “{day}”." in line
