"""What a person has ahead after stars are given: visits, corrections, answers, cases."""

from collections.abc import Iterator
from datetime import date

from ocop.core.actor import Actor
from ocop.core.language import gettext as _
from ocop.programme.entries import Entry, What
from ocop.recognition.postcheck import lifecycle, notices, queries, rules
from ocop.recognition.postcheck.models import CaseState, CheckState, PostCheck

#: While the producer may give an explanation.
_HEARING = (CaseState.OPENED, CaseState.HEARD)


def entries(actor: Actor, *, on: date) -> Iterator[Entry]:
    """Their days for an inspector, the office, and a producer."""
    for check in queries.checks_due(actor):
        yield _check(actor, check)
    for case in queries.cases_of_own_products(actor, on).filter(state__in=_HEARING):
        yield Entry(  # the day that the message of the case has named
            What.CASE,
            f"case-{case.code}-own",
            case.due_on,
            case.recognition.product.name,
            _(lifecycle.CASE.situations[case.state].producer),
            notices.own_link(case),
        )
    if not rules.may_handle_cases(actor):
        return
    for complaint in queries.complaints_due(actor):
        yield Entry(
            What.COMPLAINT,
            f"complaint-{complaint.number}",
            complaint.due_on,
            complaint.subject,
            _("Trả lời phản ánh %s") % complaint.number,
            notices.complaint_link(complaint),
        )
    for case in queries.running(queries.cases_visible_to(actor)):
        yield Entry(
            What.CASE,
            f"case-{case.code}",
            case.due_on,
            case.recognition.product.name,
            _(lifecycle.CASE.situations[case.state].staff),
            notices.case_link(case),
        )


def _check(actor: Actor, check: PostCheck) -> Entry:
    correcting = check.state == CheckState.CORRECTING
    day = check.correct_until if correcting and check.correct_until else check.planned_on
    theirs = correcting and not rules.may_see_checks(actor)
    return Entry(
        What.POSTCHECK,
        f"postcheck-{check.code}-{check.state}",
        day,
        check.recognition.product.name,
        _(lifecycle.CHECK.situations[check.state].staff),
        notices.own_link(check) if theirs else notices.check_link(check),
    )
