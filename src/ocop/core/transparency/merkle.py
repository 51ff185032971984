"""Merkle trees as RFC 9162, section 2.1, defines them, with SHA-256: hashes, proofs, verification.

Proofs are made from hashes of complete subtrees that are stored somewhere (`Nodes`), never from the
entries: the proof for one of a million entries reads a few dozen hashes.
"""

from collections.abc import Callable, Sequence
from hashlib import sha256

HASH_SIZE = 32
#: The hash of a tree without entries.
EMPTY = sha256(b"").digest()
#: The hash of the complete subtree over entries [index * 2**level, (index + 1) * 2**level).
Nodes = Callable[[int, int], bytes]


class Unproven(Exception):
    """A proof does not prove what it should; says why."""


def leaf_hash(entry: bytes) -> bytes:
    """The hash of an entry."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two subtrees side by side."""
    return sha256(b"\x01" + left + right).digest()


def root_of(hashes: Sequence[bytes]) -> bytes:
    """The root over subtrees of one size, in order; only the last may be an incomplete one.

    Leaf hashes are such subtrees, so this is also the root of a tree given its leaves.
    """
    if not hashes:
        return EMPTY
    row = list(hashes)
    while len(row) > 1:
        paired = [node_hash(row[at], row[at + 1]) for at in range(0, len(row) - 1, 2)]
        row = paired + row[len(paired) * 2 :]
    return row[0]


def range_hash(begin: int, end: int, nodes: Nodes) -> bytes:
    """The tree hash of entries [begin, end), as it occurs inside a tree."""
    count = end - begin
    level = count.bit_length() - 1
    if count == 1 << level and begin % count == 0:
        return nodes(level, begin >> level)
    middle = begin + _split(count)
    return node_hash(range_hash(begin, middle, nodes), range_hash(middle, end, nodes))


def tree_root(size: int, nodes: Nodes) -> bytes:
    """The root of a tree of that size."""
    return range_hash(0, size, nodes) if size else EMPTY


def inclusion_path(index: int, size: int, nodes: Nodes) -> list[bytes]:
    """The hashes that prove that an entry is in the tree, from its sibling up (PATH).

    ValueError: there is no such entry.
    """
    if not 0 <= index < size:
        raise ValueError(f"no entry {index} in a tree of {size}")
    path: list[bytes] = []
    begin, end = 0, size
    while end - begin > 1:
        middle = begin + _split(end - begin)
        if index < middle:
            path.append(range_hash(middle, end, nodes))
            end = middle
        else:
            path.append(range_hash(begin, middle, nodes))
            begin = middle
    return path[::-1]


def consistency_path(first: int, second: int, nodes: Nodes) -> list[bytes]:
    """The hashes that prove that a tree only grew from one size to another (PROOF).

    ValueError: an empty first tree, or one that is larger than the second.
    """
    if not 0 < first <= second:
        raise ValueError(f"no proof from a tree of {first} to one of {second}")
    path: list[bytes] = []
    begin, end, known = 0, second, True  # known: the verifier holds the hash of [begin, first)
    while first != end:
        middle = begin + _split(end - begin)
        if first <= middle:
            path.append(range_hash(middle, end, nodes))
            end = middle
        else:
            path.append(range_hash(begin, middle, nodes))
            begin, known = middle, False
    if not known:
        path.append(range_hash(begin, end, nodes))
    return path[::-1]


def verify_inclusion(
    *, index: int, size: int, leaf: bytes, path: Sequence[bytes], root: bytes
) -> None:
    """Check that the entry with this leaf hash stands at `index` of the tree with this root
    (RFC 9162, 2.1.3.2). Unproven otherwise; also for a tree that holds nothing."""
    _expect_hashes(leaf, root, *path)
    if size < 1:
        raise Unproven("an empty tree holds no entry")
    if not 0 <= index < size:
        raise Unproven("the index lies outside the tree")
    at, last, result = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            raise Unproven("the proof is too long")
        if at & 1 or at == last:
            result = node_hash(sibling, result)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            result = node_hash(result, sibling)
        at, last = at >> 1, last >> 1
    if last:
        raise Unproven("the proof is too short")
    if result != root:
        raise Unproven("the proof leads to another root")


def verify_consistency(
    *, first: int, second: int, first_root: bytes, second_root: bytes, path: Sequence[bytes]
) -> None:
    """Check that the second tree holds everything of the first, in the same order, and more
    (RFC 9162, 2.1.4.2). Unproven otherwise; nothing can be proven from an empty tree."""
    _expect_hashes(first_root, second_root, *path)
    if first < 1:
        raise Unproven("nothing follows from an empty tree")
    if second < first:
        raise Unproven("the second tree is smaller than the first")
    if first == second:
        if path:
            raise Unproven("the proof is too long")
        if first_root != second_root:
            raise Unproven("two roots for one size")
        return
    if not path:
        raise Unproven("the proof is too short")
    hashes = list(path)
    if first & (first - 1) == 0:  # the whole first tree is one subtree of the second
        hashes.insert(0, first_root)
    at, last = first - 1, second - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    old = new = hashes[0]
    for sibling in hashes[1:]:
        if last == 0:
            raise Unproven("the proof is too long")
        if at & 1 or at == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            new = node_hash(new, sibling)
        at, last = at >> 1, last >> 1
    if last:
        raise Unproven("the proof is too short")
    if old != first_root:
        raise Unproven("the proof leads to another first root")
    if new != second_root:
        raise Unproven("the proof leads to another second root")


def _split(count: int) -> int:
    """The largest power of two below `count`."""
    return 1 << (count - 1).bit_length() - 1


def _expect_hashes(*hashes: bytes) -> None:
    if any(len(each) != HASH_SIZE for each in hashes):
        raise Unproven("a hash has the wrong length")
