"""Loading the demonstration a second time."""

from datetime import datetime

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.demonstration import queries
from ocop.demonstration.services import load
from ocop.recognition.models import Recognition
from tests.demonstration.loaded import LOADED

pytestmark = LOADED


def test_loading_again_changes_nothing(now: datetime) -> None:
    before = Recognition.objects.count()
    assert queries.is_current()
    assert load(actor=SYSTEM, at=now) is False
    assert Recognition.objects.count() == before


def test_older_version_is_known_as_such() -> None:
    row = options.Option.objects.get(key=queries.VERSION.key)
    row.value = row.value + 1
    row.save()
    assert queries.is_loaded()
    assert not queries.is_current()
