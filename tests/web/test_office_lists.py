"""The lists of the office: who opens them, what each sees, and workbooks of exactly that."""

import html
import io
import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.people.roles import STAFF, Role
from ocop.places.models import Extent, Level, Succession, Unit
from ocop.places.queries import key_of
from ocop.producers.models import Producer, ProducerKind
from ocop.products.models import Product, ProductState
from ocop.recognition.models import BatchState, Evidence, Kind, Recognition
from tests import world
from tests.factories import OldUnitFactory, ProducerFactory, ProductFactory, UnitFactory
from tests.world import Places, person, recognised

pytestmark = pytest.mark.django_db
LISTS = ("register", "products", "producers", "expiry", "units")
MOST_QUERIES = 16  # of a page: who asks, what the filters offer, the rows and their number
SECRETS = (
    "Nguyễn Thị Kín",
    "Mường",
    "female",
    world.PERSONAL_CODE,
    "987654321",
    "987.654.321",
)


@pytest.fixture(autouse=True)
def _today(now: datetime) -> Iterator[None]:
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def places(now: datetime) -> Places:
    return world.build_places(now)


@pytest.fixture
def rows(places: Places) -> dict[str, Recognition]:
    return world.build_rows(places)


@pytest.fixture
def auditor(client: Client, now: datetime) -> None:
    """Sees all, and signs in without a second factor."""
    client.force_login(person(now, Role.AUDITOR))


def _demonstration(now: datetime) -> None:
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)


def _page(client: Client, name: str, **query: str) -> str:
    answer = client.get(reverse(f"office:{name}"), query)
    assert answer.status_code == 200
    return str(answer.content.decode())


def _shown(page: str) -> list[list[str]]:
    """The cells of the tables of a page, as read."""
    lines = re.findall(r"<tr[^>]*>(.*?)</tr>", "".join(_bodies(page)), re.S)
    return [
        [_text(cell) for cell in re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", line, re.S)]
        for line in lines
    ]


def _bodies(page: str) -> list[str]:
    return re.findall(r"<tbody[^>]*>(.*?)</tbody>", page, re.S)


def _text(cell: str) -> str:
    text = " ".join(html.unescape(re.sub(r"<[^>]*>", " ", cell)).split())
    return "" if text in ("—", "–") else text


def _names(page: str) -> list[str]:
    return [line[0] for line in _shown(page)]


def _workbook(client: Client, name: str, **query: str) -> tuple[list[str], list[list[str]]]:
    """The lines above the heading of an export, and the cells below it as a reader sees them."""
    answer = client.get(reverse(f"office:{name}"), {**query, "format": "xlsx"})
    assert answer["Content-Type"].endswith("spreadsheetml.sheet")
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).worksheets[0]
    lines = list(sheet.iter_rows(values_only=True))
    gap = next(place for place, line in enumerate(lines) if not any(line))
    return (
        [str(line[0]) for line in lines[:gap]],
        [[_written(cell) for cell in line] for line in lines[gap + 2 :]],
    )


def _written(cell: Any) -> str:
    if isinstance(cell, datetime):
        return f"{cell:%d/%m/%Y}"
    return "" if cell is None else str(cell)


# --- Who opens them ----------------------------------------------------------------------------
@pytest.mark.whole
@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("role", [role for role in Role if role != Role.PRODUCER])
def test_staff_opens_every_list_and_nobody_else(
    client: Client, now: datetime, places: Places, role: Role, name: str
) -> None:
    _demonstration(now)  # without second factors
    unit = places.here if role == Role.COMMUNE_OFFICER else None
    client.force_login(person(now, role, unit))
    status = 200 if role in STAFF else 403
    for query in ({}, {"format": "xlsx"}):
        answer = client.get(reverse(f"office:{name}"), query)
        assert (answer.status_code, b"".join(answer) != b"") == (status, True)


@pytest.mark.parametrize("name", LISTS)
def test_visitor_signs_in_first_and_a_producer_is_refused(
    client: Client, now: datetime, rows: dict[str, Recognition], name: str
) -> None:
    address = reverse(f"office:{name}")
    answer = client.get(address, {"format": "xlsx"})
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))
    client.force_login(world.member(now, rows["Công khai"].product.producer))
    assert client.get(address).status_code == 403


