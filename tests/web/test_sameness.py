"""Files and pictures that are the same for all are one copy in a cache, whoever asks."""

from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.people.roles import Role
from ocop.recognition.log import keeping
from tests.factories import ProducerFactory, ProductFactory, RecognitionFactory
from tests.recognition.log.logged import decided
from tests.recognition.log.test_publishing import grow
from tests.world import build_places, person

pytestmark = pytest.mark.django_db
LOG = "/so-dang-ky/nhat-ky"


@pytest.fixture
def product(now: datetime) -> Any:
    build_places(now)
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)
    found = ProductFactory(producer=ProducerFactory(listed=True), listed=True)
    decided(RecognitionFactory(product=found, on=date(2026, 1, 1)), now=now)
    grow(now, 260)
    return found


def vary(client: Client, address: str, **headers: str) -> set[str]:
    answer = client.get(address, headers=headers)
    assert answer.status_code == 200, address
    assert not answer.cookies
    return {name.strip().lower() for name in answer.get("Vary", "").split(",") if name}


@pytest.mark.parametrize("path", ["checkpoint", "tile/0/000", "0.json", "0.tlog-proof"])
def test_files_of_the_log_vary_by_nobody(client: Client, product: Any, path: str) -> None:
    assert vary(client, f"{LOG}/{path}") <= {"accept-encoding"}


@pytest.mark.parametrize("address", ["/.well-known/did.json", "/huy-hieu.svg", "/huy-hieu/"])
def test_keys_and_badges_vary_by_nobody_and_are_the_same(
    client: Client, now: datetime, product: Any, address: str
) -> None:
    if "huy-hieu" in address:
        address = f"/san-pham/{product.code}{address}"
    seen = client.get(address).content
    client.force_login(person(now, Role.PROVINCIAL_OFFICER))
    for language in ("vi", "en"):
        assert vary(client, address, accept_language=language) <= {"accept-encoding"}
        assert client.get(address, headers={"accept-language": language}).content == seen


def test_what_heeds_who_asks_says_so(client: Client, now: datetime, product: Any) -> None:
    assert {"cookie", "accept-language"} <= vary(client, f"{LOG}/")
    type(product).objects.update(listed=False)
    keeping.keep(at=now)
    client.force_login(person(now, Role.PROVINCIAL_OFFICER))
    assert "cookie" in vary(client, f"/san-pham/{product.code}/huy-hieu.svg")
