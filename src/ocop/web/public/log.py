"""The public log of the register: its page, and the files that anyone may copy."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from ocop.core.actor import Actor
from ocop.core.transparency.notes import NotSigned
from ocop.core.transparency.tiles import is_partial, is_tile_path
from ocop.products import queries as products
from ocop.recognition.log import queries, store
from ocop.recognition.models import LogEntry
from ocop.web.log_words import WORDS, detail
from ocop.web.requests import Request
from ocop.web.sameness import same_for_all

LAST = 10
_INDEX = re.compile("[0-9]{1,15}")
_TEXT = "text/plain; charset=utf-8"
_FOR_GOOD = "public, max-age=31536000, immutable"
_AN_HOUR = "public, max-age=3600"
_SECONDS = "public, max-age=5"
_DAYS = {"until", "on"}
_BROKEN = (NotSigned, ValueError, OSError)


@dataclass(frozen=True, slots=True)
class Line:
    """An entry as the page shows it. `code`: of a product that the visitor may see."""

    index: int
    words: str
    facts: dict[str, Any]
    at: Any
    code: str
    name: str
    detail: str


@require_safe
def page(request: Request) -> HttpResponse:
    """What the log is, its head, its last entries (or those `before` one), and how to copy and
    check it."""
    try:
        published, broken = queries.published(), False
    except _BROKEN:
        published, broken = None, True
    size = published.head.size if published else 0
    end = _before(request, size)
    entries = queries.last_entries(end, LAST)
    context = {
        "published": published,
        "broken": broken,
        "lines": _lines(request.actor, entries),
        "newest": end == size,
        "older": entries[-1].index if entries else 0,
        "origin": settings.BASE_URL.rstrip("/"),
        "address": f"{settings.BASE_URL.rstrip('/')}{reverse('register_log')}".rstrip("/"),
    }
    return render(request, "public/register_log.html", context)


def _before(request: Request, size: int) -> int:
    """Up to which index the page shows entries: all that are published, or before one of them."""
    told = request.GET.get("before", "")
    return min(size, int(told)) if _INDEX.fullmatch(told) else size


@require_safe
def checkpoint(_request: Request) -> HttpResponse:
    """The head of the log."""
    return _file(store.CHECKPOINT, _TEXT, _SECONDS)


@require_safe
@gzip_page
def tile(_request: Request, path: str) -> HttpResponse:
    """A tile of hashes or a bundle of entries. What a full one holds never changes."""
    path = f"tile/{path}"
    if not is_tile_path(path):
        raise Http404
    kept = _AN_HOUR if is_partial(path) else _FOR_GOOD
    return _file(path, "application/octet-stream", kept)


@require_safe
def entry(_request: Request, index: int) -> HttpResponse:
    """One entry, byte for byte as it was hashed."""
    found = queries.entry_at(index)
    if found is None or index >= store.size():
        raise Http404
    return _open(found.leaf.encode(), "application/json", _FOR_GOOD)


@require_safe
def proof(_request: Request, index: int) -> HttpResponse:
    """The proof that an entry is in the log, to be kept and checked without us."""
    try:
        found = queries.proof_of(index)
    except _BROKEN:
        words = _("Nhật ký đang được kiểm tra, chưa tải bằng chứng được.")
        return HttpResponse(words, status=503, content_type=_TEXT)
    if found is None:
        raise Http404
    answer = _open(str(found).encode(), _TEXT, _SECONDS)
    answer["Content-Disposition"] = f'attachment; filename="ocop-{index}.tlog-proof"'
    return answer


def _file(path: str, media_type: str, kept: str) -> HttpResponse:
    try:
        return _open(store.read(path), media_type, kept)
    except FileNotFoundError as error:
        raise Http404 from error


def _open(content: bytes, media_type: str, kept: str) -> HttpResponse:
    """An answer that caches and pages of others may read."""
    answer = HttpResponse(content, content_type=media_type)
    answer["Cache-Control"] = kept
    answer["Access-Control-Allow-Origin"] = "*"
    return same_for_all(answer)


def _lines(actor: Actor, entries: Sequence[LogEntry]) -> list[Line]:
    told = [(each, json.loads(each.leaf)) for each in entries]
    codes = {facts["product"] for _each, facts in told if "product" in facts}
    seen = dict(products.visible_to(actor).filter(code__in=codes).values_list("code", "name"))
    return [
        Line(
            index=each.index,
            words=str(WORDS.get(each.form, each.form)),
            facts={**facts, **{name: parse_date(facts[name]) for name in _DAYS & facts.keys()}},
            at=parse_datetime(facts["recorded_at"]),
            code=facts.get("product", ""),
            name=seen.get(facts.get("product", ""), ""),
            detail=detail(facts),
        )
        for each, facts in told
    ]
