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


def resumed(*, dossier: Dossier, reason: str, at: datetime) -> list[Message]:
    """The producer and the commune learn that what they were told of the end does not hold."""

    def words() -> Words:
        return Words(
            _("Rút lại việc không công nhận: %s") % dossier.product.name,
            _(
                "Thông báo không công nhận trước đây ghi nhầm, không còn giá trị. Lý do: "
                "%(reason)s\n\nHồ sơ được xét tiếp ở bước “%(step)s”, bạn không phải nộp lại."
            )
            % {"reason": reason.strip(), "step": dossier.get_state_display()},
            link_to(dossier),
        )

    return to_producer_and_commune(dossier, "resumed", words, at)
