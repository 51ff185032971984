"""A resolver that is starting: nobody is turned away while it reads what it tells."""

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest
from django.db import Error as DatabaseError

from ocop.traceability.following import NOTHING
from ocop.web.stamps import front as front_module
from ocop.web.stamps import holding, process
from ocop.web.stamps.front import Front
from ocop.web.stamps.holding import Holding, News
from tests.web.stamps.phone import Memory

Message = Mapping[str, Any]
DESCRIPTION = {
    "type": "http", "method": "GET", "path": "/.well-known/gs1resolver", "query_string": b"",
    "raw_path": b"/.well-known/gs1resolver", "headers": [], "client": ("192.0.2.7", 1),
}  # fmt: skip


def front() -> Front:
    return Front(journal=Memory(), read=lambda _stamps: {}, follow=False)


async def sent_by(app: Any, scope: Message) -> list[Message]:
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request"}

    await app(scope, receive, send)
    return sent


def test_process_takes_requests_once_it_knows_what_it_tells(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(process, "Front", front)

    async def live() -> tuple[list[str], list[str]]:
        asked: asyncio.Queue[Message] = asyncio.Queue()
        told: list[str] = []

        async def send(message: Message) -> None:
            told.append(message["type"])

        running = asyncio.create_task(process.application({"type": "lifespan"}, asked.get, send))
        await asked.put({"type": "lifespan.startup"})
        await asyncio.sleep(0.05)
        early = list(told)
        assert process._front is not None
        process._front.learn(News(NOTHING))
        await asked.put({"type": "lifespan.shutdown"})
        await running
        return early, told

    early, told = asyncio.run(live())
    assert early == []
    assert told == ["lifespan.startup.complete", "lifespan.shutdown.complete"]


def test_who_asks_while_it_reads_waits_and_is_answered() -> None:
    async def live() -> list[Message]:
        starting = front()
        asking = asyncio.create_task(sent_by(starting, DESCRIPTION))
        await asyncio.sleep(0.05)
        assert not asking.done()
        starting.learn(News(NOTHING))
        found = await asking
        await starting.close()
        return found

    assert asyncio.run(live())[0]["status"] == 200


def test_without_a_database_nobody_waits_for_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    """The reading failed: the phone is told so at once, in words, and asks again by itself."""

    class Closed:
        def begin(self) -> None:
            raise DatabaseError("the database does not answer")

    monkeypatch.setattr(holding, "Follower", Closed)
    monkeypatch.setattr(holding, "close_old_connections", lambda: None)
    monkeypatch.setattr(front_module, "_PATIENCE", 30.0)

    async def live() -> list[Message]:
        starting = front()
        reading = Holding(starting.learn, starting.turn, starting._settled.set)
        found = await asyncio.wait_for(sent_by(starting, DESCRIPTION), 10)
        await reading.close()
        await starting.close()
        return found

    start, body = asyncio.run(live())
    headers = dict(start["headers"])
    assert (start["status"], headers[b"retry-after"], headers[b"refresh"]) == (503, b"5", b"5")
    words = body["body"].decode()
    assert "đang khởi động" in words
    assert "is starting" in words
