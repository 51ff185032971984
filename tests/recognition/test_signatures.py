"""Digital signatures of decisions: good, changed afterwards, by somebody unknown, none, no PDF."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers

from ocop.core import typesetting
from ocop.recognition.signature_reading import read, trust_list
from ocop.recognition.signatures import Signatures, from_json, looked_at


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _issue(
    name: str, key: ec.EllipticCurvePrivateKey, by: str, by_key: ec.EllipticCurvePrivateKey
) -> x509.Certificate:
    now, root = datetime.now(UTC), name == by
    return (
        x509.CertificateBuilder()
        .subject_name(_name(name))
        .issuer_name(_name(by))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .add_extension(x509.BasicConstraints(ca=root, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(not root, not root, False, False, False, root, root, False, False),
            critical=True,
        )
        .sign(by_key, hashes.SHA256())
    )


class Office:
    """An authority that signs, and the certificate of the service above it."""

    def __init__(self, name: str) -> None:
        root_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
        self.root = _issue(f"CA {name}", root_key, f"CA {name}", root_key)
        own = _issue(name, key, f"CA {name}", root_key)
        packed = pkcs12.serialize_key_and_certificates(
            None, key, own, [self.root], serialization.BestAvailableEncryption(b"x")
        )
        self.signer = signers.SimpleSigner.load_pkcs12_data(packed, [], passphrase=b"x")

    @property
    def anchor(self) -> asn1.Certificate:
        return asn1.Certificate.load(self.root.public_bytes(serialization.Encoding.DER))

    def sign(self, content: bytes, field: str = "Chu ky") -> bytes:
        into = BytesIO()
        writer = IncrementalPdfFileWriter(BytesIO(content))
        fields.append_signature_field(writer, fields.SigFieldSpec(field))
        signers.sign_pdf(
            writer,
            signers.PdfSignatureMetadata(field_name=field),
            signer=self.signer,
            output=into,
        )
        return into.getvalue()


@pytest.fixture(scope="module")
def paper() -> bytes:
    data = {
        "title": "3981/QĐ-UBND", "mark": "", "headings": ["a"] * 6, "communes": []
    }  # fmt: skip
    return typesetting.pdf("ocop.recognition", "expiry_list.typ", data)


@pytest.fixture(scope="module")
def committee() -> Office:
    return Office("Ủy ban nhân dân")


def test_signed_by_somebody_trusted_is_good(paper: bytes, committee: Office) -> None:
    told = read(committee.sign(paper), [committee.anchor])
    assert told.good
    assert [each.signer for each in told.found] == ["Ủy ban nhân dân"]
    assert told.found[0].at
    assert from_json(told.as_json()) == told


def test_person_and_seal_both_count(paper: bytes, committee: Office) -> None:
    person = Office("Nguyễn Văn Mẫu")
    both = committee.sign(person.sign(paper), "Con dau")
    assert read(both, [committee.anchor, person.anchor]).good
    half = read(both, [committee.anchor])
    assert not half.good
    assert [(each.whole, each.trusted) for each in half.found] == [(True, False), (True, True)]


def test_changed_afterwards_is_not_good(paper: bytes, committee: Office) -> None:
    signed = committee.sign(paper)
    place = signed.index(b"/Title") + 8
    changed = signed[:place] + bytes([signed[place] ^ 1]) + signed[place + 1 :]
    told = read(changed, [committee.anchor])
    assert not told.good
    assert not any(each.whole for each in told.found)


def test_by_a_stranger_is_whole_but_not_trusted(paper: bytes, committee: Office) -> None:
    told = read(Office("Người khác").sign(paper), [committee.anchor])
    assert [(each.whole, each.trusted) for each in told.found] == [(True, False)]
    assert not told.good


def test_without_signature_or_no_pdf(paper: bytes, committee: Office) -> None:
    assert read(paper, [committee.anchor]) == Signatures(readable=True, found=())
    for content in (b"", b"%PDF-1.7\n", b"\x89PNG", paper[: len(paper) // 2]):
        told = read(content, [committee.anchor])
        assert not told.good
        assert told.found == ()


def test_trust_list_is_a_folder(
    tmp_path: Path, settings: object, paper: bytes, committee: Office
) -> None:
    settings.OCOP_TRUST_DIR = str(tmp_path / "none")  # type: ignore[attr-defined]
    assert trust_list() == []
    assert not looked_at(committee.sign(paper)).good
    settings.OCOP_TRUST_DIR = str(tmp_path)  # type: ignore[attr-defined]
    pem = committee.root.public_bytes(serialization.Encoding.PEM)
    (tmp_path / "state.pem").write_bytes(pem)
    (tmp_path / "readme.txt").write_text("not a certificate")
    assert looked_at(committee.sign(paper)).good
