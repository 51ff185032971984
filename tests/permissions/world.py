"""One world for the permission matrix: two of everything, and everybody who looks at it.

Each side has a commune, a producer, a dossier before a council, a draft, and all that hangs on
them. The people belong to the first side: what is there is their own, the second is another's.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.utils import timezone

from ocop.core import attachments, keys, options
from ocop.core.actor import SYSTEM, Actor
from ocop.core.codes import public_code
from ocop.core.models import Attachment
from ocop.councils.models import Council, Item, Obstacle, Seat, Sheet, Sitting
from ocop.councils.services import constitution, obstacles, paper_sheets
from ocop.councils.services import sittings as planning
from ocop.councils.services.constitution import NewSeat
from ocop.councils.services.workbooks import store_workbook
from ocop.criteria.sets import load_set
from ocop.dossiers import jobs as papers
from ocop.dossiers.models import (
    Assignment,
    ChangeRequest,
    Dossier,
    Evidence,
    EvidenceUse,
    Finding,
    MadePaper,
    Potential,
    Proposal,
    Registration,
    Round,
    Snapshot,
    State,
    Supplement,
    TestOrder,
    Visit,
    VisitPhoto,
)
from ocop.dossiers.services import proposing
from ocop.market.models import ShopLink
from ocop.network.centres.models import CentreKeeper, CentrePhoto, DesignCentre
from ocop.network.centres.services.photos import add_centre_photo
from ocop.network.models import KeyGood, PointKeeper, PointPhoto, PointVisit, SalesPoint
from ocop.network.services import photos
from ocop.network.villages.models import (
    Artisan,
    RouteStop,
    Village,
    VillageImport,
    VillageRecognition,
    VillageRoute,
)
from ocop.people import outbox
from ocop.people import queries as people
from ocop.people import services as accounts
from ocop.people.models import ApiToken, Membership, Message, User
from ocop.people.roles import Role
from ocop.people.scopes import READ_CALENDAR
from ocop.places.models import Unit
from ocop.producers.models import Producer
from ocop.products import services as products
from ocop.products.models import Product, ProductImage
from ocop.programme.models import Campaign, TaskKind, UnitAnswer, UnitTask
from ocop.promotion.days.models import EventCost, EventTicket
from ocop.promotion.days.services import costs, tickets
from ocop.promotion.meetings.models import (
    Deal,
    Demand,
    DemandOffer,
    MeetingRound,
    MeetingSlot,
    Supply,
)
from ocop.promotion.models import Allocation, EventApplication, TradeEvent
from ocop.recognition import certificates, importing, jobs, labels
from ocop.recognition.log import keeping
from ocop.recognition.models import Certificate, Recognition
from ocop.recognition.postcheck.models import (
    Complaint,
    PostCheck,
    PostCheckPhoto,
    RevocationCase,
)
from ocop.recognition.postcheck.services import checking, complaining
from ocop.recognition.registry_import import Wishes
from ocop.support.models import BudgetLine, GrantBatch, RequestPaper, SupportRequest
from ocop.support.services import importing as support_importing
from ocop.support.services import requests as support_requests
from ocop.traceability import jobs as stamp_jobs
from ocop.traceability.diary import Step
from ocop.traceability.entries import Entry
from ocop.traceability.models import (
    CaptureJob,
    ForeignCode,
    Lot,
    PrintKind,
    ScanSignal,
    Site,
    StampException,
    StampOrder,
    StampPrint,
    TraceEvent,
    TradeItem,
)
from ocop.traceability.scans.services import Caught, raise_signal
from ocop.traceability.scans.suspicion import Rule
from ocop.traceability.services import exceptions, noting, printing
from ocop.training.models import (
    Enrolment,
    TrainingCertificate,
    TrainingClass,
    TrainingMaterial,
)
from ocop.training.services import courses as training_courses
from tests.councils import hall
from tests.councils.books import filled as workbook_of
from tests.councils.books import template
from tests.dossiers import making, office
from tests.factories import (
    ProducerFactory,
    ProductFactory,
    RecognitionFactory,
    RegistrationFactory,
)
from tests.market.factories import make_link
from tests.network.centres.factories import make_centre
from tests.network.factories import (
    make_chain,
    make_keeper,
    make_key_good,
    make_line,
    make_point,
    make_visit,
    picture,
)
from tests.network.villages.factories import (
    VillageFactory,
    VillageRecognitionFactory,
    VillageRouteFactory,
    village_import,
)
from tests.promotion import factories as promotion
from tests.promotion.days import factories as event_days
from tests.promotion.meetings import factories as meetings
from tests.recognition import aftercare, registries
from tests.support import factories as support_making
from tests.support.factories import LineFactory
from tests.traceability import stamps_making
from tests.traceability.factories import make_item, make_lot, make_site
from tests.training import factories as training
from tests.world import Places, bearer, build_places, member, person

#: Who looks, in the order of the table.
EYES = (
    "anonymous",
    "signed_in",
    "producer",
    "commune",
    "adviser",
    "member",
    "recused",
    "secretary",
    "chair",
    "inspector",
    "office",
    "recused_office",
    "auditor",
    "administrator",
)
CRITERION = load_set(making.SET).criteria[0].code
SECRET_WORDS = "Lê Thứ Nhất"  # in the names of all that the recused must not meet


@dataclass
class Side:
    """One of the two: a commune, a producer, a council and what they have in hand."""

    unit: Unit
    producer: Producer
    product: Product
    recognised: Product
    recognition: Recognition
    certificate: Certificate
    label: str
    photo: ProductImage
    dossier: Dossier  # before the council
    shared: Dossier  # before the council as well; nobody is recused from it
    draft: Dossier
    evidence: Evidence
    snapshot: Snapshot
    supplement: Supplement
    change: ChangeRequest
    assignment: Assignment
    visit: Visit
    visit_photo: VisitPhoto
    test: TestOrder
    potential: Potential
    registration: Registration
    council: Council
    sitting: Sitting
    item: Item
    shared_item: Item
    seat: Seat  # of a member who marks on paper
    sheet: Sheet  # of the chair, given in
    paper: Sheet  # typed, waits for a second person
    obstacle: Obstacle  # a warning that is not settled
    made: MadePaper  # the minutes, made by a job for the chair
    task: UnitTask
    answer: UnitAnswer
    check: PostCheck  # to be made by the inspector
    checked: PostCheck  # concluded, so that the producer reads it
    check_photo: PostCheckPhoto
    complaint: Complaint  # tied to the first visit
    secret: str  # of its receipt
    answered: Complaint  # by the office
    case: RevocationCase  # opened, with a scan
    decided: RevocationCase  # about a second star
    trade_item: TradeItem  # of the product with a star
    signal: ScanSignal  # about it
    foreign_code: ForeignCode
    trace_event: TraceEvent  # the lot was sent to somebody
    capture: CaptureJob  # handed in by the system
    lot: Lot
    site: Site
    stamps: StampOrder  # with hidden codes, its numbers given
    stamp_said: StampException  # of some of them: suspicious
    stamp_print: StampPrint  # the hidden codes, ready
    village: Village  # before the public
    artisan: Artisan
    village_title: VillageRecognition
    village_route: VillageRoute
    village_import: VillageImport  # loaded, not published
    training_class: TrainingClass  # open, in the commune
    learner: Enrolment  # of the producer, in it
    material: TrainingMaterial
    training_certificate: TrainingCertificate  # of another class
    support: SupportRequest  # asked for, with a paper
    support_paper: RequestPaper
    support_line: BudgetLine  # of the unit
    support_approved: SupportRequest
    support_batch: GrantBatch  # loaded
    shop_link: ShopLink
    point: SalesPoint  # run by the producer
    point_photo: PointPhoto
    point_visit: PointVisit
    keeper: PointKeeper  # somebody else
    key_good: KeyGood  # the product with a star
    centre: DesignCentre  # run by the producer
    centre_keeper: CentreKeeper  # somebody else
    centre_photo: CentrePhoto
    fair: TradeEvent  # its call open
    fair_row: EventApplication  # of the producer, for it
    allocation: Allocation  # of another fair, computed
    demand: Demand  # posted; the product with a star was offered to it
    demand_row: DemandOffer  # that offer, whose buyer wants to meet
    supply: Supply  # of the product with a star
    meeting_round: MeetingRound  # without a timetable
    meeting: MeetingSlot  # of a round that was told
    deal: Deal  # of the producer
    days: TradeEvent  # goes on, the producer takes part
    event_ticket: EventTicket  # of somebody of its booth
    taken_ticket: EventTicket  # by a visitor, on the public page
    event_cost: EventCost


@dataclass
class World:
    """Both sides, what belongs to nobody, and who looks."""

    now: datetime
    places: Places
    people: dict[str, User]
    own: Side
    other: Side
    round: Round
    batch: int
    workbook: int
    version: int
    campaign: Campaign
    message: dict[str, Message] = field(default_factory=dict)
    token: dict[str, ApiToken] = field(default_factory=dict)
    membership: dict[str, Membership] = field(default_factory=dict)
    calendar: str = ""

    def actor(self, eye: str) -> Actor:
        """Who this person is today."""
        return people.actor_for(self.people[eye], on=timezone.localdate())

    def headers(self, eye: str, *scopes: str) -> dict[str, str]:
        """The header of a new token with these scopes, or all; nothing for the anonymous."""
        return bearer(self.people[eye], self.now, *scopes) if eye in self.people else {}


def build() -> World:
    """Everything, as of now: the pages act now."""
    now = timezone.now()
    places = build_places(now)
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)
    found = _people(now, places)
    second = _council_people(now)
    own = _side(now, places.here, found, f"Chè {SECRET_WORDS}", found["adviser"])
    other = _side(now, places.there, second, "Mật Ong Thứ Hai", person(now, Role.ADVISORY_MEMBER))
    accounts.create_account(actor=SYSTEM, name="Người khác", email="k@donvi.example", at=now)
    found["producer"] = member(now, own.producer)
    member(now, other.producer)
    make_keeper(own.point, found["producer"])
    stranger = person(now, Role.AUDITOR)
    world = World(
        now=now,
        places=places,
        people=found,
        own=own,
        other=other,
        round=Round.objects.create(
            code=public_code(), year=now.year, kind="extra", name="Đợt", province="01",
            opens_on=now.date(), requests_before=now.date() + timedelta(days=30),
            done_before=now.date() + timedelta(days=60), created_at=now,
        ),
        batch=_batch(now),
        workbook=store_workbook(
            actor=SYSTEM, title="Sổ", content=_workbook(), filename="so.xlsx", at=now
        ).pk,
        version=own.dossier.version_id,
        campaign=_campaign(now, other.recognition),
    )  # fmt: skip
    for name, user in (*found.items(), ("", stranger)):
        world.message[name] = _told(user, now)
        world.token[name] = ApiToken.objects.create(
            user=user, name="máy", digest=f"{user.pk:064d}", created_at=now
        )
        held = Membership.objects.filter(user=user).first()
        if held is not None:
            world.membership[name] = held
    world.people[""] = stranger
    world.calendar = accounts.issue_token(
        actor=SYSTEM, user=stranger, name="lịch", scopes=frozenset({READ_CALENDAR}), at=now
    ).secret
    keeping.keep(at=now)
    return world


def _people(now: datetime, places: Places) -> dict[str, User]:
    roles = {
        "signed_in": None,
        "adviser": Role.ADVISORY_MEMBER,
        "inspector": Role.INSPECTOR,
        "office": Role.PROVINCIAL_OFFICER,
        "recused_office": Role.PROVINCIAL_OFFICER,
        "auditor": Role.AUDITOR,
        "administrator": Role.ADMINISTRATOR,
    }
    found = {name: person(now, role) for name, role in roles.items()}
    found["commune"] = person(now, Role.COMMUNE_OFFICER, places.here)
    accounts.grant_role(
        actor=SYSTEM,
        user=found["recused_office"],
        role=Role.COUNCIL_MEMBER,
        starts_on=now.date() - timedelta(days=90),
        at=now,
    )
    return {**found, **_council_people(now)}


def _council_people(now: datetime) -> dict[str, User]:
    roles = {
        "chair": Role.COUNCIL_CHAIR,
        "secretary": Role.COUNCIL_SECRETARY,
        "member": Role.COUNCIL_MEMBER,
        "recused": Role.COUNCIL_MEMBER,
        "on_paper": Role.COUNCIL_MEMBER,
        "typed": Role.COUNCIL_MEMBER,
        "warned": Role.COUNCIL_MEMBER,
    }
    return {name: person(now, role) for name, role in roles.items()}


def _side(now: datetime, unit: Unit, folk: dict[str, User], name: str, adviser: User) -> Side:
    maker = ProducerFactory(name=f"HTX {name}", commune=unit, listed=False)

    def product(what: str) -> Product:
        return making.product(commune=unit, producer=maker, name=f"{what} {name}", listed=False)

    dossier = making.filed(now, product=product("Sản phẩm"))
    shared = making.filed(now, product=product("Chung"))
    draft = making.filled(now, product=product("Bản nháp"))
    recognised = ProductFactory(producer=maker, commune=unit, listed=False, name=f"Sao {name}")
    file = attachments.store(making.picture(), filename="a.png", at=now)
    evidence = making.paper(now, maker, "red", title=f"Giấy {name}")
    for row in (dossier, draft):
        EvidenceUse.objects.create(dossier=row, evidence=evidence, criterion=CRITERION)
    office.stored_report(dossier, now)
    snapshot = dossier.snapshots.get()
    visit = Visit.objects.create(
        code=public_code(), client_id=uuid4(), dossier=dossier, adviser=adviser,
        visited_at=now, note="Đã đến", created_at=now,
    )  # fmt: skip
    Proposal.objects.create(dossier=dossier, ready=True, text="Trình", written_at=now)
    Finding.objects.create(
        dossier=dossier, adviser=adviser, criterion=CRITERION, verdict="proven", updated_at=now
    )
    task, answer = _task(now, unit, name)
    told = _council(now, folk, [dossier, shared])
    certified = _certified(now, recognised, unit, file)
    recognition = certified["recognition"]
    told |= _traced(now, recognised)
    told |= _village(unit)
    told |= _trained(now, unit, maker)
    told |= _supported(now, maker, unit)
    told |= _promoted(now, recognised)
    told |= _met(now, recognised)
    told |= _aftercare(now, recognition, folk.get("inspector") or person(now, Role.INSPECTOR))
    return Side(
        unit=unit,
        producer=maker,
        product=dossier.product,
        recognised=recognised,
        **certified,
        photo=products.add_image(
            actor=SYSTEM, product=recognised, content=making.picture("blue"), filename="b.png",
            caption="Ảnh", at=now,
        ),
        dossier=dossier,
        shared=shared,
        draft=draft,
        evidence=evidence,
        snapshot=snapshot,
        supplement=Supplement.objects.create(
            code=public_code(), dossier=dossier, step=State.AT_COMMUNE, wanted="Thêm giấy",
            due_on=now.date() + timedelta(days=5), asked_at=now,
        ),
        change=ChangeRequest.objects.create(
            code=public_code(), dossier=dossier, base=snapshot, proposed={}, reason="Sửa",
            asked_at=now,
        ),
        assignment=Assignment.objects.create(
            dossier=dossier, adviser=adviser, lead=True, assigned_at=now
        ),
        visit=visit,
        visit_photo=VisitPhoto.objects.create(visit=visit, attachment=file),
        test=TestOrder.objects.create(
            code=public_code(), dossier=dossier, laboratory="Phòng thử", parameters="Đạm",
            ordered_on=now.date(), attachment=file, created_at=now,
        ),
        potential=Potential.objects.create(
            code=public_code(), unit=unit, province="01", product_name=name, year=now.year,
            created_at=now,
        ),
        registration=RegistrationFactory(unit=unit, product_name=name, year=now.year),
        task=task,
        answer=answer,
        **_sold(now, recognised, unit),
        shop_link=make_link(recognised),
        **told,
    )  # fmt: skip


def _certified(now: datetime, product: Product, unit: Unit, file: Attachment) -> dict[str, Any]:
    """A recognition on a decision with its file, its certificate and what is printed on it."""
    row = RecognitionFactory(product=product, commune=unit, decision__attachment=file)
    issued = certificates.issue_certificates(actor=SYSTEM, decision=row.decision, at=now)
    sign = keys.signer(labels.PURPOSE, at=now).sign
    told = certificates.label_address(row, sign).rpartition("/")[2]
    return {"recognition": row, "certificate": issued[0], "label": told}


def _promoted(now: datetime, product: Product) -> dict[str, Any]:
    """A fair for which the producer applied, one whose booths were computed, and one that goes on,
    with a ticket of the producer's booth."""
    fair = promotion.with_plan(now, promotion.make_event(now))
    days = event_days.going_on(now, product=product)
    event_days.visitors(now, days)
    cost = costs.Cost("ground", "state", "Mặt bằng", 9, days.starts_on)
    return {
        "fair": fair,
        "fair_row": promotion.applied(now, fair, product),
        "allocation": promotion.computed(now, promotion.choosing(now)),
        "days": days,
        "event_ticket": event_days.exhibitor(now, days),
        "taken_ticket": tickets.take_ticket(actor=SYSTEM, event=days, at=now),
        "event_cost": costs.add_cost(actor=SYSTEM, event=days, cost=cost, at=now),
    }


