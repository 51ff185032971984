"""The people of the round beside the logins: a council of eleven, an advisory team, producers."""

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.hashers import make_password

from ocop.core.actor import Actor
from ocop.councils.models import Council, Position
from ocop.councils.services import constitution
from ocop.councils.services.constitution import NewSeat
from ocop.demonstration.logins import DOMAIN, PASSWORD, email_of
from ocop.dossiers.services import advising
from ocop.people import queries
from ocop.people.models import Membership, User
from ocop.people.roles import Role

_ADVISERS = (("I", "II"), ("I", "III"), ("IV", "V"), ("VI", "I"))
_ORDINARY = 8  # members beside chair, deputy and secretary: a council of eleven, as Hà Nội's
_BODIES = (
    "Sở Nông nghiệp và Môi trường (mẫu)",
    "Sở Công Thương (mẫu)",
    "Sở Y tế (mẫu)",
    "Sở Khoa học và Công nghệ (mẫu)",
    "Sở Văn hóa và Thể thao (mẫu)",
    "Hội Nông dân (mẫu)",
    "Liên minh Hợp tác xã (mẫu)",
    "Liên hiệp Hội Phụ nữ (mẫu)",
)


@dataclass(frozen=True, slots=True)
class Cast:
    """Who acts in the round."""

    officer: User
    head: User
    chair: User
    deputy: User
    secretary: User
    members: tuple[User, ...]
    advisers: tuple[User, ...]


def actor(user: User, at: datetime) -> Actor:
    """A person as the actor of a day."""
    return queries.actor_for(user, on=at.date())


def gather(at: datetime) -> Cast:
    """The logins, and the accounts that fill council and team."""
    since = date(at.year - 1, at.month, 1)
    named = {role: User.objects.get(email=email_of(role)) for role in Role}
    secret = make_password(PASSWORD)

    def more(mailbox: str, name: str, role: Role) -> User:
        user = User.objects.create(
            email=f"{mailbox}@{DOMAIN}", name=name, password=secret, created_at=at
        )
        Membership.objects.create(user=user, role=role, starts_on=since)
        return user

    members = [named[Role.COUNCIL_MEMBER]]
    for number in range(2, _ORDINARY + 1):
        name = f"Thành viên hội đồng {number} (mẫu)"
        members.append(more(f"thanh-vien-{number}", name, Role.COUNCIL_MEMBER))
    advisers = [named[Role.ADVISORY_MEMBER]]
    for number in range(2, len(_ADVISERS) + 1):
        name = f"Thành viên tổ tư vấn {number} (mẫu)"
        advisers.append(more(f"to-tu-van-{number}", name, Role.ADVISORY_MEMBER))
    return Cast(
        named[Role.PROVINCIAL_OFFICER],
        named[Role.OFFICE_HEAD],
        named[Role.COUNCIL_CHAIR],
        more("pho-chu-tich", "Phó Chủ tịch hội đồng (mẫu)", Role.COUNCIL_MEMBER),
        named[Role.COUNCIL_SECRETARY],
        tuple(members),
        tuple(advisers),
    )


def constitute(cast: Cast, at: datetime) -> Council:
    """The council, and what each adviser knows about."""
    for adviser, sectors in zip(cast.advisers, _ADVISERS, strict=True):
        advising.set_specialities(
            actor=actor(cast.officer, at), user=adviser, sectors=list(sectors), at=at
        )
    seats = [
        NewSeat(cast.chair, Position.CHAIR, "Ủy ban nhân dân thành phố (mẫu)"),
        NewSeat(cast.deputy, Position.DEPUTY, "Sở Nông nghiệp và Môi trường (mẫu)"),
        NewSeat(cast.secretary, Position.SECRETARY, "Văn phòng Điều phối (mẫu)"),
        *(
            NewSeat(user, Position.MEMBER, body)
            for user, body in zip(cast.members, _BODIES, strict=True)
        ),
    ]
    return constitution.constitute_council(
        actor=actor(cast.officer, at),
        name="Hội đồng đánh giá, phân hạng sản phẩm OCOP cấp thành phố (mẫu)",
        decision_number="2150/QĐ-UBND",
        decided_on=at.date(),
        authority="Chủ tịch Ủy ban nhân dân thành phố Hà Nội",
        members=seats,
        at=at,
    )
