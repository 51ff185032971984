"""Questions about single stamps: gathered, answered, never waited for without end."""

import asyncio
import threading
from collections.abc import Collection, Mapping
from datetime import UTC, datetime

import pytest

from ocop.traceability import seen_rows
from ocop.traceability.models import StampOpening
from ocop.traceability.seen import UNSEEN, Looks, Seen
from ocop.traceability.serials import Stamp
from tests.factories import ProductFactory
from tests.traceability.factories import make_item
from tests.traceability.stamping import make_order


def test_questions_are_asked_in_groups() -> None:
    groups: list[int] = []
    go_on = threading.Event()

    def read(stamps: Collection[Stamp]) -> Mapping[Stamp, Seen]:
        groups.append(len(stamps))
        go_on.wait(5)
        return {stamp: Seen(scans=stamp.number) for stamp in stamps if stamp.number != 7}

    async def play() -> list[Seen]:
        looks = Looks(read)
        first = looks.of(Stamp(1, 1))
        while not groups:
            await asyncio.sleep(0.01)
        others = [looks.of(Stamp(1, n)) for n in (2, 3, 7, 3)]
        go_on.set()
        told = await asyncio.gather(first, *others)
        await looks.close()
        return told

    told = asyncio.run(play())
    assert [each.scans for each in told] == [1, 2, 3, 0, 3]
    assert groups == [1, 3]


def test_nobody_waits_for_a_database_that_does_not_answer() -> None:
    go_on = threading.Event()

    def read(stamps: Collection[Stamp]) -> Mapping[Stamp, Seen]:
        go_on.wait(5)
        return {stamp: Seen(scans=9) for stamp in stamps}

    async def play() -> Seen:
        looks = Looks(read)
        asked = looks.of(Stamp(1, 1))
        for _ in range(3):  # it is being read, it is still being read, that is enough
            await asyncio.sleep(0.02)
            looks.relieve()
        told = await asyncio.wait_for(asked, 1)
        go_on.set()
        await looks.close()
        return told

    assert asyncio.run(play()) == UNSEEN


def test_request_that_went_away_keeps_nobody() -> None:
    async def play() -> Seen:
        looks = Looks(lambda stamps: {stamp: Seen(scans=1) for stamp in stamps})
        looks.of(Stamp(1, 1)).cancel()
        told = await looks.of(Stamp(1, 1))
        await looks.close()
        return told

    assert asyncio.run(play()) == Seen(scans=1)


@pytest.mark.django_db
def test_opening_is_told_by_its_day_in_vietnam(now: datetime) -> None:
    order = make_order(make_item(ProductFactory(), now), now)
    first = order.first
    assert first is not None
    late = datetime(2026, 11, 22, 18, 30, tzinfo=UTC)  # 01:30 of the 23rd
    StampOpening.objects.create(key=order.key, number=first + 1, opened_at=late)
    StampOpening.objects.create(key=order.key, number=first + 2, tries=1)
    stamps = [Stamp(0, first + n) for n in range(3)]
    assert seen_rows.told_of([*stamps, Stamp(5, first + 1)]) == {
        stamps[1]: Seen(opened="23/11/2026")
    }
