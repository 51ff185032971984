"""Events of the demonstration are what a document of EPCIS 2.0 could have brought."""

import json
from pathlib import Path

import pytest
from django.conf import settings

from ocop.__main__ import main
from ocop.demonstration.traceability import diaries
from ocop.traceability import queries
from ocop.traceability.models import EventThing, Lot, TraceEvent
from tests.demonstration.conftest import LOADED_AT
from tests.demonstration.loaded import LOADED
from tests.traceability.epcis.registers import emptied, register

pytestmark = LOADED


@pytest.fixture(autouse=True)
def _installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ocop.commands.epcis.start_installed", lambda: None)


@pytest.mark.whole
def test_all_of_them_go_out_and_come_in_again_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    count = diaries.bring(at=LOADED_AT)
    file = tmp_path / "su-kien.json"
    assert main(["epcis", "export", "--output", str(file)]) == 0
    before = register()
    assert len(before) == count > 10_000
    emptied()
    for told in ({"new": count, "known": 0, "wrong": 0}, {"new": 0, "known": count, "wrong": 0}):
        assert main(["epcis", "import", str(file), "--json"]) == 0
        assert json.loads(capsys.readouterr().out) == told
        assert register() == before


def test_no_name_in_them_is_bound_to_a_host() -> None:
    """A lot, a place, a package: by its GS1 key, else by a name without a host."""
    diaries.bring(at=LOADED_AT)
    host = settings.BASE_URL.partition("://")[2]
    assert not EventThing.objects.filter(value__contains=host).exists()
    assert not EventThing.objects.filter(lot__isnull=True, value__contains="/L/").exists()
    for column in ("read_point", "biz_location"):
        assert not TraceEvent.objects.filter(**{f"{column}__contains": host}).exists()
    assert not TraceEvent.objects.exclude(disposition="recalled").filter(site=None).exists()


def test_nothing_is_done_twice_with_a_lot_on_a_day() -> None:
    diaries.bring(at=LOADED_AT)
    lots = Lot.objects.filter(things__event__biz_step="creating_class_instance").distinct()
    for lot in lots.select_related("item__product__producer", "site"):
        stages = queries.stages_of(lot)
        done = [(each.act, each.at.date()) for each in stages if each.act != "ship"]
        assert len(done) == len(set(done)), lot.code
