"""News of a dossier that waits for its decision again."""

from datetime import datetime

from ocop.core.language import gettext as _
from ocop.dossiers.models import Dossier
from ocop.dossiers.notices import link_to, to_producer_and_commune
from ocop.people.models import Message
from ocop.people.outbox import Words


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
