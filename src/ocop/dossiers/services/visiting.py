"""What the advisory team sees and measures: visits with photographs, samples, tests."""

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from ocop.core import attachments, filetypes, folding
from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.checking import fits
from ocop.core.codes import public_code
from ocop.core.events import record
from ocop.core.fieldwork import CLOCK_AHEAD, MOST_PHOTOS, Position, check_position
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.criteria.queries import set_of
from ocop.dossiers import rules
from ocop.dossiers.models import Dossier, Sample, State, TestOrder, Visit, VisitPhoto
from ocop.dossiers.services.checks import account_of, stands

#: States in which a dossier is looked at, and samples and tests are taken.
WORKED_ON = (State.RECEIVED, State.EXAMINING, State.READY)


@action("dossiers.record_visit")
def record_visit(
    *,
    actor: Actor,
    dossier: Dossier,
    client_id: UUID,
    visited_at: datetime,
    note: str,
    position: Position | None = None,
    at: datetime,
) -> Visit:
    """Keep a visit to the site by the adviser who acts.

    `client_id` is made by the phone that may send the same visit again: then the visit kept first
    is handed back. Refused: a dossier nobody examines now, no note, a moment in the future or
    before the filing, a position that is none, an identifier of another dossier's visit.
    """
    require(actor, rules.is_adviser_of, dossier)
    known = Visit.objects.filter(client_id=client_id).first()
    if known is None:
        stands(dossier, *WORKED_ON)
        row = _new_visit(actor, dossier, client_id, visited_at, note, position, at)
        if (known := _first_of(row)) is row:
            change = {"visit": row.code}
            record(actor, "dossiers.visit_recorded", dossier, row, at=at, change=change)
    if known.dossier_id != dossier.pk or known.adviser_id != actor.user_id:
        raise Refused("visit_elsewhere", _("Biên bản này thuộc hồ sơ khác. Hãy lập biên bản mới."))
    return known


@action("dossiers.add_visit_photo")
def add_visit_photo(
    *,
    actor: Actor,
    visit: Visit,
    content: bytes,
    filename: str,
    caption: str = "",
    at: datetime,
) -> VisitPhoto:
    """Keep a photograph of a visit; the same one sent twice is kept once. The position that a
    camera wrote into the file leaves it: the visit has its own.

    Refused: somebody else's visit, a file that is no picture, more than `MOST_PHOTOS`.
    """
    require(actor, _is_visitor, visit)
    if content and not filetypes.is_picture(content):
        raise _refuse("photo", _("Chỉ nhận ảnh (JPEG, PNG, WebP)."))
    stored = attachments.store(content, filename=filename, at=at)
    row = VisitPhoto.objects.filter(visit=visit, attachment=stored).first()
    if row is None:
        if visit.photos.count() >= MOST_PHOTOS:
            raise _refuse("photo", _("Mỗi lần thẩm tra nhận tối đa %d ảnh.") % MOST_PHOTOS)
        row = VisitPhoto(visit=visit, attachment=stored, caption=folding.clean(caption))
        fits(row)
        try:
            with transaction.atomic():
                row.save()
        except IntegrityError:  # sent twice at once: the other one was first
            return VisitPhoto.objects.get(visit=visit, attachment=stored)
        record(actor, "dossiers.visit_photo_added", visit.dossier, visit, at=at)
    return row


@action("dossiers.record_sample")
def record_sample(
    *,
    actor: Actor,
    dossier: Dossier,
    count: int,
    received_on: date,
    condition: str = "",
    at: datetime,
) -> Sample:
    """Note samples as they came. Refused: none, a day in the future or before the filing, a product
    whose set asks for no samples (tourism)."""
    require(actor, rules.may_examine, dossier)
    stands(dossier, State.FORWARDED, *WORKED_ON)
    expect_samples(dossier)
    if not 1 <= count <= 1000:
        raise _refuse("count", _("Số mẫu phải từ 1 đến 1.000."))
    _check_past("received_on", received_on, at)
    _check_filed("received_on", received_on, dossier)
    row = Sample(
        dossier=dossier,
        count=count,
        received_on=received_on,
        condition=folding.clean(condition),
        received_by=actor.user_id,
        created_at=at,
    )
    fits(row)
    row.save()
    record(actor, "dossiers.sample_recorded", dossier, at=at, change={"count": count})
    return row


def expect_samples(dossier: Dossier) -> None:
    """Refuse a product whose set asks for no samples."""
    if set_of(dossier.version).samples == 0:
        raise Refused("no_samples", _("Sản phẩm du lịch không nộp mẫu."))


