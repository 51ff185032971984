"""A decision that is entered and not published is the office's alone; publication tells everybody.

Art. 5, Decision 26/2026/QĐ-TTg: the chair of the province decides, certifies and publishes.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

import pytest
import time_machine
from django.db import IntegrityError, transaction

from ocop.core.actor import ANONYMOUS, SYSTEM, Actor
from ocop.core.models import Event
from ocop.core.refusals import NotAllowed, Refused
from ocop.criteria.services import load_decree
from ocop.people import queries as people
from ocop.people.models import Message, User
from ocop.people.roles import Role
from ocop.products import queries as products
from ocop.products.models import Product
from ocop.programme import queries as programme
from ocop.programme import rows as counting
from ocop.recognition import certificates, deciding, queries, services
from ocop.recognition.authority import Level
from ocop.recognition.certified import certified
from ocop.recognition.models import Decision, Ground, Kind, Recognition
from ocop.recognition.services import Paper, Result
from tests.factories import PDF, ProductFactory, RecognitionFactory, UnitFactory
from tests.recognition.log.logged import code, entries, found
from tests.world import annulled_by, member, person, revoked_by

pytestmark = pytest.mark.django_db
SIGNED, TODAY = date(2026, 11, 20), date(2026, 11, 23)
PAPER = Paper("12/QĐ-UBND", SIGNED, "UBND thành phố Hà Nội", Level.PROVINCE)


@pytest.fixture(autouse=True)
def _law(now: datetime) -> Iterator[None]:
    load_decree(actor=SYSTEM, at=now)
    with time_machine.travel(now, tick=False):
        yield


def enter(now: datetime, *results: Result, paper: Paper = PAPER) -> Decision:
    return services.record_decision(
        actor=SYSTEM, paper=paper, results=results, publish=False, at=now
    )


def publish(decision: Decision, now: datetime, on: date = TODAY, *, file: bool = False) -> Decision:
    return services.publish_decision(
        actor=SYSTEM,
        decision=decision,
        published_on=on,
        file_public=file,
        file_confirmed=file,
        at=now,
    )


def new(**facts: object) -> Product:
    product: Product = ProductFactory(listed=False, in_ocop=False, **facts)
    return product


def who(user: User) -> Actor:
    return people.actor_for(user, on=TODAY)


def seen_by(actor: Actor) -> set[int]:
    return set(queries.visible_to(actor).values_list("pk", flat=True))


def counted() -> int:
    return counting.evaluated(programme.scope(ANONYMOUS, as_of=TODAY, province="01")).count()


def test_before_its_publication_nobody_but_the_office_sees_a_decision(now: datetime) -> None:
    product = new(name="Chè sen", commune=UnitFactory())
    decision = enter(now, Result(product, 4))
    row = Recognition.objects.get()
    maker = who(member(now, product.producer))
    commune = who(person(now, Role.COMMUNE_OFFICER, product.commune))
    for actor in (ANONYMOUS, maker, commune):
        assert not seen_by(actor)
        assert not deciding.decisions_visible_to(actor).exists()
    for role in (Role.PROVINCIAL_OFFICER, Role.AUDITOR):
        assert seen_by(who(person(now, role))) == {row.pk}
    assert certified(product, TODAY) is None
    assert not products.visible_to(ANONYMOUS).exists()
    assert not queries.open_data(TODAY).exists()
    assert counted() == 0
    product.refresh_from_db()
    assert (product.listed, product.in_ocop) == (False, False)
    assert (decision.awaits_publication, decision.published_on) == (True, None)
    assert not Message.objects.exists()
    named = Event.objects.get(name="recognition.decision_recorded").objects_named
    assert not named.filter(kind="product").exists()  # its activity is read by a commune, too


def test_publication_puts_all_of_it_before_the_public_and_tells_the_producers(
    now: datetime,
) -> None:
    tea, jam = new(name="Chè sen"), new(name="Mứt")
    maker = member(now, tea.producer)
    decision = publish(enter(now, Result(tea, 4), Result(jam, 3)), now)
    assert (decision.awaits_publication, decision.published_on) == (False, TODAY)
    assert len(seen_by(ANONYMOUS)) == 2
    assert counted() == 2
    told = certified(tea, TODAY)
    assert told is not None
    assert (told.holds, told.recognition.stars) == (True, 4)
    assert set(Product.objects.values_list("listed", "in_ocop")) == {(True, True)}
    message = Message.objects.get()
    assert message.user == maker
    assert "12/QĐ-UBND" in message.subject
    assert "“Chè sen” đạt 4 sao, đến hết ngày 20/11/2029." in message.body
    assert "Mứt" not in message.body


def test_a_decision_recorded_for_all_to_see_is_published_that_day(now: datetime) -> None:
    decision = services.record_decision(
        actor=SYSTEM, paper=PAPER, results=[Result(new(), 3)], at=now
    )
    assert (decision.awaits_publication, decision.published_on) == (False, TODAY)
    with pytest.raises(Refused) as refused:
        publish(decision, now)
    assert refused.value.code == "decision_published"


@pytest.mark.parametrize("day", [date(2026, 11, 19), date(2026, 11, 24)])
def test_it_is_published_after_it_was_signed_and_not_ahead(day: date, now: datetime) -> None:
    decision = enter(now, Result(new(), 3))
    with pytest.raises(Refused) as refused:
        publish(decision, now, day)
    assert refused.value.fields.keys() == {"published_on"}
    assert Decision.objects.get().awaits_publication
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.update(awaits_publication=False, published_on=date(2026, 11, 19))
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.update(published_on=TODAY)


def test_only_the_office_publishes(now: datetime) -> None:
    decision = enter(now, Result(new(), 3))
    for actor in (ANONYMOUS, who(person(now, Role.AUDITOR))):
        with pytest.raises(NotAllowed):
            services.publish_decision(actor=actor, decision=decision, published_on=TODAY, at=now)


def test_no_certificate_and_no_revocation_before_the_publication(now: datetime) -> None:
    decision = enter(now, Result(new(), 3))
    row = Recognition.objects.select_related("decision").get()
    with pytest.raises(Refused) as refused:
        certificates.issue_certificates(actor=SYSTEM, decision=decision, at=now)
    assert refused.value.code == "decision_not_published"
    with pytest.raises(Refused) as refused:
        services.revoke(
            actor=SYSTEM,
            recognition=row,
            ground=Ground.BREACH,
            **revoked_by(TODAY),
            reason="14/QĐ-UBND",
            at=now,
        )
    assert refused.value.code == "decision_not_published"
    assert certificates.issue_certificates(actor=SYSTEM, decision=publish(decision, now), at=now)


def test_the_star_before_rules_until_the_next_one_is_published(now: datetime) -> None:
    before = RecognitionFactory(stars=3)
    decision = enter(now, Result(before.product, 4, Kind.UPGRADE))
    told = certified(before.product, TODAY)
    assert told is not None
    assert told.recognition == before
    publish(decision, now)
    told = certified(before.product, TODAY)
    assert told is not None
    assert told.recognition.stars == 4


def test_a_decision_that_waits_counts_for_the_kind_of_the_next(now: datetime) -> None:
    product = new()
    enter(now, Result(product, 3))
    later = Paper("13/QĐ-UBND", TODAY, PAPER.authority, Level.PROVINCE)
    with pytest.raises(Refused) as refused:
        enter(now, Result(product, 4), paper=later)
    assert refused.value.code == "ranked_before"


def test_what_is_completed_before_waits_too(now: datetime) -> None:
    decision = enter(now, Result(new(), 3))
    services.complete_decision(
        actor=SYSTEM,
        decision=decision,
        level=Level.PROVINCE,
        results=[Result(new(), 4)],
        reason="Sót dòng 2",
        at=now,
    )
    assert not seen_by(ANONYMOUS)
    publish(decision, now)
    assert len(seen_by(ANONYMOUS)) == 2
    services.complete_decision(
        actor=SYSTEM,
        decision=decision,
        level=Level.PROVINCE,
        results=[Result(new(), 4)],
        reason="Sót dòng 3",
        at=now,
    )
    assert len(seen_by(ANONYMOUS)) == 3


def test_the_public_log_hears_of_it_once_and_only_then(now: datetime) -> None:
    decision = enter(now, Result(new(), 3), Result(new(), 4))
    assert code(found(now)) == ""
    assert not entries("recognition")
    publish(decision, now)
    audit = found(now)
    assert code(audit) == ""
    assert len(entries("recognition")) == 2


def test_entered_and_published_within_the_hour_it_stands_once_in_the_log(now: datetime) -> None:
    publish(enter(now, Result(new(), 3)), now)
    assert code(found(now)) == ""
    assert len(entries("recognition")) == 1


def test_what_was_annulled_before_comes_with_its_annulment(now: datetime) -> None:
    """Art. 10.1b: a result given wrongly is annulled; if nothing is left, nothing is published."""
    wrong, right = new(), new()
    decision = enter(now, Result(wrong, 3), Result(right, 3))
    row = Recognition.objects.get(product=wrong)
    services.annul(
        actor=SYSTEM, recognition=row, **annulled_by(TODAY), reason="Hội đồng chấm nhầm", at=now
    )
    assert code(found(now)) == ""
    publish(decision, now)
    assert code(found(now)) == ""
    assert [e["type"] for e in entries("recognition", "annulment")] == [
        "recognition", "recognition", "annulment"
    ]  # fmt: skip
    wrong.refresh_from_db()
    assert not wrong.listed


def test_nothing_left_is_not_published(now: datetime) -> None:
    decision = enter(now, Result(new(), 3))
    Recognition.objects.update(annulled_on=TODAY)
    with pytest.raises(Refused) as refused:
        publish(decision, now)
    assert refused.value.code == "no_results"


def test_the_signed_file_is_public_only_where_an_officer_says_so(now: datetime) -> None:
    without = enter(now, Result(new(), 3))
    assert not publish(without, now, file=True).file_public  # there is no file
    paper = Paper("13/QĐ-UBND", SIGNED, PAPER.authority, Level.PROVINCE, scan=PDF, filename="q.pdf")
    kept = enter(now, Result(new(), 3), paper=paper)
    assert not kept.file_public
    assert publish(kept, now, file=True).file_public


def test_what_was_said_with_the_file_holds_at_the_publication(now: datetime) -> None:
    paper = replace(PAPER, scan=PDF, filename="q.pdf", file_public=True, file_confirmed=True)
    decision = enter(now, Result(new(), 3), paper=paper)
    told = {"actor": SYSTEM, "published_on": TODAY, "at": now}
    assert services.publish_decision(decision=decision, **told).file_public
