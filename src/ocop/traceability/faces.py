"""The typeface of stamps: as much of it as they need, measured and ready to embed in a PDF."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO

import fontpkg_be_vietnam_pro
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

_STYLE = "Medium"
_ASCII = "".join(map(chr, range(32, 127)))


@dataclass(frozen=True, slots=True)
class Face:
    """A subset of a TrueType face. Measures are thousandths of the size of the type."""

    name: bytes
    file: bytes
    described: bytes  # entries of its font descriptor
    advances: tuple[int, ...]  # by glyph
    numbers: Mapping[str, int]  # glyph of every character
    to_unicode: bytes  # a CMap, for who searches or copies

    def advance(self, character: str) -> int:
        """How far a character leads. KeyError: it is not in the subset."""
        return self.advances[self.numbers[character]]

    def width(self, text: str, size: float) -> float:
        """Length of a line at a size, in the unit of the size."""
        return sum(map(self.advance, text)) * size / 1000

    def glyphs(self, text: str) -> bytes:
        """The glyphs of a text as hexadecimal digits, four each."""
        return b"".join(b"%04X" % self.numbers[character] for character in text)


@lru_cache(maxsize=8)
def face_for(characters: str) -> Face:
    """A face with ASCII and these characters."""
    font = TTFont(fontpkg_be_vietnam_pro.ROOT / "files" / f"BeVietnamPro-{_STYLE}.ttf", lazy=False)
    options = Options(layout_features=[], name_IDs=[], notdef_outline=True, hinting=False)
    subset = Subsetter(options)
    subset.populate(text=_ASCII + characters)
    subset.subset(font)
    file = BytesIO()
    font.save(file)
    scale = 1000 / font["head"].unitsPerEm
    order = font.getGlyphOrder()
    number_of = {name: n for n, name in enumerate(order)}
    numbers = {chr(code): number_of[name] for code, name in font.getBestCmap().items()}
    head, line = font["head"], font["hhea"]
    box = " ".join(
        str(round(each * scale)) for each in (head.xMin, head.yMin, head.xMax, head.yMax)
    )
    described = (
        f"/FontBBox [{box}] /ItalicAngle 0 /Ascent {round(line.ascent * scale)} "
        f"/Descent {round(line.descent * scale)} /CapHeight 700 /StemV 90"
    )
    return Face(
        name=f"OCOPAA+BeVietnamPro-{_STYLE}".encode(),
        file=file.getvalue(),
        described=described.encode(),
        advances=tuple(round(font["hmtx"][name][0] * scale) for name in order),
        numbers=numbers,
        to_unicode=_to_unicode(numbers),
    )


def _to_unicode(numbers: Mapping[str, int]) -> bytes:
    """What every glyph means (ISO 32000-1, 9.10.3), in parts of at most a hundred."""
    pairs = [f"<{n:04X}> <{c.encode('utf-16-be').hex().upper()}>" for c, n in numbers.items()]
    parts = [pairs[at : at + 100] for at in range(0, len(pairs), 100)]
    told = "\n".join(f"{len(p)} beginbfchar\n" + "\n".join(p) + "\nendbfchar" for p in parts)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "/CMapName /Words def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        f"{told}\nendcmap CMapName currentdict /CMap defineresource pop end end"
    ).encode()
