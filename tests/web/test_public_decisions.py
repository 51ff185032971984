"""Published decisions before everybody: the list, one of them, its file, the feed."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from xml.etree import ElementTree

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from ocop.core import attachments, options
from ocop.core.actor import SYSTEM
from ocop.core.events import record
from ocop.core.refusals import Refused
from ocop.criteria.services import load_decree
from ocop.filters.decisions import PublishedFilter
from ocop.people.roles import Role
from ocop.recognition import services
from ocop.recognition.log import keeping
from ocop.recognition.models import Decision, Evidence, Kind, Recognition
from tests.factories import (
    PDF,
    DecisionFactory,
    ProducerFactory,
    ProductFactory,
    RecognitionFactory,
)
from tests.recognition.log.logged import decided
from tests.world import person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(now: datetime) -> Iterator[None]:
    with time_machine.travel(now, tick=False):
        yield


def recognised(decision: Decision, name: str = "Chè sen", **more: object) -> Recognition:
    product = ProductFactory(name=name, producer=ProducerFactory(listed=True))
    row: Recognition = RecognitionFactory(
        product=product, decision=decision, on=decision.signed_on, **more
    )
    return row


def status_of(client: Client, address: str) -> int:
    """Fetch a file to its end."""
    answer = client.get(address)
    if answer.streaming:
        b"".join(answer)  # to its end, which closes it
    return int(answer.status_code)


def text(client: Client, decision: Decision) -> str:
    answer = client.get(reverse("decision", args=[decision.pk]))
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_one_authority_under_two_spellings_is_one(client: Client) -> None:
    spellings = (
        ("11/QĐ-UBND", "UBND thành phố Hà Nội"),
        ("12/QĐ-UBND", "UBND thành phố Hà Nội"),
        ("13/QĐ-UBND", "Ủy ban nhân dân TP. Hà Nội"),
        ("14/QĐ-UBND", "Uỷ ban nhân dân thành phố Hà Nội"),
        ("15/QĐ-UBND", "UBND thành phố Hà Nam"),
        ("16/QĐ-UBND", ""),
    )
    for number, authority in spellings:
        recognised(DecisionFactory(number=number, authority=authority))
    address = reverse("decisions")
    whole = client.get(address).content.decode()
    options = re.findall(r'<option value="(UBND|Ủy|Uỷ)([^"]*)"', whole)
    assert options == [("UBND", " thành phố Hà Nam"), ("UBND", " thành phố Hà Nội")]
    assert len(re.findall(r"<td[^>]*>UBND thành phố Hà Nội</td>", whole)) == 4
    for written in (authority for _number, authority in spellings[1:4]):
        narrowed = client.get(address, {"authority": written}).content.decode()
        assert [number in narrowed for number, _name in spellings] == [True] * 4 + [False] * 2
    assert "15/QĐ-UBND" not in client.get(address, {"authority": "UBND xã"}).content.decode()
    # Each decision tells who signed as it is written there.
    decision = Decision.objects.get(number="13/QĐ-UBND")
    assert "Ủy ban nhân dân TP. Hà Nội" in text(client, decision)


def test_the_list_is_narrowed_by_year_authority_and_number(client: Client) -> None:
    for number, day, authority in (
        ("3981/QĐ-UBND", date(2024, 12, 30), "UBND thành phố Hà Nội"),
        ("17/QĐ-UBND", date(2023, 5, 2), "UBND huyện Hoài Đức"),
    ):
        recognised(DecisionFactory(number=number, signed_on=day, authority=authority))
    waiting = recognised(DecisionFactory(number="99/QĐ-UBND", awaits_publication=True))
    assert PublishedFilter.base_filters["authority"].field is not None  # as the API looks at it
    address = reverse("decisions")
    whole = client.get(address).content.decode()
    assert "3981/QĐ-UBND" in whole
    assert "17/QĐ-UBND" in whole
    assert "99/QĐ-UBND" not in whole
    for query in ("year=2023", "authority=UBND huyện Hoài Đức", "q=17/"):
        narrowed = client.get(f"{address}?{query}").content.decode()
        assert "17/QĐ-UBND" in narrowed
        assert "3981/QĐ-UBND" not in narrowed
    assert client.get(reverse("decision", args=[waiting.decision_id])).status_code == 404


def test_a_decision_shows_the_star_of_then_and_of_today(client: Client) -> None:
    old = DecisionFactory(signed_on=date(2023, 12, 30))
    then = recognised(old, stars=3)
    wrong = recognised(old, "Mứt gừng", annulled_on=date(2024, 2, 1))
    later = DecisionFactory(signed_on=date(2025, 12, 30))
    RecognitionFactory(
        product=then.product, decision=later, on=later.signed_on, stars=4, kind=Kind.UPGRADE
    )
    shown = text(client, old)
    line = shown[shown.index("Chè sen") :]
    assert "3 sao" in line
    assert "4 sao" in line
    assert "đến hết 30/12/2028" in line
    assert wrong.product.name in shown
    assert "kết quả đã hủy" in shown


def test_its_place_in_the_log_comes_with_the_next_publication_of_the_log(
    client: Client, now: datetime
) -> None:
    row = recognised(DecisionFactory())
    assert row.decision is not None
    decided(row, now=now)
    assert "chờ lần ghi tới" in text(client, row.decision)
    keeping.keep(at=now)
    page = client.get(reverse("decision", args=[row.decision_id])).content.decode()
    found = re.search(r'href="(/so-dang-ky/nhat-ky/\d+\.tlog-proof)"', page)
    assert found is not None
    assert client.get(found[1]).status_code == 200
    (told,) = client.get(f"/api/v1/decisions/{row.decision_id}").json()["results"]
    assert told["log"]["proof"].endswith(found[1])
    listed = client.get("/api/v1/recognitions").json()["items"]
    assert [each["log"] for each in listed] == [told["log"]]


def test_the_file_is_there_for_all_where_an_officer_put_it(client: Client, now: datetime) -> None:
    found = {
        "readable": True,
        "found": [{"signer": "Con dấu điện tử", "at": "", "whole": True, "trusted": True}],
    }
    file = attachments.store(PDF, filename="q.pdf", at=now)
    kept = DecisionFactory(attachment=file, signatures=found)
    shown = DecisionFactory(attachment=file, signatures=found, file_public=True)
    for decision, status in ((kept, 404), (shown, 200)):
        recognised(decision)
        assert status_of(client, reverse("decision_file", args=[decision.pk])) == status
        assert ("Con dấu điện tử" in text(client, decision)) is (status == 200)
        api = f"/api/v1/decisions/{decision.pk}"
        assert client.get(api).json()["file"] is (status == 200)
        assert (status_of(client, f"{api}/file") == 200) is (status == 200)


def test_the_feed_tells_the_newest_first(client: Client) -> None:
    recognised(DecisionFactory(number="1/QĐ-UBND", signed_on=date(2023, 1, 2)))
    recognised(DecisionFactory(number="2/QĐ-UBND", signed_on=date(2024, 1, 2)))
    recognised(DecisionFactory(number="3/QĐ-UBND", awaits_publication=True))
    answer = client.get(reverse("decisions_feed"))
    assert answer["Content-Type"].startswith("application/atom+xml")
    name = {"a": "http://www.w3.org/2005/Atom"}
    titles = ElementTree.fromstring(answer.content).findall("a:entry/a:title", name)
    assert [each.text for each in titles] == [
        "Quyết định 2/QĐ-UBND ngày 02/01/2024",
        "Quyết định 1/QĐ-UBND ngày 02/01/2023",
    ]


def test_the_feed_dates_a_decision_by_its_last_change(client: Client, now: datetime) -> None:
    """Who asks again an hour later finds what was published or added since."""
    days = {"published_on": date(2026, 11, 20), "signed_on": date(2026, 11, 20)}
    decision = DecisionFactory(number="1/QĐ-UBND", **days)
    recognised(decision)
    recognised(DecisionFactory(number="2/QĐ-UBND", **days))

    def updated() -> list[str]:
        name = {"a": "http://www.w3.org/2005/Atom"}
        feed = ElementTree.fromstring(client.get(reverse("decisions_feed")).content)
        return [str(each.text) for each in feed.findall("a:entry/a:updated", name)]

    midnight = "2026-11-20T00:00:00+07:00"
    assert updated() == [midnight, midnight]
    record(SYSTEM, "recognition.decision_published", decision, at=now - timedelta(days=2))
    assert updated()[1] == "2026-11-21T02:00:00+00:00"
    record(SYSTEM, "recognition.decision_completed", decision, at=now)
    assert updated() == [midnight, "2026-11-23T02:00:00+00:00"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow(
    client: Client, count: int, django_assert_max_num_queries: object
) -> None:
    decision = DecisionFactory()
    for each in range(count):
        recognised(decision, f"Chè {each}")
    with django_assert_max_num_queries(9):  # type: ignore[operator]
        client.get(reverse("decision", args=[decision.pk]))
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        client.get(reverse("decisions"))


# --- The office -----------------------------------------------------------------------------------


@pytest.fixture
def officer(now: datetime) -> Client:
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)
    client = Client()
    client.force_login(person(now, Role.PROVINCIAL_OFFICER))
    return client


def test_the_office_publishes_on_the_page_of_the_decision(officer: Client, client: Client) -> None:
    row = recognised(DecisionFactory(awaits_publication=True))
    office, public = (
        reverse(name, args=[row.decision_id]) for name in ("office:decision", "decision")
    )
    assert "Quyết định chưa công bố" in officer.get(office).content.decode()
    assert client.get(public).status_code == 404
    address = reverse("office:decision_publish", args=[row.decision_id])
    refused = officer.post(address, {"published_on": "2024-12-29"}).content.decode()
    assert "Ngày công bố không được trước ngày ký 30/12/2024." in refused
    answer = officer.post(address, {"published_on": "2026-11-23"}, follow=True)
    assert "Đã công bố quyết định" in answer.content.decode()
    assert client.get(public).status_code == 200


def test_entered_without_the_tick_it_waits(officer: Client, client: Client, now: datetime) -> None:
    load_decree(actor=SYSTEM, at=now)
    product = ProductFactory(producer=ProducerFactory(listed=True))
    told = {
        "number": "3981/QĐ-UBND", "signed_on": "2026-08-05", "level": "province",
        "authority": "UBND thành phố Hà Nội", "kind": "first", "lines": f"{product.code}; 3",
    }  # fmt: skip
    officer.post(reverse("office:decision_new"), told)
    made = Decision.objects.get()
    assert made.awaits_publication
    assert client.get(reverse("decision", args=[made.pk])).status_code == 404
    listed = officer.get(reverse("office:decisions"), {"published": "false"}).content.decode()
    assert "3981/QĐ-UBND" in listed


def test_the_office_compares_and_lifts_what_was_known_from_news(
    officer: Client, now: datetime
) -> None:
    row = recognised(DecisionFactory(), evidence=Evidence.B1)
    assert row.decision is not None
    office = reverse("office:decision", args=[row.decision_id])
    assert "Đối chiếu và ghi" not in officer.get(office).content.decode()
    services.attach_decision(
        actor=SYSTEM, decision=row.decision, content=PDF, filename="q.pdf", reason="", at=now
    )
    assert "Đối chiếu và ghi" in officer.get(office).content.decode()
    address = reverse("office:decision_lift", args=[row.decision_id])
    chosen = {"rows": [str(row.pk)]}
    assert "Hãy đối chiếu với tệp" in officer.post(address, chosen).content.decode()
    row.refresh_from_db()
    assert row.evidence == Evidence.B1
    officer.post(address, {**chosen, "compared": "on"})
    row.refresh_from_db()
    assert row.evidence == Evidence.A


def test_the_office_puts_a_file_on_the_public_page_and_takes_it_away(
    officer: Client, client: Client, now: datetime
) -> None:
    file = attachments.store(PDF, filename="q.pdf", at=now)
    decision = DecisionFactory(attachment=file)
    recognised(decision)
    public = reverse("decision_file", args=[decision.pk])
    address = reverse("office:decision_show", args=[decision.pk])
    for wanted, status in (("yes", 200), ("no", 404)):
        officer.post(address, {"public": wanted, "file_confirmed": "yes"})
        assert status_of(client, public) == status
    without = recognised(DecisionFactory()).decision
    with pytest.raises(Refused):
        services.show_decision_file(actor=SYSTEM, decision=without, public=True, at=now)


def test_the_office_sees_on_its_lists_what_is_not_published(officer: Client) -> None:
    row = recognised(DecisionFactory(number="77/QĐ-UBND", awaits_publication=True))
    for address in (
        reverse("office:register"),
        reverse("office:product", args=[row.product.code]),
        reverse("office:decisions"),
    ):
        assert "chưa công bố" in officer.get(address).content.decode()


def test_the_product_leads_to_its_decision(client: Client) -> None:
    row = recognised(DecisionFactory())
    for name in ("product", "certified"):
        page = client.get(reverse(name, args=[row.product.code])).content.decode()
        assert reverse("decision", args=[row.decision_id]) in page
