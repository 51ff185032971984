"""The resolver: answers codes in front of the framework, from memory, once a scan is on the disk.

One object for each event loop. `/01/…` is GS1's and leads on to a page below `/T/`, which counts
nothing. `/S/`, `/L/` and `/P/` are short codes of a stamp, a lot and a sales unit: they count and
answer the page at once.
"""

import asyncio
import json
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Collection, Mapping
from contextlib import suppress
from typing import Any
from urllib.parse import quote

from django.db import Error as DatabaseError
from django.db import close_old_connections, connection
from django.urls import reverse

from ocop.core import zone
from ocop.traceability import digital_link, goods_names, seen_rows, visitors
from ocop.traceability.goods_names import NOTHING
from ocop.traceability.journal import FORGED, NO_STAMP, Journal, NotWritten, Scan, Store
from ocop.traceability.reference import Found, ItemFact, LotFact, Reference
from ocop.traceability.resolver import METHODS
from ocop.traceability.scans import journals
from ocop.traceability.seen import Looks, Read, Seen
from ocop.traceability.serials import LENGTH, Reader, Stamp
from ocop.web.stamps import answers, asking, assets, gs1, words
from ocop.web.stamps.asking import Asked, language_of
from ocop.web.stamps.contexts import ITEM, LOT, STAMP, Subject
from ocop.web.stamps.holding import Day, Holding, News
from ocop.web.stamps.pages import REPORTED, Pages
from ocop.web.stamps.splicing import Page
from ocop.web.stamps.tickets import Tickets

Scope = Mapping[str, Any]
Receive = Callable[[], Awaitable[Mapping[str, Any]]]
Send = Callable[[Mapping[str, Any]], Awaitable[None]]

#: What a path of ours begins with.
PREFIXES = ("/01/", "/S/", "/s/", "/T/", "/t/", "/L/", "/l/", "/P/", "/p/", gs1.WELL_KNOWN)
_FORGERS = 10_000  # clients whose wrong serials are told apart between two lines of the journal
_LONGEST = 120  # signs of a code that is none of ours, when it is reported
_TICK = 1.0  # seconds
_PATIENCE = 60.0  # seconds that anybody waits until all is read: a busy machine takes its time
#: Before anything is read there is no page either.
_NOT_YET = (
    "Hệ thống đang khởi động. Trang này tự mở lại sau ít giây.\n\n"
    "The system is starting. This page opens again in a few seconds.\n"
).encode()


