"""The title of a craft village, as every face shows it."""

from django.utils.translation import gettext as _

from ocop.network.villages.models import VillageTitle
from ocop.web.drawing import chip


def title_chip(title: str | None, year: int | None) -> str:
    """The title with its year, as a word and a shape."""
    if not title:
        return chip(_("Chưa công nhận"), "flat", "minus")
    return chip(f"{VillageTitle(title).label}, {year}", "ok", "check")
