"""What the pages of codes need beside their text: one sheet of styles, two files of type, drawings.

They are answered by the resolver itself, under names that change with their content, so a phone
keeps them for ever and a resolver on a host of its own needs no other.
"""

import gzip
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from ocop.web.stamps.photos import stored

_WEB = Path(__file__).parents[1]
_WEIGHTS = (("400", "400"), ("600", "600 700"))
PREFIX = "/T/"
_FOREVER = "public, max-age=31536000, immutable"
_KINDS = {"css": "text/css; charset=utf-8", "woff2": "font/woff2", "svg": "image/svg+xml"}


@dataclass(frozen=True, slots=True)
class Asset:
    """A file as it is answered."""

    kind: str
    content: bytes
    packed: bytes = b""  # as gzip, where that is shorter

    def answer(self, *, packed: bool) -> tuple[list[tuple[bytes, bytes]], bytes]:
        """Headers that say what it is and that it never changes, and the body for who takes gzip or
        does not."""
        shorter = packed and self.packed
        body = self.packed if shorter else self.content
        headers = [
            (b"content-type", self.kind.encode()),
            (b"content-length", b"%d" % len(body)),
            (b"cache-control", _FOREVER.encode()),
            (b"access-control-allow-origin", b"*"),
            (b"vary", b"Accept-Encoding"),
        ]
        if shorter:
            headers.append((b"content-encoding", b"gzip"))
        return headers, body


@cache
def addresses() -> Mapping[str, str]:
    """The path of every file by its plain name: `stamp.css`, `sector-I.svg`."""
    return {plain: path for plain, path, _asset in _made()}


@cache
def _held() -> Mapping[str, Asset]:
    return {path: asset for _plain, path, asset in _made()}


def asset(path: str) -> Asset | None:
    """The file at a path, or a small photograph; None: there is none."""
    found = _held().get(path)
    if found is None and path.endswith(".jpg"):
        content = stored(path.removeprefix(PREFIX).removesuffix(".jpg"))
        return Asset("image/jpeg", content) if content else None
    return found


@cache
def _made() -> list[tuple[str, str, Asset]]:
    return list(_making())


def _making() -> Iterator[tuple[str, str, Asset]]:
    faces = []
    for weight, weights in _WEIGHTS:
        file = _WEB / "static" / "build" / f"be-vietnam-pro-{weight}.woff2"
        if not file.exists():  # a checkout without built files: the phone's own type
            continue
        plain, path, asset = _named(file.name, file.read_bytes())
        yield plain, path, asset
        faces.append(
            f'@font-face{{font-family:"Be Vietnam Pro";font-weight:{weights};font-display:swap;'
            f'src:url({path.removeprefix(PREFIX)}) format("woff2")}}'
        )
    yield _named("stamp.css", "\n".join([*faces, _styles()]).encode())
    for file in sorted((_WEB / "static" / "img").glob("*.svg")):
        yield _named(file.name, file.read_bytes())


def _named(plain: str, content: bytes) -> tuple[str, str, Asset]:
    name, _dot, kind = plain.rpartition(".")
    path = f"{PREFIX}{name}.{sha256(content).hexdigest()[:12]}.{kind}"
    packed = b"" if kind == "woff2" else gzip.compress(content, mtime=0)
    return plain, path, Asset(_KINDS[kind], content, packed)


def _styles() -> str:
    """Colours and measures of all pages, taken out of their layer, and the styles of this one."""
    tokens = (_WEB / "styles" / "tokens.css").read_text()
    _before, _layer, inner = tokens.partition("@layer tokens {")
    told = inner.rstrip().removesuffix("}") + (Path(__file__).parent / "page.css").read_text()
    told = re.sub(r"/\*.*?\*/", "", told, flags=re.DOTALL)
    return re.sub(r"\s*\n\s*", "\n", told).strip() + "\n"


def resolver() -> str:
    """The address of the resolver, without a slash at its end."""
    return str(settings.OCOP_STAMP_URL).rstrip("/")


def page_of(serial: str, said: str) -> str:
    """The address of the page of a stamp in a language, for who comes from another page of ours."""
    return f"{resolver() if site() else ''}{PREFIX}{serial}?lang={said}"


def site() -> str:
    """What stands before a path of the office's pages: nothing where they answer at this host."""
    office = settings.BASE_URL.rstrip("/")
    return "" if office == resolver() else office
