"""Short lists are searched by words without marks, and written out as they are shown."""

import io
from datetime import date, datetime

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.councils.models import Council
from ocop.criteria import services
from ocop.people.roles import Role
from ocop.programme.models import Campaign, TaskKind, UnitTask
from ocop.recognition.postcheck.models import PostCheckPlan
from tests.factories import UnitFactory
from tests.world import person

pytestmark = pytest.mark.django_db
DAY = date(2026, 1, 5)
EMPTY = (
    "office:workbooks",
    "office:criteria",
    "office:advisers",
    "office:deciding",
    "office:import",
    "office:tasks",
    "office:campaigns",
    "office:postcheck_plans",
    "council:councils",
    "office:villages",
    "office:village_imports",
    "office:village_routes",
    "revocations",
    "decisions",
    "villages",
)


@pytest.fixture(autouse=True)
def _demonstration(now: datetime) -> None:
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)


@pytest.fixture
def officer(client: Client, now: datetime) -> Client:
    client.force_login(person(now, Role.PROVINCIAL_OFFICER))
    return client


def lines(client: Client, address: str) -> list[str]:
    """The first cells of the rows of a list's workbook, below its headings."""
    answer = client.get(f"{address}&format=xlsx")
    assert "spreadsheet" in answer["Content-Type"], answer.content.decode()[:3000]
    file = answer.getvalue()
    rows = list(openpyxl.load_workbook(io.BytesIO(file)).active.values)  # type: ignore[union-attr]
    top = max(n for n, row in enumerate(rows) if all(c is None for c in row))
    return [str(row[0]) for row in rows[top + 2 :]]


@pytest.mark.whole
@pytest.mark.parametrize("name", EMPTY)
def test_every_list_is_searched_and_written_out(officer: Client, name: str) -> None:
    address = reverse(name)
    page = officer.get(f"{address}?q=khong+co+gi")
    assert page.status_code == 200
    assert 'name="q"' in page.content.decode()
    assert lines(officer, f"{address}?q=khong+co+gi") == []


@pytest.mark.parametrize(
    ("name", "model"),
    [
        ("office:campaigns", Campaign),
        ("office:postcheck_plans", PostCheckPlan),
        ("office:tasks", UnitTask),
        ("council:councils", Council),
    ],
)
def test_words_are_found_without_marks(
    officer: Client, now: datetime, name: str, model: type
) -> None:
    made = {
        Campaign: {"title": "{}", "due_on": DAY},
        PostCheckPlan: {"title": "{}", "starts_on": DAY, "ends_on": DAY},
        UnitTask: {"title": "{}", "kind": TaskKind.values[0], "given_on": DAY, "due_on": DAY},
        Council: {"name": "{}", "decision_number": "{}", "decided_on": DAY, "rules": {}},
    }[model]
    for code, title in (("aaaaaaaa", "Đợt một Phú Xuyên"), ("bbbbbbbb", "Đợt hai Ba Đình")):
        told = {k: title if v == "{}" else v for k, v in made.items()}
        model.objects.create(code=code, created_at=now, **told)  # type: ignore[attr-defined]
    address = f"{reverse(name)}?q=xuyen+dot"
    page = officer.get(address).content.decode()
    assert "Đợt một Phú Xuyên" in page
    assert "Đợt hai Ba Đình" not in page
    assert lines(officer, address) == ["Đợt một Phú Xuyên"]


def test_criteria_sets_are_narrowed_by_sector_and_words(officer: Client, now: datetime) -> None:
    services.load_decree(actor=SYSTEM, at=now)
    address = reverse("office:criteria")
    assert len(lines(officer, f"{address}?q=")) == 26
    assert lines(officer, f"{address}?q=ca+phe") == ["13"]
    assert len(lines(officer, f"{address}?compared=false")) == 26
    assert lines(officer, f"{address}?compared=true") == []


def test_units_of_the_whole_name_stand_first(officer: Client) -> None:
    for code, name in (("00100", "Phường Ngũ Sơn Hà"), ("00200", "Xã Hải Sơn Hà Bắc")):
        UnitFactory(code=code, name=name)
    UnitFactory(code="09999", name="Xã Sơn Hà")
    found = lines(officer, f"{reverse('office:units')}?q=son+ha")
    assert found[0] == "Xã Sơn Hà"
    assert set(found[1:]) == {"Phường Ngũ Sơn Hà", "Xã Hải Sơn Hà Bắc"}


def test_a_filter_that_is_not_understood_gives_no_workbook(officer: Client) -> None:
    for name in ("revocations", "decisions"):
        page = officer.get(f"{reverse(name)}?year=abc&format=xlsx")
        assert page["Content-Type"].startswith("text/html")
