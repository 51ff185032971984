"""What may be begun for a product, on the pages of the product: one step opens the dossier."""

from dataclasses import dataclass
from datetime import date

from ocop.core.actor import Actor
from ocop.dossiers import lifecycle, rules, standing
from ocop.dossiers.models import Dossier
from ocop.dossiers.queries import carrying, filing
from ocop.products.models import Product, ProductState
from ocop.recognition.models import Kind
from ocop.recognition.validity import State
from ocop.web.producer import reading


@dataclass(frozen=True, slots=True)
class Opening:
    """What may be done now: the dossier under way, or the kinds that can begin (those of a product
    with a star first) and why the others cannot. `asks`: the register does not know how long the
    star holds, so the office says by which road it comes back."""

    under_way: Dossier | None
    words: str
    kinds: tuple[Kind, ...]
    refused: tuple[tuple[str, str], ...]
    asks: bool
    ranked: bool
    earlier: bool  # a dossier to begin from


def opening_of(actor: Actor, product: Product, on: date) -> Opening | None:
    """For who may write dossiers of a product that is still made; None for everybody else."""
    stopped = product.state == ProductState.STOPPED or product.producer.stopped_on is not None
    if stopped or not rules.may_write_dossiers(actor, product.producer, on):
        return None
    found = filing.ruling(product, on)
    star = found[1] if found else None
    under_way = product.dossiers.exclude(state__in=lifecycle.ENDED).first()
    unknown = star is not None and star.state is State.UNKNOWN
    asks = unknown and rules.may_choose_road(actor)
    why = {kind: reason(kind, star, asks=asks) for kind in (Kind.UPGRADE, Kind.REEVALUATION)}
    if star is None or not reason(Kind.FIRST, star, asks=asks):
        why = {Kind.FIRST: reason(Kind.FIRST, star, asks=asks)}
    return Opening(
        under_way=under_way,
        words=reading.state_words(under_way) if under_way else "",
        kinds=tuple(kind for kind, words in why.items() if not words),
        refused=tuple((str(kind.label), words) for kind, words in why.items() if words),
        asks=asks,
        ranked=star is not None,
        earlier=carrying.last_filed(product) is not None,
    )


def reason(kind: str, star: standing.Star | None, *, asks: bool) -> str:
    """Why a kind cannot begin; "" where it can."""
    if asks and kind != Kind.FIRST:
        return ""
    return standing.may_begin(kind, star, after_expiry=filing.after_expiry())
