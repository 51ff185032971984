"""Made papers: from what each is made, who may read it now, which one is the present one.

A file is as old as its making, the rights of its readers are not: whoever may not see one of the
cases or sheets in it any more finds no file.
"""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import IO

from django.db.models import QuerySet
from django.utils import timezone

from ocop.core import events
from ocop.core.actor import Actor
from ocop.core.jobs.files import JobState
from ocop.core.language import gettext
from ocop.core.official import shelf as shelves
from ocop.core.official.shelf import Paper
from ocop.councils.models import Item, Sheet, Sitting
from ocop.councils.papers import shelf as councils
from ocop.councils.queries import sheets, sittings
from ocop.dossiers.models import Dossier, MadePaper
from ocop.dossiers.papers import shelf
from ocop.recognition import certificates, deciding
from ocop.recognition import rules as recognition_rules
from ocop.recognition.models import Certificate, Decision
from ocop.recognition.own_authority import is_own

KEPT = timedelta(days=7)
CERTIFICATES = "certificates"
#: Certificates that are printed while somebody waits.
AT_ONCE = 50
#: Papers that speak of more than the cases and sheets that are noted of them: nobody else's.
_OF_THE_ASKER = frozenset({shelf.DECISION_LIST, councils.WHOLE})  # the list lies in the whole, too
FORM = 3  # raised when papers of the same facts are to look different


@dataclass(frozen=True, slots=True)
class Wish:
    """A paper of a sitting as somebody would get it now."""

    actor: Actor
    held: Sitting
    paper: Paper
    kind: str
    on: date

    @property
    def of(self) -> dict[str, Sitting | Decision]:
        """What the paper belongs to."""
        return {"sitting": self.held}

    @property
    def items(self) -> list[Item]:
        """The cases that may stand in it, without what was concluded of them."""
        return _items(self.actor, self.held)

    def sheets(self) -> list[int]:
        """The sheets that stand in it; only the whole sitting holds any."""
        if self.paper.key != councils.WHOLE:
            return []
        given = sheets.given_in(self.actor, self.held, self.items)
        return list(given.values_list("pk", flat=True))

    def fingerprint(self) -> str:
        """Differs as soon as anything differs from which the paper is made."""
        items = [item.pk for item in self.items]
        own = self.actor.user_id if self.paper.key in _OF_THE_ASKER else None
        told = [
            FORM, self.held.pk, self.paper.key, self.kind, self.on.isoformat(),
            own, items, self.sheets(), _last_change(self.held),
        ]  # fmt: skip
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class PrintWish:
    """The certificates of a decision as somebody would get them now, as one file."""

    actor: Actor
    decision: Decision
    paper: Paper
    kind: str
    on: date
    rows: Sequence[Certificate]

    @property
    def of(self) -> dict[str, Sitting | Decision]:
        """What the paper belongs to."""
        return {"decision": self.decision}

    @property
    def items(self) -> list[Item]:
        """There are no cases in it."""
        return []

    def sheets(self) -> list[int]:
        """There are no sheets in it."""
        return []

    def fingerprint(self) -> str:
        """Differs as soon as anything differs from which the file is made: its words were given
        with the numbers, what else is printed changes by these events."""
        named = {
            "decision": [self.decision.pk],
            "recognition": [row.recognition_id for row in self.rows],
        }
        told = [
            FORM, "decision", self.decision.pk, [row.pk for row in self.rows],
            events.newest(named, ("core.*", "recognition.issuer_key_announced")),
        ]  # fmt: skip
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def print_wish(actor: Actor, decision: Decision, *, on: date) -> PrintWish | None:
    """All certificates of a decision that the actor may print; None where there are none, and
    under a decision of another authority, which prints its own."""
    if not recognition_rules.may_see_certificates(actor):
        return None
    rows = list(deciding.certificates_visible_to(actor).filter(recognition__decision=decision))
    if not rows or not is_own(decision):
        return None

    def write(_kind: str, into: IO[bytes], tell: Callable[[int], None]) -> None:
        into.write(certificates.printed(rows, at=timezone.now(), beat=tell))

    paper = Paper(
        CERTIFICATES,
        gettext("Giấy chứng nhận theo quyết định %s") % decision.number,
        ("pdf",),
        f"giay-chung-nhan-{decision.number}",
        write,
        lambda: len(rows),
    )
    return PrintWish(actor, decision, paper, "pdf", on, rows)


