"""Decisions of the demonstration: a signed file on a public page, one that awaits its publication,
and one with more certificates than are printed while somebody waits."""

from django.utils import timezone

from ocop.core.official import printing
from ocop.core.official.paper import Official, Signature, Text
from ocop.demonstration.assessment.people import actor
from ocop.demonstration.assessment.stage import Stage
from ocop.dossiers.papers.made import AT_ONCE
from ocop.products.models import Product
from ocop.recognition import deciding
from ocop.recognition import queries as register
from ocop.recognition.authority import Level
from ocop.recognition.decisions import Paper, Result
from ocop.recognition.models import Kind
from ocop.recognition.own_authority import is_own
from ocop.recognition.services import issue_certificates, record_decision
from ocop.recognition.validity import State

AUTHORITY = "Ủy ban nhân dân thành phố Hà Nội"


def play_publication(stage: Stage) -> None:
    """A decision of three days ago that the office has not published, and a large one of before
    whose certificates are numbered."""
    at = stage.ago(3)
    officer, day = actor(stage.cast.officer, at), timezone.localdate(at)
    rows = register.standing(Product.objects.filter(demonstration=True), day)
    held = rows.filter(star_state=State.VALID, stars=3, dossiers=None).order_by("-pk")[:3]
    products = Product.objects.filter(pk__in=[row.pk for row in held]).order_by("pk")
    if products:
        record_decision(
            actor=officer,
            paper=Paper("5187/QĐ-UBND", day, AUTHORITY, Level.PROVINCE),
            results=[Result(product, 4, Kind.UPGRADE) for product in products],
            publish=False,
            at=at,
        )
    many = deciding.published_decisions(officer).filter(products__gt=AT_ONCE)
    large = next((decision for decision in many if is_own(decision)), None)
    if large is not None:
        issue_certificates(actor=officer, decision=large, at=at)


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
