"""Filters in which nothing is passed over: what is not understood is told and finds nothing.

An address with a slip in it (`?sector=XX`, `?star=9`) must not give the whole list as if it were
narrowed. Pages, workbooks and the API all read addresses through these.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

import django_filters as filters
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.encoding import force_str

from ocop.core.language import gettext as _

#: What the address of a list on a page says beside its filters.
OF_TABLES = frozenset({"page", "per_page", "sort", "format", "order"})
#: What senders of links append; it says nothing about the list.
_APPENDED = ("utm_", "fbclid", "gclid", "zarsrc")


def unknown(given: Iterable[str], known: Collection[str]) -> list[str]:
    """The names in an address that are none of a list's, in the order of the alphabet."""
    return sorted({n for n in given if n not in known and not n.startswith(_APPENDED)})


def told_unknown(name: str, known: Iterable[str]) -> str:
    """What is said about such a name."""
    return _("Không có bộ lọc “%(name)s”. Các bộ lọc: %(known)s.") % {
        "name": name,
        "known": ", ".join(sorted(known)),
    }


class StrictFilterSet(filters.FilterSet):
    """A set that leaves no rows where a name or a value in the address is not understood.

    `beside` are names that the list takes beside its filters. A list of the `public` passes over
    names that it does not know: senders of links append whatever they like.
    """

    def __init__(
        self,
        data: QueryDict | None = None,
        *arguments: Any,
        beside: Collection[str] = OF_TABLES,
        public: bool = False,
        **more: Any,
    ) -> None:
        super().__init__(data, *arguments, **more)
        known = {*self.base_filters, *beside}
        self.unknown = [] if public else unknown(data or (), known)

    def offer(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        """Give a filter of this set its choices, where they are known only now. The field that
        may have been made for the class has none of them."""
        chosen = self.filters[name]
        chosen.extra["choices"] = choices
        vars(chosen).pop("_field", None)

    @property
    def problems(self) -> dict[str, list[str]]:
        """What is not understood, in words, by the name in the address."""
        found = {name: [told_unknown(name, self.base_filters)] for name in self.unknown}
        for name, errors in self.form.errors.items():
            found[name] = [force_str(error) for error in errors]
        return found

    @property
    def problem_lines(self) -> list[str]:
        """The problems as lines for a person, each with the filter's name on the page."""
        return [
            f"{force_str(self.form.fields[name].label)}: {words}"
            if name in self.form.fields
            else words
            for name, told in self.problems.items()
            for words in told
        ]

    @property
    def qs(self) -> QuerySet[Any]:
        """The rows that are left."""
        if self.problems:
            return self.queryset.none()
        rows: QuerySet[Any] = super().qs
        return rows
