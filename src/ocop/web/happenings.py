"""What the events are called on activity tabs and in the audit."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop.core.actor import ActorKind
from ocop.core.models import Event
from ocop.people.models import User

#: Every event that any room records; a test compares this list with the sources.
WORDS = {
    "core.option_set": gettext_lazy("Đổi thiết lập"),
    "people.account_created": gettext_lazy("Lập tài khoản"),
    "people.account_changed": gettext_lazy("Sửa tài khoản"),
    "people.account_closed": gettext_lazy("Khóa tài khoản"),
    "people.account_reopened": gettext_lazy("Mở lại tài khoản"),
    "people.language_chosen": gettext_lazy("Chọn ngôn ngữ"),
    "people.role_granted": gettext_lazy("Giao vai trò"),
    "people.role_ended": gettext_lazy("Kết thúc vai trò"),
    "people.token_issued": gettext_lazy("Cấp khóa API"),
    "people.token_revoked": gettext_lazy("Hủy khóa API"),
    "programme.target_set": gettext_lazy("Đặt mục tiêu"),
    "programme.figure_reported": gettext_lazy("Ghi số liệu báo cáo"),
    "dossiers.product_registered": gettext_lazy("Đăng ký sản phẩm đánh giá"),
    "dossiers.list_registered": gettext_lazy("Đăng ký danh sách sản phẩm"),
    "dossiers.registration_withdrawn": gettext_lazy("Rút đăng ký"),
}


@dataclass(frozen=True, slots=True)
class Happening:
    """An event in words: what, by whom, when and why."""

    words: str
    who: str
    at: datetime
    reason: str


def told(events: Iterable[Event]) -> list[Happening]:
    """Events in words, with one query for the names of who acted."""
    found = list(events)
    ids = {e.actor_id for e in found if e.actor_id is not None}
    names = dict(User.objects.filter(pk__in=ids).values_list("pk", "name"))
    return [
        Happening(str(WORDS.get(e.name, e.name)), _who(e, names), e.at, e.reason) for e in found
    ]


def _who(event: Event, names: dict[int, str]) -> str:
    if event.actor_kind == ActorKind.SYSTEM:
        return _("Hệ thống")
    return names.get(event.actor_id or 0, _("Tài khoản đã xóa"))
