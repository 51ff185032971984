"""What a product keeps after its dossier was refused, and until when it may come again (Art. 6)."""

from datetime import date

from ocop.core.language import gettext as _
from ocop.core.numbers import write_date
from ocop.dossiers.models import Dossier
from ocop.dossiers.queries import filing
from ocop.dossiers.standing import GONE, Star
from ocop.recognition.models import Kind
from ocop.recognition.validity import State, filing_window, holds_star


def after_refusal(dossier: Dossier, on: date) -> str:
    """The star on a day and the days of filing for it, in words; "" where there is no star to speak
    of: the product comes again in a later round."""
    found = filing.ruling(dossier.product, on)
    star = found[1] if found else None
    if star is None or star.expires_on is None or star.until is None:
        return ""
    if not holds_star(star.state):
        if dossier.kind != Kind.REEVALUATION or star.state in GONE:
            return ""
        return _("Hạng %d sao không còn hiệu lực.") % star.stars
    return _held_and_window(star, star.expires_on, star.until)


def held(star: Star | None, on: date) -> str:
    """Until when a star holds and when the dossier of its re-evaluation is filed, two days that are
    easily taken for each other; "" where the register does not know them."""
    if star is None or star.expires_on is None or star.until is None:
        return ""
    if star.state in (*GONE, State.NOT_YET):
        return ""
    if star.until < on:
        said = _("Hạng %(stars)d sao đã hết hiệu lực sau ngày %(day)s.")
        return said % {"stars": star.stars, "day": write_date(star.until)}
    return _held_and_window(star, star.expires_on, star.until)


def _held_and_window(star: Star, expires_on: date, until: date) -> str:
    said = _("Hạng %(stars)d sao đang có còn hiệu lực đến hết ngày %(day)s.") % {
        "stars": star.stars,
        "day": write_date(until),
    }
    window = filing_window(expires_on)
    first, last = write_date(window.start), write_date(window.last or window.start)
    if star.state is State.VALID:
        words = _("Hồ sơ đánh giá lại nộp từ ngày %(first)s đến hết ngày %(last)s.")
    elif star.state is State.WINDOW_OPEN:
        words = _("Hồ sơ đánh giá lại còn nộp được đến hết ngày %(last)s.")
    else:
        words = _("Hạn nộp hồ sơ đánh giá lại đã qua (%(last)s): hồ sơ mới nộp càng sớm càng tốt.")
    return f"{said} {words % {'first': first, 'last': last}}"
