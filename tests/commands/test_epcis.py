"""`ocop epcis import` and `export`: what goes out comes in again, the same."""

import json
from datetime import datetime
from pathlib import Path

import pytest

from ocop.__main__ import main
from ocop.core.actor import SYSTEM
from ocop.traceability.diary import Step
from ocop.traceability.models import EventThing, TraceEvent
from ocop.traceability.services import noting
from tests.traceability.epcis.examples import document, object_event
from tests.traceability.making import maker, note

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ocop.commands.epcis.start_installed", lambda: None)


def test_what_goes_out_comes_in_again(
    now: datetime, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = maker(now)
    note(made, Step.PROCESS, now)
    wrong = note(made, Step.SHIP, now)
    noting.declare_wrong(actor=SYSTEM, event=wrong, happened=True, reason="Ghi nhầm", at=now)
    file = tmp_path / "su-kien.json"
    assert main(["epcis", "export", "--output", str(file)]) == 0
    before = sorted(TraceEvent.objects.values_list("event_id", "digest", "declares__event_id"),
                    key=str)  # fmt: skip
    assert len(json.loads(file.read_text())["epcisBody"]["eventList"]) == len(before) == 4
    made.producer.materials.all().delete()
    EventThing.objects.all().delete()
    TraceEvent.objects.filter(declares__isnull=False).delete()
    TraceEvent.objects.all().delete()
    assert main(["epcis", "import", str(file), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"new": 4, "known": 0, "wrong": 0}
    after = TraceEvent.objects.values_list("event_id", "digest", "declares__event_id")
    assert sorted(after, key=str) == before
    assert main(["epcis", "import", str(file), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"new": 0, "known": 4, "wrong": 0}


def test_export_of_one_lot_or_producer(now: datetime, capsys: pytest.CaptureFixture[str]) -> None:
    made, other = maker(now), maker(now)
    note(made, Step.SHIP, now)
    note(other, Step.SHIP, now)
    for option, value in (("--lot", made.lot.code), ("--producer", made.producer.code)):
        assert main(["epcis", "export", option, value]) == 0
        (event,) = json.loads(capsys.readouterr().out)["epcisBody"]["eventList"]
        assert event["eventID"] == TraceEvent.objects.get(producer=made.producer).event_id


def test_wrong_event_stops_the_import_and_is_told(
    now: datetime, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = maker(now).producer.code
    file = tmp_path / "a.json"
    file.write_text(json.dumps(document(object_event(), object_event(bizStep="selling"))))
    assert main(["epcis", "import", str(file), "--producer", code]) == 1
    assert "/epcisBody/eventList/1/bizStep" in capsys.readouterr().err
    assert not TraceEvent.objects.exists()
    assert main(["epcis", "import", str(file), "--producer", code, "--proceed"]) == 1
    assert TraceEvent.objects.count() == 1


@pytest.mark.parametrize(
    "arguments",
    [["import", "/none.json"], ["export", "--producer", "none2345"], ["export", "--output", "/"]],
)
def test_what_cannot_be_done_is_told(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["epcis", *arguments]) == 1
    assert capsys.readouterr().err.strip()
