"""Signed notes, checkpoints and proofs as C2SP tells them."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ocop.core.transparency import merkle
from ocop.core.transparency.checkpoints import Checkpoint, Proof
from ocop.core.transparency.merkle import Unproven
from ocop.core.transparency.notes import NotSigned, VerifierKey, decode, encode, open_note, sign

ORIGIN = "ocop.example/so-dang-ky/nhat-ky"
PRIVATE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
KEY = VerifierKey(ORIGIN, PRIVATE.public_key().public_bytes_raw())
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(32))
TEXT = "Một dòng\n\nhai dòng\n"
NOTE = sign(TEXT, KEY, PRIVATE.sign)


def test_the_published_note_opens() -> None:
    """The example and the key of Go's `sumdb/note`, which the standard describes."""
    key = VerifierKey.parse("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")
    assert str(key) == "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    text = (
        "If you think cryptography is the answer to your problem,\n"
        "then you don't know what your problem is.\n"
    )
    signature = (
        "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXg"
        "KvqfqdngotpRZb6KE6RyyBwJnAM="
    )
    note = f"{text}\n— PeterNeumann {signature}\n"
    assert open_note(note, [key]) == text
    with pytest.raises(NotSigned, match="wrong"):
        open_note(note.replace("answer", "Answer"), [key])


def test_a_note_keeps_its_text_and_empty_lines() -> None:
    assert open_note(NOTE, [KEY]) == TEXT


def test_a_signature_of_somebody_unknown_is_left_aside() -> None:
    more = NOTE + sign(TEXT, VerifierKey("witness.example", bytes(32)), OTHER.sign).split("\n\n")[2]
    assert open_note(more, [KEY]) == TEXT


def test_another_key_of_the_same_name_does_not_open_it() -> None:
    other = VerifierKey(ORIGIN, OTHER.public_key().public_bytes_raw())
    with pytest.raises(NotSigned, match="no known key"):
        open_note(NOTE, [other])
    with pytest.raises(NotSigned, match="no known key"):
        open_note(NOTE, [])


def test_a_signature_by_another_key_under_our_id_is_wrong() -> None:
    with pytest.raises(NotSigned, match="wrong"):
        open_note(sign(TEXT, KEY, OTHER.sign), [KEY])


@pytest.mark.parametrize(
    "note",
    [
        "", "text\n", "text\n\n", "text\n\n— name", NOTE[:-1], NOTE.replace("— ", "- "),
        NOTE.replace("Một", "M\tt"), "text\n\n— name AAAA\n", "text\n\n— name ?\n",
        "text\n\n" + "— name AAAAAAA=\n" * 65, NOTE.replace("—", "—  "),
    ],
)  # fmt: skip
def test_malformed_notes_are_refused(note: str) -> None:
    with pytest.raises(NotSigned):
        open_note(note, [KEY])


def test_what_no_note_can_hold_is_not_signed() -> None:
    for text in ("no end of line", "a\tb\n"):
        with pytest.raises(ValueError, match="note"):
            sign(text, KEY, PRIVATE.sign)


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\u00a0b"])
def test_names_of_keys_have_no_spaces_and_no_plus(name: str) -> None:
    with pytest.raises(ValueError, match="name"):
        VerifierKey(name, bytes(32))


def test_keys_are_read_only_when_they_are_what_they_say() -> None:
    assert VerifierKey.parse(str(KEY)) == KEY
    name, told, coded = str(KEY).split("+", 2)
    for wrong in (
        f"{name}+00000000+{coded}",
        f"{name}+{told}+{encode(bytes([2]) + KEY.public)}",
        f"{name}+{told}+{encode(bytes([1]) + KEY.public[1:])}",
        f"{name}+{told}",
    ):
        with pytest.raises(ValueError):  # noqa: PT011 - each for its own reason
            VerifierKey.parse(wrong)


def test_base_64_has_one_form() -> None:
    for wrong in ("YQ", "YR==", "Y Q==", "YQ==\n"):
        with pytest.raises(ValueError, match="base 64"):
            decode(wrong)


def test_a_checkpoint_is_three_lines() -> None:
    text = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
    head = Checkpoint.parse(text)
    assert (head.origin, head.size) == ("example.com/behind-the-sofa", 20852163)
    assert str(head) == text
    assert Checkpoint.parse(text + "an extension\n") == head


@pytest.mark.parametrize(
    "text",
    [
        "o\n1\n", "o\n01\n{root}\n", "o\n-1\n{root}\n", "o\n1\nAAAA\n", "o\n1\n{root}",
        "o\n\n1\n{root}\n", "\n1\n{root}\n", "o\n1\n{root}\n\n",
    ],
)  # fmt: skip
def test_other_texts_are_no_checkpoints(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - each for its own reason
        Checkpoint.parse(text.replace("{root}", encode(bytes(32))))


def _proof(size: int = 5, index: int = 3, origin: str = ORIGIN) -> Proof:
    entries = [b"%d" % n for n in range(size)]
    leaves = [merkle.leaf_hash(each) for each in entries]

    def node(level: int, at: int) -> bytes:
        return merkle.root_of(leaves[at << level : (at + 1) << level])

    head = Checkpoint(origin, size, merkle.root_of(leaves))
    path = tuple(merkle.inclusion_path(index, size, node))
    return Proof(index, path, sign(str(head), KEY, PRIVATE.sign))


def test_a_proof_is_written_read_and_holds() -> None:
    proof = _proof()
    text = str(proof)
    assert text.startswith("c2sp.org/tlog-proof@v1\nindex 3\n")
    assert Proof.parse(text) == proof
    assert Proof.parse(text).verify(b"3", origin=ORIGIN, keys=[KEY]).size == 5
    with_extra = Proof(proof.index, proof.path, proof.checkpoint, b"more")
    assert "\nextra bW9yZQ==\nindex 3\n" in str(with_extra)
    assert Proof.parse(str(with_extra)) == with_extra


def test_the_only_entry_has_an_empty_path() -> None:
    proof = _proof(1, 0)
    assert Proof.parse(str(proof)).verify(b"0", origin=ORIGIN, keys=[KEY]).size == 1


def test_a_proof_of_something_else_does_not_hold() -> None:
    proof = _proof()
    with pytest.raises(Unproven, match="another root"):
        proof.verify(b"4", origin=ORIGIN, keys=[KEY])
    with pytest.raises(Unproven, match="another log"):
        proof.verify(b"3", origin="other.example", keys=[KEY])
    with pytest.raises(NotSigned):
        proof.verify(b"3", origin=ORIGIN, keys=[])
    headless = Proof(3, proof.path, sign("o\n", KEY, PRIVATE.sign))
    with pytest.raises(Unproven, match="three lines"):
        headless.verify(b"3", origin=ORIGIN, keys=[KEY])


@pytest.mark.parametrize(
    "text",
    [
        "", "c2sp.org/tlog-proof@v1\n\nrest", "c2sp.org/tlog-proof@v2\nindex 1\n\nrest",
        "c2sp.org/tlog-proof@v1\nindex 01\n\nrest", "c2sp.org/tlog-proof@v1\nextra YQ==\n\nrest",
        "c2sp.org/tlog-proof@v1\nindex 1\n?\n\nrest", "c2sp.org/tlog-proof@v1\nAAAA\n\nrest",
    ],
)  # fmt: skip
def test_other_texts_are_no_proofs(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - each for its own reason
        Proof.parse(text)
