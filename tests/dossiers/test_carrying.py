"""From one dossier to the next: what goes over, what has expired, and what cannot be followed.

An upgrade comes from a star that is held and proves what changed; a re-evaluation is filed 180 to
120 days before the end and judged within 45 days (Art. 6, Decision 26/2026/QĐ-TTg).
"""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from ocop.core.actor import SYSTEM
from ocop.criteria.scoring import score
from ocop.criteria.sets import load_set
from ocop.dossiers.carrying import Lasting, counterparts, lasting, proposed
from ocop.dossiers.models import Dossier, EvidenceUse, Round, State
from ocop.dossiers.queries import carrying, filing
from ocop.dossiers.services import drafting
from ocop.dossiers.services import evidence as library
from ocop.recognition.models import Kind
from tests.dossiers import making
from tests.factories import RecognitionFactory, version

COFFEE, CRAFT = 13, 22
DAY = timedelta(days=1)


def test_a_paper_holds_to_the_end_of_its_last_day() -> None:
    on, until = date(2026, 11, 23), date(2026, 12, 29)
    told = {
        None: Lasting.HOLDS,
        until: Lasting.HOLDS,
        until - DAY: Lasting.ENDS,
        on: Lasting.ENDS,
        on - DAY: Lasting.EXPIRED,
    }
    assert {day: lasting(day, on=on, until=until) for day in told} == told


def test_the_same_set_is_followed_whole() -> None:
    coffee = load_set(COFFEE)
    assert counterparts(coffee, coffee) == {code: code for code in coffee.by_code}


def test_of_another_set_only_what_is_certain_is_followed() -> None:
    """Environment is 1.6 in most sets and 1.5 in some; what 6.1.1 and 7 are differs (Annex III)."""
    pairs = counterparts(load_set(COFFEE), load_set(CRAFT))
    assert pairs["1.6"] == "1.5"
    assert pairs["8"] == "7"  # nothing of a code says what it means
    topics = {code: c.topic for code, c in load_set(CRAFT).by_code.items()}
    for then, now in pairs.items():
        assert load_set(COFFEE).by_code[then].topic == topics[now]
    assert len(set(pairs.values())) == len(pairs)
    assert not {c for c in pairs if load_set(COFFEE).by_code[c].topic == "sensory"}


def test_levels_are_proposed_only_where_the_criterion_offers_the_same() -> None:
    coffee, craft = load_set(COFFEE), load_set(CRAFT)
    pairs = counterparts(coffee, craft)
    marks = {code: c.max for code, c in coffee.by_code.items()}
    found = proposed(marks, coffee, craft, pairs)
    assert found
    for code, points in found.items():
        assert points in craft.by_code[code].levels
    for then, now in pairs.items():
        options = coffee.by_code[then].options == craft.by_code[now].options
        assert (now in found) <= options
    assert proposed(marks, coffee, coffee, counterparts(coffee, coffee)) == marks


# --- with dossiers --------------------------------------------------------------------------------
pytestmark = pytest.mark.django_db


def recognised(now: datetime, *, expires_on: date, **more: Any) -> Dossier:
    """A dossier on which three stars were given and whose product has its star until a day."""
    first = making.filled(now)
    maker = first.product.producer
    for code, colour, until in (
        ("1.6", "white", None),
        ("2.3", "black", now.date() + 400 * DAY),
        ("1.1", "red", now.date() + 1100 * DAY),
    ):
        row = making.paper(now, maker, colour, valid_until=until)
        library.use_evidence(
            actor=SYSTEM, dossier=first, evidence=row, criterion=code, note="tr. 2", at=now
        )
    drafting.save_answers(
        actor=SYSTEM, dossier=first, revision=first.revision, claims={"1.6": "Xử lý nước"}, at=now
    )
    drafting.submit_dossier(actor=SYSTEM, dossier=first, at=now)
    star = RecognitionFactory(
        product=first.product, stars=3, on=now.date(), expires_on=expires_on, **more
    )
    Dossier.objects.filter(pk=first.pk).update(
        state=State.DECIDED, recognition=star, ended_at=now, submitted_at=now
    )
    return first


def again(first: Dossier, kind: Kind, at: datetime) -> Dossier:
    return drafting.begin_dossier(actor=SYSTEM, product=first.product, kind=kind, at=at)


def named(dossier: Dossier) -> dict[str, str]:
    return {use.criterion: use.evidence.title for use in dossier.uses.all()}


