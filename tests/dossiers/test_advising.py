"""The advisory team: assignment, findings, visits, samples, tests, proposal."""

import io
import uuid
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from PIL import Image

from ocop.core.actor import SYSTEM
from ocop.core.models import Event
from ocop.core.refusals import NotAllowed, Refused
from ocop.criteria.queries import set_of
from ocop.dossiers.models import Assignment, Dossier, Finding, State, Verdict, Visit
from ocop.dossiers.queries import advising as queries
from ocop.dossiers.services import advising, visiting
from ocop.dossiers.services.visiting import Position
from ocop.people.models import Message, User
from ocop.recognition.models import Kind
from tests.dossiers.office import TODAY, World, build_world
from tests.factories import RecognitionFactory, version
from tests.world import member

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(now: datetime) -> World:
    return build_world(now)


@pytest.fixture
def given(world: World) -> Dossier:
    """A dossier that the first adviser leads."""
    dossier = world.dossier(State.RECEIVED)
    _assign(world, dossier, [world.adviser], world.adviser)
    return dossier


def _assign(world: World, dossier: Dossier, advisers: list[User], lead: User) -> list[Assignment]:
    return advising.assign_advisers(
        actor=world.actor(world.officer),
        dossier=dossier,
        advisers=advisers,
        lead=lead,
        at=world.now,
    )


def _picture(colour: str = "white") -> bytes:
    into = io.BytesIO()
    Image.new("RGB", (8, 8), colour).save(into, "PNG")
    return into.getvalue()


# --- Assignment ----------------------------------------------------------------------------------
def test_a_received_dossier_is_given_to_advisers_one_of_whom_leads(world: World) -> None:
    dossier = world.dossier(State.RECEIVED)
    made = _assign(world, dossier, [world.adviser, world.second], world.second)
    assert [(a.adviser, a.lead) for a in made] == [(world.second, True), (world.adviser, False)]
    assert dossier.state == State.EXAMINING
    assert Message.objects.filter(kind="dossiers.assigned").count() == 2


def test_giving_anew_ends_who_is_left_out_and_moves_the_lead(world: World) -> None:
    dossier = world.dossier(State.RECEIVED)
    _assign(world, dossier, [world.adviser], world.adviser)
    made = _assign(world, dossier, [world.second], world.second)
    assert [(a.adviser, a.lead) for a in made] == [(world.second, True)]
    assert Assignment.objects.get(adviser=world.adviser).ended_at == world.now


def test_assigning_is_refused_for_whom_it_cannot_be(world: World) -> None:
    dossier = world.dossier(State.RECEIVED)
    member_of = world.second
    dossier.product.producer.memberships.create(user=member_of, starts_on=date(2026, 1, 1))
    for advisers, lead, code in (
        ([], world.adviser, "advising_advisers"),
        ([world.adviser], world.second, "advising_lead"),
        ([world.officer], world.officer, "advising_advisers"),
        ([member_of], member_of, "advising_advisers"),
    ):
        with pytest.raises(Refused) as refused:
            _assign(world, dossier, advisers, lead)
        assert refused.value.code == code
    with pytest.raises(Refused):
        _assign(world, world.dossier(State.AT_COMMUNE), [world.adviser], world.adviser)
    with pytest.raises(NotAllowed):
        advising.assign_advisers(
            actor=world.actor(world.adviser),
            dossier=dossier,
            advisers=[world.adviser],
            lead=world.adviser,
            at=world.now,
        )


def test_the_last_assignment_ended_leaves_the_dossier_waiting(world: World) -> None:
    dossier = world.dossier(State.RECEIVED)
    lead, other = _assign(world, dossier, [world.adviser, world.second], world.adviser)
    told: dict[str, Any] = {"actor": world.actor(world.officer), "reason": "nghỉ", "at": world.now}
    lead.refresh_from_db()
    advising.end_assignment(assignment=lead, **told)
    other.refresh_from_db()
    assert other.lead
    with pytest.raises(Refused):
        advising.end_assignment(assignment=lead, **told)
    advising.end_assignment(assignment=other, **told)
    dossier.refresh_from_db()
    assert dossier.state == State.RECEIVED


