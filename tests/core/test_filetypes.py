"""Files are told by content and made safe, whatever their name says."""

import io
import struct
import zipfile
import zlib

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

from ocop.core import filetypes
from ocop.core.refusals import Refused
from tests.factories import PDF

ORIENTATION, MAKE, GPS = 0x0112, 0x010F, 0x8825
ROTATE_90 = 6


def picture(
    form: str, size: tuple[int, int] = (6, 4), mode: str = "RGB", **options: object
) -> bytes:
    image = Image.new(mode, size)
    image.putpixel((0, 0), 255 if mode in "LP" else tuple([255] * len(mode)))
    into = io.BytesIO()
    image.save(into, form, **options)
    return into.getvalue()


def tagged() -> Image.Exif:
    exif = Image.Exif()
    exif[ORIENTATION] = ROTATE_90
    exif[MAKE] = "Máy ảnh"
    exif.get_ifd(GPS)[2] = (21.0, 1.0, 42.0)
    return exif


def profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def packed(*names: str) -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w") as book:
        for name in names:
            book.writestr(name, "x")
    return into.getvalue()


def workbook() -> bytes:
    into = io.BytesIO()
    with xlsxwriter.Workbook(into) as book:
        book.add_worksheet()
    return into.getvalue()


DOCX = packed("[Content_Types].xml", "word/document.xml")


def pdf_of(*objects: bytes) -> bytes:
    """A PDF of these objects, without the table of where they stand: what is slightly broken."""
    rows = b"".join(b"%d 0 obj\n%s\nendobj\n" % (n, o) for n, o in enumerate(objects, start=1))
    return b"%PDF-1.7\n" + rows + b"trailer\n<</Root 1 0 R>>\n%%EOF\n"


def in_object_stream(content: bytes) -> bytes:
    data = zlib.compress(content)
    head = b"<</Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d>>" % len(data)
    return head + b"\nstream\r\n" + data + b"\nendstream"


CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
TREE = b"<</Type /Pages /Kids [3 0 R] /Count 1>>"


@pytest.mark.parametrize(
    ("content", "filename", "media_type"),
    [
        (PDF, "quyet-dinh.PDF", filetypes.PDF),
        (PDF, "quyet-dinh", filetypes.PDF),
        (workbook(), "phieu.xlsx", filetypes.XLSX),
        (DOCX, "to-trinh.docx", filetypes.DOCX),
        ("tên;sao\nMắm;3\n".encode(), "bang.csv", filetypes.CSV),
        ("tên\tsao\nMắm\t3\n".encode("utf-16"), "bang.csv", filetypes.CSV),
        ("tên,sao\nĐậu,3\n".encode("utf-8-sig"), "bang.CSV", filetypes.CSV),
        ("Gạo,đặc sản".encode("cp1258", "ignore"), "bang.csv", filetypes.CSV),
    ],
)
def test_document_is_kept_as_it_came(content: bytes, filename: str, media_type: str) -> None:
    assert filetypes.clean_upload(content, filename) == (content, media_type)


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.4\n%%EOF",
        b"%PDF-%%EOF",
        pdf_of(CATALOG, b"<</Type/Pages/Kids[]/Count 0>>"),
        pdf_of(CATALOG, in_object_stream(b"2 0 <</Type/Pages/Kids[]/Count 0>>")),
        b"%PDF-1.4\n/ObjStm %%EOF",
    ],
)
def test_pdf_without_a_page_is_refused(content: bytes) -> None:
    with pytest.raises(Refused) as refusal:
        filetypes.clean_upload(content, "a.pdf")
    assert refusal.value.code == "pdf_without_page"
    assert "không có trang nào" in refusal.value.message


@pytest.mark.parametrize(
    "content",
    [
        picture("PDF"),  # as a scanner writes one, whole
        pdf_of(CATALOG, TREE, b"<</Type\r\n/Page/MediaBox[0 0 9 9]>>"),
        pdf_of(CATALOG, TREE, in_object_stream(b"3 0 <</MediaBox[0 0 9 9]/Type /Page>>")),
        pdf_of(CATALOG, in_object_stream(b"2 0 <<>>"), in_object_stream(b"3 0 <</Type/Page>>")),
        # packed so that it cannot be looked into: with a password, it may hold a page
        pdf_of(CATALOG, b"<</Type/ObjStm/Length 8>>\nstream\nabcdefgh\nendstream"),
    ],
)
def test_pdf_with_a_page_passes_as_it_came(content: bytes) -> None:
    assert filetypes.clean_upload(content, "a.pdf") == (content, filetypes.PDF)


def test_looking_for_a_page_costs_little_however_the_file_is_made() -> None:
    """Neither what unpacks a thousandfold nor names without a stream make the search long."""
    bomb = pdf_of(*[in_object_stream(b" " * 20_000_000)] * 40)
    assert filetypes.clean_upload(bomb, "a.pdf")[1] == filetypes.PDF
    names = b"%PDF-1.4\n" + b"/ObjStm /Type " * 300_000 + b"%%EOF"
    with pytest.raises(Refused):
        filetypes.clean_upload(names, "a.pdf")


