"""News of a dossier that the Ministry has: to the producer and the commune (Art. 5)."""

from datetime import datetime
from decimal import Decimal

from ocop.core.language import gettext as _
from ocop.core.numbers import write_number
from ocop.criteria.scoring import CENTRAL, CERTIFIED
from ocop.dossiers.models import Dossier
from ocop.dossiers.notices import link_to, to_producer, to_producer_and_commune
from ocop.people.models import Message
from ocop.people.outbox import Words


def sent(*, dossier: Dossier, at: datetime) -> list[Message]:
    """The producer learns that the Ministry evaluates (Art. 5.4)."""

    def words() -> Words:
        return Words(
            _("Hồ sơ được trình Bộ đánh giá: %s") % dossier.product.name,
            _(
                "Sản phẩm đạt từ 90 điểm nên hồ sơ được chuyển Bộ Nông nghiệp và Môi trường đánh "
                "giá 5 sao. Kết quả cấp tỉnh được giữ lại."
            ),
            link_to(dossier),
        )

    return to_producer(dossier, "to_ministry", words, at)


def answered(*, dossier: Dossier, total: Decimal, star: int | None, at: datetime) -> list[Message]:
    """They learn what the Ministry found, and what comes of it."""

    def words() -> Words:
        points = {"total": write_number(total), "star": star}
        if star == CENTRAL:
            body = _("Bộ đánh giá %(total)s điểm, %(star)s sao và sẽ quyết định công nhận.")
        elif star is not None and star >= CERTIFIED:
            body = _(
                "Bộ đánh giá %(total)s điểm, %(star)s sao. Hồ sơ về lại tỉnh: tỉnh quyết định công "
                "nhận theo kết quả này hoặc đánh giá lại."
            )
        else:
            body = _(
                "Bộ đánh giá %(total)s điểm, không đạt 3 sao. Hồ sơ về lại tỉnh: tỉnh đánh giá lại "
                "hoặc kết thúc hồ sơ."
            )
        return Words(
            _("Đã có kết quả của Bộ: %s") % dossier.product.name, body % points, link_to(dossier)
        )

    return to_producer_and_commune(dossier, "central_result", words, at)


def unexamined(*, dossier: Dossier, reason: str, at: datetime) -> list[Message]:
    """They learn that the Ministry gave the dossier back without a result."""

    def words() -> Words:
        return Words(
            _("Bộ trả hồ sơ, chưa đánh giá: %s") % dossier.product.name,
            _(
                "Lý do: %s\n\nKết quả của hội đồng cấp tỉnh vẫn giữ. Hoàn thiện xong, tỉnh trình "
                "Bộ lần nữa."
            )
            % reason.strip(),
            link_to(dossier),
        )

    return to_producer_and_commune(dossier, "unexamined", words, at)


def evaluated_again(*, dossier: Dossier, reason: str, at: datetime) -> list[Message]:
    """They learn that the provincial council takes the dossier once more."""

    def words() -> Words:
        return Words(
            _("Hồ sơ được đánh giá lại tại tỉnh: %s") % dossier.product.name,
            _("Lý do: %s\n\nHội đồng cấp tỉnh sẽ họp đánh giá lại sản phẩm.") % reason.strip(),
            link_to(dossier),
        )

    return to_producer_and_commune(dossier, "evaluated_again", words, at)
