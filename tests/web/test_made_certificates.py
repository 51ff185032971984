"""Certificates of a large decision: one file, made by a job, for who may print them now."""

from collections.abc import Callable
from typing import Any

import pypdfium2
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.core.jobs.files import JobState
from ocop.core.refusals import Refused
from ocop.dossiers.models import MadePaper
from ocop.dossiers.papers import made
from ocop.dossiers.services import making
from ocop.people.models import Message, User
from ocop.people.roles import Role
from ocop.recognition.certificates import issue_certificates
from ocop.recognition.models import Decision
from tests.factories import DecisionFactory, RecognitionFactory
from tests.world import person

pytestmark = pytest.mark.django_db
Captured = Callable[..., Any]


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def numbered(count: int) -> Decision:
    decision: Decision = DecisionFactory()
    for _each in range(count):
        RecognitionFactory(decision=decision, on=decision.signed_on)
    issue_certificates(actor=SYSTEM, decision=decision, at=timezone.now())
    return decision


def officer() -> Client:
    at = timezone.now()
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=at)
    return signed_in(person(at, Role.PROVINCIAL_OFFICER))


def test_many_certificates_are_printed_by_a_job_and_come_back_to(
    django_capture_on_commit_callbacks: Captured,
) -> None:
    decision, client = numbered(made.AT_ONCE + 1), officer()
    answer = client.get(reverse("office:certificates_file", args=[decision.pk]))
    make = f"/van-ban/quyet-dinh/{decision.pk}/giay-chung-nhan/"
    assert answer.headers["Location"] == make
    assert "51" in client.get(make).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        page = client.post(make).headers["Location"]
    found = MadePaper.objects.get()
    assert (found.state, found.pieces, found.done) == (JobState.READY, 51, 51)
    assert "Tải tệp" in client.get(page).content.decode()
    assert Message.objects.get().link == page
    file = b"".join(client.get(f"{page}tai/").streaming_content)  # type: ignore[attr-defined]
    assert len(pypdfium2.PdfDocument(file)) == 51
    assert client.get(make).headers["Location"] == page  # the same file as long as nothing changed
    other = signed_in(person(timezone.now(), Role.AUDITOR))
    taken = other.get(f"{page}tai/")
    assert taken.status_code == 200
    assert len(b"".join(taken.streaming_content)) == found.size
    assert signed_in(person(timezone.now(), None)).get(f"{page}tai/").status_code == 404
    told = client.get(f"/api/v1/made-papers/{found.code}").json()
    assert (told["state"], told["pieces"]) == ("ready", 51)


def test_certificates_are_printed_anew_when_something_of_them_changed(
    django_capture_on_commit_callbacks: Captured,
) -> None:
    decision, client = numbered(2), officer()
    make = f"/van-ban/quyet-dinh/{decision.pk}/giay-chung-nhan/"
    with django_capture_on_commit_callbacks(execute=True):
        first = client.post(make).headers["Location"]
    RecognitionFactory(decision=decision, on=decision.signed_on)
    issue_certificates(actor=SYSTEM, decision=decision, at=timezone.now())
    assert "Bản trước" in client.get(make).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(make).headers["Location"] != first
    assert client.get(first).status_code == 404  # one file of each is enough


def test_a_decision_without_certificates_has_no_file_to_ask_for() -> None:
    decision = RecognitionFactory().decision
    assert decision is not None
    client = officer()
    assert client.get(f"/van-ban/quyet-dinh/{decision.pk}/giay-chung-nhan/").status_code == 404
    with pytest.raises(Refused):
        making.ask_certificates(actor=SYSTEM, decision=decision, at=timezone.now())