def _met(now: datetime, product: Product) -> dict[str, Any]:
    """A demand with an offer of the producer, rounds of meetings, a deal."""
    told = {"supply": meetings.supplied(now, product), "meeting": meetings.told(now)}
    demand = meetings.posted(now, wanted=product.name)
    return told | {
        "demand": demand,
        "demand_row": meetings.wished(now, demand, product),
        "meeting_round": meetings.planned(now),
        "deal": meetings.deal(now, product),
    }


def _trained(now: datetime, unit: Unit, maker: Producer) -> dict[str, Any]:
    found = training.make_class(now, training.make_course(now, test=True), commune=unit)
    person = training.enrolled(now, found, maker)
    training.attend(person)
    return {
        "training_class": found,
        "learner": person,
        "material": training_courses.add_material(
            actor=SYSTEM, course=found.course, title="Bài giảng", content=making.picture("green"),
            filename="c.png", at=now,
        ),
        "training_certificate": training.certified(now, maker),
    }  # fmt: skip


def _sold(now: datetime, product: Product, unit: Unit) -> dict[str, Any]:
    """A point of the producer with goods on its shelf, a photograph and a keeper."""
    chain = make_chain(name=f"Chuỗi {unit.name}", folded=f"chuoi {unit.code}")
    point = make_point(commune=unit, producer=product.producer, chain=chain)
    make_line(product, point=point)
    photo = photos.add_point_photo(
        actor=SYSTEM, point=point, content=picture(), filename="a.png", caption="Cửa", at=now
    )
    return {
        "point": point,
        "point_photo": photo,
        "point_visit": make_visit(point, now),
        "keeper": make_keeper(point, person(now, None)),
        "key_good": make_key_good(product),
        **_designed(unit, product.producer, person(now, None), now),
    }


