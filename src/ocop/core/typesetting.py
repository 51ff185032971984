"""PDF from a page described in Typst and its data, in the typeface and colours of the pages."""

import json
from collections.abc import Mapping
from importlib import resources
from typing import Any

import fontpkg_be_vietnam_pro
import typst

from ocop.core import language


def pdf(package: str, name: str, data: Mapping[str, Any]) -> bytes:
    """Set the page `name`, a file of `package`, below what all papers share (`paper.typ`).

    The page finds `data` in the variable of that name; `title` is the document's, and its
    `language` that of the messages unless it names one.
    """
    shared = (resources.files("ocop.core") / "paper.typ").read_bytes()
    source = (resources.files(package) / name).read_bytes()
    fonts = str(resources.files(fontpkg_be_vietnam_pro))
    told = {"language": language.active(), **data}
    inputs = {"data": json.dumps(told, ensure_ascii=False)}
    compiled = typst.compile(shared + source, sys_inputs=inputs, font_paths=[fonts])  # type: ignore[misc]
    assert isinstance(compiled, bytes)  # one document, not pages of pictures
    return compiled
