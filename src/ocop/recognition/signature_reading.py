"""Reading the digital signatures of a PDF: with the library that knows how, which takes half a
second to load and is loaded when the first file is looked at.
"""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from asn1crypto.x509 import Certificate
from django.conf import settings
from pyhanko.keys import load_certs_from_pemder
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.general import SigningError
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from ocop.recognition.signatures import Signature, Signatures

#: A later signature adds to a file what the first does not cover; what was added is looked at.
_WHOLE = (SignatureCoverageLevel.ENTIRE_FILE, SignatureCoverageLevel.ENTIRE_REVISION)


def read(content: bytes, roots: Sequence[Certificate] | None = None) -> Signatures:
    """The signatures in a PDF against the trust list. A file that is no PDF has none."""
    trusted = trust_list() if roots is None else roots
    try:
        signed = PdfFileReader(BytesIO(content), strict=False).embedded_regular_signatures
    except (PdfError, ValueError, KeyError, IndexError, TypeError):  # what a broken file may raise
        return Signatures(readable=False, found=())
    return Signatures(readable=True, found=tuple(_one(each, trusted) for each in signed))


def trust_list() -> list[Certificate]:
    """The certificates that the operator trusts; none where the folder is missing."""
    folder = Path(settings.OCOP_TRUST_DIR)
    files = sorted(p for p in folder.glob("*") if p.suffix in {".pem", ".crt", ".cer", ".der"})
    found = load_certs_from_pemder([str(path) for path in files])  # type: ignore[no-untyped-call]
    return list(found)


def _one(signed: Any, roots: Sequence[Certificate]) -> Signature:
    moment = signed.self_reported_timestamp
    signer = signed.signer_cert.subject.native.get("common_name", "")
    try:
        status = validate_pdf_signature(
            signed, ValidationContext(trust_roots=list(roots), moment=moment, allow_fetching=False)
        )
    except (SignatureValidationError, SigningError, ValueError):
        return Signature(signer, moment.isoformat() if moment else "", whole=False, trusted=False)
    return Signature(
        signer=signer,
        at=moment.isoformat() if moment else "",
        whole=bool(
            status.intact and status.valid and status.coverage in _WHOLE and status.docmdp_ok
        ),
        trusted=bool(status.trusted),
    )
