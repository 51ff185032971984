"""Small photographs: made once, of few bytes whatever was sent."""

import io
from datetime import datetime
from random import Random

import pytest
from PIL import Image

from ocop.core import attachments
from ocop.core.models import Attachment
from ocop.products.models import ProductImage
from ocop.web.stamps import photos
from tests.web.stamps.conftest import Pack
from tests.web.stamps.phone import Phone

MOST = 22_000


def photograph(now: datetime, width: int, height: int, mode: str = "RGB") -> Attachment:
    """The worst there is to compress: every point another colour."""
    points = Random(1).randbytes(width * height * len(mode))
    told = io.BytesIO()
    kind, name = ("JPEG", "anh.jpg") if mode == "RGB" else ("PNG", "anh.png")
    Image.frombytes(mode, (width, height), points).save(told, kind)
    return attachments.store(told.getvalue(), filename=name, at=now)


@pytest.mark.parametrize(
    ("width", "height", "mode"),
    [(1600, 1200, "RGB"), (600, 900, "RGB"), (80, 60, "RGB"), (900, 600, "RGBA"), (900, 600, "L")],
)
@pytest.mark.django_db
def test_small_one_is_small_whatever_came(
    now: datetime, width: int, height: int, mode: str
) -> None:
    made = photos.small(photograph(now, width, height, mode))
    assert made is not None
    content = photos.stored(made.name)
    assert len(content) <= MOST
    with Image.open(io.BytesIO(content)) as image:
        assert image.format == "JPEG"
        assert image.size == (made.width, made.height)
        assert made.width <= min(width, 720)


@pytest.mark.django_db
def test_photograph_that_is_gone_is_none(now: datetime) -> None:
    large = photograph(now, 90, 60)
    large.file.delete(save=False)
    assert photos.small(large) is None


def test_name_that_is_none_leads_nowhere() -> None:
    assert photos.stored("../../secret-key") == b""
    assert photos.stored("0" * 32) == b""


def test_page_shows_the_small_one(pack: Pack, phone: Phone, now: datetime) -> None:
    ProductImage.objects.create(
        product=pack.item.product, attachment=photograph(now, 1600, 1200), caption="Bánh mới gói"
    )
    text = phone.open(f"/S/{pack.serial()}").text
    place = text.index('<figure class="photo"><img src="') + len('<figure class="photo"><img src="')
    got = phone.open(text[place : text.index('"', place)])
    assert got.status == 200
    assert got.headers["content-type"] == "image/jpeg"
    assert len(got.body) <= MOST
    assert 'alt="Bánh mới gói"' in text
