"""PDF from a page described in Typst and its data, in the typeface and colours of the pages."""

import json
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


def pdf(package: str, name: str, data: Mapping[str, Any], *, face: str = SCREEN) -> bytes:
    """Set the page `name`, a file of `package`, below what all papers share (`paper.typ`).

    The page finds `data` in the variable of that name; `title` is the document's, and its
    `language` that of the messages unless it names one. Only our own typefaces are looked at, so
    that a paper is the same on every machine.
    """
    shared = (resources.files("ocop.core") / "paper.typ").read_bytes()
    source = (resources.files(package) / name).read_bytes()
    told = {"language": language.active(), "face": face, **data}
    compiled = typst.compile(  # type: ignore[misc]
        shared + source,
        sys_inputs={"data": json.dumps(told, ensure_ascii=False)},
        font_paths=[_folder(face)],
        ignore_system_fonts=True,
    )
    assert isinstance(compiled, bytes)  # one document, not pages of pictures
    return compiled


@cache
def _folder(face: str) -> str:
    """Where the files of a typeface are. Its package is not imported: only its files are used."""
    found = find_spec(_PACKAGES[face])
    if found is None or not found.submodule_search_locations:
        raise ModuleNotFoundError(f"{_PACKAGES[face]}: run make setup")
    return found.submodule_search_locations[0]
