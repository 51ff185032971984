"""Files behind a filter: evidence as a dossier uses it, for who may see that dossier."""

from io import BytesIO
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import FileResponse, Http404
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


class TooLarge(UploadedFile):  # type: ignore[type-arg]
    """Stands for a file larger than this installation takes: nothing of it was kept. A field of
    ours says so at its place; whoever reads it without one is refused."""

    def read(self, *_arguments: Any) -> bytes:
        raise too_large()


class Capped(FileUploadHandler):
    """Lets the rest of a file that is too large run past without keeping it."""

    def new_file(self, *arguments: Any, **named: Any) -> None:
        super().new_file(*arguments, **named)
        self.taken = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:  # noqa: ARG002
        self.taken += len(raw_data)
        return raw_data if self.taken <= settings.OCOP_MAX_UPLOAD else None

    def file_complete(self, file_size: int) -> "TooLarge | None":  # noqa: ARG002
        if self.taken <= settings.OCOP_MAX_UPLOAD:
            return None
        assert self.request is not None  # a handler of a request
        for handler in self.request.upload_handlers:  # what they began to keep
            if (begun := getattr(handler, "file", None)) is not None:
                begun.close()
        return TooLarge(BytesIO(), self.file_name, self.content_type, self.taken)


def too_large() -> Refused:
    """Why a file is not taken."""
    limit = settings.OCOP_MAX_UPLOAD // 1_000_000
    return Refused(
        "file_too_large", _("Tệp lớn hơn %d MB. Hãy nén hoặc chia nhỏ rồi gửi lại.") % limit
    )


def content_of(file: "UploadedFile[bytes]") -> tuple[bytes, str]:
    """The bytes and the name of an upload."""
    return file.read(), file.name or ""
