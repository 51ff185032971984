"""Drawn fronts of shops: the demonstration has no photographs of real places."""

from io import BytesIO

from PIL import Image, ImageDraw

SIZE = (960, 600)
_AWNINGS = ("#1e5b46", "#a4482f", "#2f5d86")
_GOODS = ("#c9952c", "#b4553a", "#5d8a4a", "#7a5a3a", "#d9b56a")
_SKY, _GROUND, _WALL, _GLASS, _WOOD = "#e8eef0", "#d9cfb8", "#f3ead8", "#f9f6ee", "#8a5a33"


def front(number: int) -> bytes:
    """One of as many fronts as there are colours of awnings, as JPEG."""
    image = Image.new("RGB", SIZE, _SKY)
    draw = ImageDraw.Draw(image)
    awning = _AWNINGS[number % len(_AWNINGS)]
    draw.rectangle((0, 500, 960, 600), fill=_GROUND)
    draw.rectangle((160, 110, 800, 520), fill=_WALL)
    draw.rectangle((160, 110, 800, 170), fill=awning)
    draw.regular_polygon((480, 140, 20), 5, rotation=0, fill="#d4a017")
    for stripe in range(8):
        left = 140 + stripe * 85
        draw.rectangle((left, 170, left + 85, 225), fill=awning if stripe % 2 else _GLASS)
        draw.pieslice((left, 200, left + 85, 250), 0, 180, fill=awning if stripe % 2 else _GLASS)
    for left in (200, 560):
        draw.rectangle((left, 270, left + 200, 470), fill=_GLASS, outline=_WOOD, width=8)
        for shelf in range(2):
            base = 365 + shelf * 97
            draw.rectangle((left, base, left + 200, base + 8), fill=_WOOD)
            for place in range(4):
                colour = _GOODS[(place + shelf * 2 + number) % len(_GOODS)]
                at = left + 20 + place * 43
                draw.rounded_rectangle((at, base - 55, at + 30, base), 6, fill=colour)
    draw.rectangle((425, 270, 535, 520), fill=_WOOD)
    draw.rectangle((440, 290, 520, 400), fill=_GLASS)
    draw.ellipse((515, 425, 527, 437), fill="#d4a017")
    out = BytesIO()
    image.save(out, "JPEG", quality=80)
    return out.getvalue()
