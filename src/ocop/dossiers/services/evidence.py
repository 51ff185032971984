"""Writes of evidence: kept once per producer, used again in criteria, dossiers and years."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from ocop.core import attachments, folding, options
from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.checking import fits, needs_reason
from ocop.core.codes import public_code
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.models import Attachment
from ocop.core.refusals import Refused
from ocop.criteria import queries as criteria
from ocop.dossiers import lifecycle, rules
from ocop.dossiers.evidence_types import TYPES
from ocop.dossiers.models import Dossier, Evidence, EvidenceUse
from ocop.dossiers.services import helping
from ocop.dossiers.services.completing import lacking
from ocop.producers.models import Producer

_TYPES = frozenset(key for key, _label in TYPES)
_FIRST_DAY = date(1990, 1, 1)  # no document in use is older: an earlier day is mistyped
_MOST_YEARS = 50  # no document holds longer: a later day is mistyped


@dataclass(frozen=True, slots=True)
class Particulars:
    """What a piece of evidence is. `type` is one of `evidence_types.TYPES`; `valid_until` its last
    day, None when it does not end."""

    type: str
    title: str
    number: str = ""
    issuer: str = ""
    issued_on: date | None = None
    valid_until: date | None = None


@action("dossiers.add_evidence")
def add_evidence(
    *,
    actor: Actor,
    producer: Producer,
    particulars: Particulars,
    content: bytes,
    filename: str,
    at: datetime,
) -> Evidence:
    """Put a document into a producer's library.

    Refused: a file that is no allowed type, lies about its type, is a bomb or too large; no title;
    a day of issue ahead or before 1990; a last day before it or more than fifty years ahead; the
    same file twice.
    """
    require(actor, rules.may_write_dossiers, producer, timezone.localdate(at))
    row = _row(actor, producer, particulars, at)
    _store(row, attachments.store(content, filename=filename, at=at), filename)
    record(actor, "dossiers.evidence_added", row, producer, at=at, change={"type": row.type})
    return row


@action("dossiers.change_evidence")
def change_evidence(
    *, actor: Actor, evidence: Evidence, particulars: Particulars, at: datetime
) -> Evidence:
    """Correct what is written about a document. Refused while a filed dossier rests on it."""
    require(actor, rules.may_write_dossiers, evidence.producer, timezone.localdate(at))
    _needs_living(evidence)
    _refuse_while_filed(evidence)
    kept = _clean(particulars, timezone.localdate(at))
    for name, value in asdict(kept).items():
        setattr(evidence, name, value)
    fits(evidence)
    evidence.save()
    record(actor, "dossiers.evidence_changed", evidence, at=at)
    return evidence


@action("dossiers.replace_evidence")
def replace_evidence(
    *,
    actor: Actor,
    evidence: Evidence,
    particulars: Particulars,
    content: bytes,
    filename: str,
    at: datetime,
) -> Evidence:
    """Put a newer copy in the place of a document: drafts use the new one from now on, filed
    dossiers keep what was filed. Refused as in `add_evidence`, and when it was replaced before."""
    require(actor, rules.may_write_dossiers, evidence.producer, timezone.localdate(at))
    _needs_living(evidence)
    row = _row(actor, evidence.producer, particulars, at)
    _store(row, attachments.store(content, filename=filename, at=at), filename)
    changed = Evidence.objects.filter(pk=evidence.pk, replaced_by=None, withdrawn_at=None).update(
        replaced_by=row
    )
    if not changed:
        raise _gone()
    evidence.replaced_by = row
    moved = _uses_in_drafts(evidence).update(evidence=row)
    record(actor, "dossiers.evidence_replaced", row, evidence, at=at, change={"uses": moved})
    return row


@action("dossiers.withdraw_evidence")
def withdraw_evidence(*, actor: Actor, evidence: Evidence, reason: str, at: datetime) -> Evidence:
    """Take a document out of the library and out of drafts. Refused while a filed dossier rests
    on it."""
    require(actor, rules.may_write_dossiers, evidence.producer, timezone.localdate(at))
    needs_reason(reason)
    _needs_living(evidence)
    _refuse_while_filed(evidence)
    _uses_in_drafts(evidence).delete()
    if not Evidence.objects.filter(pk=evidence.pk, withdrawn_at=None).update(withdrawn_at=at):
        raise _gone()
    evidence.withdrawn_at = at
    record(actor, "dossiers.evidence_withdrawn", evidence, at=at, reason=reason.strip())
    return evidence


@action("dossiers.use_evidence")
def use_evidence(
    *,
    actor: Actor,
    dossier: Dossier,
    evidence: Evidence,
    criterion: str,
    note: str = "",
    at: datetime,
) -> EvidenceUse:
    """Name a document for a criterion, with the page it is about; again changes that note.

    Possible in a draft, and while a request for more waits for an answer. Refused: a document of
    another producer, withdrawn or replaced; a criterion the set does not have.
    """
    require(actor, rules.may_write_dossier, dossier, timezone.localdate(at))
    needs_open(dossier)
    if evidence.producer_id != dossier.product.producer_id:
        raise Refused("evidence_of_another", _("Minh chứng này không thuộc chủ thể của hồ sơ."))
    _needs_living(evidence)
    if criterion not in criteria.set_of(dossier.version).by_code:
        raise Refused("unknown_criterion", _("Bộ tiêu chí không có tiêu chí %s.") % criterion)
    row = EvidenceUse(dossier=dossier, evidence=evidence, criterion=criterion)
    row.note = folding.clean(note)
    fits(row)
    use, _created = EvidenceUse.objects.update_or_create(
        dossier=dossier, evidence=evidence, criterion=criterion, defaults={"note": row.note}
    )
    record(
        actor,
        "dossiers.evidence_used",
        dossier,
        evidence,
        at=at,
        change={"criterion": criterion, **helping.writing(actor, dossier, at)},
    )
    return use


@action("dossiers.unuse_evidence")
def unuse_evidence(
    *, actor: Actor, dossier: Dossier, evidence: Evidence, criterion: str, at: datetime
) -> None:
    """Take a document off a criterion of a dossier that is open to write; it stays in the library.

    Refused: not used there; of a filed dossier, the paper without which it could not be filed.
    """
    require(actor, rules.may_write_dossier, dossier, timezone.localdate(at))
    needs_open(dossier)
    gone, _rows = EvidenceUse.objects.filter(
        dossier=dossier, evidence=evidence, criterion=criterion
    ).delete()
    if not gone:
        raise Refused("not_used", _("Minh chứng này không còn gắn với tiêu chí %s.") % criterion)
    if dossier.state not in lifecycle.WRITABLE:
        _still_complete(dossier, timezone.localdate(at))
    record(
        actor,
        "dossiers.evidence_unused",
        dossier,
        evidence,
        at=at,
        change={"criterion": criterion, **helping.writing(actor, dossier, at)},
    )


def _still_complete(dossier: Dossier, on: date) -> None:
    if found := lacking(dossier, on):
        message = _(
            "Hồ sơ đã nộp phải luôn đủ như khi nộp. Hãy gắn minh chứng mới trước, rồi mới gỡ minh "
            "chứng này. %s"
        )
        raise Refused("evidence_needed", message % found)


def needs_open(dossier: Dossier) -> None:
    """Refuse to touch the evidence of a dossier that is filed and from which nothing is asked."""
    if dossier.state in lifecycle.WRITABLE:
        return
    asked = dossier.supplements.filter(answered_at=None).exists()
    if dossier.state in lifecycle.ENDED or not asked:
        raise Refused(
            "dossier_filed",
            _("Hồ sơ đã nộp nên không sửa trực tiếp được. Hãy gửi đề nghị thay đổi."),
        )


def _row(actor: Actor, producer: Producer, particulars: Particulars, at: datetime) -> Evidence:
    row = Evidence(
        code=public_code(),
        producer=producer,
        created_by=actor.user_id,
        created_at=at,
        demonstration=options.DEMONSTRATION.get(),
        **asdict(_clean(particulars, timezone.localdate(at))),
    )
    fits(row)
    return row


def _store(row: Evidence, attachment: Attachment, filename: str) -> None:
    known = Evidence.objects.filter(
        producer=row.producer, attachment=attachment, withdrawn_at=None
    ).first()
    if known is not None:
        raise _known(known.title)
    row.attachment = attachment
    row.filename = folding.clean(filename.replace("\\", "/").rsplit("/", 1)[-1])[-200:]
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:  # somebody else sent the same file in the same moment
        raise _known(row.title) from error


def _clean(particulars: Particulars, today: date) -> Particulars:
    title = folding.clean(particulars.title)
    if particulars.type not in _TYPES:
        raise Refused("evidence_type", _("Hãy chọn loại minh chứng trong danh sách."))
    if not title:
        message = _("Hãy ghi tên minh chứng.")
        raise Refused("evidence_title", message, fields={"title": [message]})
    issued, until = particulars.issued_on, particulars.valid_until
    if issued and not _FIRST_DAY <= issued <= today:
        message = _("Ngày cấp phải từ ngày 01/01/1990 đến hôm nay. Hãy xem lại trên giấy.")
        raise Refused("evidence_issued", message, fields={"issued_on": [message]})
    if until and (until.year - _MOST_YEARS, until.month, until.day) > (
        today.year, today.month, today.day,
    ):  # fmt: skip
        message = _(
            "Ngày hết hiệu lực không được quá %d năm kể từ hôm nay. "
            "Hãy để trống nếu giấy không có thời hạn."
        )
        message %= _MOST_YEARS
        raise Refused("evidence_until", message, fields={"valid_until": [message]})
    if issued and until and until < issued:
        message = _("Ngày hết hiệu lực không được trước ngày cấp.")
        raise Refused("evidence_period", message, fields={"valid_until": [message]})
    return Particulars(
        particulars.type,
        title,
        folding.clean(particulars.number),
        folding.clean(particulars.issuer),
        issued,
        until,
    )


def _uses_in_drafts(evidence: Evidence) -> QuerySet[EvidenceUse]:
    return EvidenceUse.objects.filter(evidence=evidence, dossier__state__in=lifecycle.WRITABLE)


def _refuse_while_filed(evidence: Evidence) -> None:
    closed = lifecycle.WRITABLE | lifecycle.ENDED
    use = (
        EvidenceUse.objects.filter(evidence=evidence)
        .exclude(dossier__state__in=closed)
        .select_related("dossier")
        .first()
    )
    if use is not None:
        raise Refused(
            "evidence_in_use",
            _(
                "Hồ sơ %s đã nộp đang dùng minh chứng này. "
                "Hãy chờ xét xong, hoặc thay bằng bản mới cho các hồ sơ sau."
            )
            % use.dossier.slip_number,
        )


def _needs_living(evidence: Evidence) -> None:
    if evidence.withdrawn_at is not None or evidence.replaced_by_id is not None:
        raise _gone()


def _gone() -> Refused:
    return Refused(
        "evidence_gone", _("Minh chứng này đã được rút hoặc thay. Hãy dùng bản mới trong kho.")
    )


def _known(title: str) -> Refused:
    message = _("Tệp này đã có trong kho với tên “%s”. Hãy dùng lại bản đó.") % title
    return Refused("evidence_known", message, fields={"file": [message]})
