"""The office's first page: what is due."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop.core import numbers, options
from ocop.core.actor import Actor
from ocop.core.models import Event
from ocop.criteria import queries as criteria
from ocop.criteria import rules as criteria_rules
from ocop.dossiers.queries import registrations as dossiers
from ocop.people import rules as people_rules
from ocop.people.roles import Role
from ocop.programme import indicators
from ocop.programme import queries as programme
from ocop.programme import rules as programme_rules
from ocop.recognition import queries as register
from ocop.recognition import rules as register_rules
from ocop.recognition.queries import Narrowing
from ocop.recognition.validity import State
from ocop.web.council import waiting as sittings
from ocop.web.first_steps import first_steps
from ocop.web.happenings import told
from ocop.web.office.dossiers import work
from ocop.web.office.guard import office
from ocop.web.office.market import work as online
from ocop.web.office.postcheck import work as postchecks
from ocop.web.office.support import work as support
from ocop.web.office.traceability import signal_looks
from ocop.web.requests import SignedInRequest

SOON = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Due:
    """One kind of work that waits: how much, what it is, and where it is done."""

    count: int
    words: str
    address: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of the programme as it is written, and the list or page behind it."""

    value: str
    words: Any
    address: str


#: Who reads the own messages does nothing that others need to know.
_READ = "people.messages_read"
_EVALUATED = gettext_lazy("sản phẩm đã được đánh giá, phân hạng")
_REGISTERED = gettext_lazy("sản phẩm đăng ký đánh giá lần đầu trong năm")


@office
def home(request: SignedInRequest) -> HttpResponse:
    """What waits for whom signs in, then how far the programme is."""
    today = timezone.localdate()
    actor = request.actor
    everything = people_rules.may_see_everything(actor)
    context = {
        "first_steps": first_steps(actor),
        "due": [due for due in _due(actor, today) if due.count],
        "figures": _own_figures(actor, today) if _has_area(actor) else _figures(actor, today),
        "soon": register.expiring(actor, today, today + SOON, on=today, province=_province())[:6],
        "may_exchange": programme_rules.may_export_exchange_table(actor),
        "events": told(Event.objects.exclude(name=_READ)[:8]) if everything else [],
    }
    return render(request, "office/home.html", context)


def _province() -> str:
    return options.PROVINCE.get()


def _has_area(actor: Actor) -> bool:
    """A commune officer, who answers for the own communes and not for the province."""
    return actor.has(Role.COMMUNE_OFFICER) and not people_rules.may_see_everything(actor)


def _own(actor: Actor, today: date) -> tuple[QuerySet[Any], str]:
    """The products an actor answers for, and the list of exactly these."""
    own = _has_area(actor)
    by = Narrowing(province=_province(), area_of=actor if own else None)
    query = "?area=own&" if own else "?"
    return register.catalogue(actor, on=today, by=by), f"{reverse('office:products')}{query}"


def _figures(actor: Actor, today: date) -> list[Figure]:
    """How far the programme of the province is."""
    counted = programme.progress(programme.scope(actor, as_of=today))
    address = reverse("progress")
    share = counted.share_percent
    return [
        Figure(numbers.write_number(counted.evaluated_total), _EVALUATED, address),
        *(
            [Figure(numbers.write_percent(share), _("mục tiêu của kỳ"), address)]
            if share is not None
            else []
        ),
        Figure(numbers.write_number(counted.registered_this_year), _REGISTERED, address),
    ]


def _own_figures(actor: Actor, today: date) -> list[Figure]:
    """The part that the communes of an officer have in it."""
    rows, products = _own(actor, today)
    registered = indicators.get("registered").rows(programme.scope(actor, as_of=today))
    own = registered.filter(pk__in=dossiers.visible_to(actor).values("pk")).count()
    address = f"{reverse('office:registrations')}?year={today.year}&kind=first"
    return [
        Figure(numbers.write_number(rows.count()), _EVALUATED, products.rstrip("&")),
        Figure(numbers.write_number(own), _REGISTERED, address),
    ]


def _due(actor: Actor, today: date) -> list[Due]:
    """Everything that waits for an actor, in the order of urgency."""
    found = [Due(*row) for row in _waiting(actor, today)]
    found += _stars_due(actor, today) if register_rules.may_see_expiry_list(actor) else []
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


def _waiting(actor: Actor, today: date) -> list[tuple[int, str, str]]:
    return [
        *sittings.waiting(actor),
        *work.waiting(actor, today),
        *postchecks.waiting(actor, today),
        *signal_looks.waiting(actor),
        *support.waiting(actor),
        *online.waiting(actor),
    ]


def _stars_due(actor: Actor, today: date) -> list[Due]:
    """Stars that end soon or have ended, among the products that the actor answers for."""
    rows, products = _own(actor, today)
    states = register.facets(rows).states
    return [
        Due(
            states.get(State.EXTENSION_UNCONFIRMED, 0),
            _("sản phẩm hết hạn, chưa xác nhận kéo dài (khoản 3 Điều 12)"),
            f"{products}state={State.EXTENSION_UNCONFIRMED}",
        ),
        Due(
            states.get(State.WINDOW_MISSED, 0),
            _("sản phẩm đã quá hạn nộp hồ sơ đánh giá lại"),
            f"{products}state={State.WINDOW_MISSED}",
        ),
        Due(
            states.get(State.WINDOW_OPEN, 0),
            _("sản phẩm đang trong thời gian nộp hồ sơ đánh giá lại"),
            f"{products}state={State.WINDOW_OPEN}",
        ),
    ]
