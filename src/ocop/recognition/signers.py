"""Who signed: the name of an authority read wholly, on a day, or not at all.

Art. 5 and 8 of Decision 26/2026/QĐ-TTg name who decides on a star: the chair of the province, the
minister; until 30/06/2025 a district's committee, too (148/QĐ-TTg). So a name is read as the body
itself: the People's Committee or its chair (or who signs in the chair's place, Art. 13 of Decree
30/2020/NĐ-CP) of one province or district of that day, or the Ministry of agriculture by its name
of that day. With a word left over, before or after it, it is somebody else, whom nobody here knows:
an office, a department, a council, an association, a commune.
"""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache

from ocop.core import folding
from ocop.core.refusals import Refused
from ocop.places import gazetteer
from ocop.places.eras import BEGINNING
from ocop.places.gazetteer import Entry
from ocop.places.spelling import syllables, without_marks
from ocop.products import codes
from ocop.recognition.authority import DISTRICTS_GONE, Level

#: Resolution 176/2025/QH15: the ministry of agriculture took in that of the environment.
MINISTRIES_JOINED = date(2025, 3, 1)
#: Resolution 175/2024/QH15: Thừa Thiên Huế became a city of the level of a province. The packaged
#: lists have one row for both.
_HUE, _HUE_BEFORE, _HUE_CITY = "46", "Tỉnh Thừa Thiên Huế", date(2025, 1, 1)


@dataclass(frozen=True, slots=True)
class Signer:
    """A body that decides on stars. `name` tells it from others of its level on any day: the own
    name of a province, that of a district with its kind, without marks; `province` is where a
    district lies. `title` is how papers call it."""

    level: Level
    name: str
    province: str = ""
    title: str = field(default="", compare=False)

    @property
    def key(self) -> str:
        """One text for each body, however its name is written."""
        return ":".join((self.level, self.province, self.name))


JOINED = Signer(Level.CENTRE, "nong nghiep va moi truong", title="Bộ Nông nghiệp và Môi trường")
APART = Signer(
    Level.CENTRE,
    "nong nghiep va phat trien nong thon",
    title="Bộ Nông nghiệp và Phát triển nông thôn",
)

#: What stands for whole words. A single letter needs its full stop.
_SHORT = tuple(
    (re.compile(short), whole)
    for short, whole in (
        (r"\btp\.?\s?(?=hcm\b|hn\b)|\bt[./]\s?p\b\.?|\btp\b\.?", "thành phố "),
        (r"\bt\.\s?x\b\.?|\btx\b\.?", "thị xã "),
        (r"\bt\.", "tỉnh "),
        (r"\bh\.", "huyện "),
        (r"\bq\.?\s?(?=\d)|\bq\.", "quận "),
        (r"&", " và "),
    )
)
#: On behalf of the committee, in the chair's place. By order (TL.) is somebody else.
_BEHALF = re.compile(r"^(?:t[./]?m|k[./]?t)\b[.\s]\s*")
#: Letters, figures and what stands between the words of a name; whatever else is no name.
_PLAIN = re.compile(r"[\w\s.,'’\-–]*")
_MINISTRIES = {
    JOINED: (
        "bộ nông nghiệp và môi trường", "bộ nông nghiệp và mt", "bộ nn và mt", "bộ nn mt",
        "bộ nnmt", "bộ nông nghiệp",
    ),
    APART: (
        "bộ nông nghiệp và phát triển nông thôn", "bộ nông nghiệp và ptnt", "bộ nn và ptnt",
        "bộ nn ptnt", "bộ nnptnt", "bộ nông nghiệp",
    ),
}  # fmt: skip
_COMMITTEES = ("ủy ban nhân dân", "ubnd")
_CHAIRS = ("chủ tịch", "phó chủ tịch")
_MINISTERS = ("bộ trưởng", "thứ trưởng")
_PROVINCES = ("tỉnh", "thành phố", "thủ đô")
_DISTRICTS = ("thị xã", "thành phố", "huyện", "quận")
_CAPITAL = "ha noi"
#: How provinces are written beside the lists' way.
_WRITTEN = {
    "ho chi minh": ("HCM",),
    "ha noi": ("HN",),
    "thua thien hue": ("Thừa Thiên - Huế", "TT Huế"),
    "ba ria vung tau": ("BRVT", "BR VT"),
    "dak lak": ("Đăk Lăk", "Đắc Lắc", "Đắk Lăk", "Đăk Lắk"),
    "dak nong": ("Đăk Nông", "Đắc Nông"),
    "bac kan": ("Bắc Cạn",),
    "kon tum": ("Kontum", "Công Tum"),
}
_COMMITTEES_NUMBER = re.compile(r"(?:(?:CT-?)?UB(?:ND)?|CT)(?:-[A-ZĐ0-9]+)*")
_MINISTRYS_NUMBER = {
    JOINED: re.compile(r"BNN(?:MT)?(?:-[A-ZĐ0-9]+)*"),
    APART: re.compile(r"BNN(?:PTNT)?(?:-[A-ZĐ0-9]+)*"),
}

