"""Five thousand grants out of one workbook: read, loaded, listed, searched and reckoned with."""

from datetime import datetime
from time import process_time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.people.roles import Role
from ocop.producers.models import Producer
from ocop.support.models import Grant, GrantBatch
from tests.factories import ProducerFactory
from tests.support import factories as making
from tests.world import person

pytestmark = [pytest.mark.django_db, pytest.mark.whole]
ROWS, MAKERS = 5_000, 400
MOST = 0.3  # seconds of the processor for a page, the best of three


@pytest.fixture
def at() -> datetime:
    at = timezone.now()
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=at)
    return at


def workbook(makers: list[Producer]) -> bytes:
    head = "Chủ thể,Nội dung hỗ trợ,Cấp chi,Năm,Số tiền,Số quyết định"
    purposes = ("Gian hàng hội chợ", "Tem truy xuất", "Nhãn hiệu", "Máy móc")
    levels = ("UBND huyện Chương Mỹ", "UBND thành phố", "Trung ương")
    rows = (
        f"{makers[n % MAKERS].name},{purposes[n % 4]},{levels[n % 3]},{2019 + n % 6},"
        f"{1_000_000 + n},{n}/QĐ"
        for n in range(ROWS)
    )
    return "\n".join((head, *rows)).encode()


def took(client: Client, address: str, **query: str) -> float:
    times = []
    for _turn in range(3):
        started = process_time()
        answer = client.get(address, query)
        times.append(process_time() - started)
        assert answer.status_code == 200
    return min(times)


def test_pages_over_five_thousand_grants_stay_quick(at: datetime) -> None:
    makers = [ProducerFactory(name=f"Hợp tác xã mẫu số {n}") for n in range(MAKERS)]
    client = Client()
    client.force_login(person(at, Role.OFFICE_HEAD))
    file = SimpleUploadedFile("so.csv", workbook(makers))
    told = {"file": file, "level": "district", "category": ""}
    assert client.post(reverse("office:support_import"), told).status_code == 302
    batch = GrantBatch.objects.get()
    assert (batch.rows, batch.accepted, batch.reports) == (ROWS, ROWS, [])
    load = reverse("office:support_batch_step", args=[batch.code, "nap"])
    assert client.post(load).status_code == 302
    assert Grant.objects.count() == ROWS
    request = making.asked(at, producer=makers[0])
    pages = [
        (reverse(f"office:support_{name}"), query)
        for name, query in (
            ("grants", {}),
            ("grants", {"q": "mau so 77", "year": "2021"}),
            ("grants", {"page": "100"}),
            ("effects", {}),
            ("effects", {"q": "mau so 77"}),
            ("requests", {}),
            ("import", {}),
        )
    ]
    pages.append((reverse("office:support_request", args=[request.code]), {}))
    slow = {
        f"{address} {query}": seconds
        for address, query in pages
        if (seconds := took(client, address, **query)) > MOST
    }
    assert slow == {}