@pytest.mark.parametrize(
    ("form", "filename", "media_type"),
    [
        ("PNG", "anh.png", filetypes.PNG),
        ("JPEG", "anh.jpg", filetypes.JPEG),
        ("JPEG", "anh.JPEG", filetypes.JPEG),
        ("WEBP", "anh.webp", filetypes.WEBP),
    ],
)
def test_image_loses_position_and_camera_keeps_way_up_and_colours(
    form: str, filename: str, media_type: str
) -> None:
    content = picture(form, exif=tagged(), icc_profile=profile())
    cleaned, told = filetypes.clean_upload(content, filename)
    with Image.open(io.BytesIO(cleaned)) as image:
        assert told == media_type
        assert image.format == form
        assert image.size == (4, 6)  # was 6 × 4 lying on its side
        assert not image.getexif()
        assert image.info["icc_profile"] == profile()
    assert "Máy ảnh".encode() not in cleaned


def test_first_pixel_turns_with_the_image() -> None:
    cleaned, _type = filetypes.clean_upload(picture("PNG", exif=tagged()), "a.png")
    with Image.open(io.BytesIO(cleaned)) as image:
        assert image.getpixel((3, 0)) == (255, 255, 255)  # left top goes to right top


def test_cleaning_twice_gives_the_same_png() -> None:
    once, _type = filetypes.clean_upload(picture("PNG", exif=tagged()), "a.png")
    assert filetypes.clean_upload(once, "a.png")[0] == once


def test_comments_leave_images() -> None:
    text = PngInfo()
    text.add_text("Author", "Nguyen")
    for content, name in (
        (picture("PNG", pnginfo=text), "a.png"),
        (picture("JPEG", comment=b"Nguyen"), "a.jpg"),
        (picture("WEBP", xmp=b"<x>Nguyen</x>"), "a.webp"),
    ):
        assert b"Nguyen" in content
        assert b"Nguyen" not in filetypes.clean_upload(content, name)[0]


def test_hidden_tail_behind_an_image_is_dropped() -> None:
    cleaned, _type = filetypes.clean_upload(picture("PNG") + b"<script>alert(1)</script>", "a.png")
    assert b"script" not in cleaned


def test_transparency_of_a_palette_stays() -> None:
    content = picture("PNG", mode="P", transparency=0)
    cleaned, _type = filetypes.clean_upload(content, "a.png")
    with Image.open(io.BytesIO(cleaned)) as image:
        assert image.convert("RGBA").getpixel((1, 1))[3] == 0


def test_photograph_of_several_pictures_counts_by_its_first() -> None:
    into = io.BytesIO()
    first, second = Image.new("RGB", (6, 4)), Image.new("RGB", (3, 2))
    first.save(into, "MPO", save_all=True, append_images=[second])
    cleaned, told = filetypes.clean_upload(into.getvalue(), "dien-thoai.jpg")
    with Image.open(io.BytesIO(cleaned)) as image:
        assert (told, image.format, image.size) == (filetypes.JPEG, "JPEG", (6, 4))


def moving(form: str) -> bytes:
    into = io.BytesIO()
    frames = [Image.new("RGB", (4, 4), colour) for colour in ("red", "blue")]
    frames[0].save(into, form, save_all=True, append_images=frames[1:])
    return into.getvalue()


