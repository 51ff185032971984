"""Who signed, chosen from those who decide on stars here and those who did."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop.core import options
from ocop.recognition import competence, signers


class AuthorityInput(forms.Select):
    """The bodies by name: those of today, those of before. What was sent and is none of them, or
    one written in another way, stays chosen, for the refusal to speak of."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        today = timezone.localdate()
        now = {*competence.committees(options.PROVINCE.get(), today), signers.ministry(today)}
        groups: tuple[list[tuple[str, str]], list[tuple[str, str]]] = ([], [])
        for each in competence.offered(today):
            groups[each not in now].append((each.title, each.title))
        words = (_("Có thẩm quyền hôm nay"), _("Có thẩm quyền trước đây"))
        super().__init__(attrs, choices=list(zip(words, groups, strict=True)))

    def optgroups(
        self, name: str, value: list[str], attrs: dict[str, Any] | None = None
    ) -> list[tuple[str | None, list[dict[str, Any]], int | None]]:
        """The groups, with what was sent chosen."""
        titles = {title for _words, group in self.choices for title, _label in group}
        sent = [_title(each) or each for each in value]
        found = super().optgroups(name, sent, attrs)
        for each in sent:
            if each and each not in titles:
                option = self.create_option(name, each, each, True, len(found), attrs=attrs)
                found.insert(0, (None, [option], 0))
        return found


class AuthorityField(forms.CharField):
    """A body to choose; a line to write while the installation has not said its province."""

    def __init__(self, **more: Any) -> None:
        super().__init__(label=gettext_lazy("Cơ quan ký"), max_length=160, **more)

    def __deepcopy__(self, memo: dict[int, Any]) -> "AuthorityField":
        made: AuthorityField = super().__deepcopy__(memo)
        if options.PROVINCE.get():
            made.widget = AuthorityInput()
            made.widget.is_required = made.required
        return made


def _title(written: str) -> str:
    """The title of the body that a name means, today or before; empty where it means none."""
    today = timezone.localdate()
    days: list[date] = [today, *(day - timedelta(days=1) for day in signers.changes())]
    offered = set(competence.offered(today))
    read = competence.reader()
    found = (read(written, day) for day in days)
    return next((each.title for each in found if each in offered), "")
