"""Revocation cases: opened on a ground, heard, proposed, decided within 15 days (Art. 8)."""

import re
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from ocop.core import attachments, folding
from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.checking import check_text, fits, needs_reason
from ocop.core.codes import public_code
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.numbers import write_date
from ocop.core.refusals import Refused
from ocop.recognition import authority
from ocop.recognition.authority import Level
from ocop.recognition.book import Use, expect_free
from ocop.recognition.competence import expect_competent, expect_of_here
from ocop.recognition.models import Ground, Recognition
from ocop.recognition.postcheck import lifecycle, notices, rules, star_notices
from ocop.recognition.postcheck.lapsing import end_checks
from ocop.recognition.postcheck.models import (
    CaseStatement,
    CheckResult,
    CheckState,
    Complaint,
    PostCheck,
    RevocationCase,
)
from ocop.recognition.postcheck.services.moving import (
    move,
    needs_words,
    not_after,
    not_before,
    paper_of,
    refuse,
)
from ocop.recognition.revoking import (
    Signed,
    check_day,
    end_by_revocation,
    expect_counting,
    expect_holding,
    level_of,
)

_LONGEST = 6_000
_NOTICE = re.compile(r"[1-9]\d{0,5}[a-z]?(?:/TB(?:-[A-ZĐ][A-ZĐ0-9]*)+)?", re.IGNORECASE)


@action("recognition.open_case")
def open_case(
    *,
    actor: Actor,
    recognition: Recognition,
    ground: Ground,
    facts: str,
    established_on: date,
    postcheck: PostCheck | None = None,
    complaint: Complaint | None = None,
    conclusion_of: str = "",
    file: bytes | None = None,
    filename: str = "",
    at: datetime,
) -> RevocationCase:
    """Open a revocation case on one of the six grounds, with its evidence: a visit, a complaint, an
    authority's paper. The 15 days count from the day the ground is established.

    Refused: no facts, no evidence, evidence about another product or a visit that is not concluded
    or found nothing, a day in the future, before the star or before the conclusion it rests on, a
    star that does not hold, in whose place another one counts or that is of another province, a
    case that runs already.
    """
    require(actor, rules.may_handle_cases)
    told = needs_words("facts", facts, _("Hãy ghi sự việc làm căn cứ."))
    check_text(told, "facts", _LONGEST)
    today = timezone.localdate(at)
    expect_of_here(recognition)
    check_day(recognition, established_on, today, "established_on")
    expect_holding(recognition, today)
    expect_counting(recognition, today, today)
    paper = folding.clean(conclusion_of)
    if postcheck is None and complaint is None and not paper:
        raise refuse(
            "conclusion_of", _("Hãy nêu chứng cứ: lần kiểm tra, phản ánh hoặc văn bản kết luận.")
        )
    _check_evidence(recognition, postcheck, complaint)
    _expect_established(established_on, postcheck, complaint if not paper else None)
    stored = attachments.store(file, filename=filename, at=at) if file is not None else None
    case = RevocationCase(
        code=public_code(),
        recognition=recognition,
        ground=Ground(ground),
        facts=told,
        established_on=established_on,
        due_on=lifecycle.revocation_due(established_on),
        postcheck=postcheck,
        complaint=complaint,
        conclusion_of=paper,
        conclusion_file=stored,
        opened_at=at,
        demonstration=recognition.product.demonstration,
    )
    fits(case)
    try:
        with transaction.atomic():
            case.save()
    except IntegrityError:
        raise Refused(
            "case_open", _("Hạng sao này đang có một vụ việc thu hồi chưa kết thúc.")
        ) from None
    record(
        actor,
        "recognition.case_opened",
        case,
        recognition,
        recognition.product,
        *([postcheck] if postcheck else []),
        *([complaint] if complaint else []),
        at=at,
        change={"ground": case.ground, "established": str(established_on)},
    )
    notices.case_opened(case=case, at=at)
    return case


@action("recognition.state_in_case")
def state_in_case(*, actor: Actor, case: RevocationCase, text: str, at: datetime) -> CaseStatement:
    """The producer's own word, before anything is proposed. Refused: no words, or too late."""
    require(actor, rules.may_speak, case, timezone.localdate(at))
    told = needs_words("text", text, _("Hãy ghi ý kiến giải trình."))
    check_text(told, "text", _LONGEST)
    move(case, "state")
    row = CaseStatement.objects.create(
        case=case, text=told, written_by=actor.user_id, written_at=at
    )
    record(actor, "recognition.case_stated", case, at=at)
    notices.case_stated(case=case, at=at)
    return row


