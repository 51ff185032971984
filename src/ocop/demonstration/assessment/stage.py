"""Where the round is, and the hands that move a dossier from step to step."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

from django.utils import timezone

from ocop.core.fieldwork import Position
from ocop.demonstration.assessment import filing
from ocop.demonstration.assessment.people import Cast, actor
from ocop.dossiers.models import Dossier, Verdict
from ocop.dossiers.services import (
    advising,
    commune,
    drafting,
    receiving,
    visiting,
)
from ocop.people.models import Membership, User
from ocop.people.roles import Role
from ocop.places.models import Unit
from ocop.products.models import Product
from ocop.recognition.models import Kind

_HOUR = timedelta(hours=1)


@dataclass(slots=True)
class Stage:
    """Where the round is, and the hands that move it."""

    now: datetime
    cast: Cast
    random: Random
    products: Iterator[Product]
    officers: dict[int, User] = field(default_factory=dict)

    def ago(self, days: float) -> datetime:
        """Nine in the morning so many days back."""
        day = timezone.localtime(self.now) - timedelta(days=days)
        return day.replace(hour=9, minute=0, second=0, microsecond=0)

    def day(self, days: float) -> date:
        """The day so many days back."""
        return timezone.localdate(self.ago(days))

    @property
    def morning(self) -> datetime:
        """Half past eight of today, or of yesterday while today is young."""
        today = timezone.localtime(self.now).replace(hour=8, minute=30, second=0, microsecond=0)
        return today if self.now - today > 4 * _HOUR else today - timedelta(days=1)


def officer_of(stage: Stage, commune_of: Unit) -> User:
    """The officer of a commune: the login where it is theirs, else an account of its own."""
    if commune_of.pk not in stage.officers:
        held = Membership.objects.filter(role=Role.COMMUNE_OFFICER, unit=commune_of).first()
        if held is None:
            number = len(stage.officers) + 2
            user = User.objects.create(
                email=f"can-bo-xa-{number}@ocop.example",
                name=f"Cán bộ cấp xã {number} (mẫu)",
                password=stage.cast.officer.password,
                created_at=stage.ago(80),
            )
            held = Membership.objects.create(
                user=user,
                role=Role.COMMUNE_OFFICER,
                unit=commune_of,
                starts_on=stage.day(400),
            )
        stage.officers[commune_of.pk] = held.user
    return stage.officers[commune_of.pk]


def filed(
    stage: Stage, product: Product, kind: Kind, aim: float, days: float, *, whole: bool = True
) -> Dossier:
    """A dossier written by the office for its producer, filed unless it is not whole."""
    writer, at = actor(stage.cast.officer, stage.ago(days)), stage.ago(days)
    dossier = filing.begin(product, kind, writer, at)
    dossier = filing.write(dossier, writer, aim, stage.random, at, whole=whole)
    if not whole:
        return dossier
    why = "Chủ thể nhờ Văn phòng Điều phối nộp thay"
    return drafting.submit_dossier(actor=writer, dossier=dossier, reason=why, at=at + _HOUR)


def forwarded(stage: Stage, dossier: Dossier, days: float) -> Dossier:
    at = stage.ago(days)
    assert dossier.commune is not None  # a dossier is filed with a commune
    officer = actor(officer_of(stage, dossier.commune), at)
    filing.report(dossier, officer, at)
    return commune.forward_dossier(actor=officer, dossier=dossier, at=at + _HOUR)


def received(stage: Stage, dossier: Dossier, days: float) -> Dossier:
    at = stage.ago(days)
    return receiving.receive_dossier(actor=actor(stage.cast.officer, at), dossier=dossier, at=at)


def examined(stage: Stage, dossier: Dossier, days: float) -> Dossier:
    """Two advisers, findings, a visit, samples and a test."""
    at, officer = stage.ago(days), actor(stage.cast.officer, stage.ago(days))
    lead, second = stage.cast.advisers[0], stage.cast.advisers[1]
    advising.assign_advisers(
        actor=officer, dossier=dossier, advisers=[lead, second], lead=lead, at=at
    )
    adviser = actor(lead, at)
    for number, (code, points) in enumerate(list(dossier.marks.items())[:8]):
        verdict = Verdict.DOUBTFUL if number == 3 else Verdict.PROVEN
        note = "Cần bổ sung hợp đồng" if number == 3 else ""
        advising.note_finding(
            actor=adviser,
            dossier=dossier,
            criterion=code,
            verdict=verdict,
            points=points,
            note=note,
            at=at + _HOUR,
        )
    maker = dossier.product.producer
    position = Position(maker.lat, maker.lon, 12.0) if maker.lat and maker.lon else None
    visiting.record_visit(
        actor=adviser,
        dossier=dossier,
        client_id=UUID(int=stage.random.getrandbits(128)),
        visited_at=at + _HOUR,
        note="Cơ sở gọn gàng, đúng như hồ sơ.",
        position=position,
        at=at + 2 * _HOUR,
    )
    day = timezone.localdate(at)
    if dossier.version.sector != "VI":
        visiting.record_sample(
            actor=officer,
            dossier=dossier,
            count=5,
            received_on=day,
            condition="Nguyên vẹn",
            at=at + _HOUR,
        )
    order = visiting.order_test(
        actor=officer,
        dossier=dossier,
        laboratory="Phòng kiểm nghiệm (mẫu)",
        parameters="Chỉ tiêu an toàn thực phẩm",
        ordered_on=day,
        at=at + _HOUR,
    )
    visiting.record_test_result(
        actor=officer,
        order=order,
        passed=True,
        result="Đạt các chỉ tiêu đã yêu cầu",
        result_on=day + timedelta(days=2),
        at=at + timedelta(days=2, hours=1),
    )
    return dossier


def proposed(stage: Stage, dossier: Dossier, days: float, star: int | None) -> Dossier:
    at = stage.ago(days)
    advising.propose(
        actor=actor(stage.cast.advisers[0], at),
        dossier=dossier,
        ready=True,
        star=star,
        text="Hồ sơ đủ điều kiện trình hội đồng.",
        unexamined="Các tiêu chí còn lại đã đối chiếu với minh chứng, không có ý kiến khác.",
        at=at,
    )
    dossier.refresh_from_db()
    return dossier


def ready_dossier(stage: Stage, aim: float) -> Dossier:
    """A new product's dossier that is ready for the council."""
    dossier = filed(stage, next(stage.products), Kind.FIRST, aim, 66)
    dossier = received(stage, forwarded(stage, dossier, 58), 52)
    star = 5 if aim >= 0.9 else 4 if aim >= 0.7 else 3 if aim >= 0.5 else None
    return proposed(stage, examined(stage, dossier, 45), 38, star)
