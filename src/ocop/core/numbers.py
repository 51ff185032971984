"""Numbers, shares and dates: rounded as the offices round, written as people read them.

Vietnamese writes 1.657 and 82,9 %; English 1,657 and 82.9%. Dates are dd/mm/yyyy in both: an
officer who switches the language must not have to guess which number is the month.
"""

import re
from datetime import date
from decimal import Decimal, localcontext
from fractions import Fraction

from ocop.core import language

Number = int | Decimal | Fraction | float


def half_up(value: Number, places: int) -> Decimal:
    """`value` rounded to `places` decimals, halves away from zero, as 2.5 becomes 3.

    A float counts as the decimal it prints, so 2.675 gives 2.68. Fractions are rounded once,
    from their exact value. Infinity and NaN raise ValueError.
    """
    exact = _exact(value)
    scaled = abs(exact) * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    with localcontext() as context:
        context.prec = max(28, len(str(whole)) + 1)
        return Decimal(-whole if exact < 0 else whole).scaleb(-places)


def share_percent(part: Number, whole: Number) -> Decimal:
    """`part` of `whole` in percent with one decimal: 1657 of 2000 is 82.9.

    A share of nothing has no value: ZeroDivisionError, so a caller says what to show instead.
    """
    return half_up(_exact(part) * 100 / _exact(whole), 1)


def write_number(value: Number, places: int | None = None) -> str:
    """The number in the active language: 1.657 or 1,657; 2,5 or 2.5.

    With `places`, rounded half up to exactly that many decimals; without, as many decimals as it
    has (a fraction: at most four), trailing zeros dropped.
    """
    if places is not None:
        return _write(half_up(value, places))
    if isinstance(value, Fraction):
        value = half_up(value, 4)
    text = format(value if isinstance(value, int) else Decimal(str(value)), "f")
    return _write(Decimal(text.rstrip("0").rstrip(".") if "." in text else text))


def read_number(text: str) -> Decimal:
    """The number that somebody typed in the active language: `1.657` is a thousand and more in
    Vietnamese, `1,657` in English; a space groups, too.

    The mark that groups is taken for a decimal point where it cannot group: `82.9`, `0.125`.
    ValueError: anything else.
    """
    group, point = (",", ".") if language.active() == "en" else (".", ",")
    plain = "".join(text.split()).replace("\u2212", "-")
    if re.fullmatch(rf"-?[1-9]\d{{0,2}}(\{group}\d{{3}})+(\{point}\d+)?", plain, re.ASCII):
        plain = plain.replace(group, "")
    elif not re.fullmatch(rf"-?\d+([{group}{point}]\d+)?", plain, re.ASCII):
        raise ValueError(f"not a number: {text}")
    return Decimal(plain.replace(",", "."))


def read_whole(text: str) -> int:
    """The whole number that somebody typed: `1657`, `1 657`, and `1.657` in Vietnamese or `1,657`
    in English.

    The decimal sign of the language groups only where it stands twice (`1,200,000`): once, nobody
    can tell a thousand from one. ValueError: that, and anything else.
    """
    point = "." if language.active() == "en" else ","
    plain = text.strip()
    grouped = re.fullmatch(r"-?[1-9]\d{0,2}(?:([.,\s])\d{3})(?:\1\d{3})*", _bare(plain), re.ASCII)
    if grouped and (grouped[1] != point or plain.count(point) > 1):
        return int(re.sub(r"[.,\s]", "", _bare(plain)))
    if not re.fullmatch(r"-?\d+", _bare(plain), re.ASCII):
        raise ValueError(f"not a whole number: {text}")
    return int(_bare(plain))


def _bare(text: str) -> str:
    """Minus as arithmetic has it, and one kind of space."""
    return re.sub(r"\s", " ", text).replace("\u2212", "-")


def write_percent(value: Number) -> str:
    """A percentage with the decimals it came with: `82,9 %`, `100,0 %`, `75 %`; English `82.9%`."""
    number = half_up(value, 1) if isinstance(value, Fraction) else Decimal(str(value))
    return _write(number) + ("%" if language.active() == "en" else " %")


def write_date(day: date) -> str:
    """A day as `23/11/2026`, in either language."""
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def _exact(value: Number) -> Fraction:
    number = Decimal(repr(value)) if isinstance(value, float) else value
    if isinstance(number, Decimal) and not number.is_finite():
        raise ValueError(f"not a number to round: {value}")
    return Fraction(number)


def _write(number: Decimal) -> str:
    """Grouped by thousands. Minus is the typographic sign, which no line break takes apart."""
    if not number.is_finite():
        raise ValueError(f"not a number to write: {number}")
    text = f"{number:,f}".replace("-", "\u2212")
    if set(text) <= set("\u22120.,"):
        text = text.replace("\u2212", "")  # no minus before a zero
    return text if language.active() == "en" else text.translate(_VIETNAMESE)


_VIETNAMESE = str.maketrans(",.", ".,")


def together(text: str) -> str:
    """A text in which no line ends between a number and its percent sign."""
    return re.sub(r"(?<=\d) %", "\N{NO-BREAK SPACE}%", text)
