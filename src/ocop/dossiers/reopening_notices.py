"""News of a dossier that waits for its decision again."""

from datetime import datetime

from ocop.core.language import gettext as _
from ocop.dossiers.models import Dossier
from ocop.dossiers.notices import link_to, to_producer_and_commune
from ocop.people.models import Message
from ocop.people.outbox import Words


def draft_ended(*, draft: Dossier, dossier: Dossier, at: datetime) -> list[Message]:
    """A draft ended because the dossier before it waits for its decision again."""

    def words() -> Words:
        return Words(
            _("Hồ sơ nháp đã kết thúc: %s") % draft.product.name,
            _(
                "Kết quả mà hồ sơ nháp dựa vào không còn được tính. Hồ sơ %s trở về chờ quyết "
                "định; khi có kết quả đúng, bạn lập hồ sơ mới và lấy lại nội dung đã soạn."
            )
            % dossier.code,
            link_to(draft),
        )

    return to_producer_and_commune(draft, "draft-ended", words, at)


def reopened(*, dossier: Dossier, at: datetime) -> list[Message]:
    """The producer and the commune learn that nothing is to be filed anew."""

    def words() -> Words:
        return Words(
            _("Hồ sơ chờ quyết định lại: %s") % dossier.product.name,
            _(
                "Kết quả đã ghi theo hồ sơ này không còn được tính. Kết luận của hội đồng vẫn giữ; "
                "hồ sơ chờ quyết định đúng, bạn không phải nộp lại."
            ),
            link_to(dossier),
        )

    return to_producer_and_commune(dossier, "reopened", words, at)
