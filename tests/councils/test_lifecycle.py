"""The tables of states are those of the models, of the services and of the reference page."""

import importlib.util
from collections.abc import Mapping
from pathlib import Path

import pytest

from ocop.core.actions import REGISTRY
from ocop.councils import lifecycle
from ocop.councils.lifecycle import Move, Situation
from ocop.councils.models import ItemState, SheetState, SittingState
from ocop.councils.services import concluding, paper_sheets, sheets, sittings

MODULES = (concluding, paper_sheets, sheets, sittings)
TABLES = (
    (lifecycle.SITTING, lifecycle.SITTING_MOVES, SittingState),
    (lifecycle.ITEM, lifecycle.ITEM_MOVES, ItemState),
    (lifecycle.SHEET, lifecycle.SHEET_MOVES, SheetState),
)


@pytest.mark.parametrize(("states", "moves", "choices"), TABLES)
def test_states_are_those_of_the_model(
    states: Mapping[str, Situation], moves: Mapping[str, Move], choices: type[SittingState]
) -> None:
    assert set(states) == set(choices.values)
    for move in moves.values():
        assert set(move.sources) <= set(states)
        assert move.target is None or move.target in states


def test_moves_are_actions() -> None:
    names = {name for _s, moves, _c in TABLES for name in moves} - {"score", "mark"}
    assert {f"councils.{name}" for name in names} <= set(REGISTRY)


def test_reference_page_is_drawn_from_the_tables() -> None:
    path = Path(__file__).parents[2] / "tools" / "lifecycles.py"
    spec = importlib.util.spec_from_file_location("lifecycles", path)
    assert spec is not None
    assert spec.loader is not None
    drawing = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(drawing)
    assert drawing.PAGE.read_text(encoding="utf-8") == drawing.drawn()
