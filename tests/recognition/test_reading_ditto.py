"""Cells that say "as above" are what stands above, never a name."""

import pytest

from ocop.recognition.registry_import import read
from tests.recognition.registries import HEADING, TODAY, book, codes, read_rows, row


@pytest.mark.parametrize(
    "written", ["nt", "NT", "-nt-", "- nt -", "n.t", "như trên", '"', "”", "''"]
)
def test_cell_as_above_means_the_cell_above(written: str) -> None:
    result = read_rows(row(), row("Mắm ruốc", producer=written, address=written))
    assert [draft.producer for draft in result.accepted] == ["HTX Biển Xanh", "HTX Biển Xanh"]
    assert result.accepted[1].placed.commune == result.accepted[0].placed.commune
    assert codes(result) == [(3, "producer", "same_as_above"), (3, "address", "same_as_above")]
    assert "HTX Biển Xanh" in result.reports[-2].message


def test_it_goes_down_over_several_rows() -> None:
    result = read_rows(row(), row("Mắm ruốc", producer="nt"), row("Mắm tôm", producer="nt"))
    assert {draft.producer for draft in result.accepted} == {"HTX Biển Xanh"}


def test_nothing_above_is_told_and_is_no_producer() -> None:
    result = read_rows(row(producer="nt"), row("Mắm ruốc"))
    assert [draft.name for draft in result.accepted] == ["Mắm ruốc"]
    assert codes(result) == [
        (2, "producer", "nothing_above"),
        (2, "producer", "producer_missing"),
    ]


def test_group_line_stands_between() -> None:
    result = read_rows(row(), ["Đồ uống"], row("Mắm ruốc", producer="nt"))
    assert (4, "producer", "nothing_above") in codes(result)


def test_columns_of_commune_and_district() -> None:
    heading = (*HEADING[:2], "Xã", "Huyện", *HEADING[3:])
    first = ["Mắm nêm", "HTX Biển Xanh", "Xã Đức Trọng", "Huyện Đức Trọng", 3, "", ""]
    second = ["Mắm ruốc", "HTX Hồ", "nt", "nt", 3, "", ""]
    third = ["Mắm tôm", "HTX Núi", "nt", '"', 3, "", ""]
    result = read(book(heading, first, second, third), "so.xlsx", today=TODAY)
    assert len({draft.address for draft in result.accepted}) == 1


def test_product_is_never_as_above_and_short_names_stay() -> None:
    result = read_rows(row(producer="NTT"), row("nt"))
    assert [(d.name, d.producer) for d in result.accepted] == [
        ("Mắm nêm", "NTT"),
        ("nt", "HTX Biển Xanh"),
    ]
