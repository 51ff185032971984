"""That a look was counted a moment ago, said in the address that it leads to.

A redirect counts the look and leads to a page of its own address. Who opens that address without
having come by a redirect, say because it was printed on a pack, is counted there; so the redirect
writes a word behind it that holds for a few minutes. Every process knows it by the salt of the day.
"""

from hashlib import blake2b

_HOLDS = 600  # seconds at least, and twice that at most
_NAME = "luot="


class Tickets:
    """The tickets of a day."""

    def __init__(self, salt: bytes) -> None:
        self._salt = salt
        self._made: dict[int, bytes] = {}

    def behind(self, address: bytes, at: float) -> bytes:
        """An address with a ticket of now."""
        return address + (b"&" if b"?" in address else b"?") + self._of(int(at) // _HOLDS)

    def holds(self, query: str, at: float) -> bool:
        """Whether a query has one that holds."""
        if _NAME not in query:
            return False
        pairs, slot = query.encode("latin-1").split(b"&"), int(at) // _HOLDS
        return self._of(slot) in pairs or self._of(slot - 1) in pairs

    def _of(self, slot: int) -> bytes:
        found = self._made.get(slot)
        if found is None:
            told = blake2b(slot.to_bytes(8, "big"), digest_size=5, key=self._salt, person=b"luot")
            found = self._made[slot] = f"{_NAME}{told.hexdigest()}".encode()
            self._made.pop(slot - 2, None)
        return found
