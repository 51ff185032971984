"""Kinds of producers, whichever way they are written."""

from datetime import datetime

import pytest

from ocop.core.actor import SYSTEM
from ocop.producers import queries
from ocop.producers.models import Producer, ProducerKind
from ocop.producers.naming import kind_of
from ocop.producers.spelling import written_out
from ocop.products.models import Product
from ocop.products.search import matching
from tests.factories import ProducerFactory, ProductFactory


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("HTX Nông nghiệp Sơn Hà", "Hợp tác xã nông nghiệp  Sơn Hà"),
        ("HTX NN Sơn Hà", "Hợp tác xã Nông nghiệp Sơn Hà"),
        ("HTX. DVNN Sơn Hà", "Hợp tác xã Dịch vụ nông nghiệp Sơn Hà"),
        ("LHHTX Sơn Hà", "Liên hiệp Hợp tác xã Sơn Hà"),
        ("THT Sơn Hà", "Tổ hợp tác Sơn Hà"),
        ("CTCP Sơn Hà", "Công ty Cổ phần Sơn Hà"),
        ("Cty CP Sơn Hà", "Công ty CP Sơn Hà"),
        ("C.ty TNHH MTV Sơn Hà", "Công ty trách nhiệm hữu hạn một thành viên Sơn Hà"),
        ("Công ty TNHH 1 thành viên SX TM Hà", "CT TNHH MTV Sản xuất Thương mại Hà"),
        ("DNTN Sơn Hà", "Doanh nghiệp tư nhân Sơn Hà"),
        ("HKD Nguyễn Thị Sơn", "Hộ kinh doanh Nguyễn Thị Sơn"),
        ("CSSX Sơn Hà", "Cơ sở sản xuất Sơn Hà"),
    ],
)
def test_short_and_long_are_one_name(one: str, other: str) -> None:
    assert written_out(one) == written_out(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("HTX Sơn Hà", "HTX Sơn Hạ"),  # marks tell places apart
        ("HTX Sơn Hà", "THT Sơn Hà"),
        ("Công ty TNHH Sơn Hà", "Công ty Cổ phần Sơn Hà"),
        ("Công ty TNHH Sơn Hà", "Công ty TNHH MTV Sơn Hà"),
        ("Công ty TNHH NN Sơn Hà", "Công ty TNHH Nông nghiệp Sơn Hà"),  # NN: of cooperatives alone
        ("HTX Sơn Hà TM", "HTX Sơn Hà Thương mại"),  # behind the name it may be anything
        ("Trà HTX Sơn Hà", "Trà Hợp tác xã Sơn Hà"),
    ],
)
def test_what_is_not_certain_stays_apart(one: str, other: str) -> None:
    assert written_out(one) != written_out(other)


def test_short_beginnings_tell_the_kind() -> None:
    assert kind_of("CTCP Sơn Hà") == ProducerKind.ENTERPRISE
    assert kind_of("LHHTX Sơn Hà") == ProducerKind.COOPERATIVE
    assert kind_of("HTX Sơn Hà") == ProducerKind.COOPERATIVE


@pytest.mark.django_db
@pytest.mark.parametrize("asked", ["htx sơn", "hợp tác xã sơn", "HOP TAC XA SON"])
def test_search_finds_a_kind_in_either_way(asked: str, now: datetime) -> None:
    short = ProducerFactory(name="HTX Sơn Hà")
    long = ProducerFactory(name="Hợp tác xã Sơn Hà")
    other = ProducerFactory(name="Công ty Sơn Hà")
    for each in (short, long, other):
        ProductFactory(name="Trà", producer=each)
    found = queries.search(SYSTEM, Producer.objects.all(), asked, on=now.date())
    assert set(found) == {short, long}
    makers = {row.producer for row in matching(Product.objects.all(), asked)}
    assert makers == {short, long}


@pytest.mark.django_db
def test_other_ways_are_whole_words(now: datetime) -> None:
    """`tht` stands for Tổ hợp tác: no product in tôm, hộp and tạc is meant."""
    ProductFactory(name="Tôm hộp tạc", producer=ProducerFactory(name="HTX Tôm hộp tạc"))
    assert not matching(Product.objects.all(), "tht").exists()
    assert not queries.search(SYSTEM, Producer.objects.all(), "tht", on=now.date()).exists()
