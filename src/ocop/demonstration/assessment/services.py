"""Playing the round: what happened in the last ten weeks, step by step."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from django.utils import timezone

from ocop.councils.models import SittingKind
from ocop.councils.services import obstacles, sittings
from ocop.demonstration import frame
from ocop.demonstration.assessment import campaign, filing, judging
from ocop.demonstration.assessment.aftercare import play_aftercare
from ocop.demonstration.assessment.judging import Bench
from ocop.demonstration.assessment.people import actor, constitute, gather
from ocop.demonstration.assessment.publication import (
    AUTHORITY,
    ENTERED,
    play_publication,
    signed_paper,
)
from ocop.demonstration.assessment.stage import (
    Stage,
    examined,
    filed,
    forwarded,
    officer_of,
    proposed,
    ready_dossier,
    received,
)
from ocop.demonstration.logins import email_of
from ocop.dossiers.models import Dossier, RoundKind, State
from ocop.dossiers.services import (
    commune,
    deciding,
    ministry,
    potential,
    refusing,
    rounds,
)
from ocop.people.models import User
from ocop.people.roles import Role
from ocop.places.models import Unit
from ocop.producers.models import Producer
from ocop.products.models import Product
from ocop.programme.models import TaskKind
from ocop.programme.services import tasks
from ocop.recognition import queries as register
from ocop.recognition.authority import Level
from ocop.recognition.decisions import Paper
from ocop.recognition.models import Kind
from ocop.recognition.services import issue_certificates
from ocop.recognition.validity import State as StarState

#: New products by name and criteria set; the makers follow in the order of the register.
_AT_COMMUNE = 12  # of the products below
_NEW = (
    ("Cốm dẹp lá sen", 5),
    ("Trà hoa cúc sấy lạnh", 12),
    ("Bưởi Diễn sấy dẻo", 7),
    ("Miến dong làng nghề", 6),
    ("Giỏ mây tre đan hộp", 21),
    ("Rượu nếp cái hoa vàng ủ chum", 14),
    ("Chè lam gừng", 6),
    ("Nấm linh chi thái lát", 18),
    ("Khăn lụa tơ tằm in hoa sen", 22),
    ("Tương nếp cổ truyền", 9),
    ("Mật ong hoa nhãn", 4),
    ("Giò lụa gói lá chuối", 8),
    ("Cà phê rang mộc", 13),
    ("Sen đá chậu gốm", 24),
    ("Bánh đa nem phơi sương", 6),
    ("Rau cải ngồng sạch", 1),
)

#: How well the products before the council do, as a share of every criterion's points.
_AIMS = (0.93, 0.8, 0.72, 0.62, 0.4, 0.84, 0.78, 0.66, 0.74, 0.8)

_HOUR = timedelta(hours=1)


def play(*, at: datetime) -> None:
    """Bring the demonstration's round to the middle of its work."""
    begun = at - timedelta(days=80)
    cast = gather(begun)
    stage = Stage(at, cast, Random(frame.SEED), iter(()))
    stage.products = _products(begun)
    _plan(stage, begun)
    council = constitute(cast, stage.ago(70))
    bench = Bench(cast, council, stage.random)
    ready = [ready_dossier(stage, aim) for aim in _AIMS]
    campaign.begin(stage)
    again = _again(stage)
    _first_sitting(stage, bench, ready[:5])
    _open_sitting(stage, bench, ready[5:9])
    _to_come(stage, bench, [ready[9]], again)
    _on_the_way(stage)
    _upgrade_begun(stage, ready)
    _beside(stage)
    play_aftercare(stage)
    play_publication(stage)


def _products(at: datetime) -> Iterator[Product]:
    """New products: the first of the producer who signs in, the others of makers all around; one
    more of that producer waits at the commune, whose officer signs in, too."""
    own = Producer.objects.get(memberships__user__email=email_of(Role.PRODUCER))
    others = Producer.objects.filter(demonstration=True, stopped_on=None, commune__isnull=False)
    makers = [own, own, own, *others.exclude(pk=own.pk).order_by("pk")[: len(_NEW)]]
    makers.insert(_AT_COMMUNE, own)
    for (name, number), maker in zip(_NEW, makers, strict=False):
        product = filing.new_product(maker, f"{name} (mẫu)", number, at)
        filing.registered(product, at)
        yield product


def _plan(stage: Stage, at: datetime) -> None:
    """The plan of this year and the next."""
    officer = actor(stage.cast.officer, at)
    year = timezone.localdate(stage.now).year
    for each in (year, year + 1):
        made = rounds.plan_year(actor=officer, year=each, plan_number=f"35/KH-UBND-{each}", at=at)
    # Of the next year one was laid out under the wrong plan: it stays with its reason, and the
    # round of the law is laid out again.
    wrong = "Ghi nhầm số kế hoạch"
    rounds.withdraw_round(actor=officer, round=made[-1], reason=wrong, at=at)
    rounds.plan_year(actor=officer, year=year + 1, plan_number=f"36/KH-UBND-{year + 1}", at=at)


