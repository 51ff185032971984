"""The layout of C2SP tlog-tiles."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ocop.core.transparency import merkle, tiles
from ocop.core.transparency.tiles import ENTRIES, TileNodes, Tree, tile_path


def grown(size: int) -> tuple[Tree, dict[str, bytes]]:
    """A tree and the files that it left on its way, with those of its size."""
    tree, files = Tree(), {}
    for n in range(size):
        files.update(tree.add(b"entry %d" % n))
    files.update(tree.partial())
    return tree, files


def test_places_are_groups_of_three_digits() -> None:
    assert tile_path(0, 0) == "tile/0/000"
    assert tile_path(0, 1234067) == "tile/0/x001/x234/067"
    assert tile_path(2, 1000) == "tile/2/x001/000"
    assert tile_path(ENTRIES, 273, 112) == "tile/entries/273.p/112"


@pytest.mark.parametrize(
    "path",
    [
        "checkpoint", "tile/0/0", "tile/00/000", "tile/64/000", "tile/0/001/067",
        "tile/0/x001", "tile/0/000.p/0", "tile/0/000.p/256", "tile/0/000.p/01", "tile/0/../000",
        "tile/entries/000.p/", "tile/0/000/", "tile/data/000", "tile/0/000\n",
    ],
)  # fmt: skip
def test_other_names_are_no_tiles(path: str) -> None:
    assert not tiles.is_tile_path(path)
    assert not tiles.is_partial(path)


def test_names_of_tiles_are() -> None:
    for path in ("tile/0/000", "tile/63/x001/x234/067", "tile/entries/999.p/255"):
        assert tiles.is_tile_path(path)
    assert tiles.is_partial("tile/0/000.p/7")
    assert not tiles.is_partial("tile/0/000")


def test_seventy_thousand_entries_make_the_files_that_the_standard_tells() -> None:
    tree, files = grown(70_000)
    of = {
        level: [p for p in files if p.startswith(f"tile/{level}/")] for level in (0, 1, 2, ENTRIES)
    }
    assert len([p for p in of[0] if ".p/" not in p]) == 273
    assert [p for p in of[0] if ".p/" in p] == ["tile/0/273.p/112"]
    assert sorted(of[1]) == ["tile/1/000", "tile/1/001.p/17"]
    assert of[2] == ["tile/2/000.p/1"]
    assert len(of[ENTRIES]) == 274
    assert len(files["tile/0/000"]) == 8192
    assert sorted(tiles.partial_paths(70_000)) == sorted(p for p in files if ".p/" in p)
    assert tree.root == merkle.tree_root(70_000, TileNodes(70_000, files.__getitem__))


def test_a_full_tile_leaves_one_hash_above_and_no_empty_file() -> None:
    _tree, files = grown(256)
    assert sorted(files) == ["tile/0/000", "tile/1/000.p/1", "tile/entries/000"]


@settings(max_examples=30)
@given(st.integers(0, 1500), st.integers(0, 700))
def test_a_tree_goes_on_from_its_files(size: int, more: int) -> None:
    whole, files = grown(size + more)
    _before, known = grown(size)
    tree = Tree.load(size, known.__getitem__)
    for n in range(size, size + more):
        known.update(tree.add(b"entry %d" % n))
    known.update(tree.partial())
    assert tree.root == whole.root
    assert files.items() <= known.items()


@settings(max_examples=30)
@given(st.integers(1, 1500), st.data())
def test_proofs_come_from_tiles(size: int, data: st.DataObject) -> None:
    tree, files = grown(size)
    nodes = TileNodes(size, files.__getitem__)
    index, first = data.draw(st.integers(0, size - 1)), data.draw(st.integers(1, size))
    merkle.verify_inclusion(
        index=index,
        size=size,
        leaf=merkle.leaf_hash(b"entry %d" % index),
        path=merkle.inclusion_path(index, size, nodes),
        root=tree.root,
    )
    merkle.verify_consistency(
        first=first,
        second=size,
        first_root=grown(first)[0].root,
        second_root=tree.root,
        path=merkle.consistency_path(first, size, nodes),
    )


def test_a_tile_that_became_full_still_proves_for_the_smaller_tree() -> None:
    small, files = grown(300)
    _large, more = grown(600)
    full_only = {path: more[path] for path in more if ".p/" not in path} | {
        path: files[path] for path in files if path.startswith("tile/1/")
    }
    nodes = TileNodes(300, lambda path: _there(full_only, path))
    assert merkle.tree_root(300, nodes) == small.root


def _there(files: dict[str, bytes], path: str) -> bytes:
    if path not in files:
        raise FileNotFoundError(path)
    return files[path]


@given(st.lists(st.binary(max_size=300), max_size=20))
def test_bundles_give_back_their_entries(entries: list[bytes]) -> None:
    assert tiles.unbundle(tiles.bundle(entries)) == entries


def test_what_is_cut_short_is_refused() -> None:
    assert tiles.bundle([b"ab"]) == b"\x00\x02ab"
    with pytest.raises(ValueError, match="middle"):
        tiles.unbundle(b"\x00\x02a")
    with pytest.raises(ValueError, match="middle"):
        tiles.unbundle(b"\x00")
    with pytest.raises(ValueError, match="middle"):
        tiles.hashes_of(bytes(33))
    with pytest.raises(ValueError, match=r"65,535"):
        tiles.bundle([bytes(65_536)])
    _tree, files = grown(5)
    files["tile/0/000.p/5"] = files["tile/0/000.p/5"][:-32]
    with pytest.raises(ValueError, match="4 instead of 5"):
        Tree.load(5, files.__getitem__)
