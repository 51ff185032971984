"""Checks a copy of the public OCOP register. Needs Python 3.9 or later and nothing else.

    python3 verify_register.py FOLDER KEY

FOLDER holds a copy of the log (`checkpoint`, `tile/entries/…`); KEY is the verifier key, as printed
on the page of the log and, better, as noted by you before: name+id+key. Every entry is hashed, the
root is worked out (RFC 9162) and compared with the checkpoint, whose signature is verified
(Ed25519, RFC 8032). With a checkpoint kept from an earlier day as third argument it is also checked
that the log has only grown since.
"""

from __future__ import annotations

import base64
import hashlib
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


def head_of(note: str, key: str) -> tuple[int, bytes]:
    """Size and root of a checkpoint that the key signed."""
    name, told, coded = key.split("+", 2)
    public = base64.b64decode(coded)[1:]
    if hashlib.sha256(name.encode() + b"\n\x01" + public).hexdigest()[:8] != told:
        sys.exit("The key is not what it says: its id does not fit.")
    text, _, signatures = note.rpartition("\n\n")
    text += "\n"
    for line in signatures.splitlines():
        _dash, signer, signature = line.split(" ", 2)
        raw = base64.b64decode(signature)
        if (signer, raw[:4].hex()) == (name, told):
            if not is_signed(public, text.encode(), raw[4:]):
                sys.exit("WRONG: the signature of the checkpoint does not hold.")
            size, root = text.split("\n")[1:3]
            return int(size), base64.b64decode(root)
    return sys.exit("WRONG: the checkpoint is not signed with this key.")


def entries(folder: Path, size: int) -> list[bytes]:
    """The entries of the copy."""
    found: list[bytes] = []
    while len(found) < size:
        number, width = len(found) // 256, size - len(found)
        digits = str(number).zfill((len(str(number)) + 2) // 3 * 3)
        groups = [digits[at : at + 3] for at in range(0, len(digits), 3)]
        place = "/".join(["x" + group for group in groups[:-1]] + groups[-1:])
        raw = (folder / f"tile/entries/{place}{f'.p/{width}' if width < 256 else ''}").read_bytes()
        while raw:
            end = 2 + int.from_bytes(raw[:2], "big")
            found.append(raw[2:end])
            raw = raw[end:]
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
    folder, key = Path(arguments[0]), arguments[1]
    size, root = head_of((folder / "checkpoint").read_text(encoding="utf-8"), key)
    leaves = entries(folder, size)
    if len(leaves) != size or root_of(leaves) != root:
        sys.exit("WRONG: the entries are not those that the checkpoint vouches for.")
    print(f"OK: {size} entries, as signed.")
    if arguments[2:]:
        before, old = head_of(Path(arguments[2]).read_text(encoding="utf-8"), key)
        if before > size or root_of(leaves[:before]) != old:
            sys.exit("WRONG: the log was rewritten since the earlier checkpoint.")
        print(f"OK: nothing rewritten since the checkpoint over {before} entries.")


if __name__ == "__main__":
    main(sys.argv[1:])
