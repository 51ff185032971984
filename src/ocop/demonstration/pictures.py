"""Still lifes drawn by code: one motif per group of trades, in four colours each."""

from collections.abc import Callable, Mapping
from io import BytesIO

from PIL import Image, ImageDraw

SIZE = (640, 480)
_SCALE = 2  # drawn larger and reduced, so that edges are smooth
_PAPER = ("#f6f1e5", "#eef1e6", "#f3ece6", "#e9eef0")
_TABLE = ("#d9c7a3", "#c9cfae", "#d6b9a4", "#b9c6cc")
_MAIN = ("#2f6b3c", "#8a5a2b", "#9b3d2e", "#2f5673")
_LIGHT = ("#6fa35a", "#c9964d", "#d1705a", "#6f9bb8")
_GOLD = "#d9a928"
_SHADE = "#00000022"
VARIETIES = len(_MAIN)

Draw = ImageDraw.ImageDraw
Motif = Callable[[Draw, str, str], None]


def picture(trade: str, variety: int) -> bytes:
    """A JPEG of 640 × 480 for a trade. The same trade and variety give the same bytes."""
    variety %= VARIETIES
    width, height = (side * _SCALE for side in SIZE)
    image = Image.new("RGB", (width, height), _PAPER[variety])
    draw = ImageDraw.Draw(image, "RGBA")
    draw.rectangle((0, height * 0.72, width, height), fill=_TABLE[variety])
    _ellipse(draw, (160, 350, 480, 400), _SHADE)
    _MOTIFS[trade](draw, _MAIN[variety], _LIGHT[variety])
    content = BytesIO()
    image.resize(SIZE, Image.Resampling.LANCZOS).save(content, "JPEG", quality=82, optimize=True)
    return content.getvalue()


