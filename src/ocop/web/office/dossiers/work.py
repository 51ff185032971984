"""What waits for a person among the dossiers: how many, what it is, and where it is done."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from ocop.core.actor import Actor
from ocop.dossiers import rules
from ocop.dossiers.models import Assignment, State
from ocop.dossiers.queries import dossiers
from ocop.people.roles import Role
from ocop.web.office.dossiers import deciding

Waiting = tuple[int, str, str]


def waiting(actor: Actor, today: date) -> list[Waiting]:
    """The person's own work: the commune's, the office's, the adviser's."""
    rows = dossiers.visible_to(actor, today)
    every = reverse("office:dossiers")
    found: list[Waiting] = []
    if actor.has(Role.COMMUNE_OFFICER):
        count = rows.filter(state=State.AT_COMMUNE).count()
        found.append((count, _("hồ sơ chờ xã, phường kiểm tra"), reverse("office:commune_queue")))
    if rules.is_adviser(actor):
        own = Assignment.objects.filter(adviser=actor.user_id, ended_at=None)
        count = rows.filter(state=State.EXAMINING, pk__in=own.values("dossier")).count()
        found.append((count, _("hồ sơ giao bạn xem xét"), reverse("office:given")))
    if rules.may_receive(actor):
        count = rows.filter(due_on__lt=today).exclude(state__in=("decided", "refused")).count()
        found.append((count, _("hồ sơ quá hạn của bước đang làm"), f"{every}?state=open&due=late"))
        for state, words, address in (
            (State.FORWARDED, _("hồ sơ chờ tiếp nhận"), f"{every}?state=forwarded"),
            (State.RECEIVED, _("hồ sơ chờ phân công tổ tư vấn"), reverse("office:advisers")),
            (State.READY, _("hồ sơ đủ điều kiện trình hội đồng"), f"{every}?state=ready"),
        ):
            found.append((rows.filter(state=state).count(), words, address))
        able, same = deciding.counted(actor)
        address = reverse("office:deciding")
        found.append((able, _("hồ sơ chờ quyết định"), address))
        words = _("hồ sơ nâng hạng không lên hạng cao hơn, chờ ghi không công nhận")
        found.append((same, words, f"{address}#nhom-same"))
    return found
