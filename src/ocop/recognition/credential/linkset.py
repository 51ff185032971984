"""What there is about a product, as a set of links that programs follow (RFC 9264, JSON), with the
link types of GS1's vocabulary only. From plain values to plain values."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

MEDIA_TYPE = "application/linkset+json"
_GS1 = "https://ref.gs1.org/voc/"
_DEFAULT, _PAGE, _CERTIFICATION = (
    f"{_GS1}{name}" for name in ("defaultLink", "pip", "certificationInfo")
)


@dataclass(frozen=True, slots=True)
class Target:
    """Where a link leads: address, media type, and its title in Vietnamese and in English."""

    href: str
    type: str
    titles: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Credential:
    """A credential: its page, its envelope, and the list that tells whether it is void."""

    page: Target
    envelope: Target
    status_list: Target


def linkset(
    anchor: str, page: Target, certified: Target, credentials: Sequence[Credential]
) -> dict[str, Any]:
    """The links of a product (`anchor`: its Digital Link), and of each of its credentials."""
    first = _link(page)
    told = [_link(certified)]
    for each in credentials:
        told += [_link(each.page), _link(each.envelope)]
    contexts = [{"anchor": anchor, _DEFAULT: [first], _PAGE: [first], _CERTIFICATION: told}]
    return {"linkset": contexts + [_of(each) for each in credentials]}


def _of(credential: Credential) -> dict[str, Any]:
    targets = (credential.envelope, credential.status_list)
    return {"anchor": credential.page.href, _CERTIFICATION: [_link(each) for each in targets]}


def _link(target: Target) -> dict[str, Any]:
    vietnamese, english = target.titles
    found: dict[str, Any] = {
        "href": target.href,
        "title": vietnamese,
        "title*": [
            {"value": vietnamese, "language": "vi"},
            {"value": english, "language": "en"},
        ],
        "type": target.type,
    }
    if target.type == "text/html":
        found["hreflang"] = ["vi", "en"]
    return found