def test_a_reevaluation_begins_with_the_papers_of_the_last_at_the_same_criteria(
    now: datetime,
) -> None:
    end = now.date() + 1096 * DAY
    first = recognised(now, expires_on=end)
    later = now + (1096 - 150) * DAY
    second = again(first, Kind.REEVALUATION, later)
    assert named(second) == {
        "1.6": "Phiếu kiểm nghiệm white",
        "2.3": "Phiếu kiểm nghiệm black",
        "1.1": "Phiếu kiểm nghiệm red",
    }
    assert {use.note for use in second.uses.all()} == {"tr. 2"}
    assert second.claims == {"1.6": "Xử lý nước"}
    assert second.previous == first.product.recognitions.get()


def test_what_expired_or_will_before_the_council_is_told_first(now: datetime) -> None:
    first = recognised(now, expires_on=now.date() + 1096 * DAY)
    later = now + (1096 - 150) * DAY
    found = carrying.carried(again(first, Kind.REEVALUATION, later), later.date())
    # 15 working days at the commune are 3 weeks, 45 days in the province
    assert (
        timedelta(days=45 + 19) <= found.papers.council_on - later.date() <= timedelta(days=45 + 35)
    )
    told = [(piece.evidence.title[-5:], piece.lasting) for piece in found.papers.pieces]
    assert told == [
        ("black", Lasting.EXPIRED),
        (" red".rjust(5, "m"), Lasting.HOLDS),
        ("white", Lasting.HOLDS),
    ]
    assert (found.papers.expired, found.papers.ending) == (1, 0)
    near = now + 1060 * DAY
    last = carrying.carried(again_near(first, near), near.date())
    assert [p.evidence.title[-3:] for p in last.papers.pieces if p.lasting is Lasting.ENDS] == [
        "red"
    ]


def again_near(first: Dossier, at: datetime) -> Dossier:
    """The dossier that is open, as it stands on a later day."""
    row = first.product.dossiers.get(state=State.DRAFT)
    assert row.created_at < at
    return row


def test_a_new_copy_takes_the_place_of_what_expired(now: datetime) -> None:
    first = recognised(now, expires_on=now.date() + 1096 * DAY)
    later = now + (1096 - 150) * DAY
    second = again(first, Kind.REEVALUATION, later)
    old = second.uses.get(criterion="2.3").evidence
    new = library.replace_evidence(
        actor=SYSTEM, evidence=old, content=making.picture("green"), filename="m.png", at=later,
        particulars=library.Particulars(
            "test_report", "Phiếu mới", issued_on=later.date(), valid_until=later.date() + 365 * DAY
        ),
    )  # fmt: skip
    assert second.uses.get(criterion="2.3").evidence == new
    assert first.uses.get(criterion="2.3").evidence == old  # filed: as it was filed
    assert carrying.carried(second, later.date()).papers.expired == 0


def test_the_newest_copy_is_taken_over_and_what_was_withdrawn_is_told(now: datetime) -> None:
    first = recognised(now, expires_on=now.date() + 1096 * DAY)
    old, gone = (first.uses.get(criterion=code).evidence for code in ("1.1", "1.6"))
    new = library.replace_evidence(
        actor=SYSTEM, evidence=old, content=making.picture("green"), filename="m.png", at=now,
        particulars=library.Particulars("test_report", "Phiếu mới"),
    )  # fmt: skip
    library.withdraw_evidence(actor=SYSTEM, evidence=gone, reason="Cấp nhầm tên", at=now)
    second = again(first, Kind.UPGRADE, now + DAY)
    assert named(second) == {"1.1": "Phiếu mới", "2.3": "Phiếu kiểm nghiệm black"}
    assert second.uses.get(criterion="1.1").evidence == new
    assert carrying.carried(second, now.date() + DAY).withdrawn == (gone,)


