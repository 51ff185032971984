"""`ocop progress` where there is nothing to tell."""

from datetime import UTC, datetime

import pytest
import time_machine

from ocop.__main__ import main
from ocop.core import options
from ocop.core.models import Option

END_OF_MARCH = ("--term", "2021-2025", "--as-of", "2024-03-31")


@pytest.fixture(autouse=True)
def _in_vietnamese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OCOP_LANGUAGE", "vi")


@pytest.mark.django_db
def test_without_data_the_command_says_what_to_run(capsys: pytest.CaptureFixture[str]) -> None:
    Option.objects.filter(key=options.PROVINCE.key).delete()
    assert main(["progress"]) == 1
    said = capsys.readouterr()
    assert (said.out, len(said.err.strip().splitlines())) == ("", 1)
    assert "ocop init" in said.err


@pytest.mark.django_db
def test_province_that_is_none_is_refused(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    main(["init", "--province", "01", "--quiet"])
    capsys.readouterr()
    assert main(["progress", "--province", "xx"]) == 1
    assert "mang mã “xx”" in capsys.readouterr().err


@pytest.mark.django_db
@pytest.mark.parametrize(("hour", "day"), [(16, "31/12/2024"), (17, "01/01/2025")])
def test_progress_is_of_the_day_in_vietnam(
    capsys: pytest.CaptureFixture[str], hour: int, day: str
) -> None:
    main(["init", "--province", "01", "--quiet"])
    capsys.readouterr()
    with time_machine.travel(datetime(2024, 12, 31, hour, tzinfo=UTC), tick=False):
        assert main(["progress", "--term", "2021-2025"]) == 0
    assert day in capsys.readouterr().out