Words = tuple[str, ...]


@lru_cache(maxsize=4_000)  # a register names the same few in row after row
def read(
    text: str, on: date, *, within: frozenset[str] = frozenset(), also: str = ""
) -> Signer | None:
    """Who a name means on a day; None where it means nobody who ever decides on a star.

    `within`: the provinces (`Signer.name`) where a district lies that is named without one.
    `also`: a province's whole name that the packaged lists do not have (a later change).
    """
    lower = folding.clean(text).lower()
    lower = _BEHALF.sub("", lower)
    for short, whole in _SHORT:
        lower = short.sub(whole, lower)
    if not _PLAIN.fullmatch(lower):
        return None
    words = tuple(syllables(lower))
    for rest in _after(words, ("", *_MINISTERS)):
        if ministry_named := _ministry(rest, on):
            return ministry_named
    found: set[Signer] = set()
    for title in _after(words, ("", *_CHAIRS)):
        for place in _after(title, _COMMITTEES):
            found.update(_provinces(place, on, also))
            found.update(_districts(place, on, within, also))
    return found.pop() if len(found) == 1 else None


def bears(signer: Signer, number: str) -> bool:
    """Whether a decision of this body bears such a number: its own letters, maybe a division's
    behind them."""
    body = _letters(number)
    return (
        bool(body) and _MINISTRYS_NUMBER.get(signer, _COMMITTEES_NUMBER).fullmatch(body) is not None
    )


def is_anothers(signer: Signer, number: str) -> bool:
    """Whether a number tells that another body decided; one that cannot be read tells nothing."""
    return bool(_letters(number)) and not bears(signer, number)


def _letters(number: str) -> str:
    try:
        return codes.parse_decision_number(number).body
    except Refused:
        return ""


def serial_of(signer: Signer, number: str) -> str:
    """The place of a decision in the book of its body: an office counts all its decisions of a year
    in one series (Decree 30/2020/NĐ-CP, Art. 15), whichever of its letters stand behind the number.
    A number with a year makes law and is counted apart. Empty: no number of this body."""
    if not bears(signer, number):
        return ""
    found = codes.parse_decision_number(number)
    return f"{found.number}/{found.year}" if found.year else found.number


def ministry(on: date) -> Signer:
    """The ministry that decides on five stars on a day."""
    return JOINED if on >= MINISTRIES_JOINED else APART


def province_named(whole_name: str) -> Signer:
    """The committee of a province by the province's name with its kind."""
    bare = _bare(_without_kind(whole_name, _PROVINCES))
    return Signer(Level.PROVINCE, bare, title=_committee(whole_name))


def district_named(whole_name: str, province: str) -> Signer:
    """The committee of a district by its name with its kind, and its province's."""
    above = province_named(province).name
    return Signer(Level.DISTRICT, _bare(whole_name), above, _committee(whole_name))


def of_entry(entry: Entry, on: date) -> Signer:
    """The committee of a province or district of the packaged lists."""
    if entry.parent is None:
        return province_named(_name_on(entry, on))
    return district_named(entry.name, _name_on(entry.parent, on))


def provinces_of(code: str, on: date) -> frozenset[Signer]:
    """The committees of a day in what is a province (a code of today) since."""
    return _provinces_of(code, _era(on))


def districts_of(provinces: Collection[str], on: date) -> frozenset[Signer]:
    """The committees of the districts of provinces (`Signer.name`) on a day."""
    known = _tables(_era(on)).districts.values()
    return frozenset(each for found in known for each in found if each.province in provinces)


@cache
def _provinces_of(code: str, on: date) -> frozenset[Signer]:
    units = gazetteer.load()
    return frozenset(
        of_entry(entry, on)
        for entry in units.entries
        if entry.level == "province"
        and entry.holds_on(on)
        and any(now.entry.code == code for now in units.follow(entry, date.max))
    )


def _ministry(words: Words, on: date) -> Signer | None:
    named = ministry(on)
    return named if () in _after(words, _MINISTRIES[named]) else None


