"""A label read from a photograph of its code."""

import io

import zxingcpp
from PIL import Image, ImageOps

from ocop.core import filetypes
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.recognition.labels import found_in

_LARGEST = 2400  # pixels of a side: a code of 41 modules is read long before
_FORMS = {filetypes.PNG: "PNG", filetypes.JPEG: "JPEG", filetypes.WEBP: "WEBP"}


def in_photograph(content: bytes) -> str | None:
    """The first label among the codes of a photograph; not whether it is good. Nothing is kept.

    Refused: what is no photograph, or a damaged or too large one.
    """
    media_type = filetypes.sniff(content)
    if media_type not in _FORMS:
        raise Refused("label_no_photograph", _("Hãy chọn ảnh JPEG, PNG hoặc WebP."))
    try:
        with Image.open(io.BytesIO(content), formats=[_FORMS[media_type]]) as image:
            if image.width * image.height > filetypes.MAX_PIXELS:
                raise _unreadable()
            image.draft("L", (_LARGEST, _LARGEST))
            grey = ImageOps.exif_transpose(image).convert("L")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, OSError) as error:
        raise _unreadable() from error
    except (SyntaxError, ValueError, EOFError) as error:
        raise _unreadable() from error
    grey.thumbnail((_LARGEST, _LARGEST))
    codes = zxingcpp.read_barcodes(grey, zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
    return next((label for code in codes if (label := found_in(code.text))), None)


def _unreadable() -> Refused:
    return Refused(
        "label_photograph_unreadable", _("Không mở được ảnh này. Hãy chụp lại hoặc chọn ảnh khác.")
    )
