"""A producer whose kind is written in two ways is one producer."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import pytest

from ocop.core.actor import SYSTEM
from ocop.core.refusals import Refused
from ocop.places import locate
from ocop.producers.models import Producer
from ocop.products.models import Product
from ocop.recognition import importing, imports
from ocop.recognition.keys import row_key
from ocop.recognition.models import ImportBatch, Recognition
from ocop.recognition.registry_import import Code, Report, Wishes
from tests.factories import ProducerFactory, ProductFactory, UnitFactory
from tests.recognition.registries import HEADING, HERE, TODAY, book, read_rows, row

pytestmark = pytest.mark.django_db
SHORT, LONG = "HTX Nông nghiệp Biển Xanh", "Hợp tác xã Nông nghiệp Biển Xanh"
NOT_HERE = "xã Di Linh, tỉnh Lâm Đồng"


@pytest.fixture(autouse=True)
def _units() -> None:
    for address in (HERE, NOT_HERE):
        unit = locate(address, TODAY).now
        assert unit is not None
        UnitFactory(code=unit.code, name=unit.name, valid_from=unit.valid_from)


def bring(
    now: datetime, *rows: Sequence[Any], heading: Sequence[str] = HEADING, **more: Any
) -> ImportBatch:
    return importing.import_file(
        actor=SYSTEM,
        content=book(heading, *rows),
        filename="so.xlsx",
        wishes=Wishes(),
        at=now,
        **more,
    )


def spelled(batch: ImportBatch) -> list[Report]:
    return [r for r in imports.reports_of(batch) if r.code is Code.PRODUCER_SPELLED_OTHERWISE]


def test_two_ways_in_one_file_are_one_producer_and_told(now: datetime) -> None:
    batch = bring(now, row(producer=SHORT), row("Cà phê", producer=LONG))
    assert Producer.objects.get().name == SHORT
    assert Product.objects.filter(producer__name=SHORT).count() == 2
    assert Product.objects.get(name="Cà phê").folded.endswith("htx nong nghiep bien xanh")
    (told,) = spelled(batch)
    assert (told.row, told.rejects) == (3, False)
    assert SHORT in told.message
    assert LONG in told.message


def test_producer_of_the_register_is_found_in_the_other_way(now: datetime) -> None:
    bring(now, row(producer=LONG))
    batch = bring(now, row("Cà phê", producer=SHORT))
    assert Producer.objects.get().name == LONG
    assert [told.row for told in spelled(batch)] == [2]


def test_other_commune_is_another_producer(now: datetime) -> None:
    batch = bring(
        now, row(producer=SHORT), row(producer=LONG, address=NOT_HERE, decision="7/QĐ-UBND")
    )
    assert Producer.objects.count() == 2
    assert not spelled(batch)


def test_tax_codes_that_differ_are_two_producers(now: datetime) -> None:
    heading = (*HEADING, "Mã số thuế")
    batch = bring(
        now,
        [*row(producer=SHORT), "0100109106"],
        [*row("Cà phê", producer=LONG), "0101248141"],
        heading=heading,
    )
    assert Producer.objects.count() == 2
    assert not spelled(batch)


def test_one_tax_code_under_two_ways_is_no_contradiction(now: datetime) -> None:
    heading = (*HEADING, "Mã số thuế")
    batch = bring(
        now,
        [*row(producer="HTX A"), "0100109106"],
        [*row("Cà phê", producer="Hợp tác xã A"), "0100109106"],
        heading=heading,
    )
    assert batch.rejected == 0
    assert Producer.objects.count() == 1


def test_same_fact_in_two_ways_comes_once(now: datetime) -> None:
    with pytest.raises(Refused) as refusal:
        bring(now, row(producer=SHORT), row(producer=LONG))
    assert refusal.value.code == "bad_rows"
    bring(now, row(producer=SHORT))
    with pytest.raises(Refused) as refusal:
        bring(now, row(producer=LONG))
    assert refusal.value.code == "nothing_new"
    assert Recognition.objects.count() == 1


def test_other_star_in_the_other_way_contradicts_the_register(now: datetime) -> None:
    bring(now, row(producer=SHORT, stars=3))
    with pytest.raises(Refused) as refusal:
        bring(now, row(producer=LONG, stars=4))
    assert refusal.value.code == "bad_rows"


def test_file_of_two_ways_again_is_unchanged(now: datetime) -> None:
    bring(now, row(producer=SHORT), row("Cà phê", producer=LONG))
    with pytest.raises(Refused) as refusal:
        bring(now, row(producer=SHORT), row("Cà phê", producer=LONG))
    assert refusal.value.code == "nothing_new"


def test_file_brought_when_they_were_two_is_unchanged(now: datetime) -> None:
    """Before, both rows came in, each with its own producer and by its own key."""
    bring(now, row(producer=SHORT), row("Cà phê", producer=SHORT))
    first = Recognition.objects.get(product__name="Mắm nêm")
    other = ProducerFactory(name=LONG, commune=first.commune, province="68")
    product = ProductFactory(name="Mắm nêm", producer=other)
    key = row_key(
        decision="3981/QĐ-UBND",
        signed_on=date(2026, 8, 5),
        authority="",
        product="Mắm nêm",
        producer=LONG,
    )
    Recognition.objects.filter(product__name="Cà phê").update(row_key=key, product=product)
    with pytest.raises(Refused) as refusal:
        bring(now, row(producer=SHORT), row(producer=LONG))
    assert refusal.value.code == "nothing_new"


def test_day_that_comes_in_the_other_way_completes_the_row(now: datetime) -> None:
    bring(now, row(producer=SHORT, signed_on=None))
    batch = bring(now, row(producer=LONG))
    assert Recognition.objects.get().decision is not None
    assert batch.accepted == 1


def test_name_as_it_stands_goes_before_one_written_in_another_way(now: datetime) -> None:
    bring(now, row(producer=LONG))
    commune = Producer.objects.get().commune
    exact = ProducerFactory(
        name=SHORT, folded="htx nong nghiep bien xanh", commune=commune, province="68"
    )
    bring(now, row("Cà phê", producer=SHORT))
    assert Product.objects.get(name="Cà phê").producer == exact


def test_file_alone_tells_it_too() -> None:
    found = read_rows(row(producer=SHORT), row("Cà phê", producer=LONG))
    codes = [(r.row, r.code) for r in found.reports]
    assert (3, Code.PRODUCER_SPELLED_OTHERWISE) in codes
