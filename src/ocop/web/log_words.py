"""What entries of the public log tell, in words."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ocop.core.numbers import write_number
from ocop.traceability import log_numbers
from ocop.traceability.intervals import size
from ocop.traceability.models import ExceptionKind

_LOTS_SHOWN = 3
#: What an entry tells, by the form it has.
WORDS = {
    "recognition": gettext_lazy("Công nhận hạng sao"),
    "withdrawal": gettext_lazy("Rút khỏi sổ"),
    "extension": gettext_lazy("Kéo dài hiệu lực"),
    "extension-ended": gettext_lazy("Kết thúc kéo dài"),
    "extension-resumed": gettext_lazy("Kéo dài trở lại như trước"),
    "revocation": gettext_lazy("Thu hồi"),
    "restoration": gettext_lazy("Khôi phục hạng sao"),
    "revocation-withdrawn": gettext_lazy("Đính chính việc ghi thu hồi"),
    "restoration-undone": gettext_lazy("Đính chính việc ghi khôi phục"),
    "decision-correction": gettext_lazy("Đính chính quyết định ghi nhầm"),
    "annulment": gettext_lazy("Hủy kết quả"),
    "correction": gettext_lazy("Đính chính bản ghi nhầm"),
    "certificate": gettext_lazy("Cấp giấy chứng nhận"),
    "criteria-set": gettext_lazy("Công bố bộ tiêu chí"),
    "criteria-sign-off": gettext_lazy("Đối chiếu bộ tiêu chí với văn bản ký"),
    "criteria-reopened": gettext_lazy("Mở lại việc đối chiếu bộ tiêu chí"),
    "issuer-key": gettext_lazy("Công bố khóa ký"),
    "status-list": gettext_lazy("Đổi danh sách trạng thái của chứng chỉ"),
    "stamp-range": gettext_lazy("Cấp số tem"),
    "activation": gettext_lazy("Kích hoạt tem cho lô hàng"),
    "activation-undone": gettext_lazy("Hủy kích hoạt tem"),
    "stamps-closed": gettext_lazy("Đóng dải tem"),
    "stamp-exception": gettext_lazy("Ghi về tem"),
    "exception-lifted": gettext_lazy("Gỡ điều đã ghi về tem"),
    "recall": gettext_lazy("Thu hồi lô hàng"),
    "recall-lifted": gettext_lazy("Gỡ thu hồi lô hàng"),
}


def detail(facts: Mapping[str, Any]) -> str:
    """What an entry about stamps or a lot says of them: how many, what of them, which lots."""
    parts = [_count(facts), _kind(facts.get("exception")), _key(facts), _named(_lots(facts))]
    if facts.get("with"):
        parts.append(_("theo lô %s") % str(facts["with"]).upper())
    return ", ".join(part for part in parts if part)


def _named(lots: Sequence[str]) -> str:
    if not lots:
        return ""
    named = _("lô %s") % ", ".join(lot.upper() for lot in lots[:_LOTS_SHOWN])
    more = len(lots) - _LOTS_SHOWN
    if more <= 0:
        return named
    return named + " " + ngettext("và %d lô nữa", "và %d lô nữa", more) % more


def _lots(facts: Mapping[str, Any]) -> Sequence[str]:
    if "lot" in facts:
        return [str(facts["lot"])]
    parts = str(facts.get("numbers", "")).split()
    return [part.partition(":")[0] for part in parts if ":" in part]


def _count(facts: Mapping[str, Any]) -> str:
    count = facts.get("count", 0)
    for part in str(facts.get("numbers", "")).split():
        count += size(log_numbers.read(part.rpartition(":")[2], 0))
    words = ngettext("%(count)s tem", "%(count)s tem", count)
    return words % {"count": write_number(count)} if count else ""


def _kind(kind: str | None) -> str:
    return str(ExceptionKind(kind).label).lower() if kind in ExceptionKind.values else ""


def _key(facts: Mapping[str, Any]) -> str:
    return _("khóa tem %s") % facts["key"] if facts.get("type") == "stamp-range" else ""
