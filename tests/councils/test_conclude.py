"""From a planned sitting to a stored outcome."""

import hashlib
from datetime import datetime
from decimal import Decimal

import pytest
import rfc8785

from ocop.councils import outcome
from ocop.councils.models import Item, ItemState
from tests.councils.hall import open_hall

pytestmark = pytest.mark.django_db


def test_outcome_is_the_unrounded_mean_in_canonical_form_with_its_hash(now: datetime) -> None:
    hall = open_hall(now)
    hall.submit_all(80, 81, 81)
    hall.answer()
    item = hall.conclude()
    item = Item.objects.get(pk=item.pk)
    kept = outcome.from_json(item.outcome)
    assert item.state == ItemState.CONCLUDED
    assert kept.mean == Decimal(242) / 3
    assert item.mean == Decimal("80.666667")
    assert item.star == kept.star
    assert hashlib.sha256(rfc8785.dumps(item.outcome)).hexdigest() == item.outcome_sha256
