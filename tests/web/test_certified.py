"""What is certified on a day, and the badge that others show: from Art. 8, 10 and 12 and the 36
months of a certificate."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
import time_machine
from django.test import Client

from ocop.core.numbers import write_date
from ocop.products.models import Product
from ocop.recognition.certified import certified
from ocop.recognition.models import Evidence
from ocop.recognition.validity import State
from tests.factories import ProducerFactory, ProductFactory, RecognitionFactory
from tests.recognition import aftercare

pytestmark = pytest.mark.django_db
SIGNED = date(2023, 12, 20)  # valid to the end of 20/12/2026
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def product() -> Product:
    found: Product = ProductFactory(producer=ProducerFactory(listed=True), listed=True)
    RecognitionFactory(product=found, on=SIGNED, stars=4)
    return found


def line(client: Client, product: Product, query: str = "") -> str:
    answer = client.get(f"/san-pham/{product.code}/huy-hieu.svg{query}")
    assert answer["Content-Type"] == "image/svg+xml"
    texts = ElementTree.fromstring(answer.content).iter(f"{SVG}text")
    return [text.text or "" for text in texts][-1]


@pytest.mark.parametrize(
    ("on", "state", "holds"),
    [
        (date(2023, 12, 20), State.VALID, True),
        (date(2026, 6, 23), State.WINDOW_OPEN, True),
        (date(2026, 12, 20), State.WINDOW_MISSED, True),
        (date(2026, 12, 21), State.EXTENSION_UNCONFIRMED, False),
        (date(2028, 1, 1), State.EXPIRED, False),
    ],
)
def test_each_day_has_its_state(on: date, state: State, holds: bool, product: Product) -> None:
    told = certified(product, on)
    assert told is not None
    assert (told.state, told.holds) == (state, holds)


def test_before_the_first_star_nothing_is_certified(client: Client, product: Product) -> None:
    assert certified(product, date(2023, 12, 19)) is None
    page = client.get(f"/san-pham/{product.code}/hang-sao/?on=2023-12-19").content.decode()
    assert "Đến ngày này sản phẩm chưa được phân hạng OCOP." in page


def test_revocation_and_annulment_count_from_their_day(product: Product) -> None:
    row = product.recognitions.get()
    row.revoked_on = date(2025, 5, 5)
    row.save()
    days = (date(2025, 5, 4), date(2025, 5, 5))
    assert [told.state for day in days if (told := certified(product, day))] == [
        State.VALID,
        State.REVOKED,
    ]
    row.annulled_on = date(2025, 6, 1)
    row.save()
    assert certified(product, date(2025, 6, 1)) is None  # as if it had never been


def test_a_day_before_the_annulment_is_certified_by_nothing_annulled(
    client: Client, product: Product
) -> None:
    """Art. 10.1b: as if it had never been; what ruled before it counts."""
    RecognitionFactory(
        product=product, on=date(2025, 3, 1), stars=5, annulled_on=date(2025, 6, 1)
    )  # fmt: skip
    told = certified(product, date(2025, 5, 1))
    assert told is not None
    assert (told.state, told.holds, told.recognition.stars) == (State.ANNULLED, False, 5)
    assert told.instead is not None
    assert (told.instead.holds, told.instead.recognition.stars) == (True, 4)
    after = certified(product, date(2025, 6, 1))
    assert after is not None
    assert (after.holds, after.recognition.stars, after.instead) == (True, 4, None)
    page = client.get(f"/san-pham/{product.code}/hang-sao/?on=2025-05-01").content.decode()
    assert "Đã hủy kết quả ngày 01/06/2025 (coi như chưa từng có)" in page
    assert page.index("Kết quả bị hủy") < page.index("Không tính kết quả đã hủy")
    assert page.index("Không tính kết quả đã hủy") < page.index("Còn hiệu lực")
    told = client.get(f"/api/v1/products/{product.code}/star?on=2025-05-01").json()
    assert (told["state"], told["holds"], told["instead"]["stars"]) == ("annulled", False, 4)


def test_an_annulled_result_alone_holds_on_no_day(client: Client, product: Product) -> None:
    product.recognitions.update(annulled_on=date(2025, 6, 1))
    page = client.get(f"/san-pham/{product.code}/hang-sao/?on=2025-05-01").content.decode()
    assert "Đã hủy kết quả ngày 01/06/2025" in page
    assert "Còn hiệu lực" not in page


def test_pages_tell_since_when_a_star_is_revoked_and_by_which_decision(
    client: Client, now: datetime
) -> None:
    case = aftercare.decided(now)
    found = case.recognition.product
    Product.objects.filter(pk=found.pk).update(listed=True)
    day = write_date(now.date())
    with time_machine.travel(now, tick=False):
        for address in ("", "hang-sao/"):
            page = client.get(f"/san-pham/{found.code}/{address}").content.decode()
            assert f"Bị thu hồi từ ngày {day} theo Quyết định 77/QĐ-UBND ngày {day}" in page
            assert "UBND thành phố Hà Nội" in page
        shown = client.get("/thu-hoi/").content.decode()
        page = client.get("/thu-hoi/", {"q": found.code}).content.decode()
        assert page.count(f'href="/san-pham/{found.code}/"') == 1
        assert f"Quyết định 77/QĐ-UBND ngày {day}, UBND thành phố Hà Nội" in shown
        feed = client.get("/thu-hoi/atom.xml").content.decode()
        assert "77/QĐ-UBND" in feed
        told = client.get(f"/quyet-dinh/{case.recognition.decision_id}/").content.decode()
        assert f"từ ngày {day}" in told


def test_a_proposal_certifies_nothing(product: Product) -> None:
    other = ProductFactory(producer=product.producer, listed=True)
    RecognitionFactory(product=other, on=SIGNED, evidence=Evidence.B2, decision=None)
    assert certified(other, SIGNED) is None


def test_page_tells_the_day_that_is_asked_for(client: Client, product: Product) -> None:
    page = client.get(f"/san-pham/{product.code}/hang-sao/?on=2025-01-31")
    text = page.content.decode()
    assert page.status_code == 200
    assert "Đến hết ngày 31/01/2025" in text
    assert "Còn hiệu lực" in text
    assert product.recognitions.get().decision.number in text


@pytest.mark.parametrize("on", ["31/13/2025", "x", "2025-02-29", ""])
def test_what_is_no_day_is_refused(on: str, client: Client, product: Product) -> None:
    page = client.get(f"/san-pham/{product.code}/hang-sao/", {"on": on})
    assert page.status_code == 422
    assert 'class="errors' in page.content.decode() or "error" in page.content.decode()
    assert "Đến hết ngày" not in page.content.decode()


def test_badge_turns_by_itself_at_midnight_in_vietnam(client: Client, product: Product) -> None:
    """20 December ends at 17:00 UTC."""
    last = datetime(2026, 12, 20, 16, 59, 30, tzinfo=UTC)
    with time_machine.travel(last, tick=False):
        assert line(client, product) == "4 sao, đến hết 20/12/2026"
        answer = client.get(f"/san-pham/{product.code}/huy-hieu.svg")
        assert "max-age=30" in answer["Cache-Control"]
    with time_machine.travel(last + timedelta(seconds=30), tick=False):
        assert line(client, product) == "Đã hết hạn sau ngày 20/12/2026"
        assert line(client, product, "?lang=en") == "Expired after 20/12/2026"


def test_badge_tells_an_extension_a_revocation_and_nothing(
    client: Client, product: Product
) -> None:
    row = product.recognitions.get()
    row.extended_until = date(2027, 3, 1)
    row.save()
    with time_machine.travel(datetime(2027, 1, 5, tzinfo=UTC), tick=False):
        assert line(client, product) == "4 sao, đến hết 01/03/2027"
    row.revoked_on = date(2026, 1, 1)
    row.save()
    assert line(client, product) == "Bị thu hồi"
    bare = ProductFactory(producer=product.producer, listed=True)
    assert line(client, bare) == "Chưa phân hạng OCOP"


def test_badge_escapes_what_producers_write(client: Client, product: Product) -> None:
    Product.objects.filter(pk=product.pk).update(name='<script>&"')
    answer = client.get(f"/san-pham/{product.code}/huy-hieu.svg")
    title = ElementTree.fromstring(answer.content).find(f"{SVG}title")
    assert title is not None
    assert (title.text or "").startswith('<script>&"')
    assert b"<script>" not in client.get(f"/san-pham/{product.code}/").content.split(b"<pre")[1]


def test_only_the_badge_may_stand_in_a_frame(client: Client, product: Product) -> None:
    def framed(path: str) -> tuple[bool, bool]:
        answer: Any = client.get(path)
        policy = answer["Content-Security-Policy"]
        return "X-Frame-Options" not in answer, "frame-ancestors *" in policy

    assert framed(f"/san-pham/{product.code}/huy-hieu/") == (True, True)
    assert framed(f"/san-pham/{product.code}/") == (False, False)


def test_badge_in_a_frame_has_words_and_the_way_to_the_product(
    client: Client, product: Product
) -> None:
    page = client.get(f"/san-pham/{product.code}/huy-hieu/?lang=en").content.decode()
    assert f'href="http://testserver/san-pham/{product.code}/"' in page
    assert f"/san-pham/{product.code}/huy-hieu.svg?lang=en" in page
    assert "4 stars" in page


def test_only_a_ranked_product_is_offered_a_badge(client: Client, product: Product) -> None:
    offered = "Gắn huy hiệu lên trang của bạn"
    assert offered in client.get(f"/san-pham/{product.code}/").content.decode()
    never = ProductFactory(listed=True)
    assert offered not in client.get(f"/san-pham/{never.code}/").content.decode()


def test_interface_tells_the_star_of_a_day(client: Client, product: Product) -> None:
    path = f"/api/v1/products/{product.code}/star"
    told = client.get(f"{path}?on=2027-01-01").json()
    assert (told["on"], told["holds"], told["state"]) == (
        "2027-01-01",
        False,
        "extension_unconfirmed",
    )
    assert told["recognition"]["stars"] == 4
    before = client.get(f"{path}?on=2020-01-01").json()
    assert (before["holds"], before["state"], before["recognition"]) == (False, None, None)
    assert client.get(f"{path}?on=x").status_code == 422


def test_day_typed_by_hand_is_read_day_first(client: Client, product: Product) -> None:
    page = client.get(f"/san-pham/{product.code}/hang-sao/?on=01/06/2026").content.decode()
    assert "01/06/2026" in page
    assert "06/01/2026" not in page
    for text in ("06/23/2026", "June 1, 2026"):
        assert client.get(f"/san-pham/{product.code}/hang-sao/?on={text}").status_code == 422


@pytest.mark.parametrize("day", ["01/01/0001", "01/01/2015"])
def test_day_before_every_star_is_answered_like_any_other(
    client: Client, product: Product, day: str
) -> None:
    """Issue 4: what is certified on any date asked."""
    answer = client.get(f"/san-pham/{product.code}/hang-sao/?on={day}")
    assert answer.status_code == 200
    assert not answer.context["told"]


@pytest.mark.parametrize("day", ["31/12/2099", "31/12/9999"])
def test_day_far_ahead_follows_from_what_is_decided_today(
    client: Client, product: Product, day: str
) -> None:
    answer = client.get(f"/san-pham/{product.code}/hang-sao/?on={day}")
    assert answer.status_code == 200
    assert answer.context["told"].state == State.EXPIRED


def test_program_sends_iso_and_is_told_so(client: Client, product: Product) -> None:
    path = f"/api/v1/products/{product.code}/star"
    for text in ("01/06/2026", "1/6/2026", "x"):
        answer = client.get(path, {"on": text})
        assert answer.status_code == 422
        [error] = answer.json()["errors"]
        assert (error["field"], "2026-11-23" in error["message"]) == ("on", True)
        assert client.get(path, {"on": "2026-11-23"}).status_code == 200
