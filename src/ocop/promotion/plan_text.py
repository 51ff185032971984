"""A plan as lines of text, as it is typed, pasted from a workbook or sent by the drawing page.

One booth a line, parts set apart by semicolons or tabs: number; metres from the left; metres from
the top; width; depth; sector; power and water; for whom it is kept. The last three may be left out.
"""

from collections.abc import Iterable
from decimal import Decimal

from ocop.core import folding
from ocop.core.language import gettext as _
from ocop.core.numbers import read_number, write_number
from ocop.core.refusals import Refused
from ocop.promotion.plan import Spot

_PARTS, _SIDES = 8, 4
_DM = 10  # decimetres of a metre
_POWER, _WATER = ("dien", "power"), ("nuoc", "water")


def read(text: str, sectors: Iterable[str]) -> list[Spot]:
    """The booths of a text. Refused: a line that cannot be read, with its number."""
    known = set(sectors)
    lines = [(place, line) for place, line in enumerate(text.splitlines(), 1) if line.strip()]
    return [_spot(place, line, known) for place, line in lines]


def write(spots: Iterable[Spot]) -> str:
    """Booths as text, in their order."""
    return "\n".join(_line(spot) for spot in spots)


def metres(length: int) -> str:
    """Decimetres as metres, in the form of the language."""
    return write_number(Decimal(length) / _DM)


def decimetres(length: Decimal) -> int:
    """Metres as whole decimetres. ValueError: finer than that."""
    told = length * _DM
    if told != int(told):
        raise ValueError(f"finer than a decimetre: {length}")
    return int(told)


#: How a producer's kind is written where there is no room.
_SHORT = (
    ("Hợp tác xã", "HTX"),
    ("Tổ hợp tác", "THT"),
    ("Công ty cổ phần", "Cty"),
    ("Công ty TNHH", "Cty"),
    ("Công ty", "Cty"),
    ("Hộ kinh doanh", "HKD"),
)


def short(name: str) -> str:
    """A producer's name with its kind cut short, for a booth on a plan."""
    for words, letters in _SHORT:
        if name.casefold().startswith(f"{words} ".casefold()):
            return letters + name[len(words) :]
    return name


def _line(spot: Spot) -> str:
    needs = ", ".join(
        words for given, words in ((spot.power, _("điện")), (spot.water, _("nước"))) if given
    )
    sides = (spot.x, spot.y, spot.width, spot.depth)
    parts = [spot.label, *map(metres, sides), spot.sector, needs, spot.kept_for]
    while parts and not parts[-1]:
        parts.pop()
    return "; ".join(parts)


def _spot(place: int, line: str, sectors: set[str]) -> Spot:
    parts = [part.strip() for part in line.replace("\t", ";").split(";")]
    if not 1 + _SIDES <= len(parts) <= _PARTS:
        raise _refuse(place, _("cần từ 5 đến 8 phần, cách nhau bằng dấu chấm phẩy"))
    label, sides = parts[0].upper(), parts[1 : 1 + _SIDES]
    sector, needs, kept_for = [*parts[1 + _SIDES :], "", "", ""][:3]
    try:
        x, y, width, depth = (decimetres(read_number(side)) for side in sides)
    except ValueError as error:
        raise _refuse(place, _("vị trí và kích thước là số mét, một chữ số lẻ")) from error
    if sector and sector.upper() not in sectors:
        raise _refuse(place, _("ngành hàng là một trong: %s") % ", ".join(sorted(sectors)))
    told = set(folding.tokens(needs))
    if told - {*_POWER, *_WATER}:
        raise _refuse(place, _("phần thứ bảy chỉ ghi điện, nước"))
    power, water = bool(told & set(_POWER)), bool(told & set(_WATER))
    return Spot(label, x, y, width, depth, sector.upper(), power, water, kept_for)


def _refuse(place: int, words: str) -> Refused:
    message = _("Dòng %(line)d: %(words)s.") % {"line": place, "words": words}
    return Refused("plan_line", message, fields={"spots": [message]})
