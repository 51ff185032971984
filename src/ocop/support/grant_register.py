"""Whom a row of grants names: producers by tax code or name, products by name."""

import re
from collections import defaultdict
from datetime import date

from ocop.core import folding, options
from ocop.places import queries as places
from ocop.places.models import Level
from ocop.producers import taxcode
from ocop.producers.models import Producer
from ocop.producers.spelling import written_out
from ocop.products.models import Product
from ocop.recognition.keys import same
from ocop.support.grant_fields import Code
from ocop.support.grant_rows import Found, Register

#: After the name of a unit comes nothing, or the unit above it.
_ENDS = r"(?= (?:huyen|quan|thi xa|thanh pho|tp|tinh)\b|$)"


def build() -> Register:
    """All producers and products of the register, ready to be asked for. A name counts however the
    kind is written; marks decide, so Sơn Hà is not Sơn Hạ. Of several with one name the commune
    decides, else none is certain."""
    return _Known().register()


class _Known:
    def __init__(self) -> None:
        self._by_code: dict[str, int] = {}
        self._by_name: dict[str, list[tuple[int, str]]] = defaultdict(list)
        rows = Producer.objects.order_by("pk").values_list(
            "pk", "name", "tax_code", "commune__name"
        )
        for pk, name, tax_code, commune in rows:
            if tax_code:
                self._by_code[tax_code] = pk
            self._by_name[written_out(name)].append((pk, folding.words(commune or "")))
        self._products: dict[int, dict[str, int]] = defaultdict(dict)
        products = Product.objects.order_by("-pk").values_list("producer", "name", "pk")
        for producer, name, pk in products:
            self._products[producer][same(name)] = pk

        self._units: dict[str, list[tuple[int, str, date, date | None]]] = defaultdict(list)
        units = places.of_province(options.PROVINCE.get()).order_by("pk")
        for pk, level, folded, since, until in units.values_list(
            "pk", "level", "folded", "valid_from", "valid_to"
        ):
            self._units[level].append((pk, folded, since, until))

    def register(self) -> Register:
        """The look-ups."""
        return Register(self._producer, self._product, self._unit)

    def _unit(self, level: str, payer: str, year: int) -> int | None:
        """The unit whose name ends that of the office that paid, or stands before a larger one's;
        None where it is not certain. The province is the only one of its level."""
        words, first, last = folding.words(payer), date(year, 1, 1), date(year, 12, 31)
        found = [
            pk
            for pk, name, since, until in self._units.get(level, ())
            if since <= last
            and (until is None or until > first)
            and (level == Level.PROVINCE or re.search(rf"\b{re.escape(name)}{_ENDS}", words))
        ]
        return found[0] if len(found) == 1 else None

    def _producer(self, name: str, tax_code: str, commune: str) -> Found:
        code = taxcode.normalise(tax_code) if tax_code else None
        if code in self._by_code:
            return Found(self._by_code[code])
        alike = self._by_name.get(written_out(name), []) if name else []
        if len(alike) > 1:
            words = folding.words(commune)
            near = [each for each in alike if each[1] and each[1] in words]
            if len(near) != 1:
                return Found(code=Code.PRODUCER_AMBIGUOUS)
            alike = near
        return Found(alike[0][0]) if alike else Found(code=Code.PRODUCER_UNKNOWN)

    def _product(self, producer: int, name: str) -> Found:
        key = self._products.get(producer, {}).get(same(name))
        return Found(key) if key else Found(code=Code.PRODUCT_UNKNOWN)
