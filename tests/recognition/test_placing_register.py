"""A commune that was not known comes into the register later, by a file or by an officer."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import pytest

from ocop.core.actor import SYSTEM
from ocop.places.models import Unit
from ocop.places.services import load_units
from ocop.products import services as products
from ocop.products.models import Product
from ocop.recognition import importing, imports
from ocop.recognition.models import ImportBatch, Recognition
from ocop.recognition.narrowing import Narrowing
from ocop.recognition.queries import register_rows
from ocop.recognition.registry_import import Code, Wishes
from tests.recognition.registries import HEADING, book, row

pytestmark = pytest.mark.django_db

#: The commune of Mễ Trì became part of three wards on 01/07/2025.
SPLIT = "phường Mễ Trì, quận Nam Từ Liêm, Hà Nội"
CERTAIN = "phường Từ Liêm, Hà Nội"


@pytest.fixture(autouse=True)
def units(now: datetime) -> None:
    load_units(actor=SYSTEM, at=now)


def com(address: str, **more: Any) -> list[Any]:
    return row("Cốm Mễ Trì", address=address, signed_on="05/08/2024", **more)


def bring(now: datetime, *rows: Sequence[Any], publish: bool = True) -> ImportBatch:
    return importing.import_file(
        actor=SYSTEM,
        content=book(HEADING, *rows),
        filename="so.xlsx",
        wishes=Wishes(),
        publish=publish,
        at=now,
    )


def tu_liem() -> Unit:
    return Unit.objects.get(name="Phường Từ Liêm", valid_to=None)


def test_row_that_names_the_commune_fills_an_unknown_one(now: datetime) -> None:
    bring(now, com(SPLIT))
    assert Recognition.objects.get().commune is None
    batch = bring(now, com(CERTAIN))
    found = Recognition.objects.select_related("product").get()
    assert (found.commune, found.product.commune) == (tu_liem(), tu_liem())
    assert (batch.accepted, batch.unchanged) == (1, 0)
    told = [r for r in imports.reports_of(batch) if r.code is Code.PLACES_REGISTER]
    assert ["Phường Từ Liêm" in r.message for r in told] == [True]
    shown = register_rows(SYSTEM, on=date(2026, 11, 24), by=Narrowing(unit=tu_liem()))
    assert [each.pk for each in shown] == [found.pk]


def test_undoing_puts_the_unknown_back(now: datetime) -> None:
    bring(now, com(SPLIT))
    before = Recognition.objects.values().get()
    batch = bring(now, com(CERTAIN), publish=False)
    assert Recognition.objects.get().commune == tu_liem()
    importing.undo_import(actor=SYSTEM, batch=batch, reason="Nhầm tệp của huyện khác", at=now)
    assert Recognition.objects.values().get() == before
    assert Product.objects.get().commune is None


def test_known_commune_is_never_changed_by_a_file(now: datetime) -> None:
    bring(now, com(CERTAIN))
    batch = bring(now, com("phường Đại Mỗ, Hà Nội"), com(CERTAIN, producer="HTX Cốm"))
    assert batch.unchanged == 1
    assert Recognition.objects.get(product__producer__name="HTX Biển Xanh").commune == tu_liem()


def test_contradicting_row_fills_nothing(now: datetime) -> None:
    bring(now, com(SPLIT))
    with pytest.raises(importing.Refused):
        bring(now, com(CERTAIN, stars=4))
    assert Recognition.objects.get().commune is None


def test_officers_word_on_the_product_holds_for_its_rows(now: datetime) -> None:
    bring(now, com(SPLIT))
    product = Product.objects.get()
    products.change_product(
        actor=SYSTEM,
        product=product,
        particulars=products.Particulars(name=product.name, commune=tu_liem()),
        at=now,
    )
    found = Recognition.objects.get()
    assert (found.commune, found.province) == (tu_liem(), "01")


def test_row_that_comes_later_takes_what_the_product_knows(now: datetime) -> None:
    bring(now, com(CERTAIN))
    bring(now, [*com(SPLIT, decision="77/QĐ-UBND")[:-1], "06/09/2024"])
    assert {each.commune for each in Recognition.objects.all()} == {tu_liem()}
