"""A paper as an answer: PDF, a document in the office's frame, or many of them as one file."""

from collections.abc import Sequence

from django.http import Http404, HttpResponse

from ocop.core import folding
from ocop.core.official import shelf
from ocop.core.official.shelf import Paper


def answer(papers: Sequence[Paper], key: str, kind: str) -> HttpResponse:
    """A paper of a shelf: PDF is shown, the rest saved. 404 for what the reader does not have."""
    file = shelf.take(papers, key, kind)
    if file is None:
        raise Http404
    return sent(file.content, file.media_type, file.name, shown=kind == "pdf")


def sent(content: bytes, media_type: str, name: str, *, shown: bool = False) -> HttpResponse:
    """A file under a plain name, never kept by shared caches."""
    response = HttpResponse(content, content_type=media_type)
    stem, _dot, ending = name.rpartition(".")
    plain = "-".join(folding.tokens(stem))[:80] or "van-ban"
    how = "inline" if shown else "attachment"
    response["Content-Disposition"] = f'{how}; filename="{plain}.{ending}"'
    response["Cache-Control"] = "private, no-store"
    return response