def bomb(width: int, height: int) -> bytes:
    """A PNG that claims a size it would take gigabytes to unpack."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


@pytest.mark.parametrize(
    ("content", "filename", "code"),
    [
        (b"", "a.pdf", "file_empty"),
        (PDF, "a.docx", "file_mismatch"),
        (picture("PNG"), "a.jpg", "file_mismatch"),
        (workbook(), "a.docx", "file_mismatch"),
        (PDF.replace(b"%%EOF", b""), "a.pdf", "file_damaged"),
        (picture("JPEG", (90, 90))[:200], "a.jpg", "file_damaged"),
        (workbook()[:300], "a.xlsx", "file_damaged"),
        (packed("readme.txt"), "a.zip", "file_type"),
        (packed("[Content_Types].xml", "ppt/presentation.xml"), "a.pptx", "file_type"),
        (
            packed("[Content_Types].xml", "xl/workbook.xml", "xl/vbaProject.bin"),
            "a.xlsx",
            "file_with_macros",
        ),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "a.xls", "file_old_office"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "a.svg", "file_type"),
        (b'<?xml version="1.0"?><svg/>', "a.csv", "file_type"),
        (b"\n <HTML><script>1</script>", "a.csv", "file_type"),
        (b"#!/bin/sh\nrm -r x\n", "a.csv", "file_type"),
        (b"MZ\x90\0\x03\0\0\0", "a.exe", "file_type"),
        (b"\x7fELF\x02\x01\x01\0", "a.csv", "file_type"),
        (b"GIF89a\x01\0\x01\0\0\0\0;", "a.gif", "file_type"),
        (b"ten,sao", "ghi-chu.txt", "file_type"),
        (b"ten,sao", "bang", "file_type"),
        (b"\xff\xfea", "a.csv", "file_type"),
        (moving("PNG"), "a.png", "image_moves"),
        (moving("WEBP"), "a.webp", "image_moves"),
        (bomb(10_000, 5_001), "a.png", "image_too_large"),
        (bomb(10_000, 10_000), "a.png", "image_too_large"),
        (bomb(30_000, 30_000), "a.png", "image_too_large"),
    ],
)
def test_unsafe_file_is_refused(content: bytes, filename: str, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        filetypes.clean_upload(content, filename)
    assert refusal.value.code == code
    assert "Hãy" in refusal.value.message  # says what to do


def test_text_with_a_control_sign_is_refused_at_its_line() -> None:
    content = ("ten,sao\n" + "Chè,3\n" * 8 + "Mắm\0,4\n").encode()
    for encoded in (content, content.decode().encode("utf-16")):
        with pytest.raises(Refused, match=r"Dòng 10 .* vị trí thứ 4, sau “Mắm”") as refusal:
            filetypes.clean_upload(encoded, "a.csv")
        assert refusal.value.code == "text_unreadable"


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_text_of_utf_8_with_a_broken_byte_is_refused_at_its_line(mark: str) -> None:
    """Read by the old code page it would be nonsense, and refused for something else."""
    content = f"{mark}Tên sản phẩm,Chủ thể\nMắm nêm,HTX ".encode() + b"\xc6, x\nCh\xc3"
    with pytest.raises(
        Refused, match=r"hỏng ở dòng 2, ký tự thứ 13, sau “Mắm nêm,HTX ”"
    ) as refusal:
        filetypes.text_and_encoding(content)
    assert refusal.value.code == "text_broken"


def test_text_of_the_old_code_page_is_not_taken_for_broken_utf_8() -> None:
    old = "Ma\u0306\u0301m nê\u0300m, chè".replace("a\u0306", "\u0103").encode("cp1258")
    assert filetypes.text_and_encoding(old)[1] == filetypes.CP_1258


def test_office_file_that_unpacks_too_far_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filetypes, "MAX_UNPACKED", 1000)
    with pytest.raises(Refused, match="quá lớn"):
        filetypes.clean_upload(workbook(), "a.xlsx")


def test_office_file_packed_as_nobody_writes_is_refused() -> None:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("[Content_Types].xml", "<Types/>")
        made.writestr("word/document.xml", b"0" * 80_000_000)
    with pytest.raises(Refused) as refused:
        filetypes.clean_upload(into.getvalue(), "a.docx")
    assert refused.value.code == "file_too_large_unpacked"


def test_mismatch_says_what_the_file_is() -> None:
    with pytest.raises(Refused, match=r"“\.png” nhưng nội dung là PDF"):
        filetypes.clean_upload(PDF, "scan.png")


STARTS = (b"", b"%PDF-", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"RIFF1234WEBP", b"PK\x03\x04")


@given(
    st.sampled_from(STARTS), st.binary(max_size=300), st.sampled_from(["a.png", "a.jpg", "a.csv"])
)
def test_any_bytes_are_taken_or_refused(start: bytes, rest: bytes, filename: str) -> None:
    try:
        cleaned, media_type = filetypes.clean_upload(start + rest, filename)
    except Refused:
        return
    assert cleaned
    assert filename[-4:] in filetypes.ENDINGS[media_type]


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
@given(st.sampled_from(["PNG", "JPEG", "WEBP"]), st.integers(0, 400), st.integers(0, 255))
def test_one_changed_byte_never_breaks_the_cleaner(form: str, place: int, value: int) -> None:
    content = bytearray(picture(form, (16, 16), icc_profile=profile(), exif=tagged()))
    content[place % len(content)] = value
    name = {"PNG": "a.png", "JPEG": "a.jpg", "WEBP": "a.webp"}[form]
    try:
        cleaned, media_type = filetypes.clean_upload(bytes(content), name)
    except Refused:
        return
    assert filetypes.sniff(cleaned) == media_type


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_text_is_decoded_without_its_mark(encoding: str) -> None:
    assert filetypes.decode_text("Mắm tép, Hưng Thịnh".encode(encoding)) == "Mắm tép, Hưng Thịnh"


def test_old_code_page_is_decoded() -> None:
    # cp1258 writes base letters with combining tones; reading composes nothing by itself.
    assert filetypes.decode_text(b"G\xe0, \xf0") == "Gà, đ"
