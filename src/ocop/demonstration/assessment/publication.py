"""Decisions of the demonstration: a signed file on a public page, one that awaits its publication,
one that was published with a wrong day and corrected, and one with more certificates than are
printed while somebody waits."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from ocop.core.actor import Actor
from ocop.core.numbers import write_date
from ocop.core.official import printing
from ocop.core.official.paper import Official, Signature, Text
from ocop.demonstration.assessment.people import actor
from ocop.demonstration.assessment.stage import Stage
from ocop.dossiers.papers.made import AT_ONCE
from ocop.dossiers.services.reopening import correct_record
from ocop.products.models import Product
from ocop.recognition import deciding
from ocop.recognition import queries as register
from ocop.recognition.authority import Level
from ocop.recognition.decisions import Paper, Result
from ocop.recognition.models import Kind, Recognition
from ocop.recognition.own_authority import is_own
from ocop.recognition.services import (
    complete_decision,
    confirm_extension,
    issue_certificates,
    record_decision,
)
from ocop.recognition.standing import ruling_of
from ocop.recognition.validity import State, last_extension_day
from ocop.recognition.withdrawing import withdraw_decision

ENTERED = "5120/QĐ-UBND"
AUTHORITY = "Ủy ban nhân dân thành phố Hà Nội"


def play_publication(stage: Stage) -> None:
    """A decision of three days ago that the office has not published, after one that was entered
    with a wrong day and withdrawn; a product that was left out of a published one; and a large one
    of before whose certificates are numbered."""
    at = stage.ago(3)
    officer, day = actor(stage.cast.officer, at), timezone.localdate(at)
    rows = register.standing(Product.objects.filter(demonstration=True), day)
    held = rows.filter(star_state=State.VALID, stars=3, dossiers=None).order_by("-pk")[:5]
    products = Product.objects.filter(pk__in=[row.pk for row in held]).order_by("pk")
    results = [Result(product, 4, Kind.UPGRADE) for product in products]
    if results[4:]:
        _corrected(actor(stage.cast.head, at), day, results.pop(0), stage)
    if results:
        _entered_twice(officer, day, results[:3], stage)
    if results[3:]:
        _left_out(actor(stage.cast.head, stage.ago(2)), results[3], stage)
    missed = rows.filter(star_state=State.EXTENSION_UNCONFIRMED, dossiers=None).order_by(
        "-star_expires_on", "pk"
    )
    own = missed.filter(producer__memberships__isnull=False)  # of who signs in, where there is one
    for product in (own or missed)[:1]:
        _kept(officer, product, day, at)
    many = deciding.published_decisions(officer).filter(products__gt=AT_ONCE)
    large = next((decision for decision in many if is_own(decision)), None)
    if large is not None:
        issue_certificates(actor=officer, decision=large, at=at)


def _entered_twice(officer: Actor, day: date, results: list[Result], stage: Stage) -> None:
    """Entered with the day before, withdrawn, and entered with its own day."""
    told: dict[str, Any] = {"actor": officer, "results": results, "publish": False}
    number, at = "5187/QĐ-UBND", stage.ago(3)
    wrong = Paper(number, day - timedelta(days=1), AUTHORITY, Level.PROVINCE)
    slip = record_decision(paper=wrong, at=at, **told)
    withdraw_decision(actor=officer, decision=slip, reason="Nhập sai ngày ký (mẫu)", at=at)
    record_decision(paper=Paper(number, day, AUTHORITY, Level.PROVINCE), at=at, **told)


def _corrected(head: Actor, day: date, result: Result, stage: Stage) -> None:
    """Published with the day before, found wrong, and entered with its own day."""
    number, at = "5191/QĐ-UBND", stage.ago(2)
    wrong = Paper(number, day - timedelta(days=1), AUTHORITY, Level.PROVINCE)
    slip = record_decision(actor=head, paper=wrong, results=[result], at=stage.ago(3))
    rows = Recognition.objects.filter(decision=slip).select_related("decision", "product__producer")
    reason = f"Ghi nhầm ngày ký, đúng là ngày {write_date(day)} (mẫu)"
    correct_record(actor=head, rows=list(rows), reason=reason, at=at)
    right = Paper(number, day, AUTHORITY, Level.PROVINCE)
    record_decision(actor=head, paper=right, results=[result], at=at)


def _kept(officer: Actor, product: Product, day: date, at: datetime) -> None:
    """A star whose window was missed, kept until its re-evaluation is decided (Art. 12.3)."""
    star = ruling_of(product.pk, day)
    if star is not None and star.expires_on is not None:
        confirm_extension(
            actor=officer,
            recognition=star,
            last_day=last_extension_day(star.expires_on),
            reason="Hồ sơ đánh giá lại nộp muộn, đang được xem xét (mẫu)",
            at=at,
        )


def _left_out(head: Actor, result: Result, stage: Stage) -> None:
    """A line of a published list that was not entered with the others."""
    decision = deciding.published_decisions(head).filter(number=ENTERED).first()
    if decision is not None:
        complete_decision(
            actor=head,
            decision=decision,
            level=Level.PROVINCE,
            results=[result],
            reason="Nhập thiếu một dòng của danh sách kèm theo (mẫu)",
            at=stage.ago(2),
        )


def signed_paper(number: str) -> bytes:
    """An invented decision as a file, marked as one. It bears no digital signature, and its page
    says so."""
    return printing.pdf(
        Official(
            title="QUYẾT ĐỊNH",
            issuer=AUTHORITY,
            blocks=[
                Text(f"Số {number}, về việc công nhận sản phẩm OCOP."),
                Text("Tài liệu này là mẫu, không có giá trị pháp lý."),
            ],
            signatures=(Signature("Người ký (mẫu)"),),
            marks=("DỮ LIỆU MẪU",),
        )
    )
