"""A star whose re-evaluation came in within its window, 180 to 120 days before the end (Art. 6)."""

from datetime import date, datetime, timedelta

import pytest

from ocop.core.actor import SYSTEM
from ocop.dossiers.models import Dossier, State
from ocop.dossiers.services import drafting
from ocop.recognition.life import facts_of
from ocop.recognition.models import Kind, Recognition
from ocop.recognition.standing import standing
from ocop.recognition.validity import State as Star
from ocop.recognition.validity import state_on
from tests.dossiers import making
from tests.factories import RecognitionFactory

pytestmark = pytest.mark.django_db


def ranked(expires_on: date) -> Recognition:
    return RecognitionFactory(product=making.product(), expires_on=expires_on)


def state_of(row: Recognition, on: date) -> Star:
    fresh = Recognition.objects.select_related("decision").get(pk=row.pk)
    found = state_on(facts_of(fresh), on)
    product = standing(type(row.product).objects.filter(pk=row.product_id), on).get()
    assert product.star_state == found
    return found


def test_a_reevaluation_filed_in_its_window_asks_nothing_more(now: datetime) -> None:
    """File 180 to 120 days before the end; then the authority has its 45 days (Art. 6)."""
    day = now.date()
    star = ranked(day + timedelta(days=150))
    assert state_of(star, day) is Star.WINDOW_OPEN
    dossier = making.filed(now, product=star.product, kind=Kind.REEVALUATION)
    for later in (0, 60, 150):
        assert state_of(star, day + timedelta(days=later)) is Star.VALID
    assert state_of(star, day - timedelta(days=1)) is Star.WINDOW_OPEN
    drafting.withdraw_dossier(actor=SYSTEM, dossier=dossier, reason="Thôi sản xuất", at=now)
    assert state_of(star, day) is Star.WINDOW_OPEN
    assert state_of(star, day + timedelta(days=60)) is Star.WINDOW_MISSED


def test_filing_again_after_a_return_counts_from_the_first_day(now: datetime) -> None:
    star = ranked(now.date() + timedelta(days=121))
    dossier = making.filed(now, product=star.product, kind=Kind.REEVALUATION)
    Dossier.objects.filter(pk=dossier.pk).update(state=State.RETURNED)
    late = now + timedelta(days=9)
    drafting.submit_dossier(actor=SYSTEM, dossier=dossier, at=late)
    assert Recognition.objects.get(pk=star.pk).filed_on == now.date()
    assert state_of(star, late.date()) is Star.VALID


def test_a_reevaluation_filed_late_fills_no_window(now: datetime) -> None:
    star = ranked(now.date() + timedelta(days=100))
    making.filed(now, product=star.product, kind=Kind.REEVALUATION)
    assert state_of(star, now.date()) is Star.WINDOW_MISSED
