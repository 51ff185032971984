"""What communes answered in a campaign: how many stars by each answer, and which."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _

from ocop.core.language import gettext as kernel
from ocop.programme.campaigns import SILENT, FollowUp
from ocop.programme.tasking import ROW_WORDS
from ocop.web.requests import SignedInRequest

LISTED = 50  # stars on a page


@dataclass(frozen=True, slots=True)
class Answers:
    """Figures, each with its words and the address of its list; the list asked for, if one is."""

    figures: list[tuple[int, str, str]]
    words: str = ""
    page: Page[Any] | None = None


def answers(request: SignedInRequest, found: FollowUp) -> Answers:
    """By each answer that was given; the list of the one that `?answer=` names."""
    words = {key: kernel(said) for key, said in ROW_WORDS.items()}
    words[SILENT] = _("Xã chưa trả lời")
    by_word = found.by_answer()
    figures = [
        (len(by_word[key]), said, f"?answer={key}#tra-loi")
        for key, said in words.items()
        if key in by_word
    ]
    wanted = request.GET.get("answer", "")
    if wanted not in by_word:
        return Answers(figures)
    page = Paginator(by_word[wanted], LISTED).get_page(request.GET.get("page"))
    return Answers(figures, words[wanted], page)
