"""The advisory team: who examines what, findings, the proposal to the chair (Art. 5)."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.checking import SHORTEST_REASON, fits, length_of, needs_reason
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.numbers import write_date
from ocop.core.refusals import Refused
from ocop.criteria.queries import set_of
from ocop.dossiers import notices, proposal_notices, rules
from ocop.dossiers.models import (
    Assignment,
    Dossier,
    Finding,
    Proposal,
    Speciality,
    State,
    Verdict,
)
from ocop.dossiers.services.checks import account_of, decided_by, nothing_owed, stands
from ocop.dossiers.services.moving import move
from ocop.people.models import User
from ocop.people.queries import memberships_on
from ocop.people.roles import Role
from ocop.products.models import Sector
from ocop.recognition.models import Kind

#: States in which a dossier is given to advisers, and in which it may be taken from one.
ASSIGNABLE = (State.RECEIVED, State.EXAMINING)
ENDABLE = (State.EXAMINING, State.READY, State.ON_AGENDA)


@action("dossiers.set_specialities")
def set_specialities(
    *, actor: Actor, user: User, sectors: Sequence[str], at: datetime
) -> list[Speciality]:
    """Say in which sectors an adviser examines dossiers; what was said before falls.

    Refused: somebody who is no adviser today, a sector that Annex I does not have.
    """
    require(actor, rules.may_receive)
    _check_advisers([user], at)
    wanted = sorted(set(sectors))
    if unknown := [sector for sector in wanted if sector not in Sector.values]:
        raise Refused("sector", _("Không có ngành %s.") % ", ".join(unknown))
    Speciality.objects.filter(user=user).exclude(sector__in=wanted).delete()
    held = set(Speciality.objects.filter(user=user).values_list("sector", flat=True))
    new = [Speciality(user=user, sector=sector) for sector in wanted if sector not in held]
    Speciality.objects.bulk_create(new)
    record(actor, "dossiers.specialities_set", user, at=at, change={"sectors": wanted})
    return list(Speciality.objects.filter(user=user).order_by("sector"))


@action("dossiers.assign_advisers")
def assign_advisers(
    *, actor: Actor, dossier: Dossier, advisers: Sequence[User], lead: User, at: datetime
) -> list[Assignment]:
    """Give a received dossier to advisers, one of them the lead; those given before stay unless
    they are left out now.

    Refused: nobody, the lead not among them, somebody who is no adviser today or acts for the
    producer, a dossier that is elsewhere.
    """
    require(actor, rules.may_receive)
    stands(dossier, *ASSIGNABLE)
    chosen = {user.pk: user for user in advisers}
    if not chosen:
        raise _refuse("advisers", _("Hãy chọn ít nhất một thành viên tổ tư vấn."))
    if lead.pk not in chosen:
        raise _refuse("lead", _("Người chủ trì phải là một trong những người được phân công."))
    _check_advisers(list(chosen.values()), at)
    _check_free(dossier, chosen, at)
    now = _open(dossier)
    now.exclude(adviser__in=chosen).update(ended_at=at)
    now.exclude(adviser=lead).update(lead=False)
    held = set(now.values_list("adviser_id", flat=True))
    new = Assignment.objects.bulk_create(
        Assignment(dossier=dossier, adviser=user, assigned_by=actor.user_id, assigned_at=at)
        for key, user in chosen.items()
        if key not in held
    )
    now.filter(adviser=lead).update(lead=True)
    move(dossier, "assign", at=at, due_on=decided_by(dossier))
    record(
        actor,
        "dossiers.advisers_assigned",
        dossier,
        at=at,
        change={"advisers": sorted(chosen), "lead": lead.pk},
        also=[("user", key) for key in chosen],
    )
    for assignment in new:
        assignment.lead = assignment.adviser_id == lead.pk
        notices.assigned(assignment=assignment, at=at)
    return list(now.select_related("adviser").order_by("-lead", "pk"))


@action("dossiers.end_assignment")
def end_assignment(
    *, actor: Actor, assignment: Assignment, reason: str, at: datetime
) -> Assignment:
    """Take a dossier from an adviser; findings made so far stay. With the last one the dossier
    waits for another, with the lead one the next in line leads."""
    require(actor, rules.may_receive)
    needs_reason(reason)
    dossier = assignment.dossier
    stands(dossier, *ENDABLE)
    changed = Assignment.objects.filter(pk=assignment.pk, ended_at=None).update(
        ended_at=at, lead=False
    )
    if not changed:
        raise Refused("assignment_ended", _("Phân công này đã kết thúc."))
    assignment.ended_at = at
    left = _open(dossier)
    if not left.exists() and dossier.state == State.EXAMINING:
        move(dossier, "unassign", at=at, due_on=decided_by(dossier))
    elif not left.filter(lead=True).exists():
        first = left.order_by("pk").values_list("pk", flat=True)[:1]
        Assignment.objects.filter(pk__in=list(first)).update(lead=True)
    record(
        actor,
        "dossiers.assignment_ended",
        dossier,
        at=at,
        reason=reason.strip(),
        also=[("user", assignment.adviser_id)],
    )
    return assignment


@action("dossiers.note_finding")
def note_finding(
    *,
    actor: Actor,
    dossier: Dossier,
    criterion: str,
    verdict: Verdict,
    points: int | None = None,
    note: str = "",
    at: datetime,
) -> Finding:
    """Keep what an adviser finds of a criterion: the verdict, the level it supports, a note.

    The last word on a criterion replaces the adviser's earlier one. Refused: an actor who is not
    assigned, a criterion or level the set does not have, a doubt without a note.
    """
    require(actor, rules.is_adviser_of, dossier)
    stands(dossier, State.EXAMINING)
    found = set_of(dossier.version).by_code.get(criterion)
    if found is None:
        raise _refuse("criterion", _("Bộ tiêu chí không có tiêu chí %s.") % criterion)
    if points is not None and points not in found.levels:
        levels = ", ".join(map(str, found.levels))
        raise _refuse(
            "points",
            _("Tiêu chí %(code)s chỉ nhận các mức %(levels)s.")
            % {"code": criterion, "levels": levels},
        )
    verdict = Verdict(verdict)
    if verdict is not Verdict.PROVEN and not note.strip():
        raise _refuse("note", _("Hãy ghi điều cần làm rõ hoặc còn thiếu."))
    adviser = account_of(actor)
    row = Finding(dossier=dossier, adviser_id=adviser, criterion=criterion)
    row = (
        Finding.objects.filter(dossier=dossier, adviser=adviser, criterion=criterion).first() or row
    )
    row.verdict, row.points, row.note, row.updated_at = verdict, points, note.strip(), at
    fits(row)
    row.save()
    change = {"criterion": criterion, "verdict": verdict.value, "points": points}
    record(actor, "dossiers.finding_noted", dossier, at=at, change=change)
    return row


@action("dossiers.propose")
def propose(
    *,
    actor: Actor,
    dossier: Dossier,
    ready: bool,
    star: int | None,
    text: str,
    complex: bool = False,
    unexamined: str = "",
    at: datetime,
) -> Proposal:
    """The advisory team's word to the chair. Ready: the dossier may go before the council.

    `complex`: a re-evaluation that should be met upon. `unexamined`: what the team did not examine
    or found lacking (see `gaps`), and why the dossier is ready all the same. A later word replaces
    an earlier one.
    Refused: no text, a star outside 1 to 5, ready while the producer owes an answer or a test
    result is awaited, ready with gaps (or for an upgrade no higher star) that no word answers, a
    dossier that is elsewhere.
    """
    require(actor, rules.may_propose, dossier)
    stands(dossier, State.EXAMINING, State.READY)
    if not text.strip():
        raise _refuse("text", _("Hãy ghi nhận xét và đề nghị của tổ tư vấn."))
    if star is not None and star not in (1, 2, 3, 4, 5):
        raise _refuse("star", _("Hạng sao đề nghị từ 1 đến 5."))
    if ready:
        expect_examined(dossier)
        _answered(dossier, unexamined.strip(), star)
    row = Proposal.objects.filter(dossier=dossier).first() or Proposal(dossier=dossier)
    row.ready, row.star, row.text, row.complex = ready, star, text.strip(), complex
    row.unexamined = unexamined.strip() if ready else ""
    row.written_by, row.written_at = actor.user_id, at
    fits(row)
    row.save()
    if ready and dossier.state == State.EXAMINING:
        move(dossier, "propose", at=at, due_on=decided_by(dossier))
    elif not ready and dossier.state == State.READY:
        move(dossier, "examine_again", at=at, due_on=decided_by(dossier))
    record(actor, "dossiers.proposed", dossier, at=at, change={"ready": ready, "star": star})
    proposal_notices.proposed(proposal=row, at=at)
    return row


def expect_examined(dossier: Dossier) -> None:
    """Refuse to call a dossier ready while an answer or a test result is awaited."""
    nothing_owed(dossier)
    if dossier.tests.filter(result_on=None).exists():
        raise Refused(
            "test_awaited",
            _("Còn phiếu kiểm nghiệm chưa có kết quả. Hãy ghi kết quả rồi mới đề nghị."),
        )


def gaps(dossier: Dossier) -> list[str]:
    """What the examination lacks (Art. 5): criteria without a finding or on which nobody said what
    level is supported, samples that did not come, tests that failed. Each is a sentence."""
    criteria_set = set_of(dossier.version)
    found = dossier.findings.values_list("criterion", "verdict", "points")
    seen = {code for code, _verdict, _points in found}
    settled = {
        code for code, verdict, points in found if verdict == Verdict.PROVEN or points is not None
    }
    without = [c.code for c in criteria_set.criteria if c.code not in seen]
    left_open = [c.code for c in criteria_set.criteria if c.code in seen - settled]
    said = []
    if without:
        said.append(
            _("%(count)d/%(all)d tiêu chí chưa có nhận định: %(codes)s.")
            % {
                "count": len(without),
                "all": len(criteria_set.criteria),
                "codes": ", ".join(without),
            }
        )
    if left_open:
        said.append(
            _("%(count)d tiêu chí cần làm rõ, thiếu minh chứng chưa có mức có căn cứ: %(codes)s.")
            % {"count": len(left_open), "codes": ", ".join(left_open)}
        )
    came = sum(dossier.samples.values_list("count", flat=True))
    if came < criteria_set.samples:
        said.append(
            _("Mới nhận %(came)d/%(wanted)d mẫu sản phẩm.")
            % {"came": came, "wanted": criteria_set.samples}
        )
    said += [
        _("Kiểm nghiệm ở %(laboratory)s không đạt (kết quả ngày %(day)s).")
        % {"laboratory": order.laboratory, "day": write_date(order.result_on)}
        for order in dossier.tests.filter(passed=False)
        if order.result_on is not None
    ]
    return said


def _not_raised(dossier: Dossier, star: int | None) -> list[str]:
    """That the star which the team found is none above the one to raise (Art. 6), as a sentence."""
    held = dossier.previous.stars if dossier.previous is not None else None
    if dossier.kind != Kind.UPGRADE or held is None or star is None or star > held:
        return []
    said = _(
        "Hồ sơ nâng hạng mà hạng sao có căn cứ là %(star)d, không cao hơn %(held)d sao đang có."
    )
    return [said % {"star": star, "held": held}]


def _answered(dossier: Dossier, words: str, star: int | None) -> None:
    """Refuse to call a dossier ready whose examination has gaps, or found no higher star, that the
    team says nothing of."""
    lacking = [*gaps(dossier), *_not_raised(dossier, star)]
    if length_of(words) >= SHORTEST_REASON or not lacking:
        return
    raise _refuse(
        "unexamined",
        " ".join(
            (
                *lacking,
                _(
                    "Hãy làm tiếp, hoặc ghi nội dung nào chưa xem xét, chưa đạt và vì sao vẫn đủ "
                    "điều kiện trình hội đồng."
                ),
            )
        ),
    )


def _open(dossier: Dossier) -> QuerySet[Assignment]:
    return Assignment.objects.filter(dossier=dossier, ended_at=None)


def _check_advisers(users: Sequence[User], at: datetime) -> None:
    held = memberships_on(timezone.localdate(at)).filter(role=Role.ADVISORY_MEMBER)
    known = set(held.values_list("user_id", flat=True))
    for user in users:
        if user.pk not in known:
            raise _refuse(
                "advisers", _("%s không phải thành viên tổ tư vấn vào hôm nay.") % user.name
            )


def _check_free(dossier: Dossier, chosen: dict[int, User], at: datetime) -> None:
    """Nobody examines what the own producer filed."""
    day = timezone.localdate(at)
    members = dossier.product.producer.memberships.filter(user__in=chosen, starts_on__lte=day)
    member = members.exclude(ends_on__lte=day).select_related("user").first()
    if member is not None:
        raise _refuse(
            "advisers",
            _("%s làm việc cho chủ thể của hồ sơ này nên không được phân công.") % member.user.name,
        )


def _refuse(field: str, message: str) -> Refused:
    return Refused(f"advising_{field}", message, fields={field: [message]})
