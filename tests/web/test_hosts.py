"""Requests by a name that is not ours: by the bare address of the machine, or made up."""

import logging

import pytest
from django.conf import settings
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/", "/san-pham/", "/01", "//", "/%%", "/dieu-hanh/"])
@pytest.mark.parametrize("host", ["evil.example", "192.0.2.1", "a b", "x..y"])
def test_another_name_is_refused_with_the_way_to_ours(client: Client, path: str, host: str) -> None:
    got = client.get(path, headers={"host": host})
    assert got.status_code == 400
    text = got.content.decode()
    assert 'href="http://localhost:8000/"' in text
    assert host not in text


def test_a_program_is_told_as_a_problem(client: Client) -> None:
    got = client.options("/api/v1/products", headers={"host": "evil.example"})
    assert (got.status_code, got.headers["content-type"]) == (400, "application/problem+json")
    assert got.json()["code"] == "host_unknown"


def test_log_has_one_line_of_it(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        client.get("/", headers={"host": "evil.example"})
    (record,) = [each for each in caplog.records if each.levelno >= logging.ERROR]
    assert record.exc_info is None


def test_names_that_it_gives_out_itself_are_answered() -> None:
    """The host on stamps is another than the office's in a large installation."""
    from urllib.parse import urlsplit

    for address in (settings.BASE_URL, settings.OCOP_STAMP_URL):
        assert urlsplit(address).hostname in settings.ALLOWED_HOSTS
