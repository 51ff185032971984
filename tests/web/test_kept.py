"""A form sent after the session had ended comes back to who filled it in, and to nobody else."""

import re
from datetime import datetime

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from ocop.councils.models import Sheet
from ocop.people.models import User
from tests.councils.hall import Hall, open_hall
from tests.dossiers import making
from tests.factories import PDF
from tests.web.council_pages import item_at, today
from tests.web.test_council_paper_sheets import GIVEN, TYPED
from tests.world import member

pytestmark = pytest.mark.django_db
__all__ = ["today"]
PASSWORD = "mat-khau-rieng-2026"
WORDS = "Cần sửa nhãn phụ trước khi công bố"
PAGE = reverse("kept_form")


def sign_in(client: Client, user: User, to: str = "") -> str:
    """Through the page, as a person does; where it led to is answered."""
    user.set_password(PASSWORD)
    user.save()
    given = {"login": user.email, "password": PASSWORD, "next": to}
    answer = client.post(reverse("account_login"), given)
    assert answer.status_code == 302
    return answer["Location"]


def end_session(client: Client) -> None:
    del client.cookies[settings.SESSION_COOKIE_NAME]


@pytest.fixture
def hall(today: datetime) -> Hall:
    hall = open_hall(today)
    hall.submit(0, GIVEN)
    hall.submit(1, GIVEN)
    return hall


@pytest.fixture
def paper(hall: Hall) -> str:
    """The address at which the secretary types a member's paper sheet."""
    return item_at(hall.item.code, f"phieu-giay/{hall.seat(2).pk}/")


def fields(answer: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', answer))


def test_a_paper_sheet_typed_before_the_session_ended_is_not_lost(hall: Hall, paper: str) -> None:
    client, secretary = Client(), hall.people[1]
    sign_in(client, secretary)
    end_session(client)
    scan = SimpleUploadedFile("phieu.pdf", PDF, content_type="application/pdf")
    answer = client.post(paper, TYPED | {"opinion": WORDS, "scan": scan})
    assert answer["Location"] == f"{reverse('account_login')}?next={PAGE}"
    told = client.get(answer["Location"]).content.decode()
    assert "Biểu mẫu bạn vừa gửi được giữ lại" in told
    assert WORDS not in told
    assert sign_in(client, secretary, PAGE) == PAGE
    page = client.get(PAGE)
    shown = page.content.decode()
    assert page["Cache-Control"].find("no-store") >= 0
    assert f'action="{paper}"' in shown
    assert "Phải chọn lại 1 tệp" in shown
    assert "<li>phieu.pdf</li>" in shown
    kept = fields(shown)
    assert kept | TYPED | {"opinion": WORDS} == kept
    answer = client.post(paper, kept | {"scan": SimpleUploadedFile("p.pdf", PDF)})
    assert answer.status_code == 302
    sheet = Sheet.objects.get(seat=hall.seat(2))
    assert (sheet.opinion, len(sheet.marks)) == (WORDS, len(GIVEN))
    assert client.get(PAGE)["Location"] == reverse("after_login")  # taken: no longer kept


def test_what_was_kept_is_nobody_elses(hall: Hall, paper: str) -> None:
    client = Client()
    sign_in(client, hall.people[1])
    end_session(client)
    client.post(paper, TYPED | {"opinion": WORDS})
    assert sign_in(client, hall.people[0], PAGE) == PAGE
    assert client.get(PAGE)["Location"] == reverse("after_login")
    client.logout()
    sign_in(client, hall.people[1])
    assert client.get(PAGE)["Location"] == reverse("after_login")


def test_a_browser_that_nobody_signed_in_with_keeps_nothing(paper: str) -> None:
    client = Client()
    answer = client.post(paper, TYPED)
    assert answer["Location"] == f"{reverse('account_login')}?next={paper}"
    assert not client.session.get("kept_form")


@pytest.mark.parametrize(
    ("address", "headers"),
    [
        (reverse("account_change_password"), {}),  # passwords are kept nowhere
        (reverse("inbox_read_all"), {"Sec-Fetch-Mode": "cors"}),  # a script keeps its own
    ],
)
def test_passwords_and_what_scripts_send_are_not_kept(
    hall: Hall, address: str, headers: dict[str, str]
) -> None:
    client = Client()
    sign_in(client, hall.people[1])
    end_session(client)
    client.post(address, {"oldpassword": PASSWORD}, headers=headers)
    assert not client.session.get("kept_form")


def test_a_form_larger_than_any_of_ours_is_not_kept(hall: Hall, paper: str) -> None:
    client = Client()
    sign_in(client, hall.people[1])
    end_session(client)
    client.post(paper, {"opinion": "a" * 1_000_001})
    assert not client.session.get("kept_form")


def test_a_members_and_a_producers_form_are_kept_likewise(hall: Hall, today: datetime) -> None:
    for user, address, form in (
        (hall.people[2], reverse("council:submit", args=[hall.item.code]), {"opinion": WORDS}),
        (
            member(today, making.draft(today).product.producer),
            reverse("producer_library"),
            {"note": WORDS},
        ),
    ):
        client = Client()
        sign_in(client, user)
        end_session(client)
        assert PAGE in client.post(address, form)["Location"], address
        sign_in(client, user)
        assert WORDS in client.get(PAGE).content.decode()


def test_a_form_whose_token_is_old_is_answered_with_what_was_typed(hall: Hall, paper: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(hall.people[1])
    answer = client.post(paper, {"opinion": WORDS, "m1.1": "2"})
    assert answer.status_code == 403
    assert WORDS in answer.content.decode()
    secret = client.post(reverse("account_change_password"), {"password1": "mật khẩu của tôi"})
    assert "mật khẩu của tôi" not in secret.content.decode()


def test_a_script_is_told_that_the_session_ended_and_not_that_the_network_is_gone(
    today: datetime,
) -> None:
    """All cookies removed: the token is missing too, so the answer comes before any page's own."""
    dossier = making.draft(today)
    address = reverse("producer_save", args=(dossier.code,))
    client = Client(enforce_csrf_checks=True)
    told = client.post(address, {"revision": 0}, content_type="application/json")
    assert (told.status_code, told.json()["code"]) == (403, "signed_out")
    assert "Phiên đăng nhập đã hết" in told.json()["message"]
    client.force_login(member(today, dossier.product.producer))
    told = client.post(address, {"revision": 0}, content_type="application/json")
    assert (told.status_code, told.json()["code"]) == (403, "page_old")
    assert "giữ trên máy này" in told.json()["message"]
