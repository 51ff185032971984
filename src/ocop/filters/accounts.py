"""Filters of accounts."""

import django_filters as filters
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ocop.filters.strict import StrictFilterSet
from ocop.people import queries
from ocop.people.models import User
from ocop.people.roles import Role


class AccountFilter(StrictFilterSet):
    """Accounts by words, by role held today, by whether they may sign in."""

    q = filters.CharFilter(method="by_words", label=_("Tên, thư điện tử hoặc số điện thoại"))
    role = filters.ChoiceFilter(method="by_role", choices=Role.choices, label=_("Vai trò"))
    is_active = filters.ChoiceFilter(
        choices=(("true", _("Đang hoạt động")), ("false", _("Đã khóa"))),
        method="by_state",
        label=_("Tình trạng"),
    )

    class Meta:
        model = User
        fields = ()

    def by_words(self, people: QuerySet[User], _name: str, value: str) -> QuerySet[User]:
        return people.filter(pk__in=[user.pk for user in queries.search(people, value)])

    def by_role(self, people: QuerySet[User], _name: str, value: str) -> QuerySet[User]:
        today = queries.memberships_on(timezone.localdate())
        return people.filter(pk__in=today.filter(role=value).values("user"))

    def by_state(self, people: QuerySet[User], _name: str, value: str) -> QuerySet[User]:
        return people.filter(is_active=value == "true")
