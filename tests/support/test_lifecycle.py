"""The table of a request's states and its model agree; every state can be reached."""

from ocop.support import lifecycle
from ocop.support.models import RequestState


def test_states_are_those_of_the_model_in_the_same_words() -> None:
    situations = lifecycle.REQUEST.situations
    assert {key: state.staff for key, state in situations.items()} == {
        value: str(label) for value, label in RequestState.choices
    }


def test_every_state_is_reached_from_asking() -> None:
    reached = {lifecycle.ASKED}
    for _one in lifecycle.REQUEST.moves:
        for move in lifecycle.REQUEST.moves.values():
            if reached & set(move.sources):
                reached.add(move.target)
    assert reached == set(lifecycle.REQUEST.situations)


def test_money_is_held_where_nothing_is_dropped() -> None:
    assert not set(lifecycle.HOLDING) & set(lifecycle.DROPPED)
    ends = {lifecycle.ASKED, *lifecycle.HOLDING, *lifecycle.DROPPED}
    assert ends == set(lifecycle.REQUEST.situations)