def _provinces(words: Words, on: date, also: str) -> Iterator[Signer]:
    """A province that the words name, wholly."""
    table = _tables(_era(on))
    for kind in ("", *_PROVINCES):
        for name in _after(words, (kind,)):
            written = "".join(name)
            known = set(table.provinces.get(written, ()))
            if also and written in _forms(_without_kind(also, _PROVINCES)):
                known.add((_kind_of(also, _PROVINCES), province_named(also)))
            for own_kind, signer in known:
                alone = not kind and (Level.DISTRICT, signer.name) not in table.cities
                capital = kind == "thủ đô" and signer.name == _CAPITAL
                if kind == own_kind or alone or capital:
                    yield signer


def _districts(words: Words, on: date, within: frozenset[str], also: str) -> Iterator[Signer]:
    """A district that the words name, wholly, alone or with its province behind it."""
    if on >= DISTRICTS_GONE:
        return
    table = _tables(_era(on))
    for kind in _DISTRICTS:
        for named in _after(words, (kind,)):
            for end in range(1, len(named) + 1):
                known = table.districts.get((kind, "".join(named[:end])), ())
                if end < len(named):
                    above = {each.name for each in _provinces(named[end:], on, also)}
                    yield from (each for each in known if each.province in above)
                else:
                    here = [each for each in known if each.province in within]
                    yield from here or known


def _after(words: Words, phrases: Collection[str]) -> list[Words]:
    """What is left of the words behind each of the phrases that they begin with."""
    rests = []
    for phrase in phrases:
        start = syllables(phrase)
        given = words[: len(start)]
        if len(given) == len(start) and all(map(_same, given, start)):
            rests.append(words[len(start) :])
    return rests


def _same(given: str, word: str) -> bool:
    """The word as it is spelled, or wholly without marks."""
    return given in (word, without_marks(word))


@dataclass(frozen=True, slots=True)
class _Tables:
    """The names of provinces and districts of one era, every way they are written."""

    provinces: dict[str, list[tuple[str, Signer]]]
    districts: dict[tuple[str, str], list[Signer]]
    cities: frozenset[tuple[Level, str]]  # districts that bear their province's name


@cache
def _tables(on: date) -> _Tables:
    provinces: dict[str, list[tuple[str, Signer]]] = {}
    districts: dict[tuple[str, str], list[Signer]] = {}
    cities = set()
    for entry in gazetteer.load().entries:
        if not entry.holds_on(on) or entry.level not in ("province", "district"):
            continue
        signer = of_entry(entry, on)
        if entry.level == "province":
            whole = _name_on(entry, on)
            pair = (_kind_of(whole, _PROVINCES), signer)
            bare = _without_kind(whole, _PROVINCES)
            for form in _forms(bare, *_WRITTEN.get(signer.name, ())):
                provinces.setdefault(form, []).append(pair)
            continue
        kind = _kind_of(entry.name, _DISTRICTS)
        for form in _forms(entry.bare):
            districts.setdefault((kind, form), []).append(signer)
        if _bare(entry.bare) == signer.province:
            cities.add((Level.DISTRICT, signer.province))
    return _Tables(provinces, districts, frozenset(cities))


def changes() -> list[date]:
    """The days on which names of provinces, of districts and of the ministry changed."""
    return sorted({*_starts(), MINISTRIES_JOINED} - {BEGINNING})


@cache
def _starts() -> list[date]:
    """The first days of the eras of provinces and districts."""
    days = {e.valid_from for e in gazetteer.load().entries if e.level in ("province", "district")}
    return sorted(days | {BEGINNING, _HUE_CITY})


def _era(on: date) -> date:
    """The first day of the era in which a day lies."""
    days = _starts()
    return days[max(bisect_right(days, on) - 1, 0)]


def _name_on(entry: Entry, on: date) -> str:
    return _HUE_BEFORE if entry.code == _HUE and on < _HUE_CITY else entry.name


def _forms(*names: str) -> set[str]:
    """The ways a name is compared: as spelled, and wholly without marks, spaces aside."""
    spelled = [syllables(name) for name in names]
    marked = {"".join(each) for each in spelled}
    return marked | {"".join(map(without_marks, each)) for each in spelled}


def _committee(whole_name: str) -> str:
    return f"Ủy ban nhân dân {whole_name[:1].lower()}{whole_name[1:]}"


def _bare(name: str) -> str:
    return " ".join(map(without_marks, syllables(name)))


def _kind_of(name: str, kinds: Sequence[str]) -> str:
    lower = name.lower()
    return next((kind for kind in kinds if lower.startswith(f"{kind} ")), "")


def _without_kind(name: str, kinds: Sequence[str]) -> str:
    kind = _kind_of(name, kinds)
    return name[len(kind) + 1 :] if kind else name
