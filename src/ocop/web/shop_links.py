"""How links to shops, their checks and shares look on every face."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from ocop.core.language import gettext as kernel
from ocop.core.numbers import write_number
from ocop.market import checklist, marketplaces, verdicts
from ocop.market.models import LinkCheck, LinkState, ShopLink
from ocop.market.quarters import Quarter

_LOOKS: dict[str, tuple[str, str]] = {
    LinkState.WAITING: ("due", "clock"),
    LinkState.ALIVE: ("ok", "check"),
    LinkState.UNSURE: ("due", "question"),
    LinkState.DEAD: ("bad", "cross"),
}


def tag(link: ShopLink) -> dict[str, Any]:
    """The chip of a link."""
    if link.ends_on is not None:
        return {"words": _("Đã gỡ"), "tone": "flat", "shape": "minus"}
    return _tag(link)


def check_tag(check: LinkCheck) -> dict[str, Any]:
    """The chip of a check."""
    return _tag(check)


def _tag(row: ShopLink | LinkCheck) -> dict[str, Any]:
    tone, shape = _LOOKS[row.state]
    return {"words": row.get_state_display(), "tone": tone, "shape": shape}


def reason(row: ShopLink | LinkCheck) -> str:
    """What came of the last check, in words."""
    return kernel(verdicts.WORDS[verdicts.Reason(row.reason)]) if row.reason else ""


def place(link: ShopLink) -> str:
    """Where a link leads: the marketplace, or the name of the site."""
    found = marketplaces.known().get(link.marketplace)
    return found.name if found else link.host


def kind(link: ShopLink) -> str:
    """The kind of place a link leads to."""
    return kernel(marketplaces.KINDS[marketplaces.kind_of(link.marketplace)])


def buttons(links: list[ShopLink]) -> list[dict[str, str]]:
    """Links as the public sees them."""
    return [{"address": link.address, "words": place(link), "kind": kind(link)} for link in links]


def quarter(each: Quarter) -> str:
    """A quarter in words."""
    return _("quý %(number)s/%(year)s") % {"number": each.number, "year": each.year}


def share(part: Decimal | None) -> str:
    """A share in percent; a dash where nothing was sold."""
    return "–" if part is None else f"{write_number(part, 1)} %"


def money(amount: int) -> str:
    """A sum with its unit."""
    return _("%s đồng") % write_number(amount)


def questions(keys: tuple[str, ...]) -> list[tuple[str, str]]:
    """Questions of a list in words, by their keys."""
    return [(key, kernel(checklist.QUESTIONS[key])) for key in keys]


def kind_words(key: str) -> str:
    """A kind of place in words."""
    return kernel(marketplaces.KINDS[key])