@action("dossiers.order_test")
def order_test(
    *,
    actor: Actor,
    dossier: Dossier,
    laboratory: str,
    parameters: str,
    ordered_on: date,
    due_on: date | None = None,
    at: datetime,
) -> TestOrder:
    """Order a test of the samples from a laboratory.

    Refused: no laboratory or parameters, a day in the future or before the filing, a result due
    before the order.
    """
    require(actor, rules.may_examine, dossier)
    stands(dossier, *WORKED_ON)
    row = TestOrder(
        code=public_code(),
        dossier=dossier,
        laboratory=folding.clean(laboratory),
        parameters=parameters.strip(),
        ordered_on=ordered_on,
        due_on=due_on,
        ordered_by=actor.user_id,
        created_at=at,
    )
    if not row.laboratory:
        raise _refuse("laboratory", _("Hãy ghi tên cơ sở kiểm nghiệm."))
    if not row.parameters:
        raise _refuse("parameters", _("Hãy ghi các chỉ tiêu cần kiểm nghiệm."))
    _check_past("ordered_on", ordered_on, at)
    _check_filed("ordered_on", ordered_on, dossier)
    if due_on is not None and due_on < ordered_on:
        raise _refuse("due_on", _("Ngày hẹn kết quả không được trước ngày gửi mẫu."))
    fits(row)
    row.save()
    record(actor, "dossiers.test_ordered", dossier, row, at=at)
    return row


@action("dossiers.record_test_result")
def record_test_result(
    *,
    actor: Actor,
    order: TestOrder,
    passed: bool,
    result: str,
    result_on: date,
    report: bytes | None = None,
    filename: str = "",
    at: datetime,
) -> TestOrder:
    """Enter the result of a test, with the laboratory's report when there is a file.

    Refused: a result entered before, no words, a day before the order or in the future.
    """
    require(actor, rules.may_examine, order.dossier)
    expect_no_result(order)
    if not result.strip():
        raise _refuse("result", _("Hãy ghi kết quả theo từng chỉ tiêu."))
    _check_past("result_on", result_on, at)
    if result_on < order.ordered_on:
        raise _refuse("result_on", _("Ngày có kết quả không được trước ngày gửi mẫu."))
    stored = None
    if report is not None:
        stored = attachments.store(report, filename=filename, at=at)
    order.passed, order.result, order.result_on = passed, result.strip(), result_on
    order.attachment = stored
    fits(order)
    changed = TestOrder.objects.filter(pk=order.pk, result_on=None).update(
        passed=passed, result=order.result, result_on=result_on, attachment=stored
    )
    if not changed:
        raise _known()
    change = {"passed": passed}
    record(actor, "dossiers.test_result_recorded", order.dossier, order, at=at, change=change)
    return order


def expect_no_result(order: TestOrder) -> None:
    """Refuse a test whose result was entered before."""
    if order.result_on is not None:
        raise _known()


def _known() -> Refused:
    return Refused("result_known", _("Kết quả của phiếu này đã được ghi."))


def _is_visitor(actor: Actor, visit: Visit) -> bool:
    return actor.user_id == visit.adviser_id and rules.is_adviser_of(actor, visit.dossier)


def _new_visit(
    actor: Actor,
    dossier: Dossier,
    client_id: UUID,
    visited_at: datetime,
    note: str,
    position: Position | None,
    at: datetime,
) -> Visit:
    if not note.strip():
        raise _refuse("note", _("Hãy ghi nhận xét tại cơ sở."))
    if visited_at > at + CLOCK_AHEAD:
        raise _refuse("visited_at", _("Thời điểm thẩm tra không được sau bây giờ."))
    _check_filed("visited_at", timezone.localdate(visited_at), dossier)
    assert actor.user_id is not None  # only persons go anywhere
    row = Visit(
        code=public_code(),
        client_id=client_id,
        dossier=dossier,
        adviser_id=account_of(actor),
        visited_at=visited_at,
        note=note.strip(),
        created_at=at,
    )
    check_position(position)
    if position is not None:
        row.lat, row.lon, row.accuracy = position.lat, position.lon, position.accuracy
    fits(row)
    return row


def _first_of(row: Visit) -> Visit:
    """The visit as it is kept now: this row, or what the same phone sent at the same moment."""
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        return Visit.objects.get(client_id=row.client_id)
    return row


def _check_past(field: str, day: date, at: datetime) -> None:
    if day > timezone.localdate(at):
        raise _refuse(field, _("Ngày không được sau hôm nay."))


def _check_filed(field: str, day: date, dossier: Dossier) -> None:
    """Refuse a day on which nothing was filed yet: a dossier that came back counts from its first
    filing."""
    first = dossier.snapshots.order_by("number").values_list("made_at", flat=True).first()
    filed = first or dossier.submitted_at
    if filed is not None and day < (earliest := timezone.localdate(filed)):
        raise _refuse(
            field,
            _("Ngày không được trước ngày nộp hồ sơ: sớm nhất là %s.") % f"{earliest:%d/%m/%Y}",
        )


def _refuse(field: str, message: str) -> Refused:
    return Refused(f"visiting_{field}", message, fields={field: [message]})
