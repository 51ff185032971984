"""Photographs of points, which everybody sees, and of visits, which are not public."""

from datetime import datetime
from io import BytesIO

import pytest
from PIL import Image

from ocop.core.actor import SYSTEM
from ocop.core.fieldwork import MOST_PHOTOS
from ocop.core.refusals import NotAllowed, Refused
from ocop.network.models import PointPhoto, SalesPoint
from ocop.network.services import photos
from ocop.people import queries as people
from ocop.people.roles import Role
from tests.factories import PDF
from tests.network.factories import make_keeper, make_point, make_visit, picture
from tests.world import person

pytestmark = pytest.mark.django_db


def add(point: SalesPoint, now: datetime, content: bytes, caption: str = "Mặt tiền") -> PointPhoto:
    return photos.add_point_photo(
        actor=SYSTEM, point=point, content=content, filename="a", caption=caption, at=now
    )


def shade(number: int) -> bytes:
    out = BytesIO()
    Image.new("RGB", (8, 8), (number, 0, 0)).save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize(
    ("field", "content", "caption"), [("photo", PDF, "Mặt tiền"), ("caption", picture(), " ")]
)
def test_photograph_is_a_picture_with_words(
    now: datetime, field: str, content: bytes, caption: str
) -> None:
    with pytest.raises(Refused) as refusal:
        add(make_point(), now, content, caption)
    assert list(refusal.value.fields) == [field]


def test_same_photograph_stands_once_on_a_page_and_may_prove_a_visit(now: datetime) -> None:
    point = make_point()
    visit = make_visit(point, now)
    add(point, now, picture())
    with pytest.raises(Refused):
        add(point, now, picture())
    told = {"actor": SYSTEM, "visit": visit, "filename": "a", "at": now}
    kept = photos.add_visit_photo(content=picture(), **told)
    assert photos.add_visit_photo(content=picture(), **told) == kept
    assert (point.photos.count(), visit.photos.count()) == (2, 1)
    with pytest.raises(Refused) as refusal:
        photos.add_visit_photo(content=PDF, **told)
    assert list(refusal.value.fields) == ["photo"]


def test_photographs_are_counted(now: datetime) -> None:
    point = make_point()
    visit = make_visit(point, now)
    for number in range(MOST_PHOTOS):
        add(point, now, shade(number))
        photos.add_visit_photo(
            actor=SYSTEM, visit=visit, content=shade(number), filename="a", at=now
        )
    with pytest.raises(Refused):
        add(point, now, shade(99))
    with pytest.raises(Refused):
        photos.add_visit_photo(actor=SYSTEM, visit=visit, content=shade(99), filename="a", at=now)


def test_photograph_leaves_the_page_with_a_reason_and_that_of_a_visit_stays(now: datetime) -> None:
    point = make_point()
    shown = add(point, now, picture())
    proof = photos.add_visit_photo(
        actor=SYSTEM, visit=make_visit(point, now), content=picture(), filename="a", at=now
    )
    with pytest.raises(Refused):
        photos.remove_point_photo(actor=SYSTEM, photo=shown, reason=" ", at=now)
    photos.remove_point_photo(actor=SYSTEM, photo=shown, reason="Ảnh mờ", at=now)
    with pytest.raises(Refused) as refusal:
        photos.remove_point_photo(actor=SYSTEM, photo=proof, reason="Ảnh mờ", at=now)
    assert refusal.value.code == "point_photo_gone"
    assert list(point.photos.all()) == [proof]


def test_keeper_adds_photographs_and_does_not_visit(now: datetime) -> None:
    point, user = make_point(), person(now, None)
    make_keeper(point, user)
    actor = people.actor_for(user, on=now.date())
    told = {"actor": actor, "content": picture(), "filename": "a", "at": now}
    photos.add_point_photo(point=point, caption="Mặt tiền", **told)
    with pytest.raises(NotAllowed):
        photos.add_visit_photo(visit=make_visit(point, now), **told)
    inspector = people.actor_for(person(now, Role.INSPECTOR), on=now.date())
    assert photos.add_visit_photo(visit=make_visit(point, now), **(told | {"actor": inspector}))
