"""Post-checks in the field and after: recorded, concluded, corrected (Art. 9)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from ocop.core import attachments, folding
from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.checking import check_text, fits
from ocop.core.events import record
from ocop.core.fieldwork import CLOCK_AHEAD, MOST_PHOTOS, PICTURES, Position, check_position
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.criteria.queries import set_of
from ocop.recognition.models import Ground
from ocop.recognition.postcheck import lifecycle, notices, rules
from ocop.recognition.postcheck.models import (
    CheckResult,
    CheckState,
    Held,
    PostCheck,
    PostCheckFinding,
    PostCheckPhoto,
)
from ocop.recognition.postcheck.services.moving import move, needs_words, not_before, refuse

_LONGEST = 6_000


@dataclass(frozen=True, slots=True)
class Seen:
    """What was found of one criterion, of the mark or of advertising."""

    held: Held = Held.UNSEEN
    words: str = ""


@dataclass(frozen=True, slots=True)
class Minutes:
    """What an inspector writes down at a visit. `ground`: one of Art. 8 that neither criteria nor
    the use of the mark tell."""

    visited_at: datetime
    note: str
    proposal: CheckResult
    criteria: Mapping[str, Seen] = field(default_factory=dict)
    mark: Seen = Seen()
    advertising: Seen = Seen()
    position: Position | None = None
    ground: Ground | None = None


@action("recognition.record_postcheck")
def record_check(
    *, actor: Actor, check: PostCheck, client_id: UUID, minutes: Minutes, at: datetime
) -> PostCheck:
    """Keep the minutes of a visit, with what was found.

    `client_id` is made by the phone that may send the same minutes again: what is kept already is
    handed back then. Refused: a visit that is recorded by other minutes or called off, no words, a
    moment in the future or before the star, a criterion that the set does not have, something not
    kept without a word on it, a position that is none, a result that what was found contradicts or
    does not bear.
    """
    require(actor, rules.may_record, check)
    # As it stands now: a phone may send twice at once, and whoever is first holds the row.
    kept = PostCheck.objects.select_for_update().get(pk=check.pk)
    if kept.client_id == client_id:
        return kept
    if PostCheck.objects.filter(client_id=client_id).exists():
        raise Refused(
            "visit_elsewhere", _("Biên bản này thuộc lần kiểm tra khác. Hãy lập biên bản mới.")
        )
    check.state = kept.state
    lifecycle.target(lifecycle.CHECK, "record", check.state)
    _check_minutes(check, minutes, at)
    where = minutes.position
    move(
        check,
        "record",
        client_id=client_id,
        visited_at=minutes.visited_at,
        lat=where.lat if where else None,
        lon=where.lon if where else None,
        accuracy=where.accuracy if where else None,
        note=minutes.note.strip(),
        mark=minutes.mark.held,
        mark_words=minutes.mark.words.strip(),
        advertising=minutes.advertising.held,
        advertising_words=minutes.advertising.words.strip(),
        proposal=minutes.proposal,
        ground=minutes.ground or "",
        recorded_at=at,
        recorded_by=actor.user_id,
    )
    PostCheckFinding.objects.bulk_create(
        PostCheckFinding(postcheck=check, criterion=code, held=seen.held, words=seen.words.strip())
        for code, seen in minutes.criteria.items()
        if seen.held != Held.UNSEEN or seen.words.strip()
    )
    record(
        actor,
        "recognition.postcheck_recorded",
        check,
        check.recognition.product,
        at=at,
        change={"proposal": minutes.proposal},
    )
    notices.check_recorded(check=check, at=at)
    return check


@action("recognition.add_postcheck_photo")
def add_check_photo(
    *,
    actor: Actor,
    check: PostCheck,
    content: bytes,
    filename: str,
    caption: str = "",
    position: Position | None = None,
    at: datetime,
) -> PostCheckPhoto:
    """Keep a photograph of a visit; the same one sent twice is kept once. It lies where the phone
    was, else where the visit was; what a camera wrote into the file leaves it.

    Refused: a visit that is not recorded or is concluded, a file that is no picture, more than
    `MOST_PHOTOS`.
    """
    require(actor, rules.may_record, check)
    if check.state != CheckState.RECORDED:
        raise refuse("photo", _("Ảnh chỉ thêm được khi đã ghi biên bản và chưa kết luận."))
    check_position(position)
    stored = attachments.store(content, filename=filename, at=at)
    if stored.media_type not in PICTURES:
        raise refuse("photo", _("Chỉ nhận ảnh (JPEG, PNG, WebP)."))
    found = PostCheckPhoto.objects.filter(postcheck=check, attachment=stored).first()
    if found is not None:
        return found
    if check.photos.count() >= MOST_PHOTOS:
        raise refuse("photo", _("Mỗi lần kiểm tra nhận tối đa %d ảnh.") % MOST_PHOTOS)
    row = PostCheckPhoto(
        postcheck=check,
        attachment=stored,
        caption=folding.clean(caption),
        lat=position.lat if position else check.lat,
        lon=position.lon if position else check.lon,
    )
    fits(row)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:  # sent twice at once: the other one was first
        return PostCheckPhoto.objects.get(postcheck=check, attachment=stored)
    record(actor, "recognition.postcheck_photo_added", check, at=at)
    return row


@action("recognition.conclude_postcheck")
def conclude_check(
    *,
    actor: Actor,
    check: PostCheck,
    result: CheckResult,
    words: str,
    ground: Ground | None = None,
    correct_until: date | None = None,
    at: datetime,
) -> PostCheck:
    """Conclude a visit: kept; to be corrected until a day; or a ground for revocation, for which a
    case is then opened. The producer reads it. `ground`: one of Art. 8 that the minutes do not
    tell.

    Refused: no words, a correction without a day ahead, a day where nothing is to be corrected, a
    ground for revocation where nothing wrong was found and none is stated.
    """
    require(actor, rules.may_plan)
    told = needs_words("words", words, _("Hãy ghi kết luận."))
    check_text(told, "words", _LONGEST)
    today = timezone.localdate(at)
    correcting = result == CheckResult.CORRECT
    if correcting and (correct_until is None or correct_until <= today):
        raise refuse("correct_until", _("Hãy ghi ngày khắc phục xong, sau hôm nay."))
    if not correcting and correct_until is not None:
        raise refuse("correct_until", _("Chỉ ghi ngày khắc phục khi yêu cầu khắc phục."))
    stated = ground or (check.ground if result == CheckResult.GROUND else "")
    found_wrong = Held.NOT_KEPT in (check.mark, check.advertising) or check.findings.filter(
        held=Held.NOT_KEPT
    )
    _expect_ground("result", result, stated, found_wrong=bool(found_wrong))
    move(
        check,
        "ask_correction" if correcting else "conclude",
        result=result,
        ground=stated,
        conclusion=told,
        concluded_on=today,
        correct_until=correct_until,
    )
    record(
        actor,
        "recognition.postcheck_concluded",
        check,
        check.recognition.product,
        at=at,
        change={"result": result, "until": str(correct_until) if correct_until else None},
    )
    notices.check_concluded(check=check, at=at)
    return check


@action("recognition.end_correction")
def end_correction(
    *, actor: Actor, check: PostCheck, result: CheckResult, words: str, at: datetime
) -> PostCheck:
    """Note what came of a correction: it was made, or a ground for revocation is left.

    Refused: no words, a second correction (plan another visit instead).
    """
    require(actor, rules.may_plan)
    told = needs_words("words", words, _("Hãy ghi kết quả khắc phục."))
    check_text(told, "words", _LONGEST)
    if result == CheckResult.CORRECT:
        raise refuse("result", _("Cần kiểm tra thêm thì hãy giao một lần kiểm tra mới."))
    today = timezone.localdate(at)
    move(check, "end_correction", result=result, correction=told, corrected_on=today)
    record(
        actor,
        "recognition.correction_ended",
        check,
        check.recognition.product,
        at=at,
        change={"result": result},
    )
    notices.check_concluded(check=check, at=at)
    return check


def _check_minutes(check: PostCheck, minutes: Minutes, at: datetime) -> None:
    if minutes.visited_at > at + CLOCK_AHEAD:
        raise refuse("visited_at", _("Thời điểm kiểm tra không được ở tương lai."))
    given_on = check.recognition.valid_from
    not_before(
        "visited_at", timezone.localdate(minutes.visited_at), given_on, _("ngày có hạng sao")
    )
    note = needs_words("note", minutes.note, _("Hãy ghi nhận xét tại cơ sở."))
    check_text(note, "note", _LONGEST)
    check_position(minutes.position)
    known = set_of(check.version).by_code if check.version else {}
    if unknown := sorted(set(minutes.criteria) - set(known)):
        raise refuse("criteria", _("Bộ tiêu chí không có tiêu chí %s.") % ", ".join(unknown))
    for code, seen in (
        *minutes.criteria.items(),
        ("mark", minutes.mark),
        ("advertising", minutes.advertising),
    ):
        name = f"words_{code}"
        check_text(seen.words, name, _LONGEST)
        if seen.held == Held.NOT_KEPT and not seen.words.strip():
            raise refuse(name, _("Hãy ghi rõ điều không đúng."))
    wrong = any(
        seen.held == Held.NOT_KEPT
        for seen in (*minutes.criteria.values(), minutes.mark, minutes.advertising)
    )
    if wrong and minutes.proposal == CheckResult.KEPT:
        raise refuse(
            "proposal",
            _("Có điều không đúng thì kết quả là cần khắc phục hoặc xem xét thu hồi."),
        )
    _expect_ground("proposal", minutes.proposal, minutes.ground, found_wrong=wrong)


def _expect_ground(
    field: str, result: CheckResult, ground: str | None, *, found_wrong: bool
) -> None:
    """Refuse a ground for revocation that rests on nothing, and one that leads to none."""
    if result == CheckResult.GROUND and not found_wrong and not ground:
        raise refuse(
            field,
            _(
                "Có căn cứ thu hồi thì phải có tiêu chí, nhãn hiệu hoặc quảng cáo “Không đạt”, "
                "hoặc nêu căn cứ khác của Điều 8."
            ),
        )
    if ground and result != CheckResult.GROUND:
        raise refuse("ground", _("Chỉ nêu căn cứ khi kết quả là có căn cứ xem xét thu hồi."))
