"""A paper as an answer: PDF, or a document in the office's frame."""

from django.http import Http404, HttpResponse

from ocop.core import folding, papers
from ocop.core.official import printing, word
from ocop.core.official import services as frames
from ocop.core.official.paper import Official


def answer(paper: Official, kind: str, key: str, name: str) -> HttpResponse:
    """The paper as PDF (shown) or DOCX (saved); `key` names its frame, `name` the file."""
    if kind == "pdf":
        content = printing.pdf(paper)
    elif kind == "docx":
        content = word.docx(paper, frames.frame_of(key))
    else:
        raise Http404
    return sent(content, papers.MEDIA_TYPES[kind], f"{name}.{kind}", shown=kind == "pdf")


def sent(content: bytes, media_type: str, name: str, *, shown: bool = False) -> HttpResponse:
    """A file under a plain name, never kept by shared caches."""
    response = HttpResponse(content, content_type=media_type)
    stem, _dot, ending = name.rpartition(".")
    plain = "-".join(folding.tokens(stem))[:80] or "van-ban"
    how = "inline" if shown else "attachment"
    response["Content-Disposition"] = f'{how}; filename="{plain}.{ending}"'
    response["Cache-Control"] = "private, no-store"
    return response
