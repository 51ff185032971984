"""A phone that opens codes: asks a resolver in this process, in this test's own transaction."""

import asyncio
import gzip
import json
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from queue import Queue
from typing import Any, TypeVar
from urllib.parse import unquote

from ocop.core import zone
from ocop.traceability.journal import NotWritten, Scan
from ocop.traceability.seen import Seen
from ocop.traceability.serials import Stamp
from ocop.web.stamps import holding
from ocop.web.stamps.front import Front
from ocop.web.stamps.pages import Pages

T = TypeVar("T")
CHROME = (
    "Mozilla/5.0 (Linux; Android 9; SM-J260G) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/90.0.4430.210 Mobile Safari/537.36"
)
BROWSER = {
    "user-agent": CHROME,
    "accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "accept-language": "vi-VN,vi;q=0.9",
}


class Here(Executor):
    """Does work in the thread of the test, which alone sees its rows; the loop has another."""

    def __init__(self) -> None:
        self._waiting: Queue[tuple[Future[Any], Callable[[], Any]] | None] = Queue()

    def submit(self, work: Callable[..., Any], /, *args: Any, **named: Any) -> "Future[Any]":
        done: Future[Any] = Future()
        self._waiting.put((done, partial(work, *args, **named)))
        return done

    def run(self, coroutine: Coroutine[Any, Any, T]) -> T:
        """Run a coroutine to its end, and do here what it hands over."""
        with ThreadPoolExecutor(1) as apart:
            running = apart.submit(asyncio.run, coroutine)
            running.add_done_callback(lambda _done: self._waiting.put(None))
            while (handed := self._waiting.get()) is not None:
                done, work = handed
                try:
                    done.set_result(work())
                except Exception as error:  # noqa: BLE001  # as an executor does
                    done.set_exception(error)
            return running.result()


class Memory:
    """A journal in memory. `broken`: nothing can be written."""

    def __init__(self) -> None:
        self.scans: list[Scan] = []
        self.broken = False

    def append(self, scans: Sequence[Scan]) -> None:
        if self.broken:
            raise NotWritten("the disk is full")
        self.scans += scans

    def close(self) -> None:
        pass


@dataclass(frozen=True)
class Got:
    """An answer."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        packed = self.headers.get("content-encoding") == "gzip"
        return (gzip.decompress(self.body) if packed else self.body).decode()

    @property
    def to(self) -> str:
        """Where it leads, without the word that the look was counted (see `tickets`)."""
        address, _sign, ticket = self.headers["location"].partition("luot=")
        assert len(ticket) == 10, "no ticket"
        return address[:-1]

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Phone:
    """Opens codes in turn. What the tables hold when it is made, or after `learn`, is known."""

    memory: Memory = field(default_factory=Memory)
    seen: dict[Stamp, Seen] = field(default_factory=dict)
    day: date = field(default_factory=zone.today)

    def __post_init__(self) -> None:
        self.learn()

    @property
    def scans(self) -> list[Scan]:
        return self.memory.scans

    def learn(self) -> None:
        """Read everything again."""
        self.news = holding.everything()

    def open(self, path: str, method: str = "GET", query: str = "", **headers: str) -> Got:
        """What one request is answered with."""
        return self.open_all([path], method, query, **headers)[0]

    def open_all(
        self, paths: Sequence[str], method: str = "GET", query: str = "", **headers: str
    ) -> list[Got]:
        """The answers to several, one after the other, of one resolver."""
        told = BROWSER | {name.replace("_", "-"): value for name, value in headers.items()}

        here = Here()

        async def ask() -> list[Got]:
            front = Front(
                journal=self.memory,
                pages=Pages(here),
                read=lambda _stamps: self.seen,
                follow=False,
            )
            front.turn(holding.Day(self.day, b"salt"))
            front.learn(self.news)
            got = [await asked(front, path, method, query, told) for path in paths]
            await front.close()
            return got

        return here.run(ask())


Application = Callable[[Any, Any, Any], Awaitable[None]]


async def asked(
    application: Application, path: str, method: str, query: str, headers: Mapping[str, str]
) -> Got:
    """Ask an application of ASGI; `path` as it is sent."""
    sent: list[Any] = []

    async def receive() -> Mapping[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": method,
        "path": unquote(path, errors="replace"),
        "raw_path": path.encode("latin-1"),
        "query_string": query.encode("latin-1"),
        "headers": [(name.encode(), value.encode("latin-1")) for name, value in headers.items()],
        "client": ("192.0.2.7", 4711),
    }
    await application(scope, receive, send)
    start, *bodies = sent
    got = {name.decode(): value.decode("latin-1") for name, value in start["headers"]}
    return Got(start["status"], got, b"".join(each["body"] for each in bodies))
