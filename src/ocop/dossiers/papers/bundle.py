"""One dossier as a ZIP: its forms, every piece of evidence once, and an index."""

from collections.abc import Iterator
from pathlib import PurePath
from typing import IO

from django.utils import timezone

from ocop.core import papers
from ocop.core.numbers import write_date
from ocop.core.official import bundle as packing
from ocop.core.official import printing
from ocop.core.official.bundle import Piece
from ocop.dossiers.models import CommuneReport, Dossier
from ocop.dossiers.papers import forms
from ocop.dossiers.queries import filing


def dossier_bundle(into: IO[bytes], dossier: Dossier, *, with_report: bool) -> None:
    """The dossier whole. `with_report`: Form 03, for who may read it."""
    notes = [f"Chủ thể: {dossier.product.producer.name}"]
    if dossier.slip_number:
        notes.append(f"Số phiếu: {dossier.slip_number}")
    if dossier.submitted_at:
        notes.append(f"Nộp ngày {write_date(timezone.localdate(dossier.submitted_at))}")
    if dossier.demonstration:
        notes.append(papers.mark())
    pieces = _pieces(dossier, with_report=with_report)
    packing.bundle(into, f"Hồ sơ {dossier.product.name}", pieces, notes)


def _pieces(dossier: Dossier, *, with_report: bool) -> Iterator[Piece]:
    """One after the other, so that only one file of the evidence is in memory."""
    forms_ = [
        ("Mẫu số 01 Phiếu đăng ký", forms.form_01(dossier)),
        ("Mẫu số 02 Tự đánh giá", forms.form_02(dossier)),
    ]
    report = CommuneReport.objects.filter(dossier=dossier).first() if with_report else None
    if report is not None:
        forms_.append(("Mẫu số 03 Báo cáo cấp xã", forms.form_03(dossier, report)))
    for title, paper in forms_:
        yield Piece("bieu-mau", title, "pdf", printing.pdf(paper))
    uses = filing.uses_of(dossier)
    for evidence in {use.evidence_id: use.evidence for use in uses}.values():
        with evidence.attachment.file.open("rb") as file:
            content = file.read()
        ending = PurePath(evidence.filename).suffix.removeprefix(".").lower() or "bin"
        yield Piece("minh-chung", evidence.title, ending, content)
