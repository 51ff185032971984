"""What is said where a council or a sitting stands twice in a database that is upgraded (pure)."""

from collections.abc import Iterable
from datetime import date

from ocop.core.language import gettext as _
from ocop.core.numbers import write_date
from ocop.core.refusals import Refused


def council(number: str, day: date, count: int) -> str:
    """A decision under which several councils are kept."""
    return _("hội đồng theo quyết định %(number)s ngày %(day)s (%(count)d lần)") % {
        "number": number,
        "day": write_date(day),
        "count": count,
    }


def sitting(moment: str, name: str, count: int) -> str:
    """A moment at which a council is kept as sitting several times."""
    return _("phiên họp cùng lúc %(moment)s của %(council)s (%(count)d lần)") % {
        "moment": moment,
        "council": name,
        "count": count,
    }


def refusal(told: Iterable[str]) -> Refused:
    """Why the database stays as it was, and what to do."""
    return Refused(
        "stands_twice",
        _(
            "Chưa nâng cấp được cơ sở dữ liệu, dữ liệu giữ nguyên như trước: %s. Hãy dùng bản "
            "phần mềm cũ để sửa số, ngày quyết định hoặc hủy, đổi lịch phiên lập trùng, rồi "
            "chạy lại lệnh này."
        )
        % "; ".join(told),
    )
