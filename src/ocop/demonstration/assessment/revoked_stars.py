"""Stars that were taken: a running case, one revoked with its notice, one given back after an
appeal, one revoked twice, one of which a revocation was entered wrongly, one given back wrongly."""

from dataclasses import dataclass

from ocop.demonstration.assessment.people import actor
from ocop.demonstration.assessment.stage import Stage
from ocop.recognition.authority import Level
from ocop.recognition.models import Ground, Recognition
from ocop.recognition.own_authority import is_own
from ocop.recognition.postcheck.models import RevocationCase
from ocop.recognition.postcheck.services import correcting, restoring, revoking
from ocop.recognition.services import (
    Paper,
    appeal_revocation,
    issue_certificates,
    restore_revoked,
    revoke,
    withdraw_restoration,
    withdraw_revocation,
)

_AUTHORITY = "Ủy ban nhân dân thành phố Hà Nội"


@dataclass(frozen=True, slots=True)
class _Case:
    """What a case of revocation says from its opening to its decision."""

    ground: Ground
    facts: str
    conclusion_of: str
    heard: str
    number: str  # of the decision


def running_case(stage: Stage, star: Recognition) -> None:
    """A case of the producer who signs in, before the hearing: there is something to say."""
    revoking.open_case(
        actor=actor(stage.cast.officer, stage.ago(5)),
        recognition=star,
        ground=Ground.AUTHORITY,
        facts="Đoàn kiểm tra liên ngành kết luận cơ sở chưa công bố lại sản phẩm (mẫu).",
        established_on=stage.day(6),
        conclusion_of="Kết luận số 41/KL-ĐKT của đoàn kiểm tra liên ngành (mẫu)",
        at=stage.ago(5),
    )


def restored(stage: Stage, star: Recognition) -> None:
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
        appealed_on=stage.day(30),
        words="Cơ sở chỉ nghỉ để sửa xưởng, nay đã sản xuất lại (mẫu).",
        at=stage.ago(30),
    )
    revoking.settle_appeal(
        actor=officer,
        case=case,
        upheld=False,
        ended_on=stage.day(16),
        words="Chấp nhận khiếu nại theo văn bản số 61/GQKN (mẫu).",
        at=stage.ago(16),
    )
    restoring.restore_star(
        actor=head,
        case=case,
        number="5127/QĐ-UBND",
        signed_on=stage.day(14),
        authority_name=_AUTHORITY,
        at=stage.ago(14),
    )


def twice(stage: Stage, star: Recognition) -> None:
    """A star that was revoked, given back and revoked anew, by decisions taken elsewhere."""
    _elsewhere(stage, star, "4856/QĐ-UBND", 36, "Ngừng sản xuất theo báo cáo của xã (mẫu)")
    appeal_revocation(
        actor=actor(stage.cast.officer, stage.ago(32)),
        recognition=star,
        appealed_on=stage.day(32),
        words="Cơ sở nghỉ theo mùa vụ, vẫn giữ xưởng và công nhân (mẫu).",
        at=stage.ago(32),
    )
    restore_revoked(
        actor=actor(stage.cast.head, stage.ago(26)),
        recognition=star,
        paper=Paper("4944/QĐ-UBND", stage.day(26), _AUTHORITY, Level.PROVINCE),
        reason="Chấp nhận khiếu nại theo văn bản số 58/GQKN (mẫu)",
        at=stage.ago(26),
    )
    _elsewhere(stage, star, "5161/QĐ-UBND", 8, "Cơ sở đã giải thể, trả lại con dấu (mẫu)")


def wrongly(stage: Stage, star: Recognition) -> None:
    """A revocation that was entered with the wrong product, and taken back the day after."""
    _elsewhere(stage, star, "5163/QĐ-UBND", 7, "Ghi theo danh sách kèm quyết định (mẫu)")
    withdraw_revocation(
        actor=actor(stage.cast.head, stage.ago(6)),
        recognition=star,
        reason="Nhầm với sản phẩm cùng tên của chủ thể khác (mẫu)",
        at=stage.ago(6),
    )


def given_back_wrongly(stage: Stage, star: Recognition) -> None:
    """A restoration that was entered with the wrong product, taken back, and the right one."""
    _elsewhere(stage, star, "5148/QĐ-UBND", 15, "Thu hồi theo kết luận kiểm tra (mẫu)")
    star.refresh_from_db()
    for number, ago in (("5152/QĐ-UBND", 13), ("5158/QĐ-UBND", 9)):
        restore_revoked(
            actor=actor(stage.cast.head, stage.ago(ago)),
            recognition=star,
            paper=Paper(number, stage.day(ago), _AUTHORITY, Level.PROVINCE),
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
        paper=Paper(number, stage.day(ago), _AUTHORITY, Level.PROVINCE),
        reason=reason,
        at=stage.ago(ago),
    )


def revoked(stage: Stage, star: Recognition) -> None:
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
            "5089/QĐ-UBND",
        ),
        days=(28, 24, 22, 18),
    )
    _entered_anew(stage, case, "5098/QĐ-UBND", signed=18, ago=17)
    revoking.publish_notice(
        actor=actor(stage.cast.officer, stage.ago(28)),
        case=case,
        number="96",
        notice="Thu hồi hạng 3 sao của sản phẩm từ ngày ký quyết định. Các điểm bán ngừng trưng "
        "bày sản phẩm với hạng sao này (mẫu).",
        at=stage.ago(17),
    )


def _entered_anew(
    stage: Stage, case: RevocationCase, number: str, *, signed: int, ago: int
) -> None:
    """The decision of a case, of which two figures of the number had been exchanged."""
    head = actor(stage.cast.head, stage.ago(ago))
    correcting.withdraw_case_decision(
        actor=head,
        case=case,
        reason="Gõ nhầm hai chữ số của số quyết định (mẫu)",
        at=stage.ago(ago),
    )
    revoking.decide_case(
        actor=head,
        case=case,
        number=number,
        signed_on=stage.day(signed),
        authority_name=_AUTHORITY,
        at=stage.ago(ago),
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
        established_on=stage.day(opened),
        conclusion_of=told.conclusion_of,
        at=stage.ago(opened),
    )
    revoking.note_hearing(
        actor=officer,
        case=case,
        heard_on=stage.day(heard),
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
        signed_on=stage.day(decided),
        authority_name=_AUTHORITY,
        at=stage.ago(decided),
    )
    return case
