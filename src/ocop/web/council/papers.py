"""Links to the papers of a sitting and of an item, as far as this installation makes them."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from ocop.councils.models import Item, Sheet, Sitting, SittingState
from ocop.web.templatetags.ocop import url_or_blank

Link = tuple[str, str]  # words, address


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper with its forms: to print, to edit, or the file itself."""

    words: str
    links: list[Link]


def papers_of(
    sitting: Sitting, *, leads: bool, plans: bool, recognises: bool = False
) -> list[Paper]:
    """Before the sitting what goes out, afterwards what is signed; the whole of it as a zip.

    Members who do not lead the sitting get the invitation; the rest is not theirs to read. The list
    for decision is of who plans it, and the draft of the decision where it `recognises` anything.
    """
    wanted = [(_("Giấy mời"), "papers:invitation", True)]
    if leads:
        wanted.append((_("Phiếu chấm để trống"), "papers:blank_sheets", False))
    decided = [
        (_("Danh sách đề nghị công nhận"), "papers:decision_list", True),
        *([(_("Dự thảo quyết định công nhận"), "papers:decree", True)] if recognises else []),
    ]
    if leads and sitting.state in (SittingState.OPEN, SittingState.CLOSED):
        wanted += [
            (_("Bảng tổng hợp điểm"), "papers:summary", True),
            (_("Biên bản"), "papers:minutes", True),
            *(decided if plans else []),
            (_("Tất cả văn bản"), "papers:sitting_zip", False),
        ]
    papers = [
        Paper(words, _kinds(name, sitting.code) if kinds else _zip(name, sitting.code))
        for words, name, kinds in wanted
    ]
    return [paper for paper in papers if paper.links]


def papers_of_sheet(item: Item, sheet: Sheet) -> list[Link]:
    """A member's sheet with the opinion, to be signed."""
    return _kinds("papers:member_sheet", item.code, sheet.pk)


def _kinds(name: str, *arguments: object) -> list[Link]:
    found = [("PDF", url_or_blank(name, *arguments, "pdf"))]
    found.append(("DOCX", url_or_blank(name, *arguments, "docx")))
    return [link for link in found if link[1]]


def _zip(name: str, code: str) -> list[Link]:
    address = url_or_blank(name, code)
    return [("ZIP", address)] if address else []
