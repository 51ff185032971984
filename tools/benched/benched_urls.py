"""The page of a stamp as a view of our framework: rows by its mapper, the scan committed by itself.

The page itself is kept ready, as the resolver keeps it: only what surrounds it is compared."""

import threading
import time
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

from ocop.core import zone
from ocop.traceability import stamp_keys, visitors
from ocop.traceability.journal import Scan
from ocop.traceability.journal_sqlite import SqliteStore
from ocop.traceability.models import StampException, StampRange
from ocop.traceability.seen import UNSEEN
from ocop.traceability.serials import Reader
from ocop.urls import urlpatterns as ours
from ocop.web.stamps import pages, words
from ocop.web.stamps.contexts import STAMP, Subject
from ocop.web.stamps.splicing import Page

_held = threading.local()
_pages: dict[Subject, Page] = {}


def _reader() -> Reader:
    if not hasattr(_held, "reader"):
        _held.reader = stamp_keys.reader()
        _held.store = SqliteStore(Path(settings.DATA_DIR) / "django.sqlite3")
        _held.words = words.of("vi")
    found: Reader = _held.reader
    return found


def stamp(request: HttpRequest, serial: str) -> HttpResponse:
    told = _reader().read(serial)
    if told is None:
        raise Http404
    part = (
        StampRange.objects.filter(key__version=told.version, first__lte=told.number)
        .select_related("order__item__product", "lot")
        .order_by("-first")
        .first()
    )
    if part is None or part.lot is None or told.number >= part.first + part.count:
        raise Http404
    said = StampException.objects.filter(
        key=part.key_id, first__lte=told.number, first__gt=told.number - 1, lifted_at=None
    ).first()
    item = part.order.item
    subject = Subject(STAMP, item.pk, part.lot_id, part.order.hidden, "vi", zone.today())
    if subject not in _pages:
        _pages[subject] = pages.made(subject)
    agent = request.headers.get("User-Agent", "").encode()
    client = visitors.client(b"salt", request.META["REMOTE_ADDR"], agent)
    now = int(time.time() * 1000)
    _held.store.append(
        [Scan(now, item.gtin, part.lot.number, told.version, told.number, client, "")]
    )
    filled = {
        "notice": _held.words.notice(said.kind if said else part.state),
        "said": _held.words.said(serial, "", UNSEEN),
    }
    return HttpResponse(_pages[subject].packed(filled), headers={"Content-Encoding": "gzip"})


urlpatterns = [path("django/<str:serial>", stamp), *ours]
