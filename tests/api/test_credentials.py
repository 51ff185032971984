"""Credentials by the API: the same as in the web, to who may see the star."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from ocop.core.actor import SYSTEM
from ocop.core.credentials.envelopes import unseal
from ocop.people.roles import Role
from ocop.people.scopes import READ_PROGRAMME
from ocop.recognition import services
from ocop.recognition.credential import issuing
from ocop.recognition.models import Ground, Recognition
from tests.factories import RecognitionFactory
from tests.recognition.credential.papers import certified, verdict
from tests.world import bearer, person, revoked_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def star(now: datetime) -> Recognition:
    return certified(now)


def test_a_credential_is_that_of_the_web(client: Client, star: Recognition, now: datetime) -> None:
    answer = client.get(f"/api/v1/recognitions/{star.pk}/credential")
    assert answer["Content-Type"] == "application/vc+jwt"
    token = answer.content.decode()
    assert verdict(token, now).good
    web = client.get(f"/san-pham/{star.product.code}/chung-chi/{star.pk}.jwt")
    assert web.content.decode() == token


def test_the_status_list_tells_a_revocation_at_once(
    client: Client, star: Recognition, now: datetime
) -> None:
    def listed() -> Any:
        answer = client.get("/api/v1/credential-status-list")
        assert answer["Content-Type"] == "application/vc+jwt"
        assert answer["Cache-Control"] == "max-age=60"
        told = unseal(answer.content.decode(), issuing.document(at=now))
        return told["credentialSubject"]["encodedList"]

    before = listed()
    services.revoke(
        actor=SYSTEM, recognition=star, ground=Ground.MARK, **revoked_by(now.date()), reason="QĐ 9",
        at=now,
    )  # fmt: skip
    assert listed() != before


def test_without_a_certificate_there_is_none(client: Client, star: Recognition) -> None:
    other = RecognitionFactory(product__listed=True, product__producer__listed=True)
    for key in (other.pk, 0, 10**30):
        assert client.get(f"/api/v1/recognitions/{key}/credential").status_code == 404
    type(star.product).objects.update(listed=False)
    assert client.get(f"/api/v1/recognitions/{star.pk}/credential").status_code == 404


def test_a_key_for_other_things_reads_none(
    client: Client, star: Recognition, now: datetime
) -> None:
    key = bearer(person(now, Role.AUDITOR), now, READ_PROGRAMME)
    for path in (f"recognitions/{star.pk}/credential", "credential-status-list"):
        assert client.get(f"/api/v1/{path}", headers=key).status_code == 403
