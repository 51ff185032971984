"""Photographs of products for phones on slow networks: 720 points wide, at most 22 kB.

Made once when a page first shows them, kept as files beside the large ones under the digest of
those, so every process finds them.
"""

import io
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from PIL import Image, ImageOps

from ocop.core.files import write_file
from ocop.core.models import Attachment

_WIDE, _HIGH = 720, 480
_MOST = 22_000  # bytes
_QUALITIES = (70, 60, 50, 40, 30, 20)
_NAME = re.compile("[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Small:
    """A small photograph: the name of its file and its measures."""

    name: str
    width: int
    height: int


def small(large: Attachment) -> Small | None:
    """The small one of a photograph, made if it is not there; None: it cannot be read."""
    name = large.sha256[:32]
    path = _path(name)
    try:
        if not path.exists():
            write_file(path, _made(large))
        with Image.open(path) as image:
            return Small(name, *image.size)
    except (OSError, ValueError, Image.DecompressionBombError):  # no file, or none of a picture
        return None


def stored(name: str) -> bytes:
    """A small photograph by its name; nothing: there is none."""
    if not _NAME.fullmatch(name):
        return b""
    try:
        return _read(name)
    except FileNotFoundError:
        return b""


@lru_cache(maxsize=400)
def _read(name: str) -> bytes:
    return _path(name).read_bytes()


def _made(large: Attachment) -> bytes:
    with large.file.open("rb") as file, Image.open(file) as opened:
        opened.draft("RGB", (2 * _WIDE, 2 * _HIGH))
        upright = ImageOps.exif_transpose(opened).convert("RGB")
        image = ImageOps.fit(upright, (_WIDE, _HIGH)) if _wide(upright) else upright
        image.thumbnail((_WIDE, _WIDE))
        for quality in _QUALITIES:
            told = io.BytesIO()
            image.save(told, "JPEG", quality=quality, optimize=True, progressive=True)
            if told.tell() <= _MOST:
                break
            if quality <= _QUALITIES[2]:
                image.thumbnail((image.width * 4 // 5, image.height * 4 // 5))
    return told.getvalue()


def _wide(image: Image.Image) -> bool:
    return image.width >= _WIDE and image.height >= _HIGH and image.width > image.height


def _path(name: str) -> Path:
    return Path(settings.MEDIA_ROOT) / "small" / f"{name}.jpg"
