"""The papers of a thing as a reader may take them: what each is, in which forms, and its file.

The pages and the API both take papers from the shelf of a dossier, a sitting or a case, so that
what one of them hides the other does not show.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import IO

from ocop.core import folding, papers
from ocop.core.language import using
from ocop.core.official import printing, word
from ocop.core.official import services as frames
from ocop.core.official.paper import Official

_LONGEST = 80  # letters of a file's name
MEDIA_TYPES = {**papers.MEDIA_TYPES, "zip": "application/zip"}
#: Pieces of work that are done while somebody waits: about one second of them.
SMALL = 12
#: Hears how many pieces are done.
Tell = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class File:
    """What is taken: bytes under a plain name."""

    content: bytes
    media_type: str
    name: str


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper on the shelf. It is written when it is taken, not before."""

    key: str  # in addresses of the API
    title: str
    kinds: tuple[str, ...]  # endings
    stem: str  # of the file's name
    write: Callable[[str, IO[bytes], Tell], None]  # into a file, in a form
    pieces: Callable[[], int] = lambda: 1  # of work: one is a printed page or two

    @property
    def is_large(self) -> bool:
        """Whether nobody should wait for it: a job makes it."""
        return self.pieces() > SMALL

    def name(self, kind: str) -> str:
        """A plain name for the file."""
        plain = "-".join(folding.tokens(self.stem))[:_LONGEST] or "van-ban"
        return f"{plain}.{kind}"

    def file(self, kind: str) -> File:
        """The paper in one of its forms."""
        into = BytesIO()
        self.put(kind, into)
        return File(into.getvalue(), MEDIA_TYPES[kind], self.name(kind))

    def put(self, kind: str, into: IO[bytes], tell: Tell | None = None) -> None:
        """Write it into a file: in Vietnamese, its numbers too, whoever takes it."""
        with using("vi"):
            self.write(kind, into, tell or _silent)


def _silent(_done: int) -> None:
    """For who does not ask how far it is."""


def official(
    key: str,
    frame: str,
    stem: str,
    say: Callable[[], Official],
    *,
    title: str = "",
    pieces: Callable[[], int] = lambda: 1,
) -> Paper:
    """A paper to print (PDF) or to go on writing in (DOCX, in the office's frame)."""

    def write(kind: str, into: IO[bytes], _tell: Tell) -> None:
        pdf = kind == "pdf"
        into.write(printing.pdf(say()) if pdf else word.docx(say(), frames.frame_of(frame)))

    return Paper(key, title or frames.PAPERS[frame], ("pdf", "docx"), stem, write, pieces)


def packed(
    key: str,
    title: str,
    stem: str,
    pack: Callable[[IO[bytes], Tell], None],
    pieces: Callable[[], int] = lambda: 1,
) -> Paper:
    """Many papers as one ZIP."""
    return Paper(key, title, ("zip",), stem, lambda _kind, into, tell: pack(into, tell), pieces)


def find(shelf: Sequence[Paper], key: str, kind: str) -> Paper | None:
    """A paper of a shelf; None when the reader has no such paper, or not in this form."""
    return next((paper for paper in shelf if paper.key == key and kind in paper.kinds), None)


def take(shelf: Sequence[Paper], key: str, kind: str) -> File | None:
    """A paper of a shelf in a form; None when the reader has no such paper, or not in this form."""
    found = find(shelf, key, kind)
    return None if found is None else found.file(kind)
