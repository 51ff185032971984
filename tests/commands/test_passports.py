"""`ocop passports`."""

import csv
import io
import json
from datetime import date, datetime
from pathlib import Path

import pytest

from ocop.__main__ import main
from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.traceability.models import Lot
from tests.factories import ProductFactory
from tests.traceability.factories import make_item, make_lot

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _installed(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OCOP_LANGUAGE", "vi")
    options.set_option(actor=SYSTEM, option=options.PROVINCE, value="01", at=now)


@pytest.fixture
def lot(now: datetime) -> Lot:
    tea = make_item(ProductFactory(name="Chè búp khô"), now)
    make_lot(tea, now, number="L-02", produced_on=date(2026, 8, 1))
    make_item(ProductFactory(name="Gạo nếp"), now)
    return make_lot(tea, now)


def test_all_lots_are_written(capsys: pytest.CaptureFixture[str], lot: Lot) -> None:
    assert main(["passports"]) == 0
    told = json.loads(capsys.readouterr().out)["passports"]
    assert [each["lot"] for each in told] == ["L-02", "L-01", ""]


def test_one_producer_one_sales_unit_one_lot(capsys: pytest.CaptureFixture[str], lot: Lot) -> None:
    for narrowed in (
        ["--producer", lot.item.product.producer.code],
        ["--item", lot.item.code],
    ):
        assert main(["passports", "--kind", "jsonld", *narrowed]) == 0
        graph = json.loads(capsys.readouterr().out)["@graph"]
        assert [node["gs1:hasBatchLotNumber"] for node in graph] == ["L-02", "L-01"]
    assert main(["passports", "--lot", lot.code]) == 0
    assert json.loads(capsys.readouterr().out)["lot"] == "L-01"


def test_table_goes_into_a_file(
    capsys: pytest.CaptureFixture[str], lot: Lot, tmp_path: Path
) -> None:
    file = tmp_path / "ho-chieu.csv"
    assert main(["passports", "--kind", "csv", "--output", str(file)]) == 0
    assert capsys.readouterr().out == ""
    rows = list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig"))))
    assert [row["Tên sản phẩm"] for row in rows] == ["Chè búp khô", "Chè búp khô", "Gạo nếp"]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (["--lot", "00000000"], "Không có lô mang mã “00000000”."),
        (["--item", "00000000"], "Không có quy cách nào như vậy."),
        (["--output", "/nowhere/at/all.json"], "Không ghi được tệp /nowhere/at/all.json."),
    ],
)
def test_what_cannot_be_done_is_told_in_one_line(
    capsys: pytest.CaptureFixture[str], lot: Lot, given: list[str], words: str
) -> None:
    assert main(["passports", *given]) == 1
    assert capsys.readouterr().err.strip() == words
