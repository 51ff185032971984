"""What kind of file was handed in, told from its content, and that file made safe to keep.

Allowed: PDF, PNG, JPEG, WebP, XLSX, DOCX and tables as text (CSV). Images are written anew, so
that position, camera and comments leave them; they are turned the right way up first and keep
their colour profile. Everything else is refused, with what to do instead.
"""

import io
import re
import struct
import zipfile
import zlib
from pathlib import PurePath
from typing import Any

from PIL import Image, ImageOps

from ocop.core.language import gettext as _
from ocop.core.refusals import Refused

PDF = "application/pdf"
PNG = "image/png"
JPEG = "image/jpeg"
WEBP = "image/webp"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
CSV = "text/csv"

PICTURES = frozenset({PNG, JPEG, WEBP})

#: File name endings of each kind; a name without an ending passes, except for text.
ENDINGS = {
    PDF: {".pdf"},
    PNG: {".png"},
    JPEG: {".jpg", ".jpeg", ".jpe", ".jfif"},
    WEBP: {".webp"},
    XLSX: {".xlsx"},
    DOCX: {".docx"},
    CSV: {".csv", ".tsv"},
}
MAX_PIXELS = 50_000_000  # a phone's largest photograph; more is a bomb or a mistake
MAX_UNPACKED = 500_000_000  # bytes inside an office file
#: How much smaller packing makes what people write: twenty times; made to fill a disk: a thousand.
MAX_PACKED, SMALL_UNPACKED = 200, 10_000_000
MAX_PAGE_SEARCH = 50_000_000  # bytes unpacked of a PDF to find a page in it