def test_specialities_and_load_make_the_order(world: World, given: Dossier) -> None:
    made = advising.set_specialities(
        actor=world.actor(world.officer), user=world.second, sectors=["II", "I"], at=world.now
    )
    assert [s.sector for s in made] == ["I", "II"]
    again = advising.set_specialities(
        actor=world.actor(world.officer), user=world.second, sectors=["II"], at=world.now
    )
    assert [s.sector for s in again] == ["II"]
    found = {c.user_id: c for c in queries.candidates(TODAY)}
    assert (found[world.adviser.pk].load, found[world.second.pk].load) == (1, 0)
    assert found[world.second.pk].sectors == {"II"}
    member(world.now, given.product.producer)
    barred = member(world.now, given.product.producer)
    assert barred.pk in queries.task_of(given, TODAY).barred


def test_specialities_are_advisers_and_of_annex_i(world: World) -> None:
    for user, sectors, code in (
        (world.adviser, ["VII"], "sector"),
        (world.officer, ["I"], "advising_advisers"),
    ):
        with pytest.raises(Refused) as refused:
            advising.set_specialities(
                actor=world.actor(world.officer), user=user, sectors=sectors, at=world.now
            )
        assert refused.value.code == code


# --- Findings ------------------------------------------------------------------------------------
def _find(world: World, dossier: Dossier, **more: Any) -> Finding:
    told: dict[str, Any] = {
        "criterion": "1.1",
        "verdict": Verdict.PROVEN,
        "points": max(dossier.marks["1.1"], 0),
    }
    actor = more.pop("actor", None) or world.actor(world.adviser)
    return advising.note_finding(actor=actor, dossier=dossier, **{**told, **more}, at=world.now)


