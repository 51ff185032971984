"""Loading the demonstration province: one action, one event."""

from datetime import date, datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.db.models import Q

from ocop.core import db, options
from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.models import Option
from ocop.core.refusals import Refused
from ocop.demonstration import figures, frame, geography, plan, rules
from ocop.demonstration.loading import Loader
from ocop.demonstration.logins import LOGINS, PASSWORD
from ocop.demonstration.market.selling import Selling
from ocop.demonstration.network.centres import Centres
from ocop.demonstration.network.points import Points
from ocop.demonstration.network.villages import Villages
from ocop.demonstration.promotion.days import Days
from ocop.demonstration.promotion.loading import Promotion
from ocop.demonstration.promotion.meetings import Meetings
from ocop.demonstration.queries import VERSION, is_loaded, may_be_filled
from ocop.demonstration.support.giving import Giving
from ocop.demonstration.traceability.goods import Goods
from ocop.demonstration.traceability.stamps import Stamps
from ocop.demonstration.training.loading import Training
from ocop.people.models import Membership, User
from ocop.people.roles import Role
from ocop.places import gazetteer
from ocop.places.models import Unit
from ocop.producers.models import ProducerMembership
from ocop.programme.models import Target


@action("demonstration.load")
def load(*, actor: Actor, at: datetime) -> bool:
    """Fill an empty installation with the demonstration province; False when it was there already.

    The units and the legal versions must be loaded before. Refused: an installation that holds
    rows of its own or has been set up for a province.
    """
    require(actor, rules.may_load)
    if is_loaded():
        return False
    if not may_be_filled():
        raise Refused(
            "installation_in_use",
            _(
                "Hệ thống này đã có dữ liệu thật, không nạp dữ liệu mẫu vào được. "
                "Hãy chọn một thư mục khác: OCOP_DATA_DIR=var-mau ocop demo"
            ),
        )
    ground = geography.build(gazetteer.load())
    loader = Loader(plan.draw(ground), ground, at)
    loader.load()
    Goods(loader, at).load()
    Stamps(loader, at).load()
    Villages(loader, ground, at).load()
    Training(loader, at).load()
    Giving(loader, at).load()
    Selling(loader, at).load()
    db.learn()
    _load_people(loader, at)
    Points(loader, ground, at).load()
    Centres(loader, at).load()
    _load_figures(loader)
    for key, value in (
        (options.PROVINCE.key, frame.PROVINCE),
        (options.DEMONSTRATION.key, True),
        (VERSION.key, frame.VERSION),
    ):
        Option.objects.update_or_create(key=key, defaults={"value": value})
    Promotion(loader, at).load()  # looks at stars, which hold only in a demonstration
    Meetings(loader, at).load()
    Days(loader, at).load()
    record(
        actor,
        "demonstration.loaded",
        at=at,
        change={"version": frame.VERSION, "rows": {k: len(v) for k, v in loader.written.items()}},
        also=[(kind, pk) for kind, keys in loader.written.items() for pk in keys],
    )
    return True


def _load_people(loader: Loader, at: datetime) -> None:
    """One account per role: the producer's belongs to the maker of most products, the commune
    officer's to the commune where that maker is today."""
    secret = make_password(PASSWORD)  # one for all: they share the password anyway
    people = loader.keep(
        User(email=login.email, name=login.name, password=secret, created_at=at) for login in LOGINS
    )
    since = at.date() - timedelta(days=365)
    producer = loader.busiest_producer()
    memberships = []
    for login, user in zip(LOGINS, people, strict=True):
        if login.role is Role.PRODUCER:
            loader.keep([ProducerMembership(user=user, producer=producer, starts_on=since)])
            continue
        bound = producer.commune_id if login.role is Role.COMMUNE_OFFICER else None
        memberships.append(Membership(user=user, role=login.role, unit_id=bound, starts_on=since))
    loader.keep(memberships)


def _load_figures(loader: Loader) -> None:
    loader.keep(
        Target(
            indicator=row.indicator,
            unit=_unit_on(row.unit, frame.LAST_DAY),  # of today, as an office sets them
            starts_on=row.term.starts_on,
            ends_on=row.term.ends_on,
            low=row.low,
            high=row.high,
            source=row.source,
        )
        for row in figures.TARGETS
    )


def _unit_on(code: str, day: date) -> Unit:
    """The unit that bore a code on a day."""
    return Unit.objects.get(Q(valid_to=None) | Q(valid_to__gt=day), code=code, valid_from__lte=day)
