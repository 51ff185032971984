"""Writes of assessments: to the council, the decision, the answer, and once more."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from ocop.core import folding
from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.checking import fits, needs_reason
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.numbers import write_date, write_number
from ocop.core.refusals import Refused
from ocop.councils import rules as council_rules
from ocop.councils.models import Case, Item, Sitting
from ocop.councils.services import cases, sittings, steps
from ocop.criteria import services as criteria
from ocop.network.centres import notices, numbers, options, queries, rules, sheet
from ocop.network.centres.models import (
    AssessmentState,
    CentreAssessment,
    CentreState,
    DesignCentre,
    Round,
)
from ocop.network.centres.numbers import Numbers
from ocop.network.centres.services.centres import expect_state, move, open_round, refuse

KIND = "centre"  # of the council's case


@action("network.send_centre")
def send_centre(
    *, actor: Actor, assessment: CentreAssessment, sitting: Sitting, at: datetime
) -> Item:
    """Put a centre on the agenda of a sitting. The council marks it by the sheet of its decision
    as any case; conflicts of interest are looked for.

    Refused: numbers that do not meet a condition or are not known, an assessment that is decided,
    on an agenda or concluded, what `councils.add_to_agenda` refuses.
    """
    require(actor, rules.may_decide)
    require(actor, council_rules.may_plan_sitting, sitting)
    sitting = steps.locked_sitting(sitting)
    assessment = _locked(assessment)
    if not queries.waits_for_agenda(assessment):
        raise Refused(
            "centre_not_waiting",
            _("Trung tâm này đã ở trong một chương trình họp, hoặc đã có kết luận."),
        )
    held = _sheet_of(assessment)
    _expect_met(assessment, held)
    if assessment.case is None:
        assessment.case = _case_of(assessment, held, at)
        assessment.checked = _kept(assessment, held)
    assessment.state = AssessmentState.SENT
    assessment.save()
    (item,) = sittings.place_on_agenda(actor=actor, sitting=sitting, cases=[assessment.case], at=at)
    record(actor, "network.centre_sent", assessment.centre, sitting, item, at=at)
    return item


@action("network.recognise_centre")
def recognise_centre(
    *,
    actor: Actor,
    assessment: CentreAssessment,
    number: str,
    signed_on: date,
    authority: str,
    at: datetime,
) -> DesignCentre:
    """Enter the decision that recognises a centre, or that its recognition stands after an
    assessment; from its day on the public finds it.

    Refused: the council did not conclude or the points do not suffice, no visit of this assessment
    that met every condition, a decision without number or authority, signed before the council
    concluded or on a day to come.
    """
    require(actor, rules.may_decide)
    assessment = _locked(assessment)
    number, authority = folding.clean(number), folding.clean(authority)
    if not number:
        raise refuse("number", _("Hãy ghi số quyết định."))
    if not authority:
        raise refuse("authority", _("Hãy ghi cơ quan ban hành."))
    if signed_on > timezone.localdate(at):
        raise refuse("signed_on", _("Ngày ký %s chưa đến.") % write_date(signed_on))
    _expect_passed(assessment, signed_on)
    found = queries.outcome_of(assessment)
    told = {"number": number, "authority": authority, "signed_on": signed_on, "score": found.mean}
    for name, value in told.items():
        setattr(assessment, name, value)
    fits(assessment)
    _settle(assessment, AssessmentState.RECOGNISED, **told)
    centre = assessment.centre
    if assessment.round == Round.FIRST:
        move(centre, CentreState.APPLIED, CentreState.RECOGNISED, recognised_on=signed_on)
    else:
        expect_state(centre, CentreState.RECOGNISED)
    change = {"number": number, "score": str(found.mean), "signed_on": signed_on.isoformat()}
    record(actor, "network.centre_recognised", centre, at=at, change=change)
    notices.answered(assessment=assessment, at=at)
    return centre


@action("network.refuse_centre")
def refuse_centre(
    *, actor: Actor, assessment: CentreAssessment, reason: str, at: datetime
) -> CentreAssessment:
    """Answer an application with no, and why: before the council as well as after it.

    A centre that stands keeps its recognition until a decision ends it. Refused without a reason,
    while it is on an agenda, and once it is decided.
    """
    require(actor, rules.may_decide)
    needs_reason(reason)
    assessment = _locked(assessment)
    found = queries.outcome_of(assessment)
    if found.item is not None and found.passed is None:
        raise Refused(
            "centre_on_agenda",
            _("Trung tâm đang ở trong chương trình họp. Hãy chờ kết luận, hoặc đưa ra khỏi phiên."),
        )
    _settle(assessment, AssessmentState.REFUSED, answer=reason.strip(), score=found.mean)
    centre = assessment.centre
    if assessment.round == Round.FIRST:
        move(centre, CentreState.APPLIED, CentreState.REFUSED)
    record(actor, "network.centre_refused", centre, at=at, reason=reason.strip())
    notices.answered(assessment=assessment, at=at)
    return assessment


@action("network.reassess_centre")
def reassess_centre(
    *, actor: Actor, centre: DesignCentre, told: Numbers, at: datetime
) -> CentreAssessment:
    """Begin to assess a recognised centre anew, by the sheet of the day.

    Refused: numbers that cannot be, an assessment under way, a centre that is not recognised.
    """
    on = timezone.localdate(at)
    require(actor, rules.may_change, centre, on)
    DesignCentre.objects.select_for_update().get(pk=centre.pk)
    expect_state(centre, CentreState.RECOGNISED)
    if queries.open_assessment(centre) is not None:
        raise Refused("centre_assessed_now", _("Trung tâm đang được đánh giá lại."))
    assessment = open_round(centre, Round.AGAIN, told, on, at)
    record(actor, "network.centre_reassessed", centre, at=at)
    notices.applied(centre=centre, at=at)
    return assessment


def _locked(assessment: CentreAssessment) -> CentreAssessment:
    rows = CentreAssessment.objects.select_for_update(of=("self",))
    return rows.select_related("centre", "case").get(pk=assessment.pk)


def _sheet_of(assessment: CentreAssessment) -> sheet.Sheet:
    held = sheet.keyed(assessment.sheet)
    if held is None:
        raise Refused("centre_no_sheet", _("Không còn phiếu “%s”.") % assessment.sheet)
    return held


def _expect_met(assessment: CentreAssessment, held: sheet.Sheet) -> None:
    found = numbers.verdict(numbers.answers(queries.numbers_of(assessment), held))
    if found is None:
        raise Refused(
            "centre_numbers_missing",
            _("Chưa đủ số liệu: hãy ghi diện tích, từng khu và số mặt hàng rồi đưa ra hội đồng."),
        )
    if not found:
        raise Refused(
            "centre_numbers_short",
            _(
                "Có điều kiện về diện tích, các khu hoặc hàng bày chưa đạt (xem mục Số liệu). "
                "Hãy sửa số liệu, hoặc trả lời không công nhận."
            ),
        )


def _expect_passed(assessment: CentreAssessment, signed_on: date) -> None:
    found = queries.outcome_of(assessment)
    if found.passed is None or found.item is None or found.item.concluded_at is None:
        raise Refused(
            "centre_not_judged", _("Hội đồng chưa kết luận. Hãy đưa trung tâm ra một phiên họp.")
        )
    if not found.passed:
        raise Refused(
            "centre_points",
            _("Hội đồng chấm %s điểm, chưa đủ để công nhận.") % write_number(found.mean or 0, 2),
        )
    concluded = timezone.localdate(found.item.concluded_at)
    if signed_on < concluded:
        raise refuse(
            "signed_on",
            _("Hội đồng kết luận ngày %s; quyết định không thể ký trước.") % write_date(concluded),
        )
    visit = assessment.centre.visits.filter(visited_on__gte=assessment.opened_on).first()
    if visit is None or not visit.passed:
        raise Refused(
            "centre_not_visited",
            _(
                "Chưa có lần đo tại chỗ đạt đủ điều kiện trong lần đánh giá này. Hãy ghi kết quả "
                "kiểm tra rồi công nhận."
            ),
        )


def _case_of(assessment: CentreAssessment, held: sheet.Sheet, at: datetime) -> Case:
    """The case of the council: its sheet with the province's own division, as it is today."""
    rest = sheet.division(options.DIVISION.get(), held.rest)
    version = criteria.hold_sheet(
        code=held.code,
        document=held.document,
        since=held.since,
        content=sheet.as_set(held, rest, options.PASS.get()),
        at=at,
    )
    centre = assessment.centre
    return cases.build_case(
        title=centre.name,
        reference="",
        producer=centre.producer,
        version=version,
        self_total=None,
        self_star=None,
        written=False,
        kind=KIND,
        at=at,
    )


def _kept(assessment: CentreAssessment, held: sheet.Sheet) -> dict[str, Any]:
    found = numbers.answers(queries.numbers_of(assessment), held)
    return {
        "document": held.document,
        "answers": {
            each.condition.value: {
                "met": each.met,
                "told": _plain(each.told),
                "needed": _plain(each.needed),
            }
            for each in found
        },
    }


def _plain(value: Decimal | int | None) -> str | None:
    return None if value is None else format(Decimal(value).normalize(), "f")


def _settle(assessment: CentreAssessment, target: AssessmentState, **told: object) -> None:
    """Decide an assessment once, whoever else does so at this moment."""
    waiting = (AssessmentState.OPEN, AssessmentState.SENT)
    rows = CentreAssessment.objects.filter(pk=assessment.pk, state__in=waiting)
    if not rows.update(state=target, **told):
        raise Refused("centre_decided", _("Lần đánh giá này đã có quyết định."))
    for name, value in {"state": target, **told}.items():
        setattr(assessment, name, value)
