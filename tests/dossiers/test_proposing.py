"""From the agenda to the decision (Art. 5, Decision 26/2026/QĐ-TTg)."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.core.events import activity
from ocop.core.models import Event
from ocop.core.refusals import NotAllowed, Refused
from ocop.councils.models import (
    Case,
    Item,
    ItemState,
    Obstacle,
    Seat,
    Sitting,
    SittingKind,
    SittingState,
)
from ocop.criteria.scoring import band_of
from ocop.criteria.sets import load_set
from ocop.dossiers.models import CentralReferral, Dossier, Proposal, Road, State
from ocop.dossiers.papers.deciding import decision_list, notice
from ocop.dossiers.queries import conclusions, filing
from ocop.dossiers.services import (
    checks,
    commune,
    deciding,
    drafting,
    evidence,
    judging,
    ministry,
    proposing,
    refusing,
)
from ocop.dossiers.services.freezing import freeze
from ocop.people.models import Message
from ocop.recognition import services as recognition
from ocop.recognition.authority import Level
from ocop.recognition.models import Decision, Kind, Recognition
from ocop.recognition.services import Paper
from tests.dossiers import office
from tests.dossiers.office import REFUSED_BY, TODAY, World, build_world, concluded
from tests.factories import RecognitionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(now: datetime) -> World:
    return build_world(now)


def _paper(signed_on: date = TODAY, level: Level = Level.PROVINCE) -> Paper:
    if level is Level.CENTRE:
        return Paper("12/QĐ-BNNMT", signed_on, "Bộ Nông nghiệp và Môi trường", level)
    return Paper("12/QĐ-UBND", signed_on, "UBND thành phố Hà Nội", level)


def _decide(world: World, *dossiers: Dossier, paper: Paper | None = None) -> Decision:
    return deciding.decide_dossiers(
        actor=world.actor(world.officer),
        dossiers=dossiers,
        paper=paper or _paper(),
        at=world.now,
    )


def _put(world: World, *dossiers: Dossier, **more: Any) -> Any:
    told = {"actor": world.actor(world.officer), "sitting": office.sitting(), **more}
    return proposing.put_on_agenda(dossiers=dossiers, at=world.now, **told)


# --- Agenda --------------------------------------------------------------------------------------
def test_ready_dossiers_become_cases_on_an_agenda(world: World) -> None:
    one, two = world.dossier(State.READY), world.dossier(State.READY)
    before = Event.objects.count()
    items = _put(world, one, two)
    one.refresh_from_db()
    assert one.state == State.ON_AGENDA
    case = one.case
    assert case is not None
    assert (case.title, case.reference, case.self_total) == (
        one.product.name,
        one.slip_number,
        Decimal(100),
    )
    assert [item.case_id for item in items] == [case.pk, Dossier.objects.get(pk=two.pk).case_id]
    assert Event.objects.count() == before + 1
    assert activity(one)[0].name == "dossiers.agenda_filled"


def test_an_agenda_is_filled_wholly_or_not_at_all(world: World) -> None:
    ready, early = world.dossier(State.READY), world.dossier(State.EXAMINING)
    with pytest.raises(Refused) as refused:
        _put(world, ready, early)
    assert refused.value.code == "dossier_state"
    assert not Case.objects.exists()
    assert Dossier.objects.get(pk=ready.pk).state == State.READY
    with pytest.raises(Refused) as refused:
        _put(world)
    assert refused.value.code == "no_dossiers"


def test_an_open_question_keeps_a_dossier_from_the_agenda(world: World) -> None:
    owing, asking = world.dossier(State.READY), world.dossier(State.READY)
    owing.supplements.create(
        code="abcdefgh", step="examining", wanted="x", due_on=TODAY, asked_at=world.now
    )
    asking.changes.create(
        code="abcdefgh",
        base=freeze(world.actor(world.officer), asking, "submitted", world.now),
        proposed={"answers": {}},
        reason="xem lại",
        asked_at=world.now,
    )
    for dossier, code in ((owing, "supplement_open"), (asking, "change_open")):
        with pytest.raises(Refused) as refused:
            _put(world, world.dossier(State.READY), dossier)
        assert refused.value.code == code
    assert not Case.objects.exists()


def test_who_does_not_plan_a_council_fills_no_agenda(world: World) -> None:
    for user in (world.commune, world.adviser, world.auditor):
        with pytest.raises(NotAllowed):
            _put(world, world.dossier(State.READY), actor=world.actor(user))


def test_a_reevaluation_is_judged_by_writing_unless_it_is_complex_or_expired(world: World) -> None:
    again = world.dossier(State.READY, kind=Kind.REEVALUATION)
    assert proposing.by_writing(again)
    assert not proposing.by_writing(world.dossier(State.READY, kind=Kind.UPGRADE))
    late = world.dossier(State.READY, kind=Kind.REEVALUATION, road=Road.EXPIRED)
    assert not proposing.by_writing(late)
    options.set_option(actor=SYSTEM, option=filing.AFTER_EXPIRY, value="written", at=world.now)
    assert proposing.by_writing(late)
    Proposal.objects.create(
        dossier=again, ready=True, text="phức tạp", complex=True, written_at=world.now
    )
    assert not proposing.by_writing(again)


def test_a_reevaluation_is_judged_within_its_45_days(world: World) -> None:
    received = datetime.fromisoformat("2026-11-20T08:00:00+07:00")
    again = world.dossier(State.READY, kind=Kind.REEVALUATION, received_at=received)
    late = office.sitting(kind=SittingKind.WRITTEN, until=date(2027, 1, 5))  # the 46th day
    with pytest.raises(Refused) as refused:
        _put(world, again, sitting=late)
    assert refused.value.code == "after_45_days"
    assert "04/01/2027" in refused.value.message
    last = office.sitting(kind=SittingKind.WRITTEN, until=date(2027, 1, 4), council=late.council)
    _put(world, again, sitting=last)
    told: dict[str, Any] = {
        "actor": world.actor(world.officer),
        "sitting": last,
        "starts_at": last.starts_at,
        "place": "",
        "reason": "Dời lịch",
        "at": world.now,
    }
    with pytest.raises(Refused) as refused:
        judging.move_sitting(until=date(2027, 6, 20), **told)
    assert refused.value.fields.keys() == {"until"}
    last.refresh_from_db()
    assert last.until == date(2027, 1, 4)
    first = world.dossier(State.READY, received_at=received)
    assert _put(world, first, sitting=office.sitting(starts_at=world.now + timedelta(days=60)))


def test_a_meeting_out_of_opinions_is_called_within_the_45_days(world: World) -> None:
    again = world.dossier(kind=Kind.REEVALUATION, received_at=world.now)  # until 7 January
    item = office.on_agenda(
        again,
        of=office.sitting(
            kind=SittingKind.WRITTEN, until=date(2026, 12, 1), state=SittingState.OPEN
        ),
    )
    told: dict[str, Any] = {
        "actor": world.actor(world.officer),
        "sitting": item.sitting,
        "place": "",
        "items": [item],
        "at": world.now,
    }
    Item.objects.filter(pk=item.pk).update(state=ItemState.SCORING)
    with pytest.raises(Refused) as refused:
        judging.call_meeting(starts_at=datetime.fromisoformat("2027-01-08T08:00+07:00"), **told)
    assert (refused.value.code, "07/01/2027" in refused.value.message) == ("after_45_days", True)
    assert Item.objects.get(pk=item.pk).state == ItemState.SCORING
    assert judging.call_meeting(starts_at=datetime.fromisoformat("2027-01-07T08:00+07:00"), **told)


def test_a_reevaluation_that_is_late_already_is_judged_all_the_same(world: World) -> None:
    received = datetime.fromisoformat("2026-09-01T08:00:00+07:00")
    late = world.dossier(State.READY, kind=Kind.REEVALUATION, received_at=received)
    written = office.sitting(kind=SittingKind.WRITTEN, until=date(2026, 12, 20))
    assert _put(world, late, sitting=written)


def test_a_reevaluation_goes_to_written_opinions_before_a_meeting(world: World) -> None:
    again = world.dossier(State.READY, kind=Kind.REEVALUATION)
    meeting = office.sitting()
    with pytest.raises(Refused) as refused:
        _put(world, again, sitting=meeting)
    assert refused.value.code == "opinions_first"
    assert refused.value.fields.keys() == {"reason"}
    _put(world, again, sitting=meeting, reason="Quy trình sản xuất đã đổi, việc phức tạp")
    assert activity(again)[0].reason == "Quy trình sản xuất đã đổi, việc phức tạp"
    complex_one = world.dossier(State.READY, kind=Kind.REEVALUATION)
    Proposal.objects.create(
        dossier=complex_one, ready=True, text="phức tạp", complex=True, written_at=world.now
    )
    late = world.dossier(State.READY, kind=Kind.REEVALUATION, road=Road.EXPIRED)
    assert len(_put(world, complex_one, late, sitting=meeting)) == 2


def test_a_meeting_after_opinions_that_fell_through_is_tried_again(world: World) -> None:
    again = world.dossier(kind=Kind.REEVALUATION)
    written = office.sitting(kind=SittingKind.WRITTEN, until=date(2026, 12, 1))
    after = office.sitting(follows=written, council=written.council)
    item = office.on_agenda(again, of=after)
    Item.objects.filter(pk=item.pk).update(state=ItemState.TAKEN_OFF, off_reason="Phiên họp bị hủy")
    Dossier.objects.filter(pk=again.pk).update(state=State.READY)
    again.refresh_from_db()
    assert _put(world, again, sitting=office.sitting(council=written.council))


def test_written_opinions_on_what_is_met_upon_are_refused_with_why(world: World) -> None:
    written = office.sitting(kind=SittingKind.WRITTEN, until=date(2026, 12, 20))
    expired = world.dossier(State.READY, kind=Kind.REEVALUATION, road=Road.EXPIRED)
    complex_one = world.dossier(State.READY, kind=Kind.REEVALUATION)
    Proposal.objects.create(
        dossier=complex_one, ready=True, text="phức tạp", complex=True, written_at=world.now
    )
    for dossier, why in ((expired, "hạng sao đã hết hạn"), (complex_one, "việc phức tạp")):
        with pytest.raises(Refused) as refused:
            _put(world, dossier, sitting=written)
        assert refused.value.code == "meeting_needed"
        assert why in refused.value.message
        assert "không phải đánh giá lại" not in refused.value.message


def test_a_refusal_waits_for_an_answer_that_is_still_in_time(world: World) -> None:
    told: dict[str, Any] = {"actor": world.actor(world.officer), "at": world.now}
    owing = concluded(world.dossier(), "45", 2)
    asked = owing.supplements.create(
        code="abcdefgh", step="examining", wanted="x", due_on=TODAY, asked_at=world.now
    )
    with pytest.raises(Refused) as refused:
        refusing.refuse_dossier(dossier=owing, **REFUSED_BY, reason="Không đạt", **told)
    assert (refused.value.code, "23/11/2026" in refused.value.message) == ("supplement_open", True)
    asked.due_on = date(2026, 11, 20)
    asked.save()
    refusing.refuse_dossier(dossier=owing, **REFUSED_BY, reason="Không bổ sung", **told)
    asked.refresh_from_db()
    assert (owing.state, asked.answered_at) == (State.REFUSED, world.now)


def test_a_request_past_the_45_days_is_warned_of(world: World) -> None:
    again = world.dossier(State.RECEIVED, kind=Kind.REEVALUATION, received_at=world.now)
    told: dict[str, Any] = {"actor": world.actor(world.officer), "wanted": "Giấy", "at": world.now}
    late = commune.ask_supplement(dossier=again, days=40, **told)
    assert "07/01/2027" in checks.late_answer(late)
    for other in (
        commune.ask_supplement(
            dossier=world.dossier(State.RECEIVED, kind=Kind.REEVALUATION, received_at=world.now),
            days=5,
            **told,
        ),
        commune.ask_supplement(dossier=world.dossier(State.RECEIVED), days=40, **told),
    ):
        assert checks.late_answer(other) == ""


def test_what_leaves_the_agenda_is_ready_for_another(world: World) -> None:
    dossier = world.dossier()
    item = office.on_agenda(dossier)
    told: dict[str, Any] = {"actor": world.actor(world.officer), "item": item, "at": world.now}
    with pytest.raises(Refused) as refused:
        proposing.note_taken_off(reason="thiếu mẫu", **told)
    assert refused.value.code == "still_on_agenda"
    item.state = ItemState.TAKEN_OFF
    item.save()
    back = proposing.note_taken_off(reason="thiếu mẫu", **told)
    assert back is not None
    assert back.state == State.READY


def test_a_cancelled_sitting_gives_its_dossiers_back(world: World) -> None:
    item = office.on_agenda(world.dossier())
    item.sitting.state = SittingState.CANCELLED
    back = proposing.note_taken_off(
        actor=world.actor(world.officer), item=item, reason="hủy phiên", at=world.now
    )
    assert back is not None
    assert back.state == State.READY


def test_a_conclusion_awaits_the_decision_and_a_first_pass_the_second(world: World) -> None:
    told: dict[str, Any] = {"actor": world.actor(world.officer), "at": world.now}
    item = office.on_agenda(world.dossier())
    with pytest.raises(Refused) as refused:
        proposing.note_conclusion(item=item, **told)
    assert refused.value.code == "not_concluded"
    done = proposing.note_conclusion(item=office.conclude(item, "75", 4), **told)
    assert done is not None
    assert done.state == State.CONCLUDED
    first = office.on_agenda(world.dossier(), of=office.sitting(passing=1))
    gaps = proposing.note_conclusion(item=office.conclude(first, "75", 4), **told)
    assert gaps is not None
    assert gaps.state == State.READY
    assert conclusions.conclusion_of(gaps) is None


def test_a_case_of_no_dossier_is_noted_and_moves_nothing(world: World) -> None:
    dossier = world.dossier()
    item = office.conclude(office.on_agenda(dossier), "75", 4)
    dossier.case = None
    dossier.save()
    told: dict[str, Any] = {"actor": world.actor(world.officer), "item": item, "at": world.now}
    assert proposing.note_conclusion(**told) is None


# --- Decision ------------------------------------------------------------------------------------
def test_a_decision_ends_dossiers_with_the_star_the_council_found(world: World) -> None:
    one = concluded(world.dossier(), "75.123456", 4)
    two = concluded(world.dossier(), "62", 3)
    maker = world.maker(one)
    decision = _decide(world, one, two)
    one.refresh_from_db()
    assert one.state == State.DECIDED
    row = one.recognition
    assert row is not None
    assert (row.decision, row.stars, row.kind) == (decision, 4, Kind.FIRST)
    assert row.total == Decimal("75.1234")
    assert row.evaluated_on == date(2026, 11, 20)
    assert one.ended_at == world.now
    assert Message.objects.filter(user=maker.user_id, kind="dossiers.decided").exists()


def test_totals_are_cut_not_rounded_into_another_band(world: World) -> None:
    dossier = concluded(world.dossier(), "69.999999", 3)
    _decide(world, dossier)
    row = Recognition.objects.get()
    assert (row.total, row.stars) == (Decimal("69.9999"), 3)
    assert conclusions.cut(None, 4) is None


def test_a_decision_dated_before_the_sitting_is_refused(world: World) -> None:
    dossier = concluded(world.dossier(), "75", 4)
    with pytest.raises(Refused) as refused:
        _decide(world, dossier, paper=_paper(date(2026, 11, 19)))
    assert refused.value.code == "decision_before_sitting"
    assert "signed_on" in refused.value.fields
    assert not Decision.objects.exists()
    assert _decide(world, dossier, paper=_paper(date(2026, 11, 20)))


def test_a_decision_is_not_signed_before_the_minutes_it_rests_on(world: World) -> None:
    dossier = concluded(world.dossier(), "75", 4)  # the council sat on 20 November
    Sitting.objects.update(minutes_on=date(2026, 11, 22))
    with pytest.raises(Refused) as refused:
        _decide(world, dossier, paper=_paper(date(2026, 11, 21)))
    assert refused.value.code == "decision_before_minutes"
    assert "21/11/2026" in refused.value.message
    assert "22/11/2026" in refused.value.message
    assert "signed_on" in refused.value.fields
    assert not Decision.objects.exists()
    assert _decide(world, dossier, paper=_paper(date(2026, 11, 22)))


@pytest.mark.parametrize("lacking", [{"state": SittingState.OPEN}, {"minutes_number": ""}])
def test_a_decision_waits_for_the_minutes_of_the_sitting(
    world: World, lacking: dict[str, Any]
) -> None:
    dossier = concluded(world.dossier(), "75", 4)
    Sitting.objects.update(**lacking)
    with pytest.raises(Refused) as refused:
        _decide(world, dossier)
    assert refused.value.code == "minutes_awaited"
    assert not Decision.objects.exists()
    printed = repr(decision_list([dossier], on=TODAY, final=True))
    assert dossier.product.name not in printed
    assert "chưa kết thúc với số và ngày biên bản" in printed
    Sitting.objects.update(state=SittingState.CLOSED, minutes_number="1/BB-HĐ")
    assert dossier.product.name in repr(decision_list([dossier], on=TODAY, final=True))
    assert _decide(world, dossier)


@pytest.mark.parametrize("star", [None, 2])
def test_less_than_three_stars_gets_no_decision(world: World, star: int | None) -> None:
    dossier = concluded(world.dossier(), "45", star)
    with pytest.raises(Refused) as refused:
        _decide(world, dossier)
    assert refused.value.code == "no_star"


def test_a_dossier_without_conclusion_gets_no_decision(world: World) -> None:
    with pytest.raises(Refused) as refused:
        _decide(world, world.dossier(State.CONCLUDED))
    assert refused.value.code == "no_conclusion"
    with pytest.raises(Refused) as refused:
        _decide(world, world.dossier(State.READY))
    assert refused.value.code == "dossier_state"
    with pytest.raises(Refused) as refused:
        _decide(world)
    assert refused.value.code == "no_results"


def test_an_upgrade_without_a_higher_star_is_refused(world: World) -> None:
    dossier = concluded(world.dossier(kind=Kind.UPGRADE), "75", 4)
    RecognitionFactory(product=dossier.product, stars=4, on=date(2025, 12, 1))
    with pytest.raises(Refused) as refused:
        _decide(world, dossier)
    assert refused.value.code == "no_upgrade"
    dossier.refresh_from_db()
    assert dossier.state == State.CONCLUDED


def test_an_upgrade_to_the_star_it_has_is_not_proposed(world: World) -> None:
    """Art. 6: an upgrade leads to a higher star, or to nothing; the star that is held stays."""
    same = concluded(world.dossier(kind=Kind.UPGRADE), "60", 3)
    higher = concluded(world.dossier(kind=Kind.UPGRADE), "75", 4)
    for dossier in (same, higher):
        RecognitionFactory(product=dossier.product, stars=3, on=date(2025, 12, 1))
    printed = repr(decision_list([same, higher], on=TODAY, final=True))
    assert higher.product.name in printed
    assert same.product.name not in printed
    assert "1 sản phẩm nâng hạng không lên hạng cao hơn" in printed
    told = _noticed(same)
    assert "đang có 3 sao nên kết quả này không nâng hạng" in told
    assert "có hiệu lực khi có quyết định" not in told
    with pytest.raises(Refused) as refused:
        _decide(world, same, higher)
    assert "Hãy bỏ sản phẩm này khỏi quyết định" in refused.value.message
    assert _decide(world, higher)


def test_only_the_office_decides(world: World) -> None:
    dossier = concluded(world.dossier(), "75", 4)
    for user in (world.commune, world.adviser, world.auditor):
        with pytest.raises(NotAllowed):
            deciding.decide_dossiers(
                actor=world.actor(user), dossiers=[dossier], paper=_paper(), at=world.now
            )


def test_a_decision_that_is_in_the_register_is_tied_to_its_dossiers(world: World) -> None:
    dossier = concluded(world.dossier(), "75", 4)
    told: dict[str, Any] = {"actor": world.actor(world.officer), "at": world.now}
    decision = recognition.record_decision(
        paper=_paper(), results=[recognition.Result(dossier.product, 3)], **told
    )
    with pytest.raises(Refused) as refused:
        deciding.note_decision(dossiers=[dossier], decision=decision, **told)
    assert refused.value.code == "not_in_decision"
    Recognition.objects.update(stars=4)
    deciding.note_decision(dossiers=[dossier], decision=decision, **told)
    assert Dossier.objects.get(pk=dossier.pk).recognition == Recognition.objects.get()
    with pytest.raises(Refused) as refused:
        deciding.note_decision(dossiers=[], decision=decision, **told)
    assert refused.value.code == "no_dossiers"


def test_a_refusal_needs_a_reason_and_ends_the_dossier(world: World) -> None:
    dossier = concluded(world.dossier(), "45", 2)
    told: dict[str, Any] = {
        "actor": world.actor(world.officer),
        "dossier": dossier,
        "at": world.now,
    }
    with pytest.raises(Refused) as refused:
        refusing.refuse_dossier(**REFUSED_BY, reason="", **told)
    assert refused.value.code == "reason_needed"
    maker = world.maker(dossier)
    refusing.refuse_dossier(**REFUSED_BY, reason="Không đạt 3 sao", **told)
    assert (dossier.state, dossier.ended_at) == (State.REFUSED, world.now)
    assert Message.objects.filter(user=maker.user_id, kind="dossiers.refused").exists()


def _noticed(dossier: Dossier) -> str:
    """What the producer and the commune are told, which is the same but for the address."""
    own, communes = (repr(notice(dossier, to_commune=to, on=TODAY).blocks) for to in (False, True))
    assert own.replace("quý chủ thể", "chủ thể") == communes
    return own


def test_the_notice_of_a_refusal_gives_its_reason_and_what_the_product_fell_by(
    world: World,
) -> None:
    dossier = concluded(world.dossier(), "45", 2, band=3, missed={3: {"2.2": 2}})
    refusing.refuse_dossier(
        actor=world.actor(world.officer),
        dossier=dossier,
        **REFUSED_BY,
        reason=" Dưới 3 sao. ",
        at=world.now,
    )
    told = _noticed(dossier)
    assert "Lý do: Dưới 3 sao." in told
    assert "chưa đạt mức tối thiểu: 2.2 cần 2 điểm" in told
    gate = load_set(office.SET).all_gates[0]
    stopped = concluded(world.dossier(), "75", None, stopped=(gate.id,))
    assert f"theo điều kiện: {gate.criterion}" in _noticed(stopped)


@pytest.mark.parametrize("mean", ["90", "97.9"])
def test_five_stars_of_the_province_are_a_proposal_to_the_ministry(world: World, mean: str) -> None:
    """Art. 5: the Ministry evaluates and recognises five stars."""
    told = _noticed(concluded(world.dossier(), mean, 5))
    assert "Đề nghị Bộ Nông nghiệp và Môi trường đánh giá 5 sao" in told
    assert "kết luận: 5 sao" not in told
    assert "có hiệu lực khi có quyết định" not in told


def test_ninety_points_held_at_less_are_told_to_go_to_the_ministry(world: World) -> None:
    told = _noticed(concluded(world.dossier(), "92", 4))
    assert "kết luận: 4 sao" in told
    assert "được trình Bộ Nông nghiệp và Môi trường đánh giá trước khi có quyết định" in told


@pytest.mark.parametrize("star", [None, 1, 2])
def test_below_three_stars_the_notice_promises_no_decision(world: World, star: int | None) -> None:
    told = _noticed(concluded(world.dossier(), "45", star))
    assert "dưới 3 sao nên không có quyết định công nhận" in told
    assert "có hiệu lực" not in told


def test_what_is_decided_is_not_proposed_again(world: World) -> None:
    decided, open_one = (concluded(world.dossier(), "75", 4) for _ in range(2))
    assert decided.product.name in repr(decision_list([decided], on=TODAY, final=True))
    _decide(world, decided)
    listed = repr(decision_list([decided, open_one], on=TODAY, final=True))
    assert decided.product.name not in listed
    assert open_one.product.name in listed
    assert "1 sản phẩm đã có quyết định công nhận" in listed


@pytest.mark.parametrize("lacking", [{"state": SittingState.OPEN}, {"minutes_number": ""}])
def test_a_refusal_on_a_conclusion_waits_for_the_minutes(
    world: World, lacking: dict[str, Any]
) -> None:
    dossier = concluded(world.dossier(), "45", 2)
    told = {"actor": world.actor(world.officer), "dossier": dossier, "at": world.now}
    Sitting.objects.update(**lacking)
    with pytest.raises(Refused) as refused:
        refusing.refuse_dossier(**REFUSED_BY, reason="Không đạt 3 sao", **told)
    assert refused.value.code == "minutes_awaited"
    Sitting.objects.update(state=SittingState.CLOSED, minutes_number="1/BB-HĐ")
    assert (
        refusing.refuse_dossier(**REFUSED_BY, reason="Không đạt 3 sao", **told).state
        == State.REFUSED
    )


@pytest.mark.parametrize("answered", [False, True])
def test_the_province_refuses_nothing_that_is_the_ministrys(world: World, answered: bool) -> None:
    """Before its answer, and when it gave five stars, which it recognises itself (Art. 5)."""
    dossier = concluded(world.dossier(), "92", 5)
    _send(world, dossier)
    if answered:
        _told(world, dossier, "93", star=5)
    told = {"actor": world.actor(world.officer), "dossier": dossier, "at": world.now}
    with pytest.raises(Refused) as refused:
        refusing.refuse_dossier(**REFUSED_BY, reason="Không đạt", **told)
    assert refused.value.code == "with_ministry"
    assert Dossier.objects.get(pk=dossier.pk).state == State.AT_MINISTRY


@pytest.mark.parametrize("star", [3, 4, 5])
def test_ninety_points_are_not_refused_before_the_ministry_answered(
    world: World, star: int
) -> None:
    """Art. 5: the Ministry evaluates them first; its answer leaves the province free again."""
    dossier = concluded(world.dossier(), "90", star)
    told = {"actor": world.actor(world.officer), "dossier": dossier, "at": world.now}
    with pytest.raises(Refused) as refused:
        refusing.refuse_dossier(**REFUSED_BY, reason="Không đạt", **told)
    assert refused.value.code == "ministry_first"
    _send(world, dossier)
    _told(world, dossier, "91", star=None)
    assert (
        refusing.refuse_dossier(**REFUSED_BY, reason="Bộ không xếp hạng", **told).state
        == State.REFUSED
    )


# --- The Ministry --------------------------------------------------------------------------------
def _send(world: World, dossier: Dossier, **more: Any) -> CentralReferral:
    told: dict[str, Any] = {"document": "5/TTr-UBND", "sent_on": TODAY, **more}
    return ministry.send_to_ministry(
        actor=world.actor(world.officer), dossier=dossier, at=world.now, **told
    )


def _told(world: World, dossier: Dossier, total: str, **more: Any) -> CentralReferral:
    told: dict[str, Any] = {"document": "9/TB-BNNMT", "told_on": TODAY, **more}
    return ministry.record_central_result(
        actor=world.actor(world.officer),
        dossier=dossier,
        total=Decimal(total),
        at=world.now,
        **{"star": band_of(Decimal(total)), **told},
    )


@pytest.mark.parametrize("star", [3, 4, 5])
def test_ninety_points_may_go_to_the_ministry_and_the_result_is_kept(
    world: World, star: int
) -> None:
    dossier = concluded(world.dossier(), "90.000001", star)
    row = _send(world, dossier)
    assert (row.provincial_total, row.provincial_star) == (Decimal("90.000001"), star)
    assert dossier.state == State.AT_MINISTRY
    assert Dossier.objects.get(pk=dossier.pk).state == State.AT_MINISTRY


@pytest.mark.parametrize(("mean", "star"), [("89.999999", 4), ("92", 2), ("92", None)])
def test_less_does_not_go(world: World, mean: str, star: int | None) -> None:
    with pytest.raises(Refused) as refused:
        _send(world, concluded(world.dossier(), mean, star))
    assert refused.value.code == "not_for_ministry"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"sent_on": date(2026, 11, 19)}, "dossier_sent_on"),
        ({"sent_on": date(2026, 11, 24)}, "dossier_sent_on"),
        ({"document": " "}, "dossier_document"),
    ],
)
def test_a_letter_has_its_number_and_a_day_after_the_sitting(
    world: World, more: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        _send(world, concluded(world.dossier(), "92", 5), **more)
    assert refused.value.code == code


@pytest.mark.parametrize("star", [3, 4, 5])
@pytest.mark.parametrize("level", [Level.PROVINCE, Level.CENTRE])
def test_ninety_points_are_not_decided_before_the_ministry_found_them(
    world: World, level: Level, star: int
) -> None:
    dossier = concluded(world.dossier(), "90", star)
    with pytest.raises(Refused) as refused:
        _decide(world, dossier, paper=_paper(level=level))
    assert refused.value.code == "ministry_first"
    words = repr(decision_list([dossier], on=TODAY, final=True))
    assert dossier.product.name not in words
    assert "1 sản phẩm đạt từ 90 điểm, được trình Bộ Nông nghiệp và Môi trường" in words
    assert "không đủ điều kiện" not in words


def test_the_list_counts_what_is_below_three_stars(world: World) -> None:
    low, good = concluded(world.dossier(), "42", 2), concluded(world.dossier(), "75", 4)
    words = repr(decision_list([low, good], on=TODAY, final=True))
    assert low.product.name not in words
    assert "Tổng số: 1 sản phẩm: 1 sản phẩm 4 sao." in words
    assert "1 sản phẩm không đủ điều kiện công nhận theo kết luận" in words
    assert "trình Bộ" not in words


def test_the_list_says_why_a_product_of_the_sitting_is_not_on_it(world: World) -> None:
    rows = [
        concluded(world.dossier(), points, star)
        for points, star in (("92", 4), ("75", 4), ("45", 2), ("80", None))
    ]
    told = repr(decision_list(rows, on=TODAY, final=True))
    assert "Tổng số: 1 sản phẩm: 1 sản phẩm 4 sao." in told
    assert "1 sản phẩm đạt từ 90 điểm, được trình Bộ" in told
    assert "2 sản phẩm không đủ điều kiện công nhận" in told
    _send(world, rows[0])
    rows[0].refresh_from_db()
    assert "1 sản phẩm đạt từ 90 điểm" in repr(decision_list([rows[0]], on=TODAY, final=True))


def test_ninety_points_held_at_four_stars_are_decided_on_the_ministrys_answer(world: World) -> None:
    dossier = concluded(world.dossier(), "92", 4)
    _send(world, dossier)
    _told(world, dossier, "88")
    assert dossier.product.name in repr(decision_list([dossier], on=TODAY, final=True))
    _decide(world, dossier)
    assert Recognition.objects.get().stars == 4


def test_the_ministrys_ninety_points_are_decided_at_the_centre(world: World) -> None:
    dossier = concluded(world.dossier(), "92", 5)
    _send(world, dossier)
    with pytest.raises(Refused) as refused:
        _decide(world, dossier)
    assert refused.value.code == "ministry_awaited"
    row = _told(world, dossier, "91.5")
    assert (row.central_star, row.returned) == (5, False)
    _decide(world, dossier, paper=_paper(level=Level.CENTRE))
    found = Recognition.objects.get()
    assert (found.stars, found.total) == (5, Decimal("91.5"))


@pytest.mark.parametrize(("total", "star"), [("89.9999999", 4), ("65", 3)])
def test_below_ninety_the_province_recognises_on_the_central_result(
    world: World, total: str, star: int
) -> None:
    dossier = concluded(world.dossier(), "92", 5)
    _send(world, dossier)
    row = _told(world, dossier, total)
    assert row.returned
    assert dossier.state == State.CONCLUDED
    assert row.central_total is not None
    assert row.central_total < 90
    _decide(world, dossier)
    assert Recognition.objects.get().stars == star


@pytest.mark.parametrize(("total", "star"), [("91", 4), ("91", 3), ("88", 3)])
def test_a_minimum_missed_at_the_centre_gives_less_and_the_province_decides(
    world: World, total: str, star: int
) -> None:
    dossier = concluded(world.dossier(), "92", 5)
    _send(world, dossier)
    row = _told(world, dossier, total, star=star)
    assert (row.central_star, row.returned, dossier.state) == (star, True, State.CONCLUDED)
    assert activity(dossier).filter(name="dossiers.central_result_recorded").get().change == {
        "total": f"{total}.000000",
        "star": star,
        "returned": True,
    }
    assert f"{star} sao" in repr(notice(dossier, to_commune=False, on=TODAY))
    assert "Bộ Nông nghiệp và Môi trường đã kết luận" in repr(
        notice(dossier, to_commune=False, on=TODAY)
    )
    assert f"'{star} sao'" in repr(decision_list([dossier], on=TODAY, final=True))
    _decide(world, dossier)
    assert Recognition.objects.get().stars == star


def test_the_centre_may_give_no_star_at_all(world: World) -> None:
    dossier = concluded(world.dossier(), "92", 5)
    _send(world, dossier)
    row = _told(world, dossier, "91", star=None)
    assert (row.central_star, row.returned) == (None, True)
    with pytest.raises(Refused) as refused:
        _decide(world, dossier)
    assert refused.value.code == "no_star"


@pytest.mark.parametrize("lacking", [{"state": SittingState.OPEN}, {"minutes_number": ""}])
def test_the_ministry_waits_for_the_minutes_of_the_sitting(
    world: World, lacking: dict[str, Any]
) -> None:
    dossier = concluded(world.dossier(), "92", 5)
    Sitting.objects.update(**lacking)
    with pytest.raises(Refused) as refused:
        _send(world, dossier)
    assert refused.value.code == "minutes_awaited"
    assert not CentralReferral.objects.exists()
    Sitting.objects.update(state=SittingState.CLOSED, minutes_number="1/BB-HĐ")
    assert _send(world, dossier)


def test_below_ninety_the_province_may_evaluate_again(world: World) -> None:
    dossier = concluded(world.dossier(), "92", 5)
    told: dict[str, Any] = {"actor": world.actor(world.officer), "at": world.now}
    with pytest.raises(Refused) as refused:
        ministry.evaluate_again(dossier=dossier, reason="xem lại", **told)
    assert refused.value.code == "not_returned"
    _send(world, dossier)
    _told(world, dossier, "82")
    old = dossier.case
    ministry.evaluate_again(dossier=dossier, reason="Hội đồng xem lại", **told)
    dossier.refresh_from_db()
    assert (dossier.state, dossier.case) == (State.READY, None)
    again = concluded(dossier, "71", 4)
    assert again.case != old
    found = conclusions.conclusion_of(again)
    assert found is not None
    assert (found.central, found.total) == (False, Decimal(71))
    assert not conclusions.was_sent(again)


def test_a_dossier_that_the_ministry_did_not_evaluate_is_sent_again(world: World) -> None:
    dossier = concluded(world.dossier(), "92", 5)
    told: dict[str, Any] = {"actor": world.actor(world.officer), "at": world.now}
    with pytest.raises(Refused) as refused:
        ministry.take_back_unexamined(dossier=dossier, reason="thiếu giấy tờ", **told)
    assert refused.value.code == "dossier_state"
    _send(world, dossier)
    ministry.take_back_unexamined(dossier=dossier, reason="thiếu giấy tờ", **told)
    dossier.refresh_from_db()
    assert dossier.state == State.CONCLUDED
    found = conclusions.conclusion_of(dossier)
    assert found is not None
    assert (found.central, found.total) == (False, Decimal(92))
    with pytest.raises(Refused) as refused:  # nobody gave it back for another evaluation
        ministry.evaluate_again(dossier=dossier, reason="Hội đồng xem lại", **told)
    assert refused.value.code == "not_returned"
    _send(world, dossier)
    assert _told(world, dossier, "91", star=5).central_star == 5
    with pytest.raises(Refused) as refused:
        ministry.take_back_unexamined(dossier=dossier, reason="thiếu giấy tờ", **told)
    assert refused.value.code == "central_known"


def test_what_the_ministry_misses_is_asked_from_the_producer_and_sent_with_it(
    world: World,
) -> None:
    dossier = concluded(world.dossier(), "92", 5)
    told: dict[str, Any] = {"actor": world.actor(world.officer), "at": world.now}
    wanted: dict[str, Any] = {"dossier": dossier, "wanted": "Hợp đồng xuất khẩu", "days": 5}
    with pytest.raises(Refused) as refused:
        commune.ask_supplement(**wanted, **told)
    assert refused.value.code == "concluded"
    _send(world, dossier)
    with pytest.raises(Refused) as refused:
        commune.ask_supplement(**wanted, **told)
    assert refused.value.code == "dossier_state"
    ministry.take_back_unexamined(dossier=dossier, reason="thiếu giấy tờ", **told)
    asked = commune.ask_supplement(**wanted, **told)
    with pytest.raises(Refused) as refused:
        _send(world, dossier)
    assert refused.value.code == "supplement_open"
    evidence.needs_open(dossier)  # the producer adds to it
    drafting.answer_supplement(
        actor=world.maker(dossier), supplement=asked, answer="Đã thêm", at=world.now
    )
    with pytest.raises(Refused):
        evidence.needs_open(dossier)
    assert _send(world, dossier)


def test_a_second_letter_to_the_ministry_is_not_before_the_first(world: World) -> None:
    dossier = concluded(world.dossier(), "92", 5)
    told: dict[str, Any] = {"actor": world.actor(world.officer), "at": world.now}
    _send(world, dossier, sent_on=date(2026, 11, 21))
    ministry.take_back_unexamined(dossier=dossier, reason="thiếu giấy tờ", **told)
    with pytest.raises(Refused) as refused:
        _send(world, dossier, sent_on=date(2026, 11, 20))  # the day of the sitting
    assert refused.value.code == "dossier_sent_on"
    assert "21/11/2026" in refused.value.message
    assert _send(world, dossier, sent_on=date(2026, 11, 21))


def test_producer_and_commune_are_told_what_becomes_of_it_at_the_ministry(world: World) -> None:
    dossier = concluded(world.dossier(), "92", 5)
    both = {world.maker(dossier).user_id, world.commune.pk}
    told: dict[str, Any] = {"actor": world.actor(world.officer), "at": world.now}

    def news(kind: str) -> str:
        found = Message.objects.filter(kind=f"dossiers.{kind}")
        assert {message.user_id for message in found} == both
        return found[0].body

    _send(world, dossier)
    ministry.take_back_unexamined(dossier=dossier, reason="thiếu giấy tờ", **told)
    assert "thiếu giấy tờ" in news("unexamined")
    _send(world, dossier)
    _told(world, dossier, "84.5")
    assert "84,5 điểm, 4 sao. Hồ sơ về lại tỉnh" in news("central_result")
    ministry.evaluate_again(dossier=dossier, reason="Hội đồng xem lại", **told)
    assert "Hội đồng xem lại" in news("evaluated_again")


@pytest.mark.parametrize(
    ("total", "star", "words"),
    [("91", 5, "91 điểm, 5 sao và sẽ quyết định"), ("91", None, "91 điểm, không đạt 3 sao")],
)
def test_the_news_of_the_ministrys_result_say_who_goes_on(
    world: World, total: str, star: int | None, words: str
) -> None:
    dossier = concluded(world.dossier(), "92", 5)
    _send(world, dossier)
    _told(world, dossier, total, star=star)
    assert words in Message.objects.filter(kind="dossiers.central_result")[0].body


def test_ninety_points_after_the_second_evaluation_go_to_the_ministry_again(world: World) -> None:
    dossier = concluded(world.dossier(), "92", 5)
    told: dict[str, Any] = {"actor": world.actor(world.officer), "at": world.now}
    _send(world, dossier)
    _told(world, dossier, "82")
    ministry.evaluate_again(dossier=dossier, reason="Hội đồng xem lại", **told)
    again = concluded(dossier, "93", 5)
    second = _send(world, again)
    assert (again.state, second.provincial_total) == (State.AT_MINISTRY, Decimal(93))
    assert again.referrals.count() == 2
    with pytest.raises(Refused) as refused:  # the first answer of the Ministry is no answer now
        _decide(world, again)
    assert refused.value.code == "ministry_awaited"
    _told(world, again, "80")
    found = conclusions.conclusion_of(again)
    assert found is not None
    assert (found.central, found.total) == (True, Decimal(80))
    with pytest.raises(Refused) as refused:  # nor is it sent without another evaluation
        _send(world, again)
    assert refused.value.code == "not_for_ministry"


@pytest.mark.parametrize(
    ("total", "more", "code"),
    [
        ("100.5", {}, "dossier_total"),
        ("80", {"told_on": date(2026, 11, 22)}, "dossier_told_on"),
        ("80", {"told_on": date(2026, 11, 24)}, "dossier_told_on"),
        ("80", {"document": ""}, "dossier_document"),
        ("89.999999", {"star": 5}, "dossier_star"),
        ("69.999999", {"star": 4}, "dossier_star"),
        ("95", {"star": 6}, "dossier_star"),
        ("95", {"star": 0}, "dossier_star"),
    ],
)
def test_what_is_no_central_result_is_refused(
    world: World, total: str, more: dict[str, Any], code: str
) -> None:
    dossier = concluded(world.dossier(), "92", 5)
    _send(world, dossier)
    with pytest.raises(Refused) as refused:
        _told(world, dossier, total, **more)
    assert refused.value.code == code


def test_the_central_result_is_entered_once(world: World) -> None:
    dossier = concluded(world.dossier(), "92", 5)
    _send(world, dossier)
    _told(world, dossier, "95")
    with pytest.raises(Refused) as refused:
        _told(world, dossier, "91")
    assert refused.value.code == "central_known"


def test_a_dossier_given_back_brings_its_new_self_assessment(world: World) -> None:
    dossier = world.dossier(state=State.READY)
    [item] = _put(world, dossier)
    Dossier.objects.filter(pk=dossier.pk).update(state=State.READY, marks={})
    Item.objects.filter(pk=item.pk).update(state=ItemState.TAKEN_OFF)
    again = Dossier.objects.get(pk=dossier.pk)
    [second] = _put(world, again)
    assert second.case_id == item.case_id
    assert Case.objects.get(pk=item.case_id).self_total == 0


@pytest.mark.parametrize("ground", ["declared", "organisation", "household", "leader"])
def test_who_was_recused_stays_out_of_the_second_evaluation(world: World, ground: str) -> None:
    dossier = world.dossier(state=State.READY)
    [item] = _put(world, dossier)
    seat = Seat.objects.create(
        council=item.sitting.council, user=world.second, starts_on=TODAY, position="member", place=1
    )
    settled: dict[str, Any] = {
        "seat": seat, "raised_at": world.now, "settled_at": world.now, "settled_by": 7
    }  # fmt: skip
    Obstacle.objects.create(
        case=item.case, ground=ground, state="recused", reason="Cùng hợp tác xã", **settled
    )
    other = "household" if ground != "household" else "organisation"
    Obstacle.objects.create(case=item.case, ground=other, state="dismissed", **settled)
    Item.objects.filter(pk=item.pk).update(state=ItemState.TAKEN_OFF)
    Dossier.objects.filter(pk=dossier.pk).update(state=State.READY, case=None)
    [second] = _put(world, Dossier.objects.get(pk=dossier.pk))
    assert second.case_id != item.case_id
    kept = Obstacle.objects.get(case=second.case)
    assert (kept.seat, kept.ground, kept.state) == (seat, ground, "recused")
    assert (kept.reason, kept.settled_by) == ("Cùng hợp tác xã", 7)