def _designed(unit: Unit, maker: Producer, keeper: User, now: datetime) -> dict[str, Any]:
    """A design centre of the producer, with a keeper and a photograph."""
    centre = make_centre(name=f"Trung tâm {unit.name}", commune=unit, producer=maker)
    return {
        "centre": centre,
        "centre_photo": add_centre_photo(
            actor=SYSTEM, centre=centre, content=picture(), filename="a.png", caption="Cửa", at=now
        ),
        "centre_keeper": CentreKeeper.objects.create(
            centre=centre, user=keeper, starts_on=centre.recognised_on
        ),
    }


def _traced(now: datetime, product: Product) -> dict[str, Any]:
    """A sales unit with its code elsewhere, and a lot made at a place of the producer."""
    item, site = make_item(product, now), make_site(product, now)
    code = ForeignCode.objects.create(
        item=item, scheme="other", value=f"M-{item.code}", created_at=now
    )
    lot = make_lot(item, now, site=site)
    sent = Entry(Step.SHIP, now, site, lot, Decimal(5), "KGM", partner="Cửa hàng Một")
    event = noting.note_step(actor=SYSTEM, producer=product.producer, entry=sent, at=now)
    job = CaptureJob.objects.create(code=public_code(), created_at=now)
    signal = raise_signal(
        actor=SYSTEM,
        caught=Caught(
            rule=Rule.DEVICES, subject=f"stamp:3:{item.pk}", item=item.pk, lot=lot.pk, measure=31,
            limit=30, first_at=now, last_at=now,
        ),
        at=now,
    )  # fmt: skip
    return {
        "trade_item": item,
        "foreign_code": code,
        "lot": lot,
        "site": site,
        "signal": signal,
        "trace_event": event,
        "capture": job,
    } | _stamped(now, item)


