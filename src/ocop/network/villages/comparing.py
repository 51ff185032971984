"""What the register says of the rows of a workbook: new, known already, or telling more."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from ocop.network.villages.models import Village, VillageRecognition, VillageYear
from ocop.network.villages.village_import.codes import Code, Report
from ocop.network.villages.village_import.draft import Draft
from ocop.network.villages.village_import.fields import Field

_AT_ONCE = 500  # keys in one question
_NUMBERS = (
    (Field.HOUSEHOLDS, "households"), (Field.IN_TRADE, "in_trade"), (Field.WORKERS, "workers"),
    (Field.REVENUE, "revenue"), (Field.INCOME, "income"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class More:
    """A row that tells more of a village in the register: a title, numbers of a year, or both."""

    draft: Draft
    village: int
    title: bool
    numbers: bool


@dataclass(slots=True)
class Compared:
    """The rows of a file beside the register."""

    fresh: list[Draft] = field(default_factory=list)
    more: list[More] = field(default_factory=list)
    unchanged: int = 0
    reports: list[Report] = field(default_factory=list)

    @property
    def accepted(self) -> int:
        return len(self.fresh) + len(self.more)


def compare(drafts: Sequence[Draft]) -> Compared:
    """Hold rows against the register. What stands there is never replaced: a difference is told."""
    found = Compared()
    for start in range(0, len(drafts), _AT_ONCE):
        _compare(drafts[start : start + _AT_ONCE], found)
    return found


def _compare(drafts: Sequence[Draft], found: Compared) -> None:
    keys = [key for draft in drafts for key in draft.keys]
    known = {row.row_key: row for row in Village.objects.filter(row_key__in=keys)}
    owners = [row.pk for row in known.values()]
    years = {
        (row.village_id, row.year): row for row in VillageYear.objects.filter(village__in=owners)
    }
    titles: dict[int, set[str]] = {}
    standing = VillageRecognition.objects.filter(village__in=owners, revoked_on=None)
    for owner, told in standing.values_list("village_id", "title"):
        titles.setdefault(owner, set()).add(told)
    for draft in drafts:
        village = next((known[key] for key in draft.keys if key in known), None)
        if village is None:
            found.fresh.append(draft)
            continue
        year = years.get((village.pk, draft.data_year))
        title = bool(draft.title) and draft.title not in titles.get(village.pk, ())
        numbers = draft.has_numbers and year is None
        if title or numbers:
            found.more.append(More(draft, village.pk, title, numbers))
        else:
            found.unchanged += 1
        if other := _differing(draft, village, year):
            facts = {"fields": ", ".join(at.label for at in other)}
            found.reports.append(Report(draft.row, Field.NAME, Code.DIFFERS_FROM_REGISTER, facts))


def _differing(draft: Draft, village: Village, year: VillageYear | None) -> list[Field]:
    """What a row tells otherwise than the register; what either leaves out is no difference."""
    found = []
    if draft.began and village.began_year and draft.began != village.began_year:
        found.append(Field.BEGAN)
    for at, name in _NUMBERS if year is not None else ():
        told, known = getattr(draft, name), getattr(year, name)
        if told is not None and known is not None and told != known:
            found.append(at)
    return found