@action("recognition.note_hearing")
def note_hearing(
    *, actor: Actor, case: RevocationCase, heard_on: date, words: str, at: datetime
) -> RevocationCase:
    """Note how the producer was heard: who came, what was said; or that nobody came though asked.

    Refused: no words, a day in the future or before the ground was established.
    """
    require(actor, rules.may_handle_cases)
    told = needs_words("words", words, _("Hãy ghi việc nghe chủ thể: ai dự, nói gì."))
    check_text(told, "words", _LONGEST)
    not_after("heard_on", heard_on, at)
    not_before("heard_on", heard_on, case.established_on, _("ngày xác định căn cứ"))
    move(case, "hear", heard_on=heard_on, hearing=told)
    record(actor, "recognition.case_heard", case, at=at, change={"on": str(heard_on)})
    return case


@action("recognition.propose_revocation")
def propose_revocation(
    *,
    actor: Actor,
    case: RevocationCase,
    words: str,
    proposed_on: date | None = None,
    at: datetime,
) -> RevocationCase:
    """Propose the revocation to whoever decides, today or on the day on which it was.

    Refused: no words, a producer not heard yet, a day in the future or before the hearing.
    """
    require(actor, rules.may_handle_cases)
    told = needs_words("words", words, _("Hãy ghi nội dung đề nghị."))
    check_text(told, "words", _LONGEST)
    day = proposed_on or timezone.localdate(at)
    not_after("proposed_on", day, at)
    lifecycle.target(lifecycle.CASE, "propose", case.state)
    not_before("proposed_on", day, case.heard_on, _("ngày nghe chủ thể"))
    move(case, "propose", proposal=told, proposed_on=day)
    record(actor, "recognition.revocation_proposed", case, at=at, change={"on": str(day)})
    notices.case_proposed(case=case, at=at)
    return case


@action("recognition.decide_case")
def decide_case(
    *,
    actor: Actor,
    case: RevocationCase,
    number: str,
    signed_on: date,
    authority_name: str,
    revoked_on: date | None = None,
    file: bytes | None = None,
    filename: str = "",
    at: datetime,
) -> RevocationCase:
    """Enter the signed decision: the chair of the province on three and four stars, the minister on
    five. The star ends in the register, from the day of signing or a later one that it names.

    Refused: what is no number of a decision or another decision's, a day in the future or before
    the proposal, an authority that does not decide on this star, a star that has ended meanwhile
    (close the case then).
    """
    require(actor, rules.may_decide)
    lifecycle.target(lifecycle.CASE, "decide", case.state)
    paper, signer = paper_of(number, authority_name)
    not_after("signed_on", signed_on, at)
    not_before("signed_on", signed_on, case.proposed_on, _("ngày đề nghị thu hồi"))
    check_authority(case.recognition, signer, paper, signed_on)
    expect_free(paper, signed_on, signer, Use.REVOCATION)
    from_day = revoked_on or signed_on
    if from_day < signed_on:
        raise refuse("revoked_on", _("Ngày thu hồi không được trước ngày ký quyết định."))
    revocation = end_by_revocation(
        case.recognition,
        Ground(case.ground),
        from_day,
        Signed(paper, signed_on, signer),
        today=timezone.localdate(at),
    )
    stored = attachments.store(file, filename=filename, at=at) if file is not None else None
    # An appeal that was made against the decision before its entry was corrected goes on.
    appealed = case.appealed_on is not None and case.appealed_on >= signed_on
    move(
        case,
        "decide_appealed" if appealed else "decide",
        decision_number=paper,
        decision_on=signed_on,
        decision_authority=signer,
        decision_file=stored,
        revocation=revocation,
    )
    fits(case)
    record(
        actor,
        "recognition.revoked",
        case.recognition,
        case.recognition.product,
        case,
        at=at,
        reason=f"{paper}, {write_date(signed_on)}",
        change={
            "ground": case.ground,
            "on": str(from_day),
            "named": case.recognition_id,
            "number": paper,
            "signed_on": str(signed_on),
            "authority": signer,
        },
    )
    end_checks(actor=actor, recognition=case.recognition, at=at)
    star_notices.revoked(revocation=revocation, at=at)
    return case


@action("recognition.close_case")
def close_case(*, actor: Actor, case: RevocationCase, reason: str, at: datetime) -> RevocationCase:
    """End a case without revocation, with the reason. The star stays as it is."""
    require(actor, rules.may_handle_cases)
    needs_reason(reason)
    told = reason.strip()
    move(case, "close", closed_on=timezone.localdate(at), closed_reason=told)
    record(actor, "recognition.case_closed", case, case.recognition.product, at=at, reason=told)
    notices.case_closed(case=case, at=at)
    return case