def wish_of(actor: Actor, made: MadePaper, *, on: date) -> Wish | PrintWish | None:
    """What the actor would get now where this paper was asked for; None: nothing any more."""
    if made.decision is not None:
        return print_wish(actor, made.decision, on=on)
    held = made.sitting
    assert held is not None  # by the constraint of the table
    if not may_take(actor, held, made.key, made.kind, on):
        return None
    return wish(actor, held, made.key, made.kind, on=on)


def subject(made: MadePaper) -> str:
    """What the paper is about, for news of it."""
    return made.decision.number if made.decision else made.sitting.title if made.sitting else ""


def wish(actor: Actor, held: Sitting, key: str, kind: str, *, on: date) -> Wish | None:
    """A paper that the actor may take in this form; None when there is no such paper."""
    paper = shelves.find(shelf.of_sitting(actor, held, on=on), key, kind)
    return None if paper is None else Wish(actor, held, paper, kind, on)


def may_take(actor: Actor, held: Sitting, key: str, kind: str, on: date) -> bool:
    """Whether the actor has this paper of a sitting."""
    seen = sittings.visible_sittings(actor).filter(pk=held.pk).exists()
    return seen and wish(actor, held, key, kind, on=on) is not None


def find(actor: Actor, code: str, *, on: date, file: bool = True) -> MadePaper | None:
    """A made paper, for who may read now all that stands in it. Without `file` only how far it is,
    which is asked every second: the thousands of sheets are not looked through."""
    rows = MadePaper.objects.select_related("sitting__council", "decision")
    found = rows.filter(code=code).first()
    if found is None or not is_readable(actor, found, on=on, file=file):
        return None
    return found


def is_readable(actor: Actor, made: MadePaper, *, on: date, file: bool = True) -> bool:
    """Whether the actor may take this paper now and see every case and sheet in it."""
    if made.decision is not None:
        return print_wish(actor, made.decision, on=on) is not None
    held = made.sitting
    assert held is not None  # by the constraint of the table
    if made.key in _OF_THE_ASKER and made.asked_by_id != actor.user_id:
        return False
    if not may_take(actor, held, made.key, made.kind, on):
        return False
    items = _items(actor, held)
    if not set(made.items) <= {item.pk for item in items}:
        return False
    if not made.sheets or not file:
        return True
    given = sheets.given_in(actor, held, items).values_list("pk", flat=True)
    return set(made.sheets) <= set(given)


def current(wanted: Wish | PrintWish) -> MadePaper | None:
    """What was made, or is being made, of exactly what there is now."""
    return MadePaper.objects.filter(fingerprint=wanted.fingerprint()).first()


def before(wanted: Wish | PrintWish) -> MadePaper | None:
    """The last file that the actor asked for, made of what there was then."""
    rows = MadePaper.objects.select_related("sitting__council", "decision").filter(
        key=wanted.paper.key, kind=wanted.kind, state=JobState.READY, **wanted.of
    )
    mine = rows.filter(readers=wanted.actor.user_id).first()
    if mine is None or not is_readable(wanted.actor, mine, on=wanted.on):
        return None
    return mine


def old(at: datetime) -> QuerySet[MadePaper]:
    """Those that are not kept any longer."""
    ended = MadePaper.objects.filter(state__in=(JobState.READY, JobState.FAILED))
    return ended.filter(ended_at__lt=at - KEPT)


def _last_change(held: Sitting) -> str:
    """A mark of the events about anything that a paper of the sitting speaks of."""
    items = Item.objects.filter(sitting=held).order_by()
    cases = items.values("case")
    named = {
        "sitting": [held.pk],
        "council": [held.council_id],
        "item": items.values("pk"),
        "case": cases,
        "sheet": Sheet.objects.filter(item__sitting=held).order_by().values("pk"),
        "producer": items.exclude(case__producer=None).values("case__producer"),
        "dossier": Dossier.objects.filter(case__in=cases).order_by().values("pk"),
    }
    return events.newest(named, ("core.*", "places.*", "people.account_changed"))


def _items(actor: Actor, held: Sitting) -> list[Item]:
    found = sittings.light(sittings.items_visible_to(actor).filter(sitting=held))
    items = list(found.order_by("position", "pk"))
    for item in items:
        item.sitting = held
    return items
