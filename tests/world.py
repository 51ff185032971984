"""A small province and the people in it, for tests that look at lists through every eye."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.utils import is_mfa_enabled

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.core.models import Attachment
from ocop.people import queries
from ocop.people import services as people
from ocop.people.models import User
from ocop.people.roles import Role
from ocop.people.scopes import SCOPES
from ocop.places.models import Extent, Level, Succession, Unit
from ocop.producers import services as producers
from ocop.producers.models import Producer
from ocop.products.models import ProductState
from ocop.recognition.authority import Level as Signing
from ocop.recognition.decisions import Paper
from ocop.recognition.models import BatchState, Evidence, ImportBatch, Recognition
from tests.factories import (
    CREATED,
    OldUnitFactory,
    ProducerFactory,
    ProductFactory,
    RecognitionFactory,
    UnitFactory,
)

SINCE = date(2026, 1, 1)
PERSONAL_CODE = "001085012345"


@dataclass(frozen=True, slots=True)
class Places:
    """Today's province with two communes, and the district and commune that went into the first."""

    province: Unit
    here: Unit
    there: Unit
    district: Unit
    before: Unit


def build_places(now: datetime) -> Places:
    """Province 01, which this installation is then of."""
    options.set_option(actor=SYSTEM, option=options.PROVINCE, value="01", at=now)
    province = UnitFactory(
        code="01", name="Thành phố Hà Nội", level=Level.PROVINCE, valid_from=date(2008, 8, 1)
    )
    old_province = OldUnitFactory(code="01", name="Thành phố Hà Nội", level=Level.PROVINCE)
    here = UnitFactory(code="09001", name="Xã Đại Xuyên", parent=province, lat=20.7, lon=105.9)
    there = UnitFactory(code="09002", name="Xã Ứng Hòa", parent=province)
    district = OldUnitFactory(
        code="280", name="Huyện Phú Xuyên", level=Level.DISTRICT, parent=old_province
    )
    before = OldUnitFactory(code="10279", name="Xã Phú Yên", parent=district)
    for old, new in ((old_province, province), (before, here)):
        Succession.objects.create(old=old, new=new, extent=Extent.WHOLE)
    return Places(province, here, there, district, before)


def person(now: datetime, role: Role | None, unit: Unit | None = None) -> User:
    """Somebody with this role; one more of them with each call."""
    email = f"{role or 'khach'}{User.objects.count()}@donvi.example"
    user = people.create_account(actor=SYSTEM, name=f"Người {email}", email=email, at=now)
    if role is not None:
        people.grant_role(actor=SYSTEM, user=user, role=role, unit=unit, starts_on=SINCE, at=now)
    return user


def member(now: datetime, producer: Producer) -> User:
    """Somebody who acts for a producer."""
    user = person(now, None)
    producers.add_member(actor=SYSTEM, producer=producer, user=user, starts_on=SINCE, at=now)
    return user


def with_second_factor(user: User, now: datetime) -> User:
    """The same person, with the one-time code that the role asks for."""
    due = queries.needs_second_factor(queries.actor_for(user, on=now.date()))
    if due and not is_mfa_enabled(user):
        TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    return user


def bearer(user: User, now: datetime, *scopes: str) -> dict[str, str]:
    """The header with a new token of this person: of these scopes, or of all.

    Whoever signs in with a one-time code has set it up, or the token opens nothing.
    """
    with_second_factor(user, now)
    issued = people.issue_token(
        actor=queries.actor_for(user, on=now.date()),
        user=user,
        name="máy",
        scopes=frozenset(scopes or SCOPES),
        at=now,
    )
    return {"authorization": f"Bearer {issued.secret}"}


def recognised(name: str, **more: object) -> Recognition:
    """A product of its own producer, both named so, with a recognition that holds."""
    row = {key: more.pop(key) for key in list(more) if key in _OF_RECOGNITION}
    commune, listed = more.get("commune"), more.get("listed", True)
    maker = more.pop("producer", None) or ProducerFactory(
        name=f"HTX {name}", commune=commune, listed=listed, province=more.get("province", "01")
    )
    product = ProductFactory(name=name, producer=maker, **more)
    return RecognitionFactory(product=product, commune=commune, unit=more.get("unit"), **row)


_OF_RECOGNITION = (
    "on",
    "batch",
    "evidence",
    "kind",
    "stars",
    "potential_five",
    "revoked_on",
    "decision",
    "evaluated_on",
    "year",
)


def imported(state: BatchState) -> ImportBatch:
    """An import that stands so."""
    stored = Attachment.objects.create(
        sha256=f"{Attachment.objects.count():064d}",
        size=1,
        media_type="text/csv",
        file="so.csv",
        created_at=CREATED,
    )
    return ImportBatch.objects.create(
        filename="so.csv", attachment=stored, state=state, created_at=CREATED
    )


def build_rows(places: Places) -> dict[str, Recognition]:
    """One product for each reason to be seen or not, named by it, each with a recognition."""
    here, there = places.here, places.there
    return {
        row.product.name: row
        for row in (
            recognised("Công khai", commune=there),
            recognised("Ý tưởng", commune=there, state=ProductState.IDEA),
            recognised("Ẩn ở đây", commune=here, listed=False),
            recognised("Ẩn nơi khác", commune=there, listed=False),
            recognised("Đề nghị", commune=here, listed=False, evidence=Evidence.B2),
            recognised(
                "Chưa công bố", commune=here, listed=False, batch=imported(BatchState.LOADED)
            ),
            recognised(
                "Đã công bố",
                commune=there,
                batch=imported(BatchState.PUBLISHED),
                evidence=Evidence.B1,
            ),
            recognised("Hoàn tác", commune=here, listed=False, batch=imported(BatchState.UNDONE)),
            recognised("Mẫu", commune=there, evidence=Evidence.M),
        )
    }


def annulled_by(day: date, stars: int = 4) -> dict[str, Any]:
    """A decision of whoever decides on such a star, which annuls the result (Art. 10.1b)."""
    if stars == 5:
        ministry = "Bộ Nông nghiệp và Môi trường"
        return {"paper": Paper("16/QĐ-BNNMT", day, ministry, Signing.CENTRE)}
    return {"paper": Paper("16/QĐ-UBND", day, "UBND thành phố Hà Nội", Signing.PROVINCE)}


def revoked_by(day: date) -> dict[str, Any]:
    """A decision of the chair of the province that takes a star back from the day of signing on."""
    paper = Paper("9/QĐ-UBND", day, "UBND thành phố Hà Nội", Signing.PROVINCE)
    return {"paper": paper, "revoked_on": day}
