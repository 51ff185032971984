"""PDF from a page described in Typst and its data, in the typeface and colours of the pages."""

import json
import threading
from collections.abc import Mapping
from functools import cache
from importlib import resources
from importlib.util import find_spec
from typing import Any

import typst

from ocop.core import language

#: The typeface of our own pages, and that of official papers: as wide as Times New Roman.
SCREEN, PAPER = "Be Vietnam Pro", "TeX Gyre Termes"
_PACKAGES = {SCREEN: "fontpkg_be_vietnam_pro", PAPER: "rinoh_typeface_texgyretermes"}
_kept = threading.local()  # a compiler sets one page at a time, so each thread has its own


def pdf(
    package: str,
    name: str,
    data: Mapping[str, Any],
    *,
    face: str = SCREEN,
    archival: bool = False,
) -> bytes:
    """Set the page `name`, a file of `package`, below what all papers share (`paper.typ`).

    The page finds `data` in the variable of that name; `title` is the document's, and its
    `language` that of the messages unless it names one. Only our own typefaces are looked at, so
    that a paper is the same on every machine. `archival`: as PDF/A-2b (ISO 19005-2).
    """
    told = {"language": language.active(), "face": face, **data}
    inputs = {"data": json.dumps(told, ensure_ascii=False)}
    compiled = _compiler(face).compile(
        _source(package, name), sys_inputs=inputs, pdf_standards="a-2b" if archival else []
    )
    assert isinstance(compiled, bytes)  # one document, not pages of pictures
    return compiled


def _compiler(face: str) -> typst.Compiler:
    kept: dict[str, typst.Compiler] = _kept.__dict__
    if face not in kept:
        kept[face] = typst.Compiler(font_paths=_fonts(face))
    return kept[face]


@cache
def _source(package: str, name: str) -> bytes:
    shared = (resources.files("ocop.core") / "paper.typ").read_bytes()
    return shared + (resources.files(package) / name).read_bytes()


@cache
def _fonts(face: str) -> typst.Fonts:
    """Found once. The package of a typeface is not imported: only its files are used."""
    found = find_spec(_PACKAGES[face])
    if found is None or not found.submodule_search_locations:
        raise ModuleNotFoundError(f"{_PACKAGES[face]}: run make setup")
    return typst.Fonts(include_system_fonts=False, font_paths=[found.submodule_search_locations[0]])
