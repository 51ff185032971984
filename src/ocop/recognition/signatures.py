"""The digital signatures of a decision's PDF (ISO 32000-2 §12.8, PAdES): who signed, whether the
file is as it was signed, and whether the signer is one that this installation trusts.

The trust list is a folder of certificates (PEM or DER) that the operator keeps,
`OCOP_TRUST_DIR`: the roots of the State's and of public certification services. Nothing is fetched
from a network; what the file carries of revocation is looked at.
"""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature of a file. `whole`: it covers all of the file and nothing was changed since;
    `trusted`: its certificate leads to one of the trust list and was valid at the signing."""

    signer: str
    at: str  # moment told by the signer, ISO 8601; empty: none
    whole: bool
    trusted: bool


@dataclass(frozen=True, slots=True)
class Signatures:
    """What was found in a file. `readable`: it could be read as a PDF at all."""

    readable: bool
    found: tuple[Signature, ...]

    @property
    def good(self) -> bool:
        """Signed, unchanged since, by somebody who is trusted."""
        return bool(self.found) and all(each.whole and each.trusted for each in self.found)

    @property
    def changed(self) -> bool:
        """Whether something was changed after one of them signed."""
        return any(not each.whole for each in self.found)

    def as_json(self) -> dict[str, Any]:
        """For the row of the decision."""
        return asdict(self)


def from_json(told: dict[str, Any]) -> Signatures | None:
    """What a row says; None where nobody looked."""
    if not told:
        return None
    return Signatures(told["readable"], tuple(Signature(**each) for each in told["found"]))


def looked_at(content: bytes) -> Signatures:
    """The signatures in a PDF against the trust list. A file that is no PDF has none."""
    from ocop.recognition import signature_reading  # half a second, not at every start

    return signature_reading.read(content)