@pytest.mark.parametrize("role", [Role.OFFICE_HEAD, Role.COUNCIL_CHAIR])
def test_who_needs_a_second_factor_sets_it_up_first(
    client: Client, now: datetime, places: Places, role: Role
) -> None:
    client.force_login(person(now, role))
    for name in LISTS:
        answer = client.get(reverse(f"office:{name}"))
        assert (answer.status_code, answer["Location"]) == (302, reverse("mfa_activate_totp"))


def test_role_that_ended_opens_nothing(client: Client, now: datetime, places: Places) -> None:
    user = person(now, Role.AUDITOR)
    user.memberships.update(ends_on=now.date())
    client.force_login(user)
    assert client.get(reverse("office:register")).status_code == 403


# --- What each sees ----------------------------------------------------------------------------
PUBLIC = {"Công khai", "Đã công bố"}
OFFICE_ONLY = {"Chưa công bố", "Hoàn tác"}
ALL = PUBLIC | {"Ý tưởng", "Ẩn ở đây", "Ẩn nơi khác", "Đề nghị", "Mẫu"} | OFFICE_ONLY


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        (
            Role.COMMUNE_OFFICER,
            {
                "register": PUBLIC | {"Ẩn ở đây", "Đề nghị"},
                "products": PUBLIC | {"Ẩn ở đây"},
                "producers": PUBLIC | {"Ý tưởng", "Mẫu", "Ẩn ở đây", "Đề nghị"} | OFFICE_ONLY,
                "expiry": {"Ẩn ở đây"},
            },
        ),
        (
            Role.AUDITOR,
            {
                "register": ALL - {"Hoàn tác"},
                "products": PUBLIC | {"Ý tưởng", "Ẩn ở đây", "Ẩn nơi khác"},
                "producers": ALL,
                "expiry": PUBLIC | {"Ý tưởng", "Ẩn ở đây", "Ẩn nơi khác"},
            },
        ),
        (
            Role.INSPECTOR,
            {
                "register": PUBLIC,
                "products": PUBLIC,
                "producers": PUBLIC | {"Ý tưởng", "Mẫu"},
                "expiry": set(),
            },
        ),
    ],
)
def test_lists_show_and_export_what_the_person_may_see(
    client: Client,
    now: datetime,
    places: Places,
    rows: dict[str, Recognition],
    role: Role,
    seen: dict[str, set[str]],
) -> None:
    """Beside what is public, a commune officer sees the own commune only."""
    client.force_login(person(now, role, places.here if role == Role.COMMUNE_OFFICER else None))
    ends = {"start": "2027-12-01", "end": "2027-12-31"}
    for name, expected in seen.items():
        names = sorted(f"HTX {each}" if name == "producers" else each for each in expected)
        assert sorted(_names(_page(client, name, **(ends if name == "expiry" else {})))) == names
        if name != "expiry":
            assert sorted(line[0] for line in _workbook(client, name)[1]) == names


def test_officer_of_one_commune_sees_no_expiry_of_another(
    client: Client, now: datetime, places: Places
) -> None:
    soon = date(2024, 1, 5)  # ends on 05/01/2027
    recognised("Của ta", commune=places.here, on=soon)
    recognised("Của ta khi đó", unit=places.before, on=soon)
    recognised("Của họ", commune=places.there, on=soon)
    client.force_login(person(now, Role.COMMUNE_OFFICER, places.here))
    assert sorted(_names(_page(client, "expiry"))) == ["Của ta", "Của ta khi đó"]
    answer = client.get(reverse("office:expiry_letters", args=["xlsx"]))
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    cells = {cell for line in sheet.iter_rows(values_only=True) for cell in line}
    assert {"Của ta", "Của ta khi đó"} <= cells
    assert "Của họ" not in cells


def test_number_of_products_counts_those_that_are_seen(
    client: Client, now: datetime, places: Places
) -> None:
    maker = recognised("Mật ong", commune=places.there).product.producer
    ProductFactory(producer=maker, listed=False)
    for role, count in ((Role.INSPECTOR, "1"), (Role.AUDITOR, "2")):
        client.force_login(person(now, role))
        assert [line[-1] for line in _shown(_page(client, "producers"))] == [count]
        assert [line[-1] for line in _workbook(client, "producers")[1]] == [count]


