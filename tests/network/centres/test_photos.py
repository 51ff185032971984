"""Photographs of a centre, which everybody sees."""

from datetime import date, datetime
from io import BytesIO

import pytest
from PIL import Image

from ocop.core.actor import SYSTEM
from ocop.core.fieldwork import MOST_PHOTOS
from ocop.core.models import Event
from ocop.core.refusals import NotAllowed, Refused
from ocop.network.centres.models import CentreKeeper, CentrePhoto, CentreState, DesignCentre
from ocop.network.centres.services.photos import add_centre_photo, remove_centre_photo
from ocop.people import queries as people
from ocop.settings import OCOP_MAX_UPLOAD
from tests.factories import PDF
from tests.network.centres.factories import make_centre
from tests.network.factories import picture
from tests.network.test_photos import shade
from tests.world import person

pytestmark = pytest.mark.django_db


def add(
    centre: DesignCentre, now: datetime, content: bytes, caption: str = "Mặt tiền"
) -> CentrePhoto:
    return add_centre_photo(
        actor=SYSTEM, centre=centre, content=content, filename="a", caption=caption, at=now
    )


def located() -> bytes:
    """A photograph with the position and the maker of the camera in it."""
    out, told = BytesIO(), Image.Exif()
    told[0x010F] = "Camera"
    told.get_ifd(0x8825)[1] = "N"
    Image.new("RGB", (8, 8), "green").save(out, "JPEG", exif=told)
    return out.getvalue()


@pytest.mark.parametrize(
    ("field", "content", "caption"), [("photo", PDF, "Mặt tiền"), ("caption", picture(), " ")]
)
def test_photograph_is_a_picture_with_words(
    now: datetime, field: str, content: bytes, caption: str
) -> None:
    with pytest.raises(Refused) as refusal:
        add(make_centre(), now, content, caption)
    assert list(refusal.value.fields) == [field]


def test_what_the_camera_wrote_leaves_the_photograph(now: datetime) -> None:
    assert Image.open(BytesIO(located())).getexif()
    with add(make_centre(), now, located()).attachment.file.open("rb") as kept:
        assert not Image.open(kept).getexif()


def test_a_photograph_that_is_too_large_is_refused(now: datetime) -> None:
    centre = make_centre()
    with pytest.raises(Refused) as refusal:
        add(centre, now, picture() + b"\0" * OCOP_MAX_UPLOAD)
    assert refusal.value.code == "file_too_large"
    assert not centre.photos.exists()


def test_photographs_stand_once_and_are_counted(now: datetime) -> None:
    centre = make_centre()
    for number in range(MOST_PHOTOS - 1):
        add(centre, now, shade(number))
    with pytest.raises(Refused) as refusal:
        add(centre, now, shade(0))
    assert refusal.value.message == "Ảnh này đã có ở trang."
    add(centre, now, shade(90))
    with pytest.raises(Refused) as refusal:
        add(centre, now, shade(99))
    assert refusal.value.message == "Mỗi trang có nhiều nhất 20 ảnh."


def test_photograph_leaves_the_page_with_a_reason_also_when_the_centre_is_over(
    now: datetime,
) -> None:
    centre = make_centre()
    shown = add(centre, now, picture())
    DesignCentre.objects.update(state=CentreState.ENDED, ended_on=date(2026, 11, 1))
    shown.centre.refresh_from_db()
    with pytest.raises(Refused):
        add(shown.centre, now, shade(1))
    with pytest.raises(Refused):
        remove_centre_photo(actor=SYSTEM, photo=shown, reason=" ", at=now)
    remove_centre_photo(actor=SYSTEM, photo=shown, reason="Ảnh mờ", at=now)
    with pytest.raises(Refused) as refusal:
        remove_centre_photo(actor=SYSTEM, photo=shown, reason="Ảnh mờ", at=now)
    assert refusal.value.code == "centre_photo_gone"
    event = Event.objects.get(name="network.centre_photo_removed")
    assert event.reason == "Ảnh mờ"


def test_the_keeper_of_a_centre_adds_photographs_of_it_alone(now: datetime) -> None:
    centre, other, user = make_centre(), make_centre(), person(now, None)
    CentreKeeper.objects.create(centre=centre, user=user, starts_on=now.date())
    actor = people.actor_for(user, on=now.date())
    told = {"actor": actor, "content": picture(), "filename": "a", "caption": "Cửa", "at": now}
    add_centre_photo(centre=centre, **told)
    with pytest.raises(NotAllowed):
        add_centre_photo(centre=other, **told)