def test_another_set_takes_what_is_certain_and_tells_what_not(now: datetime) -> None:
    first = recognised(now, expires_on=now.date() + 1096 * DAY)
    extra = making.paper(now, first.product.producer, "navy")
    EvidenceUse.objects.create(dossier=first, evidence=extra, criterion="7")
    version(CRAFT)
    type(first.product).objects.filter(pk=first.product_id).update(set_number=CRAFT)
    first.product.refresh_from_db()
    second = again(first, Kind.UPGRADE, now + DAY)
    assert second.version.number == CRAFT
    assert second.uses.get(evidence__title="Phiếu kiểm nghiệm white").criterion == "1.5"
    assert second.uses.get(evidence__title="Phiếu kiểm nghiệm black").criterion == "2.2"
    assert not second.uses.filter(evidence=extra).exists()
    assert second.claims == {"1.5": "Xử lý nước"}
    lost = {row.code: row for row in carrying.carried(second, now.date()).lost}
    assert (lost["7"].name, lost["7"].papers) == (load_set(COFFEE).by_code["7"].name, 1)
    assert "1.6" not in lost


def test_levels_are_a_proposal_until_the_producer_takes_them(now: datetime) -> None:
    first = recognised(now, expires_on=now.date() + 1096 * DAY)
    second = again(first, Kind.UPGRADE, now + DAY)
    assert second.marks == {}
    found = carrying.carried(second, now.date() + DAY)
    assert found.marks == first.marks
    drafting.save_answers(
        actor=SYSTEM, dossier=second, revision=second.revision, marks={"1.1": 0}, at=now + DAY
    )
    left = carrying.carried(second, now.date() + DAY).marks
    assert left == {code: points for code, points in first.marks.items() if code != "1.1"}


def test_a_level_that_needs_a_paper_is_not_proposed_without_one_that_holds(now: datetime) -> None:
    first = recognised(now, expires_on=now.date() + 1096 * DAY)
    needing = next(
        c.code for c in load_set(COFFEE).criteria if any(g.type == "evidence" for g in c.gates)
    )
    row = making.paper(now, first.product.producer, "pink", valid_until=now.date() + 30 * DAY)
    EvidenceUse.objects.create(dossier=first, evidence=row, criterion=needing)
    top = load_set(COFFEE).by_code[needing].max
    Dossier.objects.filter(pk=first.pk).update(marks={**first.marks, needing: top})
    second = again(first, Kind.UPGRADE, now + DAY)
    assert carrying.carried(second, now.date() + DAY).marks[needing] == top
    assert needing not in carrying.carried(second, now.date() + 31 * DAY).marks


def test_the_way_to_the_next_star_is_shown_fewest_changes_first(now: datetime) -> None:
    """Bands of Art. 4: four stars from 70 points, five from 90, and every minimum of the star."""
    first = recognised(now, expires_on=now.date() + 1096 * DAY)
    coffee = load_set(COFFEE)
    marks = {c.code: min(level for level in c.levels if level) for c in coffee.criteria}
    Dossier.objects.filter(pk=first.pk).update(marks=marks)
    second = again(first, Kind.UPGRADE, now + DAY)
    found = carrying.carried(second, now.date() + DAY)
    ways = found.score.ways
    assert ways
    assert [len(way.changes) for way in ways] == sorted(len(way.changes) for way in ways)
    for way in ways:  # with the paper that some of the changes need
        lifted = {**found.marks, **{c.criterion: c.then for c in way.changes}}
        assert (score(coffee, lifted, dependent=True).star or 0) >= way.star


def test_carried_papers_alone_do_not_prove_an_upgrade(now: datetime) -> None:
    """Art. 6: an upgrade must prove what changed since."""
    first = recognised(now, expires_on=now.date() + 1096 * DAY)
    second = again(first, Kind.UPGRADE, now + DAY)
    codes = {remark.code for remark in filing.completeness_of(second, now.date() + DAY).blockers}
    assert "nothing_new" in codes


def test_a_round_that_is_planned_says_by_when_the_council_judges(now: datetime) -> None:
    first = recognised(now, expires_on=now.date() + 1096 * DAY)
    second = again(first, Kind.UPGRADE, now + DAY)
    # before 30 April, done before 30 June (Art. 6): begun in November it is of the next year
    assert carrying.council_day(second, date(2026, 11, 24)) == date(2027, 6, 29)
    assert carrying.council_day(second, date(2027, 4, 29)) == date(2027, 6, 29)
    assert carrying.council_day(second, date(2027, 4, 30)) == date(2027, 12, 29)
    Round.objects.create(
        code="DOT1", province=second.province, year=2027, kind="extra", opens_on=date(2026, 11, 1),
        requests_before=date(2027, 1, 10), done_before=date(2027, 2, 20), created_at=now,
    )  # fmt: skip
    assert carrying.council_day(second, date(2026, 11, 24)) == date(2027, 2, 19)
