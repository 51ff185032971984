"""Links to the papers of a sitting and of an item, as far as this installation makes them."""

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from ocop.councils.models import Item, Sitting, SittingState

Link = tuple[str, str]  # words, address


def papers_of(sitting: Sitting) -> list[Link]:
    """Before the sitting what goes out, afterwards what is signed; the whole of it as a zip."""
    links = [
        (_("Giấy mời"), "papers:invitation"),
        (_("Phiếu chấm để trống"), "papers:blank_sheets"),
    ]
    if sitting.state in (SittingState.OPEN, SittingState.CLOSED):
        links += [
            (_("Bảng tổng hợp điểm"), "papers:summary"),
            (_("Biên bản"), "papers:minutes"),
            (_("Tất cả văn bản (ZIP)"), "papers:sitting_zip"),
        ]
    return _found((words, name, sitting.code) for words, name in links)


def papers_of_item(item: Item) -> list[Link]:
    """The sheets of one case, to be signed by the members."""
    return _found([(_("Phiếu đã nộp để ký"), "papers:sheets", item.code)])


def _found(wanted: object) -> list[Link]:
    links = []
    for words, name, code in wanted:  # type: ignore[attr-defined]
        try:
            links.append((words, reverse(name, args=[code])))
        except NoReverseMatch:
            continue
    return links
