"""PDF from a page described in Typst and its data, in the typeface and colours of the pages."""

import json
import threading
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from typing import Any

import fontpkg_be_vietnam_pro
import typst

from ocop.core import language

_kept = threading.local()  # a compiler sets one page at a time, so each thread has its own


def pdf(package: str, name: str, data: Mapping[str, Any]) -> bytes:
    """Set the page `name`, a file of `package`, below what all papers share (`paper.typ`).

    The page finds `data` in the variable of that name; `title` is the document's, and its
    `language` that of the messages unless it names one.
    """
    told = {"language": language.active(), **data}
    inputs = {"data": json.dumps(told, ensure_ascii=False)}
    if not hasattr(_kept, "compiler"):
        _kept.compiler = typst.Compiler(font_paths=_fonts())
    compiled = _kept.compiler.compile(_source(package, name), sys_inputs=inputs)
    assert isinstance(compiled, bytes)  # one document, not pages of pictures
    return compiled


@lru_cache
def _source(package: str, name: str) -> bytes:
    shared = (resources.files("ocop.core") / "paper.typ").read_bytes()
    return shared + (resources.files(package) / name).read_bytes()


@lru_cache
def _fonts() -> typst.Fonts:
    """Found once: looking through the machine's fonts takes a third of the time of a short page."""
    return typst.Fonts(font_paths=[str(resources.files(fontpkg_be_vietnam_pro))])
