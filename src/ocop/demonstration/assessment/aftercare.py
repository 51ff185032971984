"""After stars are given: a plan of post-checks half way through, a complaint that waits, a running
case, a star that was revoked with its notice, one that was given back after an appeal, one revoked
twice, one of which a revocation was entered wrongly."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils import timezone

from ocop.core.actor import SYSTEM
from ocop.core.fieldwork import Position
from ocop.criteria.queries import set_of
from ocop.demonstration.assessment.people import actor
from ocop.demonstration.assessment.stage import Stage
from ocop.demonstration.logins import email_of
from ocop.demonstration.pictures import picture
from ocop.people.models import User
from ocop.people.roles import Role
from ocop.recognition.authority import Level
from ocop.recognition.models import Ground, Recognition
from ocop.recognition.own_authority import is_own
from ocop.recognition.postcheck.models import (
    CheckResult,
    ComplaintTopic,
    Held,
    PostCheck,
    PostCheckPlan,
    RevocationCase,
)
from ocop.recognition.postcheck.services import (
    checking,
    complaining,
    planning,
    restoring,
    revoking,
)
from ocop.recognition.postcheck.services.checking import Minutes, Seen
from ocop.recognition.services import (
    Paper,
    appeal_revocation,
    issue_certificates,
    restore_revoked,
    revoke,
    withdraw_restoration,
    withdraw_revocation,
)
from ocop.recognition.standing import with_standing
from ocop.recognition.states import holding, with_state

_HOUR = timedelta(hours=1)
_AUTHORITY = "Ủy ban nhân dân thành phố Hà Nội"


@dataclass(frozen=True, slots=True)
class _Case:
    """What a case of revocation says from its opening to its decision."""

    ground: Ground
    facts: str
    conclusion_of: str
    heard: str
    number: str  # of the decision


def play_aftercare(stage: Stage) -> None:
    """Everything, by the people who sign in."""
    inspector = User.objects.get(email=email_of(Role.INSPECTOR))
    own, others = _stars(stage)
    plan = _plan(stage)
    done = _given(stage, plan, inspector, [own[0], *others[:4]], asked=18, on=12)
    _given(stage, plan, inspector, others[4:7], asked=3, on=-2)
    _visited(stage, inspector, done)
    _complaints(stage, others[3], others[7])
    _running_case(stage, own[1])
    _restored(stage, others[8])
    _twice(stage, others[9])
    _wrongly(stage, others[10])
    _given_back_wrongly(stage, others[11])
    _revoked(stage, others[-1])


def _stars(stage: Stage) -> tuple[list[Recognition], list[Recognition]]:
    """Three-star products that held all the time: of the producer who signs in, and of others."""
    today = timezone.localdate(stage.ago(40))
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
        starts_on=_day(stage, 20),
        ends_on=_day(stage, -40),
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
        planned_on=_day(stage, on),
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
            correct_until=_day(stage, -15) if wrong else None,
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


def _running_case(stage: Stage, star: Recognition) -> None:
    """A case of the producer who signs in, before the hearing: there is something to say."""
    revoking.open_case(
        actor=actor(stage.cast.officer, stage.ago(5)),
        recognition=star,
        ground=Ground.AUTHORITY,
        facts="Đoàn kiểm tra liên ngành kết luận cơ sở chưa công bố lại sản phẩm (mẫu).",
        established_on=_day(stage, 6),
        conclusion_of="Kết luận số 41/KL-ĐKT của đoàn kiểm tra liên ngành (mẫu)",
        at=stage.ago(5),
    )


def _restored(stage: Stage, star: Recognition) -> None:
    """A star that was revoked, and given back after an appeal."""
    officer, head = actor(stage.cast.officer, stage.ago(38)), actor(stage.cast.head, stage.ago(38))
    case = _decided(
        stage,
        star,
        _Case(
            Ground.STOPPED,
            "Chính quyền cấp xã báo cơ sở đã ngừng sản xuất (mẫu).",
            "Văn bản số 77/UBND-KT của Ủy ban nhân dân cấp xã (mẫu)",
            "Chủ thể được mời hai lần bằng văn bản, không đến (mẫu).",
            "4890/QĐ-UBND",
        ),
        days=(38, 36, 35, 33),
    )
    revoking.record_appeal(
        actor=officer,
        case=case,
        appealed_on=_day(stage, 30),
        words="Cơ sở chỉ nghỉ để sửa xưởng, nay đã sản xuất lại (mẫu).",
        at=stage.ago(30),
    )
    revoking.settle_appeal(
        actor=officer,
        case=case,
        upheld=False,
        ended_on=_day(stage, 16),
        words="Chấp nhận khiếu nại theo văn bản số 61/GQKN (mẫu).",
        at=stage.ago(16),
    )
    restoring.restore_star(
        actor=head,
        case=case,
        number="5127/QĐ-UBND",
        signed_on=_day(stage, 14),
        authority_name=_AUTHORITY,
        at=stage.ago(14),
    )


def _twice(stage: Stage, star: Recognition) -> None:
    """A star that was revoked, given back and revoked anew, by decisions taken elsewhere."""
    _elsewhere(stage, star, "4856/QĐ-UBND", 36, "Ngừng sản xuất theo báo cáo của xã (mẫu)")
    appeal_revocation(
        actor=actor(stage.cast.officer, stage.ago(32)),
        recognition=star,
        appealed_on=_day(stage, 32),
        words="Cơ sở nghỉ theo mùa vụ, vẫn giữ xưởng và công nhân (mẫu).",
        at=stage.ago(32),
    )
    restore_revoked(
        actor=actor(stage.cast.head, stage.ago(26)),
        recognition=star,
        paper=Paper("4944/QĐ-UBND", _day(stage, 26), _AUTHORITY, Level.PROVINCE),
        reason="Chấp nhận khiếu nại theo văn bản số 58/GQKN (mẫu)",
        at=stage.ago(26),
    )
    _elsewhere(stage, star, "5161/QĐ-UBND", 8, "Cơ sở đã giải thể, trả lại con dấu (mẫu)")


def _wrongly(stage: Stage, star: Recognition) -> None:
    """A revocation that was entered with the wrong product, and taken back the day after."""
    _elsewhere(stage, star, "5163/QĐ-UBND", 7, "Ghi theo danh sách kèm quyết định (mẫu)")
    withdraw_revocation(
        actor=actor(stage.cast.head, stage.ago(6)),
        recognition=star,
        reason="Nhầm với sản phẩm cùng tên của chủ thể khác (mẫu)",
        at=stage.ago(6),
    )


def _given_back_wrongly(stage: Stage, star: Recognition) -> None:
    """A restoration that was entered with the wrong product, taken back, and the right one."""
    _elsewhere(stage, star, "5148/QĐ-UBND", 15, "Thu hồi theo kết luận kiểm tra (mẫu)")
    star.refresh_from_db()
    for number, ago in (("5152/QĐ-UBND", 13), ("5158/QĐ-UBND", 9)):
        restore_revoked(
            actor=actor(stage.cast.head, stage.ago(ago)),
            recognition=star,
            paper=Paper(number, _day(stage, ago), _AUTHORITY, Level.PROVINCE),
            reason="Chấp nhận khiếu nại (mẫu)",
            at=stage.ago(ago),
        )
        if ago > 9:
            withdraw_restoration(
                actor=actor(stage.cast.head, stage.ago(12)),
                recognition=star,
                reason="Ghi nhầm sản phẩm trong quyết định khôi phục (mẫu)",
                at=stage.ago(12),
            )


def _elsewhere(stage: Stage, star: Recognition, number: str, ago: int, reason: str) -> None:
    star.refresh_from_db()
    revoke(
        actor=actor(stage.cast.head, stage.ago(ago)),
        recognition=star,
        ground=Ground.STOPPED,
        paper=Paper(number, _day(stage, ago), _AUTHORITY, Level.PROVINCE),
        reason=reason,
        at=stage.ago(ago),
    )


def _revoked(stage: Stage, star: Recognition) -> None:
    """A star that ended by a decision, with its notice. Its certificate is in the shop still."""
    if star.decision is not None and is_own(star.decision):
        officer = actor(stage.cast.officer, stage.ago(60))
        issue_certificates(actor=officer, decision=star.decision, at=stage.ago(60))
    case = _decided(
        stage,
        star,
        _Case(
            Ground.MARK,
            "Nhiều lô in hạng sao cao hơn hạng được công nhận, đã nhắc mà không sửa (mẫu).",
            "Biên bản vi phạm số 12/BB-QLTT (mẫu)",
            "Chủ thể dự, thừa nhận, chưa thu hồi các lô đã bán (mẫu).",
            "5098/QĐ-UBND",
        ),
        days=(28, 24, 22, 18),
    )
    revoking.publish_notice(
        actor=actor(stage.cast.officer, stage.ago(28)),
        case=case,
        number="96",
        notice="Thu hồi hạng 3 sao của sản phẩm từ ngày ký quyết định. Các điểm bán ngừng trưng "
        "bày sản phẩm với hạng sao này (mẫu).",
        at=stage.ago(17),
    )


def _decided(
    stage: Stage, star: Recognition, told: _Case, *, days: tuple[int, int, int, int]
) -> RevocationCase:
    """A case that was opened, heard, proposed and decided, so many days ago each."""
    opened, heard, proposed, decided = days
    officer = actor(stage.cast.officer, stage.ago(opened))
    case = revoking.open_case(
        actor=officer,
        recognition=star,
        ground=told.ground,
        facts=told.facts,
        established_on=_day(stage, opened),
        conclusion_of=told.conclusion_of,
        at=stage.ago(opened),
    )
    revoking.note_hearing(
        actor=officer,
        case=case,
        heard_on=_day(stage, heard),
        words=told.heard,
        at=stage.ago(heard),
    )
    revoking.propose_revocation(
        actor=officer,
        case=case,
        words="Đề nghị thu hồi hạng sao (mẫu).",
        at=stage.ago(proposed),
    )
    revoking.decide_case(
        actor=actor(stage.cast.head, stage.ago(decided)),
        case=case,
        number=told.number,
        signed_on=_day(stage, decided),
        authority_name=_AUTHORITY,
        at=stage.ago(decided),
    )
    return case


def _day(stage: Stage, days: int) -> date:
    return timezone.localdate(stage.ago(days))
