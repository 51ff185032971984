"""Certificates are issued here under decisions of this province's own authority only.

Art. 5, Decision 26/2026/QĐ-TTg: the chair of the province decides on and certifies 3 and 4 stars,
the Minister 5; until 30/06/2025 districts gave 3 stars (Decision 148/QĐ-TTg).
"""

from collections.abc import Iterator
from datetime import date, datetime

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.core.refusals import Refused
from ocop.dossiers.papers.made import print_wish
from ocop.people.roles import Role
from ocop.recognition import certificates, deciding
from ocop.recognition.models import Certificate, Decision
from ocop.recognition.own_authority import is_own
from tests.factories import DecisionFactory, OldUnitFactory, RecognitionFactory
from tests.world import person

pytestmark = pytest.mark.django_db
OLD, NEW = date(2024, 12, 30), date(2026, 8, 5)


@pytest.fixture(autouse=True)
def _today(now: datetime) -> Iterator[None]:
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)
    options.set_option(actor=SYSTEM, option=options.PROVINCE, value="01", at=now)
    with time_machine.travel(now, tick=False):
        yield


@pytest.mark.parametrize(
    ("authority", "number", "signed_on", "own"),
    [
        ("UBND thành phố Hà Nội", "3981/QĐ-UBND", NEW, True),
        ("Ủy ban nhân dân TP. Hà Nội", "3981/QĐ-UBND", OLD, True),
        ("Chủ tịch UBND Thành phố Hà Nội", "3981/QĐ-UBND", NEW, True),
        ("UBND tỉnh Lâm Đồng", "3981/QĐ-UBND", NEW, False),
        ("UBND tỉnh Hà Nam", "3981/QĐ-UBND", OLD, False),
        ("Bộ Nông nghiệp và Môi trường", "2160/QĐ-BNNMT", NEW, False),
        ("UBND huyện Ba Vì", "1602/QĐ-UBND", OLD, False),
        ("UBND huyện Ba Vì, thành phố Hà Nội", "1602/QĐ-UBND", OLD, False),
        ("UBND quận Hà Đông", "1602/QĐ-UBND", OLD, False),
        ("", "3981/QĐ-UBND", NEW, False),
        ("UBND thành phố Hà Nội", "3981/QĐ-SNNMT", NEW, False),
        ("UBND thành phố Hà Nội", "không số", OLD, True),  # as an import brought it
        ("UBND xã Hoài Đức, thành phố Hà Nội", "3981/QĐ-UBND", NEW, False),
        ("Văn phòng UBND thành phố Hà Nội", "3981/QĐ-UBND", NEW, False),
    ],
)
def test_the_own_authority_is_told_by_its_name(
    authority: str, number: str, signed_on: date, own: bool
) -> None:
    assert is_own(Decision(number=number, signed_on=signed_on, authority=authority)) is own


def test_a_city_that_was_a_districts_is_the_provinces_since_those_ended(now: datetime) -> None:
    options.set_option(actor=SYSTEM, option=options.PROVINCE, value="46", at=now)
    told = {"number": "1/QĐ-UBND", "authority": "UBND thành phố Huế"}
    assert is_own(Decision(signed_on=NEW, **told))
    assert not is_own(Decision(signed_on=date(2023, 5, 1), **told))


def test_the_unit_of_a_decision_contradicts_its_name() -> None:
    district = OldUnitFactory()
    told = {"number": "1/QĐ-UBND", "authority": "UBND thành phố Hà Nội", "signed_on": OLD}
    assert not is_own(Decision(unit=district, **told))


@pytest.mark.parametrize(
    ("authority", "number", "stars"),
    [
        ("UBND tỉnh Lâm Đồng", "3981/QĐ-UBND", 4),
        ("Bộ Nông nghiệp và Môi trường", "2160/QĐ-BNNMT", 5),
        ("UBND huyện Ba Vì", "1602/QĐ-UBND", 3),
    ],
)
def test_another_authority_gives_its_own_certificates(
    client: Client, authority: str, number: str, stars: int, now: datetime
) -> None:
    decision = DecisionFactory(authority=authority, number=number)
    row = RecognitionFactory(decision=decision, stars=stars, authority=authority)
    with pytest.raises(Refused) as refused:
        certificates.issue_certificates(actor=SYSTEM, decision=decision, at=now)
    assert refused.value.code == "certificate_of_another"
    assert authority in refused.value.message
    assert not Certificate.objects.exists()
    client.force_login(person(now, Role.PROVINCIAL_OFFICER))
    page = client.get(reverse("office:decision", args=[decision.pk])).content.decode()
    assert reverse("office:certificates_issue", args=[decision.pk]) not in page
    assert "Cơ quan ký quyết định cấp giấy chứng nhận" in page
    # One that was numbered here before is printed no more.
    Certificate.objects.create(
        recognition=row, province="01", year=2024, serial=1, number="0001/2024/GCN-OCOP",
        issued_on=OLD, words={},
    )  # fmt: skip
    rows = list(deciding.certificates_visible_to(SYSTEM))
    assert print_wish(SYSTEM, decision, on=NEW) is None
    with pytest.raises(Refused) as refused:
        certificates.printed(rows, at=now)
    assert refused.value.code == "certificate_of_another"
    page = client.get(reverse("office:decision", args=[decision.pk])).content.decode()
    assert "In giấy chứng nhận" not in page
