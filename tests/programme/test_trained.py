"""Producers that were trained are counted from certificates of classes for producers."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from ocop.core.actor import SYSTEM
from ocop.producers.models import Producer
from ocop.programme import indicators, queries
from ocop.programme.readings import Figure
from ocop.training.models import Audience, TrainingCertificate, TrainingCourse
from ocop.training.services import certifying
from tests.programme import province
from tests.programme.province import scope
from tests.training import factories as training

pytestmark = pytest.mark.django_db
AT = datetime(2024, 3, 1, 1, 0, tzinfo=UTC)


@pytest.fixture
def trained() -> TrainingCertificate:
    """Of the producers with a valid star the first was certified on 20 March 2024."""
    province.found()
    rows = indicators.get("producers_valid").rows(scope())
    made = training.certified(AT, rows.order_by("pk")[0])
    TrainingCertificate.objects.update(issued_at=datetime(2024, 3, 20, 9, 0, tzinfo=UTC))
    made.refresh_from_db()
    return made


def figure(as_of: date = date(2024, 3, 31)) -> Figure:
    return indicators.get("trained_share").figure(scope(as_of=as_of))


def valid() -> int:
    return indicators.get("producers_valid").rows(scope()).count()


@pytest.mark.parametrize(("day", "part"), [(19, 0), (20, 1), (31, 1)])
def test_a_producer_counts_from_the_day_of_the_certificate(
    trained: TrainingCertificate, day: int, part: int
) -> None:
    assert figure(date(2024, 3, day)).part == part
    assert trained.revoked_at is None


@pytest.mark.usefixtures("trained")
def test_the_whole_are_producers_with_a_valid_star() -> None:
    assert figure().whole == valid()
    training.certified(AT)  # of a producer without a star
    TrainingCertificate.objects.update(issued_at=AT)
    assert figure().part == 1


def test_a_revoked_certificate_counts_until_it_was_revoked(trained: TrainingCertificate) -> None:
    certifying.revoke_certificate(
        actor=SYSTEM,
        certificate=trained,
        reason="Cấp nhầm",
        at=trained.issued_at + timedelta(days=5),
    )
    assert [figure(date(2024, 3, day)).part for day in (24, 25)] == [1, 0]


@pytest.mark.usefixtures("trained")
def test_classes_for_officials_do_not_count() -> None:
    TrainingCourse.objects.update(audience=Audience.OFFICIALS)
    assert figure().part == 0


def test_the_list_names_the_producers_behind_the_number(
    trained: TrainingCertificate, client: Client
) -> None:
    maker = trained.enrolment.producer
    assert maker is not None
    Producer.objects.filter(pk=maker.pk).update(listed=True)
    rows = list(queries.listed(indicators.get("trained_share"), scope()))
    assert [row.name for row in rows] == [maker.name]
    address = "/so-lieu/danh-sach/ty-le-chu-the-qua-tap-huan/?as_of=2024-03-31"
    assert maker.name in client.get(address).content.decode()