# --- What is told in confidence ----------------------------------------------------------------
@pytest.fixture
def household(places: Places) -> Product:
    maker = ProducerFactory(
        name="Hộ Kín",
        kind=ProducerKind.HOUSEHOLD,
        commune=places.here,
        tax_code=world.PERSONAL_CODE,
        leader_name="Nguyễn Thị Kín",
        leader_sex="female",
        leader_ethnicity="Mường",
    )
    return recognised(
        "Mật ong", producer=maker, commune=places.here, on=date(2024, 1, 5), revenue=987_654_321
    ).product


@pytest.mark.whole
@pytest.mark.parametrize("role", [Role.COMMUNE_OFFICER, Role.INSPECTOR, Role.COUNCIL_CHAIR])
def test_facts_of_persons_are_on_no_page_of_those_who_may_not_see_them(
    client: Client, now: datetime, places: Places, household: Product, role: Role
) -> None:
    _demonstration(now)  # without second factors
    client.force_login(person(now, role, places.here if role == Role.COMMUNE_OFFICER else None))
    maker = household.producer.code
    texts = [_page(client, name) for name in LISTS]
    for name in ("register", "products", "producers"):
        texts += [" ".join(line) for line in _workbook(client, name)[1]]
    for name, code in (
        ("product", household.code),
        ("product_change", household.code),
        ("producer", maker),
        ("producer_change", maker),
    ):
        texts.append(client.get(reverse(f"office:{name}", args=[code])).content.decode())
    everything = "\n".join(texts)
    assert "Hộ Kín" in everything
    assert [secret for secret in SECRETS if secret in everything] == []


def test_persons_tax_code_is_no_order_and_no_search(
    client: Client, now: datetime, places: Places, household: Product
) -> None:
    """Neither the order of rows nor a hit tells a number that is not shown."""
    ProducerFactory(name="Hộ Trước", kind=ProducerKind.HOUSEHOLD, tax_code="001085000001")
    client.force_login(person(now, Role.INSPECTOR))
    assert _names(_page(client, "producers", q=world.PERSONAL_CODE)) == []
    orders = [_names(_page(client, "producers", sort=sort)) for sort in ("tax_code", "-tax_code")]
    assert orders[0] == orders[1]


def test_office_reads_and_changes_what_is_told_in_confidence(
    client: Client, now: datetime, places: Places, household: Product
) -> None:
    _demonstration(now)
    client.force_login(person(now, Role.PROVINCIAL_OFFICER))
    maker = household.producer
    assert world.PERSONAL_CODE in _page(client, "producers")
    assert world.PERSONAL_CODE in _workbook(client, "producers")[1][0]
    for name, code, told in (
        ("producer", maker.code, "Nguyễn Thị Kín"),
        ("producer_change", maker.code, world.PERSONAL_CODE),
        ("product", household.code, "987.654.321"),
        ("product_change", household.code, "987.654.321"),
    ):
        page = client.get(reverse(f"office:{name}", args=[code])).content.decode()
        assert told in page


def test_change_by_who_may_not_see_a_fact_leaves_it(
    client: Client, now: datetime, places: Places, household: Product
) -> None:
    client.force_login(person(now, Role.COMMUNE_OFFICER, places.here))
    maker = household.producer
    for name, code, given in (
        ("producer_change", maker.code, {"name": "Hộ Mới", "kind": "household"}),
        ("product_change", household.code, {"name": "Mật hoa", "in_ocop": "on"}),
    ):
        given = {**given, "commune": key_of(places.here), "tax_code": "", "revenue": "1"}
        answer = client.post(reverse(f"office:{name}", args=[code]), given)
        assert answer.status_code == 302
    changed = Product.objects.select_related("producer").get()
    assert (changed.name, changed.revenue) == ("Mật hoa", 987_654_321)
    assert (changed.producer.name, changed.producer.tax_code) == ("Hộ Mới", world.PERSONAL_CODE)


PERSONS = {
    "leader_name": "Lò Văn Kín",
    "leader_sex": "male",
    "leader_ethnicity": "Thái",
    "members": "0",
    "workers": "12",
    "workers_local": "9",
}


