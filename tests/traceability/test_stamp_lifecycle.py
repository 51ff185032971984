"""The tables of states are those of the models, and say all that can happen."""

import pytest

from ocop.core.refusals import Refused
from ocop.traceability import lifecycle
from ocop.traceability.models import ExceptionKind, OrderState, RangeState


def test_tables_and_models_know_the_same_states() -> None:
    assert set(lifecycle.ORDER.situations) == set(OrderState.values)
    assert set(lifecycle.RANGE.situations) == set(RangeState.values)
    assert set(lifecycle.EXCEPTIONS) == set(lifecycle.SAID) == set(ExceptionKind.values)


@pytest.mark.parametrize("machine", lifecycle.MACHINES)
def test_moves_lead_from_states_to_states(machine: lifecycle.Machine) -> None:
    for name, move in machine.moves.items():
        assert move.name == name
        assert {*move.sources, move.target} <= set(machine.situations)


@pytest.mark.parametrize(
    ("machine", "state", "possible"),
    [
        (lifecycle.ORDER, "requested", {"approve", "refuse", "withdraw"}),
        (lifecycle.ORDER, "approved", set()),
        (lifecycle.ORDER, "refused", set()),
        (lifecycle.ORDER, "withdrawn", set()),
        (lifecycle.RANGE, "ordered", {"print"}),
        (lifecycle.RANGE, "printed", {"deliver"}),
        (lifecycle.RANGE, "delivered", {"activate"}),
        (lifecycle.RANGE, "active", {"undo", "close"}),
        (lifecycle.RANGE, "closed", set()),
    ],
)
def test_only_these_moves_are_possible(
    machine: lifecycle.Machine, state: str, possible: set[str]
) -> None:
    done = set()
    for name, move in machine.moves.items():
        if state in move.sources:
            assert lifecycle.expect(machine, name, state) == move.target
            done.add(name)
            continue
        with pytest.raises(Refused) as refused:
            lifecycle.expect(machine, name, state)
        assert refused.value.code == "move_not_possible"
    assert done == possible


def test_the_way_of_a_stamp() -> None:
    """ordered → printed → delivered → active → closed."""
    state, seen = "ordered", ["ordered"]
    for move in ("print", "deliver", "activate", "close"):
        state = lifecycle.expect(lifecycle.RANGE, move, state)
        seen.append(state)
    assert seen == ["ordered", "printed", "delivered", "active", "closed"]