class Front:
    """The resolver of the running event loop."""

    def __init__(
        self,
        *,
        journal: Store | None = None,
        pages: Pages | None = None,
        read: Read | None = None,
        follow: bool = True,
    ) -> None:
        """Without `follow` it knows what it is told by `learn` and `turn`, and nothing else."""
        self._loop = asyncio.get_running_loop()
        self._ready = False
        self._settled = asyncio.Event()  # all is read, or it cannot be now
        self._reference = Reference()
        self._reader: Reader | None = None
        self._codes = gs1.Codes(self._reference, None)
        self._refusals: Mapping[tuple[str, str], Page] = {}
        self._words = {said: words.of(said) for said in ("vi", "en")}
        self._pages = pages or Pages()
        self._journal = Journal(journal or journals.store())
        self._looks = Looks(read or _told_of)
        self._today, self._salt = zone.today(), b""
        self._tickets = Tickets(b"")
        self._own = f"{assets.resolver()}{assets.PREFIX}".encode()
        self._forged: Counter[tuple[bytes, str]] = Counter()
        self._writing: set[asyncio.Task[None]] = set()
        self._holding = Holding(self.learn, self.turn, self._settled.set) if follow else None
        self._ticking = self._loop.call_later(_TICK, self._tick)

    async def close(self) -> None:
        """Write what is left and let go of threads and files."""
        self._ticking.cancel()
        if self._holding is not None:
            await self._holding.close()
        self._tell_forged()
        await asyncio.gather(*self._writing)
        await self._journal.close()
        await self._looks.close()
        self._pages.close()

    async def __call__(self, scope: Scope, _receive: Receive, send: Send) -> None:
        if not self._ready and not await self.settled():
            headers = [
                (b"retry-after", b"5"),
                (b"refresh", b"5"),
                (b"content-type", b"text/plain; charset=utf-8"),
                (b"content-length", b"%d" % len(_NOT_YET)),
            ]
            await answers.bare(send, 503, headers, b"" if scope["method"] == "HEAD" else _NOT_YET)
            return
        asked = asking.read(scope)
        head = asked.path[:3].upper()
        if head == "/01":
            await self._gs1(asked, send)
        elif head == "/.W":
            await self._describe(asked, send)
        else:
            await self._short(asked, head[1], send)

    # --- Codes of GS1 --------------------------------------------------------------------------
    async def _gs1(self, asked: Asked, send: Send) -> None:
        path = asked.path
        if len(path) == 42 and path[18:22] == "/21/" and asked.method == "GET" and not asked.query:
            serial = path[22:]
            found, stamp = self._stamp(serial)
            if found is not None and stamp is not None and found.item.gtin == path[4:18]:
                route = self._codes.route(found.item, serial, asked)
                if route is not None:
                    if await self._counted(asked, send, found.item, found.lot, stamp):
                        told = gs1.led(route, self._tickets, self._own)
                        await answers.bare(send, 307, [*told, (b"content-length", b"0")])
                    return
            elif stamp is None and self._reader is not None:
                self._count_forged(asked)
        if self._reader is None and "/21/" in path:
            await self._refuse(asked, send, 503, "busy")
            return
        answered = self._codes.answer(asked)
        if answered.problem:
            headers = [(n.encode(), v.encode("latin-1")) for n, v in answered.headers]
            why = {400: "malformed", 405: "method"}.get(answered.status, "unknown")
            await self._refuse(asked, send, answered.status, why, answered.problem, headers)
            return
        item, strange = answered.scanned, None
        if item is not None and asked.method == "GET":
            unit = self._reference.item_of(item.gtin)
            found, stamp = self._stamp(item.serial) if item.serial else (None, None)
            lot = found.lot if found else None
            if unit is not None and found is None and item.lot is not None:
                lot = self._reference.lot_of(unit.key, item.lot)
            if unit is not None and not await self._counted(asked, send, unit, lot, stamp):
                return
            if unit is not None and item.lot is not None and lot is None:
                strange = (unit, item.lot)
        told = [(n.encode(), v.encode("latin-1")) for n, v in answered.headers]
        headers = gs1.led(told, self._tickets, self._own, strange)
        await answers.resolved(send, answered, headers)

    async def _describe(self, asked: Asked, send: Send) -> None:
        if asked.path.removesuffix("/") != gs1.WELL_KNOWN:
            await self._refuse(asked, send, 404, "unknown")
            return
        if asked.method == "OPTIONS":
            await answers.options(send)
            return
        if asked.method not in METHODS:
            headers = [(b"allow", ", ".join(METHODS).encode())]
            await self._refuse(asked, send, 405, "method", headers=headers)
            return
        body = json.dumps(gs1.description()).encode()
        headers = [
            (b"content-type", b"application/json"),
            (b"access-control-allow-origin", b"*"),
            (b"cache-control", b"public, max-age=3600"),
            (b"content-length", b"%d" % len(body)),
        ]
        await answers.bare(send, 200, headers, b"" if asked.method == "HEAD" else body)

    # --- Short codes and pages -----------------------------------------------------------------
    async def _short(self, asked: Asked, letter: str, send: Send) -> None:
        code = asked.path[3:].removesuffix("/")
        if asked.method == "OPTIONS":
            await answers.options(send)
            return
        if letter == "T":
            if "." in code:
                await self._asset(asked, send)
                return
            letter = "S"
            if code[1:2] == "/":
                letter, code = code[0].upper(), code[2:]
            counts = not self._tickets.holds(asked.query, time.time())
        else:
            counts = True
        # Whoever comes from a page of ours, as by the switch of languages, was counted there.
        counts = counts and asked.method == "GET" and not asked.own
        if letter == "S":
            await self._stamp_page(asked, send, code, counts=counts)
        else:
            await self._other_page(asked, send, letter, code, counts=counts)

    async def _stamp_page(self, asked: Asked, send: Send, serial: str, *, counts: bool) -> None:
        if self._reader is None:
            await self._refuse(asked, send, 503, "busy")
            return
        found, stamp = self._stamp(serial)
        if found is None or stamp is None:
            if stamp is None and len(serial) == LENGTH:
                self._count_forged(asked)
            await self._refuse(asked, send, 404, "unknown")
            return
        serial = serial.upper()
        if asked.method == "POST" and found.hidden:
            await answers.moved(send, 307, _site("stamp_check", serial, asked))
            return
        if await self._elsewhere(asked, send, serial):
            return
        looks = self._looks.of(stamp)
        if counts and not await self._counted(asked, send, found.item, found.lot, stamp):
            return
        said = language_of(asked)
        lot = found.lot.key if found.lot else None
        subject = Subject(STAMP, found.item.key, lot, found.hidden, said, self._today)
        made = self._pages.kept(subject) or await self._pages.of(subject)
        speaking = self._words[said]
        recalled = found.lot is not None and found.lot.recalled  # the page of the lot says so
        told = "" if recalled and found.word == "recalled" else found.word
        filled = {
            "notice": speaking.notice(told),
            "said": speaking.said(serial, found.since, await looks),
        }
        kept = answers.NEVER_KEPT if counts else answers.ASKED_AGAIN
        await answers.page(send, asked, made, filled, said=said, kept=kept)

    async def _other_page(
        self, asked: Asked, send: Send, letter: str, code: str, *, counts: bool
    ) -> None:
        code, _sign, behind = code.partition("/") if letter == "P" else (code, "", "")
        code = code.lower()
        lot = self._reference.lot_coded(code) if letter == "L" else None
        item = self._reference.item_coded(code) if letter == "P" else None
        named = goods_names.behind_unit(code, behind) if behind else NOTHING
        if lot is not None:
            item = self._reference.items.get(lot.item)
        elif item is not None:
            some = (self._reference.lot_of(item.key, number) for number in named.numbers)
            lot = next(filter(None, some), None)
        if item is None or named.serial:  # a serial stands there in no code of ours
            await self._refuse(asked, send, 404, "unknown")
            return
        if await self._elsewhere(asked, send, code):
            return
        if counts and not await self._counted(asked, send, item, lot, None):
            return
        kind, key = (ITEM, None) if lot is None else (LOT, lot.key)
        subject = Subject(kind, item.key, key, False, language_of(asked), self._today)
        made = self._pages.kept(subject) or await self._pages.of(subject)
        kept = answers.NEVER_KEPT if counts else answers.ASKED_AGAIN
        strange = next(filter(digital_link.is_value, named.numbers), "")
        filled = {} if lot else self._words[subject.language].strange(strange)
        await answers.page(send, asked, made, filled, kept=kept)

    async def _elsewhere(self, asked: Asked, send: Send, code: str) -> bool:
        """Whether the request is for the form of reports, or for what nothing here does."""
        if asked.method not in METHODS:
            headers = [(b"allow", ", ".join(METHODS).encode())]
            await self._refuse(asked, send, 405, "method", headers=headers)
            return True
        if asked.query.startswith("phan-anh"):
            await answers.moved(send, 303, _site("complaint_of_code", code, asked))
            return True
        return False

    async def _asset(self, asked: Asked, send: Send) -> None:
        found = assets.asset(asked.path)
        if found is None:
            await self._refuse(asked, send, 404, "unknown")
            return
        headers, body = found.answer(packed=asked.packed)
        await answers.bare(send, 200, headers, b"" if asked.method == "HEAD" else body)

    async def _refuse(
        self,
        asked: Asked,
        send: Send,
        status: int,
        why: str,
        detail: str = "",
        headers: answers.Headers = (),
    ) -> None:
        if why in REPORTED and asked.method == "GET" and asked.query.startswith("phan-anh"):
            # The code as it stands on the pack, for who looks into it: /S/, or the path of GS1.
            code = asked.path[3:] if asked.path[1:3] != "01" else asked.path[1:]
            told = quote(code.rstrip("/"), safe="/%")[:_LONGEST] or "-"
            await answers.moved(send, 303, _site("complaint_of_code", told, asked))
            return
        made = self._refusals[why, language_of(asked)]
        await answers.refused(send, asked, status, made, detail, headers)

    # --- Stamps and scans ----------------------------------------------------------------------
    def _stamp(self, serial: str) -> tuple[Found | None, Stamp | None]:
        """What a serial is. No stamp: no key of ours made it. Nothing found: it was never given
        out."""
        stamp = self._reader.read(serial) if self._reader is not None else None
        return (None, None) if stamp is None else (self._reference.found(stamp), stamp)

    async def _counted(
        self, asked: Asked, send: Send, item: ItemFact, lot: LotFact | None, stamp: Stamp | None
    ) -> bool:
        """Write a look of a person down. False: it could not be, and that is answered instead."""
        if asked.ahead or asking.is_program(asked.agent):
            return True
        version, number = (NO_STAMP, 0) if stamp is None else (stamp.version, stamp.number)
        gtin = item.gtin or ("" if stamp is not None else item.code)
        scan = Scan(
            int(time.time() * 1000),
            gtin,
            "" if lot is None else lot.number,
            version,
            number,
            visitors.client(self._salt, asked.address, asked.agent),
            asked.place,
        )
        try:
            await self._journal.write(scan)
        except NotWritten:
            await self._refuse(asked, send, 503, "busy", headers=[(b"retry-after", b"30")])
            return False
        return True

    def _count_forged(self, asked: Asked) -> None:
        """A serial that no key of ours made: nobody waits until that is written down."""
        who = (visitors.client(self._salt, asked.address, asked.agent), asked.place)
        if who in self._forged or len(self._forged) < _FORGERS:
            self._forged[who] += 1
        else:
            self._forged[b"", ""] += 1

    def _tell_forged(self) -> None:
        forged, self._forged = self._forged, Counter()
        at = int(time.time() * 1000)
        for (client, place), count in forged.items():
            task = self._loop.create_task(
                self._write_forged(Scan(at, "", "", FORGED, count, client, place))
            )
            self._writing.add(task)
            task.add_done_callback(self._writing.discard)

    async def _write_forged(self, scan: Scan) -> None:
        try:
            await self._journal.write(scan)
        except NotWritten:  # a disk that is full: looks of people are refused for it
            return

    # --- What is known -------------------------------------------------------------------------
    async def settled(self) -> bool:
        """Wait until all is read, or cannot be; whether it is."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._settled.wait(), _PATIENCE)
        return self._ready

    def learn(self, news: News) -> None:
        """Take in what was read."""
        if news.all is not None:
            self._reference = news.all
        self._reference.put_items(news.items)
        self._reference.put_lots(news.lots)
        self._reference.put_orders(news.orders)
        if news.reader is not None or news.keyless:
            self._reader = news.reader
        if news.refusals is not None:
            self._refusals = news.refusals
        if news.all is not None or news.items or news.changes.keys:
            self._codes = gs1.Codes(self._reference, self._reader, self._refusals)
        self._pages.drop(news.changes.pages)
        self._ready = True
        self._settled.set()

    def turn(self, day: Day) -> None:
        """Begin a day: what pages tell of yesterday they tell no more."""
        self._today, self._salt = day.day, day.salt
        self._tickets = Tickets(day.salt)
        self._pages.drop(None)

    def _tick(self) -> None:
        self._ticking = self._loop.call_later(_TICK, self._tick)
        self._looks.relieve()
        self._tell_forged()


def _told_of(stamps: Collection[Stamp]) -> Mapping[Stamp, Seen]:
    """What is told of stamps; nothing while the database does not answer."""
    try:
        close_old_connections()
        return seen_rows.told_of(stamps)
    except DatabaseError:
        connection.close()
        return {}


def _site(name: str, code: str, asked: Asked) -> str:
    """A page of the office's host, in the language of this one."""
    return f"{assets.site()}{reverse(name, args=[code])}?lang={language_of(asked)}"
