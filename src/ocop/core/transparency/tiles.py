"""The tree as files (C2SP tlog-tiles): 256 hashes or entries a file, named by level and place.

`Tree` grows entry by entry and says which files that makes; `TileNodes` reads hashes of subtrees
back from such files for proofs.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from ocop.core.transparency.merkle import HASH_SIZE, leaf_hash, node_hash, root_of

HEIGHT = 8
WIDTH = 1 << HEIGHT
ENTRIES = "entries"  # where a level stands: the bundles of entries
LONGEST_ENTRY = 0xFFFF  # its length is told in two bytes
_PATH = re.compile(
    r"tile/(?:entries|[0-9]|[1-5][0-9]|6[0-3])/(?:x[0-9]{3}/)*[0-9]{3}"
    r"(?P<partial>\.p/(?:[1-9]|[1-9][0-9]|1[0-9]{2}|2[0-4][0-9]|25[0-5]))?"
)
File = tuple[str, bytes]  # its path below the prefix of the log, and its content
Read = Callable[[str], bytes]


def tile_path(level: int | str, index: int, width: int = WIDTH) -> str:
    """The path of a tile or, with the level `ENTRIES`, of a bundle."""
    digits = f"{index:03d}"
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    groups = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    place = "/".join([*(f"x{group}" for group in groups[:-1]), groups[-1]])
    return f"tile/{level}/{place}" + ("" if width == WIDTH else f".p/{width}")


def is_tile_path(path: str) -> bool:
    """Whether a path has the form of a tile or bundle, so that nothing else is looked for."""
    return _PATH.fullmatch(path) is not None


def is_partial(path: str) -> bool:
    """Whether a path of a tile or bundle names one that was not full."""
    return (found := _PATH.fullmatch(path)) is not None and found["partial"] is not None


def bundle(entries: Sequence[bytes]) -> bytes:
    """Entries as a bundle tells them. ValueError: one that is too long."""
    if any(len(entry) > LONGEST_ENTRY for entry in entries):
        raise ValueError("an entry holds at most 65,535 bytes")
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)


def unbundle(content: bytes) -> list[bytes]:
    """The entries of a bundle. ValueError: it ends in the middle of one."""
    entries, at = [], 0
    while at < len(content):
        start = at + 2
        at = start + int.from_bytes(content[at:start], "big")
        if start > len(content) or at > len(content):
            raise ValueError("the bundle ends in the middle of an entry")
        entries.append(content[start:at])
    return entries


def hashes_of(tile: bytes) -> list[bytes]:
    """The hashes of a tile. ValueError: it ends in the middle of one."""
    if len(tile) % HASH_SIZE:
        raise ValueError("the tile ends in the middle of a hash")
    return [tile[at : at + HASH_SIZE] for at in range(0, len(tile), HASH_SIZE)]


class Tree:
    """A tree that grows at its right edge; it holds no more than the tiles that are not full."""

    def __init__(self) -> None:
        self.size = 0
        self._levels: list[list[bytes]] = [[]]
        self._entries: list[bytes] = []

    @classmethod
    def load(cls, size: int, read: Read) -> "Tree":
        """The tree of a size, from its files. ValueError: a file does not hold what it must."""
        tree = cls()
        tree.size = size
        tree._levels = []
        for level, index, width in _edge(size):
            tile = hashes_of(read(tile_path(level, index, width))) if width else []
            tree._levels.append(_expect(tile, width))
        index, width = divmod(size, WIDTH)
        if width:
            tree._entries = _expect(unbundle(read(tile_path(ENTRIES, index, width))), width)
        return tree

    @property
    def root(self) -> bytes:
        """The root over all entries."""
        right: list[bytes] = []
        for hashes in self._levels:
            row = hashes + right
            right = [root_of(row)] if row else []
        return right[0] if right else root_of([])

    def add(self, entry: bytes) -> Iterator[File]:
        """Append an entry; the files that became full by it. Go through them to the end."""
        self._entries.append(entry)
        hashed = leaf_hash(entry)
        self.size += 1
        if len(self._entries) == WIDTH:
            yield tile_path(ENTRIES, self.size // WIDTH - 1), bundle(self._entries)
            self._entries = []
        level = 0
        while True:
            hashes = self._levels[level]
            hashes.append(hashed)
            if len(hashes) < WIDTH:
                return
            hashed = root_of(hashes)
            yield tile_path(level, (self.size >> HEIGHT * (level + 1)) - 1), b"".join(hashes)
            hashes.clear()
            level += 1
            if level == len(self._levels):
                self._levels.append([])

    def partial(self) -> Iterator[File]:
        """The files of this size that are not full."""
        if self._entries:
            width = len(self._entries)
            yield tile_path(ENTRIES, self.size // WIDTH, width), bundle(self._entries)
        for level, index, width in _edge(self.size):
            if width:
                yield tile_path(level, index, width), b"".join(self._levels[level])


class TileNodes:
    """The hashes of complete subtrees of a tree of a size, read from its tiles; each is read once.

    It is what `merkle.inclusion_path` and `consistency_path` ask. `read` raises FileNotFoundError
    for a file that is not there.
    """

    def __init__(self, size: int, read: Read) -> None:
        self._size, self._read = size, read
        self._tiles: dict[str, list[bytes]] = {}

    def __call__(self, level: int, index: int) -> bytes:
        tall, rest = divmod(level, HEIGHT)
        first = index << rest
        tile, place = divmod(first, WIDTH)
        hashes = self._tile(tall, tile)[place : place + (1 << rest)]
        while len(hashes) > 1:
            hashes = [node_hash(hashes[at], hashes[at + 1]) for at in range(0, len(hashes) - 1, 2)]
        return hashes[0]

    def _tile(self, level: int, index: int) -> list[bytes]:
        width = min(WIDTH, (self._size >> HEIGHT * level) - index * WIDTH)
        path = tile_path(level, index, width)
        if path not in self._tiles:
            try:
                found = hashes_of(self._read(path))
            except FileNotFoundError:  # full by now: it begins with the same hashes
                found = hashes_of(self._read(tile_path(level, index)))[:width]
            self._tiles[path] = _expect(found, width)
        return self._tiles[path]


def partial_paths(size: int) -> list[str]:
    """The files of a tree of a size that are not full."""
    index, width = divmod(size, WIDTH)
    paths = [tile_path(ENTRIES, index, width)] if width else []
    return paths + [tile_path(level, at, wide) for level, at, wide in _edge(size) if wide]


def _edge(size: int) -> Iterator[tuple[int, int, int]]:
    """Level, index and width of the tiles at the right edge; a width of 0 where all are full."""
    level = 0
    while level == 0 or size >> HEIGHT * level:
        index, width = divmod(size >> HEIGHT * level, WIDTH)
        yield level, index, width
        level += 1


def _expect(found: list[bytes], width: int) -> list[bytes]:
    if len(found) != width:
        raise ValueError(f"a file holds {len(found)} instead of {width}")
    return found
