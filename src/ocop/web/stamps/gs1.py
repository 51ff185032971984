"""Codes of GS1: what is known of an item, and redirects of stamps remembered.

What a code is answered with is decided by the pure core (`traceability.resolver`). For stamps of a
sales unit and browsers that send the same headers the answers differ in the serial alone, so they
are taken apart once and put together with the next serial.
"""

import time
from collections.abc import Iterable, Mapping
from functools import partial
from urllib.parse import quote

from ocop.core import language
from ocop.traceability import resolver
from ocop.traceability.digital_link import Item
from ocop.traceability.reference import Found, ItemFact, Reference
from ocop.traceability.resolver import Answer, Ask, Known
from ocop.traceability.serials import Reader
from ocop.web.stamps import assets, links
from ocop.web.stamps.asking import Asked, language_of
from ocop.web.stamps.splicing import Page
from ocop.web.stamps.tickets import Tickets

WELL_KNOWN = "/.well-known/gs1resolver"
LINKSET = "linkset"  # the frame of a list of links
_REMEMBERED = 4_000  # answers
#: The answer of a stamp with its serial taken out of every header.
Route = list[tuple[bytes, list[bytes]]]


class Codes:
    """What is known of codes of GS1 by one reference."""

    def __init__(
        self,
        reference: Reference,
        reader: Reader | None,
        frames: Mapping[tuple[str, str], Page] | None = None,
    ) -> None:
        """`frames`: what stands around a list of links, by its name and the language."""
        self._reference, self._reader, self._frames = reference, reader, frames or {}
        self._routes: dict[tuple[int, str, str], Route] = {}

    def answer(self, asked: Asked) -> Answer:
        """The answer to any request below `/01/`."""
        ask = Ask(asked.method, asked.path, asked.query, asked.accept, asked.languages)
        said = language_of(asked)
        with language.using(said):
            return resolver.answer(ask, self._known, assets.resolver(), partial(self._framed, said))

    def _framed(self, said: str, links: str) -> bytes:
        return self._frames[LINKSET, said].plain({"links": links.encode()})

    def route(self, item: ItemFact, serial: str, asked: Asked) -> list[tuple[bytes, bytes]] | None:
        """Headers of the redirect of a stamp that is known; None: it is answered otherwise. The
        query is empty: it would have to be passed on."""
        key = (item.key, asked.accept, asked.languages)
        route = self._routes.get(key)
        if route is None:
            answered = self.answer(asked)
            if answered.status != 307:
                return None
            route = [
                (name.encode(), [each.encode("latin-1") for each in value.split(serial)])
                for name, value in answered.headers
            ]
            if len(self._routes) >= _REMEMBERED:
                self._routes.clear()
            self._routes[key] = route
        put = serial.encode()
        return [(name, put.join(parts)) for name, parts in route]

    def of_serial(self, gtin: str, serial: str) -> Found | None:
        """The stamp with a serial, if it is one of the sales unit with this GTIN."""
        stamp = self._reader.read(serial) if self._reader else None
        found = self._reference.found(stamp) if stamp else None
        return found if found is not None and found.item.gtin == gtin else None

    def _known(self, item: Item) -> Known | None:
        unit = self._reference.item_of(item.gtin)
        if unit is None or item.variant is not None or item.third_party is not None:
            return None
        if item.serial is not None:
            found = self.of_serial(item.gtin, item.serial)
            if found is None or item.lot not in (None, found.lot.number if found.lot else ""):
                return None
            return links.of_stamp(unit, item.serial)
        if item.lot is not None:
            lot = self._reference.lot_of(unit.key, item.lot)
            return links.of_lot(unit, lot) if lot else None
        return links.of_item(unit)


def led(
    headers: Iterable[tuple[bytes, bytes]],
    tickets: Tickets,
    own: bytes,
    strange: tuple[ItemFact, str] | None = None,
) -> list[tuple[bytes, bytes]]:
    """Headers of a redirect that counted, with the word of it behind an address of ours, which
    begins with `own`. `strange`: a lot that nobody entered, which the page of its sales unit is to
    say."""
    told = []
    for name, value in headers:
        to = value
        if name == b"location" and value.startswith(own):
            if strange is not None:
                page = own + b"P/" + strange[0].code.encode()
                to = to.replace(page, page + b"/" + quote(strange[1], "").encode(), 1)
            to = tickets.behind(to, time.time())
        told.append((name, to))
    return told


def description() -> Mapping[str, object]:
    """What a resolver says of itself, for programs that look for one."""
    return {
        "name": "OCOP",
        "resolverRoot": assets.resolver(),
        "supportedPrimaryKeys": ["01"],
        "linkTypeDefaultCanBeLinkset": False,
        "supportedLinkType": [
            {"namespace": "https://ref.gs1.org/voc/", "prefix": "gs1:"},
        ],
    }