def test_office_enters_the_facts_about_persons(
    client: Client, now: datetime, places: Places, household: Product
) -> None:
    _demonstration(now)
    client.force_login(person(now, Role.PROVINCIAL_OFFICER))
    maker = household.producer
    address = reverse("office:producer_change", args=[maker.code])
    assert 'value="Mường"' in client.get(address).content.decode()
    open_facts = {"name": "Hộ Kín", "kind": "household", "commune": key_of(places.here)}
    wrong = client.post(address, {**open_facts, **PERSONS, "workers_local": "13"})
    assert "không được lớn hơn tổng số lao động" in wrong.content.decode()
    assert client.post(address, {**open_facts, **PERSONS}).status_code == 302
    new = reverse("office:producer_new")
    assert client.post(new, {**open_facts, **PERSONS, "name": "Hộ Mới"}).status_code == 302
    for made in Producer.objects.all():
        assert {name: str(getattr(made, name)) for name in PERSONS} == PERSONS
        page = client.get(reverse("office:producer", args=[made.code])).content.decode()
        assert all(f"<dd>{told}" in page for told in ("Lò Văn Kín", "Nam", "Thái", "0", "12"))
    emptied = {**open_facts, "name": "Hộ Mới"}  # all of them optional
    assert client.post(reverse("office:producer_change", args=[made.code]), emptied)
    made.refresh_from_db()
    assert (made.leader_sex, made.leader_ethnicity, made.members) == ("", "", None)


def test_officer_of_the_commune_is_not_asked_about_persons(
    client: Client, now: datetime, places: Places, household: Product
) -> None:
    """And what such a call brings all the same is not taken."""
    client.force_login(person(now, Role.COMMUNE_OFFICER, places.here))
    open_facts = {"name": "Hộ Mới", "kind": "household", "commune": key_of(places.here)}
    new = reverse("office:producer_new")
    change = reverse("office:producer_change", args=[household.producer.code])
    for address in (new, change):
        page = client.get(address).content.decode()
        assert [name for name in PERSONS if f'name="{name}"' in page] == []
        assert client.post(address, {**open_facts, **PERSONS}).status_code == 302
    made = Producer.objects.exclude(pk=household.producer.pk).get()
    assert (made.leader_name, made.leader_sex, made.workers) == ("", "", None)
    kept = Producer.objects.get(pk=household.producer.pk)
    assert (kept.name, kept.leader_sex, kept.leader_ethnicity) == ("Hộ Mới", "female", "Mường")


@pytest.mark.parametrize("name", ["product_change", "producer_change"])
def test_form_is_for_those_who_may_change(
    client: Client, now: datetime, places: Places, household: Product, name: str
) -> None:
    code = household.code if name == "product_change" else household.producer.code
    for role, unit, status in (
        (Role.AUDITOR, None, 403),
        (Role.COMMUNE_OFFICER, places.there, 403),
        (Role.COMMUNE_OFFICER, places.here, 200),
    ):
        client.force_login(person(now, role, unit))
        assert client.get(reverse(f"office:{name}", args=[code])).status_code == status


# --- Sorting, filtering, exporting -------------------------------------------------------------
@pytest.fixture
def varied(places: Places) -> None:
    """Rows that differ in every column, some of them empty."""
    recognised(
        "Đũa tre",
        commune=places.here,
        unit=places.before,
        stars=4,
        potential_five=True,
        on=date(2025, 3, 4),
    )
    recognised("Ấm chén", commune=places.there, stars=5, on=date(2022, 5, 6), kind=Kind.UPGRADE)
    recognised("Bát gốm", sector="", stars=3, on=date(2024, 1, 30), evidence=Evidence.C)
    recognised("Chè xanh", stars=3, revoked_on=date(2026, 2, 1), evidence=Evidence.B1)
    Producer.objects.filter(name="HTX Chè xanh").update(
        tax_code="0100109106", address="Số 1", kind=ProducerKind.FARM
    )
    Product.objects.filter(name="Chè xanh").update(
        gtin="8938505974194", official_code="01-X-001-2024", state=ProductState.STOPPED
    )


SORTS = {
    "register": ("product", "producer", "stars", "state", "decision", "evaluated_on", "expires_on"),
    "products": ("name", "producer", "sector", "rank", "star_state", "star_from", "gtin"),
    "producers": ("name", "kind", "tax_code", "commune", "products_count"),
    "units": ("name", "code", "level", "parent", "valid_from"),
}
QUERIES = [
    *((name, {"sort": f"{sign}{key}"}) for name in SORTS for key in SORTS[name] for sign in "+-"),
    ("register", {}),
    ("register", {"rank": "3", "sort": "-product"}),
    ("register", {"q": "gom"}),
    ("register", {"evidence": "B1", "sort": "product"}),
    ("products", {}),
    ("products", {"valid": "true", "sort": "-name"}),
    ("products", {"state": "revoked"}),
    ("producers", {"kind": "cooperative", "sort": "-name"}),
    ("units", {}),
    ("units", {"level": "commune", "sort": "-name"}),
    ("units", {"on": "2025-06-30", "sort": "code"}),
    ("units", {"province": "", "on": "", "level": "", "q": ""}),
]


