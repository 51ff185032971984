"""What the photographs of a public page have in common, of a point as of a centre."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from ocop.core.attachments import store
from ocop.core.fieldwork import MOST_PHOTOS, PICTURES
from ocop.core.language import gettext as _
from ocop.core.models import Attachment
from ocop.core.refusals import Refused

Refuse = Callable[[str, str], Refused]


def shown_picture(
    shown: QuerySet[Any],
    *,
    content: bytes,
    filename: str,
    caption: str,
    at: datetime,
    refuse: Refuse,
) -> dict[str, Any]:
    """The fields of a photograph that joins those shown; the page is locked by whoever asks, for
    their number is a limit. Refused: no picture, no words, one that is there, too many."""
    if not caption.strip():
        raise refuse("caption", _("Hãy ghi ảnh chụp gì, cho người không xem được ảnh."))
    if shown.count() >= MOST_PHOTOS:
        raise refuse("photo", _("Mỗi trang có nhiều nhất %d ảnh.") % MOST_PHOTOS)
    stored = picture(content, filename, at, refuse)
    if shown.filter(attachment=stored).exists():
        raise refuse("photo", _("Ảnh này đã có ở trang."))
    return {"attachment": stored, "caption": caption.strip(), "created_at": at}


def picture(content: bytes, filename: str, at: datetime, refuse: Refuse) -> Attachment:
    """A file that is a picture, kept without what the camera wrote into it."""
    stored = store(content, filename=filename, at=at)
    if stored.media_type not in PICTURES:
        raise refuse("photo", _("Hãy chọn ảnh JPEG, PNG hoặc WebP."))
    return stored
