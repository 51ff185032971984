"""Gates that send at once, two who want the last seat, two who number certificates."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from ocop.core.actor import SYSTEM
from ocop.producers.models import Producer
from ocop.training.models import (
    Enrolment,
    TrainingCertificate,
    TrainingCheckIn,
    TrainingClass,
    TrainingSession,
)
from ocop.training.services import attending, certifying, enrolling
from ocop.training.services.enrolling import Attendee
from tests.councils.test_races import _protected_again, at_once, really_committed  # noqa: F401
from tests.factories import ProducerFactory
from tests.training import factories as making
from tests.world import build_places

pytestmark = [pytest.mark.postgres, pytest.mark.usefixtures("really_committed")]


def test_gates_that_send_one_ticket_at_once_let_it_in_once(now: datetime) -> None:
    row = making.enrolled(now, making.make_class(now))
    session = row.training_class.sessions.first()

    def sending(gate: str) -> Callable[[], Any]:
        shown = making.showing(row, session.starts_at, gate)
        mine = TrainingSession.objects.select_related("training_class").get(pk=session.pk)
        return lambda: attending.check_in(
            actor=SYSTEM, session=mine, records=[shown], at=session.ends_at
        )

    answers = at_once(*map(sending, "ABCD"))
    assert all(found[0].state in ("entered", "repeat") for found in answers)
    assert TrainingCheckIn.objects.count() == 4
    entry = TrainingCheckIn.objects.get(entry=True)
    assert entry.client_id == min(TrainingCheckIn.objects.values_list("client_id", flat=True))


def test_the_last_seat_is_given_once(now: datetime) -> None:
    found = making.make_class(now, capacity=1)

    def enrolling_of(maker: Producer) -> Callable[[], Any]:
        mine = TrainingClass.objects.get(pk=found.pk)
        return lambda: enrolling.enrol(
            actor=SYSTEM, training_class=mine, attendee=Attendee("Nguyễn Thị A", maker), at=now
        )

    at_once(*[enrolling_of(ProducerFactory()) for _ in range(5)])
    states = list(Enrolment.objects.values_list("state", flat=True))
    assert sorted(states) == ["enrolled", "waiting", "waiting", "waiting", "waiting"]
    found.refresh_from_db()
    assert found.taken == 1


def test_certificates_of_two_classes_are_numbered_one_after_the_other(now: datetime) -> None:
    build_places(now)  # the province, whose book of numbers it is
    over = []
    for _ in range(4):
        row = making.enrolled(now, making.make_class(now))
        making.attend(row)
        over.append(making.held(row.training_class))

    def issuing(found: TrainingClass) -> Callable[[], Any]:
        return lambda: certifying.issue_certificates(
            actor=SYSTEM, training_class=found, at=found.ends_at
        )

    at_once(*map(issuing, over))
    serials = TrainingCertificate.objects.values_list("serial", flat=True)
    assert sorted(serials) == [1, 2, 3, 4]
