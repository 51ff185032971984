"""A sitting on show: the workbook that a council of five brought, and what came of it."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from random import Random

import xlsxwriter
from django.utils import timezone

from ocop.councils import form
from ocop.councils.form import Column, Part
from ocop.councils.models import ScoreWorkbook
from ocop.councils.services.workbooks import store_workbook
from ocop.criteria.sets import CriteriaSet, load_set
from ocop.demonstration import frame
from ocop.demonstration.logins import email_of
from ocop.people import queries as people
from ocop.people.models import User
from ocop.people.roles import Role
from ocop.recognition.models import Evidence, Kind, Recognition

_TITLE = "Phiên họp chấm thử của hội đồng (mẫu)"
_MEMBERS = tuple(f"Hội đồng viên {number} (mẫu)" for number in range(1, 6))
#: How well each product does, as a share of every criterion's points: four, three, five stars,
#: and one over which the members differ.
_AIMS = (0.78, 0.6, 0.9, 0.72)
_LATEST = 40  # products among which they are sought
_QUARREL = 0.35  # by how much the last member differs on the last product


def bring(*, at: datetime) -> ScoreWorkbook:
    """Let the demonstration's secretary bring the workbook of the newest products."""
    secretary = User.objects.get(email=email_of(Role.COUNCIL_SECRETARY))
    actor = people.actor_for(secretary, on=timezone.localdate(at))
    newest = Recognition.objects.filter(evidence=Evidence.M, kind=Kind.FIRST)
    products = {  # one of each producer
        row.product.producer_id: row.product
        for row in newest.order_by("-evaluated_on", "pk").select_related("product")[:_LATEST]
    }
    chosen = list(products.values())[: len(_AIMS)]
    content = written([(p.name, load_set(p.set_number or 1)) for p in chosen])
    return store_workbook(
        actor=actor, title=_TITLE, content=content, filename="phien-hop-mau.xlsx", at=at
    )


def written(products: Sequence[tuple[str, CriteriaSet]]) -> bytes:
    """The workbook, filled in: the first member chairs, every condition is met."""
    random = Random(frame.SEED)
    into = BytesIO()
    book = xlsxwriter.Workbook(into, {"in_memory": True})
    marks = _Sheet(
        book, Part.MARKS, (form.MEMBER, form.PRODUCT, form.SET, form.CRITERION, form.POINTS)
    )
    for member in _MEMBERS:
        for turn, (name, criteria_set) in enumerate(products):
            last = member == _MEMBERS[-1] and turn == len(products) - 1
            aim = _AIMS[turn] - (_QUARREL if last else 0)
            for criterion in criteria_set.criteria:
                wanted = criterion.max * (aim + random.uniform(-0.12, 0.12))
                points = min(criterion.levels, key=lambda level: abs(level - wanted))
                marks.row(member, name, criteria_set.number, criterion.code, points)
    gates = _Sheet(book, Part.GATES, (form.PRODUCT, form.GATE, form.ANSWER))
    for name, criteria_set in products:
        for gate in {gate.id: gate for gate in criteria_set.gates}.values():
            gates.row(name, gate.id, form.YES if gate.harmless else form.NO)
    council = _Sheet(book, Part.COUNCIL, (form.MEMBER, form.ROLE))
    for member in _MEMBERS:
        council.row(member, form.CHAIR if member == _MEMBERS[0] else form.ORDINARY)
    book.close()
    return into.getvalue()


class _Sheet:
    """A sheet with the headings of the council's form, filled from the top."""

    def __init__(self, book: xlsxwriter.Workbook, part: Part, columns: Sequence[Column]) -> None:
        self._page = book.add_worksheet(form.SHEETS[part])
        self._page.write_row(0, 0, [column.heading for column in columns])
        self._next = 1

    def row(self, *cells: object) -> None:
        self._page.write_row(self._next, 0, cells)
        self._next += 1
