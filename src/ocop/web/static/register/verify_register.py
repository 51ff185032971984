"""Checks a copy of the public OCOP register. Needs Python 3.9 or later and nothing else.

    python3 verify_register.py FOLDER KEY

FOLDER holds a copy of the log (`checkpoint`, `tile/entries/…`); KEY is the verifier key, as printed
on the page of the log and, better, as noted by you before: name+id+key. Every entry is hashed, the
root is worked out (RFC 9162) and compared with the checkpoint, whose signature is verified
(Ed25519, RFC 8032). With a checkpoint kept from an earlier day as third argument it is also checked
that the log has only grown since.

The office may change its key: the log says so, and the key before has signed the new one. From the
key that you noted its followers are found in the copy; each must be vouched for by the one before.
"""

from __future__ import annotations

import base64
import hashlib
import json
import sys
from pathlib import Path

# Ed25519: y² − x² = 1 + d·x²·y² modulo p; the points form a group whose large part has q elements.
P = 2**255 - 19
Q = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
Point = tuple[int, int, int, int]  # (X, Y, Z, T) with x = X/Z, y = Y/Z, x·y = T/Z


def add(a: Point, b: Point) -> Point:
    """The sum of two points."""
    left, right = (a[1] - a[0]) * (b[1] - b[0]), (a[1] + a[0]) * (b[1] + b[0])
    both, twice = 2 * a[3] * b[3] * D, 2 * a[2] * b[2]
    e, f, g, h = right - left, twice - both, twice + both, right + left
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def times(number: int, point: Point) -> Point:
    """A point so many times."""
    total: Point = (0, 1, 1, 0)
    while number:
        if number & 1:
            total = add(total, point)
        point, number = add(point, point), number >> 1
    return total


def point_of(raw: bytes) -> Point:
    """The point that 32 bytes name."""
    y = int.from_bytes(raw, "little")
    odd, y = y >> 255, y & ((1 << 255) - 1)
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if y >= P or (x * x - square) % P or (x == 0 and odd):
        raise ValueError("no point of the curve")
    if x & 1 != odd:
        x = P - x
    return (x, y, 1, x * y % P)


