"""Dossiers at any step of the office side, and the people around them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from ocop.core.actor import Actor
from ocop.core.codes import public_code
from ocop.councils import working
from ocop.councils.models import Case, Council, Item, ItemState, Sitting, SittingState
from ocop.councils.outcome import ProductOutcome, to_json
from ocop.criteria.scoring import band_of
from ocop.criteria.sets import load_set
from ocop.dossiers import checklist
from ocop.dossiers.models import CommuneReport, Dossier, State
from ocop.dossiers.services.commune import Report
from ocop.people import queries as people
from ocop.people.models import User
from ocop.people.roles import Role
from ocop.places.models import Unit
from ocop.products.models import Product
from ocop.recognition.models import Kind
from tests.factories import CREATED, ProducerFactory, ProductFactory, version
from tests.world import Places, build_places, member, person

SET = 13
TODAY = date(2026, 11, 23)
SAT = datetime.fromisoformat("2026-11-20T08:00:00+07:00")
REFUSED_BY: dict[str, Any] = {"document": "77/TB-UBND", "signed_on": TODAY}
CONCLUDED = datetime.fromisoformat("2026-11-20T11:00:00+07:00")


def dossier(commune: Unit | None = None, **more: Any) -> Dossier:
    """A dossier with every criterion answered at its best; say in the test what matters."""
    criteria_set = load_set(more["version"].number if "version" in more else SET)
    row: dict[str, Any] = {
        "code": public_code(),
        "kind": Kind.FIRST,
        "state": State.AT_COMMUNE,
        "commune": commune,
        "province": "01",
        "marks": {c.code: c.max for c in criteria_set.criteria},
        "gates": {},
        "slip_number": f"{Dossier.objects.count() + 1}/PĐK-01-09001-2026",
        "submitted_at": datetime.fromisoformat("2026-11-16T09:00:00+07:00"),
        "due_on": date(2026, 12, 7),
        "created_at": CREATED,
        **more,
    }
    if "product" not in row:
        row["product"] = product(commune)
    if "version" not in row:
        row["version"] = version()
    row.setdefault("folded", row["product"].folded)
    return Dossier.objects.create(**row)


def product(commune: Unit | None = None, **more: Any) -> Product:
    """A coffee of a cooperative of the commune."""
    more.setdefault("producer", ProducerFactory(commune=commune))
    return ProductFactory(commune=commune, set_number=SET, **more)


@dataclass
class World:
    """The places, one of everybody, and what each is as an actor."""

    places: Places
    head: User
    officer: User
    commune: User
    elsewhere: User
    adviser: User
    second: User
    auditor: User
    now: datetime

    def actor(self, user: User) -> Actor:
        """Who this person is today."""
        return people.actor_for(user, on=self.now.date())

    def dossier(self, state: State = State.AT_COMMUNE, **more: Any) -> Dossier:
        """A dossier of the first commune in a state."""
        return dossier(self.places.here, state=state, **more)

    def maker(self, found: Dossier) -> Actor:
        """Somebody who acts for its producer."""
        return self.actor(member(self.now, found.product.producer))


def build_world(now: datetime) -> World:
    """A province with two communes, staff, and two advisers."""
    places = build_places(now)
    return World(
        places=places,
        head=person(now, Role.OFFICE_HEAD),
        officer=person(now, Role.PROVINCIAL_OFFICER),
        commune=person(now, Role.COMMUNE_OFFICER, places.here),
        elsewhere=person(now, Role.COMMUNE_OFFICER, places.there),
        adviser=person(now, Role.ADVISORY_MEMBER),
        second=person(now, Role.ADVISORY_MEMBER),
        auditor=person(now, Role.AUDITOR),
        now=now,
    )


def report(**more: Any) -> Report:
    """Form 03, complete and signed."""
    values: dict[str, Any] = {
        "topics": {
            key: {"holds": True, "text": "Đúng như chủ thể khai."} for key in checklist.KEYS
        },
        "checklist": dict.fromkeys(checklist.ITEMS, True),
        "conclusion": "Đề nghị xem xét.",
        "number": "12/BC-UBND",
        "signer": "Chủ tịch UBND xã",
        "signed_on": date(2026, 11, 20),
        **more,
    }
    return Report(**values)


def stored_report(found: Dossier, now: datetime) -> CommuneReport:
    """The same as a row."""
    given = report()
    return CommuneReport.objects.create(
        dossier=found,
        topics=dict(given.topics),
        checklist=dict(given.checklist),
        number=given.number,
        signer=given.signer,
        signed_on=given.signed_on,
        revision=1,
        updated_at=now,
    )


def sitting(**more: Any) -> Sitting:
    """A sitting of a council that is planned."""
    council = more.pop("council", None) or Council.objects.create(
        code=public_code(),
        name="Hội đồng OCOP",
        decision_number=f"{9 + Council.objects.count()}/QĐ-UBND",
        decided_on=date(2026, 1, 5),
        authority="UBND thành phố Hà Nội",
        rules=working.to_json(working.CouncilRules()),
        created_at=CREATED,
    )
    starts_at = SAT + timedelta(minutes=council.sittings.count())
    row = {"title": "Phiên 1", "starts_at": starts_at, "created_at": CREATED, **more}
    return Sitting.objects.create(code=public_code(), council=council, **row)


def on_agenda(found: Dossier, *, of: Sitting | None = None) -> Item:
    """The dossier's case on the agenda of a sitting; the dossier is told."""
    held = of or sitting()
    found.case = found.case or Case.objects.create(
        code=public_code(),
        title=found.product.name,
        producer=found.product.producer,
        version=found.version,
        created_at=CREATED,
    )
    found.state = State.ON_AGENDA
    found.save()
    return Item.objects.create(
        code=public_code(), sitting=held, case=found.case, position=held.items.count() + 1
    )


def result(item: Item, mean: str, star: int | None, **more: Any) -> ProductOutcome:
    """What the council's sheets come to; say in the test what matters."""
    total = Decimal(mean)
    values: dict[str, Any] = {
        "product": item.case.title,
        "set_number": item.case.version.number,
        "set_name": item.case.version.name,
        "members": 0,
        "mean": total,
        "spread": Decimal(0),
        "band": band_of(total),
        "star": star,
        **{name: {} for name in ("totals", "marks", "sections", "levels", "missed", "gates")},
        **dict.fromkeys(("stopped", "differing", "problems"), ()),
        "unanswered": {},
        **more,
    }
    return ProductOutcome(**values)


def conclude(item: Item, mean: str, star: int | None, **more: Any) -> Item:
    """The council concludes on an item."""
    item.state = ItemState.CONCLUDED
    item.outcome = to_json(result(item, mean, star, **more))
    item.mean, item.star, item.concluded_at = mean, star, CONCLUDED
    item.save()
    item.refresh_from_db()
    return item


def concluded(found: Dossier, mean: str, star: int | None, **more: Any) -> Dossier:
    """A dossier on which the council concluded so, in a sitting that is over."""
    item = conclude(on_agenda(found), mean, star, **more)
    Sitting.objects.filter(pk=item.sitting_id).update(
        state=SittingState.CLOSED,
        opened_at=SAT,
        closed_at=CONCLUDED,
        minutes_number="1/BB-HĐ",
        minutes_on=SAT.date(),
    )
    Dossier.objects.filter(pk=found.pk).update(state=State.CONCLUDED)
    found.refresh_from_db()
    return found