_PIECE = 1 << 20  # bytes that an office file is unpacked at a time, to count them
#: A page among the objects of a PDF, and where the content of a stream begins.
_PAGE = re.compile(rb"/Type[\x00\t\n\f\r ]*/Page(?![A-Za-z])")
_STREAM = re.compile(rb"stream\r?\n")
_LENGTHS = struct.Struct("<HH")  # of the name and of more, in front of an entry's content
_MARKUP = re.compile(r"\s*(<[!?a-z]|#!)", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SHOWN = 20  # signs told before one that cannot be read
_TEXT_BEFORE_CONTROL = 20  # signs of text to one control sign; with fewer it is no text at all
_DAMAGED_IMAGE = (OSError, SyntaxError, ValueError, EOFError, struct.error, zlib.error, IndexError)


def clean_upload(content: bytes, filename: str) -> tuple[bytes, str]:
    """The bytes to keep and their media type. Images change, other files stay as they came.

    Refused: empty, a type not in the list, a name whose ending says another type, damaged files,
    a PDF without a page, images past `MAX_PIXELS`, moving images, office files with macros or past
    `MAX_UNPACKED`.
    """
    if not content:
        raise Refused("file_empty", _("Tệp rỗng. Hãy kiểm tra rồi gửi lại."))
    media_type = sniff(content)
    ending = PurePath(filename).suffix.lower()
    if ending not in ENDINGS[media_type] and (ending or media_type == CSV):
        if media_type == CSV:
            raise _not_allowed()
        raise Refused(
            "file_mismatch",
            _("Tên tệp kết thúc bằng “%(ending)s” nhưng nội dung là %(kind)s. Hãy đổi lại tên tệp.")
            % {"ending": ending, "kind": min(ENDINGS[media_type], key=len)[1:].upper()},
        )
    if media_type in PICTURES:
        return _clean_image(content, media_type), media_type
    if media_type == PDF:
        _expect_pages(content)
    return content, media_type


def sniff(content: bytes) -> str:
    """The media type that the content shows; refused when it is not in the list."""
    if content.startswith(b"%PDF-"):
        return PDF
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if content.startswith(b"\xff\xd8\xff"):
        return JPEG
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return WEBP
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _sniff_office(content)
    if content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        raise Refused(
            "file_old_office",
            _(
                "Tệp Excel hoặc Word kiểu cũ, hoặc có đặt mật khẩu. Hãy mở ra, "
                "lưu lại dạng .xlsx hoặc .docx không mật khẩu rồi gửi lại."
            ),
        )
    text = decode_text(content)
    if _MARKUP.match(text):
        raise _not_allowed()
    return CSV


def is_picture(content: bytes) -> bool:
    """Whether bytes are of a kind that photographs come in."""
    try:
        return sniff(content) in PICTURES
    except Refused:
        return False


UTF_8, UTF_16, CP_1258 = "UTF-8", "UTF-16", "Windows-1258"


def decode_text(content: bytes) -> str:
    """The text of a CSV file; see `text_and_encoding`."""
    return text_and_encoding(content)[0]


def text_and_encoding(content: bytes) -> tuple[str, str]:
    """The text of a CSV file and the code it was read by: UTF-8, UTF-16 with its mark, else the
    old Vietnamese code page 1258.

    Refused when the bytes are no text in any of them; where they are but for some control signs, or
    UTF-8 but for some broken bytes, the first is named by its line and its place there.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[tuple[str, str], ...] = (("utf-16", UTF_16),)
    else:
        encodings = (("utf-8-sig", UTF_8), ("cp1258", CP_1258))
    for encoding, name in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError as error:
            if name == UTF_8 and _is_mostly_utf_8(content):
                raise _broken_utf_8(error) from error
            continue
        first = _CONTROL.search(text)
        if first is None:
            return text, name
        if len(_CONTROL.findall(text)) * _TEXT_BEFORE_CONTROL <= len(text):
            raise _unreadable_sign(text, first.start())
    raise _not_allowed()


def _unreadable_sign(text: str, at: int) -> Refused:
    return Refused(
        "text_unreadable",
        _(
            "Dòng %(line)d của tệp có ký tự không đọc được ở vị trí thứ %(place)d, sau "
            "“%(before)s”. Hãy mở tệp, xóa ký tự đó rồi lưu lại dạng Excel (.xlsx) hoặc CSV mã "
            "UTF-8."
        )
        % _place(text, at),
    )


def _is_mostly_utf_8(content: bytes) -> bool:
    """Whether more signs beyond ASCII are right UTF-8 than broken: text of another code has hardly
    any that are right by chance."""
    text = content.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    return sum(sign > "\x7f" for sign in text) - broken > broken


def _broken_utf_8(error: UnicodeDecodeError) -> Refused:
    text = error.object[: error.start].decode("utf-8")
    return Refused(
        "text_broken",
        _(
            "Tệp theo mã UTF-8 nhưng bị hỏng ở dòng %(line)d, ký tự thứ %(place)d, sau "
            "“%(before)s”. Hãy lấy lại tệp gốc, hoặc mở tệp, sửa chỗ đó rồi lưu lại dạng Excel "
            "(.xlsx) hoặc CSV mã UTF-8."
        )
        % _place(text, len(text)),
    )


def _place(text: str, at: int) -> dict[str, object]:
    """Where a sign stands, as a person finds it."""
    return {
        "line": text.count("\n", 0, at) + 1,
        "place": at - text.rfind("\n", 0, at),
        "before": text[max(text.rfind("\n", 0, at) + 1, at - _SHOWN) : at],
    }


def _sniff_office(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            entries = packed.infolist()
    except (zipfile.BadZipFile, ValueError, struct.error, NotImplementedError, OSError) as error:
        raise _damaged() from error
    names = {entry.filename for entry in entries}
    if "[Content_Types].xml" not in names or any(entry.flag_bits & 1 for entry in entries):
        raise _not_allowed()
    if any(
        entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in entries
    ):
        raise _not_allowed()  # no office writes another, and what it unpacks to is not known
    if any(PurePath(name).name == "vbaProject.bin" for name in names):
        raise Refused(
            "file_with_macros",
            _("Tệp có chứa macro. Hãy lưu lại dạng .xlsx hoặc .docx không có macro rồi gửi lại."),
        )
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MAX_UNPACKED or unpacked > max(SMALL_UNPACKED, MAX_PACKED * len(content)):
        raise Refused(
            "file_too_large_unpacked",
            _("Nội dung bên trong tệp quá lớn. Hãy chia thành nhiều tệp rồi gửi lại."),
        )
    if any(_unpacks_past_its_word(content, entry) for entry in entries):
        raise _damaged()
    if "xl/workbook.xml" in names:
        return XLSX
    if "word/document.xml" in names:
        return DOCX
    raise _not_allowed()


def _unpacks_past_its_word(content: bytes, entry: zipfile.ZipInfo) -> bool:
    """Whether more comes out of an entry than it says of itself: readers of such files go on until
    the memory is full. What comes out is counted, piece by piece, and not kept."""
    if entry.compress_type == zipfile.ZIP_STORED:
        return entry.compress_size > entry.file_size
    name, extra = _LENGTHS.unpack_from(content, entry.header_offset + 26)
    begins = entry.header_offset + 30 + name + extra
    unpacking = zlib.decompressobj(-zlib.MAX_WBITS)
    rest, out = content[begins : begins + entry.compress_size], 0
    try:
        while rest and not unpacking.eof:
            out += len(unpacking.decompress(rest, _PIECE))
            if out > entry.file_size:
                return True
            rest = unpacking.unconsumed_tail
    except zlib.error as error:
        raise _damaged() from error
    return False


def _expect_pages(content: bytes) -> None:
    """Refuse a PDF that was cut off, or shows nothing to read.

    Looked for, not parsed: nothing of a hostile file is followed, and what a scanner wrote slightly
    wrong passes as its readers let it pass. Pages stand as they are or packed in object streams.
    """
    if b"%%EOF" not in content[-2048:]:
        raise _damaged()
    if _PAGE.search(content) is None and not _may_hold_page(content):
        raise Refused(
            "pdf_without_page",
            _("Tệp PDF không có trang nào. Hãy mở tệp ra xem, xuất hoặc quét lại rồi gửi lại."),
        )


def _may_hold_page(content: bytes) -> bool:
    """Whether a page is packed in an object stream; one that cannot be unpacked here, as in a file
    with a password, may hold one."""
    left, at = MAX_PAGE_SEARCH, 0
    while (named := content.find(b"/ObjStm", at)) >= 0:
        begins = _STREAM.search(content, named)
        if begins is None:
            return False
        at = content.find(b"endstream", begins.end())
        if at < 0:  # cut off: as far as it goes
            at = len(content)
        try:
            found = zlib.decompressobj().decompress(content[begins.end() : at], left)
        except zlib.error:
            return True
        left -= len(found)
        if _PAGE.search(found) or left <= 0:
            return True
    return False


def _clean_image(content: bytes, media_type: str) -> bytes:
    form = {PNG: "PNG", JPEG: "JPEG", WEBP: "WEBP"}[media_type]
    try:
        with Image.open(io.BytesIO(content), formats=[form]) as image:
            if image.width * image.height > MAX_PIXELS:
                raise _too_many_pixels()
            # A JPEG of several pictures (MPO), as many phones write it, counts by its first.
            if media_type != JPEG and getattr(image, "n_frames", 1) > 1:
                raise Refused(
                    "image_moves", _("Ảnh động không dùng được. Hãy gửi ảnh tĩnh JPEG hoặc PNG.")
                )
            return _written_anew(image, form)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_many_pixels() from error
    except _DAMAGED_IMAGE as error:
        raise _damaged() from error


def _written_anew(image: Image.Image, form: str) -> bytes:
    """Only pixels, colour profile and transparency go over; what else the file said stays out."""
    upright = ImageOps.exif_transpose(image)
    keep: dict[str, Any] = {}
    for key in ("icc_profile", "transparency"):
        if key in upright.info:
            keep[key] = upright.info[key]
    upright.info = {}
    if form == "JPEG":
        keep.pop("transparency", None)
        keep |= {"quality": 90, "optimize": True}
    elif form == "WEBP":
        keep |= {"quality": 90, "method": 4}
    else:
        keep["optimize"] = True
    written = io.BytesIO()
    upright.save(written, form, **keep)
    return written.getvalue()


def _not_allowed() -> Refused:
    return Refused(
        "file_type",
        _(
            "Loại tệp này không nhận được. Hãy gửi PDF, ảnh (JPEG, PNG, WebP), "
            "Excel (.xlsx), Word (.docx) hoặc bảng CSV."
        ),
    )


def _damaged() -> Refused:
    return Refused("file_damaged", _("Tệp bị hỏng hoặc chưa tải hết. Hãy lấy lại tệp và gửi lại."))


def _too_many_pixels() -> Refused:
    return Refused(
        "image_too_large",
        _("Ảnh có quá nhiều điểm ảnh. Hãy thu nhỏ dưới %d triệu điểm ảnh rồi gửi lại.")
        % (MAX_PIXELS // 1_000_000),
    )