BASE = point_of((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def is_signed(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the key signed the message."""
    if len(public) != 32 or len(signature) != 64:
        return False
    try:
        key, first = point_of(public), point_of(signature[:32])
    except ValueError:
        return False
    scalar = int.from_bytes(signature[32:], "little")
    digest = hashlib.sha512(signature[:32] + public + message).digest()
    right = add(first, times(int.from_bytes(digest, "little") % Q, key))
    left = times(scalar, BASE)
    same_x = (left[0] * right[2] - right[0] * left[2]) % P == 0
    return scalar < Q and same_x and (left[1] * right[2] - right[1] * left[2]) % P == 0


def key_of(text: str) -> tuple[str, bytes]:
    """The name of the log and the public key that a verifier key tells."""
    parts = text.strip().split("+", 2)
    try:
        raw = base64.b64decode(parts[2], validate=True)
    except (IndexError, ValueError):
        sys.exit("The key cannot be read: it is name+id+key, as the page of the log shows it.")
    if len(raw) != 33 or raw[0] != 1:
        sys.exit("The key cannot be read: it is too short or too long, or of another kind.")
    if id_of(parts[0], raw[1:]) != parts[1]:
        sys.exit("The key is not what it says: its id does not fit.")
    return parts[0], raw[1:]


def id_of(name: str, public: bytes) -> str:
    """The id under which a key signs."""
    return hashlib.sha256(name.encode() + b"\n\x01" + public).hexdigest()[:8]


def told(public: bytes) -> str:
    """A public key as text."""
    return base64.b64encode(public).decode()


class Note:
    """A checkpoint: size and root as it tells them, and who signed it."""

    def __init__(self, path: Path) -> None:
        try:
            text, _, signatures = path.read_text(encoding="utf-8").rpartition("\n\n")
            self.text = text + "\n"
            size, root = self.text.split("\n")[1:3]
            self.size, self.root = int(size), base64.b64decode(root, validate=True)
            self.signatures = []
            for line in signatures.splitlines():
                _dash, signer, coded = line.split(" ", 2)
                raw = base64.b64decode(coded, validate=True)
                self.signatures.append((signer, raw[:4].hex(), raw[4:]))
        except OSError as error:
            sys.exit(f"The checkpoint {path} cannot be read: {error.strerror}.")
        except ValueError:
            sys.exit(f"WRONG: {path} is no checkpoint.")

    def names(self, name: str, public: bytes) -> bool:
        """Whether a signature of the key stands under it; one that does not hold ends all."""
        for signer, ours, signature in self.signatures:
            if (signer, ours) == (name, id_of(name, public)):
                if not is_signed(public, self.text.encode(), signature):
                    sys.exit("WRONG: the signature of the checkpoint does not hold.")
                return True
        return False


def keys_of(leaves: list[bytes], noted: bytes) -> tuple[list[bytes], list[bytes]]:
    """The keys that the copy tells: those before the one noted, and those that follow it, the noted
    one first. Each follower is vouched for by the key before it."""
    before: list[bytes] = []
    after = [noted]
    for leaf in leaves:
        if b'"issuer-key"' not in leaf:
            continue
        try:
            entry = json.loads(leaf)
            if (entry["type"], entry["purpose"]) != ("issuer-key", "register"):
                continue
            public = base64.b64decode(entry["public"])
            vouched = base64.b64decode(entry.get("vouched", ""))
        except (ValueError, TypeError, KeyError):
            continue  # no key of ours
        message = f"ocop key register\n{told(public)}\n".encode()
        if public not in after and is_signed(after[-1], message, vouched):
            after.append(public)
        elif public not in after and len(after) == 1:
            before.append(public)
    return before, after


def entries(folder: Path, size: int) -> list[bytes]:
    """The entries of the copy."""
    found: list[bytes] = []
    while len(found) < size:
        number, width = len(found) // 256, size - len(found)
        digits = str(number).zfill((len(str(number)) + 2) // 3 * 3)
        groups = [digits[at : at + 3] for at in range(0, len(digits), 3)]
        place = "/".join(["x" + group for group in groups[:-1]] + groups[-1:])
        path = folder / f"tile/entries/{place}{f'.p/{width}' if width < 256 else ''}"
        try:
            raw = path.read_bytes()
        except OSError as error:
            sys.exit(f"The copy is not whole: {path}: {error.strerror}. Fetch the files again.")
        start = len(found)
        while raw:
            end = 2 + int.from_bytes(raw[:2], "big")
            found.append(raw[2:end])
            raw = raw[end:]
        if len(found) - start != min(width, 256):
            sys.exit(f"WRONG: {path} does not hold the entries that belong there.")
    return found


def root_of(leaves: list[bytes]) -> bytes:
    """The root over the entries."""
    row = [hashlib.sha256(b"\x00" + leaf).digest() for leaf in leaves]
    while len(row) > 1:
        pairs = (row[at] + row[at + 1] for at in range(0, len(row) - 1, 2))
        above = [hashlib.sha256(b"\x01" + pair).digest() for pair in pairs]
        row = above + row[len(above) * 2 :]
    return row[0] if row else hashlib.sha256(b"").digest()


def main(arguments: list[str]) -> None:
    """Check; says what is wrong and ends with 1."""
    if len(arguments) not in (2, 3):
        sys.exit(__doc__)
    folder, (name, noted) = Path(arguments[0]), key_of(arguments[1])
    head = Note(folder / "checkpoint")
    is_noted = head.names(name, noted)
    leaves = entries(folder, head.size)
    if root_of(leaves) != head.root:
        sys.exit("WRONG: the entries are not those that the checkpoint vouches for.")
    before, after = keys_of(leaves, noted)
    if not is_noted and not any(head.names(name, key) for key in after):
        sys.exit("WRONG: the checkpoint is not signed with this key, nor with one that follows it.")
    print(f"OK: {head.size} entries, as signed.")
    if len(after) > 1:
        print("The key was changed, and the one before vouched for it. Note the new one:")
        print(f"{name}+{id_of(name, after[-1])}+{told(bytes([1]) + after[-1])}")
    if arguments[2:]:
        old = Note(Path(arguments[2]))
        if not any(old.names(name, key) for key in before + after):
            sys.exit("WRONG: the earlier checkpoint is not signed with a key of this log.")
        if old.size > head.size or root_of(leaves[: old.size]) != old.root:
            sys.exit("WRONG: the log was rewritten since the earlier checkpoint.")
        print(f"OK: nothing rewritten since the checkpoint over {old.size} entries.")


if __name__ == "__main__":
    main(sys.argv[1:])
