"""`ocop progress` on the demonstration: the office's own numbers by calculation."""

import json

import pytest

from ocop.__main__ import main
from ocop.programme.models import Target
from ocop.recognition.models import Recognition
from tests.demonstration.loaded import LOADED

pytestmark = LOADED
END_OF_MARCH = ("--term", "2021-2025", "--as-of", "2024-03-31")


@pytest.fixture(autouse=True)
def _in_vietnamese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OCOP_LANGUAGE", "vi")


def test_json_has_exactly_the_numbers_of_the_office(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["progress", *END_OF_MARCH, "--json"]) == 0
    said = capsys.readouterr()
    assert json.loads(said.out) == {
        "evaluated_total": 2711,
        "evaluated_in_term": 1657,
        "target": 2000,
        "share_percent": 82.9,
        "missing": 343,
        "registered_this_year": 510,
        "expected_by_year_end": 2167,
        "target_reached_in": "2024-Q4",
    }
    assert said.err == ""


def test_numbers_follow_the_register_and_the_target(capsys: pytest.CaptureFixture[str]) -> None:
    rows = Recognition.objects.filter(evaluated_on__year=2023, kind="first").order_by("pk")[:7]
    Recognition.objects.filter(pk__in=list(rows.values_list("pk", flat=True))).update(
        annulled_on="2024-01-15"
    )
    Target.objects.filter(indicator="evaluated_in_term", starts_on="2021-01-01").update(low=2200)
    assert main(["progress", *END_OF_MARCH, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["evaluated_total"], told["evaluated_in_term"]) == (2704, 1650)
    assert (told["share_percent"], told["missing"]) == (75.0, 550)
    assert (told["expected_by_year_end"], told["target_reached_in"]) == (2160, None)


@pytest.mark.parametrize(
    ("spoken", "numbers"),
    [
        ("vi", ("2.711", "1.657", "2.000", "82,9 %", "343", "510", "2.167", "31/03/2024")),
        ("en", ("2,711", "1,657", "2,000", "82.9%", "343", "510", "2,167", "31/03/2024")),
    ],
)
def test_people_get_three_sentences_in_their_language(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    spoken: str,
    numbers: tuple[str, ...],
) -> None:
    monkeypatch.setenv("OCOP_LANGUAGE", spoken)
    assert main(["progress", "--term", "2021–2025", "--as-of", "31/03/2024"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 3
    assert all(number in " ".join(lines) for number in numbers)


def test_term_is_that_of_the_day_unless_given(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["progress", "--as-of", "2020-12-31", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["evaluated_total"], told["evaluated_in_term"]) == (1054, 1054)
    assert (told["target"], told["share_percent"], told["missing"]) == (None, None, None)


@pytest.mark.parametrize(
    "arguments",
    [
        ("--term", "2025-2021"),
        ("--term", "nhiệm kỳ này"),
        ("--as-of", "31-03-2024"),
        ("--as-of", "2024-02-30"),
        ("--as-of", "9999-12-31"),
        ("--as-of", "hôm nay"),
    ],
)
def test_bad_term_or_day_is_refused_in_one_line_that_names_it(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, str]
) -> None:
    assert main(["progress", *arguments, "--json"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    (line,) = said.err.strip().splitlines()
    assert f"“{arguments[1]}”" in line
