"""Evidence that becomes better: by an officer who compared, never by a file that came (ADR 5)."""

from datetime import date, datetime

import pytest

from ocop.core import attachments
from ocop.core.actor import ANONYMOUS, SYSTEM
from ocop.core.models import Event
from ocop.core.refusals import NotAllowed, Refused
from ocop.recognition import services
from ocop.recognition.models import Decision, Evidence, Recognition
from tests.factories import PDF, DecisionFactory, RecognitionFactory
from tests.recognition.log.logged import code, decided, entries, found

pytestmark = pytest.mark.django_db


@pytest.fixture
def decision(now: datetime) -> Decision:
    made: Decision = DecisionFactory(attachment=attachments.store(PDF, filename="3981.pdf", at=now))
    return made


def known(decision: Decision, evidence: Evidence = Evidence.B1, **more: object) -> Recognition:
    row: Recognition = RecognitionFactory(
        decision=decision, on=decision.signed_on, evidence=evidence, **more
    )
    return row


def lift(decision: Decision, now: datetime, *rows: Recognition) -> list[Recognition]:
    return services.lift_evidence(actor=SYSTEM, decision=decision, recognitions=rows, at=now)


def test_a_file_that_comes_changes_no_evidence_by_itself(now: datetime) -> None:
    row = known(DecisionFactory())
    services.attach_decision(
        actor=SYSTEM, decision=row.decision, content=PDF, filename="q.pdf", reason="", at=now
    )
    row.refresh_from_db()
    assert row.evidence == Evidence.B1


def test_what_stands_in_the_signed_file_is_known_from_it(decision: Decision, now: datetime) -> None:
    news, shop, other = known(decision), known(decision, Evidence.C), known(decision)
    lift(decision, now, news, shop)
    told = dict(Recognition.objects.values_list("pk", "evidence"))
    assert told == {news.pk: Evidence.A, shop.pk: Evidence.A, other.pk: Evidence.B1}
    event = Event.objects.get(name="recognition.evidence_lifted")
    assert event.change["before"] == {str(news.pk): "B1", str(shop.pk): "C"}
    assert decision.attachment is not None
    assert event.change["sha256"] == decision.attachment.sha256


def test_a_row_without_days_gets_those_of_the_law(decision: Decision, now: datetime) -> None:
    """Signed on 30/12/2024: 36 months from the day after, to the end of 30/12/2027."""
    row = known(decision, valid_from=None, expires_on=None)
    lift(decision, now, row)
    row.refresh_from_db()
    assert (row.valid_from, row.expires_on) == (date(2024, 12, 30), date(2027, 12, 30))


def test_days_that_are_known_stay(decision: Decision, now: datetime) -> None:
    row = known(decision, expires_on=date(2027, 6, 30))
    lift(decision, now, row)
    row.refresh_from_db()
    assert row.expires_on == date(2027, 6, 30)


def test_without_the_file_or_with_one_that_was_changed_it_is_refused(now: datetime) -> None:
    row = known(DecisionFactory())
    assert row.decision is not None
    with pytest.raises(Refused) as refused:
        lift(row.decision, now, row)
    assert refused.value.code == "no_file"
    row.decision.attachment = attachments.store(PDF, filename="q.pdf", at=now)
    row.decision.signatures = {
        "readable": True,
        "found": [{"signer": "UBND", "at": "", "whole": False, "trusted": False}],
    }
    with pytest.raises(Refused) as refused:
        lift(row.decision, now, row)
    assert refused.value.code == "file_changed"


def test_only_rows_of_the_decision_that_are_known_from_elsewhere(
    decision: Decision, now: datetime
) -> None:
    for row in (
        RecognitionFactory(evidence=Evidence.B1),
        known(decision, Evidence.A),
        known(decision, Evidence.B2),
        known(decision, Evidence.M),
    ):
        with pytest.raises(Refused) as refused:
            lift(decision, now, row)
        assert refused.value.code == "nothing_to_lift"
    with pytest.raises(Refused):
        lift(decision, now)


def test_only_the_office_lifts(decision: Decision, now: datetime) -> None:
    with pytest.raises(NotAllowed):
        services.lift_evidence(
            actor=ANONYMOUS, decision=decision, recognitions=[known(decision)], at=now
        )


def test_the_public_log_tells_the_better_evidence_beside_the_first(
    decision: Decision, now: datetime
) -> None:
    row = known(decision)
    decided(row, now=now)
    assert code(found(now)) == ""
    lift(decision, now, row)
    assert code(found(now)) == ""
    first, second = entries("recognition")
    assert (first["evidence"], second["evidence"]) == ("B1", "A")
    assert second["entry"] is not None
