"""What a product keeps after its dossier was refused, and until when it may come again (Art. 6)."""

from datetime import date

from ocop.core.language import gettext as _
from ocop.core.numbers import write_date
from ocop.dossiers.models import Dossier
from ocop.dossiers.queries import filing
from ocop.dossiers.standing import GONE
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
    held = _("Hạng %(stars)d sao đang có còn hiệu lực đến hết ngày %(day)s.") % {
        "stars": star.stars,
        "day": write_date(star.until),
    }
    window = filing_window(star.expires_on)
    first, last = write_date(window.start), write_date(window.last or window.start)
    if star.state is State.VALID:
        words = _("Hồ sơ đánh giá lại nộp từ ngày %(first)s đến hết ngày %(last)s.")
    elif star.state is State.WINDOW_OPEN:
        words = _("Hồ sơ đánh giá lại còn nộp được đến hết ngày %(last)s.")
    else:
        words = _("Hạn nộp hồ sơ đánh giá lại đã qua (%(last)s): hồ sơ mới nộp càng sớm càng tốt.")
    return f"{held} {words % {'first': first, 'last': last}}"
