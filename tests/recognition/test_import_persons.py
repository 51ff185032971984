"""The persons behind a producer come with an import, and are told to those who may read them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pytest

from ocop.core.actor import ANONYMOUS, SYSTEM
from ocop.core.refusals import Refused
from ocop.producers import queries as producers
from ocop.producers.models import Producer
from ocop.recognition import importing, imports
from ocop.recognition.models import ImportBatch
from ocop.recognition.registry_import import Code, Draft, Result, Wishes, read
from tests.recognition import registries
from tests.recognition.registries import HEADING, TODAY, book

pytestmark = pytest.mark.django_db
PERSONS = ("Người đại diện", "Giới tính", "Số thành viên", "Số lao động", "Lao động địa phương")
WIDE = (*HEADING, *PERSONS)
TOLD = ("Nguyễn Thị Lan", "Nữ", 12, "1.200 người", 30)


def row(name: str = "Mắm nêm", persons: Sequence[Any] = TOLD, **more: Any) -> list[Any]:
    return [*registries.row(name, **{"address": None, **more}), *persons]


def bring(now: datetime, *rows: Sequence[Any]) -> ImportBatch:
    return importing.import_file(
        actor=SYSTEM,
        content=book(WIDE, *rows),
        filename="so.xlsx",
        wishes=Wishes(),
        publish=True,
        at=now,
    )


def read_wide(*rows: Sequence[Any]) -> tuple[Result, Draft]:
    result = read(book(WIDE, *rows), "so.xlsx", today=TODAY)
    return result, result.accepted[0]


def codes(batch: ImportBatch) -> list[tuple[int, str]]:
    return [(r.row, r.code.value) for r in imports.reports_of(batch) if r.field != "commune"]


def test_persons_are_stored_and_restricted(now: datetime) -> None:
    batch = bring(now, row())
    producer = Producer.objects.get()
    facts = producers.facts_for(SYSTEM, producer, on=now.date())
    assert facts.restricted == producers.Restricted(
        leader_name="Nguyễn Thị Lan",
        leader_sex="female",
        members=12,
        workers=1200,
        workers_local=30,
    )
    assert producers.facts_for(ANONYMOUS, producer, on=now.date()).restricted is None
    assert "Lan" not in str(batch.sample)
    assert "Lan" not in str(batch.reports)


@pytest.mark.parametrize(
    ("persons", "code", "left"),
    [
        (("", "khác", None, None, None), Code.SEX_UNREADABLE, ("", None, None, None)),
        (("", "Nam", "khoảng chục", 5, None), Code.PEOPLE_UNREADABLE, ("male", None, 5, None)),
        (("", None, -3, None, None), Code.PEOPLE_UNREADABLE, ("", None, None, None)),
        (("", None, None, 5, 6), Code.WORKERS_CONTRADICT, ("", None, None, None)),
    ],
)
def test_what_is_not_understood_is_left_out_and_told(
    persons: Sequence[Any], code: Code, left: tuple[object, ...]
) -> None:
    result, draft = read_wide(row(persons=persons))
    assert code in {report.code for report in result.reports}
    found = draft.persons
    assert (found.leader_sex, found.members, found.workers, found.workers_local) == left


def test_remarks_do_not_repeat_what_stood_there() -> None:
    result, _draft = read_wide(row(persons=("Lan", "chị Lan", "ba Lan", None, None)))
    assert not [report for report in result.reports if "Lan" in report.message]


def test_name_of_a_leader_that_is_too_long_is_refused() -> None:
    result = read(book(WIDE, row(persons=("x" * 121, *TOLD[1:]))), "so.xlsx", today=TODAY)
    assert [(r.field, r.rejects) for r in result.reports if r.code is Code.TEXT_TOO_LONG] == [
        ("leader_name", True)
    ]


def test_first_row_that_tells_of_persons_counts(now: datetime) -> None:
    blank = ("", None, None, None, None)
    other = ("Trần Văn An", "Nam", 3, 2, 1)
    bring(now, row(persons=blank), row("Cà phê"), row("Chè", persons=other))
    producer = Producer.objects.get()
    assert (producer.leader_name, producer.workers) == ("Nguyễn Thị Lan", 1200)


def test_persons_of_the_register_are_kept_and_that_is_told(now: datetime) -> None:
    bring(now, row())
    batch = bring(now, row("Cà phê"), row("Chè", persons=("Trần Văn An", "Nam", 3, 2, 1)))
    assert Producer.objects.get().leader_name == "Nguyễn Thị Lan"
    assert (3, "persons_kept") in codes(batch)
    assert (2, "persons_kept") not in codes(batch)
    with pytest.raises(Refused) as refusal:
        bring(now, row())
    assert refusal.value.code == "nothing_new"
