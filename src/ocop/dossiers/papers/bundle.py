"""One dossier as a ZIP: its forms, every piece of evidence once, what was filed, what the advisory
team found, and an index."""

from collections.abc import Iterator
from itertools import chain
from pathlib import PurePath
from typing import IO

from django.utils import timezone

from ocop.core import filetypes, papers
from ocop.core.models import Attachment
from ocop.core.numbers import write_date
from ocop.core.official import bundle as packing
from ocop.core.official import printing
from ocop.core.official.bundle import Piece
from ocop.dossiers.models import CommuneReport, Dossier
from ocop.dossiers.papers import examination, forms
from ocop.dossiers.queries import filing
from ocop.dossiers.snapshots import canonical


def dossier_bundle(
    into: IO[bytes], dossier: Dossier, *, with_report: bool, with_examination: bool = False
) -> None:
    """The dossier whole. `with_report`: Form 03, `with_examination`: what the advisory team found,
    each for who may read it."""
    notes = [f"Chủ thể: {dossier.product.producer.name}"]
    if dossier.slip_number:
        notes.append(f"Số phiếu: {dossier.slip_number}")
    if dossier.submitted_at:
        notes.append(f"Nộp ngày {write_date(timezone.localdate(dossier.submitted_at))}")
    if dossier.demonstration:
        notes.append(papers.mark())
    pieces = chain(
        _pieces(dossier, with_report=with_report), _examined(dossier) if with_examination else ()
    )
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
        ending = PurePath(evidence.filename).suffix.removeprefix(".").lower() or "bin"
        yield Piece("minh-chung", evidence.title, ending, _content(evidence.attachment))
    for filed in dossier.snapshots.order_by("number"):
        yield Piece("ban-nop", f"Bản nộp số {filed.number}", "json", canonical(filed.content))


def _examined(dossier: Dossier) -> Iterator[Piece]:
    report = examination.examination(dossier)
    yield Piece("tham-dinh", "Báo cáo của tổ tư vấn", "pdf", printing.pdf(report))
    for visit in dossier.visits.order_by("visited_at"):
        day = write_date(timezone.localdate(visit.visited_at))
        for photo in visit.photos.select_related("attachment"):
            yield _stored("tham-dinh", f"Ảnh thẩm tra {day} {photo.caption}", photo.attachment)
    for test in dossier.tests.filter(attachment__isnull=False).select_related("attachment"):
        assert test.attachment is not None  # filtered
        yield _stored("tham-dinh", f"Kết quả kiểm nghiệm {test.laboratory}", test.attachment)


def _stored(folder: str, title: str, kept: Attachment) -> Piece:
    ending = min(filetypes.ENDINGS[kept.media_type], key=len).removeprefix(".")
    return Piece(folder, title, ending, _content(kept))


def _content(kept: Attachment) -> bytes:
    with kept.file.open("rb") as file:
        content: bytes = file.read()
    return content
