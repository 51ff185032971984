"""What the writes of councils share: rows locked for a step, and refusals told in one way."""

from ocop.core.language import gettext as _
from ocop.core.refusals import NotAllowed, Refused
from ocop.councils import lifecycle, rules
from ocop.councils.models import Item, Sitting


def locked_item(item: Item) -> Item:
    """The item as it is now, held until the write ends: one step at a time on a case."""
    return (
        Item.objects.select_for_update(of=("self",))
        .select_related("sitting__council", "case__version")
        .defer("case__version__content")
        .get(pk=item.pk)
    )


def locked_sitting(sitting: Sitting) -> Sitting:
    """The sitting as it is now, held until the write ends."""
    return (
        Sitting.objects.select_for_update(of=("self",)).select_related("council").get(pk=sitting.pk)
    )


def expect_sitting(sitting: Sitting, move: str) -> None:
    """Refuse a move that the sitting's state does not allow (`lifecycle.SITTING_MOVES`)."""
    sources = lifecycle.SITTING_MOVES[move].sources
    if sitting.state not in sources:
        wanted = "”, “".join(_(lifecycle.SITTING[state].staff) for state in sources)
        raise Refused(
            "sitting_state",
            _("Phiên họp đang ở trạng thái “%(now)s”, cần “%(wanted)s” để làm việc này.")
            % {"now": _(lifecycle.SITTING[sitting.state].staff), "wanted": wanted},
        )


def expect_item(item: Item, move: str) -> None:
    """Refuse a move that the state of a case in its sitting does not allow."""
    if item.state not in lifecycle.ITEM_MOVES[move].sources:
        raise Refused(
            "item_state",
            _("Sản phẩm “%(case)s” đang ở trạng thái “%(now)s”. Hãy tải lại trang để xem.")
            % {"case": item.case, "now": _(lifecycle.ITEM[item.state].staff)},
        )


def not_yours() -> NotAllowed:
    """Said to whoever is not the person who alone may do it, the system too."""
    return NotAllowed("not_allowed", _(rules.JUDGES))
