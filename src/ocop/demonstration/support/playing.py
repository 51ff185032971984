"""Requests for support by the people who sign in: one in every state, one that was refused."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from ocop.core.actor import Actor
from ocop.core.refusals import Refused
from ocop.demonstration.logins import email_of
from ocop.people import queries as people
from ocop.people.models import User
from ocop.people.roles import Role
from ocop.producers.models import Producer
from ocop.products.models import Product
from ocop.support import queries
from ocop.support.models import BudgetLine, PaperKind, Policy, SupportRequest
from ocop.support.queries import Wanted
from ocop.support.services import paying, requests

_DAY = timedelta(days=1)
_OTHERS = 40  # other producers who ask, with the office's help
_PDF = (
    b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n"
    b"%% %s\n%%%%EOF\n"
)


@dataclass(frozen=True, slots=True)
class _Cast:
    at: datetime
    officer: Actor
    head: Actor
    maker: Actor


def play_support(*, at: datetime) -> None:
    """Requests of the producer who signs in, and of others."""
    cast = _Cast(at, _actor(Role.PROVINCIAL_OFFICER, at), _actor(Role.OFFICE_HEAD, at),
                 _actor(Role.PRODUCER, at))  # fmt: skip
    own = Producer.objects.get(memberships__user__email=email_of(Role.PRODUCER))
    product = Product.objects.filter(producer=own).order_by("pk").first()
    booth, mark = (Policy.objects.get(code=code) for code in ("hn-gian-hang", "mau-nhan-hieu"))
    _pay(cast, _ask(cast, cast.maker, booth, own, _booth(12_000_000), days=40), back=0)
    waiting = _ask(cast, cast.maker, mark, own, _mark(product, 28_000_000), days=12)
    _add(cast, waiting, PaperKind.PLAN, "Báo giá dịch vụ bảo hộ nhãn hiệu (mẫu)", days=12)
    refused = _ask(cast, cast.maker, booth, own, _booth(9_000_000), days=20)
    if refused is not None:
        requests.refuse_request(
            actor=cast.head, request=refused, at=at - 18 * _DAY,
            reason="Hội chợ này do Trung tâm Xúc tiến chi trọn tiền gian hàng (mẫu).",
        )  # fmt: skip
    others = Producer.objects.filter(demonstration=True, commune__isnull=False).exclude(pk=own.pk)
    for place, maker in enumerate(others.order_by("pk")[: _OTHERS * 7 : 7]):
        wanted = _booth(6_000_000 + 500_000 * place)
        asked = _ask(cast, cast.officer, booth, maker, wanted, days=50 - place)
        _go_on(cast, asked, place % 5)


def _go_on(cast: _Cast, asked: SupportRequest | None, fate: int) -> None:
    """Some wait, some are approved, most are paid; one of five had to give a part back."""
    if asked is None or fate == 0:
        return
    if fate == 1:
        _approve(cast, asked)
    else:
        _pay(cast, asked, back=1_000_000 if fate == 4 else 0)


def _ask(
    cast: _Cast, actor: Actor, policy: Policy, maker: Producer, wanted: Wanted, *, days: int
) -> SupportRequest | None:
    """Nothing where the policy gives nothing after what was given before."""
    try:
        return requests.ask_support(
            actor=actor, policy=policy, producer=maker, wanted=wanted, at=cast.at - days * _DAY
        )
    except Refused:
        return None


def _approve(cast: _Cast, asked: SupportRequest) -> SupportRequest | None:
    at = asked.asked_at + 3 * _DAY
    year = timezone.localdate(at).year
    lines = queries.lines_for(asked, year).filter(category=asked.policy.category)
    line = lines.order_by("-amount").first()
    if line is None or line.left < asked.asked_amount:
        return None
    return requests.approve_request(
        actor=cast.head,
        request=asked,
        line=BudgetLine.objects.get(pk=line.pk),
        amount=asked.asked_amount,
        decision=f"{asked.pk}/QĐ-VPĐP (mẫu)",
        decided_on=timezone.localdate(at),
        at=at,
    )


def _pay(cast: _Cast, asked: SupportRequest | None, *, back: int) -> None:
    approved = _approve(cast, asked) if asked else None
    if approved is None:
        return
    done = approved.asked_at + 7 * _DAY
    _add(cast, approved, PaperKind.ACCEPTANCE, "Biên bản nghiệm thu (mẫu)", days=0)
    paying.accept_request(
        actor=cast.officer, request=approved, real_cost=approved.cost * 95 // 100,
        accepted_on=timezone.localdate(done), at=done,
    )  # fmt: skip
    paying.pay_request(
        actor=cast.officer, request=approved, paid_on=timezone.localdate(done + _DAY),
        voucher=f"UNC {approved.pk} (mẫu)", at=done + _DAY,
    )  # fmt: skip
    if back:
        paying.reclaim(
            actor=cast.officer, request=approved, amount=back, at=done + 2 * _DAY,
            on=timezone.localdate(done + 2 * _DAY), voucher=f"PT {approved.pk} (mẫu)",
            reason="Một hóa đơn không hợp lệ (mẫu)",
        )  # fmt: skip


def _add(
    cast: _Cast, asked: SupportRequest | None, kind: PaperKind, name: str, *, days: int
) -> None:
    if asked is None:
        return
    requests.add_request_paper(
        actor=cast.officer,
        request=asked,
        kind=kind,
        name=name,
        content=_PDF % f"{asked.code} {kind}".encode(),
        filename="giay-to.pdf",
        at=cast.at - days * _DAY if days else asked.asked_at + 6 * _DAY,
    )


def _booth(cost: int) -> Wanted:
    return Wanted("Một gian hàng tại hội chợ ở tỉnh khác (mẫu)", cost=cost, quantity=1)


def _mark(product: Product | None, cost: int) -> Wanted:
    return Wanted("Đăng ký bảo hộ nhãn hiệu (mẫu)", product=product, cost=cost)


def _actor(role: Role, at: datetime) -> Actor:
    user = User.objects.get(email=email_of(role))
    return people.actor_for(user, on=timezone.localdate(at))
