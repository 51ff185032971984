"""Reading an address against the units of one era."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from ocop.places.gazetteer import Entry
from ocop.places.index import Index, kind_written
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
_STREET = same_spelling("phố")
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
    with its kind and its province is named: the form of an address since districts ended. `street`
    when what was read as a commune may be a street: "phố Huế" is both in one district.
    """

    entries: tuple[Entry, ...] = ()
    has_district: bool = False
    start: int = 0
    led: bool = False
    exact: bool = False
    formal: bool = False
    street: bool = False

    @property
    def names_commune(self) -> bool:
        """Whether it goes down to a commune."""
        return any(entry.level == "commune" for entry in self.entries)


class _Words:
    """The syllables of an address; `hard[i]` and `soft[i]` tell of a break before syllable i.

    `dotted[i]` tells of a full stop behind it: an abbreviation. `part[i]` is where the part between
    two hard breaks begins that the syllable stands in, `announced` the first syllable that begins
    a soft part with the kind of a unit.
    """

    def __init__(
        self,
        spelled: Sequence[str],
        hard: Sequence[bool],
        soft: Sequence[bool],
        dotted: Sequence[bool],
        *,
        marked: bool,
    ) -> None:
        self.spelled = tuple(spelled)
        self.folded = tuple(map(without_marks, spelled))
        self.hard, self.soft, self.dotted = hard, soft, dotted
        self.marked = marked
        self.part: list[int] = []
        for at, begins in enumerate(hard):
            self.part.append(at if begins or not at else self.part[-1])
        self.announced = next(filter(self._announces_a_unit, range(len(hard))), len(hard))

    def taken(self, order: Sequence[int]) -> "_Words":
        """Some of the syllables, in an order of their own."""
        return _Words(
            [self.spelled[i] for i in order],
            [self.hard[i] for i in order],
            [self.soft[i] for i in order],
            [self.dotted[i] for i in order],
            marked=self.marked,
        )

    def _announces_a_unit(self, at: int) -> bool:
        """Whether a part of the address begins here with the kind of a unit.

        A single letter counts as one when a full stop follows it.
        """
        if not self.soft[at]:
            return False
        for last in (at + 1, at + 2):
            if last < len(self.hard) and self.part[last] <= at:
                kind = self.spelled[at:last]
                if kind in _ANY_KIND and (len("".join(kind)) > 1 or self.dotted[at]):
                    return True
        return False


@dataclass(frozen=True, slots=True)
class _Span:
    """A name found in an address: where it starts (with its kind), and the units it may be.

    `exact` when its marks and, where one is written, its kind are the units' own. `street` when it
    begins as the name of a street does, and no kind says that it is none.
    """

    start: int
    entries: tuple[Entry, ...]
    exact: bool
    with_kind: bool
    glued: bool  # no kind and no break before it: the unit below must end right here
    street: bool = False


@dataclass(frozen=True, slots=True)
class _Parse:
    """One way to read the end of an address."""

    start: int
    entry: Entry
    exact: bool
    has_district: bool
    formal: bool
    street: bool = False


def read(address: str, index: Index) -> Reading:
    """The units an address may speak of, in the era of the index."""
    words = _words(address)
    parses = _complete(words, index)
    if not parses and _may_be_turned(words, index):
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
        street=any(p.street for p in kept),
    )