@pytest.mark.whole
@pytest.mark.parametrize(("name", "query"), QUERIES, ids=str)
def test_workbook_holds_the_rows_of_the_page_in_its_order(
    client: Client, auditor: None, varied: None, name: str, query: dict[str, str]
) -> None:
    query = {key: value.removeprefix("+") for key, value in query.items()}
    shown = _shown(_page(client, name, **query))
    _notes, exported = _workbook(client, name, **query)
    assert shown
    assert exported == shown


@pytest.mark.parametrize(
    ("name", "first"),
    [("register", "product"), ("products", "name"), ("producers", "name"), ("units", "name")],
)
def test_names_sort_without_their_marks_both_ways(
    client: Client, auditor: None, varied: None, name: str, first: str
) -> None:
    up = _names(_page(client, name, sort=first))
    expected = {
        "units": ["Thành phố Hà Nội", "Xã Đại Xuyên", "Xã Ứng Hòa"],
        "producers": ["HTX Ấm chén", "HTX Bát gốm", "HTX Chè xanh", "HTX Đũa tre"],
    }
    assert up == expected.get(name, ["Ấm chén", "Bát gốm", "Chè xanh", "Đũa tre"])
    assert _names(_page(client, name, sort=f"-{first}")) == up[::-1]


def test_workbook_says_how_it_was_filtered_and_that_it_is_invented(
    client: Client, now: datetime, auditor: None, varied: None
) -> None:
    notes, _rows = _workbook(client, "register", rank="3")
    assert notes[0] == "Sổ đăng ký sản phẩm OCOP"
    assert notes[1].startswith("Xuất ngày 23/11/2026")
    assert notes[2:] == ["Lọc theo: Hạng sao: 3 sao"]
    recognised("Mẫu", evidence=Evidence.M)
    _demonstration(now)
    for name in SORTS:
        notes, _rows = _workbook(client, name)
        assert notes[-1].startswith("DỮ LIỆU MẪU")
        assert 'class="demo"' in _page(client, name)
    marks = {line[0]: line[-1] for line in _workbook(client, "register")[1]}
    assert {name for name, mark in marks.items() if mark.startswith("M ")} == {"Mẫu"}


def test_workbook_keeps_text_as_text_and_dates_as_dates(
    client: Client, auditor: None, places: Places
) -> None:
    recognised("=1+1", on=date(2025, 3, 4))
    answer = client.get(reverse("office:products"), {"format": "xlsx"})
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).worksheets[0]
    line = list(sheet.iter_rows())[-1]
    assert (line[0].value, line[0].data_type) == ("=1+1", "s")
    assert datetime(2025, 3, 4) in [cell.value for cell in line]  # noqa: DTZ001


@pytest.mark.whole
@pytest.mark.parametrize("sort", ["stars", "-stars", "commune", "evidence"])
def test_pages_of_rows_that_tie_hold_each_row_once_in_the_order_of_the_workbook(
    client: Client, auditor: None, places: Places, sort: str
) -> None:
    """The latest come first among those that tie, as they do unsorted."""
    for number in range(60):
        recognised(f"Mật ong {number:02d}", commune=places.here, stars=3 + number % 2)
    pages = [
        _names(_page(client, "register", sort=sort, per_page="25", page=str(number)))
        for number in (1, 2, 3)
    ]
    assert [len(page) for page in pages] == [25, 25, 10]
    walked = [name for page in pages for name in page]
    latest = [f"Mật ong {number:02d}" for number in reversed(range(60))]
    stars = {"stars": 0, "-stars": 1}
    if sort in stars:
        latest.sort(key=lambda name: int(name[-2:]) % 2 != stars[sort])
    assert walked == latest
    assert walked == [line[0] for line in _workbook(client, "register", sort=sort)[1]]


