"""Links of trade items as a linkset (RFC 9264, 4.2), for machines and for people."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from ocop.core.language import gettext as _
from ocop.core.language import noop as N_

VOCABULARY = "https://ref.gs1.org/voc/"
CONTEXT = "https://ref.gs1.org/standards/resolver/linkset-context"
CONTEXT_TYPE = "http://www.w3.org/ns/json-ld#context"

DEFAULT, DEFAULTS = "defaultLink", "defaultLinkMulti"
#: The link types of GS1's vocabulary that are given out, with the words a reader is shown.
TYPES = {
    DEFAULT: N_("Liên kết mặc định"),
    DEFAULTS: N_("Liên kết mặc định theo ngôn ngữ"),
    "pip": N_("Thông tin sản phẩm"),
    "certificationInfo": N_("Chứng nhận"),
    "traceability": N_("Truy xuất nguồn gốc"),
    "dpp": N_("Hộ chiếu số"),
    "epcis": N_("Sự kiện truy xuất"),
    "recallStatus": N_("Tình trạng thu hồi"),
    "hasRetailers": N_("Nơi bán"),
    "masterData": N_("Dữ liệu gốc"),
    "support": N_("Phản ánh"),
}


@dataclass(frozen=True, slots=True)
class Link:
    """Where to learn something of an item. ValueError: a type outside of TYPES."""

    type: str
    href: str
    title: str
    media: str = "text/html"
    languages: tuple[str, ...] = ()  # tags of BCP 47; none: for any reader
    contexts: tuple[str, ...] = ()
    english: str = ""  # the title in English, beside the Vietnamese one

    def __post_init__(self) -> None:
        if self.type not in TYPES:
            raise ValueError(f"“{self.type}” is no link type that is given out")


Level = tuple[str, str, Sequence[Link]]  # address, description, links


def document(levels: Iterable[Level]) -> dict[str, Any]:
    """The linkset of an item and of everything it is a part of."""
    return {"linkset": [_level(*level) for level in levels]}


def _level(anchor: str, description: str, links: Sequence[Link]) -> dict[str, Any]:
    told: dict[str, Any] = {"anchor": anchor, "description": description}
    for link in links:
        told.setdefault(VOCABULARY + link.type, []).append(_target(link))
    return told


def _target(link: Link) -> dict[str, Any]:
    told: dict[str, Any] = {"href": link.href, "title": link.title, "type": link.media}
    if link.english:
        told["title*"] = [
            {"value": link.title, "language": "vi"},
            {"value": link.english, "language": "en"},
        ]
    if link.languages:
        told["hreflang"] = list(link.languages)
    if link.contexts:
        told["context"] = list(link.contexts)
    return told


def text(told: dict[str, Any]) -> bytes:
    """A linkset as JSON."""
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def page(told: dict[str, Any]) -> str:
    """The same for a browser, in the active language: a list of links, with the linkset as JSON-LD
    inside. What stands around it is the adapter's."""
    parts = []
    for level in told["linkset"]:
        parts.append(
            f"<section><h2>{escape(level['description'])}</h2>"
            f'<p class="small quiet whole">{escape(level["anchor"])}</p><ul>'
        )
        for relation, targets in level.items():
            if not isinstance(targets, list):
                continue
            words = escape(_(TYPES[relation.removeprefix(VOCABULARY)]))
            for each in targets:
                said = ", ".join(each.get("hreflang", ()))
                more = f' <span class="quiet">({escape(said)})</span>' if said else ""
                parts.append(f'<li><a href="{escape(each["href"])}">{words}</a>{more}</li>')
        parts.append("</ul></section>")
    linked = {"@context": CONTEXT, **told}
    embedded = json.dumps(linked, ensure_ascii=False).replace("<", "\\u003c")
    return f'{"".join(parts)}<script type="application/ld+json">{embedded}</script>'
