"""The tables of states after a star is given, and the clocks of the law."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocop.core.refusals import Refused
from ocop.recognition.postcheck import lifecycle
from ocop.recognition.postcheck.models import CaseState, CheckState, ComplaintState

MACHINES = (
    (lifecycle.CHECK, CheckState),
    (lifecycle.COMPLAINT, ComplaintState),
    (lifecycle.CASE, CaseState),
)


@pytest.mark.parametrize(("machine", "states"), MACHINES)
def test_table_and_model_know_the_same_states(machine, states) -> None:
    assert set(machine.situations) == set(states.values)
    for move in machine.moves.values():
        assert set(move.sources) <= set(states.values)
        assert move.target is None or move.target in states.values


@pytest.mark.parametrize(("machine", "states"), MACHINES)
def test_every_state_is_reached_and_what_somebody_has_to_do_leads_on(machine, states) -> None:
    reached = {move.target for move in machine.moves.values()}
    first = next(iter(machine.situations))
    assert set(states.values) == {first, *reached} - {None}
    for state in lifecycle.open_states(machine):
        assert any(state in move.sources for move in machine.moves.values())


@given(st.sampled_from([m for m, _states in MACHINES]), st.data())
def test_only_what_stands_in_the_table_can_happen(machine, data) -> None:
    name = data.draw(st.sampled_from(sorted(machine.moves)))
    state = data.draw(st.sampled_from(sorted(machine.situations)))
    move = machine.moves[name]
    if state in move.sources:
        assert lifecycle.target(machine, name, state) == (move.target or state)
    else:
        with pytest.raises(Refused) as refusal:
            lifecycle.target(machine, name, state)
        assert refusal.value.code == "move_not_possible"
        assert machine.situations[state].staff in refusal.value.message


def test_nothing_is_proposed_before_the_producer_is_heard() -> None:
    with pytest.raises(Refused):
        lifecycle.target(lifecycle.CASE, "propose", lifecycle.OPENED)


def test_fifteen_days_count_from_the_day_after_the_ground_is_established() -> None:
    assert lifecycle.revocation_due(date(2026, 6, 1)) == date(2026, 6, 16)
    assert lifecycle.revocation_due(date(2028, 2, 20)) == date(2028, 3, 6)  # a leap year


def test_an_answer_is_due_in_working_days() -> None:
    # From Friday to the Friday after it: the day itself and the weekend do not count.
    assert lifecycle.answer_due(date(2026, 11, 20), 5) == date(2026, 11, 27)