@pytest.mark.parametrize("given", ["0", "7", "abc", "²", "99999"])
def test_page_or_size_that_there_is_not_gives_the_nearest(
    client: Client, auditor: None, varied: None, given: str
) -> None:
    assert len(_shown(_page(client, "register", page=given, per_page=given))) == 4


def test_units_at_first_are_those_of_the_province_today_and_stay_so(
    client: Client, auditor: None, places: Places
) -> None:
    UnitFactory(name="Xã Nơi Khác")
    today = {"Thành phố Hà Nội", "Xã Đại Xuyên", "Xã Ứng Hòa"}
    page = _page(client, "units")
    assert set(_names(page)) == today
    assert set(_names(_page(client, "units", sort="-name"))) == today
    assert {line[0] for line in _workbook(client, "units")[1]} == today
    (export,) = re.findall(r'href="(\?[^"]*format=xlsx[^"]*)"', page)
    answer = client.get(reverse("office:units") + html.unescape(export))
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).worksheets[0]
    assert {line[0] for line in sheet.iter_rows(values_only=True)} >= today
    assert "Huyện Phú Xuyên" in _names(_page(client, "units", q="", on="", province="", level=""))


def test_filter_that_cannot_be_read_is_told(client: Client, auditor: None, varied: None) -> None:
    page = _page(client, "register", unit="99999")
    assert "Không có đơn vị hành chính nào mang mã này." in page


def test_days_in_the_wrong_order_are_told_on_the_page_and_for_the_letters(
    client: Client, auditor: None
) -> None:
    period = {"start": "2027-01-31", "end": "2027-01-01"}
    page = _page(client, "expiry", **period)
    assert "Ngày này trước ngày bắt đầu" in page
    assert "Chọn khoảng ngày rộng hơn" not in page
    answer = client.get(reverse("office:expiry_letters", args=["docx"]), period)
    assert answer.status_code == 409
    assert "Ngày này trước ngày bắt đầu" in answer.content.decode()


def test_expiry_lists_what_ends_from_day_to_day(
    client: Client, auditor: None, places: Places
) -> None:
    for name, more in (
        ("Trong kỳ", {"on": date(2024, 1, 5), "commune": places.here}),
        ("Ngày đầu", {"on": date(2024, 1, 1), "commune": places.there}),
        ("Ngày cuối", {"on": date(2024, 1, 31), "commune": places.here}),
        ("Trước kỳ", {"on": date(2023, 12, 31)}),
        ("Sau kỳ", {"on": date(2024, 2, 1)}),
        ("Đã thu hồi", {"on": date(2024, 1, 5), "revoked_on": date(2026, 1, 1)}),
        ("Đã ngừng", {"on": date(2024, 1, 5), "state": ProductState.STOPPED}),
        ("Nơi khác", {"on": date(2024, 1, 5), "province": "48"}),
        (
            "Chưa công bố",
            {"on": date(2024, 1, 5), "batch": world.imported(BatchState.LOADED)},
        ),
    ):
        recognised(name, **more)
    period = {"start": "2027-01-01", "end": "2027-01-31"}
    page = _page(client, "expiry", **period)
    assert _names(page) == ["Trong kỳ", "Ngày cuối", "Ngày đầu"]
    assert [line[4] for line in _shown(page)] == [
        "09/07/2026 – 07/09/2026",
        "04/08/2026 – 03/10/2026",
        "05/07/2026 – 03/09/2026",
    ]
    answer = client.get(reverse("office:expiry_letters", args=["xlsx"]), period)
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    assert [line[1] for line in sheet.iter_rows(min_row=5, values_only=True)] == _names(page)
    for kind, start in (("pdf", b"%PDF-"), ("docx", b"PK"), ("zip", b"PK")):
        answer = client.get(reverse("office:expiry_letters", args=[kind]), period)
        assert answer.content.startswith(start)
    assert client.get(reverse("office:expiry_letters", args=["odt"]), period).status_code == 404


# --- Work of the database ----------------------------------------------------------------------
def _asked(name: str, kind: str) -> tuple[str, dict[str, str]]:
    """A list as a page or a workbook; the expiry list has no search and an address per file."""
    if name != "expiry":
        return reverse(f"office:{name}"), {"q": "", "format": kind}
    if kind == "xlsx":
        return reverse("office:expiry_letters", args=["xlsx"]), {}
    return reverse("office:expiry"), {}


