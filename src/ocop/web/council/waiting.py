"""What of open sittings waits for a person: those led, and the own sheets to give in."""

from django.urls import reverse
from django.utils.translation import gettext as _

from ocop.core.actor import Actor
from ocop.councils.queries import duties

Waiting = tuple[int, str, str]


def waiting(actor: Actor) -> list[Waiting]:
    """How many, what it is with the sitting's title, and where it is done."""
    found = [
        (duty.count, _("phiếu của bạn chưa nộp: %s") % duty.sitting, reverse("council:home"))
        for duty in duties.owed_by(actor)
    ]
    for duty in duties.led_open(actor):
        address = reverse("council:sitting", args=[duty.sitting.code])
        if duty.count:
            words = _("sản phẩm chưa kết luận ở phiên đang mở: %s")
            found.append((duty.count, words % duty.sitting, address))
        else:
            found.append((1, _("phiên chờ kết thúc: %s") % duty.sitting, address))
    return found
