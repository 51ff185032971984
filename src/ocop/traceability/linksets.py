"""Links of trade items as a linkset (RFC 9264, 4.2), for machines and for people."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

VOCABULARY = "https://ref.gs1.org/voc/"
CONTEXT = "https://ref.gs1.org/standards/resolver/linkset-context"
CONTEXT_TYPE = "http://www.w3.org/ns/json-ld#context"

DEFAULT, DEFAULTS = "defaultLink", "defaultLinkMulti"
#: The link types of GS1's vocabulary that are given out, with the words a reader is shown.
TYPES = {
    DEFAULT: "Default link",
    DEFAULTS: "Default link by language or medium",
    "pip": "Product information",
    "certificationInfo": "Certification",
    "traceability": "Traceability",
    "dpp": "Digital product passport",
    "epcis": "Traceability events",
    "recallStatus": "Recall status",
    "hasRetailers": "Where to buy",
    "masterData": "Master data",
    "support": "Report a problem",
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
    if link.languages:
        told["hreflang"] = list(link.languages)
    if link.contexts:
        told["context"] = list(link.contexts)
    return told


def text(told: dict[str, Any]) -> bytes:
    """A linkset as JSON."""
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def page(told: dict[str, Any]) -> bytes:
    """The same for a browser: a list of links, with the linkset as JSON-LD inside."""
    parts = []
    for level in told["linkset"]:
        parts.append(f"<h1>{escape(level['description'])}</h1><p>{escape(level['anchor'])}</p><ul>")
        for relation, targets in level.items():
            if not isinstance(targets, list):
                continue
            words = TYPES[relation.removeprefix(VOCABULARY)]
            for each in targets:
                said = f"{escape(each['title'])}</a> · {escape(words)}"
                parts.append(f'<li><a href="{escape(each["href"])}">{said}</li>')
        parts.append("</ul>")
    linked = {"@context": CONTEXT, **told}
    embedded = json.dumps(linked, ensure_ascii=False).replace("<", "\\u003c")
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><title>Linkset</title>'
        f'<script type="application/ld+json">{embedded}</script></head>'
        f"<body><main>{''.join(parts)}</main></body></html>"
    ).encode()
