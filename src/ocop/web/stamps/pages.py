"""Pages of codes, made once and kept until something they tell changes."""

import asyncio
import secrets
from collections import OrderedDict
from collections.abc import Collection, Mapping
from concurrent.futures import Executor, ThreadPoolExecutor

from django.db import close_old_connections
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import mark_safe

from ocop.core import language, once
from ocop.core.language import gettext as _
from ocop.core.language import noop as N_
from ocop.web.stamps import contexts, splicing
from ocop.web.stamps.contexts import ITEM, STAMP, Subject
from ocop.web.stamps.gs1 import LINKSET
from ocop.web.stamps.splicing import Page

#: Where a stamp, or the code of a sales unit, differs: nobody who writes a story can guess these
#: signs.
_MARKED = (STAMP, ITEM)
_MARKS = {f"[{secrets.token_hex(8)}]": name for name in ("notice", "said")}
_DETAIL = f"[{secrets.token_hex(8)}]"
_MOST = 4_000  # pages kept, some 30 kB each
_THREADS = 2  # that make pages

#: What a code on a pack that is none of ours comes to: it may be reported as it stands.
REPORTED = ("unknown", "malformed")
#: Why there is no page: title, text, and what to do.
_NOTHING = {
    "unknown": (
        N_("Không nhận ra mã này"),
        N_("Mã này không do chúng tôi cấp, hoặc bị gõ sai. Đừng coi nó là tem OCOP."),
        (
            N_("Quét lại mã, hoặc gõ lại đúng từng ký tự in dưới mã."),
            N_("Nếu mã in trên bao bì và vẫn không nhận ra, hãy hỏi nơi bán và báo cho chúng tôi."),
        ),
    ),
    "malformed": (
        N_("Địa chỉ này không đúng dạng"),
        N_("Mã quét được không phải mã sản phẩm hợp lệ."),
        (N_("Quét lại mã trong đủ ánh sáng, cả mã nằm trong khung."),),
    ),
    "busy": (
        N_("Chưa trả lời được lúc này"),
        N_("Hệ thống chưa ghi được lần tra này nên chưa mở trang của tem."),
        (N_("Hãy quét lại sau ít phút. Mã của bạn không sao cả."),),
    ),
    "method": (
        N_("Không làm được việc này ở đây"),
        N_("Địa chỉ này chỉ để xem."),
        (N_("Hãy quét lại mã trên bao bì."),),
    ),
}


def made(subject: Subject) -> Page:
    """The page of a subject, read from the tables now."""
    said = subject.language
    with translation.override(said), language.using(said), once.reading():
        context = contexts.of(subject)
        marks = {name: mark_safe(mark) for mark, name in _MARKS.items()}
        told = context | {"marks": marks if subject.kind in _MARKED else {}}
        text = render_to_string("stamps/page.html", told)
    return splicing.cut(text, _MARKS if subject.kind in _MARKED else {})


def refusals() -> Mapping[tuple[str, str], Page]:
    """The pages of what leads nowhere, by the reason and the language, and the frame of a list of
    links. Each has a gap, `detail`, for makers of codes, or `links`."""
    said = ("vi", "en")
    made = {(why, each): _refusal(why, each) for why in _NOTHING for each in said}
    return made | {(LINKSET, each): _frame(each) for each in said}


def _frame(said: str) -> Page:
    """What stands around a list of links."""
    with translation.override(said), language.using(said), once.reading():
        told = {**contexts.site_of(said), "links": mark_safe(_DETAIL)}
        return splicing.cut(render_to_string("stamps/linkset.html", told), {_DETAIL: "links"})


def _refusal(why: str, said: str) -> Page:
    title, text, steps = _NOTHING[why]
    with translation.override(said), language.using(said), once.reading():
        told = {
            **contexts.site_of(said),
            "title": _(title),
            "text": _(text),
            "steps": [_(each) for each in steps],
            "reported": why in REPORTED,
            "detail": mark_safe(_DETAIL),
        }
        return splicing.cut(render_to_string("stamps/nothing.html", told), {_DETAIL: "detail"})


class Pages:
    """The pages of one event loop. The one that was not asked for longest goes first."""

    def __init__(self, threads: Executor | None = None) -> None:
        """Threads that are given see to their connections themselves."""
        self._make = _made_apart if threads is None else made
        self._kept: OrderedDict[Subject, Page] = OrderedDict()
        self._coming: dict[Subject, asyncio.Future[Page]] = {}
        self._threads = threads or ThreadPoolExecutor(_THREADS, thread_name_prefix="page")

    def kept(self, subject: Subject) -> Page | None:
        """A page that is ready."""
        page = self._kept.get(subject)
        if page is not None:
            self._kept.move_to_end(subject)
        return page

    async def of(self, subject: Subject) -> Page:
        """A page, made if it is not ready; many who ask at once wait for one making."""
        coming = self._coming.get(subject)
        if coming is None:
            loop = asyncio.get_running_loop()
            coming = loop.run_in_executor(self._threads, self._make, subject)
            self._coming[subject] = coming
            coming.add_done_callback(lambda done: self._came(subject, done))
        return await asyncio.shield(coming)

    def drop(self, items: Collection[int] | None) -> None:
        """Forget the pages of these sales units, or all; also those that are being made from what
        was read before."""
        for held in (self._kept, self._coming):
            for subject in [each for each in held if items is None or each.item in items]:
                del held[subject]

    def close(self) -> None:
        """Make no more."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _came(self, subject: Subject, done: "asyncio.Future[Page]") -> None:
        if self._coming.get(subject) is not done:  # dropped since: the next asks again
            return
        del self._coming[subject]
        if not done.cancelled() and done.exception() is None:
            self._kept[subject] = done.result()
            if len(self._kept) > _MOST:
                self._kept.popitem(last=False)


def _made_apart(subject: Subject) -> Page:
    """In a thread, whose connection may have been given up since its last page."""
    close_old_connections()
    try:
        return made(subject)
    finally:
        close_old_connections()
