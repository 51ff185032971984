"""What the page of a code tells, read for a template: everything but what differs from one stamp to
the next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from ocop.core import options
from ocop.core.actor import ANONYMOUS
from ocop.core.language import gettext as _
from ocop.core.language import noop as N_
from ocop.core.zone import ZONE
from ocop.places import queries as places
from ocop.places.letterhead import letterhead
from ocop.producers import queries as producers
from ocop.products import queries as products
from ocop.recognition.certified import certified
from ocop.recognition.postcheck import public
from ocop.traceability import queries
from ocop.traceability.models import Lot, TradeItem
from ocop.traceability.passport import Stage
from ocop.traceability.step_words import step_words
from ocop.web.public import cards
from ocop.web.stamps import assets, photos

#: More of a story stands on the page of the product: this one is to arrive in one go.
_STORY = 1_500
_STAGES = 40
N_("Văn phòng Điều phối Chương trình xây dựng nông thôn mới")

STAMP, LOT, ITEM, UNKNOWN = "stamp", "lot", "item", "unknown"


class Subject(NamedTuple):
    """What a page is of. `hidden`: the stamp has a code under a layer."""

    kind: str
    item: int
    lot: int | None
    hidden: bool
    language: str
    day: date


@dataclass(frozen=True, slots=True)
class _Story:
    text: str
    more: bool


def of(subject: Subject) -> dict[str, Any]:
    """What is told of a sales unit and a lot of it, in the active language."""
    item = TradeItem.objects.select_related(
        "product__producer__commune", "product__commune", "product__unit"
    ).get(pk=subject.item)
    lot = Lot.objects.select_related("site").get(pk=subject.lot) if subject.lot else None
    product, producer = item.product, item.product.producer
    told = certified(product, subject.day)
    image = products.images_of(product).first()
    facts = queries.facts_of(item, lot)
    return {
        **site_of(subject.language),
        "subject": subject,
        "item": item,
        "lot": lot,
        "product": product,
        "producer": producer,
        "facts": facts,
        "tax_code": producers.facts_for(ANONYMOUS, producer, on=subject.day).tax_code,
        "told": told,
        "since": public.since(told.recognition, told.state, subject.day) if told else "",
        "place": cards.place_of(product) or cards.place_of(producer),
        "stopped": cards.stopped_words(product),
        "photo": photos.small(image.attachment) if image else None,
        "caption": image.caption if image else "",
        "drawing": assets.addresses()[f"sector-{product.sector or 'none'}.svg"],
        "stages": [_stage(each) for each in _once(facts.stages)[-_STAGES:]],
        "story": _story(product.story),
        "expired": lot is not None and lot.expires_on is not None and lot.expires_on < subject.day,
        "public": products.visible_to(ANONYMOUS).filter(pk=product.pk).exists(),
    }


def site_of(language: str) -> Mapping[str, Any]:
    """What every page of codes needs: who answers for it, and where its parts are."""
    province = places.province(options.PROVINCE.get())
    name = province.name if province else ""
    return {
        "language": language,
        "office": _(letterhead().office),  # the usual name has its English
        "province": name,
        "province_short": name.removeprefix("Thành phố ").removeprefix("Tỉnh "),
        "demonstration": options.DEMONSTRATION.get(),
        "site": assets.site(),
        "styles": assets.addresses()["stamp.css"],
    }


def _once(stages: Sequence[Stage]) -> list[Stage]:
    """Steps without those that tell a reader the same again: one day, one place, one thing done,
    written as several events."""
    told: dict[tuple[object, ...], Stage] = {}
    for each in stages:
        key = (step_words(each.step), each.goods, each.at.astimezone(ZONE).date(), each.site_code)
        told.setdefault(key, each)
    return list(told.values())


def _stage(stage: Stage) -> dict[str, Any]:
    return {
        "words": step_words(stage.step),
        "goods": stage.goods,
        "at": stage.at,
        "site": stage.site,
        "site_code": stage.site_code,
    }


def _story(text: str) -> _Story:
    """As much as arrives in one go, to the end of a sentence or a word."""
    if len(text) <= _STORY:
        return _Story(text, more=False)
    part = text[:_STORY]
    end = max(part.rfind(". "), part.rfind(".\n"))
    return _Story(part[: end + 1] if end > _STORY // 2 else part.rpartition(" ")[0] + "…", True)
