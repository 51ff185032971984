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


def read(text: str) -> list[Question]:
    """Questions as they are written down: a line with the question, below it a line for each
    option, the right one behind `*`, the others behind `-`; a blank line between questions.

    Raises ValueError with the number of the question that is not so.
    """
    blocks: list[list[str]] = [[]]
    for line in (each.strip() for each in text.splitlines()):
        if line:
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    return [_one(number, lines) for number, lines in enumerate(filter(None, blocks), 1)]


def _one(number: int, lines: list[str]) -> Question:
    head, *options = lines
    right = [place for place, line in enumerate(options) if line[0] == "*"]
    if head[0] in "*-" or any(line[0] not in "*-" for line in options) or len(right) != 1:
        raise ValueError(str(number))
    found = Question(head, tuple(line[1:].strip() for line in options), right[0])
    if not is_whole(found):
        raise ValueError(str(number))
    return found


def write(questions: Sequence[Question]) -> str:
    """The same text back."""
    return "\n\n".join(
        "\n".join(
            [
                question.text,
                *(
                    f"{'*' if place == question.right else '-'} {option}"
                    for place, option in enumerate(question.options)
                ),
            ]
        )
        for question in questions
    )
