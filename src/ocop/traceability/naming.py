"""What our lots, places, materials and packages are called in events (CBV 2.0, 8.2).

With a GS1 number they are called by it. Without one they have a private URN, built as CBV 2.0 has
it: what is named, then class, obj, loc or bt. No host stands in it: events outlive addresses.
"""

import re
from collections.abc import Iterable
from urllib.parse import quote

from django.db.models import Q

from ocop.producers.models import Producer
from ocop.traceability.epcis import identifiers
from ocop.traceability.models import Lot, Material, Site
from ocop.traceability.portions import portions

LOT, MATERIAL, PLACE, PACKAGE, PAPER, STAMP = (
    "lot:class", "material:class", "place:loc", "package:obj", "paper:bt", "stamp:obj",
)  # fmt: skip
_URN = "urn:ocop:"
_OWN = re.compile(r"urn:ocop:([a-z]+:[a-z]+):([0-9A-Za-z]{8}|[0-9A-Za-z]{20})")


#: Materials by the producer that has them and the code of the lot that they came with.
Received = dict[tuple[int, str], Material]


def lot_uri(lot: Lot) -> str:
    """The class of the goods of a lot."""
    if lot.item.gtin:
        return identifiers.trade_item(lot.item.gtin, lot.number)
    return _own(LOT, lot.code)


def site_uri(site: Site) -> str:
    """A place."""
    return identifiers.place(site.gln) if site.gln else _own(PLACE, site.code)


def material_uri(material: Material) -> str:
    """The class of a lot of raw material; what came with a lot's code keeps it, also where the lot
    is somebody's who is not here."""
    if material.lot:
        return lot_uri(material.lot)
    outside = identifiers.lot_of(material.source_code)
    return identifiers.trade_item(*outside) if outside else _own(MATERIAL, material.code)


def package_uri(code: str) -> str:
    """A package that has no SSCC."""
    return _own(PACKAGE, code)


def stamp_uri(serial: str) -> str:
    """A piece of goods without a GTIN, by the serial of its stamp."""
    return _own(STAMP, serial)


def document_uri(producer: Producer, number: str) -> str:
    """A paper of a producer, as a delivery note, by its number."""
    return f"{_URN}{PAPER}:{producer.code.upper()}:{quote(number, safe='')}"


def sites_named(places: Iterable[str]) -> dict[str, Site]:
    """Those of our places that identifiers in their one form name."""
    by_gln: dict[str, list[str]] = {}
    by_code: dict[str, list[str]] = {}
    for text in set(places):
        if gln := _gln(text):
            by_gln.setdefault(gln, []).append(text)
        elif code := _code(text, PLACE):
            by_code.setdefault(code, []).append(text)
    named = Q(gln__in=by_gln) | Q(code__in=by_code)
    found: dict[str, Site] = {}
    if not by_gln and not by_code:
        return found
    for site in Site.objects.filter(named).select_related("producer").order_by():
        for text in (*by_gln.get(site.gln, ()), *by_code.get(site.code, ())):
            found[text] = site
    return found


def materials_named(values: Iterable[str]) -> dict[str, Material]:
    """Those of our materials that identifiers name."""
    by_code = {code: text for text in set(values) if (code := _code(text, MATERIAL))}
    rows = Material.objects.filter(code__in=by_code).select_related("producer")
    return {by_code[row.code]: row for row in rows}


def materials_received(producers: Iterable[int], values: Iterable[str]) -> Received:
    """Those of the materials of producers that came with the code of somebody else's lot, by the
    producer and the code: two producers call the same lot by names of their own."""
    found: Received = {}
    for some in portions({value for value in values if identifiers.lot_of(value)}):
        rows = Material.objects.filter(producer__in=set(producers), source_code__in=some)
        for row in rows.order_by("pk"):
            found[row.producer_id, row.source_code] = row
    return found


def own_code(value: str) -> str:
    """The code of ours in a private URN, as it is printed; "" where there is none."""
    match = _OWN.fullmatch(value)
    return match[2].upper() if match else ""


def _own(kind: str, code: str) -> str:
    return f"{_URN}{kind}:{code.upper()}"


def _code(text: str, kind: str) -> str:
    match = _OWN.fullmatch(text)
    return match[2].lower() if match and match[1] == kind else ""


def _gln(text: str) -> str:
    start = f"{identifiers.ROOT}/414/"
    return text[len(start) :].partition("/")[0] if text.startswith(start) else ""
