"""Reads of what the council concluded on a dossier."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal

from django.db.models import QuerySet
from django.utils import timezone

from ocop.core.events import activity
from ocop.councils.models import Item, ItemState, SittingState
from ocop.criteria.scoring import CENTRAL
from ocop.dossiers.models import CentralReferral, Dossier
from ocop.recognition.decisions import stars_before
from ocop.recognition.models import Kind

CENTRAL_FROM = Decimal(90)  # the total from which a dossier may go to the Ministry (Art. 5)
CERTIFIED = 3


@dataclass(frozen=True, slots=True)
class Conclusion:
    """The result that a decision rests on: points, star, the day it was found, and by whom."""

    total: Decimal | None
    star: int | None
    on: date
    central: bool

    @property
    def proposes_five(self) -> bool:
        """Five stars by a provincial council: a proposal, as the Ministry gives them (Art. 5)."""
        return self.star == CENTRAL and not self.central


def last_item(dossier: Dossier) -> Item | None:
    """The item on which the council concluded last with a result; None before that. A first pass
    only finds gaps."""
    if dossier.case_id is None:
        return None
    return (
        Item.objects.filter(case=dossier.case_id, state=ItemState.CONCLUDED, sitting__passing=2)
        .select_related("sitting__council")
        .order_by("-concluded_at", "-pk")
        .first()
    )


def referral_of(dossier: Dossier) -> CentralReferral | None:
    """The dossier's last way to the Ministry, when it went and did not come back unexamined."""
    return _referrals(dossier).order_by("-pk").first()


def came_back_unexamined(dossier: Dossier) -> bool:
    """Whether the Ministry gave it back without a result and it was not sent again since."""
    last = CentralReferral.objects.filter(dossier=dossier).order_by("-pk").first()
    return last is not None and last.returned and last.central_on is None


def was_sent(dossier: Dossier) -> bool:
    """Whether the result that stands went to the Ministry already. What came back and was
    evaluated again since has a new result, which did not."""
    return referral_of(dossier) is not None and not _again(dossier)


def conclusion_of(dossier: Dossier) -> Conclusion | None:
    """What a decision may rest on now: the Ministry's result when there is one, else the
    council's last conclusion. Where the province evaluated again, its council has the last word.
    """
    referral = referral_of(dossier)
    if referral is not None and referral.central_on is not None and not _again(dossier):
        return Conclusion(referral.central_total, referral.central_star, referral.central_on, True)
    item = last_item(dossier)
    if item is None or item.concluded_at is None:
        return None
    sat_on = timezone.localdate(item.sitting.starts_at)
    concluded_on = timezone.localdate(item.concluded_at)
    return Conclusion(item.mean, item.star, max(sat_on, concluded_on), False)


def is_minuted(dossier: Dossier) -> bool:
    """Whether the sitting that concluded last on it is over, with its minutes: until then the
    council's result is no ground for a decision. Minutes without a day are of the sitting's."""
    item = last_item(dossier)
    if item is None:
        return False
    return item.sitting.state == SittingState.CLOSED and bool(item.sitting.minutes_number)


def minuted_on(dossier: Dossier) -> date:
    """The day of the minutes that the council's result stands in (see `is_minuted`)."""
    item = last_item(dossier)
    assert item is not None
    return item.sitting.minutes_on or timezone.localdate(item.sitting.starts_at)


def was_reopened(dossier: Dossier) -> bool:
    """Whether a result that rested on its last conclusion counts as never given."""
    turns = activity(dossier).filter(name__in=("dossiers.reopened", "dossiers.evaluated_again"))
    last = turns.first()
    return last is not None and last.name == "dossiers.reopened"


def goes_to_ministry(found: Conclusion) -> bool:
    """90 points and more with a star, also one that a missed minimum holds back (Art. 5, ADR 2)."""
    return (
        not found.central
        and found.total is not None
        and found.total >= CENTRAL_FROM
        and found.star is not None
        and found.star >= CERTIFIED
    )


def held_already(dossier: Dossier, found: Conclusion, on: date) -> int | None:
    """The star that an upgrade did not rise above, as the register would refuse a decision on it
    (Art. 6); None where it did, or what the Ministry speaks first on."""
    if dossier.kind != Kind.UPGRADE or found.star is None or goes_to_ministry(found):
        return None
    held = stars_before([dossier.product], on).get(dossier.product_id)
    return held if held is not None and CERTIFIED <= found.star <= held else None


def cut(total: Decimal | None, places: int) -> Decimal | None:
    """A total cut to the places of a column: never rounded up into another band."""
    return total.quantize(Decimal(1).scaleb(-places), ROUND_DOWN) if total is not None else None


def _again(dossier: Dossier) -> bool:
    """Whether the province evaluated again since the Ministry last gave the dossier back."""
    came_back = _referrals(dossier).filter(returned=True).count()
    if _referrals(dossier).count() > came_back:
        return False
    again = activity(dossier).filter(name="dossiers.evaluated_again").count()
    return 0 < came_back <= again


def _referrals(dossier: Dossier) -> QuerySet[CentralReferral]:
    return CentralReferral.objects.filter(dossier=dossier).exclude(returned=True, central_on=None)
