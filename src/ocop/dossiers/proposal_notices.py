"""News of what the advisory team proposes: to who leads the council, and to the office."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone

from ocop.core.language import gettext as _
from ocop.dossiers.models import ChangeRequest, Proposal
from ocop.dossiers.notices import advisers, free, link_to, office_people, tell
from ocop.dossiers.queries import proposals
from ocop.people.models import Message, User
from ocop.people.outbox import Words
from ocop.producers import queries as producers


def proposed(*, proposal: Proposal, at: datetime) -> list[Message]:
    """The team's report is there to be read; a failed test is said with it."""
    dossier, on = proposal.dossier, timezone.localdate(at)
    failed = dossier.tests.filter(passed=False).exists()

    def words() -> Words:
        said = (
            _("Tổ tư vấn đề nghị trình hội đồng: %s")
            if proposal.ready
            else _("Tổ tư vấn báo cáo hồ sơ chưa đủ điều kiện: %s")
        )
        lines = [_("Sản phẩm có phiếu kiểm nghiệm không đạt.") if failed else "", proposal.text]
        return Words(
            said % dossier.product.name, "\n\n".join(filter(None, lines)), link_to(dossier)
        )

    own = producers.people_of(dossier.product.producer, on)
    seats = proposals.leaders(on).exclude(user__in=own)
    leaders = User.objects.filter(pk__in=seats.values("user"), is_active=True)
    to = [*free(dossier, leaders), *office_people(dossier, on)]
    return tell(dossier, to, "proposed", words, at)


def changed(
    *, change: ChangeRequest, fields: Sequence[str], outdated: bool, at: datetime
) -> list[Message]:
    """The team learns that what it examines is another now, and whether its word still holds."""
    dossier = change.dossier

    def words() -> Words:
        lines = [_("Mục thay đổi: %s.") % "; ".join(fields)]
        if outdated:
            lines.append(
                _(
                    "Đề nghị của tổ cũ hơn thay đổi này. Hãy xem lại rồi xác nhận hoặc làm lại đề "
                    "nghị, trước đó hồ sơ không vào chương trình họp được."
                )
            )
        return Words(
            _("Hồ sơ bạn xem xét đã thay đổi: %s") % dossier.product.name,
            "\n\n".join(lines),
            link_to(dossier),
        )

    return tell(dossier, advisers(dossier), f"changed:{change.code}", words, at)
