"""Many rows inserted at once: the same rows as the framework would write, with their keys."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.forms.models import model_to_dict

from ocop.core import db
from ocop.producers.models import Producer
from ocop.recognition.models import Recognition
from tests.factories import ProducerFactory, RecognitionFactory

pytestmark = pytest.mark.django_db
MANY = 1100  # more than one statement takes


def test_rows_are_those_that_saving_writes() -> None:
    told = {"total": Decimal("71.5"), "potential_five": False, "valid_from": date(2025, 2, 1)}
    saved = RecognitionFactory(**told)
    given = Recognition(**{f.attname: getattr(saved, f.attname) for f in Recognition._meta.fields})
    given.pk, given.row_key = None, "another"
    (made,) = db.insert([given])
    assert made.pk not in (None, saved.pk)
    own = {"id", "row_key"}
    read = [model_to_dict(row) for row in Recognition.objects.order_by("pk")]
    assert len(read) == 2
    assert {k: v for k, v in read[0].items() if k not in own} == {
        k: v for k, v in read[1].items() if k not in own
    }
    assert Recognition.objects.get(pk=made.pk).created_at == saved.created_at
    made.stars = 4
    made.save()  # it is known as a row that stands
    assert Recognition.objects.count() == 2


def test_each_of_many_rows_knows_its_key() -> None:
    rows = [
        ProducerFactory.build(code=f"x{number:07}", name=f"N {number}") for number in range(MANY)
    ]
    db.insert(rows)
    kept = Producer.objects.in_bulk([row.pk for row in rows])
    assert len(kept) == MANY
    assert all(kept[row.pk].name == row.name for row in rows)


def test_all_rows_or_none() -> None:
    rows = [ProducerFactory.build(code=f"y{number:07}") for number in range(MANY)]
    rows[-1].code = rows[0].code
    with pytest.raises(IntegrityError), transaction.atomic():
        db.insert(rows)
    assert not Producer.objects.exists()


def test_no_rows_are_nothing() -> None:
    assert list(db.insert([])) == []


def test_values_are_written_as_the_framework_would_with_defaults_for_the_rest() -> None:
    saved = RecognitionFactory()
    names = [f.attname for f in Recognition._meta.fields if not f.primary_key]
    told = {name: getattr(saved, name) for name in names if name not in ("kind", "total")}
    keys = db.insert_values(Recognition, [{**told, "row_key": str(n)} for n in range(MANY)])
    rows = list(Recognition.objects.filter(pk__in=keys).order_by("pk"))
    assert [row.row_key for row in rows] == [str(n) for n in range(MANY)]
    assert keys == [row.pk for row in rows]
    usual = Recognition(**told)
    assert {(row.kind, row.total, row.created_at) for row in rows} == {
        (usual.kind, usual.total, saved.created_at)
    }


def test_value_of_no_column_is_a_mistake_and_writes_nothing() -> None:
    with pytest.raises(ValueError, match="nme"):
        db.insert_values(Producer, [{"nme": "x"}])
    assert db.insert_values(Producer, []) == []
