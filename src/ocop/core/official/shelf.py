"""The papers of a thing as a reader may take them: what each is, in which forms, and its file.

The pages and the API both take papers from the shelf of a dossier, a sitting or a case, so that
what one of them hides the other does not show.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ocop.core import folding, papers
from ocop.core.language import using
from ocop.core.official import printing, word
from ocop.core.official import services as frames
from ocop.core.official.paper import Official

_LONGEST = 80  # letters of a file's name
MEDIA_TYPES = {**papers.MEDIA_TYPES, "zip": "application/zip"}


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
    write: Callable[[str], bytes]

    def file(self, kind: str) -> File:
        """The paper in one of its forms: in Vietnamese, its numbers too, whoever takes it."""
        plain = "-".join(folding.tokens(self.stem))[:_LONGEST] or "van-ban"
        with using("vi"):
            content = self.write(kind)
        return File(content, MEDIA_TYPES[kind], f"{plain}.{kind}")


def official(
    key: str, frame: str, stem: str, say: Callable[[], Official], *, title: str = ""
) -> Paper:
    """A paper to print (PDF) or to go on writing in (DOCX, in the office's frame)."""

    def write(kind: str) -> bytes:
        return printing.pdf(say()) if kind == "pdf" else word.docx(say(), frames.frame_of(frame))

    return Paper(key, title or frames.PAPERS[frame], ("pdf", "docx"), stem, write)


def packed(key: str, title: str, stem: str, pack: Callable[[], bytes]) -> Paper:
    """Many papers as one ZIP."""
    return Paper(key, title, ("zip",), stem, lambda _kind: pack())


def take(shelf: Sequence[Paper], key: str, kind: str) -> File | None:
    """A paper of a shelf in a form; None when the reader has no such paper, or not in this form."""
    found = next((paper for paper in shelf if paper.key == key and kind in paper.kinds), None)
    return None if found is None else found.file(kind)
