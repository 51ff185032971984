"""The table of states and moves, against the model and the law."""

from datetime import date

import pytest

from ocop.core.refusals import Refused
from ocop.dossiers import lifecycle, standing
from ocop.dossiers.models import Road, State
from ocop.recognition.models import Kind


def test_states_and_kinds_are_those_of_the_tables() -> None:
    assert set(lifecycle.SITUATIONS) == set(State.values)
    assert {standing.REGULAR, standing.EXTENDED, standing.EXPIRED} == set(Road.values)
    assert {standing.FIRST, standing.UPGRADE, standing.REEVALUATION} == set(Kind.values)


def test_every_state_is_reached_and_only_ended_ones_lead_nowhere() -> None:
    reached, waiting = {State.DRAFT.value}, [State.DRAFT.value]
    while waiting:
        state = waiting.pop()
        for move in lifecycle.moves_from(state):
            if move.target not in reached:
                reached.add(move.target)
                waiting.append(move.target)
    assert reached == set(State.values)
    # Art. 10.1b: a decided result that counts as never given leads back to its decision.
    back = {move.name for move in lifecycle.moves_from(State.DECIDED)}
    assert back == {"reopen", "reopen_at_ministry"}
    lead_on = {s for s in State.values if lifecycle.moves_from(s)}
    # And a refusal that was entered wrongly is taken back.
    back = {move.name for move in lifecycle.moves_from(State.REFUSED)}
    assert back == {"resume", "resume_unjudged"}
    assert lead_on == set(State.values) - {State.WITHDRAWN}


def test_only_what_was_judged_is_refused() -> None:
    """Art. 5: the council proposes, the chair of the province decides."""
    assert {s for s in State.values if "refuse" in _names(s)} == {State.CONCLUDED}


def test_the_commune_has_15_working_days_and_a_reevaluation_45_days() -> None:
    monday = date(2026, 11, 23)
    assert lifecycle.due_on("at_commune", since=monday, reevaluation=False) == date(2026, 12, 14)
    assert lifecycle.due_on("received", since=monday, reevaluation=True) == date(2027, 1, 7)
    assert lifecycle.due_on("received", since=monday, reevaluation=False) is None
    assert lifecycle.due_on("draft", since=monday, reevaluation=True) is None


@pytest.mark.parametrize("state", [s for s in State.values if s not in ("draft", "returned")])
def test_a_filed_dossier_is_not_filed_again(state: str) -> None:
    with pytest.raises(Refused) as refusal:
        lifecycle.next_state("submit", state)
    assert refusal.value.code == "move_not_possible"
    assert "Nộp hồ sơ" in refusal.value.message


def test_what_is_before_the_council_is_not_withdrawn() -> None:
    withdrawable = {s for s in State.values if "withdraw" in _names(s)}
    assert withdrawable == lifecycle.WRITABLE | lifecycle.FILED


def _names(state: str) -> set[str]:
    return {move.name for move in lifecycle.moves_from(state)}
