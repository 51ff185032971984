"""What of a council waits for a person: open sittings led, the own sheets to give in, and what the
advisory team reported."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.core.actor import Actor
from ocop.councils.queries import duties
from ocop.dossiers.queries import dossiers

Waiting = tuple[int, str, str]


def waiting(actor: Actor) -> list[Waiting]:
    """How many, what it is with the sitting's title, and where it is done."""
    found = [
        (duty.count, _("phiếu của bạn chưa nộp: %s") % duty.sitting, reverse("council:home"))
        for duty in duties.owed_by(actor)
    ]
    if count := dossiers.proposed_to(actor, timezone.localdate()).count():
        words = _("báo cáo của tổ tư vấn chờ đưa ra hội đồng")
        found.append((count, words, f"{reverse('council:home')}#bao-cao"))
    for duty in duties.led_open(actor):
        address = reverse("council:sitting", args=[duty.sitting.code])
        if duty.count:
            words = _("sản phẩm chưa kết luận ở phiên đang mở: %s")
            found.append((duty.count, words % duty.sitting, address))
        else:
            found.append((1, _("phiên chờ kết thúc: %s") % duty.sitting, address))
    return found
