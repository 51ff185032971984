"""Writing the log as files that anyone may copy: tiles, bundles of entries, and the checkpoint.

Each file is put in its place whole, the checkpoint last: whoever reads it finds everything that it
vouches for. What stands there is only ever added to. Where the files and the table disagree nothing
is written, for a second head of the same size would be a second log under our name. So the last
head is noted beside the key before it is signed: the files may be lost or taken away.
"""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import islice

from ocop.core import keys
from ocop.core.files import write_file
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused
from ocop.core.transparency.checkpoints import Checkpoint
from ocop.core.transparency.merkle import leaf_hash
from ocop.core.transparency.notes import NotSigned, VerifierKey, open_note, sign
from ocop.core.transparency.tiles import WIDTH, Tree, tile_path
from ocop.recognition.log import chains, store
from ocop.recognition.log.differences import Difference
from ocop.recognition.models import LogEntry

_AT_ONCE = 2000


def publish(*, at: datetime) -> Checkpoint:
    """Bring the files up to the table and sign the head.

    Refused: files that do not agree with the table or with their own head; a table that is not what
    was signed last.
    """
    with _alone():
        tree = _published()
        _expect_signed(tree)
        size = tree.size
        before = store.note()
        origin = store.origin()
        full = []
        for entry in entries(size):
            for path, content in tree.add(entry.encode()):
                _put(path, content)
                full.append(path)
        if tree.size == size and before and _signed_now(before, at):
            return Checkpoint(origin, size, tree.root)
        for path, content in tree.partial():
            _put(path, content)
        head = Checkpoint(origin, tree.size, tree.root)
        signer = chains.signer(keys.REGISTER, at=at)
        store.note_signed(head)
        note = sign(str(head), VerifierKey(origin, signer.public), signer.sign)
        write_file(store.folder() / store.CHECKPOINT, note.encode())
        for path in full:  # a full tile stands for all that were not full
            shutil.rmtree(store.folder() / f"{path}.p", ignore_errors=True)
    return head


def entries(at: int) -> Iterator[str]:
    """The entries from an index on, in order. Refused: one is missing."""
    while True:
        rows = LogEntry.objects.filter(index__gte=at, index__lt=at + _AT_ONCE).order_by("index")
        some = list(rows.values_list("index", "leaf"))
        if [index for index, _leaf in some] != list(range(at, at + len(some))):
            raise Refused("log_gap", _("Nhật ký thiếu mục sau mục %d.") % (at - 1))
        yield from (leaf for _index, leaf in some)
        if len(some) < _AT_ONCE:
            return
        at += len(some)


def forget() -> None:
    """Take the files away, for a log that begins anew beside an empty database."""
    shutil.rmtree(store.folder(), ignore_errors=True)
    store.forget_signed()


def _put(path: str, content: bytes) -> None:
    """Write a file of the log. Refused: another one stands there."""
    try:
        if store.read(path) != content:
            raise _disagree()
    except FileNotFoundError:
        write_file(store.folder() / path, content)


def _expect_signed(published: Tree) -> None:
    """Refused: the files, or the table where the files do not reach so far, are not what was signed
    last."""
    try:
        last = store.signed()
    except ValueError as error:
        raise Refused("head_unreadable", Difference("head_unreadable").words) from error
    if last is None or last.size < published.size:
        return
    tree = published
    if last.size > published.size:
        tree = Tree()
        for entry in islice(entries(0), last.size):
            for _file in tree.add(entry.encode()):
                pass
    if (tree.size, tree.root) != (last.size, last.root):
        raise Refused(
            "log_signed",
            _(
                "Đã ký một điểm kiểm %d mục khác với cơ sở dữ liệu nên không ký thêm. "
                "Hãy khôi phục tệp của nhật ký và đúng bản sao lưu của cơ sở dữ liệu."
            )
            % last.size,
        )


def _published() -> Tree:
    """The tree as published, from its files. Refused: they do not hold together."""
    try:
        head = store.head()
        if head is None:
            return Tree()
        tree = Tree.load(head.size, store.read)
    except (NotSigned, ValueError, OSError) as error:
        raise _disagree() from error
    if tree.root != head.root or not _known(tree.size):
        raise _disagree()
    return tree


def _known(size: int) -> bool:
    """Whether the table holds what was published, by its last entry."""
    if size == 0:
        return True
    last = LogEntry.objects.filter(index=size - 1).values_list("leaf", flat=True).first()
    tile, place = divmod(size - 1, WIDTH)
    hashes = store.read(tile_path(0, tile, min(WIDTH, size - tile * WIDTH)))
    return last is not None and hashes[place * 32 : place * 32 + 32] == leaf_hash(last.encode())


def _disagree() -> Refused:
    return Refused(
        "log_disagrees",
        _(
            "Nhật ký công khai đã đăng không khớp với cơ sở dữ liệu nên không ghi thêm. "
            "Hãy chạy `ocop audit-register` để biết chỗ khác đầu tiên."
        ),
    )


def _signed_now(note: str, at: datetime) -> bool:
    """Whether the key in use has signed the head."""
    key = VerifierKey(store.origin(), chains.signer(keys.REGISTER, at=at).public)
    try:
        open_note(note, [key])
    except NotSigned:
        return False
    return True


@contextmanager
def _alone() -> Iterator[None]:
    """One process at a time writes the files."""
    store.folder().mkdir(parents=True, exist_ok=True)
    lock = os.open(store.folder() / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)
