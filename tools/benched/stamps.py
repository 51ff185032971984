"""Puts a lot with stamps into an installation, for the measure: prints some of their serials, and
leaves what the peers need beside the database."""

import json
import os
import sqlite3
import sys
from datetime import date
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ocop.settings")

import django

django.setup()

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from ocop.core.codes import public_code
from ocop.core.folding import words
from ocop.producers.models import Producer
from ocop.products.models import Product
from ocop.traceability import serials, stamp_keys
from ocop.traceability.models import (
    Lot,
    OrderState,
    RangeState,
    StampKey,
    StampOrder,
    StampRange,
    TradeItem,
)
from ocop.web.stamps import pages
from ocop.web.stamps.contexts import STAMP, Subject

_STORY = "Nghề làm bánh của làng có từ lâu đời, mỗi nhà giữ một cách gói riêng. " * 12


@transaction.atomic
def made(gtin: str, count: int) -> tuple[StampKey, Subject]:
    """An order of active stamps and the page of its lot."""
    now = timezone.now()
    name = "Hợp tác xã Đo Tốc Độ (mẫu)"
    producer = Producer.objects.create(
        code=public_code(),
        name=name,
        folded=words(name),
        province="01",
        address="Thôn Một",
        created_at=now,
    )
    product = Product.objects.create(
        code=public_code(),
        name="Bánh gai (mẫu)",
        folded=words("Bánh gai (mẫu)", name),
        producer=producer,
        sector="I",
        story=_STORY,
        province="01",
        listed=True,
        created_at=now,
    )
    item = TradeItem.objects.create(
        code=public_code(),
        product=product,
        name="Hộp 250 g",
        gtin=gtin,
        standards="TCCS 01:2026",
        created_at=now,
    )
    lot = Lot.objects.create(
        code=public_code(), item=item, number="L-01", produced_on=date(2026, 7, 1), created_at=now
    )
    key = stamp_keys.current(at=now)
    order = StampOrder.objects.create(
        code=public_code(),
        item=item,
        quantity=count,
        year=now.year,
        state=OrderState.APPROVED,
        key=key,
        first=0,
        requested_at=now,
    )
    StampRange.objects.create(
        order=order,
        key=key,
        first=0,
        count=count,
        state=RangeState.ACTIVE,
        lot=lot,
        activated_at=now,
    )
    StampKey.objects.filter(pk=key.pk).update(next_number=count)
    return key, Subject(STAMP, item.pk, lot.pk, False, "vi", timezone.localdate())


def main(gtin: str, count: int) -> None:
    key, subject = made(gtin, count)
    block = serials.serials(stamp_keys.serial_key(key.version), 0, count)
    told = [bytes(row).decode() for row in block]
    folder = Path(settings.DATA_DIR)
    page = pages.made(subject).plain({"notice": b"", "said": b"{{ serial }}"}).decode()
    (folder / "page.html").write_text(page)
    (folder / "facts.txt").write_text(f"{gtin}\nL-01\n")
    with sqlite3.connect(folder / "peer.sqlite3") as peer:
        peer.execute("create table stamp (serial text primary key, number integer) without rowid")
        peer.execute(
            "create table scan (id integer primary key, at integer, gtin text, lot text,"
            " version integer, number integer, client blob, place text)"
        )
        rows = ((serial, number) for number, serial in enumerate(told))
        peer.executemany("insert into stamp values (?, ?)", rows)
    print(json.dumps(told))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