@pytest.mark.whole
@pytest.mark.parametrize("role", [Role.AUDITOR, Role.COMMUNE_OFFICER, Role.INSPECTOR])
@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("kind", ["page", "xlsx"])
def test_three_rows_take_as_many_queries_as_one(
    client: Client, now: datetime, places: Places, role: Role, name: str, kind: str
) -> None:
    client.force_login(person(now, role, places.here if role == Role.COMMUNE_OFFICER else None))
    counts, sizes = [], []
    for more in (1, 2):
        for number in range(more):
            place = UnitFactory(parent=places.here)
            row = recognised(
                f"Mật ong {number} của {more}",
                commune=place,
                unit=places.before,
                on=date(2024, 1, 5),
            )
            Producer.objects.filter(pk=row.product.producer_id).update(unit=places.before)
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(*_asked(name, kind))
            content = b"".join(answer)
        counts.append(len(queries))
        sizes.append(len(content))
    assert counts[0] == counts[1]
    if name in ("register", "products", "producers") and kind == "page":
        assert counts[0] <= MOST_QUERIES
    if not (name == "expiry" and role == Role.INSPECTOR):
        assert sizes[0] < sizes[1]


# --- Units -------------------------------------------------------------------------------------
def _unit_page(client: Client, unit: Unit) -> str:
    answer = client.get(reverse("office:unit", args=[unit.pk]))
    assert answer.status_code == 200
    return str(answer.content.decode())


def _count_and_list(client: Client, unit: Unit) -> tuple[int, list[str]]:
    """The number of products on the page of a unit, and the names of the list it leads to."""
    page = _unit_page(client, unit)
    (found,) = re.findall(r'<a href="([^"]*\?unit=[^"]*)">(\d+)</a>', page)
    answer = client.get(html.unescape(found[0]))
    return int(found[1]), _names(answer.content.decode())


def test_unit_counts_the_products_that_stand_in_it_then_and_now(
    client: Client, auditor: None, places: Places
) -> None:
    other = UnitFactory(
        code="68", name="Tỉnh Lâm Đồng", level=Level.PROVINCE, valid_from=date(2008, 8, 1)
    )
    far = UnitFactory(code="24958", name="Xã Đức Trọng", parent=other)
    recognised("Cũ", unit=places.before, commune=places.here)
    recognised("Mới", commune=places.here)
    recognised("Chỉ biết huyện", unit=places.district)
    recognised("Xa", commune=far, province="68")
    ProductFactory(name="Chưa có sao", commune=places.here)
    expected = {
        places.here: ["Cũ", "Mới"],
        places.there: [],
        places.before: ["Cũ"],
        places.district: ["Chỉ biết huyện", "Cũ"],
        places.province: ["Chỉ biết huyện", "Cũ", "Mới"],
        far: ["Xa"],
        other: ["Xa"],
    }
    for unit, names in expected.items():
        assert _count_and_list(client, unit) == (len(names), names), unit.name


def test_district_tells_what_became_of_its_communes(
    client: Client, auditor: None, places: Places
) -> None:
    lost = OldUnitFactory(code="10282", name="Xã Lạc", parent=places.district)
    split = OldUnitFactory(code="10285", name="Xã Chia", parent=places.district)
    Succession.objects.create(old=split, new=places.there, extent=Extent.PART)
    page = _unit_page(client, places.district)
    assert "Các xã, phường của đơn vị này nay là" in page
    assert "Xã Phú Yên → Xã Đại Xuyên" in page
    assert "Xã Chia → Xã Ứng Hòa" in page
    assert "chưa cho biết hết" in page
    lost.delete()
    assert "chưa cho biết hết" not in _unit_page(client, places.district)
    assert "nay là" not in _unit_page(client, places.before)


@pytest.mark.usefixtures("auditor")
@pytest.mark.parametrize(("name", "table"), [("register", "recognition"), ("products", "product")])
def test_a_page_of_a_list_fetches_no_more_than_itself(
    client: Client, rows: dict[str, Recognition], name: str, table: str
) -> None:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(reverse(f"office:{name}")).status_code == 200
    start = f'SELECT "ocop_{table}"."id"'
    fetched = [one["sql"] for one in asked.captured_queries if one["sql"].startswith(start)]
    assert fetched
    assert all(re.search(r" LIMIT \d+$", sql) for sql in fetched)
