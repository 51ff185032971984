"""Official papers as PDF."""

from dataclasses import asdict
from typing import Any

from ocop.core import typesetting
from ocop.core.numbers import together
from ocop.core.official.paper import MOTTO, NATION, Block, Facts, Grid, Official, Text, headed

_KINDS = {Facts: "facts", Grid: "grid"}


def pdf(paper: Official) -> bytes:
    """The paper set for printing."""
    told: dict[str, Any] = asdict(paper)
    told |= {
        "nation": NATION,
        "motto": MOTTO,
        "language": "vi",
        "parent": headed(paper.parent),
        "issuer": headed(paper.issuer),
        "blocks": [_block(block) for block in paper.blocks],
    }
    return typesetting.pdf("ocop.core.official", "official.typ", told, face=typesetting.PAPER)


def _block(block: Block) -> dict[str, Any]:
    told = {**asdict(block), "kind": _KINDS.get(type(block), "text")}
    if isinstance(block, Text):
        told["text"] = together(block.text)
    return told
