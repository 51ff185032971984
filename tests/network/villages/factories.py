"""Craft villages for tests."""

import io
from datetime import UTC, date, datetime
from typing import Any

import factory
import xlsxwriter
from factory.django import DjangoModelFactory

from ocop.core import attachments
from ocop.core.codes import public_code
from ocop.core.folding import words
from ocop.network.villages.keys import village_key
from ocop.network.villages.models import (
    Village,
    VillageImport,
    VillageRecognition,
    VillageRoute,
    VillageYear,
)
from tests.factories import UnitFactory


class VillageFactory(DjangoModelFactory[Village]):
    """A village before the public, with its commune of today."""

    class Meta:
        model = Village

    code = factory.LazyFunction(public_code)
    name = factory.Sequence(lambda n: f"Làng Số {n}")
    trade = "Mây tre đan"
    trade_group = "goods"
    folded = factory.LazyAttribute(lambda o: words(o.name, o.trade))
    province = "01"
    commune = factory.SubFactory(UnitFactory)
    unit = factory.LazyAttribute(lambda o: o.commune)
    counted_from = date(2024, 1, 1)
    listed = True
    row_key = factory.LazyAttribute(
        lambda o: village_key(name=o.name, trade=o.trade, place=o.commune.code if o.commune else "")
    )
    created_at = datetime(2024, 1, 1, tzinfo=UTC)


class VillageYearFactory(DjangoModelFactory[VillageYear]):
    class Meta:
        model = VillageYear

    village = factory.SubFactory(VillageFactory)
    year = 2025
    households = 500
    in_trade = 200
    stable = True


class VillageRecognitionFactory(DjangoModelFactory[VillageRecognition]):
    class Meta:
        model = VillageRecognition

    village = factory.SubFactory(VillageFactory)
    title = "village"
    number = "1234/QĐ-UBND"
    signed_on = date(2020, 12, 28)
    year = factory.LazyAttribute(lambda o: o.signed_on.year)
    authority = "UBND thành phố Hà Nội"


class VillageRouteFactory(DjangoModelFactory[VillageRoute]):
    class Meta:
        model = VillageRoute

    code = factory.LazyFunction(public_code)
    name = factory.Sequence(lambda n: f"Tuyến Số {n}")
    folded = factory.LazyAttribute(lambda o: words(o.name))
    listed = True
    created_at = datetime(2024, 1, 1, tzinfo=UTC)


HEADING = (
    "STT", "Tên làng", "Nghề", "Xã/phường", "Huyện", "Danh hiệu", "Số quyết định", "Ngày ký",
    "Năm công nhận", "Năm số liệu", "Tổng số hộ", "Số hộ làm nghề", "Thu nhập (đồng/năm)",
)  # fmt: skip


def workbook(*rows: tuple[Any, ...], heading: tuple[str, ...] = HEADING) -> bytes:
    """A workbook of villages with these rows below its heading."""
    into = io.BytesIO()
    book = xlsxwriter.Workbook(into)
    page = book.add_worksheet("Làng nghề")
    page.write_row(0, 0, ["DANH SÁCH LÀNG NGHỀ"])
    page.write_row(1, 0, heading)
    for number, row in enumerate(rows, start=2):
        page.write_row(number, 0, row)
    book.close()
    return into.getvalue()


def village_import() -> VillageImport:
    """An import that was loaded and is not published."""
    made = datetime(2026, 11, 20, tzinfo=UTC)
    content = workbook(("", "Làng Một", "Gốm", "Xã Không Có"))
    return VillageImport.objects.create(
        code=public_code(),
        filename="lang.xlsx",
        attachment=attachments.store(content, filename="lang.xlsx", at=made),
        state="loaded",
        created_at=made,
    )
