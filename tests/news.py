"""A dossier, a council and everybody around them, for tests of news and deadlines."""

from dataclasses import dataclass
from datetime import date, datetime

from ocop.core.codes import public_code
from ocop.councils.models import Case, Council, Item, Position, Seat, Sitting
from ocop.criteria.models import CriteriaSetVersion, LegalVersion
from ocop.dossiers.models import Assignment, Dossier, State
from ocop.people.models import User
from ocop.people.roles import Role
from ocop.recognition.models import Kind
from tests.factories import CREATED, ProducerFactory, ProductFactory
from tests.world import SINCE, Places, build_places, member, person


@dataclass
class Round:
    """The people of one dossier, and its case on the agenda of a sitting."""

    places: Places
    maker: User
    commune: User
    elsewhere: User
    officer: User
    head: User
    adviser: User
    chair: User
    members: list[User]
    council: Council
    seats: list[Seat]
    sitting: Sitting
    dossier: Dossier
    item: Item


def build_round(now: datetime, starts_at: datetime | None = None) -> Round:
    """A dossier on the agenda of a sitting of a chair and two members."""
    places = build_places(now)
    producer = ProducerFactory(name="HTX Mật Ong", commune=places.here)
    product = ProductFactory(name="Mật ong hoa nhãn", producer=producer, commune=places.here)
    version = criteria_version()
    case = Case.objects.create(
        code=public_code(), title=product.name, producer=producer, version=version, created_at=now
    )
    dossier = Dossier.objects.create(
        code=public_code(),
        kind=Kind.FIRST,
        product=product,
        version=version,
        case=case,
        commune=places.here,
        province="01",
        state=State.AT_COMMUNE,
        slip_number="1/PĐK-01-09001-2026",
        due_on=date(2026, 12, 14),
        created_at=now,
        submitted_at=now,
    )
    chair = person(now, Role.COUNCIL_CHAIR)
    members = [person(now, Role.COUNCIL_MEMBER) for _number in range(2)]
    council = Council.objects.create(
        code=public_code(),
        name="Hội đồng OCOP",
        decision_number="9/QĐ-UBND",
        decided_on=SINCE,
        authority="UBND thành phố Hà Nội",
        rules={},
        created_at=CREATED,
    )
    seats = [
        Seat.objects.create(
            council=council,
            user=user,
            position=Position.CHAIR if user is chair else Position.MEMBER,
            place=place,
            starts_on=SINCE,
        )
        for place, user in enumerate([chair, *members])
    ]
    sitting = Sitting.objects.create(
        code=public_code(),
        council=council,
        title="Phiên 1",
        place="Phòng họp số 2",
        starts_at=starts_at or datetime.fromisoformat("2026-11-25T08:00:00+07:00"),
        created_at=now,
    )
    item = Item.objects.create(code=public_code(), sitting=sitting, case=case, position=1)
    adviser = person(now, Role.ADVISORY_MEMBER)
    Assignment.objects.create(dossier=dossier, adviser=adviser, lead=True, assigned_at=now)
    return Round(
        places=places,
        maker=member(now, producer),
        commune=person(now, Role.COMMUNE_OFFICER, places.here),
        elsewhere=person(now, Role.COMMUNE_OFFICER, places.there),
        officer=person(now, Role.PROVINCIAL_OFFICER),
        head=person(now, Role.OFFICE_HEAD),
        adviser=adviser,
        chair=chair,
        members=members,
        council=council,
        seats=seats,
        sitting=sitting,
        dossier=dossier,
        item=item,
    )


def criteria_version() -> CriteriaSetVersion:
    """A version to point at; nothing reads its content."""
    law, _new = LegalVersion.objects.get_or_create(
        code="QD26-2026",
        defaults={
            "document": "26/2026/QĐ-TTg",
            "issued_on": date(2026, 5, 22),
            "effective_from": date(2026, 5, 22),
        },
    )
    return CriteriaSetVersion.objects.create(
        legal_version=law,
        number=1,
        revision=99,
        name="Thử",
        sector="I",
        content={},
        sha256="0" * 64,
    )
