import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocop.core.refusals import Refused
from ocop.training import lifecycle
from ocop.training.completion import Asked, completion, sessions_needed
from ocop.training.models import ClassState, EnrolmentState
from ocop.training.quizzes import Question, is_whole, mark, read, write

TWO = (Question("Một?", ("a", "b"), 0), Question("Hai?", ("a", "b", "c"), 2))


def test_states_of_the_table_are_those_of_the_models() -> None:
    assert set(lifecycle.STATES) == set(ClassState.values)
    assert {lifecycle.ENROLLED, lifecycle.WAITING, lifecycle.WITHDRAWN} == set(
        EnrolmentState.values
    )


@pytest.mark.parametrize(
    ("move", "states"),
    [("open", {"planned"}), ("finish", {"open"}), ("cancel", {"planned", "open"})],
)
def test_a_move_begins_only_where_the_table_says(move: str, states: set[str]) -> None:
    for state in ClassState.values:
        if state in states:
            lifecycle.expect(move, state)
        else:
            with pytest.raises(Refused) as refused:
                lifecycle.expect(move, state)
            assert refused.value.code == "class_state"


@pytest.mark.parametrize(
    ("answers", "right"), [([0, 2], 2), ([0, 1], 1), ([None, 2], 1), ([0], 1), ([], 0)]
)
def test_right_answers_are_counted_and_none_given_is_wrong(
    answers: list[int | None], right: int
) -> None:
    assert mark(TWO, answers, 60).right == right


@given(st.integers(0, 2), st.integers(1, 100))
def test_passed_needs_the_share_without_rounding(right: int, share: int) -> None:
    answers: list[int | None] = [0, 2][:right] + [None] * (2 - right)  # type: ignore[list-item]
    assert mark(TWO, answers, share).passed == (right / 2 >= share / 100)


@pytest.mark.parametrize(
    ("question", "whole"),
    [
        (Question("Câu?", ("a", "b"), 1), True),
        (Question(" ", ("a", "b"), 1), False),
        (Question("Câu?", ("a",), 0), False),
        (Question("Câu?", tuple("abcdefg"), 0), False),
        (Question("Câu?", ("a", "A "), 0), False),
        (Question("Câu?", ("a", ""), 0), False),
        (Question("Câu?", ("a", "b"), 2), False),
        (Question("Câu?", ("a", "b"), -1), False),
    ],
)
def test_a_question_is_whole(question: Question, whole: bool) -> None:
    assert is_whole(question) == whole


@pytest.mark.parametrize(
    ("sessions", "share", "needed"), [(1, 80, 1), (2, 80, 2), (5, 80, 4), (4, 50, 2), (3, 1, 1)]
)
def test_sessions_needed_are_rounded_up(sessions: int, share: int, needed: int) -> None:
    assert sessions_needed(sessions, share) == needed


def test_completion_tells_what_is_missing() -> None:
    found = completion(Asked(80, test=True), sessions=5, attended=3, passed=False)
    assert (found.sessions_missing, found.test_missing, found.done) == (1, True, False)


def test_completion_without_a_test_needs_none() -> None:
    assert completion(Asked(80, test=False), sessions=5, attended=4, passed=False).done


_words = st.text(alphabet="abcđê 0?", min_size=1, max_size=12).map(lambda t: f"c{t}".strip())


@given(
    st.lists(
        st.tuples(
            _words, st.lists(_words, min_size=2, max_size=6, unique_by=lambda w: "".join(w.split()))
        ),
        max_size=5,
    ),
    st.data(),
)
def test_questions_are_read_as_they_are_written(
    told: list[tuple[str, list[str]]], data: st.DataObject
) -> None:
    questions = [
        Question(text, tuple(options), data.draw(st.integers(0, len(options) - 1)))
        for text, options in told
    ]
    assert read(write(questions)) == questions


@pytest.mark.parametrize(
    "text",
    ["Câu?\n- a\n- b", "Câu?\n* a\n* b", "* a\n- b", "Câu?\n* a\nb", "Câu?\n* a", "Câu?\n*\n- b"],
)
def test_what_is_no_question_is_told_with_its_number(text: str) -> None:
    with pytest.raises(ValueError, match=r"^2$"):
        read(f"Một?\n* a\n- b\n\n\n{text}")
