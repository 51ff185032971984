"""Tables and filters of the administrator."""

from collections.abc import Mapping
from typing import Any

import django_filters as filters
import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from ocop.core.models import Event
from ocop.filters.inputs import DayInput
from ocop.filters.strict import StrictFilterSet
from ocop.web.happenings import WORDS
from ocop.web.tables import PlainColumn


class AccountTable(tables.Table):
    """Accounts with their roles."""

    name = PlainColumn(
        verbose_name=_("Họ tên"), linkify=("administration:account", [tables.A("pk")])
    )
    email = PlainColumn(verbose_name=_("Thư điện tử"))
    phone = PlainColumn(verbose_name=_("Điện thoại"))
    roles = tables.Column(verbose_name=_("Vai trò hôm nay"), accessor="held", orderable=False)
    is_active = tables.Column(verbose_name=_("Tình trạng"))

    def render_roles(self, value: Any) -> str:
        return "; ".join(
            m.get_role_display() + (f" ({m.unit.name})" if m.unit else "") for m in value
        )

    def render_is_active(self, value: bool) -> str:
        return str(_("Đang hoạt động") if value else _("Đã khóa"))


class EventFilter(StrictFilterSet):
    """Events by kind, by account and by day."""

    name = filters.ChoiceFilter(choices=sorted(WORDS.items(), key=str), label=_("Việc"))
    actor_id = filters.NumberFilter(label=_("Số tài khoản"))
    since = filters.DateFilter("at", "date__gte", label=_("Từ ngày"), widget=DayInput)
    until = filters.DateFilter("at", "date__lte", label=_("Đến hết ngày"), widget=DayInput)

    class Meta:
        model = Event
        fields = ()


class EventTable(tables.Table):
    """The log: when, what, who, why."""

    at = tables.DateTimeColumn(verbose_name=_("Lúc"), format="d/m/Y H:i")
    name = tables.Column(verbose_name=_("Việc"))
    actor_kind = tables.Column(verbose_name=_("Ai"))
    reason = PlainColumn(verbose_name=_("Lý do"))

    def __init__(self, *arguments: Any, names: Mapping[int, str], **options: Any) -> None:
        self.names = names
        super().__init__(*arguments, **options)

    def value_at(self, value: Any) -> Any:
        return value

    def render_name(self, value: str) -> str:
        return str(WORDS.get(value, value))

    def render_actor_kind(self, record: Event) -> str:
        if record.actor_id is None:
            return str(_("Hệ thống"))
        return self.names.get(record.actor_id, f"#{record.actor_id}")
