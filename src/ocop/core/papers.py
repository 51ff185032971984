"""What every file that leaves the system carries: when it was made, and whose data it holds."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone

from ocop.core import filetypes, numbers, options
from ocop.core.language import gettext as _

#: The forms a report comes in, by the ending of its file.
MEDIA_TYPES = {"xlsx": filetypes.XLSX, "docx": filetypes.DOCX, "pdf": filetypes.PDF}


def mark() -> str:
    """The sentence that papers with invented data carry."""
    return _("DỮ LIỆU MẪU: không phải số liệu thật, không dùng để báo cáo.")


def notes(at: datetime, filters: Sequence[str] = ()) -> list[str]:
    """When a file was made, how it was filtered, and the mark of the demonstration."""
    made = timezone.localtime(at)
    found = [
        _("Xuất ngày %(day)s lúc %(time)s")
        % {"day": numbers.write_date(made.date()), "time": f"{made:%H:%M}"}
    ]
    if filters:
        found.append(_("Lọc theo: %s") % "; ".join(filters))
    if options.DEMONSTRATION.get():
        found.append(mark())
    return found
