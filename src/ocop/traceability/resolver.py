"""What the address on a pack is answered with (GS1-Conformant Resolver Standard 1.2.1).

One function from what was asked to the answer, without a framework, a database or a clock: the web
process and a resolver of its own are thin adapters around it. What is known of an item, they bring.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl

from ocop.traceability import linksets, negotiation
from ocop.traceability.digital_link import BadSyntax, Item, read
from ocop.traceability.linksets import DEFAULT, DEFAULTS, Link

LINKSET_JSON = "application/linkset+json"
_PAGE = "text/html"
METHODS = ("GET", "HEAD", "OPTIONS")
#: Anyone's page may ask (CORS): what is answered is public.
_ANYONE = (
    ("access-control-allow-origin", "*"),
    ("access-control-expose-headers", "Link, Location"),
)
_LINKSETS = frozenset({"linkset", "all"})  # "all" is what older readers say
_VOCABULARIES = ("https://ref.gs1.org/voc/", "https://gs1.org/voc/", "https://www.gs1.org/voc/")


@dataclass(frozen=True, slots=True)
class Ask:
    """A request: its path and query as they were sent, percent-encoded."""

    method: str
    path: str
    query: str = ""
    accept: str = ""
    languages: str = ""  # Accept-Language


@dataclass(frozen=True, slots=True)
class Answer:
    """`scanned`: the item of a redirect, for who counts. `problem`: why there is none, in English,
    for makers of codes; the adapter makes a page of it."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes = b""
    scanned: Item | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an item: words for it, and where to learn more."""

    description: str
    links: Sequence[Link]


#: Whether an item is known. A serial that nobody issued is not, whatever is known of its product.
Look = Callable[[Item], Known | None]
#: Puts a list of links into a page of the adapter's.
Frame = Callable[[str], bytes]


def answer(ask: Ask, look: Look, root: str, frame: Frame = str.encode) -> Answer:
    """The answer to a request below `root`, the address of the resolver without a slash at its end.

    An unknown lot is answered with what is known of its variant or product. An unknown serial is
    answered with nothing: who copies a code must not be told of the product as if it were genuine.
    """
    if ask.method not in METHODS:
        allowed = (*_ANYONE, ("allow", ", ".join(METHODS)))
        return Answer(405, allowed, problem="Only GET, HEAD and OPTIONS are answered.")
    if ask.method == "OPTIONS":
        asked = ("access-control-allow-methods", ", ".join(METHODS))
        return Answer(204, (*_ANYONE, asked, ("access-control-allow-headers", "*")))
    try:
        item = read(ask.path)
    except BadSyntax as wrong:
        return Answer(400, _ANYONE, problem=str(wrong))
    levels = [(each, known) for each in (item, *item.wider()) if (known := look(each)) is not None]
    if not levels or (item.is_piece and levels[0][0] != item):
        return Answer(404, _ANYONE, problem=f"Nothing is known of {item}.")
    answered = _answered(ask, item, levels, root, frame)
    return replace(answered, body=b"", scanned=None) if ask.method == "HEAD" else answered


Levels = Sequence[tuple[Item, Known]]


def _answered(ask: Ask, item: Item, levels: Levels, root: str, frame: Frame) -> Answer:
    asked = dict(reversed(parse_qsl(ask.query)))
    wanted = asked.get("linkType", "")
    as_json = negotiation.weight_of(LINKSET_JSON, ask.accept)
    as_page = negotiation.weight_of("text/html", ask.accept)
    if wanted in _LINKSETS or (not wanted and _names(ask.accept, LINKSET_JSON)):
        return _linkset(200, levels, root, frame if as_page > as_json else None)
    candidates = _of_type(levels, wanted)
    if not candidates:
        return Answer(404, _ANYONE, problem=f"There is no link of the type {wanted[:80]}.")
    chosen = _narrowed(candidates, ask, asked.get("context", ""))
    if len({link.href for link in chosen}) > 1:
        return _linkset(300, levels, root, frame if as_page > as_json else None)
    return _redirect(chosen[0], ask, item, root)


def _names(accept: str, medium: str) -> bool:
    """Whether Accept names a medium itself; a browser that takes anything asks for no linkset."""
    return any(wish == medium and weight > 0 for wish, weight in negotiation.wishes(accept))


def _of_type(levels: Levels, wanted: str) -> list[Link]:
    """Links of the type that is wanted, else the defaults, of the nearest level that has any."""
    for _item, known in levels:
        if not wanted:
            several = [link for link in known.links if link.type == DEFAULTS]
            found = [*several, *(link for link in known.links if link.type == DEFAULT)]
        else:
            found = [link for link in known.links if link.type == _named(wanted)]
        if found:
            return found
    return []


def _named(wanted: str) -> str:
    """A link type by its name in the vocabulary of GS1, from a CURIE or an address; the same text
    where it is neither."""
    for before in ("gs1:", *_VOCABULARIES):
        if wanted.startswith(before):
            return wanted.removeprefix(before)
    return wanted


def _narrowed(links: list[Link], ask: Ask, context: str) -> list[Link]:
    """Those that fit best. What nothing fits to does not narrow: a link in another language is
    better than none. What programs read is for who names its medium, where a page is beside it."""
    pages = [link for link in links if link.media == _PAGE or _names(ask.accept, link.media)]
    links = pages or links
    weights = [negotiation.weight_of(link.media, ask.accept) for link in links]
    if max(weights) > 0:
        best = max(weights)
        links = [link for link, weight in zip(links, weights, strict=True) if weight == best]
    tag = negotiation.language({tag for link in links for tag in link.languages}, ask.languages)
    links = _or_all(links, [link for link in links if tag in link.languages]) if tag else links
    fitting = [link for link in links if context in link.contexts] if context else []
    links = fitting or _or_all(links, [link for link in links if not link.contexts])
    if not tag and any(link.type == DEFAULT for link in links):
        return [link for link in links if link.type == DEFAULT]
    return links


def _or_all(links: list[Link], fitting: list[Link]) -> list[Link]:
    return fitting or links


def _redirect(link: Link, ask: Ask, item: Item, root: str) -> Answer:
    """To the link, with the query as it came (1.2.1: all pairs are passed on)."""
    target = link.href
    if ask.query:
        target += ("&" if "?" in target else "?") + ask.query
    headers = (
        *_ANYONE,
        ("location", target),
        ("link", f'<{root}{item}?linkType=linkset>; rel="linkset"; type="{LINKSET_JSON}"'),
        ("vary", "Accept, Accept-Language"),
        ("cache-control", "no-store"),  # every scan of a stamp is to arrive
    )
    return Answer(307, headers, scanned=item)


def _linkset(status: int, levels: Levels, root: str, frame: Frame | None) -> Answer:
    document = linksets.document([(f"{root}{item}", *_told(known)) for item, known in levels])
    body = frame(linksets.page(document)) if frame else linksets.text(document)
    headers = (
        *_ANYONE,
        ("content-type", "text/html; charset=utf-8" if frame else LINKSET_JSON),
        (
            "link",
            f'<{linksets.CONTEXT}>; rel="{linksets.CONTEXT_TYPE}"; type="application/ld+json"',
        ),
        ("vary", "Accept, Accept-Language"),
        ("cache-control", "max-age=60"),
        ("content-length", str(len(body))),  # to HEAD as well (RFC 9110, 8.6)
    )
    return Answer(status, headers, body)


def _told(known: Known) -> tuple[str, Sequence[Link]]:
    return known.description, known.links
