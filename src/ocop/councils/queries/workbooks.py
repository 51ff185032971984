"""Reads of councils: score workbooks, and the working rules in force."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from ocop.core import options
from ocop.core.actor import Actor
from ocop.core.language import noop
from ocop.councils import rules
from ocop.councils.models import ScoreWorkbook
from ocop.councils.outcome import Minimums, ProductOutcome, WorkingRules, assess, from_json
from ocop.councils.reading import Brought, read
from ocop.criteria import queries as criteria
from ocop.criteria.scoring import Rule
from ocop.criteria.sets import load_set

SPREAD_LIMIT = options.declare(
    "councils.spread_limit",
    10,
    noop("Chênh lệch tổng điểm giữa các hội đồng viên phải chấm lại khi vượt quá (điểm)"),
    lambda v: isinstance(v, int) and not isinstance(v, bool) and 0 <= v <= 100,
)
QUORUM_PERCENT = options.declare(
    "councils.quorum_percent",
    75,
    noop("Tỷ lệ hội đồng viên phải có mặt, gồm Chủ tịch (%)"),
    lambda v: isinstance(v, int) and not isinstance(v, bool) and 1 <= v <= 100,
)
MINIMUMS = options.declare(
    "councils.minimums",
    Minimums.AGREED.value,
    noop("Xét mức tối thiểu của hạng sao theo"),
    lambda v: isinstance(v, str) and v in set(Minimums),
    choices={
        Minimums.AGREED.value: noop(
            "Mức hội đồng thống nhất; chỗ chưa thống nhất thì theo trung vị"
        ),
        Minimums.MEDIAN.value: noop("Trung vị của các thành viên"),
        Minimums.EVERY.value: noop("Mức thấp nhất mà một thành viên chấm"),
    },
)


def working_rules() -> WorkingRules:
    """The working rules as this office has set them."""
    return WorkingRules(
        Decimal(SPREAD_LIMIT.get()),
        QUORUM_PERCENT.get(),
        Minimums(MINIMUMS.get()),
        criteria.star_rule(),
    )


@dataclass(frozen=True, slots=True)
class Preview:
    """What a workbook comes to, before anything is kept. Not to be relied on with errors in it."""

    brought: Brought
    outcomes: tuple[ProductOutcome, ...]
    rules: WorkingRules


def preview(content: bytes) -> Preview:
    """Read a workbook and compute its outcomes under the rules of today.

    Refused when it is no workbook of marks; wrong cells stand in `brought.errors`.
    """
    brought, working = read(content, load_set), working_rules()
    found = tuple(assess(case, brought.members, working) for case in brought.cases)
    return Preview(brought, found, working)


def visible_to(actor: Actor) -> QuerySet[ScoreWorkbook]:
    """Workbooks an actor may read; a member of a council, who scores blind, none."""
    if rules.may_see_workbooks(actor):
        return ScoreWorkbook.objects.all()
    return ScoreWorkbook.objects.none()


def listed(actor: Actor) -> QuerySet[ScoreWorkbook]:
    """The same for a list, without what came of each."""
    return visible_to(actor).defer("outcome")


def rules_of(workbook: ScoreWorkbook) -> WorkingRules:
    """The working rules under which a stored workbook was computed."""
    kept = workbook.outcome["rules"]
    return WorkingRules(
        Decimal(kept["spread_limit"]),
        kept["quorum_percent"],
        Minimums(kept["minimums"]),
        Rule(kept["star_rule"]),
    )


def outcomes(workbook: ScoreWorkbook) -> list[ProductOutcome]:
    """What came of a stored workbook, product by product, as it was computed then."""
    return [from_json(each) for each in workbook.outcome["products"]]