def test_an_adviser_finds_on_a_criterion_and_the_last_word_counts(
    world: World, given: Dossier
) -> None:
    _find(world, given)
    last = _find(world, given, verdict=Verdict.LACKING, points=0, note="Không có hợp đồng")
    assert Finding.objects.get() == last
    line = next(line for line in queries.lines_of(given) if line.criterion.code == "1.1")
    assert (line.points, line.findings) == (given.marks["1.1"], [last])


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"criterion": "9.9"}, "advising_criterion"),
        ({"points": 77}, "advising_points"),
        ({"verdict": Verdict.DOUBTFUL, "note": " "}, "advising_note"),
    ],
)
def test_what_is_no_finding_is_refused(
    world: World, given: Dossier, more: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        _find(world, given, **more)
    assert refused.value.code == code


def test_a_finding_is_a_persons_never_the_systems(world: World, given: Dossier) -> None:
    with pytest.raises(Refused) as refused:
        _find(world, given, actor=SYSTEM)
    assert refused.value.code == "no_adviser"


def test_findings_are_the_assigned_advisers(world: World, given: Dossier) -> None:
    for user in (world.second, world.officer, world.commune):
        with pytest.raises(NotAllowed):
            _find(world, given, actor=world.actor(user))


# --- Visits --------------------------------------------------------------------------------------
def _visit(world: World, dossier: Dossier, **more: Any) -> Visit:
    told: dict[str, Any] = {
        "client_id": uuid.UUID(int=1),
        "visited_at": world.now - timedelta(hours=2),
        "note": "Xưởng sạch.",
        "position": Position(20.7, 105.9, 12.0),
    }
    actor = more.pop("actor", None) or world.actor(world.adviser)
    return visiting.record_visit(actor=actor, dossier=dossier, **{**told, **more}, at=world.now)


def test_a_visit_sent_twice_is_kept_once(world: World, given: Dossier) -> None:
    first = _visit(world, given)
    assert (first.lat, first.lon, first.accuracy) == (20.7, 105.9, 12.0)
    assert _visit(world, given, note="Khác").pk == first.pk
    assert Visit.objects.get().note == "Xưởng sạch."
    assert Event.objects.filter(name="dossiers.visit_recorded").count() == 1


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"note": ""}, "visiting_note"),
        ({"position": Position(91, 0)}, "visiting_position"),
    ],
)
def test_what_is_no_visit_is_refused(
    world: World, given: Dossier, more: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        _visit(world, given, **more)
    assert refused.value.code == code


def test_a_visit_is_not_to_come_and_not_another_dossiers(world: World, given: Dossier) -> None:
    with pytest.raises(Refused) as refused:
        _visit(world, given, visited_at=world.now + timedelta(hours=1))
    assert refused.value.code == "visiting_visited_at"
    _visit(world, given)
    other = world.dossier(State.RECEIVED)
    _assign(world, other, [world.adviser], world.adviser)
    with pytest.raises(Refused) as refused:
        _visit(world, other)
    assert refused.value.code == "visit_elsewhere"
    with pytest.raises(NotAllowed):
        _visit(world, given, actor=world.actor(world.officer), client_id=uuid.UUID(int=2))


def test_nothing_is_examined_before_it_was_filed(world: World, given: Dossier) -> None:
    """Art. 5: the advisory team works on the dossiers that came in; given was filed on 16/11."""
    sample: dict[str, Any] = {"actor": world.actor(world.officer), "dossier": given, "count": 5}
    before = datetime.fromisoformat("2026-11-15T23:59:00+07:00")
    for field, call in (
        ("visited_at", lambda: _visit(world, given, visited_at=before)),
        (
            "received_on",
            lambda: visiting.record_sample(received_on=before.date(), **sample, at=world.now),
        ),
        ("ordered_on", lambda: _order(world, given, ordered_on=before.date())),
    ):
        with pytest.raises(Refused) as refused:
            call()
        assert refused.value.code == f"visiting_{field}"
        assert "sớm nhất là 16/11/2026" in refused.value.message
    assert _visit(world, given, visited_at=before + timedelta(minutes=1)).pk
    assert visiting.record_sample(received_on=date(2026, 11, 16), **sample, at=world.now).pk


def test_photos_of_a_visit_are_kept_once_each(
    world: World, given: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit = _visit(world, given, position=None)
    told: dict[str, Any] = {"actor": world.actor(world.adviser), "visit": visit, "at": world.now}
    first = visiting.add_visit_photo(content=_picture(), filename="a.png", caption="Xưởng", **told)
    again = visiting.add_visit_photo(content=_picture(), filename="b.png", **told)
    assert (again.pk, visit.photos.count(), first.caption) == (first.pk, 1, "Xưởng")
    assert Event.objects.filter(name="dossiers.visit_photo_added").count() == 1
    with pytest.raises(Refused) as refused:
        visiting.add_visit_photo(content=b"a,b\n1,2\n", filename="a.csv", **told)
    assert refused.value.code == "visiting_photo"
    monkeypatch.setattr(visiting, "MOST_PHOTOS", 1)
    with pytest.raises(Refused):
        visiting.add_visit_photo(content=_picture("red"), filename="c.png", **told)
    with pytest.raises(NotAllowed):
        visiting.add_visit_photo(
            content=_picture(),
            filename="a.png",
            **{**told, "actor": world.actor(world.officer)},
        )


# --- Samples and tests ---------------------------------------------------------------------------
def test_samples_are_noted_as_they_come(world: World, given: Dossier) -> None:
    told: dict[str, Any] = {"actor": world.actor(world.officer), "dossier": given, "at": world.now}
    made = visiting.record_sample(count=5, received_on=TODAY, condition="nguyên vẹn", **told)
    assert (made.count, made.received_by) == (5, world.officer.pk)
    for more, code in (
        ({"count": 0, "received_on": TODAY}, "visiting_count"),
        ({"count": 5, "received_on": TODAY + timedelta(days=1)}, "visiting_received_on"),
    ):
        with pytest.raises(Refused) as refused:
            visiting.record_sample(**more, **told)
        assert refused.value.code == code


def test_tourism_brings_no_samples(world: World) -> None:
    dossier = world.dossier(State.RECEIVED, version=version(26))
    with pytest.raises(Refused) as refused:
        visiting.record_sample(
            actor=world.actor(world.officer),
            dossier=dossier,
            count=5,
            received_on=TODAY,
            at=world.now,
        )
    assert refused.value.code == "no_samples"


def _order(world: World, dossier: Dossier, **more: Any) -> Any:
    told: dict[str, Any] = {
        "laboratory": "Trung tâm kiểm nghiệm",
        "parameters": "Chì, cadimi",
        "ordered_on": date(2026, 11, 16),
        "due_on": date(2026, 11, 30),
    }
    actor = world.actor(world.adviser)
    return visiting.order_test(actor=actor, dossier=dossier, **{**told, **more}, at=world.now)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"laboratory": " "}, "visiting_laboratory"),
        ({"parameters": ""}, "visiting_parameters"),
        ({"ordered_on": date(2026, 11, 24)}, "visiting_ordered_on"),
        ({"due_on": date(2026, 11, 15)}, "visiting_due_on"),
    ],
)
def test_what_is_no_order_is_refused(
    world: World, given: Dossier, more: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        _order(world, given, **more)
    assert refused.value.code == code


def test_a_result_is_entered_once_with_its_report(world: World, given: Dossier) -> None:
    order = _order(world, given)
    told: dict[str, Any] = {"actor": world.actor(world.officer), "order": order, "at": world.now}
    for more, code in (
        ({"result": " ", "result_on": TODAY}, "visiting_result"),
        ({"result": "đạt", "result_on": date(2026, 11, 15)}, "visiting_result_on"),
        ({"result": "đạt", "result_on": date(2026, 11, 24)}, "visiting_result_on"),
    ):
        with pytest.raises(Refused) as refused:
            visiting.record_test_result(passed=True, **more, **told)
        assert refused.value.code == code
    visiting.record_test_result(
        passed=True,
        result="Chì 0,1 mg/kg",
        result_on=TODAY,
        report=_picture(),
        filename="kq.png",
        **told,
    )
    order.refresh_from_db()
    assert (order.passed, order.result_on) == (True, TODAY)
    assert order.attachment is not None
    with pytest.raises(Refused) as refused:
        visiting.record_test_result(passed=False, result="x", result_on=TODAY, **told)
    assert refused.value.code == "result_known"


# --- Proposal ------------------------------------------------------------------------------------
def _propose(world: World, dossier: Dossier, **more: Any) -> Any:
    told: dict[str, Any] = {
        "ready": True, "star": 4, "text": "Đủ điều kiện.", "unexamined": "Đã xem trên hồ sơ.",
    }  # fmt: skip
    actor = more.pop("actor", None) or world.actor(world.adviser)
    return advising.propose(actor=actor, dossier=dossier, **{**told, **more}, at=world.now)


def test_the_lead_proposes_and_the_dossier_is_ready(world: World, given: Dossier) -> None:
    made = _propose(world, given)
    given.refresh_from_db()
    assert (made.star, given.state) == (4, State.READY)
    _propose(world, given, ready=False, text="Cần xem lại.")
    given.refresh_from_db()
    assert given.state == State.EXAMINING


def test_an_upgrade_that_finds_no_higher_star_is_ready_by_a_word_only(world: World) -> None:
    """Art. 6: an upgrade is to rise above the star that is held."""
    star = RecognitionFactory(on=date(2025, 1, 5), stars=3)
    told: dict[str, Any] = {"product": star.product, "previous": star, "kind": Kind.UPGRADE}
    dossier = world.dossier(State.RECEIVED, **told)
    _assign(world, dossier, [world.adviser], world.adviser)
    with pytest.raises(Refused) as refused:
        _propose(world, dossier, star=3, unexamined="")
    assert "có căn cứ là 3, không cao hơn 3 sao đang có" in refused.value.message
    with pytest.raises(Refused) as refused:  # what else is missing
        _propose(world, dossier, star=4, unexamined="")
    assert "không cao hơn" not in refused.value.message
    assert _propose(world, dossier, star=3, unexamined="Để hội đồng xem xét").ready


def test_ready_rests_on_an_examination_or_on_words_why_not(world: World, given: Dossier) -> None:
    """Art. 5: the team examines the dossier and the samples (five), and orders tests."""
    with pytest.raises(Refused) as refused:
        _propose(world, given, unexamined="")
    assert refused.value.code == "advising_unexamined"
    assert "34/34 tiêu chí chưa có nhận định" in refused.value.message
    assert "0/5 mẫu" in refused.value.message
    assert "unexamined" in refused.value.fields
    with pytest.raises(Refused):
        _propose(world, given, unexamined=" . ")
    assert not _propose(world, given, ready=False, unexamined="").ready  # no word is owed for that
    made = _propose(world, given, unexamined="Chưa nhận đủ mẫu; đã xem mẫu tại cơ sở.")
    assert made.unexamined == "Chưa nhận đủ mẫu; đã xem mẫu tại cơ sở."


def test_a_whole_examination_owes_no_words_and_a_failed_test_does(
    world: World, given: Dossier
) -> None:
    for criterion in set_of(given.version).criteria:
        advising.note_finding(
            actor=world.actor(world.adviser),
            dossier=given,
            criterion=criterion.code,
            verdict=Verdict.PROVEN,
            at=world.now,
        )
    given.samples.create(count=3, received_on=TODAY, created_at=world.now)
    assert "3/5 mẫu" in " ".join(advising.gaps(given))
    given.samples.create(count=2, received_on=TODAY, created_at=world.now)
    assert advising.gaps(given) == []
    order = _order(world, given)
    visiting.record_test_result(
        actor=world.actor(world.adviser), order=order, passed=False, result="Chì vượt ngưỡng",
        result_on=TODAY, at=world.now,
    )  # fmt: skip
    with pytest.raises(Refused) as refused:
        _propose(world, given, unexamined="")
    assert order.laboratory in refused.value.message
    assert "không đạt" in refused.value.message
    assert "tiêu chí" not in refused.value.message
    order.__class__.objects.update(passed=True)
    assert _propose(world, given, unexamined="").ready


def test_missing_evidence_without_a_level_is_still_open(world: World, given: Dossier) -> None:
    actor = world.actor(world.adviser)
    finding: dict[str, Any] = {
        "actor": actor, "dossier": given, "criterion": "1.1", "note": "Chưa có hợp đồng",
        "verdict": Verdict.LACKING, "at": world.now,
    }  # fmt: skip
    advising.note_finding(**finding)
    said = " ".join(advising.gaps(given))
    assert "33/34 tiêu chí chưa có nhận định" in said
    assert "1 tiêu chí cần làm rõ, thiếu minh chứng chưa có mức có căn cứ: 1.1." in said
    advising.note_finding(points=0, **finding)
    assert "chưa có mức có căn cứ" not in " ".join(advising.gaps(given))


def test_a_tourism_service_owes_no_samples(world: World) -> None:
    tour = world.dossier(State.RECEIVED, version=version(26))
    assert "mẫu" not in " ".join(advising.gaps(tour))


def test_a_proposal_waits_for_results_and_answers(world: World, given: Dossier) -> None:
    _order(world, given)
    with pytest.raises(Refused) as refused:
        _propose(world, given)
    assert refused.value.code == "test_awaited"
    assert not _propose(world, given, ready=False).ready
    given.tests.all().delete()
    given.supplements.create(
        code="abcdefgh", step="examining", wanted="x", due_on=TODAY, asked_at=world.now
    )
    with pytest.raises(Refused) as refused:
        _propose(world, given)
    assert refused.value.code == "supplement_open"


@pytest.mark.parametrize(
    ("more", "code"), [({"text": " "}, "advising_text"), ({"star": 6}, "advising_star")]
)
def test_what_is_no_proposal_is_refused(
    world: World, given: Dossier, more: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        _propose(world, given, **more)
    assert refused.value.code == code


def test_who_does_not_lead_proposes_nothing(world: World, given: Dossier) -> None:
    _assign(world, given, [world.adviser, world.second], world.adviser)
    with pytest.raises(NotAllowed):
        _propose(world, given, actor=world.actor(world.second))
    assert _propose(world, given, actor=world.actor(world.officer)).written_by == world.officer.pk


def test_examination_is_seen_by_whom_it_serves(world: World, given: Dossier) -> None:
    visit, order = _visit(world, given), _order(world, given)
    for user, seen in (
        (world.adviser, True),
        (world.officer, True),
        (world.auditor, True),
        (world.second, False),
        (world.commune, False),
    ):
        actor = world.actor(user)
        assert queries.visits_visible_to(actor).filter(pk=visit.pk).exists() is seen
        assert queries.tests_visible_to(actor).filter(pk=order.pk).exists() is seen
