"""Sums as papers write them beside the figure: thirty-five million is *Ba mươi lăm triệu đồng*.

Papers are Vietnamese whatever language the screen has.
"""

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_GROUPS = ("", "nghìn", "triệu")
_BILLION = 1_000_000_000
#: Digits that sound otherwise after tens: after ten itself only the five does.
_AFTER_TEN = {5: "lăm"}
_AFTER_TENS = {1: "mốt", 4: "tư", 5: "lăm"}


def in_words(amount: int) -> str:
    """Whole đồng in words, with the unit: not negative."""
    if amount < 0:
        raise ValueError(f"a sum below nothing: {amount}")
    words = " ".join(_read(amount)) or _DIGITS[0]
    return f"{words[0].upper()}{words[1:]} đồng"


def _read(number: int, *, goes_on: bool = False) -> list[str]:
    """A number with its billions, which may be thousands themselves; `goes_on`: more stands before
    it, so zeros are read."""
    above, rest = divmod(number, _BILLION)
    told = [*_read(above, goes_on=goes_on), "tỷ"] if above else []
    groups = [rest // 1000**power % 1000 for power in (2, 1, 0)]
    goes_on = goes_on or bool(above)
    for group, power in zip(groups, (2, 1, 0), strict=True):
        if group:
            told += [*_hundreds(group, whole=goes_on), *([_GROUPS[power]] if power else [])]
            goes_on = True
    return told


def _hundreds(group: int, *, whole: bool) -> list[str]:
    """Three digits; `whole`: the zeros before the first of them are read."""
    hundreds, tens, ones = group // 100, group // 10 % 10, group % 10
    told = [_DIGITS[hundreds], "trăm"] if hundreds or whole else []
    if tens == 1:
        told.append("mười")
    elif tens:
        told += [_DIGITS[tens], "mươi"]
    elif ones and told:
        told.append("lẻ")
    if ones:
        sound = _AFTER_TENS if tens > 1 else _AFTER_TEN if tens else {}
        told.append(sound.get(ones, _DIGITS[ones]))
    return told
