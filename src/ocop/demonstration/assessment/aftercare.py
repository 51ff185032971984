"""After stars are given: a plan of post-checks half way through, a complaint that waits, and the
stars that were taken."""

from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from ocop.core.actor import SYSTEM
from ocop.core.fieldwork import Position
from ocop.criteria.queries import set_of
from ocop.demonstration.assessment import revoked_stars
from ocop.demonstration.assessment.people import actor
from ocop.demonstration.assessment.stage import Stage
from ocop.demonstration.logins import email_of
from ocop.demonstration.pictures import picture
from ocop.people.models import User
from ocop.people.roles import Role
from ocop.recognition.models import Recognition
from ocop.recognition.own_authority import is_own
from ocop.recognition.postcheck.models import (
    CheckResult,
    ComplaintTopic,
    Held,
    PostCheck,
    PostCheckPlan,
)
from ocop.recognition.postcheck.services import (
    checking,
    complaining,
    planning,
)
from ocop.recognition.postcheck.services.checking import Minutes, Seen
from ocop.recognition.standing import with_standing
from ocop.recognition.states import holding, with_state

_HOUR = timedelta(hours=1)


def play_aftercare(stage: Stage) -> None:
    """Everything, by the people who sign in."""
    inspector = User.objects.get(email=email_of(Role.INSPECTOR))
    own, others = _stars(stage)
    plan = _plan(stage)
    done = _given(stage, plan, inspector, [own[0], *others[:4]], asked=18, on=12)
    _given(stage, plan, inspector, others[4:7], asked=3, on=-2)
    _visited(stage, inspector, done)
    _complaints(stage, others[3], others[7])
    revoked_stars.running_case(stage, own[1])
    revoked_stars.restored(stage, others[8])
    revoked_stars.twice(stage, others[9])
    revoked_stars.wrongly(stage, others[10])
    revoked_stars.given_back_wrongly(stage, others[11])
    revoked_stars.revoked(stage, others[-1])


def _stars(stage: Stage) -> tuple[list[Recognition], list[Recognition]]:
    """Three-star products that held all the time: of the producer who signs in, and of others."""
    today = stage.day(40)
    rows = Recognition.objects.filter(
        stars=3,
        product__demonstration=True,
        product__set_number__isnull=False,
        valid_from__lt=today,
        expires_on__gt=timezone.localdate(stage.now) + timedelta(days=400),
    )
    held = with_standing(with_state(rows, today), today).filter(holding(), rules=True)
    found = held.select_related("product__producer", "decision__legal_version").order_by("pk")
    mine = {"product__producer__memberships__user__email": email_of(Role.PRODUCER)}
    own = list(found.filter(**mine)[:2])
    # Those given under the sets that are loaded come first: they are held against criteria.
    told = found.exclude(**mine).exclude(decision__legal_version__sets=None).distinct()
    plain = found.exclude(**mine).exclude(pk__in=told.values("pk"))
    # The last one's certificate is printed here: its decision is the city's.
    city = (star for star in plain.reverse() if star.decision and is_own(star.decision))
    others = [*told[:5], *plain[:40:4], next(city)]
    return (own if len(own) == 2 else others[-3:-1]), others


def _plan(stage: Stage) -> PostCheckPlan:
    plan = planning.add_plan(
        actor=actor(stage.cast.officer, stage.ago(20)),
        title=f"Kế hoạch kiểm tra sau công nhận năm {stage.now.year} (mẫu)",
        starts_on=stage.day(20),
        ends_on=stage.day(-40),
        document="180/KH-VPĐP",
        at=stage.ago(20),
    )
    plan.demonstration = True
    plan.save(update_fields=["demonstration"])
    return plan


def _given(
    stage: Stage,
    plan: PostCheckPlan,
    inspector: User,
    stars: list[Recognition],
    *,
    asked: int,
    on: int,
) -> list[PostCheck]:
    return planning.plan_checks(
        actor=actor(stage.cast.officer, stage.ago(asked)),
        recognitions=stars,
        inspector=inspector,
        planned_on=stage.day(on),
        plan=plan,
        at=stage.ago(asked),
    )


def _visited(stage: Stage, inspector: User, checks: list[PostCheck]) -> None:
    """One to be corrected, one that waits for its conclusion, the others kept."""
    officer = actor(stage.cast.officer, stage.ago(9))
    for number, check in enumerate(checks):
        wrong = number == 0
        _record(stage, inspector, check, wrong=wrong)
        if number == len(checks) - 1:
            continue
        checking.conclude_check(
            actor=officer,
            check=check,
            result=CheckResult.CORRECT if wrong else CheckResult.KEPT,
            words="In lại nhãn: ghi đúng hạng 3 sao và số quyết định (mẫu)."
            if wrong
            else "Cơ sở giữ được điều kiện khi được công nhận (mẫu).",
            correct_until=stage.day(-15) if wrong else None,
            at=stage.ago(9),
        )


def _record(stage: Stage, inspector: User, check: PostCheck, *, wrong: bool) -> None:
    at, maker = stage.ago(12), check.recognition.product.producer
    codes = [c.code for c in set_of(check.version).criteria[:5]] if check.version else []
    checking.record_check(
        actor=actor(inspector, at),
        check=check,
        client_id=UUID(int=stage.random.getrandbits(128)),
        minutes=Minutes(
            visited_at=at,
            note="Cơ sở đang sản xuất, sổ sách đầy đủ (mẫu).",
            proposal=CheckResult.CORRECT if wrong else CheckResult.KEPT,
            criteria={code: Seen(Held.KEPT) for code in codes},
            mark=Seen(Held.NOT_KEPT, "Nhãn lô mới in 4 sao, sản phẩm được 3 sao (mẫu)")
            if wrong
            else Seen(Held.KEPT),
            advertising=Seen(Held.KEPT),
            position=Position(maker.lat, maker.lon, 10.0) if maker.lat and maker.lon else None,
        ),
        at=at + _HOUR,
    )


def _complaints(stage: Stage, waiting: Recognition, answered: Recognition) -> None:
    complaining.receive_complaint(
        actor=SYSTEM,
        product=waiting.product,
        told=complaining.Told(
            topic=ComplaintTopic.LABEL,
            text="Tem trên hộp quét ra trang không có số lô như in trên nắp (mẫu).",
            place="Siêu thị ở phường (mẫu)",
            photos=(complaining.Photo(picture("honey", 1), "nap-hop.jpg"),),
        ),
        at=stage.ago(4),
    )
    complaining.receive_complaint(
        actor=SYSTEM,
        product=None,  # the code is none of ours
        told=complaining.Told(
            topic=ComplaintTopic.LABEL,
            text="Hộp trà bán ở chợ có mã này, quét ra báo không nhận ra (mẫu).",
            place="Chợ phiên (mẫu)",
            about="Mã không do Văn phòng cấp: 0123456789ABCDEFGHJK",
        ),
        at=stage.ago(2),
    )
    receipt = complaining.receive_complaint(
        actor=SYSTEM,
        product=answered.product,
        told=complaining.Told(
            topic=ComplaintTopic.ADVERTISING,
            text="Trang bán hàng quảng cáo sản phẩm chữa được bệnh (mẫu).",
        ),
        at=stage.ago(30),
    )
    complaining.answer_complaint(
        actor=actor(stage.cast.officer, stage.ago(22)),
        complaint=receipt.complaint,
        answer="Chủ thể đã gỡ lời quảng cáo ngày hôm sau (mẫu).",
        at=stage.ago(22),
    )
