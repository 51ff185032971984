"""Beginning, writing, filing and withdrawing a dossier; supplements; who sees what."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from ocop.core import options
from ocop.core.actor import ANONYMOUS, SYSTEM, Actor, ActorKind, Grant
from ocop.core.models import Event
from ocop.core.refusals import NotAllowed, Refused
from ocop.councils.models import (
    Case,
    Council,
    Item,
    ItemState,
    Obstacle,
    ObstacleState,
    Seat,
    Sitting,
    SittingState,
)
from ocop.criteria.sets import load_set
from ocop.dossiers import snapshots
from ocop.dossiers.models import (
    Assignment,
    Dossier,
    Road,
    Round,
    RoundKind,
    Snapshot,
    State,
    Supplement,
)
from ocop.dossiers.queries import dossiers as seen
from ocop.dossiers.queries import filing
from ocop.dossiers.services import drafting
from ocop.dossiers.services import evidence as library
from ocop.people import queries as people
from ocop.people.models import Message
from ocop.people.roles import Role
from ocop.producers import services as producers
from ocop.recognition.models import Kind, Recognition
from tests import world
from tests.dossiers import making
from tests.factories import CREATED, RecognitionFactory, UnitFactory

pytestmark = pytest.mark.django_db
OFFICER = Actor(ActorKind.PERSON, 1, frozenset({Grant(Role.PROVINCIAL_OFFICER)}))
STRANGER = Actor(ActorKind.PERSON, 99)


def code_of(call: Any, **arguments: Any) -> str:
    with pytest.raises(Refused) as refusal:
        call(**arguments)
    return refusal.value.code


def member(now: datetime, dossier_or_product: Any) -> Actor:
    user = world.member(now, dossier_or_product.producer)
    return people.actor_for(user, on=now.date())


def ranked(expires_on: date | None, **more: Any) -> Recognition:
    return RecognitionFactory(product=making.product(), expires_on=expires_on, **more)


def save(dossier: Dossier, now: datetime, **more: Any) -> Dossier:
    arguments = {"actor": SYSTEM, "revision": dossier.revision, **more}
    return drafting.save_answers(dossier=dossier, at=now, **arguments)


# --- begin ----------------------------------------------------------------------------------------
def test_a_dossier_begins_with_what_is_known_and_pins_the_criteria_set(now: datetime) -> None:
    product = making.product(story="Chuyện nhà")
    dossier = making.draft(now, member(now, product), product=product)
    assert dossier.answers["producer_name"] == product.producer.name
    assert dossier.answers["story"] == "Chuyện nhà"
    assert "truthful" not in dossier.answers
    assert (dossier.version.number, dossier.state, dossier.road) == (13, "draft", "regular")
    assert dossier.commune == product.commune


def test_one_dossier_at_a_time(now: datetime) -> None:
    dossier = making.draft(now)
    arguments = {"actor": SYSTEM, "product": dossier.product, "kind": Kind.FIRST, "at": now}
    assert code_of(drafting.begin_dossier, **arguments) == "dossier_open"
    drafting.withdraw_dossier(actor=SYSTEM, dossier=dossier, reason="Nhầm", at=now)
    assert drafting.begin_dossier(**arguments).pk != dossier.pk


def test_a_product_without_a_criteria_set_is_sent_to_an_officer(now: datetime) -> None:
    product = making.product()
    product.set_number = None
    product.save()
    call = {"actor": SYSTEM, "product": product, "kind": Kind.FIRST, "at": now}
    assert code_of(drafting.begin_dossier, **call) == "set_unknown"


def test_a_stranger_begins_nothing(now: datetime) -> None:
    with pytest.raises(NotAllowed):
        making.draft(now, STRANGER)
    with pytest.raises(NotAllowed):
        making.draft(now, ANONYMOUS)


@pytest.mark.parametrize(
    ("days_left", "road"), [(150, Road.REGULAR), (30, Road.EXTENDED), (-200, Road.EXPIRED)]
)
def test_the_road_follows_from_the_star(days_left: int, road: str, now: datetime) -> None:
    star = ranked(now.date() + timedelta(days=days_left))
    dossier = making.draft(now, product=star.product, kind=Kind.REEVALUATION)
    assert (dossier.road, dossier.previous) == (road, star)


def test_an_early_reevaluation_is_refused_with_the_window(now: datetime) -> None:
    star = ranked(now.date() + timedelta(days=400))
    call = {"actor": SYSTEM, "product": star.product, "at": now}
    assert code_of(drafting.begin_dossier, kind=Kind.REEVALUATION, **call) == "too_early"
    assert drafting.begin_dossier(kind=Kind.UPGRADE, **call).previous == star


def test_where_validity_is_unknown_only_an_officer_says_the_road(now: datetime) -> None:
    star = ranked(None)
    own = member(now, star.product)
    call = {"product": star.product, "kind": Kind.REEVALUATION, "at": now}
    assert code_of(drafting.begin_dossier, actor=own, **call) == "validity_unknown"
    with pytest.raises(NotAllowed):
        drafting.begin_dossier(actor=own, road=Road.REGULAR, **call)
    assert drafting.begin_dossier(actor=OFFICER, road=Road.EXPIRED, **call).road == "expired"


def test_the_setting_lets_an_expired_star_come_as_the_first_time(now: datetime) -> None:
    star = ranked(now.date() - timedelta(days=400))
    options.set_option(actor=SYSTEM, option=filing.AFTER_EXPIRY, value="first", at=now)
    dossier = making.draft(now, product=star.product)
    assert (dossier.kind, dossier.road, dossier.previous) == ("first", "expired", None)


def test_the_next_dossier_takes_over_words_and_papers(now: datetime) -> None:
    first = making.filled(now)
    maker = first.product.producer
    good = making.paper(now, maker, "white")
    old = making.paper(now, maker, "black", valid_until=now.date() + timedelta(days=1))
    for paper in (good, old):
        library.use_evidence(
            actor=SYSTEM, dossier=first, evidence=paper, criterion="1.1", note="tr. 1", at=now
        )
    save(first, now, claims={"1.1": "Cà phê trong xã"}, answers={"plan": "Mở rộng"})
    first = drafting.submit_dossier(actor=SYSTEM, dossier=first, at=now)
    drafting.withdraw_dossier(actor=SYSTEM, dossier=first, reason="Chưa kịp", at=now)
    later = now + timedelta(days=30)
    second = making.draft(later, product=first.product)
    assert second.claims == {"1.1": "Cà phê trong xã"}
    assert second.answers["plan"] == "Mở rộng"
    assert "truthful" not in second.answers
    assert second.marks == {}
    assert {(u.evidence, u.note) for u in second.uses.all()} == {(good, "tr. 1"), (old, "tr. 1")}


# --- save -----------------------------------------------------------------------------------------
def test_saving_keeps_changed_fields_and_empties_with_nothing(now: datetime) -> None:
    dossier = making.draft(now)
    save(dossier, now, answers={"phone": " 0912345678 "}, marks={"1.1": 1}, claims={"1.1": "Có"})
    assert (dossier.answers["phone"], dossier.marks, dossier.revision) == (
        "0912345678",
        {"1.1": 1},
        1,
    )
    save(dossier, now, answers={"phone": ""}, marks={"1.1": None}, claims={"1.1": " "})
    dossier.refresh_from_db()
    assert "phone" not in dossier.answers
    assert (dossier.marks, dossier.claims, dossier.revision) == ({}, {}, 2)


def test_the_same_save_again_changes_nothing(now: datetime) -> None:
    dossier = making.draft(now)
    save(dossier, now, marks={"1.1": 1})
    count = Event.objects.count()
    save(dossier, now, revision=0, marks={"1.1": 1})
    assert (dossier.revision, Event.objects.count()) == (1, count)


def test_two_pages_that_write_different_fields_are_merged(now: datetime) -> None:
    dossier = making.draft(now)
    save(dossier, now, marks={"1.1": 1})
    other = Dossier.objects.get(pk=dossier.pk)
    save(other, now, revision=0, marks={"1.2": 0}, answers={"plan": "Mở rộng"})
    assert other.marks == {"1.1": 1, "1.2": 0}


def test_a_field_that_both_changed_is_refused_by_name_and_nothing_is_saved(now: datetime) -> None:
    dossier = making.draft(now)
    save(dossier, now, answers={"plan": "Mở rộng"})
    with pytest.raises(Refused) as refusal:
        save(dossier, now, revision=0, answers={"plan": "Thu hẹp", "markets": "Chợ"})
    assert refusal.value.code == "changed_meanwhile"
    assert "Kế hoạch" in refusal.value.message
    assert set(refusal.value.fields) == {"answers.plan"}
    dossier.refresh_from_db()
    assert dossier.answers["plan"] == "Mở rộng"
    assert "markets" not in dossier.answers


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"answers": {"la": "x"}}, "unknown_field"),
        ({"answers": {"workers": "nhiều"}}, "answers_wrong"),
        ({"marks": {"99": 1}}, "unknown_criterion"),
        ({"marks": {"99": None}}, "unknown_criterion"),
        ({"marks": {"1.1": 77}}, "no_level"),
        ({"marks": {"1.1": True}}, "no_level"),
        ({"gates": {"la": True}}, "unknown_gate"),
        ({"gates": {"requires_5.1_above_zero": True}}, "gate_derived"),
        ({"gates": {"forged_dossier": "có"}}, "gate_answer"),
        ({"claims": {"99": "x"}}, "unknown_criterion"),
        ({"claims": {"1.1": "\x00"}}, "claim_text"),
        ({"revision": 7, "marks": {"1.1": 1}}, "revision"),
        ({"revision": -1, "marks": {"1.1": 1}}, "revision"),
    ],
)
def test_what_cannot_be_kept_is_refused(change: dict[str, Any], code: str, now: datetime) -> None:
    dossier = making.draft(now)
    assert code_of(save, dossier=dossier, now=now, **change) == code
    dossier.refresh_from_db()
    assert dossier.revision == 0


def test_a_filed_dossier_is_not_written_and_another_ones_never(now: datetime) -> None:
    dossier = making.filed(now)
    assert code_of(save, dossier=dossier, now=now, marks={"1.1": 0}) == "dossier_filed"
    with pytest.raises(NotAllowed):
        save(dossier, now, actor=STRANGER, marks={"1.1": 0})


# --- submit ---------------------------------------------------------------------------------------
def test_filing_gives_a_slip_number_a_snapshot_and_fifteen_working_days(now: datetime) -> None:
    round_ = Round.objects.create(
        code="dot1",
        year=2027,
        kind=RoundKind.FIRST,
        name="Đợt 1",
        province="01",
        opens_on=date(2027, 1, 1),
        requests_before=date(2027, 4, 30),
        done_before=date(2027, 6, 30),
        created_at=CREATED,
    )
    dossier = making.filed(now)
    commune = dossier.commune.code
    assert dossier.slip_number == f"01/PĐK-01-{commune}-2026"
    assert (dossier.state, dossier.due_on) == (State.AT_COMMUNE, date(2026, 12, 14))
    assert (dossier.submitted_at, dossier.round) == (now, round_)
    snapshot = dossier.snapshots.get()
    assert (snapshot.number, snapshot.why) == (1, "submitted")
    assert snapshots.sha256(snapshot.content) == snapshot.sha256
    assert snapshot.content["dossier"]["slip_number"] == dossier.slip_number
    assert snapshot.content["marks"] == dossier.marks
    dossier.refresh_from_db()
    assert dossier.state == State.AT_COMMUNE


def test_slips_count_in_each_commune(now: datetime) -> None:
    here, there = UnitFactory(), UnitFactory()
    numbers = [making.filed(now, commune=c).slip_number[:2] for c in (here, here, there)]
    assert numbers == ["01", "02", "01"]


def test_filing_is_refused_naming_what_the_law_asks_for(now: datetime) -> None:
    dossier = making.filled(now)
    save(dossier, now, answers={"truthful": False}, marks={"1.1": None}, gates=_unanswered(dossier))
    with pytest.raises(Refused) as refusal:
        drafting.submit_dossier(actor=SYSTEM, dossier=dossier, at=now)
    assert refusal.value.code == "dossier_incomplete"
    assert "cam đoan" in refusal.value.message
    assert "1.1" in refusal.value.message
    assert not Snapshot.objects.exists()


def _unanswered(dossier: Dossier) -> dict[str, None]:
    return {next(iter(dossier.gates)): None}


def test_a_paper_past_its_last_day_files_nothing_and_scores_nothing(now: datetime) -> None:
    dossier = making.filled(now)
    found = load_set(dossier.version.number)
    code = next(c.code for c in found.criteria if any(g.type == "evidence" for g in c.gates))
    most = found.by_code[code].max
    save(dossier, now, marks={code: most})
    before = filing.self_score(dossier, now.date()).outcome.total
    paper = making.paper(now, dossier.product.producer, valid_until=now.date())
    library.use_evidence(actor=SYSTEM, dossier=dossier, evidence=paper, criterion=code, at=now)
    call = {"actor": SYSTEM, "dossier": dossier}
    later = now + timedelta(days=1)
    assert filing.self_score(dossier, later.date()).outcome.total == before
    assert filing.completeness_of(dossier, later.date()).percent < 100
    with pytest.raises(Refused) as refusal:
        drafting.submit_dossier(at=later, **call)
    assert "hết hiệu lực từ" in refusal.value.message
    drafting.submit_dossier(at=now, **call)
    content = dossier.snapshots.get().content
    assert content["self"]["total"] == before + most
    # what was proven on the day of filing stays so
    filed = Dossier.objects.get(pk=dossier.pk)
    assert filing.completeness_of(filed, later.date()).ready
    assert filing.self_score(filed, later.date()).outcome.total == before + most


def test_an_upgrade_tells_and_proves_what_changed(now: datetime) -> None:
    """Art. 6: an upgrade proves what changed since the last recognition."""
    star = ranked(now.date() + timedelta(days=400), stars=3)
    first = making.filled(now, product=star.product, kind=Kind.UPGRADE)
    old, new = (making.paper(now, star.product.producer, c) for c in ("white", "black"))
    use = {"actor": SYSTEM, "criterion": "1.1", "at": now}
    call = {"actor": SYSTEM, "at": now}
    save(first, now, answers={"changes": "x"})
    with pytest.raises(Refused) as refusal:
        drafting.submit_dossier(dossier=first, **call)
    assert "ít nhất 2 ký tự" in refusal.value.message
    proof = "một minh chứng còn hiệu lực, cấp sau lần công nhận đó"
    assert proof in refusal.value.message
    before = making.paper(now, star.product.producer, "red", issued_on=date(2015, 3, 1))
    library.use_evidence(dossier=first, evidence=before, **use)  # older than the star: no proof
    save(first, now, answers={"changes": "Thêm chứng nhận hữu cơ"})
    with pytest.raises(Refused) as refusal:
        drafting.submit_dossier(dossier=first, **call)
    assert proof in refusal.value.message
    library.use_evidence(dossier=first, evidence=old, **use)
    save(first, now, answers={"changes": "Thêm chứng nhận hữu cơ"})
    drafting.submit_dossier(dossier=first, **call)
    # recognised on that dossier, the next upgrade needs more than it had
    four = RecognitionFactory(
        product=star.product,
        stars=4,
        on=now.date(),
    )
    Dossier.objects.filter(pk=first.pk).update(state=State.DECIDED, recognition=four)
    later = now + timedelta(days=40)
    second = making.filled(later, product=star.product, kind=Kind.UPGRADE)
    assert [u.evidence for u in second.uses.all()] == [before, old]
    assert second.previous == four
    again = {"actor": SYSTEM, "dossier": second, "at": later}
    with pytest.raises(Refused) as refusal:
        drafting.submit_dossier(**again)
    assert proof in refusal.value.message
    library.use_evidence(dossier=second, evidence=new, **use)
    assert drafting.submit_dossier(**again).state == State.AT_COMMUNE


def test_an_own_score_under_the_held_star_is_warned_of_before_filing(now: datetime) -> None:
    star = ranked(now.date() + timedelta(days=150), stars=3)
    dossier = making.filled(now, product=star.product, kind=Kind.REEVALUATION)
    save(dossier, now, marks=dict.fromkeys(dossier.marks, 0))
    [found] = [w for w in filing.completeness_of(dossier, now.date()).warnings if not w.criterion]
    assert (found.code, "thấp hơn hạng 3 sao đang có" in found.words) == ("falls_short", True)


def test_filing_is_refused_without_a_commune(now: datetime) -> None:
    dossier = making.filled(now)
    Dossier.objects.filter(pk=dossier.pk).update(commune=None)
    assert (
        code_of(drafting.submit_dossier, actor=SYSTEM, dossier=dossier, at=now) == "commune_unknown"
    )


def test_filing_twice_is_refused_and_files_once(now: datetime) -> None:
    dossier = making.filled(now)
    drafting.submit_dossier(actor=SYSTEM, dossier=dossier, at=now)
    call = {"actor": SYSTEM, "dossier": dossier, "at": now}
    assert code_of(drafting.submit_dossier, **call) == "move_not_possible"
    assert Snapshot.objects.count() == 1


def test_filing_after_a_return_keeps_the_number_and_the_road(now: datetime) -> None:
    star = ranked(now.date() + timedelta(days=121))
    dossier = making.filed(now, product=star.product, kind=Kind.REEVALUATION)
    number = dossier.slip_number
    Dossier.objects.filter(pk=dossier.pk).update(state=State.RETURNED)
    again = drafting.submit_dossier(actor=SYSTEM, dossier=dossier, at=now + timedelta(days=9))
    assert (again.slip_number, again.road) == (number, Road.REGULAR)
    assert [s.number for s in again.snapshots.all()] == [1, 2]


def test_a_draft_that_waits_past_its_window_changes_its_road(now: datetime) -> None:
    star = ranked(now.date() + timedelta(days=121))
    dossier = making.filled(now, product=star.product, kind=Kind.REEVALUATION)
    assert dossier.road == Road.REGULAR
    late = drafting.submit_dossier(actor=SYSTEM, dossier=dossier, at=now + timedelta(days=9))
    assert late.road == Road.EXTENDED


def test_the_commune_is_told(now: datetime) -> None:
    commune = UnitFactory()
    officer = world.person(now, Role.COMMUNE_OFFICER, commune)
    making.filed(now, commune=commune)
    assert Message.objects.filter(user=officer).exists()


def test_a_stranger_files_nothing(now: datetime) -> None:
    dossier = making.filled(now)
    with pytest.raises(NotAllowed):
        drafting.submit_dossier(actor=STRANGER, dossier=dossier, at=now)


# --- withdraw, supplements ------------------------------------------------------------------------
def test_withdrawing_needs_a_reason_and_is_not_possible_before_the_council(now: datetime) -> None:
    dossier = making.filed(now)
    call = {"actor": SYSTEM, "dossier": dossier, "at": now}
    assert code_of(drafting.withdraw_dossier, reason=" ", **call) == "reason_needed"
    dossier.state = State.ON_AGENDA
    assert code_of(drafting.withdraw_dossier, reason="Thôi", **call) == "on_agenda"
    dossier.state = State.CONCLUDED
    assert code_of(drafting.withdraw_dossier, reason="Thôi", **call) == "move_not_possible"
    dossier.state = State.RECEIVED  # moved by somebody else since the page was read
    assert code_of(drafting.withdraw_dossier, reason="Thôi", **call) == "moved_meanwhile"
    dossier.refresh_from_db()
    drafting.withdraw_dossier(actor=SYSTEM, dossier=dossier, reason="Thôi", at=now)
    dossier.refresh_from_db()
    assert (dossier.state, dossier.ended_at, dossier.due_on) == (State.WITHDRAWN, now, None)
    with pytest.raises(NotAllowed):
        drafting.withdraw_dossier(actor=STRANGER, dossier=dossier, reason="Thôi", at=now)


def supplement(dossier: Dossier, now: datetime) -> Supplement:
    return Supplement.objects.create(
        code="supp0001",
        dossier=dossier,
        step=dossier.state,
        wanted="Phiếu kiểm nghiệm",
        criteria=["1.1"],
        due_on=now.date(),
        asked_at=now,
    )


def test_an_answer_with_new_evidence_is_frozen_and_given_once(now: datetime) -> None:
    dossier = making.filed(now)
    asked = supplement(dossier, now)
    paper = making.paper(now, dossier.product.producer)
    library.use_evidence(actor=SYSTEM, dossier=dossier, evidence=paper, criterion="1.1", at=now)
    call = {"actor": SYSTEM, "supplement": asked, "at": now}
    assert code_of(drafting.answer_supplement, answer=" ", **call) == "answer_empty"
    assert code_of(drafting.answer_supplement, answer="\x00", **call) == "answer_text"
    drafting.answer_supplement(answer="Đã gửi", **call)
    assert dossier.snapshots.last().why == "supplemented"
    assert dossier.snapshots.last().content["evidence"][0]["code"] == paper.code
    assert code_of(drafting.answer_supplement, answer="Nữa", **call) == "already_answered"
    assert (
        code_of(
            library.unuse_evidence,
            actor=SYSTEM,
            dossier=dossier,
            evidence=paper,
            criterion="1.1",
            at=now,
        )
        == "dossier_filed"
    )


def test_an_ended_dossier_takes_no_answer_and_a_stranger_gives_none(now: datetime) -> None:
    dossier = making.filed(now)
    asked = supplement(dossier, now)
    with pytest.raises(NotAllowed):
        drafting.answer_supplement(actor=STRANGER, supplement=asked, answer="Có", at=now)
    drafting.withdraw_dossier(actor=SYSTEM, dossier=dossier, reason="Thôi", at=now)
    call = {"actor": SYSTEM, "supplement": asked, "answer": "Có", "at": now}
    assert code_of(drafting.answer_supplement, **call) == "dossier_ended"


# --- who sees -------------------------------------------------------------------------------------
def commune_officer(unit: Any) -> Actor:
    return Actor(ActorKind.PERSON, 2, frozenset({Grant(Role.COMMUNE_OFFICER, unit.pk)}))


def test_who_sees_a_dossier_before_and_after_it_is_filed(now: datetime) -> None:
    dossier = making.filled(now)
    own = member(now, dossier.product)
    auditor = Actor(ActorKind.PERSON, 3, frozenset({Grant(Role.AUDITOR)}))
    here, there = commune_officer(dossier.commune), commune_officer(UnitFactory())
    for actor in (own, OFFICER, auditor, SYSTEM):
        assert dossier in seen.visible_to(actor)
    for actor in (here, there, STRANGER, ANONYMOUS):
        assert not seen.visible_to(actor).exists()
    drafting.submit_dossier(actor=SYSTEM, dossier=dossier, at=now)
    assert dossier in seen.visible_to(here)
    assert not seen.visible_to(there).exists()


def test_an_adviser_sees_what_is_assigned_while_it_is(now: datetime) -> None:
    dossier = making.filed(now)
    user = world.person(now, Role.ADVISORY_MEMBER)
    adviser = people.actor_for(user, on=now.date())
    assert not seen.visible_to(adviser).exists()
    given = Assignment.objects.create(dossier=dossier, adviser=user, assigned_at=now)
    assert dossier in seen.visible_to(adviser)
    given.ended_at = now
    given.save()
    assert not seen.visible_to(adviser).exists()


def on_agenda(dossier: Dossier, now: datetime, user: Any) -> tuple[Item, Seat]:
    council = Council.objects.create(
        code="hd000001",
        name="Hội đồng",
        decision_number="1/QĐ",
        decided_on=date(2026, 1, 1),
        authority="UBND",
        rules={},
        created_at=now,
    )
    seat = Seat.objects.create(council=council, user=user, starts_on=date(2026, 1, 1))
    case = Case.objects.create(
        code="vu000001", title="Cà phê", version=dossier.version, created_at=now
    )
    sitting = Sitting.objects.create(
        code="ph000001", council=council, title="Phiên 1", starts_at=now, created_at=now
    )
    Dossier.objects.filter(pk=dossier.pk).update(case=case)
    return Item.objects.create(code="mu000001", sitting=sitting, case=case, position=1), seat


def test_a_council_member_sees_what_is_on_the_agenda_unless_recused(now: datetime) -> None:
    dossier = making.filed(now)
    user = world.person(now, Role.COUNCIL_MEMBER)
    actor = people.actor_for(user, on=now.date())
    assert not seen.visible_to(actor, now.date()).exists()
    item, seat = on_agenda(dossier, now, user)
    assert dossier in seen.visible_to(actor, now.date())
    item.state = ItemState.TAKEN_OFF
    item.save()
    assert not seen.visible_to(actor, now.date()).exists()
    item.state = ItemState.WAITING
    item.save()
    Sitting.objects.update(state=SittingState.CANCELLED)
    assert not seen.visible_to(actor, now.date()).exists()
    Sitting.objects.update(state=SittingState.PLANNED)
    obstacle = Obstacle.objects.create(
        case=item.case, seat=seat, ground="declared", state=ObstacleState.WARNED, raised_at=now
    )
    assert dossier in seen.visible_to(actor, now.date())
    obstacle.state = ObstacleState.RECUSED
    obstacle.save()
    assert not seen.visible_to(actor, now.date()).exists()


def test_recused_means_from_every_role_but_the_producers_own(now: datetime) -> None:
    dossier, other = making.filed(now), making.filed(now)
    officer = world.person(now, Role.PROVINCIAL_OFFICER)
    item, seat = on_agenda(dossier, now, officer)
    Obstacle.objects.create(
        case=item.case, seat=seat, ground="leader", state=ObstacleState.RECUSED, raised_at=now
    )
    actor = people.actor_for(officer, on=now.date())
    assert set(seen.visible_to(actor, now.date())) == {other}
    producers.add_member(
        actor=SYSTEM,
        producer=dossier.product.producer,
        user=officer,
        starts_on=world.SINCE,
        at=now,
    )
    assert dossier in seen.visible_to(actor, now.date())
    assert set(seen.own(actor, now.date())) == {dossier}


def test_nobody_else_owns_a_dossier(now: datetime) -> None:
    dossier = making.draft(now)
    assert not seen.own(ANONYMOUS).exists()
    assert not seen.is_own(OFFICER, dossier, now.date())
    assert seen.is_own(member(now, dossier.product), dossier, now.date())


def test_what_was_said_of_the_producer_is_not_asked_again(now: datetime) -> None:
    """The register comes first; what it does not know is taken from the last dossier filed for any
    product of the same producer, and of the product itself nothing is."""
    first = making.filed(now)
    maker = first.product.producer
    assert maker.phone == ""
    other = making.draft(now, product=making.product(producer=maker, commune=first.commune))
    assert other.answers["phone"] == first.answers["phone"]
    assert other.answers["representative_title"] == first.answers["representative_title"]
    assert other.answers["product_name"] == other.product.name
    assert "truthful" not in other.answers
    stranger = making.draft(now)
    assert "phone" not in stranger.answers
