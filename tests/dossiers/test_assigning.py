"""Who examines what."""

from hypothesis import given
from hypothesis import strategies as st

from ocop.dossiers.assigning import Candidate, Task, distribute, ranked

FOOD, CRAFT = "I", "IV"


def _who(user_id: int, *sectors: str, load: int = 0) -> Candidate:
    return Candidate(user_id, f"Người {user_id}", frozenset(sectors), load)


def test_speciality_goes_before_load_and_load_before_name() -> None:
    staff = [_who(1, CRAFT), _who(2, FOOD, load=5), _who(3, FOOD, load=2), _who(4, load=1)]
    found = ranked(Task(1, FOOD), staff)
    assert [c.user_id for c in found] == [3, 2, 1, 4]


def test_who_is_barred_is_left_out() -> None:
    assert ranked(Task(1, FOOD, frozenset({1})), [_who(1, FOOD)]) == []


def test_loads_grow_as_dossiers_are_given() -> None:
    staff = [_who(1, FOOD), _who(2, FOOD), _who(3, CRAFT)]
    found = distribute([Task(n, FOOD) for n in (10, 11, 12, 13)], staff, each=1)
    assert found == {10: (1,), 11: (2,), 12: (1,), 13: (2,)}


def test_fewer_are_given_where_there_are_fewer() -> None:
    assert distribute([Task(1, FOOD)], [_who(7)], each=3) == {1: (7,)}
    assert distribute([Task(1, FOOD)], [_who(7)], each=0) == {1: ()}


@given(
    st.lists(st.sampled_from([FOOD, CRAFT]), max_size=30),
    st.integers(1, 6),
    st.integers(1, 3),
)
def test_equals_share_alike(sectors: list[str], people: int, each: int) -> None:
    """Without specialities nobody gets two more than anybody else."""
    tasks = [Task(number, sector) for number, sector in enumerate(sectors)]
    found = distribute(tasks, [_who(n) for n in range(people)], each=each)
    given_to = [user for chosen in found.values() for user in chosen]
    loads = [given_to.count(n) for n in range(people)]
    assert max(loads) - min(loads) <= 1
    assert all(len(set(chosen)) == len(chosen) == min(each, people) for chosen in found.values())
