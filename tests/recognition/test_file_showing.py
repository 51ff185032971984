"""A file that is not as it was signed never comes before the public; one that nobody trusted signed
does when an officer has held it against the original.

Decision 26/2026/QĐ-TTg, Art. 5: the chair publishes what was decided; a digital signature secures
the content of what it signs (Law 20/2023/QH15 on electronic transactions, Art. 22).
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
import time_machine
from asn1crypto import pem
from django.test import Client
from django.urls import reverse

from ocop.core import attachments, options
from ocop.core.actor import SYSTEM
from ocop.core.refusals import Refused
from ocop.criteria.services import load_decree
from ocop.people.roles import Role
from ocop.recognition import services, signatures
from ocop.recognition.authority import Level
from ocop.recognition.models import Decision
from ocop.recognition.services import Paper, Result
from tests.factories import PDF, DecisionFactory, ProductFactory, RecognitionFactory
from tests.recognition.test_signatures import Office, paper
from tests.world import person

pytestmark = pytest.mark.django_db
__all__ = ["paper"]
TODAY = date(2026, 11, 23)
SIGNED = Paper("12/QĐ-UBND", TODAY, "UBND thành phố Hà Nội", Level.PROVINCE, filename="q.pdf")


@pytest.fixture(autouse=True)
def _law(now: datetime) -> Iterator[None]:
    load_decree(actor=SYSTEM, at=now)
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def forged(paper: bytes) -> bytes:
    signed = Office("Ủy ban nhân dân").sign(paper)
    place = signed.index(b"/Title") + 8
    return signed[:place] + bytes([signed[place] ^ 1]) + signed[place + 1 :]


def enter(now: datetime, **more: Any) -> Decision:
    publish = more.pop("publish", False)
    return services.record_decision(
        actor=SYSTEM,
        paper=replace(SIGNED, **more),
        results=[Result(ProductFactory(), 3)],
        publish=publish,
        at=now,
    )


def held(content: bytes, now: datetime, **more: Any) -> Decision:
    """A decision in whose row the file stands as it was looked at."""
    decision: Decision = DecisionFactory(
        attachment=attachments.store(content, filename="q.pdf", at=now),
        signatures=signatures.looked_at(content).as_json(),
        **more,
    )
    RecognitionFactory(decision=decision)
    return decision


def refused(call: Any, **told: Any) -> str:
    with pytest.raises(Refused) as found:
        call(actor=SYSTEM, **told)
    return found.value.code


def test_a_changed_file_comes_before_the_public_on_no_way(forged: bytes, now: datetime) -> None:
    yes = {"file_confirmed": True}
    waiting = held(forged, now, awaits_publication=True)
    for public in (True, False, None):
        told: dict[str, Any] = {"decision": waiting, "published_on": TODAY, "file_public": public}
        assert refused(services.publish_decision, at=now, **told, **yes) == "file_changed"
    standing = held(forged, now)
    told = {"decision": standing, "public": True, "at": now, **yes}
    assert refused(services.show_decision_file, **told) == "file_changed"
    other: dict[str, Any] = {"content": forged, "filename": "q.pdf", "reason": "bản mới"}
    told = {"decision": DecisionFactory(), "public": True, "at": now, **yes}
    assert refused(services.attach_decision, **other, **told) == "file_changed"
    for more in ({"publish": True}, {"file_public": True, "file_confirmed": True}):
        with pytest.raises(Refused) as found:
            enter(now, scan=forged, **more)
        assert found.value.code == "file_changed"
    assert not Decision.objects.filter(file_public=True).exists()


def test_it_may_be_kept_until_the_right_one_comes(
    forged: bytes, paper: bytes, now: datetime
) -> None:
    decision = enter(now, scan=forged)
    services.attach_decision(
        actor=SYSTEM, decision=decision, content=paper, filename="q.pdf", reason="đúng tệp", at=now
    )
    services.publish_decision(actor=SYSTEM, decision=decision, published_on=TODAY, at=now)


def test_a_file_without_a_trusted_signature_is_confirmed(paper: bytes, now: datetime) -> None:
    stranger = Office("Người khác").sign(paper)
    for content in (PDF, stranger):
        decision = held(content, now)
        told: dict[str, Any] = {"decision": decision, "public": True, "at": now}
        assert refused(services.show_decision_file, **told) == "file_unconfirmed"
        services.show_decision_file(actor=SYSTEM, file_confirmed=True, **told)
        services.show_decision_file(actor=SYSTEM, **told | {"public": False})
        waiting = held(content, now, awaits_publication=True)
        told = {"decision": waiting, "published_on": TODAY, "at": now}
        assert refused(services.publish_decision, **told, file_public=True) == "file_unconfirmed"
        services.publish_decision(actor=SYSTEM, **told)  # the decision alone


def test_a_good_file_needs_no_word(paper: bytes, now: datetime, settings: Any) -> None:
    committee = Office("Ủy ban nhân dân")
    folder = settings.MEDIA_ROOT.parent / "trust"
    folder.mkdir()
    armoured = pem.armor("CERTIFICATE", committee.anchor.dump())
    (folder / "root.pem").write_bytes(armoured)
    settings.OCOP_TRUST_DIR = folder
    assert enter(now, scan=committee.sign(paper), file_public=True, publish=True).file_public


def test_the_pages_say_so(client: Client, forged: bytes, now: datetime) -> None:
    client.force_login(person(now, Role.PROVINCIAL_OFFICER))
    waiting = held(forged, now, awaits_publication=True)
    address = reverse("office:decision_publish", args=[waiting.pk])
    assert "Tệp đã bị sửa sau khi ký" in client.get(address).content.decode()
    client.post(address, {"published_on": str(TODAY), "file_confirmed": "on"})
    waiting.refresh_from_db()
    assert waiting.awaits_publication
    page = client.get(reverse("office:decision", args=[held(forged, now).pk])).content.decode()
    assert "Đưa lên trang công khai" not in page
    page = client.get(reverse("office:decision", args=[held(PDF, now).pk])).content.decode()
    assert "Tôi đã đối chiếu tệp với bản gốc" in page
    assert "Đưa lên trang công khai" in page


def test_nothing_to_lift_is_said_without_a_form(client: Client, now: datetime) -> None:
    client.force_login(person(now, Role.PROVINCIAL_OFFICER))
    decision = held(PDF, now)
    page = client.get(reverse("office:decision_lift", args=[decision.pk])).content.decode()
    assert "đã có quyết định đã ký làm bằng chứng" in page
    assert 'name="compared"' not in page
