"""A short test at the end of a class: what a question must be, and how answers are marked. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

FEWEST_OPTIONS, MOST_OPTIONS = 2, 6
MOST_QUESTIONS = 30
MOST_ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class Question:
    """One question: its options, and which of them is right (from 0)."""

    text: str
    options: tuple[str, ...]
    right: int


@dataclass(frozen=True, slots=True)
class Marked:
    """How many answers are right, of how many, and whether that is enough."""

    right: int
    questions: int
    passed: bool


def is_whole(question: Question) -> bool:
    """A text, two to six options of which no two are the same, and one of them right."""
    options = [" ".join(option.split()).casefold() for option in question.options]
    return (
        bool(question.text.strip())
        and FEWEST_OPTIONS <= len(options) <= MOST_OPTIONS
        and all(options)
        and len(set(options)) == len(options)
        and 0 <= question.right < len(options)
    )


def mark(questions: Sequence[Question], answers: Sequence[int | None], share: int) -> Marked:
    """Mark answers in the order of the questions; none given is a wrong one.

    Passed with at least `share` per cent right, without rounding.
    """
    given = [*answers, *[None] * (len(questions) - len(answers))]
    right = sum(
        question.right == answer
        for question, answer in zip(questions, given[: len(questions)], strict=True)
    )
    return Marked(right, len(questions), right * 100 >= share * len(questions))