def _village(unit: Unit) -> dict[str, Any]:
    """A village with an artisan and a title, a route through it, and an import."""
    village = VillageFactory(commune=unit)
    route = VillageRouteFactory()
    RouteStop.objects.create(route=route, position=1, village=village)
    return {
        "village": village,
        "artisan": Artisan.objects.create(village=village, name="Nghệ nhân", title="skilled"),
        "village_title": VillageRecognitionFactory(village=village),
        "village_route": route,
        "village_import": village_import(),
    }


def _stamped(now: datetime, item: TradeItem) -> dict[str, Any]:
    """An order of stamps with its numbers, one of them suspicious, and its hidden codes as a
    file."""
    order = stamps_making.approved(now, item, quantity=20, hidden=True)
    (said,) = exceptions.except_stamps(
        actor=SYSTEM,
        order=order,
        spans=stamps_making.places(order, 3, 3),
        kind="suspicious",
        reason="Quét ở bảy tỉnh",
        at=now,
    )
    wish = stamps_making.wish(order, PrintKind.HIDDEN)
    made = printing.ask_print(actor=SYSTEM, order=order, wish=wish, at=now)
    made = stamp_jobs.make_now(made, lambda _done: None)
    return {"stamps": order, "stamp_said": said, "stamp_print": made}  # fmt: skip


