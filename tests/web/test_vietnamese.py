"""Official Vietnamese text on English pages says that it is Vietnamese (WCAG 3.1.2)."""

from datetime import datetime
from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from ocop.core import options
from ocop.core.actor import ANONYMOUS, SYSTEM
from ocop.criteria import queries, services
from ocop.criteria.sets import load_set
from ocop.dossiers.models import State
from ocop.people.roles import Role
from ocop.products.models import Product
from tests.councils.hall import SET, Hall, open_hall
from tests.dossiers import office
from tests.web.council_pages import today
from tests.world import member, person, recognised

pytestmark = pytest.mark.django_db
__all__ = ["today"]
_VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "use"}


class Spoken(HTMLParser):
    """The text of a page by the language it is said to be in; what stands in a title or in a
    list to choose from can carry no mark inside."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = []
        self.said: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _VOID:
            inherited = self.open[-1][1] if self.open else ""
            self.open.append((tag, dict(attrs).get("lang") or inherited))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1][0] not in ("title", "script"):
            language = self.open[-1][1]
            self.said[language] = self.said.get(language, "") + data


def english(client: Client, address: str) -> dict[str, str]:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    answer = client.get(address)
    assert answer.status_code == 200, address
    reader = Spoken()
    reader.feed(answer.content.decode())
    return reader.said


def expect_marked(said: dict[str, str], *texts: str) -> None:
    for text in texts:
        assert text in said["vi"], text
        assert text not in said["en"], text


RICE = load_set(1)
FIRST = RICE.by_code["1.1"]
TEXTS = (RICE.sections[0].name, FIRST.name, FIRST.options[0].label, RICE.gates[0].note)


@pytest.fixture
def officer(client: Client, now: datetime) -> Client:
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)
    services.load_decree(actor=SYSTEM, at=now)
    client.force_login(person(now, Role.PROVINCIAL_OFFICER))
    return client


def test_criteria_and_calculator(officer: Client) -> None:
    first = queries.current(ANONYMOUS).get(number=1)
    expect_marked(english(officer, f"/dieu-hanh/bo-tieu-chi/{first.pk}/"), first.name, *TEXTS)
    expect_marked(english(officer, "/dieu-hanh/cham-thu/1/"), first.name, *TEXTS)
    for address in ("/dieu-hanh/bo-tieu-chi/", "/dieu-hanh/cham-thu/"):
        expect_marked(english(officer, address), first.name)


def test_vietnamese_page_marks_nothing_apart(officer: Client) -> None:
    page = officer.get("/dieu-hanh/cham-thu/1/").content.decode()
    assert '<span lang="vi">' not in page


def test_sheet_of_a_member(client: Client, today: datetime) -> None:
    hall: Hall = open_hall(today)
    client.force_login(hall.people[2])
    found = load_set(SET)
    first = found.criteria[0]
    said = english(client, reverse("council:sheet", args=(hall.item.code,)))
    expect_marked(said, found.name, first.name, first.options[0].label)


def test_criterion_of_a_dossier(client: Client, today: datetime) -> None:
    dossier = office.dossier(state=State.DRAFT, submitted_at=None, due_on=None)
    found = queries.set_of(dossier.version)
    first = found.criteria[0]
    client.force_login(member(today, dossier.product.producer))
    page = reverse("producer_criterion", args=(dossier.code, first.code))
    expect_marked(english(client, page), first.name, first.options[0].label)
    assert "span" not in client.get(page).content.decode().split("</title>")[0]


def test_story_of_a_product(client: Client) -> None:
    product = recognised("Mật ong").product
    Product.objects.filter(pk=product.pk).update(story="Ong nuôi dưới rừng nhãn.")
    said = english(client, f"/san-pham/{product.code}/")
    expect_marked(said, "Ong nuôi dưới rừng nhãn.")
