"""`ocop epcis import` and `export`: what goes out comes in again, the same."""

import json
import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from ocop.__main__ import main
from ocop.core import db
from ocop.core.actor import SYSTEM
from ocop.core.models import Event
from ocop.traceability import naming
from ocop.traceability.diary import Step
from ocop.traceability.epcis import documents
from ocop.traceability.models import Lot, TraceEvent
from ocop.traceability.services import capturing, noting
from tests.traceability.epcis.examples import aggregation, document, lot_event, object_event
from tests.traceability.epcis.registers import emptied, register
from tests.traceability.making import Maker, maker, note

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
    before = register()
    assert len(json.loads(file.read_text())["epcisBody"]["eventList"]) == len(before) == 4
    emptied()
    assert main(["epcis", "import", str(file), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"new": 4, "known": 0, "wrong": 0}
    assert register() == before
    assert main(["epcis", "import", str(file), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"new": 0, "known": 4, "wrong": 0}
    assert register() == before


def _of_lots_without_a_place(made: Maker, now: datetime) -> None:
    Lot.objects.filter(pk=made.lot.pk).update(site=None)
    made.lot.refresh_from_db()
    noting.inspect_lot(actor=SYSTEM, lot=made.lot, conforms=True, note="", done_at=now, at=now)
    noting.note_activation(made.lot, 20, at=now)


def _of_others(made: Maker, now: datetime) -> None:
    """Events whose producer nothing in them says: about nothing of ours, and about a lot that was
    bought."""
    goods = [{"epcClass": naming.lot_uri(maker(now).lot), "quantity": 5}]
    events = [aggregation(), lot_event(quantityList=goods, recordTime="2020-01-01T00:00:00Z")]
    raws = documents.events_of(document(*events))
    capturing.capture(actor=SYSTEM, raws=raws, owner=made.producer, at=now)


@pytest.mark.parametrize("told", [_of_lots_without_a_place, _of_others])
def test_events_come_back_to_whose_they_were(
    now: datetime, tmp_path: Path, told: Callable[[Maker, datetime], None]
) -> None:
    made = maker(now)
    told(made, now)
    assert set(TraceEvent.objects.values_list("producer", flat=True)) == {made.producer.pk}
    first, second = tmp_path / "1.json", tmp_path / "2.json"
    assert main(["epcis", "export", "--output", str(first)]) == 0
    before = register()
    emptied()
    assert main(["epcis", "import", str(first)]) == 0
    assert register() == before
    assert main(["epcis", "export", "--output", str(second)]) == 0
    assert [_undated(file) for file in (first, second)] == [_undated(first)] * 2


def _undated(file: Path) -> str:
    return re.sub('"(recordTime|creationDate)": "[^"]*"', "", file.read_text())


def test_place_is_told_only_where_there_is_one(now: datetime) -> None:
    made = maker(now)
    _of_lots_without_a_place(made, now)
    for row in TraceEvent.objects.all():
        assert (row.read_point, row.biz_location) == ("", "")
        assert not {"readPoint", "bizLocation"} & row.body.keys()


def test_many_problems_of_one_kind_are_told_in_short(
    now: datetime, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = maker(now).producer.code
    file = tmp_path / "a.json"
    wrong = [object_event(bizStep="selling") for _turn in range(300)]
    file.write_text(json.dumps(document(*wrong)))
    assert main(["epcis", "import", str(file), "--producer", code, "--proceed"]) == 1
    told = capsys.readouterr().err.splitlines()
    assert len(told) == 21
    assert "280" in told[-1]


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


def test_import_lets_others_write_in_between_and_writes_nothing_known(
    now: datetime, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = maker(now)
    goods = [{"epcClass": naming.lot_uri(made.lot), "quantity": 1}]
    events = [
        lot_event(quantityList=goods, eventID=f"urn:uuid:{n}", eventTime=f"2013-06-08T14:58:{n}Z")
        for n in range(10, 50)
    ]
    file = tmp_path / "su-kien.json"
    file.write_text(json.dumps(document(*events)))
    acts = Event.objects.filter(name="traceability.events_captured")
    assert main(["epcis", "import", str(file), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"new": 40, "known": 0, "wrong": 0}
    portions = acts.count()
    assert portions >= 3 or db.mark_of_others() is None  # where writers wait for each other
    assert main(["epcis", "import", str(file), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"new": 0, "known": 40, "wrong": 0}
    assert acts.count() == portions


def test_import_of_a_file_with_a_mistake_at_its_end_writes_nothing(
    now: datetime, tmp_path: Path
) -> None:
    made = maker(now)
    goods = [{"epcClass": naming.lot_uri(made.lot), "quantity": 1}]
    events = [lot_event(quantityList=goods, eventTime=f"2013-06-08T14:58:{n}Z")
              for n in range(10, 50)]  # fmt: skip
    file = tmp_path / "su-kien.json"
    file.write_text(json.dumps(document(*events, lot_event(action="MOVE"))))
    assert main(["epcis", "import", str(file)]) == 1
    assert not TraceEvent.objects.exists()
