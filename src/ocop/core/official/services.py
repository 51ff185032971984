"""Frames of official papers: an office downloads one, edits it, and keeps its own."""

from datetime import datetime

from ocop.core import attachments, filetypes
from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.models import Attachment, Option
from ocop.core.official import word
from ocop.core.options import may_set_option
from ocop.core.refusals import Refused

#: Papers with a frame of their own may be declared here by the rooms that write them.
PAPERS: dict[str, str] = {}


def declare(key: str, name: str) -> str:
    """Declare a kind of paper under a stable key with its name; returns the key."""
    if key in PAPERS:
        raise TypeError(f"paper {key} declared twice")
    PAPERS[key] = name
    return key


def frame_of(key: str) -> bytes | None:
    """The office's own frame of a paper; None while it uses ours."""
    row = Option.objects.filter(key=_option(key)).values_list("value", flat=True).first()
    if row is None:
        return None
    with Attachment.objects.get(sha256=row).file.open("rb") as file:
        content: bytes = file.read()
    return content


def own_frames() -> set[str]:
    """The papers for which the office keeps a frame of its own."""
    known = {_option(key): key for key in PAPERS}
    return {known[k] for k in Option.objects.filter(key__in=known).values_list("key", flat=True)}


@action("core.keep_frame")
def keep_frame(*, actor: Actor, key: str, content: bytes, filename: str, at: datetime) -> None:
    """Keep the office's own frame of a paper; the next paper of that kind is written in it.

    Refused: a paper that does not exist, no DOCX, a mark unknown, missing or broken.
    """
    require(actor, may_set_option)
    _known(key)
    attachment = attachments.store(content, filename=filename, at=at)
    if attachment.media_type != filetypes.DOCX:
        raise Refused("frame_no_docx", _("Mẫu văn bản phải là tệp Word (.docx)."))
    word.check_frame(content)
    row, _created = Option.objects.update_or_create(
        key=_option(key), defaults={"value": attachment.sha256}
    )
    record(actor, "core.frame_kept", row, at=at, change={"paper": key})


@action("core.drop_frame")
def drop_frame(*, actor: Actor, key: str, at: datetime) -> None:
    """Return to our frame of a paper. Papers written before stay as they are."""
    require(actor, may_set_option)
    _known(key)
    row = Option.objects.filter(key=_option(key)).first()
    if row is None:
        raise Refused("frame_not_own", _("Văn bản này đang dùng mẫu của hệ thống."))
    record(actor, "core.frame_dropped", row, at=at, change={"paper": key})
    row.delete()


def _option(key: str) -> str:
    return f"papers.frame.{key}"


def _known(key: str) -> None:
    if key not in PAPERS:
        raise Refused("paper_unknown", _("Không có loại văn bản này."))
