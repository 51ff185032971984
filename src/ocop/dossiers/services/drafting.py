"""Writes of a producer's dossier: begin, write bit by bit, file, withdraw, answer what is asked."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from ocop.core import options
from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.checking import needs_reason
from ocop.core.codes import public_code
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.criteria import queries as criteria
from ocop.criteria.scoring import check_given, check_marks
from ocop.dossiers import differences, forms, lifecycle, notices, rules, slips, standing
from ocop.dossiers.models import Dossier, Road, State, Supplement
from ocop.dossiers.prefilling import first_answers
from ocop.dossiers.queries import carrying, filing, queue, registrations, written
from ocop.dossiers.services import helping
from ocop.dossiers.services.completing import lacking, parts_of
from ocop.dossiers.services.freezing import freeze
from ocop.dossiers.services.inheriting import take_over
from ocop.dossiers.services.moving import move
from ocop.places.models import Unit
from ocop.products.models import Product
from ocop.recognition.models import Kind
from ocop.recognition.refiling import note_filed, note_unfiled

Answers = Mapping[str, Any]


@action("dossiers.begin")
def begin_dossier(
    *, actor: Actor, product: Product, kind: Kind, road: Road | None = None, at: datetime
) -> Dossier:
    """Begin a dossier for a product, filled with what is known of it and with the papers and words
    of the last one (`queries.carrying`); levels are proposed, never set.

    The criteria set is pinned now. An upgrade comes from a star that is held; a re-evaluation in
    its window, later during an extension, or after expiry (`standing.road_for`); an officer gives
    the `road` where the validity of the star is not known. Refused: a kind that does not fit, a
    product without a criteria set, a second dossier while one is open.
    """
    day = timezone.localdate(at)
    require(actor, rules.may_write_dossiers, product.producer, day)
    if road is not None:
        require(actor, rules.may_choose_road)
    Product.objects.select_for_update().get(pk=product.pk)
    _refuse_second(product)
    version = filing.version_for(product, day)
    if version is None:
        raise Refused(
            "set_unknown",
            _("Sản phẩm chưa được xếp vào bộ tiêu chí nào. Hãy nhờ cán bộ xã chọn bộ tiêu chí."),
        )
    found = filing.ruling(product, day)
    star = found[1] if found else None
    came_by = standing.road_for(
        kind, star, chosen=road and road.value, after_expiry=filing.after_expiry()
    )
    earlier = carrying.last_filed(product)
    commune = product.commune or product.producer.commune
    dossier = Dossier.objects.create(
        code=public_code(),
        kind=kind,
        road=came_by,
        product=product,
        version=version,
        registration=registrations.matching(product, commune, day.year),
        previous=found[0] if found and kind != Kind.FIRST else None,
        commune=commune,
        province=product.province,
        answers=first_answers(
            product, kind, version.sector, earlier, carrying.last_filed_by(product.producer)
        ),
        folded=product.folded,
        created_at=at,
        demonstration=options.DEMONSTRATION.get(),
    )
    change = {"kind": kind, "road": came_by, **helping.writing(actor, dossier, at)}
    if earlier is not None:
        take_over(earlier, dossier)
        change["from"] = earlier.code
    record(actor, "dossiers.begun", dossier, product, at=at, change=change)
    return dossier


@action("dossiers.save_answers")
def save_answers(
    *,
    actor: Actor,
    dossier: Dossier,
    revision: int,
    answers: Answers | None = None,
    marks: Answers | None = None,
    gates: Answers | None = None,
    claims: Answers | None = None,
    at: datetime,
) -> Dossier:
    """Keep what was just written; each mapping holds the changed fields only, None empties one.

    `revision` is the one the page was read at. When somebody saved meanwhile, fields that only one
    of them touched are merged; a field both changed is refused by name and nothing is saved. The
    same save again changes nothing. Refused: an unknown field, criterion or condition, points that
    are no level, a dossier that is filed.
    """
    require(actor, rules.may_write_dossier, dossier, timezone.localdate(at))
    row = Dossier.objects.select_for_update().get(pk=dossier.pk)
    if row.state not in lifecycle.WRITABLE:
        raise Refused(
            "dossier_filed",
            _("Hồ sơ đã nộp nên không sửa trực tiếp được. Hãy gửi đề nghị thay đổi."),
        )
    changes = clean_changes(
        row, {"answers": answers, "marks": marks, "gates": gates, "claims": claims}
    )
    current = parts_of(row)
    touched = differences.changed_fields(current, changes)
    if touched:
        _refuse_clash(row, revision, touched)
        for part, values in differences.apply(current, changes).items():
            setattr(row, part, values)
        row.revision += 1
        row.save(update_fields=(*differences.PARTS, "revision"))
        record(
            actor,
            "dossiers.answers_saved",
            row,
            at=at,
            change={
                "revision": row.revision,
                "fields": sorted(touched),
                **helping.writing(actor, row, at),
            },
        )
    for column in (*differences.PARTS, "revision"):
        setattr(dossier, column, getattr(row, column))
    return dossier


@action("dossiers.submit")
def submit_dossier(*, actor: Actor, dossier: Dossier, reason: str = "", at: datetime) -> Dossier:
    """File a dossier with the commune: slip number, snapshot, 15 working days (Art. 5, 7).

    The day of the first filing decides the road. `reason`: why the office files in the producer's
    place, without which it is refused. Refused: something is missing that the law names,
    an upgrade that proves no change, no commune known, the star cannot be renewed or raised any
    more.
    """
    day = timezone.localdate(at)
    require(actor, rules.may_write_dossier, dossier, day)
    row = Dossier.objects.select_for_update().select_related("product__producer").get(pk=dossier.pk)
    lifecycle.next_state("submit", row.state)
    behalf, reason = helping.stands_in(actor, row, at), reason.strip()
    if behalf or reason:
        needs_reason(reason)
    if found := lacking(row, day):
        raise Refused("dossier_incomplete", _("Hồ sơ chưa đủ để nộp. %s") % found)
    if row.commune is None:
        raise Refused(
            "commune_unknown",
            _("Chưa rõ xã, phường của sản phẩm. Hãy nhờ Văn phòng Điều phối bổ sung."),
        )
    if first := row.submitted_at is None:
        row.road = _road_on(row, day)
    if not row.slip_number:
        row.slip_number = _next_slip(row, row.commune, day)
    row.round = row.round or filing.round_for(row.province, day)
    year = row.round.year if row.round else day.year
    row.registration = row.registration or registrations.matching(row.product, row.commune, year)
    move(
        row,
        "submit",
        at=at,
        submitted_at=at,
        road=row.road,
        slip_number=row.slip_number,
        round=row.round,
        registration=row.registration,
    )
    if first and row.previous is not None and row.kind == Kind.REEVALUATION:
        note_filed(row.previous, day)
    snapshot = freeze(actor, row, "submitted", at, behalf=reason if behalf else "")
    record(
        actor,
        "dossiers.submitted",
        row,
        at=at,
        reason=reason,
        change={
            "snapshot": snapshot.number,
            "sha256": snapshot.sha256,
            "road": row.road,
            **helping.acting(actor, row, "submit", reason, at),
        },
    )
    notices.submitted(dossier=row, behalf=behalf, at=at)
    return row


_ANSWERED = "Trả lời yêu cầu bổ sung"  # frozen, so not in the language of who reads the page


@action("dossiers.withdraw")
def withdraw_dossier(*, actor: Actor, dossier: Dossier, reason: str, at: datetime) -> Dossier:
    """Take a dossier back, with a reason; it stays on record. Refused from the agenda of a sitting
    on: the office takes it off first."""
    require(actor, rules.may_write_dossier, dossier, timezone.localdate(at))
    needs_reason(reason)
    if dossier.state == State.ON_AGENDA:
        raise Refused(
            "on_agenda",
            _(
                "Hồ sơ đã vào chương trình họp hội đồng. "
                "Hãy nhờ Văn phòng Điều phối đưa ra khỏi chương trình trước khi rút."
            ),
        )
    filed = dossier.state != State.DRAFT
    move(dossier, "withdraw", at=at)
    if filed and dossier.previous is not None and dossier.kind == Kind.REEVALUATION:
        note_unfiled(dossier.previous)
    change = helping.acting(actor, dossier, "withdraw", reason, at)
    record(actor, "dossiers.withdrawn", dossier, at=at, reason=reason.strip(), change=change)
    if filed:
        notices.withdrawn(dossier=dossier, reason=reason.strip(), behalf=bool(change), at=at)
    return dossier


@action("dossiers.answer_supplement")
def answer_supplement(
    *, actor: Actor, supplement: Supplement, answer: str, at: datetime
) -> Supplement:
    """Answer a request for more, after its evidence was added: a new snapshot is frozen.

    Refused: no text, answered before, a dossier that has ended. A late answer is taken: what comes
    of it is for who asked.
    """
    dossier = supplement.dossier
    require(actor, rules.may_write_dossier, dossier, timezone.localdate(at))
    try:
        text = forms.clean_text(answer)
    except ValueError as error:
        raise Refused("answer_text", str(error), fields={"answer": [str(error)]}) from None
    if not text:
        message = _("Hãy viết câu trả lời.")
        raise Refused("answer_empty", message, fields={"answer": [message]})
    if dossier.state in lifecycle.ENDED:
        raise Refused("dossier_ended", _("Hồ sơ đã kết thúc nên không trả lời được nữa."))
    answered = Supplement.objects.filter(pk=supplement.pk, answered_at=None).update(
        answer=text, answered_at=at
    )
    if not answered:
        raise Refused("already_answered", _("Yêu cầu này đã được trả lời. Hãy tải lại trang."))
    supplement.answer, supplement.answered_at = text, at
    dossier.due_on = queue.due_after_answer(dossier, supplement, timezone.localdate(at))
    Dossier.objects.filter(pk=dossier.pk).update(due_on=dossier.due_on)
    told = helping.acting(actor, dossier, "answer", text, at)
    snapshot = freeze(actor, dossier, "supplemented", at, behalf=_ANSWERED if told else "")
    record(
        actor,
        "dossiers.supplement_answered",
        dossier,
        supplement,
        at=at,
        change={"snapshot": snapshot.number, "sha256": snapshot.sha256, **told},
    )
    notices.answered(supplement=supplement, behalf=bool(told), at=at)
    return supplement


def clean_changes(
    dossier: Dossier, changes: Mapping[str, Answers | None]
) -> dict[str, dict[str, Any]]:
    """Changes as they are kept. Refused, naming the field, when one cannot be."""
    given = {part: dict(values) for part, values in changes.items() if values}
    criteria_set = criteria.set_of(dossier.version)
    cleaned: dict[str, dict[str, Any]] = {}
    if "answers" in given:
        fields = forms.fields_for(dossier.kind, dossier.version.sector)
        cleaned["answers"] = forms.clean(fields, given["answers"], dossier.answers)
    if marks := given.get("marks"):
        check_marks(criteria_set, {k: v for k, v in marks.items() if v is not None})
        cleaned["marks"] = _known(marks, criteria_set.levels)
    if gates := given.get("gates"):
        check_given(criteria_set, {k: v for k, v in gates.items() if v is not None})
        cleaned["gates"] = _known(gates, criteria_set.gate_ids)
    if claims := given.get("claims"):
        cleaned["claims"] = {
            code: _claim(code, text) for code, text in _known(claims, criteria_set.levels).items()
        }
    return cleaned


def _known(values: Mapping[str, Any], keys: Any) -> dict[str, Any]:
    for key in values:
        if key not in keys:
            raise Refused("unknown_criterion", _("Bộ tiêu chí không có tiêu chí %s.") % key)
    return dict(values)


def _claim(code: str, text: object) -> str | None:
    try:
        return forms.clean_text(text or "") or None
    except ValueError as error:
        message = f"{code}: {error}"
        raise Refused("claim_text", message, fields={"claim": [message]}) from None


def _refuse_clash(row: Dossier, revision: int, touched: set[str]) -> None:
    """Refuse fields that somebody else changed since `revision`; the log knows which those are."""
    if revision == row.revision:
        return
    if not 0 <= revision < row.revision:
        raise Refused("revision", _("Trang này đã cũ. Hãy tải lại trang rồi ghi tiếp."))
    since = written.last_by_field(row, revision)
    if both := sorted(touched & since.keys()):
        raise Refused(
            "changed_meanwhile",
            _("Người khác vừa sửa cùng mục: %s. Hãy so hai bản rồi chọn bản cần giữ.")
            % ", ".join(field_words(row, field) for field in both),
            fields={field: [_("Người khác vừa sửa mục này.")] for field in both},
        )


def field_words(dossier: Dossier, field: str) -> str:
    """A field `part.key` as a person reads it: the label of the form, or the criterion."""
    part, key = field.split(".", 1)
    if part == "answers":
        asked = forms.fields_for(dossier.kind, dossier.version.sector).get(key)
        return _(asked.label) if asked else key
    if part == "gates":
        gates = criteria.set_of(dossier.version).all_gates
        return next((_(gate.note) for gate in gates if gate.id == key), key)
    return _("tiêu chí %s") % key


def _refuse_second(product: Product) -> None:
    open_one = product.dossiers.exclude(state__in=lifecycle.ENDED).first()
    if open_one is not None:
        raise Refused(
            "dossier_open",
            _("Sản phẩm đang có một hồ sơ ở bước “%s”. Hãy làm tiếp hoặc rút hồ sơ đó trước.")
            % open_one.get_state_display(),
        )


def _road_on(dossier: Dossier, day: date) -> str:
    """The road on the day of filing: a draft may have waited past its window."""
    found = filing.ruling(dossier.product, day)
    return standing.road_for(
        dossier.kind,
        found[1] if found else None,
        chosen=dossier.road,
        after_expiry=filing.after_expiry(),
    )


def _next_slip(dossier: Dossier, commune: Unit, day: date) -> str:
    """The next number of the commune's book of the year; the row of the commune is held."""
    Unit.objects.select_for_update().get(pk=commune.pk)
    ending = slips.ending(dossier.province, commune.code, day.year)
    given = Dossier.objects.filter(slip_number__endswith=ending)
    return slips.following(given.values_list("slip_number", flat=True), ending)
