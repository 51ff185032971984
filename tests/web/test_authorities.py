"""Forms and the API take the decisions of those who decide on a star here, and say who they are.

Art. 5, Decision 26/2026/QĐ-TTg: the chair of the province on three and four stars, the minister on
five; until 30/06/2025 a district's committee on three (148/QĐ-TTg).
"""

import re
from datetime import date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.criteria.services import load_decree
from ocop.people.roles import Role
from ocop.recognition import deciding
from ocop.recognition.models import Decision
from tests.factories import DecisionFactory, ProductFactory, RecognitionFactory
from tests.recognition import aftercare
from tests.world import bearer, person, with_second_factor

pytestmark = pytest.mark.django_db
NEW = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _here(now: datetime) -> None:
    options.set_option(actor=SYSTEM, option=options.PROVINCE, value="01", at=now)
    load_decree(actor=SYSTEM, at=now)


def test_api_and_page_refuse_alike(client: Client, now: datetime) -> None:
    product = ProductFactory()
    officer = person(now, Role.PROVINCIAL_OFFICER)
    token = bearer(officer, now)
    told = {
        "number": "7102/QĐ-UBND", "signed_on": "2026-11-20", "level": "province",
        "authority": "UBND xã Hoài Đức, thành phố Hà Nội",
        "results": [{"product": product.code, "stars": 4}],
    }  # fmt: skip
    answer = client.post("/api/v1/decisions", told, content_type="application/json", headers=token)
    assert (answer.status_code, answer.json()["code"]) == (422, "authority_not_competent")
    client.force_login(officer)
    page = client.get(reverse("office:decision_new")).content.decode()
    assert '<option value="Ủy ban nhân dân thành phố Hà Nội"' in page
    assert '<option value="Ủy ban nhân dân huyện Ba Vì"' in page
    sent = {
        **told, "kind": "first", "lines": f"{product.code};4", "publish": "on",
    }  # fmt: skip
    del sent["results"]
    page = client.post(reverse("office:decision_new"), sent).content.decode()
    assert "không phải “UBND xã Hoài Đức, thành phố Hà Nội”" in page
    assert '<option value="UBND xã Hoài Đức, thành phố Hà Nội" selected' in page
    assert not Decision.objects.exists()
    sent["authority"] = "Ủy ban nhân dân thành phố Hà Nội"
    client.post(reverse("office:decision_new"), sent)
    assert Decision.objects.get().authority == sent["authority"]


def chosen(page: str) -> list[str]:
    return re.findall(r'<option value="([^"]+)" selected>[^<]*(?:Ủy ban|Bộ)', page)


@pytest.mark.parametrize(
    ("stars", "name"),
    [(4, "Ủy ban nhân dân thành phố Hà Nội"), (5, "Bộ Nông nghiệp và Môi trường")],
)
def test_forms_of_a_star_begin_with_who_decides_on_it(
    client: Client, now: datetime, stars: int, name: str
) -> None:
    client.force_login(with_second_factor(person(now, Role.OFFICE_HEAD), now))
    star, case = (
        aftercare.star(now, stars=stars),
        aftercare.proposed(now, aftercare.star(now, stars=stars)),
    )
    for address in (
        reverse("office:recognition_step", args=[star.pk, "thu-hoi"]),
        reverse("office:case_step", args=[case.code, "quyet-dinh"]),
    ):
        assert name in chosen(client.get(address).content.decode())


def test_a_list_of_authorities_has_each_once_however_it_is_written(client: Client) -> None:
    names = [
        "UBND TP. Hà Nội",
        "Chủ tịch UBND Hà Nội",
        "UBND thành phố Hà Nội",
        "UBND thành phố Hà Nội",
    ]
    for name in names:
        RecognitionFactory(decision=DecisionFactory(authority=name, signed_on=NEW), on=NEW)
    commune = "UBND xã Hoài Đức, thành phố Hà Nội"  # as an import brought it
    RecognitionFactory(decision=DecisionFactory(authority=commune, signed_on=NEW), on=NEW)
    found = deciding.authorities(SYSTEM)
    assert [each.name for each in found] == ["UBND thành phố Hà Nội", commune]
    for written in ("UBND Thủ đô Hà Nội", "ubnd tp hà nội", "UBND thành phố Hà Nội"):
        page = client.get(reverse("decisions"), {"authority": written})
        assert page.context["page"].paginator.count == 4
    assert Decision.objects.count() == 5
