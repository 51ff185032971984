"""Files behind a filter: evidence as a dossier uses it, for who may see that dossier."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import FileResponse, Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.core import filetypes
from ocop.core.models import Attachment
from ocop.core.refusals import Refused
from ocop.dossiers.queries import evidence as kept
from ocop.web.requests import SignedInRequest

#: Shown in the browser; all else is handed over as a file.
_SHOWN = frozenset({filetypes.PDF, filetypes.PNG, filetypes.JPEG, filetypes.WEBP})


@login_required
def evidence(request: SignedInRequest, dossier: str, code: str) -> FileResponse:
    """The file of a piece of evidence in a dossier."""
    found = kept.file_of(request.actor, dossier, code, timezone.localdate())
    if found is None:
        raise Http404
    return send(found.attachment, found.filename)


def send(attachment: Attachment, filename: str) -> FileResponse:
    """A stored file with headers that let it do nothing: its sniffed type, no scripts, no store
    shared with others. PDF and images open in the page of our own that frames them."""
    shown = attachment.media_type in _SHOWN
    response = FileResponse(
        attachment.file.open("rb"),
        as_attachment=not shown,
        filename=filename,
        content_type=attachment.media_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["X-Frame-Options"] = "SAMEORIGIN"
    policy = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; img-src 'self'"
    if attachment.media_type != filetypes.PDF:  # browsers show no PDF in a sandbox
        policy += "; sandbox"
    response["Content-Security-Policy"] = f"{policy}; frame-ancestors 'self'"
    response["Cache-Control"] = "private, no-store"
    return response


class Capped(FileUploadHandler):
    """Lets the rest of a file that is too large run past without keeping it."""

    def new_file(self, *arguments: Any, **named: Any) -> None:
        super().new_file(*arguments, **named)
        self.taken = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:  # noqa: ARG002
        self.taken += len(raw_data)
        if self.taken > settings.OCOP_MAX_UPLOAD:
            self.request.too_large = True  # type: ignore[union-attr]
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:  # noqa: ARG002
        return None


def too_large(request: HttpRequest) -> Refused | None:
    """Why a file is missing from a request: it was larger than this installation takes."""
    if not getattr(request, "too_large", False):
        return None
    limit = settings.OCOP_MAX_UPLOAD // 1_000_000
    return Refused(
        "file_too_large", _("Tệp lớn hơn %d MB. Hãy nén hoặc chia nhỏ rồi gửi lại.") % limit
    )


def content_of(file: "UploadedFile[bytes]") -> tuple[bytes, str]:
    """The bytes and the name of an upload."""
    return file.read(), file.name or ""
