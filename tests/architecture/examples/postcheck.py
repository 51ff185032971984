"""Examples of post-checks, complaints and revocation cases."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from ocop.core.actor import SYSTEM
from ocop.people.roles import Role
from ocop.recognition import services as register
from ocop.recognition.authority import Level
from ocop.recognition.models import Ground
from ocop.recognition.postcheck.models import CheckResult
from ocop.recognition.postcheck.services import checking
from ocop.recognition.services import Paper
from tests.dossiers.making import picture
from tests.recognition import aftercare
from tests.world import person, revoked_by


def _days(now: datetime, days: int) -> Any:
    return timezone.localdate(now) + timedelta(days=days)


def _plan_checks(now: datetime) -> dict[str, Any]:
    return {
        "recognitions": [aftercare.star(now)],
        "inspector": person(now, Role.INSPECTOR),
        "planned_on": _days(now, 1),
    }


def _change(now: datetime) -> dict[str, Any]:
    return {
        "check": aftercare.planned(now),
        "inspector": person(now, Role.INSPECTOR),
        "planned_on": _days(now, 5),
    }


def _open(now: datetime) -> dict[str, Any]:
    return {
        "recognition": aftercare.star(now),
        "ground": Ground.FORGED,
        "facts": "Giấy kiểm nghiệm giả.",
        "established_on": _days(now, 0),
        "conclusion_of": "Kết luận số 5/KL-SNNMT",
    }


def _tie(now: datetime) -> dict[str, Any]:
    star = aftercare.star(now)
    receipt = aftercare.complained(now, star)
    return {"complaint": receipt.complaint, "check": aftercare.planned(now, star)}


def _state(now: datetime) -> dict[str, Any]:
    return {"case": aftercare.opened(now), "text": "Chúng tôi đã sửa nhãn."}


def _correcting(now: datetime) -> dict[str, Any]:
    check = checking.conclude_check(
        actor=SYSTEM,
        check=aftercare.recorded(now),
        result=CheckResult.CORRECT,
        words="Sửa nhãn.",
        correct_until=_days(now, 30),
        at=now,
    )
    return {"check": check, "result": CheckResult.KEPT, "words": "Đã sửa nhãn."}


def _revoked(now: datetime) -> dict[str, Any]:
    """A star revoked by a decision that was taken elsewhere."""
    star = aftercare.star(now)
    register.revoke(
        actor=SYSTEM,
        recognition=star,
        ground=Ground.STOPPED,
        reason="Chủ thể ngừng sản xuất",
        at=now,
        **revoked_by(_days(now, 0)),
    )
    return {"recognition": star}


def _given_back(now: datetime) -> dict[str, Any]:
    told = _revoked(now)
    register.restore_revoked(
        actor=SYSTEM,
        paper=Paper("82/QĐ-UBND", _days(now, 0), "UBND thành phố Hà Nội", Level.PROVINCE),
        reason="Chấp nhận khiếu nại",
        at=now,
        **told,
    )
    return told


EXAMPLES = {
    "recognition.add_postcheck_plan": lambda now: {
        "title": "Kế hoạch hậu kiểm năm 2026",
        "starts_on": _days(now, 0),
        "ends_on": _days(now, 90),
    },
    "recognition.plan_postchecks": _plan_checks,
    "recognition.change_postcheck": _change,
    "recognition.cancel_postcheck": lambda now: {
        "check": aftercare.planned(now),
        "reason": "Cơ sở nghỉ mùa vụ",
    },
    "recognition.record_postcheck": lambda now: {
        "check": aftercare.planned(now),
        "client_id": uuid4(),
        "minutes": aftercare.minutes(now),
    },
    "recognition.add_postcheck_photo": lambda now: {
        "check": aftercare.recorded(now),
        "content": picture("red"),
        "filename": "a.png",
    },
    "recognition.conclude_postcheck": lambda now: {
        "check": aftercare.recorded(now),
        "result": CheckResult.KEPT,
        "words": "Giữ được điều kiện.",
    },
    "recognition.end_correction": _correcting,
    "recognition.receive_complaint": lambda now: {
        "product": aftercare.star(now).product,
        "told": aftercare.told(),
    },
    "recognition.tie_complaint": _tie,
    "recognition.answer_complaint": lambda now: {
        "complaint": aftercare.complained(now).complaint,
        "answer": "Đã kiểm tra, tem đã thu.",
    },
    "recognition.dismiss_complaint": lambda now: {
        "complaint": aftercare.complained(now).complaint,
        "answer": "Sản phẩm này không thuộc chương trình.",
    },
    "recognition.open_case": _open,
    "recognition.state_in_case": _state,
    "recognition.note_hearing": lambda now: {
        "case": aftercare.opened(now),
        "heard_on": _days(now, 0),
        "words": "Chủ thể dự.",
    },
    "recognition.propose_revocation": lambda now: {
        "case": aftercare.heard(now),
        "words": "Đề nghị thu hồi.",
    },
    "recognition.decide_case": lambda now: {
        "case": aftercare.proposed(now),
        "number": "77/QĐ-UBND",
        "signed_on": _days(now, 0),
        "authority_name": "UBND thành phố Hà Nội",
    },
    "recognition.close_case": lambda now: {
        "case": aftercare.opened(now),
        "reason": "Chứng cứ không đủ",
    },
    "recognition.publish_notice": lambda now: {
        "case": aftercare.decided(now),
        "notice": "Thu hồi hạng sao.",
    },
    "recognition.record_appeal": lambda now: {
        "case": aftercare.decided(now),
        "appealed_on": _days(now, 0),
        "words": "Không đồng ý.",
    },
    "recognition.restore_star": lambda now: {
        "case": aftercare.accepted(now),
        "number": "81/QĐ-UBND",
        "signed_on": _days(now, 0),
        "authority_name": "UBND thành phố Hà Nội",
    },
    "recognition.appeal_revocation": lambda now: {
        **_revoked(now),
        "appealed_on": _days(now, 0),
        "words": "Cơ sở vẫn sản xuất.",
    },
    "recognition.withdraw_case_decision": lambda now: {
        "case": aftercare.decided(now),
        "reason": "Ghi nhầm số quyết định",
    },
    "recognition.withdraw_case_restoration": lambda now: {
        "case": aftercare.restored(now),
        "reason": "Ghi nhầm số quyết định",
    },
    "recognition.restore_revoked": lambda now: {
        **_revoked(now),
        "paper": Paper("82/QĐ-UBND", _days(now, 0), "UBND thành phố Hà Nội", Level.PROVINCE),
        "reason": "Chấp nhận khiếu nại",
    },
    "recognition.withdraw_revocation": lambda now: {**_revoked(now), "reason": "Nhầm sản phẩm"},
    "recognition.withdraw_restoration": lambda now: {**_given_back(now), "reason": "Nhầm sản phẩm"},
    "recognition.settle_appeal": lambda now: {
        "case": aftercare.appealed(now),
        "upheld": True,
        "ended_on": _days(now, 0),
        "words": "Giữ nguyên, văn bản 9/QĐ.",
    },
}
