"""Reading an address against the units of one era."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from ocop.places.gazetteer import Entry
from ocop.places.index import Index
from ocop.places.spelling import same_spelling, without_marks

#: Words that announce a unit, by level: as written in full, without marks, and abbreviated.
_KIND_WORDS: dict[str, dict[str, str]] = {
    "province": {
        "tỉnh": "tỉnh", "tinh": "tỉnh", "t": "tỉnh", "thành phố": "thành phố",
        "thanh pho": "thành phố", "tp": "thành phố", "thủ đô": "thành phố", "thu do": "thành phố",
    },
    "district": {
        "huyện": "huyện", "huyen": "huyện", "h": "huyện", "quận": "quận", "quan": "quận",
        "q": "quận", "thị xã": "thị xã", "thi xa": "thị xã", "tx": "thị xã",
        "thành phố": "thành phố", "thanh pho": "thành phố", "tp": "thành phố",
    },
    "commune": {
        "xã": "xã", "xa": "xã", "x": "xã", "phường": "phường", "phuong": "phường", "p": "phường",
        "thị trấn": "thị trấn", "thi tran": "thị trấn", "tt": "thị trấn",
        "đặc khu": "đặc khu", "dac khu": "đặc khu", "đk": "đặc khu",
    },
}  # fmt: skip
_SPELLED_KINDS = {
    level: {tuple(same_spelling(s) for s in word.split()): kind for word, kind in words.items()}
    for level, words in _KIND_WORDS.items()
}
_ANY_KIND = {word for words in _SPELLED_KINDS.values() for word in words}
#: Words that begin what lies in a commune, without marks.
_BELOW_COMMUNES = frozenset(
    [
        *("thon", "xom", "ban", "buon", "bon", "plei", "lang", "ap", "khom", "khu", "kp", "to"),
        *("tdp", "pho", "duong", "ngo", "ngach", "hem", "so", "sn", "lo", "doi", "cum", "kcn"),
        *("ccn", "cho", "soc", "phum", "quoc", "ql", "dt", "km", "nha", "toa", "tang"),
    ]
)
_COUNTRY = (("viet", "nam"), ("vietnam",), ("vn",))
_AFTER_ADDRESS = re.compile(
    r"[,;.\s(-]*\b(?:đt|đtdđ|sđt|điện thoại|dien thoai|tel|mobile|hotline|mst|email|fax)\b.*$",
    re.IGNORECASE,
)
_GLUED = re.compile(r"\b(tp|tx|tt|[pqhx])\.?\s*(?=\d)", re.IGNORECASE)
_TOKEN = re.compile(r"[^\W_]+|[,;:|()\n/.–—-]")
_HARD = frozenset(",;:|()\n/")


@dataclass(frozen=True, slots=True)
class Reading:
    """What an address says in one era: the possible units, and whether a district was named.

    `start` is the first syllable that was read: the smaller, the more of the address is explained.
    `led` when right before it stands a part that may be a commune no list has, and no hamlet,
    street or number. `exact` when marks and kinds agree; `formal` when the lowest unit stands there
    with its kind and its province is named: the form of an address since districts ended.
    """

    entries: tuple[Entry, ...] = ()
    has_district: bool = False
    start: int = 0
    led: bool = False
    exact: bool = False
    formal: bool = False

    @property
    def names_commune(self) -> bool:
        """Whether it goes down to a commune."""
        return any(entry.level == "commune" for entry in self.entries)


@dataclass(frozen=True, slots=True)
class _Words:
    """The syllables of an address; `hard[i]` and `soft[i]` tell of a break before syllable i.

    `dotted[i]` tells of a full stop behind it: an abbreviation.
    """

    spelled: tuple[str, ...]
    folded: tuple[str, ...]
    hard: tuple[bool, ...]
    soft: tuple[bool, ...]
    dotted: tuple[bool, ...]
    marked: bool

    def taken(self, order: Sequence[int]) -> "_Words":
        """Some of the syllables, in an order of their own."""
        return _Words(
            tuple(self.spelled[i] for i in order),
            tuple(self.folded[i] for i in order),
            tuple(self.hard[i] for i in order),
            tuple(self.soft[i] for i in order),
            tuple(self.dotted[i] for i in order),
            self.marked,
        )


@dataclass(frozen=True, slots=True)
class _Span:
    """A name found in an address: where it starts (with its kind), and the units it may be.

    `exact` when its marks and, where one is written, its kind are the units' own.
    """

    start: int
    entries: tuple[Entry, ...]
    exact: bool
    with_kind: bool
    glued: bool  # no kind and no break before it: the unit below must end right here


@dataclass(frozen=True, slots=True)
class _Parse:
    """One way to read the end of an address."""

    start: int
    entry: Entry
    exact: bool
    has_district: bool
    formal: bool


def read(address: str, index: Index) -> Reading:
    """The units an address may speak of, in the era of the index."""
    words = _words(address)
    parses = _complete(words, index)
    if not parses and any(words.hard[1:]):
        words = _turned(words)
        parses = [p for p in _complete(words, index) if not _skips_province(words, p, index)]
    if not parses:
        return Reading()
    if any(parse.exact for parse in parses):
        parses = [parse for parse in parses if parse.exact]
    kept = [p for p in parses if not any(_says_more(q, p, index) for q in parses)]
    found = {id(parse.entry): parse.entry for parse in kept}
    entries = tuple(sorted(found.values(), key=lambda e: (e.code, e.valid_from)))
    start = min(p.start for p in kept)
    return Reading(
        entries,
        has_district=all(p.has_district for p in kept),
        start=start,
        led=_is_led(words, start),
        exact=kept[0].exact,
        formal=all(p.formal for p in kept),
    )


@lru_cache(maxsize=16)  # one address is read against each era
def _words(address: str) -> _Words:
    text = unicodedata.normalize("NFC", address).lower()
    text = re.sub(r"['’‘`ʼ]", "", _AFTER_ADDRESS.sub("", text))
    text = _GLUED.sub(r"\1 ", text)
    spelled: list[str] = []
    hard: list[bool] = []
    soft: list[bool] = []
    dotted: list[bool] = []
    break_hard = break_soft = True
    for token in _TOKEN.findall(text):
        if not token.isalnum():
            break_hard |= token in _HARD
            break_soft |= token != "."
            if token == "." and dotted:
                dotted[-1] = True
            continue
        spelled.append(same_spelling(token.lstrip("0") or token if token.isdigit() else token))
        hard.append(break_hard)
        soft.append(break_hard or break_soft)
        dotted.append(False)
        break_hard = break_soft = False
    words = _Words(
        tuple(spelled),
        tuple(without_marks(s) for s in spelled),
        tuple(hard),
        tuple(soft),
        tuple(dotted),
        marked=not text.isascii(),
    )
    return words.taken(range(_end(words.folded)))


def _end(folded: tuple[str, ...]) -> int:
    """Where the units of an address end: before a postal code and the country."""
    end = len(folded)
    while end and folded[end - 1].isdigit() and len(folded[end - 1]) in (5, 6):
        end -= 1
    for country in _COUNTRY:
        if folded[:end][-len(country) :] == country:
            end -= len(country)
    return end


def _complete(words: _Words, index: Index) -> list[_Parse]:
    """Readings that leave no announced unit unread: an unknown commune is not its district."""
    return [p for p in _parses(words, index) if not _announces_a_unit(words, p.start)]


def _skips_province(words: _Words, parse: _Parse, index: Index) -> bool:
    """Whether a whole part before the reading is a province: turned round, "Xã Phú Xuyên, Hà Nội"
    would be a commune of that name anywhere."""
    starts = [i for i, hard in enumerate(words.hard[: parse.start]) if hard]
    parts = pairwise([*starts, parse.start])
    return any(words.folded[s:e] in index.names["province"] for s, e in parts)


def _turned(words: _Words) -> _Words:
    """The parts of an address in the opposite order: some write the province first."""
    starts = [i for i, hard in enumerate(words.hard) if hard]
    parts = [range(s, e) for s, e in zip(starts, [*starts[1:], len(words.hard)], strict=True)]
    return words.taken([i for part in reversed(parts) for i in part])


def _parses(words: _Words, index: Index) -> Iterator[_Parse]:
    """Every way to read province, district and commune at the end, any of them left out."""
    end = len(words.folded)
    for province in (*_spans(words, end, "province", index), None):
        after_province = end if province is None else province.start
        districts = _spans(words, after_province, "district", index) if index.has_districts else []
        for district in (*districts, None):
            upper = [span for span in (province, district) if span is not None]
            below = district.start if district is not None else after_province
            communes = [c for c in _spans(words, below, "commune", index) if not c.glued]
            yield from _combined(upper, communes, index)


def _combined(upper: list[_Span], communes: list[_Span], index: Index) -> Iterator[_Parse]:
    levels = {span.entries[0].level for span in upper}
    has_district = "district" in levels
    for commune in communes:
        exact = commune.exact and all(span.exact for span in upper)
        formal = commune.with_kind and "province" in levels
        for entry in commune.entries:
            if _within(entry, upper, index):
                yield _Parse(commune.start, entry, exact, has_district, formal)
    if not upper or upper[-1].glued:
        return
    lowest = upper[-1]
    exact = all(span.exact for span in upper)
    for entry in lowest.entries:
        if _within(entry, upper[:-1], index):
            yield _Parse(lowest.start, entry, exact, has_district, formal=False)


def _within(entry: Entry, upper: list[_Span], index: Index) -> bool:
    """Whether a unit lies in one of the units named for every level above it."""
    above = {id(a) for a in index.above(entry)} if upper else set()
    return all(any(id(e) in above for e in span.entries) for span in upper)


def _spans(words: _Words, end: int, level: str, index: Index) -> list[_Span]:
    """The names of a level that end right before `end`."""
    names = index.names[level]
    found: list[_Span] = []
    if not end:
        return found
    for length in index.lengths.get((level, words.folded[end - 1]), ()):
        start = end - length
        if start < 0 or any(words.hard[start + 1 : end]):
            break
        bearers = names.get(words.folded[start:end])
        if not bearers:
            continue
        matching, exact = bearers.matching(words.spelled[start:end], marked=words.marked)
        for kind_start, kind in _kinds_before(words, start, level):
            alike = tuple(e for e in matching if _is_kind(e, kind))
            span = _Span(kind_start, alike or matching, exact and bool(alike), True, glued=False)
            found.append(span)
        if words.soft[start] or level != "commune":
            glued = not words.soft[start]
            found.append(_Span(start, matching, exact, with_kind=False, glued=glued))
    return found


def _kinds_before(words: _Words, start: int, level: str) -> Iterator[tuple[int, str]]:
    """Where a kind of this level stands right before a name, and which."""
    for length in (1, 2):
        at = start - length
        if at < 0 or words.hard[start]:
            return
        if length == 2 and words.hard[at + 1]:
            return
        kind = _SPELLED_KINDS[level].get(words.spelled[at:start])
        if kind:
            yield at, kind


def _is_kind(entry: Entry, kind: str) -> bool:
    return entry.name.lower().startswith(kind + " ")


def _says_more(one: _Parse, other: _Parse, index: Index) -> bool:
    """Whether a reading explains more of the address than another one.

    It does when it goes on below what the other found, or names all levels where the other takes
    the district's name for a commune's.
    """
    if one.start >= other.start:
        return False
    return one.has_district or any(above is other.entry for above in index.above(one.entry))


def _is_led(words: _Words, start: int) -> bool:
    """Whether the part of the address right before `start` may be the name of a commune."""
    if not start or not words.hard[start]:
        return False
    first = next(at for at in range(start - 1, -1, -1) if words.hard[at])
    part = words.folded[first:start]
    return part[0] not in _BELOW_COMMUNES and not any(word[0].isdigit() for word in part)


def _announces_a_unit(words: _Words, end: int) -> bool:
    """Whether a part of the address before `end` begins with the kind of a unit.

    A single letter counts as one when a full stop follows it.
    """
    for at in range(end):
        if not words.soft[at]:
            continue
        for length in (1, 2):
            last = at + length
            if last < len(words.hard) and not any(words.hard[at + 1 : last + 1]):
                kind = words.spelled[at:last]
                if kind in _ANY_KIND and (len("".join(kind)) > 1 or words.dotted[at]):
                    return True
    return False
