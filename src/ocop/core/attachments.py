"""Storing files: type sniffed, size capped, EXIF stripped, the same bytes kept once."""

import hashlib
from datetime import datetime

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from ocop.core import filetypes
from ocop.core.language import gettext as _
from ocop.core.models import Attachment
from ocop.core.refusals import Refused


def store(content: bytes, *, filename: str, at: datetime) -> Attachment:
    """Keep a file and return its row. Called inside an action; records no event of its own.

    `content` is sniffed against the allow-list of `filetypes` and cleaned (EXIF and position
    leave images). Refused: empty, larger than `OCOP_MAX_UPLOAD` bytes, a type not allowed.
    """
    limit: int = settings.OCOP_MAX_UPLOAD
    if len(content) > limit:
        raise Refused(
            "file_too_large",
            _("Tệp lớn hơn %d MB. Hãy nén hoặc chia nhỏ rồi gửi lại.") % (limit // 1_000_000),
        )
    cleaned, media_type = filetypes.clean_upload(content, filename)
    digest = hashlib.sha256(cleaned).hexdigest()
    found = Attachment.objects.filter(sha256=digest).first()
    if found:
        return found
    attachment = Attachment(sha256=digest, size=len(cleaned), media_type=media_type, created_at=at)
    attachment.file.save(f"{digest[:2]}/{digest}", ContentFile(cleaned), save=False)
    try:
        with transaction.atomic():
            attachment.save()
    except IntegrityError:  # somebody sent the same bytes at this moment
        attachment.file.delete(save=False)
        return Attachment.objects.get(sha256=digest)
    return attachment