def _supported(now: datetime, maker: Producer, unit: Unit) -> dict[str, Any]:
    """A request for support with a paper, a budget line of the unit, a workbook of grants."""
    request = support_making.asked(now, producer=maker)
    content = making.picture("green")
    paper = support_requests.add_request_paper(
        actor=SYSTEM,
        request=request,
        kind="plan",
        name="Báo giá",
        content=content,
        filename="c.png",
        at=now,
    )
    table = f"Chủ thể,Năm,Số tiền\n{maker.name},2021,5000000\nKhông ai,2021,5\n".encode()
    batch = support_importing.read_grants(
        actor=SYSTEM,
        content=table,
        filename="so.csv",
        usual=support_importing.Usual("district", "tools"),
        at=now,
    )
    support_importing.load_grants(actor=SYSTEM, batch=batch, skip_bad=True, at=now)
    line = LineFactory(unit=unit, year=timezone.localdate(now).year)
    second = support_making.asked(now, producer=maker)
    return {
        "support": request,
        "support_paper": paper,
        "support_line": line,
        "support_approved": support_making.approved(now, second, line),
        "support_batch": batch,
    }  # fmt: skip


def _campaign(now: datetime, recognition: Recognition) -> Campaign:
    made = Campaign.objects.create(
        code=public_code(), title="Chiến dịch", reason="Hết hạn", asked="Nhắc", told="Nộp",
        due_on=now.date() + timedelta(days=9), created_at=now,
    )  # fmt: skip
    made.members.create(recognition=recognition, unit=recognition.commune)
    return made


