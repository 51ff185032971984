"""Requests for support by the people who sign in: in every state that there is."""

from collections.abc import Callable, Mapping, Sequence
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
from ocop.support.services import importing, paying, requests
from ocop.support.services.importing import Usual

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
    """Requests of the producer who signs in, and of others; a workbook that waits to be loaded."""
    morning = timezone.localtime(at - _DAY).replace(hour=9, minute=30, second=0, microsecond=0)
    cast = _Cast(
        morning,
        _actor(Role.PROVINCIAL_OFFICER, at),
        _actor(Role.OFFICE_HEAD, at),
        _actor(Role.PRODUCER, at),
    )
    own = Producer.objects.get(memberships__user__email=email_of(Role.PRODUCER))
    policies = Policy.objects.in_bulk(field_name="code")
    _play_own(cast, policies, own)
    others = Producer.objects.filter(demonstration=True, commune__isnull=False).exclude(pk=own.pk)
    makers = list(others.order_by("pk")[: _OTHERS * 7 : 7])
    for place, maker in enumerate(makers):
        code, wanted = _wish(maker, place)
        asked = _ask(cast, cast.officer, policies[code], maker, wanted, days=50 - place)
        if asked is not None:
            _FATES[place % len(_FATES)](cast, asked)
    _bring_workbook(cast, makers)


def _play_own(cast: _Cast, policies: Mapping[str, Policy], own: Producer) -> None:
    """One that is paid, one approved, one that waits, one refused."""
    product = Product.objects.filter(producer=own).order_by("pk").first()
    booth, mark = policies["hn-gian-hang"], policies["mau-nhan-hieu"]
    if paid := _ask(cast, cast.maker, booth, own, _booth(12_000_000), days=40):
        _pay(cast, paid)
    stamps = Wanted("In tem truy xuất (mẫu)", product=product, cost=1_500_000, quantity=1_000)
    if approved := _ask(cast, cast.maker, policies["hn-tem"], own, stamps, days=15):
        _approve(cast, approved)
    if waiting := _ask(cast, cast.maker, mark, own, _mark(product, 28_000_000), days=12):
        _add(cast, waiting, PaperKind.PLAN, "Báo giá dịch vụ bảo hộ nhãn hiệu (mẫu)", days=12)
    if refused := _ask(cast, cast.maker, booth, own, _booth(9_000_000), days=20):
        requests.refuse_request(
            actor=cast.head, request=refused, at=cast.at - 18 * _DAY,
            reason="Hội chợ này do Trung tâm Xúc tiến chi trọn tiền gian hàng (mẫu).",
        )  # fmt: skip


def _wish(maker: Producer, place: int) -> tuple[str, Wanted]:
    """What another producer asks for, and under which policy."""
    product = Product.objects.filter(producer=maker, in_ocop=True).order_by("pk").first()
    if place % 4 == 2 and product is not None:
        return "mau-nhan-hieu", _mark(product, 16_000_000 + 500_000 * place)
    if place % 4 == 3 and product is not None:
        return "mau-thuong-sao", Wanted("Thưởng sản phẩm đạt hạng sao (mẫu)", product=product)
    return "hn-gian-hang", _booth(6_000_000 + 500_000 * place)


def _leave(_cast: _Cast, _asked: SupportRequest) -> None:
    """It waits for an answer."""


def _withdraw(cast: _Cast, asked: SupportRequest) -> None:
    requests.withdraw_request(
        actor=cast.officer, request=asked, reason="Chủ thể hoãn sang năm sau (mẫu)",
        at=asked.asked_at + 2 * _DAY,
    )  # fmt: skip


def _cancel(cast: _Cast, asked: SupportRequest) -> None:
    if approved := _approve(cast, asked):
        requests.cancel_request(
            actor=cast.head, request=approved, reason="Chủ thể không thực hiện (mẫu)",
            at=asked.asked_at + 6 * _DAY,
        )  # fmt: skip


def _pay_and_reclaim(cast: _Cast, asked: SupportRequest) -> None:
    if paid := _pay(cast, asked):
        at = asked.asked_at + 9 * _DAY
        paying.reclaim(
            actor=cast.officer, request=paid, amount=1_000_000, at=at, on=timezone.localdate(at),
            voucher=f"PT {paid.pk} (mẫu)", reason="Một hóa đơn không hợp lệ (mẫu)",
        )  # fmt: skip


def _bring_workbook(cast: _Cast, makers: Sequence[Producer]) -> None:
    """The old register of a district, read and not loaded: two rows can be taken, two cannot."""
    rows = [
        "Chủ thể,Nội dung hỗ trợ,Cơ quan chi,Năm,Số tiền",
        *(
            f"{maker.name},Gian hàng hội chợ,UBND huyện Chương Mỹ,2020,3500000"
            for maker in makers[:2]
        ),
        "Hợp tác xã không có trong sổ (mẫu),Gian hàng hội chợ,UBND huyện Chương Mỹ,2020,3500000",
        f"{makers[2].name},Gian hàng hội chợ,UBND huyện Chương Mỹ,2020,ba triệu rưỡi",
    ]
    importing.read_grants(
        actor=cast.officer, content="\n".join(rows).encode(), at=cast.at - 3 * _DAY,
        filename="so-ho-tro-chuong-my-2020-mau.csv", usual=Usual("district"),
    )  # fmt: skip


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


def _accept(cast: _Cast, asked: SupportRequest) -> SupportRequest | None:
    approved = _approve(cast, asked)
    if approved is None:
        return None
    done = approved.asked_at + 7 * _DAY
    _add(cast, approved, PaperKind.ACCEPTANCE, "Biên bản nghiệm thu (mẫu)", days=0)
    return paying.accept_request(
        actor=cast.officer, request=approved, real_cost=approved.cost * 95 // 100,
        accepted_on=timezone.localdate(done), at=done,
    )  # fmt: skip


def _pay(cast: _Cast, asked: SupportRequest) -> SupportRequest | None:
    accepted = _accept(cast, asked)
    if accepted is None:
        return None
    paid = accepted.asked_at + 8 * _DAY
    return paying.pay_request(
        actor=cast.officer, request=accepted, paid_on=timezone.localdate(paid),
        voucher=f"UNC {accepted.pk} (mẫu)", at=paid,
    )  # fmt: skip


def _add(cast: _Cast, asked: SupportRequest, kind: PaperKind, name: str, *, days: int) -> None:
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


#: What becomes of the requests of others, by turns.
_FATES: tuple[Callable[[_Cast, SupportRequest], object], ...] = (
    _leave, _approve, _accept, _pay, _pay_and_reclaim, _cancel, _withdraw, _pay, _pay,
)  # fmt: skip


def _actor(role: Role, at: datetime) -> Actor:
    user = User.objects.get(email=email_of(role))
    return people.actor_for(user, on=timezone.localdate(at))