def _box(corners: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    left, top, right, bottom = (c * _SCALE for c in corners)
    return left, top, right, bottom


def _ellipse(draw: Draw, corners: tuple[float, float, float, float], colour: str) -> None:
    draw.ellipse(_box(corners), fill=colour)


def _block(
    draw: Draw, corners: tuple[float, float, float, float], colour: str, radius: int = 12
) -> None:
    draw.rounded_rectangle(_box(corners), radius=radius * _SCALE, fill=colour)


def _shape(draw: Draw, points: list[tuple[float, float]], colour: str) -> None:
    draw.polygon([(x * _SCALE, y * _SCALE) for x, y in points], fill=colour)


def _arc(
    draw: Draw, corners: tuple[float, float, float, float], ends: tuple[int, int], colour: str
) -> None:
    draw.arc(_box(corners), *ends, fill=colour, width=7 * _SCALE)


def _leaf(draw: Draw, x: float, y: float, size: float, colour: str) -> None:
    _shape(
        draw,
        [(x, y), (x + size * 0.5, y - size * 0.9), (x + size, y - size), (x + size * 0.8, y - 12)],
        colour,
    )


def _basket(draw: Draw, main: str, light: str) -> None:
    for x, y, size in ((215, 215, 90), (285, 190, 105), (365, 215, 90), (325, 235, 80)):
        _ellipse(draw, (x, y, x + size, y + size), light)
        glint = (x + size * 0.2, y + size * 0.15, x + size * 0.45, y + size * 0.4)
        _ellipse(draw, glint, "#ffffff44")
    for x in (235, 320, 400):
        _leaf(draw, x, 215, 55, main)
    _shape(draw, [(180, 275), (480, 275), (440, 380), (220, 380)], "#a9783f")
    for y in (295, 325, 355):
        _block(draw, (195, y, 465, y + 8), "#8a5f2e", 4)


def _weave(draw: Draw, main: str, light: str) -> None:
    _arc(draw, (240, 110, 420, 420), (180, 360), main)
    _shape(draw, [(190, 245), (470, 245), (430, 385), (230, 385)], light)
    for turn in range(6):
        y = 258 + turn * 21
        for x in range(215 + turn % 2 * 17, 440 - turn * 4, 34):
            _block(draw, (x, y, x + 20, y + 11), main, 4)
    _ellipse(draw, (190, 228, 470, 262), main)
    _ellipse(draw, (206, 234, 454, 256), "#00000055")


def _bowl(draw: Draw, main: str, light: str) -> None:
    _ellipse(draw, (190, 200, 450, 300), light)
    for x in range(210, 430, 22):
        _ellipse(draw, (x, 205 + x % 3 * 8, x + 26, 231 + x % 3 * 8), _GOLD)
    draw.pieslice(_box((180, 120, 460, 385)), 0, 180, fill=main)
    _ellipse(draw, (180, 232, 460, 272), light)
    _ellipse(draw, (205, 236, 435, 264), _GOLD)
    _block(draw, (275, 370, 365, 388), main, 4)


def _parcel(draw: Draw, main: str, light: str) -> None:
    _block(draw, (200, 180, 440, 385), light)
    _block(draw, (300, 180, 340, 385), main, 0)
    _block(draw, (200, 262, 440, 296), main, 0)
    _ellipse(draw, (268, 226, 372, 332), "#fdf8ea")
    _ellipse(draw, (292, 250, 348, 308), _GOLD)


def _jar(draw: Draw, main: str, light: str) -> None:
    for left, top, right in ((205, 175, 330), (320, 220, 435)):
        _block(draw, (left, top, right, 385), light, 26)
        _block(draw, (left + 10, top - 26, right - 10, top + 8), main, 8)
        _block(draw, (left + 14, top + 60, right - 14, top + 125), "#fdf8ea", 6)
        _ellipse(draw, (left + 44, top + 74, right - 44, top + 110), _GOLD)


def _cup(draw: Draw, main: str, light: str) -> None:
    _arc(draw, (385, 245, 465, 335), (270, 90), main)
    draw.pieslice(_box((205, 95, 425, 385)), 0, 180, fill=main)
    _ellipse(draw, (205, 215, 425, 265), light)
    _ellipse(draw, (222, 222, 408, 258), "#7a4a22")
    _ellipse(draw, (170, 368, 460, 396), main)
    for x in (265, 315, 365):
        _arc(draw, (x - 14, 120, x + 14, 165), (90, 270), "#00000033")
        _arc(draw, (x - 14, 160, x + 14, 205), (270, 90), "#00000033")


def _bottle(draw: Draw, main: str, light: str) -> None:
    for left, colour in ((215, main), (335, light)):
        _block(draw, (left, 200, left + 95, 388), colour, 20)
        _shape(
            draw,
            [(left + 6, 215), (left + 34, 150), (left + 61, 150), (left + 89, 215)],
            colour,
        )
        _block(draw, (left + 32, 105, left + 63, 160), colour, 6)
        _block(draw, (left + 28, 95, left + 67, 122), _GOLD, 5)
        _block(draw, (left + 10, 255, left + 85, 335), "#fdf8ea", 5)


def _vase(draw: Draw, main: str, light: str) -> None:
    _ellipse(draw, (225, 180, 415, 385), main)
    _shape(draw, [(285, 200), (295, 110), (345, 110), (355, 200)], main)
    _ellipse(draw, (282, 98, 358, 124), light)
    for y in (235, 290):
        _arc(draw, (228, y - 30, 412, y + 30), (20, 160), light)
    _ellipse(draw, (295, 250, 345, 300), light)
    _ellipse(draw, (308, 263, 332, 287), _GOLD)


def _cloth(draw: Draw, main: str, light: str) -> None:
    for turn, colour in enumerate((main, light, _GOLD, main, light)):
        top = 350 - turn * 38
        _block(draw, (185 + turn * 8, top, 455 - turn * 8, top + 36), colour, 14)
        _ellipse(draw, (430 - turn * 8, top + 6, 448 - turn * 8, top + 30), "#ffffff55")


def _flower(draw: Draw, main: str, light: str) -> None:
    _shape(draw, [(250, 300), (390, 300), (370, 388), (270, 388)], "#a5633c")
    for x, y in ((260, 170), (320, 120), (380, 175), (320, 205)):
        draw.line([(320 * _SCALE, 300 * _SCALE), (x * _SCALE, y * _SCALE)], main, 6 * _SCALE)
        for dx, dy in ((-24, 0), (24, 0), (0, -24), (0, 24)):
            _ellipse(draw, (x + dx - 22, y + dy - 22, x + dx + 22, y + dy + 22), light)
        _ellipse(draw, (x - 14, y - 14, x + 14, y + 14), _GOLD)


def _gate(draw: Draw, main: str, light: str) -> None:
    _ellipse(draw, (430, 80, 500, 150), _GOLD)
    _block(draw, (200, 220, 250, 388), light, 2)
    _block(draw, (390, 220, 440, 388), light, 2)
    _block(draw, (185, 195, 455, 240), main, 4)
    _shape(draw, [(150, 200), (200, 140), (440, 140), (490, 200)], main)
    _shape(draw, [(215, 150), (250, 105), (390, 105), (425, 150)], light)


_MOTIFS: Mapping[str, Motif] = {
    "vegetables": _basket, "fruit": _basket, "livestock": _parcel, "rice": _bowl, "honey": _jar,
    "snacks": _parcel, "noodles": _bowl, "pickles": _jar, "sauces": _bottle, "tea": _cup,
    "coffee": _cup, "spirits": _bottle, "drinks": _bottle, "medicine": _jar, "ceramics": _vase,
    "bamboo": _weave, "wood": _vase, "textile": _cloth, "flowers": _flower, "tourism": _gate,
}  # fmt: skip
