"""Tasks to units: who is asked what by when, who answered, reminding, taking back."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from ocop.core.actor import Actor
from ocop.core.refusals import NotAllowed, Refused
from ocop.people import queries as people
from ocop.people.models import Message, User
from ocop.people.roles import Role
from ocop.programme import unit_tasks
from ocop.programme.models import TaskKind, UnitAnswer, UnitTask
from ocop.programme.services import tasks
from ocop.programme.services.tasks import Answer, NewTask
from ocop.programme.tasking import ROW_WORDS
from tests.factories import RegistrationFactory
from tests.world import Places, build_places, person, recognised

pytestmark = pytest.mark.django_db
DUE = date(2026, 12, 10)
TASK = NewTask(TaskKind.OTHER, "Rà soát tem", "Báo số tem hỏng.", DUE)


@pytest.fixture
def places(now: datetime) -> Places:
    return build_places(now)


@pytest.fixture
def office(now: datetime) -> Actor:
    return _actor(person(now, Role.PROVINCIAL_OFFICER), now)


def _actor(user: User, now: datetime) -> Actor:
    return people.actor_for(user, on=now.date())


def _officer(places: Places, now: datetime) -> User:
    return person(now, Role.COMMUNE_OFFICER, places.here)


def _give(office: Actor, places: Places, now: datetime, **more: Any) -> UnitTask:
    given = {"task": TASK, "units": [places.here, places.there], **more}
    return tasks.give_task(actor=office, at=now, **given)


def _part(task: UnitTask, unit: Any) -> UnitAnswer:
    return UnitAnswer.objects.select_related("task", "unit").get(task=task, unit=unit)


# --- Giving --------------------------------------------------------------------------------------
def test_each_unit_has_its_part_and_its_officer_a_message(
    office: Actor, places: Places, now: datetime
) -> None:
    officer = _officer(places, now)
    task = _give(office, places, now, units=[places.here, places.there, places.here])
    assert {part.unit for part in task.answers.all()} == {places.here, places.there}
    message = Message.objects.get(kind="programme.task_given")
    assert (message.user, message.due_on) == (officer, DUE)
    assert message.link.endswith(f"{_part(task, places.here).code}/")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"title": " "}, "title_needed"),
        ({"wanted": ""}, "wanted_needed"),
        ({"due_on": date(2026, 11, 22)}, "due_passed"),
        ({"kind": TaskKind.REGISTRATIONS}, "year_needed"),
        ({"kind": TaskKind.FIGURES}, "indicator_needed"),
        ({"kind": TaskKind.FIGURES, "indicator": "evaluated"}, "counted_indicator"),
        ({"kind": TaskKind.EXPIRED}, "nothing_expired"),
    ],
)
def test_task_that_cannot_be_given(
    office: Actor, places: Places, now: datetime, change: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refused) as refusal:
        _give(office, places, now, task=replace(TASK, **change))
    assert refusal.value.code == code


def test_units_must_be_communes_or_districts_of_the_day(
    office: Actor, places: Places, now: datetime
) -> None:
    for units, day, code in (
        ([], None, "units_needed"),
        ([places.province], None, "unit_level"),
        ([places.district], None, "unit_not_of_the_day"),
        ([places.here], date(2026, 12, 1), "given_later"),
    ):
        with pytest.raises(Refused) as refusal:
            _give(office, places, now, units=units, given_on=day)
        assert refusal.value.code == code
    before = _give(office, places, now, units=[places.district], given_on=date(2025, 6, 1))
    assert before.answers.get().unit == places.district


def test_only_the_office_gives_reminds_and_cancels(
    office: Actor, places: Places, now: datetime
) -> None:
    officer = _actor(_officer(places, now), now)
    task = _give(office, places, now)
    for refused in (
        lambda: _give(officer, places, now),
        lambda: tasks.remind_units(actor=officer, task=task, at=now),
        lambda: tasks.cancel_task(actor=officer, task=task, reason="Thôi", at=now),
    ):
        with pytest.raises(NotAllowed):
            refused()


def test_list_of_expired_products_is_made_unit_by_unit(
    office: Actor, places: Places, now: datetime
) -> None:
    recognised("Hết hạn từ lâu", commune=places.here, on=date(2019, 11, 20))
    here = recognised("Hết hạn", commune=places.here, on=date(2023, 6, 1))
    recognised("Sắp hết hạn", commune=places.here, on=date(2023, 12, 5))
    recognised("Còn lâu", commune=places.here, on=date(2025, 6, 1))
    task = _give(office, places, now, task=replace(TASK, kind=TaskKind.EXPIRED))
    part = UnitAnswer.objects.get(task=task)  # the other commune has nothing to answer
    assert part.unit == places.here
    rows = unit_tasks.rows_of(part)
    assert [row.name for row in rows] == ["Hết hạn từ lâu", "Hết hạn", "Sắp hết hạn"]
    assert rows[1].key == here.product.code
    assert rows[1].ends_on == date(2026, 6, 1)


def test_list_of_expired_products_tells_the_last_day_of_an_extension(
    office: Actor, places: Places, now: datetime
) -> None:
    star = recognised("Kéo dài", commune=places.here, on=date(2023, 8, 21))
    star.extended_until = date(2027, 2, 17)
    star.save()
    task = _give(office, places, now, task=replace(TASK, kind=TaskKind.EXPIRED))
    (row,) = unit_tasks.rows_of(_part(task, places.here))
    assert (row.ends_on, row.kept_until) == (date(2026, 8, 21), date(2027, 2, 17))


def test_list_of_registrations_holds_what_is_there_so_far(
    office: Actor, places: Places, now: datetime
) -> None:
    RegistrationFactory(unit=places.here, year=2027, product_name="Chè", producer_name="HTX Chè")
    RegistrationFactory(unit=places.here, year=2026)
    task = _give(office, places, now, task=replace(TASK, kind=TaskKind.REGISTRATIONS, year=2027))
    part = _part(task, places.here)
    assert [(row.name, row.producer) for row in unit_tasks.rows_of(part)] == [("Chè", "HTX Chè")]
    assert unit_tasks.registered_now(part) == 1
    assert unit_tasks.rows_of(_part(task, places.there)) == []


# --- Answering -----------------------------------------------------------------------------------
def test_the_officer_of_the_unit_answers_and_the_giver_hears_of_it(
    office: Actor, places: Places, now: datetime
) -> None:
    officer = _actor(_officer(places, now), now)
    task = _give(office, places, now)
    part = _part(task, places.here)
    done = tasks.answer_task(
        actor=officer,
        part=part,
        answer=Answer(text=" Không có tem hỏng. ", file=b"a,b\n1,2\n", filename="tem.csv"),
        at=now,
    )
    assert (done.answer, done.answered_by) == ("Không có tem hỏng.", officer.user_id)
    assert done.attachment is not None
    assert Message.objects.get(kind="programme.task_answered").user_id == office.user_id
    again = tasks.answer_task(actor=officer, part=part, answer=Answer(text="Có 2."), at=now)
    assert again.attachment == done.attachment
    assert Message.objects.filter(kind="programme.task_answered").count() == 1


def test_nobody_answers_for_another_commune(office: Actor, places: Places, now: datetime) -> None:
    officer = _actor(_officer(places, now), now)
    task = _give(office, places, now)
    with pytest.raises(NotAllowed):
        tasks.answer_task(
            actor=officer, part=_part(task, places.there), answer=Answer(text="x"), at=now
        )
    assert {part.unit for part in unit_tasks.answers_visible_to(officer)} == {places.here}
    assert [(t.asked, t.answered) for t in unit_tasks.visible_to(officer)] == [(2, 0)]


def test_a_unit_of_then_is_answered_for_by_what_it_became(
    office: Actor, places: Places, now: datetime
) -> None:
    officer = _officer(places, now)
    task = _give(office, places, now, units=[places.before], given_on=date(2025, 6, 1))
    assert Message.objects.get(kind="programme.task_given").user == officer
    part = _part(task, places.before)
    actor = _actor(officer, now)
    assert unit_tasks.may_answer(actor, part)
    assert part in unit_tasks.answers_visible_to(actor)
    tasks.answer_task(actor=actor, part=part, answer=Answer(text="Xong."), at=now)


def test_every_product_of_the_list_needs_a_word(
    office: Actor, places: Places, now: datetime
) -> None:
    row = recognised("Hết hạn", commune=places.here, on=date(2023, 6, 1))
    task = _give(office, places, now, task=replace(TASK, kind=TaskKind.EXPIRED))
    part, key = _part(task, places.here), row.product.code
    for words, code in (
        ({}, "rows_unanswered"),
        ({key: "maybe"}, "row_word_unknown"),
        ({key: "files", "zzzzzzzz": "files"}, "row_unknown"),
    ):
        with pytest.raises(Refused) as refusal:
            tasks.answer_task(actor=office, part=part, answer=Answer(row_words=words), at=now)
        assert refusal.value.code == code
        if code == "row_word_unknown":
            assert all(word in refusal.value.message for word in ("maybe", *ROW_WORDS))
    done = tasks.answer_task(
        actor=office, part=part, answer=Answer(row_words={key: "files"}), at=now
    )
    assert done.row_answers == {key: "files"}
    assert set(ROW_WORDS) >= set(done.row_answers.values())


@pytest.mark.parametrize(
    ("value", "code"),
    [(None, "value_needed"), (Decimal(-1), "negative_value"), (Decimal("1350.5"), "not_whole")],
)
def test_a_figure_is_a_number(
    office: Actor, places: Places, now: datetime, value: Decimal | None, code: str
) -> None:
    task = _give(
        office, places, now, task=replace(TASK, kind=TaskKind.FIGURES, indicator="sales_points")
    )
    part = _part(task, places.here)
    with pytest.raises(Refused) as refusal:
        tasks.answer_task(actor=office, part=part, answer=Answer(value=value), at=now)
    assert refusal.value.code == code
    done = tasks.answer_task(actor=office, part=part, answer=Answer(value=Decimal(3)), at=now)
    assert done.value == 3


def test_an_answer_needs_words_where_nothing_else_answers(
    office: Actor, places: Places, now: datetime
) -> None:
    part = _part(_give(office, places, now), places.here)
    with pytest.raises(Refused, match="Hãy ghi nội dung"):
        tasks.answer_task(actor=office, part=part, answer=Answer(text=" "), at=now)


def test_a_file_that_lies_is_refused_and_nothing_is_kept(
    office: Actor, places: Places, now: datetime
) -> None:
    part = _part(_give(office, places, now), places.here)
    with pytest.raises(Refused):
        tasks.answer_task(
            actor=office, part=part, answer=Answer("x", file=b"MZ\x90", filename="a.pdf"), at=now
        )
    part.refresh_from_db()
    assert part.answered_at is None


# --- Reminding and taking back -------------------------------------------------------------------
def test_who_has_not_answered_is_reminded_once_a_day(
    office: Actor, places: Places, now: datetime
) -> None:
    officer = _officer(places, now)
    task = _give(office, places, now)
    tasks.answer_task(
        actor=office, part=_part(task, places.there), answer=Answer(text="Xong."), at=now
    )
    assert [p.unit for p in tasks.remind_units(actor=office, task=task, at=now)] == [places.here]
    with pytest.raises(Refused) as refusal:
        tasks.remind_units(actor=office, task=task, at=now + timedelta(hours=3))
    assert refusal.value.code == "nobody_to_remind"
    tasks.remind_units(actor=office, task=task, at=now + timedelta(days=1))
    told = Message.objects.filter(kind="programme.task_reminded")
    assert [m.user for m in told] == [officer, officer]


def test_a_cancelled_task_is_not_answered(office: Actor, places: Places, now: datetime) -> None:
    officer = _officer(places, now)
    task = _give(office, places, now)
    with pytest.raises(Refused, match="lý do"):
        tasks.cancel_task(actor=office, task=task, reason=" ", at=now)
    tasks.cancel_task(actor=office, task=task, reason="Giao nhầm", at=now)
    assert Message.objects.get(kind="programme.task_cancelled").user == officer
    part = _part(task, places.here)
    for refused in (
        lambda: tasks.cancel_task(actor=office, task=task, reason="Nữa", at=now),
        lambda: tasks.answer_task(actor=office, part=part, answer=Answer(text="x"), at=now),
        lambda: tasks.remind_units(actor=office, task=task, at=now),
    ):
        with pytest.raises(Refused):
            refused()
    assert not unit_tasks.open_answers(UnitAnswer.objects.all()).exists()
