"""The ceilings of policies: what is taken of them, so that two approvals at once stay below."""

from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import F, Q

from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.producers.models import Producer
from ocop.support.models import Per, Period, Policy, Quota, SupportRequest
from ocop.support.queries import asked_on, star_kept


def expect_star(request: SupportRequest, on: date) -> None:
    """Refuse the bonus of a star that was revoked or annulled since it was asked for."""
    if not star_kept(request, on):
        raise Refused(
            "star_gone",
            _(
                "Hạng %s sao của sản phẩm đã bị thu hồi hoặc hủy kết quả sau ngày đề nghị nên "
                "không được thưởng. Hãy trả lời không duyệt, hoặc hủy đề nghị đã duyệt."
            )
            % request.star,
        )


def hold(producer: Producer) -> None:
    """One approval at a time for a producer: what was given before is read after this."""
    Producer.objects.select_for_update().get(pk=producer.pk)


def take(request: SupportRequest, amount: int) -> None:
    """Count an approval. Refused: a ceiling of the policy was reached meanwhile."""
    row, quantity = _row(request), request.quantity
    free = Quota.objects.filter(
        Q(most_amount=None) | Q(amount__lte=F("most_amount") - amount),
        Q(most_count=None) | Q(count__lt=F("most_count")),
        Q(most_quantity=None) | Q(quantity__lte=F("most_quantity") - quantity),
        pk=row.pk,
    )
    if not free.update(
        amount=F("amount") + amount, count=F("count") + 1, quantity=F("quantity") + quantity
    ):
        raise Refused(
            "ceiling_reached",
            _("Mức tối đa của chính sách đã dùng hết. Hãy tải lại trang để xem phần còn lại."),
        )


def give_back(request: SupportRequest, amount: int, *, whole: bool = False) -> None:
    """Return what was not paid, or came back; `whole`: the support does not count any more."""
    rows = Quota.objects.filter(pk=_row(request).pk, amount__gte=amount)
    times, quantity = (1, request.quantity) if whole else (0, 0)
    rows.update(
        amount=F("amount") - amount, count=F("count") - times, quantity=F("quantity") - quantity
    )


def _row(request: SupportRequest) -> Quota:
    policy = request.policy
    product = request.product if policy.per == Per.PRODUCT else None
    year = asked_on(request).year if policy.period == Period.YEAR else None
    key = f"{request.producer_id}:{product.pk if product else ''}:{year or ''}"
    found = Quota.objects.filter(policy=policy, key=key).first()
    if found:
        return found
    try:
        with transaction.atomic():
            return Quota.objects.create(
                policy=policy, producer=request.producer, product=product, year=year, key=key,
                **_most(policy),
            )  # fmt: skip
    except IntegrityError:  # another made it meanwhile
        return Quota.objects.get(policy=policy, key=key)


def _most(policy: Policy) -> dict[str, int | None]:
    return {
        "most_amount": policy.ceiling,
        "most_count": policy.most_count,
        "most_quantity": policy.most_quantity,
    }