def _aftercare(now: datetime, star: Recognition, inspector: User) -> dict[str, Any]:
    """A visit to come with the complaint that is its reason, one concluded, and a case."""
    check = aftercare.planned(now, star, inspector)
    checked = aftercare.recorded(now, aftercare.planned(now, star, inspector))
    photo = checking.add_check_photo(
        actor=SYSTEM, check=checked, content=making.picture("orange"), filename="d.png", at=now
    )
    checking.conclude_check(actor=SYSTEM, check=checked, result="kept", words="Giữ được", at=now)
    sent = complaining.Photo(making.picture("olive"), "e.png")
    receipt = aftercare.complained(now, star, photos=(sent,))
    complaining.tie_complaint(actor=SYSTEM, complaint=receipt.complaint, check=check, at=now)
    answered = complaining.answer_complaint(
        actor=SYSTEM, complaint=aftercare.complained(now, star).complaint, answer="Xong", at=now
    )
    second = ProductFactory(producer=star.product.producer, listed=False, name="Đã thu hồi")
    return {
        "answered": answered,
        "decided": aftercare.decided(now, RecognitionFactory(product=second)),
        "check": check,
        "checked": checked,
        "check_photo": photo,
        "complaint": receipt.complaint,
        "secret": receipt.secret,
        "case": aftercare.opened(now, star, file=making.picture("grey"), filename="kl.png"),
    }


