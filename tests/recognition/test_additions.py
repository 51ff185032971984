"""What is added to a published decision says so before the public.

Issue of the register: a wrong record is corrected by a new decision only, never in place. A product
that stands in the signed list and was left out is valid from the signing by law (Art. 5, Decision
26/2026/QĐ-TTg); that the register did not know it then is told.
"""

from collections.abc import Iterator
from datetime import date, datetime

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from ocop.core import attachments, options
from ocop.core.actor import SYSTEM, Actor
from ocop.core.refusals import NotAllowed
from ocop.criteria.services import load_decree
from ocop.people import queries as people
from ocop.people.roles import Role
from ocop.recognition import services
from ocop.recognition.additions import Addition, additions_of
from ocop.recognition.authority import Level
from ocop.recognition.models import Decision, Recognition
from ocop.recognition.services import Paper, Result
from tests.factories import PDF, ProducerFactory, ProductFactory
from tests.world import person

pytestmark = pytest.mark.django_db
SIGNED, TODAY = date(2026, 11, 12), date(2026, 11, 23)
PAPER = Paper("5120/QĐ-UBND", SIGNED, "UBND thành phố Hà Nội", Level.PROVINCE)
REASON = "Nhập thiếu dòng 3 của danh sách"


@pytest.fixture(autouse=True)
def _law(now: datetime) -> Iterator[None]:
    load_decree(actor=SYSTEM, at=now)
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)
    with time_machine.travel(now, tick=False):
        yield


def decided(now: datetime, *, publish: bool = True) -> Decision:
    product = ProductFactory(producer=ProducerFactory(listed=True))
    return services.record_decision(
        actor=SYSTEM, paper=PAPER, results=[Result(product, 3)], publish=publish, at=now
    )


def add(actor: Actor, decision: Decision, now: datetime) -> Recognition:
    product = ProductFactory(name="Chè sen", producer=ProducerFactory(listed=True))
    (row,) = services.complete_decision(
        actor=actor,
        decision=decision,
        level=Level.PROVINCE,
        results=[Result(product, 4)],
        reason=REASON,
        at=now,
    )
    return row


def who(role: Role, now: datetime) -> Actor:
    return people.actor_for(person(now, role), on=TODAY)


def test_only_the_head_adds_to_what_is_published(now: datetime) -> None:
    officer, head = who(Role.PROVINCIAL_OFFICER, now), who(Role.OFFICE_HEAD, now)
    published = decided(now)
    with pytest.raises(NotAllowed) as refused:
        add(officer, published, now)
    assert "chỉ lãnh đạo Văn phòng" in refused.value.message
    row = add(head, published, now)
    assert additions_of([row.pk]) == {row.pk: Addition(TODAY, REASON)}


def test_an_officer_completes_what_waits_and_nobody_hears_of_it(now: datetime) -> None:
    waiting = decided(now, publish=False)
    row = add(who(Role.PROVINCIAL_OFFICER, now), waiting, now)
    services.publish_decision(actor=SYSTEM, decision=waiting, published_on=TODAY, at=now)
    assert not additions_of([row.pk])


def test_the_public_reads_the_day_and_the_reason(client: Client, now: datetime) -> None:
    decision = decided(now)
    row = add(SYSTEM, decision, now)
    page = client.get(reverse("decision", args=[decision.pk])).content.decode()
    assert page.count("ghi thêm ngày 23/11/2026") == 1
    assert REASON in page
    address = reverse("certified", args=[row.product.code])
    past = client.get(address, {"on": "2026-11-15"}).content.decode()
    assert "từ ngày 23/11/2026, ghi thêm vào quyết định đã công bố" in past
    assert "Vào ngày được hỏi, sổ chưa có hạng sao này" in past
    today = client.get(address).content.decode()
    assert "từ ngày 23/11/2026, ghi thêm" in today
    assert "Vào ngày được hỏi" not in today
    results = client.get(f"/api/v1/decisions/{decision.pk}").json()["results"]
    told = {each["recognition"]: each["added_on"] for each in results}
    assert told[row.pk] == "2026-11-23"
    assert sorted(map(str, told.values())) == ["2026-11-23", "None"]


def test_the_form_says_what_may_be_added_and_is_the_heads(client: Client, now: datetime) -> None:
    decision = decided(now)
    decision.attachment = attachments.store(PDF, filename="q.pdf", at=now)
    decision.save()
    page, address = (
        reverse(name, args=[decision.pk]) for name in ("office:decision", "office:decision_add")
    )
    client.force_login(person(now, Role.PROVINCIAL_OFFICER))
    assert address not in client.get(page).content.decode()
    assert client.get(address).status_code == 403
    head = person(now, Role.OFFICE_HEAD)
    client.force_login(head)
    form = client.get(address, follow=True).content.decode()
    assert "Chỉ ghi thêm sản phẩm có trong danh sách của tệp đã ký" in form
    assert "mọi người thấy ngày ghi thêm và lý do" in form
