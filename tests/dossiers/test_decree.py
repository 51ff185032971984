"""The draft of the decision: the law it rests on, what it recognises, and nothing else."""

from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.core.official.paper import Text
from ocop.councils.models import Sitting
from ocop.dossiers.papers import shelf
from ocop.dossiers.papers.deciding import decision_list
from ocop.dossiers.papers.decree import decree
from ocop.dossiers.services import ministry
from tests.dossiers.office import World, build_world, concluded
from tests.dossiers.test_proposing import TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(now: datetime) -> World:
    return build_world(now)


def test_draft_names_grounds_products_and_term(world: World) -> None:
    four, low = (concluded(world.dossier(), *told) for told in (("75", 4), ("45", None)))
    held = Sitting.objects.filter(items__case__dossier=four).get()
    paper = decree([four, low], held, on=TODAY, final=True)
    told = repr(paper.blocks)
    assert "26/2026/QĐ-TTg ngày 22/05/2026" in told
    assert f"biên bản số {held.minutes_number}" in told
    assert "Công nhận kết quả đánh giá, phân hạng 1 sản phẩm OCOP: 1 sản phẩm 4 sao" in told
    assert "36 tháng, tính từ ngày liền sau ngày ký" in told
    assert four.product.name in told
    assert low.product.name not in told
    assert any("DỰ THẢO" in mark for mark in paper.marks)


@pytest.mark.parametrize(("total", "star", "offered"), [("75", 4, True), ("92", 5, False)])
def test_draft_is_offered_only_where_something_is_to_be_recognised(
    world: World, total: str, star: int, offered: bool
) -> None:
    """From 90 points the Ministry speaks first (Art. 5): of that alone there is no draft."""
    row = concluded(world.dossier(), total, star)
    held = Sitting.objects.filter(items__case__dossier=row).get()
    actor = world.actor(world.head)
    assert shelf.recognises(actor, held, on=TODAY) == offered
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=world.now)
    client = Client()
    with time_machine.travel(world.now, tick=False):
        client.force_login(world.head)
        page = client.get(reverse("council:sitting", args=[held.code])).content.decode()
    assert "Danh sách đề nghị công nhận" in page
    assert ("Dự thảo quyết định công nhận" in page) == offered
    Sitting.objects.update(minutes_number="")
    held.refresh_from_db()
    assert not shelf.recognises(actor, held, on=TODAY)


def test_draft_of_an_open_sitting_says_that_it_is_not_closed(world: World) -> None:
    row = concluded(world.dossier(), "75", 4)
    held = Sitting.objects.filter(items__case__dossier=row).get()
    paper = decree([row], held, on=TODAY, final=False)
    assert any("chưa kết thúc" in mark for mark in paper.marks)


def test_a_star_that_rests_on_the_ministrys_result_names_it(world: World) -> None:
    """Art. 5: below 90 points at the Ministry the province recognises on the central result."""
    sent, own = concluded(world.dossier(), "97.9", 5), concluded(world.dossier(), "75", 4)
    told: dict[str, Any] = {"actor": world.actor(world.officer), "dossier": sent, "at": world.now}
    ministry.send_to_ministry(document="5/TTr-UBND", sent_on=TODAY, **told)
    ministry.record_central_result(
        total=Decimal("85.5"), star=4, document="12/TB-BNNMT", told_on=TODAY, **told
    )
    held = Sitting.objects.filter(items__case__dossier=sent).get()
    result = (
        "Theo kết quả đánh giá của Bộ Nông nghiệp và Môi trường tại văn bản số 12/TB-BNNMT ngày "
        f"23/11/2026 đối với sản phẩm “{sent.product.name}” (85,50 điểm, 4 sao)"
    )
    for paper in (
        decree([sent, own], held, on=TODAY, final=True),
        decision_list([sent, own], on=TODAY, final=True),
    ):
        texts = [block.text for block in paper.blocks if isinstance(block, Text)]
        assert sum(text.startswith(result) for text in texts) == 1
    alone = decree([own], held, on=TODAY, final=True)
    assert "Bộ Nông nghiệp" not in repr(alone.blocks)


@pytest.mark.parametrize(
    ("total", "star", "minuted", "why"),
    [
        ("75", 4, False, "Phiên họp chưa kết thúc với số và ngày biên bản"),
        ("92", 5, True, "trình Bộ Nông nghiệp và Môi trường đánh giá trước"),
    ],
)
def test_nothing_to_recognise_is_no_draft_of_zero_products(
    world: World, total: str, star: int, minuted: bool, why: str
) -> None:
    """Art. 5: the chair decides on what the council concluded, on its minutes, below 90 points."""
    row = concluded(world.dossier(), total, star)
    if not minuted:
        Sitting.objects.update(minutes_number="", minutes_on=None)
    held = Sitting.objects.filter(items__case__dossier=row).get()
    paper = decree([row], held, on=TODAY, final=minuted)
    told = repr(paper.blocks)
    assert why in told
    assert "0 sản phẩm" not in told
    assert "Điều 1" not in told
    assert paper.title == "CHƯA CÓ DỰ THẢO QUYẾT ĐỊNH"
    assert not paper.signatures
