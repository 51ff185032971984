"""Who examines what."""

from ocop.dossiers.assigning import Candidate, Task, ranked

FOOD, CRAFT = "I", "IV"


def _who(user_id: int, *sectors: str, load: int = 0) -> Candidate:
    return Candidate(user_id, f"Người {user_id}", frozenset(sectors), load)


def test_speciality_goes_before_load_and_load_before_name() -> None:
    staff = [_who(1, CRAFT), _who(2, FOOD, load=5), _who(3, FOOD, load=2), _who(4, load=1)]
    found = ranked(Task(1, FOOD), staff)
    assert [c.user_id for c in found] == [3, 2, 1, 4]


def test_who_is_barred_is_left_out() -> None:
    assert ranked(Task(1, FOOD, frozenset({1})), [_who(1, FOOD)]) == []