def _again(stage: Stage) -> list[Dossier]:
    """A re-evaluation in its window, judged in writing, and an upgrade on its way."""
    today = stage.day(25)
    new = Product.objects.filter(demonstration=True, commune__isnull=False)
    rows = register.standing(new, today).filter(dossiers=None)
    due = rows.filter(star_state=StarState.WINDOW_OPEN, set_number__isnull=False).first()
    held = rows.filter(star_state=StarState.VALID, stars=3, set_number__isnull=False).first()
    found = []
    if due is not None:
        dossier = filed(stage, Product.objects.get(pk=due.pk), Kind.REEVALUATION, 0.76, 25)
        dossier = received(stage, forwarded(stage, dossier, 20), 18)
        found.append(proposed(stage, examined(stage, dossier, 15), 10, 4))
    if held is not None:
        upgrade = filed(stage, Product.objects.get(pk=held.pk), Kind.UPGRADE, 0.85, 22)
        examined(stage, received(stage, forwarded(stage, upgrade, 16), 12), 8)
    return found


def _first_sitting(stage: Stage, bench: Bench, rows: list[Dossier]) -> None:
    """A sitting that is over: one case goes to the Ministry, two are decided, one is not."""
    at = stage.ago(24)
    sitting = judging.plan(bench, _title("thứ nhất", rows), at, stage.ago(34))
    items = judging.fill(bench, sitting, rows, stage.ago(30))
    away = (bench.cast.members[-1],)
    sitting = judging.open_up(bench, sitting, at, away)
    for item in items:
        item.refresh_from_db()
        judging.all_mark(bench, item, at + _HOUR, away)
        judging.conclude(bench, item, at + 2 * _HOUR)
    sitting.refresh_from_db()
    judging.close(bench, sitting, "07/BB-HĐ", at + 3 * _HOUR)
    _settle(stage, rows)


def _title(which: str, rows: list[Dossier]) -> str:
    """A sitting by its place in the round that its dossiers were filed for."""
    first = rows[0].round is not None and rows[0].round.kind == RoundKind.FIRST
    return f"Phiên họp {which} đợt {1 if first else 2} (mẫu)"


def _settle(stage: Stage, rows: list[Dossier]) -> None:
    """What the office does with conclusions: the Ministry, a decision, a refusal."""
    at, officer = stage.ago(17), actor(stage.cast.officer, stage.ago(17))
    day = timezone.localdate(at)
    decided = []
    for row in rows:
        row.refresh_from_db()
        item = row.case.items.get() if row.case else None
        if item is None or item.mean is None:
            continue
        if item.mean >= 90 and (item.star or 0) >= 3:
            ministry.send_to_ministry(
                actor=officer, dossier=row, document="412/TTr-UBND", sent_on=day, at=at
            )
        elif (item.star or 0) >= 3:
            decided.append(row)
        else:
            refusing.refuse_dossier(
                actor=officer,
                dossier=row,
                document="1873/TB-UBND",
                signed_on=day,
                reason="Chưa đạt mức tối thiểu của 3 sao",
                at=at,
            )
    if decided:
        paper = Paper(
            number=ENTERED,
            signed_on=day,
            authority=AUTHORITY,
            level=Level.PROVINCE,
            scan=signed_paper(ENTERED),
            filename="5120.pdf",
            file_public=True,
            file_confirmed=True,
        )
        made = deciding.decide_dossiers(actor=officer, dossiers=decided[:2], paper=paper, at=at)
        issue_certificates(actor=officer, decision=made, at=at)


def _open_sitting(stage: Stage, bench: Bench, rows: list[Dossier]) -> None:
    """The sitting that is going on: one case concluded, one at odds, one half marked, one open."""
    at = stage.morning
    sitting = judging.plan(bench, _title("thứ hai", rows), at, stage.ago(12))
    first, odd, half, untouched = judging.fill(bench, sitting, rows, stage.ago(9))
    judging.open_up(bench, sitting, at)
    for item in (first, odd, half, untouched):
        item.refresh_from_db()
    obstacles.declare_conflict(
        actor=actor(bench.cast.members[-1], at),
        case=untouched.case,
        reason="Người nhà làm việc cho chủ thể (mẫu)",
        at=at,
    )
    judging.all_mark(bench, first, at + _HOUR)
    first.refresh_from_db()
    judging.conclude(bench, first, at + _HOUR)
    judging.quarrel(bench, odd, at + _HOUR)
    base = judging.base_of(half)
    for who in (bench.cast.deputy, bench.cast.secretary, *bench.cast.members[1:4]):
        judging.mark(half, who, judging.near(half, base, bench.random), at + 2 * _HOUR)
    begun = dict(list(base.items())[:12])
    judging.mark(half, bench.cast.members[0], begun, at + 2 * _HOUR, submit=False)


