"""What the annulment or the correction of a star touches: said before it is done, and who may."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from ocop.core.actor import Actor
from ocop.core.checking import needs_reason
from ocop.core.language import gettext as _
from ocop.core.numbers import write_date
from ocop.core.refusals import Refused
from ocop.recognition import rules
from ocop.recognition.models import Recognition, Revocation
from ocop.recognition.postcheck import lifecycle
from ocop.recognition.postcheck.models import RevocationCase
from ocop.recognition.visibility import published

#: What the public saw is not taken back with “sai”: words that say what was wrong, and by which
#: paper.
FEWEST_WORDS, SHORTEST = 3, 12


@dataclass(frozen=True, slots=True)
class Touched:
    """One star, and what rests on it that others were told of, in words."""

    recognition: Recognition
    words: tuple[str, ...] = field(default=())


def touched(rows: Sequence[Recognition]) -> list[Touched]:
    """What rests on these stars: revocations, an extension, a certificate, cases and appeals."""
    keys = [row.pk for row in rows]
    revocations, cases = _revocations(keys), _cases(keys)
    return [
        Touched(
            row,
            (
                *(_revocation(each) for each in revocations.get(row.pk, ())),
                *_extension(row),
                *_certificate(row),
                *(_case(each) for each in cases.get(row.pk, ())),
            ),
        )
        for row in rows
    ]


def is_told(recognition: Recognition) -> bool:
    """Whether the public was told of a star: then only a decision annuls it, and the head answers
    for the entry."""
    return Recognition.objects.filter(published(), pk=recognition.pk).exists()


def may_annul(actor: Actor, recognition: Recognition) -> bool:
    """That a result was annulled is entered by the head of the office; by the office where the
    public was told of nothing yet."""
    if is_told(recognition):
        return rules.may_annul_told(actor, recognition)
    return rules.may_end_recognition(actor, recognition)


def needs_words(reason: str) -> None:
    """Refuse a reason that tells nobody what was wrong."""
    needs_reason(reason)
    told = reason.strip()
    if len(told) < SHORTEST or len(told.split()) < FEWEST_WORDS:
        words = _("Lý do được lưu lại: hãy ghi rõ sai điều gì, theo văn bản nào (ít nhất %d từ).")
        message = words % FEWEST_WORDS
        raise Refused("reason_short", message, fields={"reason": [message]})


def _revocations(keys: Collection[int]) -> dict[int, list[Revocation]]:
    found: dict[int, list[Revocation]] = {}
    rows = Revocation.objects.filter(recognition__in=keys, withdrawn_on=None).order_by("pk")
    for each in rows:
        found.setdefault(each.recognition_id, []).append(each)
    return found


def _cases(keys: Collection[int]) -> dict[int, list[RevocationCase]]:
    """Those in which somebody has to act."""
    found: dict[int, list[RevocationCase]] = {}
    states = lifecycle.open_states(lifecycle.CASE)
    for each in RevocationCase.objects.filter(recognition__in=keys, state__in=states):
        found.setdefault(each.recognition_id, []).append(each)
    return found


def _revocation(each: Revocation) -> str:
    day = write_date(each.revoked_on)
    paper = f" ({each.number})" if each.number else ""
    if each.restored_on is not None:
        told = {"day": day, "paper": paper, "back": write_date(each.restored_on)}
        return _("đã bị thu hồi ngày %(day)s%(paper)s, khôi phục ngày %(back)s") % told
    return _("đang bị thu hồi từ ngày %(day)s%(paper)s") % {"day": day, "paper": paper}


def _extension(row: Recognition) -> list[str]:
    if row.extended_until is None or row.expires_on is None or row.extended_until <= row.expires_on:
        return []
    return [_("đã được kéo dài đến hết ngày %s") % write_date(row.extended_until)]


def _certificate(row: Recognition) -> list[str]:
    found = getattr(row, "certificate", None)
    return [_("đã cấp giấy chứng nhận số %s") % found.number] if found else []


def _case(case: RevocationCase) -> str:
    told = {"code": case.code, "state": case.get_state_display().lower()}
    return _("vụ việc thu hồi %(code)s: %(state)s") % told
