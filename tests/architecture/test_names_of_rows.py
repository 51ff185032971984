"""Every table names its rows, as lists, logs and refusals show them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.apps import apps
from django.db.models import Model

from ocop.core.models import Attachment, Event, EventObject, Option
from ocop.councils.models import ScoreWorkbook
from ocop.criteria.models import CriteriaSetVersion, LegalVersion, Wording
from ocop.dossiers.models import MadePaper, Registration
from ocop.people.models import ApiToken, Membership, User
from ocop.people.roles import Role
from ocop.places.models import Succession, Unit
from ocop.producers.models import Producer, ProducerMembership
from ocop.products.models import Product, ProductImage
from ocop.programme.models import ReportedFigure, Target
from ocop.recognition.models import ColumnMapping, Decision, ImportBatch, Recognition

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
HERE, THERE = Unit(name="Xã Sơn Hà"), Unit(name="Xã Quang Hà")
USER, MAKER = User(name="Lan"), Producer(name="HTX Ong Vàng")
HONEY = Product(name="Mật ong", producer=MAKER)
PAPER = Decision(number="3981/QĐ-UBND", signed_on=date(2024, 12, 30))
LAW = LegalVersion(document="26/2026/QĐ-TTg")
ROWS: list[tuple[Model, str]] = [
    (Event(name="people.role_granted", at=AT), "people.role_granted 2026-11-23 02:00"),
    (EventObject(kind="product", object_id=7), "product 7"),
    (Option(key="installation.province"), "installation.province"),
    (Attachment(sha256="a" * 64, media_type="text/csv"), "aaaaaaaaaaaa text/csv"),
    (HERE, "Xã Sơn Hà"),
    (Succession(old=HERE, new=THERE), "Xã Sơn Hà → Xã Quang Hà"),
    (USER, "Lan"),
    (Membership(user=USER, role=Role.AUDITOR), "Lan: Kiểm toán, thanh tra"),
    (ApiToken(name="sổ"), "sổ"),
    (MAKER, "HTX Ong Vàng"),
    (ProducerMembership(user=USER, producer=MAKER), "Lan – HTX Ong Vàng"),
    (HONEY, "Mật ong"),
    (ProductImage(caption="Hũ mật"), "Hũ mật"),
    (LAW, "26/2026/QĐ-TTg"),
    (CriteriaSetVersion(number=1, name="Rau"), "1. Rau"),
    (Wording(criterion="1.1", text="Nguồn gốc"), "1.1: Nguồn gốc"),
    (ScoreWorkbook(title="Phiên 1"), "Phiên 1"),
    (PAPER, "3981/QĐ-UBND"),
    (Recognition(product=HONEY, stars=4), "Mật ong: 4"),
    (ImportBatch(filename="so.xlsx", created_at=AT), "so.xlsx 23/11/2026"),
    (ColumnMapping(heading="ab"), "ab"),
    (MadePaper(code="abcd2345", key="whole", kind="zip"), "abcd2345 whole.zip"),
    (Registration(product_name="Chè", year=2026), "Chè 2026"),
    (Target(indicator="evaluated", low=Decimal(2000)), "evaluated: 2000"),
    (ReportedFigure(indicator="sales_points", value=Decimal(105)), "sales_points: 105"),
]


@pytest.mark.parametrize(("row", "name"), ROWS, ids=lambda value: type(value).__name__)
def test_row_is_named(row: Model, name: str) -> None:
    assert str(row).startswith(name)


def test_no_table_is_left_with_the_name_of_its_class() -> None:
    bare = [m for m in apps.get_app_config("ocop").get_models() if m.__str__ is Model.__str__]
    assert bare == []
