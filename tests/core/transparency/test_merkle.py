"""RFC 9162, section 2.1, against a slow reference written from its definitions, and known trees."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocop.core.transparency import merkle
from ocop.core.transparency.merkle import Unproven, verify_consistency, verify_inclusion

#: The eight entries with which RFC 6962 implementations are tried, and the roots of their trees.
ENTRIES = [
    bytes.fromhex(each)
    for each in (
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]  # fmt: skip
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


# --- The reference: the definitions, word for word ------------------------------------------------


def split(n: int) -> int:
    k = 1
    while k * 2 < n:
        k *= 2
    return k


def mth(d: list[bytes]) -> bytes:
    if not d:
        return sha256(b"").digest()
    if len(d) == 1:
        return sha256(b"\x00" + d[0]).digest()
    k = split(len(d))
    return sha256(b"\x01" + mth(d[:k]) + mth(d[k:])).digest()


def path(m: int, d: list[bytes]) -> list[bytes]:
    if len(d) == 1:
        return []
    k = split(len(d))
    if m < k:
        return [*path(m, d[:k]), mth(d[k:])]
    return [*path(m - k, d[k:]), mth(d[:k])]


def subproof(m: int, d: list[bytes], b: bool) -> list[bytes]:
    n = len(d)
    if m == n:
        return [] if b else [mth(d)]
    k = split(n)
    if m <= k:
        return [*subproof(m, d[:k], b), mth(d[k:])]
    return [*subproof(m - k, d[k:], False), mth(d[:k])]


def nodes_of(d: list[bytes]) -> merkle.Nodes:
    def node(level: int, index: int) -> bytes:
        part = d[index << level : (index + 1) << level]
        assert len(part) == 1 << level  # only complete subtrees may be asked for
        return mth(part)

    return node


def entries(n: int) -> list[bytes]:
    return [str(each).encode() for each in range(n)]


@pytest.mark.parametrize("size", range(1, 9))
def test_the_known_trees(size: int) -> None:
    known = bytes.fromhex(ROOTS[size - 1])
    assert mth(ENTRIES[:size]) == known
    assert merkle.root_of([merkle.leaf_hash(each) for each in ENTRIES[:size]]) == known
    assert merkle.tree_root(size, nodes_of(ENTRIES[:size])) == known


def test_the_empty_tree_is_the_hash_of_nothing() -> None:
    assert merkle.root_of([]) == merkle.tree_root(0, nodes_of([])) == sha256(b"").digest()


def test_a_known_path() -> None:
    """The first entry of eight, as published with the vectors."""
    assert [each.hex()[:8] for each in merkle.inclusion_path(0, 8, nodes_of(ENTRIES))] == [
        "96a296d2",
        "5f083f0a",
        "6b47aaf2",
    ]


@given(st.integers(1, 70), st.data())
def test_roots_and_paths_are_those_of_the_definitions(size: int, data: st.DataObject) -> None:
    d = entries(size)
    index, first = data.draw(st.integers(0, size - 1)), data.draw(st.integers(1, size))
    assert merkle.root_of([merkle.leaf_hash(each) for each in d]) == mth(d)
    assert merkle.inclusion_path(index, size, nodes_of(d)) == path(index, d)
    assert merkle.consistency_path(first, size, nodes_of(d)) == subproof(first, d, True)


@given(st.integers(1, 70), st.data())
def test_paths_of_the_definitions_are_accepted_and_no_other(size: int, data: st.DataObject) -> None:
    d = entries(size)
    index = data.draw(st.integers(0, size - 1))
    good = {
        "index": index,
        "size": size,
        "leaf": merkle.leaf_hash(d[index]),
        "path": path(index, d),
        "root": mth(d),
    }
    verify_inclusion(**good)
    wrong: list[dict[str, object]] = [
        {"leaf": merkle.leaf_hash(b"another")},
        {"root": merkle.leaf_hash(b"another")},
        {"path": [*good["path"], b"\0" * 32]},
        {"index": size},
        {"index": -1},
        {"leaf": b"short"},
    ]
    if good["path"]:
        at = data.draw(st.integers(0, len(good["path"]) - 1))
        changed = list(good["path"])
        changed[at] = bytes(32)
        wrong += [{"path": good["path"][:-1]}, {"path": changed}, {"path": [b"", *changed[1:]]}]
        other = data.draw(st.integers(0, size - 1).filter(lambda i: i != index))
        wrong.append({"index": other})
    for change in wrong:
        with pytest.raises(Unproven):
            verify_inclusion(**{**good, **change})


@given(st.integers(1, 70), st.data())
def test_consistency_is_accepted_and_no_other(size: int, data: st.DataObject) -> None:
    d = entries(size)
    first = data.draw(st.integers(1, size))
    good = {
        "first": first,
        "second": size,
        "first_root": mth(d[:first]),
        "second_root": mth(d),
        "path": subproof(first, d, True),
    }
    verify_consistency(**good)
    rewritten = mth([b"rewritten", *d[1:first]])
    wrong: list[dict[str, object]] = [
        {"first_root": rewritten},
        {"second_root": rewritten},
        {"path": [*good["path"], bytes(32)]},
        {"first": 0},
        {"second": first - 1},
        {"second_root": b""},
    ]
    if good["path"]:
        wrong += [{"path": []}, {"path": good["path"][:-1]}]
    for change in wrong:
        with pytest.raises(Unproven):
            verify_consistency(**{**good, **change})


def test_an_empty_tree_proves_nothing() -> None:
    empty = mth([])
    with pytest.raises(Unproven, match="empty"):
        verify_inclusion(index=0, size=0, leaf=merkle.leaf_hash(b""), path=[], root=empty)
    with pytest.raises(Unproven, match="empty"):
        verify_consistency(first=0, second=0, first_root=empty, second_root=empty, path=[])
    with pytest.raises(Unproven, match="empty"):
        verify_consistency(first=0, second=3, first_root=empty, second_root=mth(ENTRIES), path=[])
    with pytest.raises(ValueError, match="no entry"):
        merkle.inclusion_path(0, 0, nodes_of([]))
    with pytest.raises(ValueError, match="no proof"):
        merkle.consistency_path(0, 3, nodes_of(ENTRIES))
    with pytest.raises(ValueError, match="no proof"):
        merkle.consistency_path(4, 3, nodes_of(ENTRIES))


def test_two_sizes_of_one_tree_need_no_path() -> None:
    root = mth(ENTRIES)
    verify_consistency(first=8, second=8, first_root=root, second_root=root, path=[])
