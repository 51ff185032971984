"""What waits for a person after stars are given: how many, what it is, and where it is done."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from ocop.core.actor import Actor
from ocop.recognition.postcheck import queries, rules
from ocop.recognition.postcheck.models import CheckState

Waiting = tuple[int, str, str]


def waiting(actor: Actor, today: date) -> list[Waiting]:
    """An inspector's visits; the office's minutes, corrections, complaints and cases."""
    found: list[Waiting] = []
    checks = reverse("office:postchecks")
    if rules.is_inspector(actor):
        own = queries.visible_to(actor).filter(state=CheckState.PLANNED, inspector=actor.user_id)
        words = _("lần kiểm tra giao cho bạn")
        found.append((own.count(), words, f"{checks}?state=planned"))
    if not rules.may_plan(actor):
        return found
    rows = queries.visible_to(actor)
    complaints, cases = reverse("office:complaints"), reverse("office:cases")
    late = queries.complaints_due(actor).filter(due_on__lt=today).count()
    overdue = queries.running(queries.cases_visible_to(actor)).filter(due_on__lt=today).count()
    return [
        *found,
        (overdue, _("vụ việc thu hồi quá 15 ngày, chưa quyết định"), f"{cases}?due=late"),
        (late, _("phản ánh quá hạn trả lời"), f"{complaints}?due=late"),
        (
            queries.running(queries.cases_visible_to(actor)).count(),
            _("vụ việc thu hồi đang xem xét"),
            f"{cases}?state=open",
        ),
        (
            queries.complaints_due(actor).count(),
            _("phản ánh chờ trả lời"),
            f"{complaints}?state=open",
        ),
        (
            rows.filter(state=CheckState.RECORDED).count(),
            _("biên bản kiểm tra chờ kết luận"),
            f"{checks}?state=recorded",
        ),
        (
            rows.filter(state=CheckState.CORRECTING, correct_until__lt=today).count(),
            _("lần kiểm tra quá hạn khắc phục"),
            f"{checks}?state=correcting",
        ),
    ]
