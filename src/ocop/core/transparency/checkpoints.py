"""Heads of trees and proofs as texts: C2SP tlog-checkpoint and tlog-proof."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ocop.core.transparency.merkle import HASH_SIZE, Unproven, leaf_hash, verify_inclusion
from ocop.core.transparency.notes import VerifierKey, decode, encode, open_note

_NUMBER = re.compile("0|[1-9][0-9]*")
_PROOF = "c2sp.org/tlog-proof@v1"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The head of a log: whose, how many entries, and the root over them."""

    origin: str
    size: int
    root: bytes

    def __str__(self) -> str:
        return f"{self.origin}\n{self.size}\n{encode(self.root)}\n"

    @classmethod
    def parse(cls, text: str) -> "Checkpoint":
        """The head that a text tells; lines after the third are extensions and left aside.

        ValueError: it tells none.
        """
        lines = text.split("\n")
        if len(lines) < 4 or lines[-1] or "" in lines[:-1]:
            raise ValueError("a checkpoint has three lines and no empty one")
        root = decode(lines[2])
        if len(root) != HASH_SIZE:
            raise ValueError("the root has the wrong length")
        return cls(lines[0], _number(lines[1]), root)


@dataclass(frozen=True, slots=True)
class Proof:
    """That an entry stands in a log: its index, the path, and the signed head (a note)."""

    index: int
    path: tuple[bytes, ...]
    checkpoint: str
    extra: bytes = b""

    def __str__(self) -> str:
        lines = [_PROOF]
        if self.extra:
            lines.append(f"extra {encode(self.extra)}")
        lines += [f"index {self.index}", *map(encode, self.path)]
        return "\n".join(lines) + "\n\n" + self.checkpoint

    @classmethod
    def parse(cls, text: str) -> "Proof":
        """The proof of a file. ValueError: it is none."""
        head, found, checkpoint = text.partition("\n\n")
        lines = head.split("\n")
        if not found or lines.pop(0) != _PROOF or not lines:
            raise ValueError("no proof of a transparency log")
        extra = b""
        if lines[0].startswith("extra "):
            extra = decode(lines.pop(0).removeprefix("extra "))
        if not lines or not lines[0].startswith("index "):
            raise ValueError("the proof names no index")
        index = _number(lines.pop(0).removeprefix("index "))
        return cls(index, tuple(map(decode, lines)), checkpoint, extra)

    def verify(self, entry: bytes, *, origin: str, keys: Iterable[VerifierKey]) -> Checkpoint:
        """Check that the log of this name and these keys holds the entry; its head.

        NotSigned, Unproven: it does not prove that.
        """
        text = open_note(self.checkpoint, keys)
        try:
            head = Checkpoint.parse(text)
        except ValueError as error:
            raise Unproven(str(error)) from error
        if head.origin != origin:
            raise Unproven("the head of another log")
        verify_inclusion(
            index=self.index,
            size=head.size,
            leaf=leaf_hash(entry),
            path=self.path,
            root=head.root,
        )
        return head


def _number(text: str) -> int:
    if not _NUMBER.fullmatch(text):
        raise ValueError("no number in its proper form")
    return int(text)
