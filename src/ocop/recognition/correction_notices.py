"""News of a record that was found wrong: to the producer and its commune."""

from datetime import datetime

from django.utils import timezone

from ocop.core.language import gettext as _
from ocop.core.numbers import write_date
from ocop.people import queries as people
from ocop.people.models import Message
from ocop.people.outbox import Words, tell_each
from ocop.producers.queries import people_of
from ocop.recognition.models import Recognition


def corrected(*, recognition: Recognition, reason: str, at: datetime) -> list[Message]:
    """What stood in the register about the product was entered by mistake."""
    product, decision = recognition.product, recognition.decision
    number = decision.number if decision else recognition.decision_number

    def words() -> Words:
        told = {
            "stars": recognition.stars,
            "number": number or "–",
            "day": write_date(timezone.localdate(at)),
        }
        body = _(
            "Bản ghi %(stars)d sao theo Quyết định %(number)s là do Văn phòng ghi nhầm, đã đính "
            "chính ngày %(day)s và không được tính. Kết quả đúng, nếu có, được ghi thành bản ghi "
            "khác; bạn sẽ được báo."
        )
        return Words(
            _("Đính chính sổ đăng ký: %s") % product.name,
            f"{body % told}\n\n{reason}",
            f"/san-pham/{product.code}/",
        )

    today = timezone.localdate(at)
    officers = people.officers_of(product.commune or recognition.commune, today)
    told = {user.pk: user for user in (*people_of(product.producer, today), *officers)}
    return tell_each(
        users=told.values(),
        kind="recognition.corrected",
        key=f"recognition:{recognition.pk}:corrected",
        words=words,
        at=at,
    )