def may_name(address: str, index: Index) -> bool:
    """Whether any syllables of an address are the name of a unit of the index."""
    folded = _words(address).folded
    return any(
        folded[end - length : end] in index.names[level]
        for level, lengths in index.lengths.items()
        for end, last in enumerate(folded, 1)
        for length in lengths.get(last, ())
        if length <= end
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
    end = _end(list(map(without_marks, spelled)))
    return _Words(spelled[:end], hard[:end], soft[:end], dotted[:end], marked=not text.isascii())


def _end(folded: list[str]) -> int:
    """Where the units of an address end: before a postal code and the country."""
    end = len(folded)
    while end and folded[end - 1].isdigit() and len(folded[end - 1]) in (5, 6):
        end -= 1
    for country in _COUNTRY:
        if tuple(folded[:end][-len(country) :]) == country:
            end -= len(country)
    return end


def _complete(words: _Words, index: Index) -> list[_Parse]:
    """Readings that leave no announced unit unread: an unknown commune is not its district."""
    return [p for p in _parses(words, index) if p.start <= words.announced]


def _skips_province(words: _Words, parse: _Parse, index: Index) -> bool:
    """Whether a whole part before the reading is a province: turned round, "Xã Phú Xuyên, Hà Nội"
    would be a commune of that name anywhere."""
    starts = [i for i, hard in enumerate(words.hard[: parse.start]) if hard]
    parts = pairwise([*starts, parse.start])
    return any(words.folded[s:e] in index.names["province"] for s, e in parts)


def _may_be_turned(words: _Words, index: Index) -> bool:
    """Whether there are several parts and the first one ends as a name does."""
    first = words.part.count(0)
    if first == len(words.part):
        return False
    return any(words.folded[first - 1] in lengths for lengths in index.lengths.values())


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
            lowest = district or province
            below = lowest.start if lowest is not None else end
            communes = _spans(words, below, "commune", index)
            if communes or (lowest is not None and not lowest.glued):
                yield from _combined(province, district, communes, index)


def _combined(
    province: _Span | None, district: _Span | None, communes: list[_Span], index: Index
) -> Iterator[_Parse]:
    upper = [span for span in (province, district) if span is not None]
    has_district = district is not None
    all_exact = all(span.exact for span in upper)
    for commune in communes:
        exact = commune.exact and all_exact
        formal = commune.with_kind and province is not None
        for entry in commune.entries:
            if _within(entry, upper, index):
                yield _Parse(commune.start, entry, exact, has_district, formal, commune.street)
    if not upper or upper[-1].glued:
        return
    lowest = upper[-1]
    for entry in lowest.entries:
        if _within(entry, upper[:-1], index):
            yield _Parse(lowest.start, entry, all_exact, has_district, formal=False)


def _within(entry: Entry, upper: list[_Span], index: Index) -> bool:
    """Whether a unit lies in one of the units named for every level above it."""
    if not upper:
        return True
    above = index.all_above(entry)
    return all(not above.isdisjoint(span.entries) for span in upper)


def _spans(words: _Words, end: int, level: str, index: Index) -> list[_Span]:
    """The names of a level that end right before `end`."""
    found: list[_Span] = []
    if not end:
        return found
    lengths = index.lengths[level].get(words.folded[end - 1])
    if lengths is None:
        return found
    names, part = index.names[level], words.part[end - 1]
    for length in lengths:
        start = end - length
        if start < part:
            break
        bearers = names.get(words.folded[start:end])
        if not bearers:
            continue
        matching, exact = bearers.matching(words.spelled[start:end], marked=words.marked)
        for kind_start, kind in _kinds_before(words, start, level):
            alike = tuple([e for e in matching if kind_written(e) == kind])
            span = _Span(kind_start, alike or matching, exact and bool(alike), True, glued=False)
            found.append(span)
        if words.soft[start] or level != "commune":
            glued = not words.soft[start]
            street = level == "commune" and _begins_a_street(words, start)
            found.append(_Span(start, matching, exact, False, glued, street))
    return found


def _begins_a_street(words: _Words, start: int) -> bool:
    """Whether the word for a street stands here: it is a part of the names of some communes."""
    return words.spelled[start] == _STREET if words.marked else words.folded[start] == "pho"


def _kinds_before(words: _Words, start: int, level: str) -> list[tuple[int, str]]:
    """Where a kind of this level stands right before a name, and which."""
    if not start or words.hard[start]:
        return []
    kinds, part = _SPELLED_KINDS[level], words.part[start]
    places = [at for at in (start - 1, start - 2) if at >= part]
    return [(at, kind) for at in places if (kind := kinds.get(words.spelled[at:start]))]


def _says_more(one: _Parse, other: _Parse, index: Index) -> bool:
    """Whether a reading explains more of the address than another one.

    It does when it goes on below what the other found, or names all levels where the other takes
    the district's name for a commune's. What may be a street says nothing of the commune.
    """
    if one.start >= other.start or one.street:
        return False
    return one.has_district or any(above is other.entry for above in index.above(one.entry))


def _is_led(words: _Words, start: int) -> bool:
    """Whether the part of the address right before `start` may be the name of a commune."""
    if not start or not words.hard[start]:
        return False
    first = next(at for at in range(start - 1, -1, -1) if words.hard[at])
    part = words.folded[first:start]
    return part[0] not in _BELOW_COMMUNES and not any(word[0].isdigit() for word in part)
