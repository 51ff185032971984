"""News to a producer's people of what the office did in their place."""

from datetime import datetime

from django.utils import timezone

from ocop.core.language import gettext as _
from ocop.core.language import noop
from ocop.dossiers.models import Dossier
from ocop.dossiers.notices import link_to, to_producer
from ocop.people.models import Message
from ocop.people.outbox import Words

_SUBJECTS = {
    "submit": noop("Văn phòng Điều phối nộp thay hồ sơ: %s"),
    "change": noop("Văn phòng Điều phối đề nghị thay đổi thay bạn: %s"),
    "answer": noop("Văn phòng Điều phối trả lời bổ sung thay bạn: %s"),
    "withdraw": noop("Văn phòng Điều phối rút thay hồ sơ: %s"),
}


def written(*, dossier: Dossier, at: datetime) -> list[Message]:
    """The office writes in the dossier; told once a day."""

    def words() -> Words:
        return Words(
            _("Văn phòng Điều phối ghi thay trong hồ sơ: %s") % dossier.product.name,
            _("Hãy xem nội dung đã ghi ở phần Lịch sử của hồ sơ; chỗ nào không đúng thì sửa lại."),
            link_to(dossier),
        )

    return to_producer(dossier, f"helped:{timezone.localdate(at)}", words, at, once=True)


def acted(*, dossier: Dossier, what: str, reason: str, at: datetime) -> list[Message]:
    """The office filed, changed, answered or withdrew. `what`: a key of the subjects."""

    def words() -> Words:
        return Words(
            _(_SUBJECTS[what]) % dossier.product.name,
            _("Lý do: %s\n\nNếu không đúng ý bạn, hãy báo ngay cho Văn phòng Điều phối.")
            % reason.strip(),
            link_to(dossier),
        )

    return to_producer(dossier, f"helped_{what}", words, at)
