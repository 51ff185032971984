"""The kind of a producer as a registry tells it, by the law's words (26/2026/QĐ-TTg)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pytest

from ocop.producers import naming
from ocop.producers.models import Producer, ProducerKind
from ocop.recognition import imports
from ocop.recognition.models import ImportBatch
from ocop.recognition.registry_import import Code, read
from tests.recognition import registries
from tests.recognition.registries import HEADING, TODAY, book
from tests.recognition.test_comparing import bring

WIDE = (*HEADING, "Loại hình")


def row(producer: str, kind: str | None, name: str = "Mắm nêm", **more: Any) -> list[Any]:
    return [*registries.row(name, producer=producer, **{"address": None, **more}), kind]


def said(*rows: Sequence[Any]) -> list[tuple[int, str]]:
    result = read(book(WIDE, *rows), "so.xlsx", today=TODAY)
    assert len(result.accepted) == len(rows)
    assert Code.COLUMN_NOT_READ not in {report.code for report in result.reports}
    return [(r.row, r.code.value) for r in result.reports if r.field == "producer_kind"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Hợp tác xã", ProducerKind.COOPERATIVE),
        ("HTX", ProducerKind.COOPERATIVE),
        ("Tổ hợp tác", ProducerKind.COOPERATIVE_GROUP),
        ("Doanh nghiệp nhỏ và vừa", ProducerKind.ENTERPRISE),
        ("Công ty TNHH", ProducerKind.ENTERPRISE),
        ("DNNVV", ProducerKind.ENTERPRISE),
        ("Trang trại", ProducerKind.FARM),
        ("Hộ sản xuất", ProducerKind.HOUSEHOLD),
        ("Hộ kinh doanh", ProducerKind.HOUSEHOLD),
        ("Hộ gia đình", ProducerKind.HOUSEHOLD),
        ("Hiệp hội du lịch", ProducerKind.ASSOCIATION),
        ("Trung tâm điều hành du lịch", ProducerKind.OPERATING_CENTRE),
        ("cooperative group", ProducerKind.COOPERATIVE_GROUP),
        ("Doanh nghiệp lớn", ProducerKind.UNKNOWN),  # not among those who may enter
        ("Cá nhân", ProducerKind.UNKNOWN),
    ],
)
def test_words_of_the_law_tell_the_kind(text: str, kind: ProducerKind) -> None:
    assert naming.kind_told(text) == kind


@pytest.mark.parametrize("kind", ProducerKind)
def test_our_own_words_for_a_kind_are_read_back(kind: ProducerKind) -> None:
    assert naming.kind_told(str(kind.label)) == kind


def test_kind_that_contradicts_the_name_or_is_none_of_the_laws_is_told() -> None:
    assert said(
        row("HTX Biển", "Hợp tác xã"),
        row("HTX Núi", "Hộ kinh doanh"),
        row("Cơ sở Lan", "Hộ kinh doanh"),
        row("Cơ sở Mai", "Doanh nghiệp lớn"),
        row("HTX Đồng", None),
    ) == [(3, "kind_contradicts_name"), (5, "kind_unknown")]


@pytest.mark.django_db
def test_kind_is_stored_and_a_name_holds_against_it(now: datetime) -> None:
    bring(
        now,
        row("HTX Núi", "Hộ kinh doanh"),
        row("Cơ sở Lan", None),
        row("Cơ sở Lan", "Hộ kinh doanh", "Gạo"),
        row("Cơ sở Mai", "Trang trại"),
        heading=WIDE,
    )
    assert dict(Producer.objects.values_list("name", "kind")) == {
        "HTX Núi": ProducerKind.COOPERATIVE,
        "Cơ sở Lan": ProducerKind.HOUSEHOLD,
        "Cơ sở Mai": ProducerKind.FARM,
    }


@pytest.mark.django_db
def test_kind_that_the_register_has_is_kept_and_told(now: datetime) -> None:
    def kept(batch: ImportBatch) -> list[int]:
        return [r.row for r in imports.reports_of(batch) if r.code is Code.KIND_KEPT]

    bring(now, row("Cơ sở Lan", "Hộ kinh doanh"), heading=WIDE)
    batch = bring(
        now,
        row("Cơ sở Lan", "Trang trại", "Gạo"),
        row("Cơ sở Lan", "Hộ kinh doanh", "Chè"),
        heading=WIDE,
    )
    assert kept(batch) == [2]
    assert Producer.objects.get().kind == ProducerKind.HOUSEHOLD
