"""`ocop work` and `ocop remind`: what waits is done, and reminders are written once a day."""

from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.db import OperationalError
from django.utils import timezone

from ocop.__main__ import main
from ocop.commands import work
from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.people import tasks
from ocop.people.models import Delivery, DeliveryState, Message
from ocop.people.outbox import tell
from ocop.people.roles import Role
from ocop.programme import reminding
from ocop.programme.models import TaskKind
from ocop.programme.services import tasks as unit_tasks
from ocop.programme.services.tasks import NewTask
from ocop.recognition.log import keeping, store
from ocop.recognition.models import LogHead
from tests.factories import RecognitionFactory
from tests.recognition.log.logged import decided
from tests.world import build_places, person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _installed(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OCOP_LANGUAGE", "vi")
    options.set_option(actor=SYSTEM, option=options.PROVINCE, value="01", at=now)


def _waiting(now: datetime) -> None:
    tell(users=[person(now, None)], kind="x.y", key="k", subject="Tin", body="Tin", at=now)


def test_once_sends_what_waits_and_ends(
    now: datetime, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(work, "_jobs", lambda **_named: None)
    _waiting(timezone.now())
    assert main(["work", "--once"]) == 0
    assert "Đã gửi 1" in capsys.readouterr().out
    assert store.head() is not None  # the public log is up to date
    assert len(mail.outbox) == 1


def test_remind_tells_once(now: datetime, capsys: pytest.CaptureFixture[str]) -> None:
    places = build_places(now)
    person(now, Role.COMMUNE_OFFICER, places.here)
    task = NewTask(TaskKind.OTHER, "Rà soát", "Báo lại.", timezone.localdate() + timedelta(days=1))
    unit_tasks.give_task(actor=SYSTEM, task=task, units=[places.here], at=timezone.now())
    assert main(["remind"]) == 0
    assert "Đã viết 1 lời nhắc" in capsys.readouterr().out
    assert main(["remind"]) == 0
    assert "Đã viết 0 lời nhắc" in capsys.readouterr().out
    assert Message.objects.filter(kind="programme.task_reminded").count() == 1


def test_a_turn_reminds_once_a_day_and_sends(
    now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    reminded: list[datetime] = []
    monkeypatch.setattr(reminding, "remind", lambda *, at: reminded.append(at) or 0)
    monkeypatch.setattr(timezone, "localtime", lambda *_value: now.replace(hour=5))
    post = work.Post()
    _waiting(now)
    post.turn()
    assert reminded == []  # before the office opens
    assert Delivery.objects.get().state == DeliveryState.SENT
    monkeypatch.setattr(timezone, "localtime", lambda *_value: now.replace(hour=7))
    post.turn()
    post.turn()
    assert len(reminded) == 1


def test_a_turn_hands_on_what_the_public_log_has_to_take_in(
    now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Within a minute an entry is there; what fails is not asked for at every turn."""
    clock = [now.replace(hour=1)]
    monkeypatch.setattr(timezone, "localtime", lambda *_value: clock[0])
    post = work.Post()
    decided(RecognitionFactory(), now=now)
    post.turn()
    head = store.head()
    assert head is not None
    assert head.size == 2
    decided(RecognitionFactory(), now=now)
    post.turn()
    assert store.head() == head
    clock[0] += timedelta(seconds=20)
    post.turn()
    assert store.head() != head
    later = store.head()
    LogHead.objects.update(trouble={"code": "log_unwritable", "facts": {"why": "đĩa đầy"}})
    decided(RecognitionFactory(), now=now)
    clock[0] += timedelta(seconds=20)
    post.turn()
    assert store.head() == later
    clock[0] += timedelta(minutes=10)
    post.turn()
    assert store.head() != later
    assert LogHead.objects.get().trouble == {}


def test_a_turn_checks_the_public_log_once_a_night(
    now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: list[datetime] = []
    monkeypatch.setattr(keeping, "check", lambda *, at: checked.append(at))
    monkeypatch.setattr(timezone, "localtime", lambda *_value: now.replace(hour=1))
    post = work.Post()
    post.turn()
    assert checked == []
    monkeypatch.setattr(timezone, "localtime", lambda *_value: now.replace(hour=3))
    post.turn()
    post.turn()
    assert len(checked) == 1


def test_post_goes_on_after_a_database_that_was_busy(monkeypatch: pytest.MonkeyPatch) -> None:
    turns: list[int] = []
    post = work.Post(every=0.01)

    def turn(stop: object) -> None:
        turns.append(1)
        if len(turns) == 1:
            raise OperationalError("database is locked")
        post._stopping.set()

    monkeypatch.setattr(post, "turn", turn)
    post.start()
    post._thread.join(5)
    assert len(turns) == 2


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_an_error_of_ours_ends_the_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    ended: list[int] = []
    post = work.Post(every=0.01)

    def turn(stop: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(post, "turn", turn)
    monkeypatch.setattr(work.os, "kill", lambda pid, _signal: ended.append(pid))
    post.start()
    post._thread.join(5)
    assert ended == [work.os.getpid()]


def test_signal_leaves_the_rest_for_the_next_time(now: datetime) -> None:
    _waiting(now)
    work.Post().turn(stop=lambda: True)
    assert Delivery.objects.get().state == DeliveryState.WAITING
    assert tasks.deliver_waiting().sent == 1
