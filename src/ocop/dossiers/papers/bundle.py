"""One dossier as a ZIP: its forms, every piece of evidence once, and an index."""

from pathlib import PurePath

from ocop.core import papers
from ocop.core.numbers import write_date
from ocop.core.official import bundle as packing
from ocop.core.official import printing
from ocop.core.official.bundle import Piece
from ocop.dossiers.models import CommuneReport, Dossier
from ocop.dossiers.papers import forms
from ocop.dossiers.queries import filing


def dossier_bundle(dossier: Dossier, *, with_report: bool) -> bytes:
    """The dossier whole. `with_report`: Form 03, for who may read it."""
    pieces = [
        Piece("bieu-mau", "Mẫu số 01 Phiếu đăng ký", "pdf", printing.pdf(forms.form_01(dossier))),
        Piece("bieu-mau", "Mẫu số 02 Tự đánh giá", "pdf", printing.pdf(forms.form_02(dossier))),
    ]
    report = CommuneReport.objects.filter(dossier=dossier).first()
    if with_report and report is not None:
        paper = forms.form_03(dossier, report)
        pieces.append(Piece("bieu-mau", "Mẫu số 03 Báo cáo cấp xã", "pdf", printing.pdf(paper)))
    uses = filing.uses_of(dossier)
    for evidence in {use.evidence_id: use.evidence for use in uses}.values():
        with evidence.attachment.file.open("rb") as file:
            content = file.read()
        ending = PurePath(evidence.filename).suffix.removeprefix(".").lower() or "bin"
        pieces.append(Piece("minh-chung", evidence.title, ending, content))
    notes = [f"Chủ thể: {dossier.product.producer.name}"]
    if dossier.slip_number:
        notes.append(f"Số phiếu: {dossier.slip_number}")
    if dossier.submitted_at:
        notes.append(f"Nộp ngày {write_date(dossier.submitted_at.date())}")
    if dossier.demonstration:
        notes.append(papers.mark())
    return packing.bundle(f"Hồ sơ {dossier.product.name}", pieces, notes)
