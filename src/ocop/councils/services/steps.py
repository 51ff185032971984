"""What the writes of councils share: rows locked for a step, and refusals told in one way."""

from collections.abc import Collection

from ocop.core.language import gettext as _
from ocop.core.refusals import NotAllowed, Refused
from ocop.councils.models import Item, ItemState, Sitting, SittingState

SCORED = (ItemState.SCORING, ItemState.RESCORING)
OPEN_STATES = (ItemState.WAITING, *SCORED)


def locked_item(item: Item) -> Item:
    """The item as it is now, held until the write ends: one step at a time on a case."""
    return (
        Item.objects.select_for_update(of=("self",))
        .select_related("sitting__council", "case__version")
        .get(pk=item.pk)
    )


def locked_sitting(sitting: Sitting) -> Sitting:
    """The sitting as it is now, held until the write ends."""
    return (
        Sitting.objects.select_for_update(of=("self",)).select_related("council").get(pk=sitting.pk)
    )


def expect_sitting(sitting: Sitting, *states: SittingState) -> None:
    """Refuse unless the sitting is in one of these states."""
    if sitting.state not in states:
        raise Refused(
            "sitting_state",
            _("Phiên họp đang ở trạng thái “%(now)s”, cần “%(wanted)s” để làm việc này.")
            % {
                "now": sitting.get_state_display(),
                "wanted": "”, “".join(str(state.label) for state in states),
            },
        )


def expect_item(item: Item, states: Collection[str]) -> None:
    """Refuse unless the case is in one of these states in its sitting."""
    if item.state not in states:
        raise Refused(
            "item_state",
            _("Sản phẩm “%(case)s” đang ở trạng thái “%(now)s”. Hãy tải lại trang để xem.")
            % {"case": item.case, "now": item.get_state_display()},
        )


def not_yours() -> NotAllowed:
    """Said to whoever is not the person who alone may do it, the system too."""
    return NotAllowed(
        "not_allowed", _("Chỉ thành viên hội đồng tham gia đánh giá mới làm được việc này.")
    )
