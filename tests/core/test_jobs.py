"""Long work of the worker: signs of life, and how it ended, in the words of who asked."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from ocop.core import language
from ocop.core.jobs import life
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused

NOON = datetime(2026, 11, 30, 5, tzinfo=UTC)


def test_work_is_silent_after_its_time_and_not_before() -> None:
    assert not life.is_silent(NOON, NOON + life.SILENT - timedelta(microseconds=1))
    assert life.is_silent(NOON, NOON + life.SILENT)


def test_a_heart_beats_once_a_second_and_stops_for_a_later_run() -> None:
    told: list[tuple[int, datetime]] = []
    later = False

    def note(done: int, at: datetime) -> int:
        told.append((done, at))
        return 0 if later else 1

    with time_machine.travel(NOON, tick=False) as clock:
        beat = life.heartbeat(note)
        for done in range(30):
            clock.shift(0.25)
            beat(done)
        assert [done for done, _at in told] == [3, 7, 11, 15, 19, 23, 27]
        assert told[0][1] == NOON + timedelta(seconds=1)
        later = True
        clock.shift(1)
        with pytest.raises(life.Superseded):
            beat(30)


def _broken() -> str:
    return _("Lỗi ở phía chúng tôi. Hãy gửi lại; nếu vẫn lỗi, báo quản trị hệ thống.")


@pytest.mark.parametrize("spoken", ["vi", "en"])
def test_how_work_ended_is_noted_in_the_language_of_who_asked(spoken: str) -> None:
    noted: list[str] = []
    with life.ending(spoken, noted.append, _broken):
        assert language.active() == spoken
    with life.ending(spoken, noted.append, _broken):
        raise Refused("full", "Không còn chỗ.")
    with life.ending(spoken, noted.append, _broken):
        raise life.Superseded
    with pytest.raises(ZeroDivisionError), life.ending(spoken, noted.append, _broken):
        raise ZeroDivisionError  # goes on to the row of the task
    with language.using(spoken):
        assert noted == ["", "Không còn chỗ.", "", _broken()]
    assert language.active() == "vi"
