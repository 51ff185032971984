"""The office's first page: what is due."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ocop.core import options
from ocop.core.actor import Actor
from ocop.core.models import Event
from ocop.criteria import queries as criteria
from ocop.criteria import rules as criteria_rules
from ocop.people import rules as people_rules
from ocop.programme import queries as programme
from ocop.programme import rules as programme_rules
from ocop.recognition import queries as register
from ocop.recognition.queries import Narrowing
from ocop.recognition.validity import State
from ocop.web.happenings import told
from ocop.web.office.guard import office
from ocop.web.requests import SignedInRequest

SOON = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Due:
    """One kind of work that waits: how much, what it is, and where it is done."""

    count: int
    words: str
    address: str


@office
def home(request: SignedInRequest) -> HttpResponse:
    """What waits for whom signs in, then how far the programme is."""
    today = timezone.localdate()
    actor = request.actor
    everything = people_rules.may_see_everything(actor)
    context = {
        "due": [due for due in _due(actor, today) if due.count],
        "progress": programme.progress(programme.scope(actor, as_of=today)),
        "soon": register.expiring(actor, today, today + SOON, on=today, province=_province())[:6],
        "may_exchange": programme_rules.may_export_exchange_table(actor),
        "events": told(Event.objects.all()[:8]) if everything else [],
    }
    return render(request, "office/home.html", context)


def _province() -> str:
    return options.PROVINCE.get()


def _due(actor: Actor, today: date) -> list[Due]:
    """Everything that waits, in the order of urgency."""
    rows = register.catalogue(actor, on=today, by=Narrowing(province=_province()))
    states = register.facets(rows).states
    products = reverse("office:products")
    found = [
        Due(
            states.get(State.EXTENSION_UNCONFIRMED, 0),
            _("sản phẩm hết hạn, chưa xác nhận kéo dài (khoản 3 Điều 12)"),
            f"{products}?state={State.EXTENSION_UNCONFIRMED}",
        ),
        Due(
            states.get(State.WINDOW_MISSED, 0),
            _("sản phẩm đã quá hạn nộp hồ sơ đánh giá lại"),
            f"{products}?state={State.WINDOW_MISSED}",
        ),
        Due(
            states.get(State.WINDOW_OPEN, 0),
            _("sản phẩm đang trong thời gian nộp hồ sơ đánh giá lại"),
            f"{products}?state={State.WINDOW_OPEN}",
        ),
    ]
    if criteria_rules.may_sign_off(actor):
        waiting = criteria.current(actor).filter(signed_off_at=None).count()
        found.append(
            Due(
                waiting,
                _("bộ tiêu chí chưa đối chiếu với văn bản ký"),
                reverse("office:criteria"),
            )
        )
    return found