def _to_come(stage: Stage, bench: Bench, rows: list[Dossier], again: list[Dossier]) -> None:
    """A sitting next week, and written opinions that are being asked."""
    at = stage.ago(4)
    week = stage.ago(-7)
    sitting = judging.plan(bench, _title("thứ ba", rows), week, at)
    judging.fill(bench, sitting, rows, at)
    if again:
        asked = judging.plan(
            bench,
            "Lấy ý kiến đánh giá lại (mẫu)",
            at,
            at - timedelta(days=1),
            kind=SittingKind.WRITTEN,
            place="",
            until=timezone.localdate(stage.now) + timedelta(days=5),
        )
        judging.fill(bench, asked, again, at - _HOUR)
        sittings.open_sitting(actor=actor(bench.cast.chair, at), sitting=asked, at=at)


def _on_the_way(stage: Stage) -> None:
    """Dossiers at every step before the council."""
    filed(stage, next(stage.products), Kind.FIRST, 0.75, 6, whole=False)
    returned = filed(stage, next(stage.products), Kind.FIRST, 0.6, 15)
    assert returned.commune is not None
    officer = actor(officer_of(stage, returned.commune), stage.ago(9))
    commune.return_dossier(
        actor=officer,
        dossier=returned,
        reasons="Thiếu giấy chứng nhận đủ điều kiện sản xuất. Hãy bổ sung rồi nộp lại.",
        at=stage.ago(9),
    )
    filed(stage, next(stage.products), Kind.FIRST, 0.7, 4)
    asked = filed(stage, next(stage.products), Kind.FIRST, 0.66, 12)
    assert asked.commune is not None
    commune.ask_supplement(
        actor=actor(officer_of(stage, asked.commune), stage.ago(7)),
        dossier=asked,
        wanted="Hãy nộp thêm hợp đồng mua nguyên liệu.",
        criteria=list(asked.marks)[:1],
        days=5,
        at=stage.ago(7),
    )
    filed(stage, next(stage.products), Kind.FIRST, 0.8, 30)  # overdue at its commune
    forwarded(stage, filed(stage, next(stage.products), Kind.FIRST, 0.74, 10), 3)


def _upgrade_begun(stage: Stage, rows: list[Dossier]) -> None:
    """What was just recognised begins again, for a higher star: from the papers of the last time,
    of which one has expired; it stood on the list of products with potential once."""
    for row in rows:
        row.refresh_from_db()
    last = next((row for row in rows if row.state == State.DECIDED and row.commune), None)
    star = last.recognition.stars if last is not None and last.recognition else 5
    if last is None or last.commune is None or star == 5:
        return
    maker = actor(User.objects.get(email=email_of(Role.PRODUCER)), stage.ago(3))
    filing.begin(last.product, Kind.UPGRADE, maker, stage.ago(3))
    at = stage.ago(79)
    potential.add_potential(
        actor=actor(stage.cast.officer, at),
        unit=last.commune,
        prospect=potential.Prospect(
            product_name=last.product.name,
            producer_name=last.product.producer.name,
            year=timezone.localdate(at).year,
            aim=star,
            product=last.product,
        ),
        at=at,
    )


def _beside(stage: Stage) -> None:
    """Products with potential, and tasks to communes."""
    at, officer = stage.ago(20), actor(stage.cast.officer, stage.ago(20))
    own = Unit.objects.get(membership__user__email=email_of(Role.COMMUNE_OFFICER))
    for name, need in (("Nem chua làng (mẫu)", "Nhãn và kiểm nghiệm"), ("Nón lá (mẫu)", "Bao bì")):
        potential.add_potential(
            actor=officer,
            unit=own,
            prospect=potential.Prospect(
                product_name=name,
                year=timezone.localdate(stage.now).year + 1,
                producer_name="Tổ hợp tác (mẫu)",
                aim=3,
                helper="Hội Phụ nữ xã (mẫu)",
                need=need,
            ),
            at=at,
        )
    today = timezone.localdate(stage.now)
    for kind, title, wanted in (
        (TaskKind.REGISTRATIONS, "Đăng ký sản phẩm cho năm sau (mẫu)", "Rà soát và đăng ký."),
        (TaskKind.EXPIRED, "Sản phẩm hết hạn cần đánh giá lại (mẫu)", "Ghi rõ từng sản phẩm."),
    ):
        tasks.give_task(
            actor=officer,
            task=tasks.NewTask(
                kind=kind,
                title=title,
                wanted=wanted,
                due_on=today + timedelta(days=10),
                year=today.year + 1 if kind == TaskKind.REGISTRATIONS else None,
            ),
            units=[own, *own.parent.children.exclude(pk=own.pk)[:8]] if own.parent else [own],
            at=at,
        )
