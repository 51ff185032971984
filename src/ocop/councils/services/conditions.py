"""Writes of councils: the council's answers to the conditions of a criteria set."""

from collections.abc import Mapping
from datetime import datetime

from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.checking import needs_reason
from ocop.core.events import record
from ocop.core.refusals import Refused
from ocop.councils import rules
from ocop.councils.models import Item
from ocop.councils.queries import progress
from ocop.councils.remarks import unexplained_words
from ocop.councils.services import sheets, steps
from ocop.criteria import queries as criteria
from ocop.criteria import scoring


@action("councils.answer_gates")
def answer_gates(
    *, actor: Actor, item: Item, gates: Mapping[str, bool | None], at: datetime, reason: str = ""
) -> Item:
    """Note the council's answers to conditions of the criteria set; None takes one back, and others
    stay as they are.

    Refused: a condition the set does not have or that follows from the marks, a case that is not
    being scored, and, once all sheets are in, an answer against the members' own without the
    council's reason: against most of them, or past anybody who says that no star can be given.
    """
    require(actor, rules.may_steer_item, item)
    item = steps.locked_item(item)
    steps.expect_item(item, "answer_gates")
    criteria_set = criteria.set_of(item.case.version)
    given = {key: answer for key, answer in gates.items() if answer is not None}
    scoring.check_answers(criteria_set, dict.fromkeys(gates, False))
    scoring.check_given(criteria_set, given)
    if reason.strip():
        needs_reason(reason)
    changed = {key for key, answer in gates.items() if item.gates.get(key) != answer}
    item.gates = {key: yes for key, yes in item.gates.items() if key not in gates} | given
    _give_reasons(item, given, changed, reason.strip())
    item.save(update_fields=["gates", "gate_reasons"])
    sheets.recount(item)
    record(
        actor,
        "councils.gates_answered",
        item,
        at=at,
        reason=reason.strip(),
        change={"gates": dict(gates)},
    )
    return item


def expect_reasons(item: Item) -> None:
    """Refuse answers against the members' own without a reason: they may have been given before
    the sheets were in, or sheets may have changed since."""
    _expect(progress.unexplained(item, progress.counted_sheets(item)))


def _give_reasons(item: Item, gates: Mapping[str, bool], changed: set[str], reason: str) -> None:
    """Keep the reason for those of these answers that need one and have none, else for all that
    need one. A changed answer loses the reason it had."""
    kept = {key: why for key, why in item.gate_reasons.items() if key not in changed}
    if not progress.item_progress(item).all_in:  # nobody is told yet what members answered
        item.gate_reasons = kept | (dict.fromkeys(gates, reason) if reason else {})
        return
    item.gate_reasons = kept
    against = progress.overruled(item, progress.counted_sheets(item))
    told = {each.gate.id: each.reason for each in against if each.gate.id in gates}
    lacking = [key for key, why in told.items() if not why]
    if reason:
        item.gate_reasons = kept | dict.fromkeys(lacking or told, reason)
        return
    _expect([each for each in against if each.gate.id in lacking])


def _expect(against: list[progress.Overruled]) -> None:
    lacking = [each for each in against if not each.reason]
    if not lacking:
        return
    message = unexplained_words(lacking)
    raise Refused("gate_reason", message, fields={"reason": [message]})