@action("recognition.publish_notice")
def publish_notice(
    *, actor: Actor, case: RevocationCase, notice: str, number: str = "", at: datetime
) -> RevocationCase:
    """Put the notice of a revocation before the public. `number`: 15 or 15/TB-VPĐP, or none.

    Refused: no words, what is no number, published already.
    """
    require(actor, rules.may_handle_cases)
    told = needs_words("notice", notice, _("Hãy ghi nội dung thông báo."))
    check_text(told, "notice", _LONGEST)
    paper = folding.clean(number)
    check_text(paper, "number", 60)
    if paper and not _NOTICE.fullmatch(paper):
        raise refuse("number", _("Số thông báo có dạng 15 hoặc 15/TB-VPĐP."))
    if case.published_at is not None:
        raise Refused("notice_published", _("Thông báo này đã được công bố."))
    move(case, "publish", notice=told, notice_number=paper, published_at=at)
    record(actor, "recognition.notice_published", case, case.recognition.product, at=at)
    return case


@action("recognition.record_appeal")
def record_appeal(
    *, actor: Actor, case: RevocationCase, appealed_on: date, words: str, at: datetime
) -> RevocationCase:
    """Note that the decision was appealed against. The star stays revoked meanwhile.

    Refused: no words, a day in the future or before the decision.
    """
    require(actor, rules.may_handle_cases)
    told = needs_words("words", words, _("Hãy ghi nội dung khiếu nại."))
    check_text(told, "words", _LONGEST)
    not_after("appealed_on", appealed_on, at)
    not_before("appealed_on", appealed_on, case.decision_on, _("ngày quyết định thu hồi"))
    move(case, "appeal", appealed_on=appealed_on, appeal=told)
    record(actor, "recognition.appeal_recorded", case, at=at, change={"on": str(appealed_on)})
    return case


@action("recognition.settle_appeal")
def settle_appeal(
    *,
    actor: Actor,
    case: RevocationCase,
    upheld: bool,
    ended_on: date,
    words: str,
    at: datetime,
) -> RevocationCase:
    """Note how an appeal ended. Where it was accepted, `restoring` enters the decision that gives
    the star back.

    Refused: no words, a day in the future or before the appeal.
    """
    require(actor, rules.may_handle_cases)
    told = needs_words("words", words, _("Hãy ghi kết quả giải quyết, số văn bản."))
    check_text(told, "words", _LONGEST)
    not_after("ended_on", ended_on, at)
    not_before("ended_on", ended_on, case.appealed_on, _("ngày khiếu nại"))
    name = "uphold" if upheld else "overturn"
    move(case, name, appeal_ended_on=ended_on, appeal_outcome=told)
    record(
        actor,
        "recognition.appeal_settled",
        case,
        case.recognition.product,
        at=at,
        change={"upheld": upheld, "on": str(ended_on)},
    )
    notices.appeal_settled(case=case, at=at)
    return case


def _check_evidence(
    recognition: Recognition, check: PostCheck | None, complaint: Complaint | None
) -> None:
    if check is not None:
        if check.recognition.product_id != recognition.product_id:
            raise refuse("postcheck", _("Lần kiểm tra này về sản phẩm khác."))
        if check.state in (CheckState.PLANNED, CheckState.CANCELLED):
            raise refuse("postcheck", _("Lần kiểm tra này chưa có biên bản."))
    if complaint is not None and complaint.product_id != recognition.product_id:
        raise refuse("complaint", _("Phản ánh này về sản phẩm khác."))


def _expect_established(on: date, check: PostCheck | None, complaint: Complaint | None) -> None:
    """Refuse a ground that is established before the conclusion on which it rests, or, where a
    complaint is all there is, before that."""
    if check is not None:
        concluded = check.corrected_on or check.concluded_on
        if concluded is None:
            raise refuse(
                "postcheck",
                _("Lần kiểm tra này chưa được kết luận. Hãy kết luận trước khi mở vụ việc."),
            )
        if check.result == CheckResult.KEPT:
            raise refuse(
                "postcheck", _("Lần kiểm tra này kết luận là giữ được điều kiện công nhận.")
            )
        not_before("established_on", on, concluded, _("ngày kết luận kiểm tra"))
    elif complaint is not None:
        received = timezone.localdate(complaint.received_at)
        not_before("established_on", on, received, _("ngày nhận phản ánh"))


def check_authority(recognition: Recognition, signer: str, number: str, signed_on: date) -> None:
    """Refuse a decision of another than the chair of this province or, on five stars, the
    minister."""
    level = level_of(recognition)
    told = authority.level_of(signer, number)
    if told not in (None, level) or (level is Level.CENTRE and authority.is_of_committee(number)):
        raise refuse("authority_name", authority.not_theirs(recognition.stars, level))
    expect_competent(
        recognition.stars,
        signer,
        number,
        signed_on,
        field="authority_name",
        of=recognition,
    )