def _task(now: datetime, unit: Unit, name: str) -> tuple[UnitTask, UnitAnswer]:
    task = UnitTask.objects.create(
        code=public_code(), kind=TaskKind.REGISTRATIONS, title=f"Việc {name}", wanted="Gửi",
        year=now.year, given_on=now.date(), due_on=now.date() + timedelta(days=9), created_at=now,
    )  # fmt: skip
    file = attachments.store(making.picture("green"), filename="c.png", at=now)
    answer = UnitAnswer.objects.create(code=public_code(), task=task, unit=unit, attachment=file)
    return task, answer


def _council(now: datetime, folk: dict[str, User], dossiers: list[Dossier]) -> dict[str, Any]:
    """A council with its sitting open, one member recused from the first case."""
    extra = [folk["recused_office"]] if "recused_office" in folk else []
    users = [folk[name] for name in ("chair", "secretary")]
    members = [folk[name] for name in ("member", "recused", "on_paper", "typed", "warned")]
    council = constitution.constitute_council(
        actor=SYSTEM,
        name="Hội đồng cấp tỉnh",
        decision_number=f"{dossiers[0].pk}/QĐ-UBND",
        decided_on=hall.DECIDED,
        authority="Chủ tịch UBND thành phố Hà Nội",
        members=[
            NewSeat(users[0], "chair"),
            NewSeat(users[1], "secretary"),
            *(NewSeat(user, "member") for user in (*members, *extra)),
        ],
        at=now,
    )
    sitting = planning.plan_sitting(
        actor=SYSTEM, council=council, kind="meeting", title="Phiên họp", place="Hội trường",
        starts_at=now, passing=2, at=now,
    )  # fmt: skip
    Dossier.objects.filter(pk__in=[row.pk for row in dossiers]).update(state=State.READY)
    for row in dossiers:
        row.refresh_from_db()
    items = proposing.put_on_agenda(actor=SYSTEM, dossiers=dossiers, sitting=sitting, at=now)
    for row in dossiers:
        row.refresh_from_db()
    at_work = hall.Hall(now, council, [*users, *members, *extra], users[0], sitting, items)
    for user in (folk["recused"], *extra):
        obstacles.declare_conflict(
            actor=at_work.actor(user), case=items[0].case, reason="Người nhà", at=now
        )
    hall.open_up(at_work)
    number = items[0].case.version.number
    at_work.submit(0, hall.marks(load_set(number), 80))
    at_work.mark(2, {CRITERION: 0})
    seat = at_work.seat
    clerk = at_work.actor(person(now, Role.PROVINCIAL_OFFICER))
    paper = paper_sheets.enter_paper_sheet(
        actor=clerk, item=items[0], seat=seat(5), marks=hall.marks(load_set(number), 80),
        gates={}, opinion="", scan=hall.SCAN, at=now,
    )  # fmt: skip
    return {
        "council": council,
        "sitting": at_work.sitting,
        "item": items[0],
        "shared_item": items[1],
        "seat": seat(4),
        "sheet": Sheet.objects.get(item=items[0], seat=seat(0)),
        "paper": paper,
        "obstacle": Obstacle.objects.create(
            case=items[0].case, seat=seat(6), ground="organisation", state="warned",
            raised_at=now,
        ),
        "made": _made(at_work),
    }  # fmt: skip


def _made(at_work: hall.Hall) -> MadePaper:
    asked = papers.ask_paper(
        actor=at_work.chair, held=at_work.sitting, key="minutes", kind="docx", at=at_work.now
    )
    papers.work.call(asked.pk, asked.run)
    asked.refresh_from_db()
    return asked


def _workbook() -> bytes:
    best = {c.code: max(o.points for o in c.options) for c in load_set(13).criteria}
    return workbook_of(template(("Cà phê", 13)), lambda row: best[str(row["Mã tiêu chí"])])


def _batch(now: datetime) -> int:
    content = registries.book(registries.HEADING, registries.row(address=None))
    batch = importing.receive_import(
        actor=SYSTEM, content=content, filename="so.xlsx", wishes=Wishes(), at=now
    )
    jobs.read_import(actor=SYSTEM, batch=batch, at=now)
    return batch.pk


def _told(user: User, now: datetime) -> Message:
    return outbox.tell(
        users=[user], kind="people.test", key="tin", subject="Tin", body="Có việc", at=now
    )[0]
