"""Tables of the office fit the desk beside the rail: nobody scrolls sideways to read a row."""

import pytest
from playwright.sync_api import Page

from ocop.demonstration.logins import email_of
from ocop.people.roles import Role
from tests.e2e.conftest import sign_in

pytestmark = [pytest.mark.e2e, pytest.mark.whole]


@pytest.mark.parametrize("path", ["/dieu-hanh/ho-so/", "/hoi-dong/phien/"])
def test_table_is_no_wider_than_its_frame_at_1440(page: Page, path: str) -> None:
    sign_in(page, email_of(Role.PROVINCIAL_OFFICER))
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(path)
    whole, shown = page.locator(".table").evaluate("e => [e.scrollWidth, e.clientWidth]")
    assert page.locator(".grid tbody tr").count() > 1
    assert whole <= shown
