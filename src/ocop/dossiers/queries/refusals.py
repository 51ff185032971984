"""Reads of refusals: on what one rests, what it ended, and what one would end."""

from dataclasses import dataclass
from datetime import date

from ocop.core.events import activity
from ocop.core.language import gettext as _
from ocop.core.numbers import write_date
from ocop.dossiers.models import Dossier
from ocop.recognition.extending import ended_by
from ocop.recognition.models import Kind


@dataclass(frozen=True, slots=True)
class Refusal:
    """A refusal as it was entered: why, by which paper of which day (none were kept of the first
    ones), and of the star to renew what it ended: the day its dossier had come in, the last day of
    its extension before and since."""

    reason: str
    document: str
    signed_on: date | None
    was_filed_on: date | None
    was_extended_until: date | None
    extended_until: date | None


def refusal_of(dossier: Dossier) -> Refusal | None:
    """The last one entered of a dossier."""
    event = activity(dossier).filter(name="dossiers.refused").first()
    if event is None:
        return None
    told = event.change
    names = ("signed_on", "was_filed_on", "was_extended_until", "extended_until")
    days = (date.fromisoformat(told[name]) if told.get(name) else None for name in names)
    return Refusal(event.reason, told.get("document", ""), *days)


def star_asked_again(dossier: Dossier) -> bool:
    """Whether a refusal makes a star ask for a re-evaluation again."""
    return dossier.kind == Kind.REEVALUATION and dossier.previous is not None


def what_ends(dossier: Dossier, on: date) -> str:
    """What a refusal on a day would end, in words."""
    words = [_("Hồ sơ %s kết thúc, không có hạng sao nào từ hồ sơ này.") % dossier.slip_number]
    star = dossier.previous
    if star is not None and star_asked_again(dossier):
        if star.filed_on is not None:
            words.append(
                _("Hạng %d sao đang có lại bị tính là chưa nộp hồ sơ đánh giá lại.") % star.stars
            )
        last = ended_by(star, on)
        if last is not None and star.extended_until is not None:
            said = _(
                "Việc kéo dài hạng %(stars)d sao kết thúc: đến hết %(last)s, không còn đến %(day)s."
            )
            words.append(
                said
                % {
                    "stars": star.stars,
                    "last": write_date(last),
                    "day": write_date(star.extended_until),
                }
            )
        elif last is not None:
            said = _("Hạng %(stars)d sao không kéo dài được nữa, hết hiệu lực sau %(last)s.")
            words.append(said % {"stars": star.stars, "last": write_date(last)})
    if dossier.supplements.filter(answered_at=None).exists():
        words.append(_("Yêu cầu bổ sung đã quá hạn khép lại cùng hồ sơ."))
    words.append(_("Chủ thể và cấp xã được báo ngay."))
    return " ".join(words)
