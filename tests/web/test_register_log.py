"""The public log: its page, its files, and that a copy of them can be checked without us."""

import gzip
import html
import json
import re
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from ocop.core import keys, options
from ocop.core.actor import SYSTEM
from ocop.core.numbers import write_date
from ocop.core.transparency import merkle, tiles
from ocop.core.transparency.checkpoints import Checkpoint, Proof
from ocop.core.transparency.notes import VerifierKey, encode, sign
from ocop.people.roles import Role
from ocop.recognition import services
from ocop.recognition.log import draining, forms, keeping, store
from ocop.recognition.models import Evidence, Ground, LogEntry, LogHead, Recognition
from ocop.traceability.models import Lot
from ocop.traceability.services import exceptions, recalling
from ocop.web import log_words
from ocop.web.admin import health
from ocop.web.public import log
from tests.factories import RecognitionFactory
from tests.recognition.log.logged import decided
from tests.recognition.log.test_publishing import grow
from tests.traceability.stamps_making import active, approved, places
from tests.world import build_places, person, revoked_by

pytestmark = pytest.mark.django_db
PREFIX = "/so-dang-ky/nhat-ky"


@pytest.fixture
def star(now: datetime) -> Recognition:
    build_places(now)
    row: Recognition = RecognitionFactory(product__name="Mật ong bạc hà", evidence=Evidence.A)
    decided(row, now=now)
    keeping.keep(at=now)
    return row


def page(client: Client, **headers: str) -> str:
    return html.unescape(client.get(f"{PREFIX}/", headers=headers).content.decode())


def test_page_shows_the_head_the_key_and_the_last_entries(
    client: Client, now: datetime, star: Recognition, settings: object
) -> None:
    services.revoke(
        actor=SYSTEM, recognition=star, ground=Ground.MARK, **revoked_by(date(2026, 11, 2)),
        reason="Bà Lan, QĐ 9/QĐ-UBND", at=now,
    )  # fmt: skip
    keeping.keep(at=now)
    text = page(client)
    assert (store.note() or "").strip() in text
    assert str(store.verifier_keys()[-1]) in text
    assert "Thu hồi" in text
    assert "ngày 02/11/2026" in text
    assert text.index("Thu hồi") < text.index("Công nhận hạng sao")
    assert f'href="{reverse("product", args=[star.product.code])}"' in text
    assert "Bà Lan" not in text
    assert "Star recognised" in page(client, accept_language="en")


def test_older_entries_are_a_step_away(client: Client, now: datetime) -> None:
    grow(now, 24)
    address = reverse("register_log")
    seen: list[int] = []
    query = ""
    for _page in range(3):
        text = client.get(f"{address}{query}").content.decode()
        shown = [int(n) for n in re.findall(r'<td data-label="Mục số">(\d+)</td>', text)]
        assert len(shown) == min(10, 25 - len(seen))
        seen += shown
        found = re.search(r'href="(\?before=\d+)#muc-moi">Các mục cũ hơn', text)
        query = found[1] if found else ""
    assert seen == list(range(24, -1, -1))
    assert query == ""
    assert f'href="{address}#muc-moi">Các mục mới nhất' in text
    newest = client.get(address).content.decode()
    for odd in ("x", "-1", "²", "9" * 15, "9" * 5000):
        answer = client.get(address, {"before": odd})
        assert answer.status_code == 200
        assert answer.content.decode().count("Nguyên văn") == newest.count("Nguyên văn")
    assert client.get(address, {"before": "0"}).status_code == 200
    assert client.get("/so-dang-ky/")["Location"] == address


def test_page_names_no_product_that_is_not_before_the_public(
    client: Client, now: datetime, star: Recognition
) -> None:
    type(star.product).objects.update(listed=False)
    text = page(client)
    assert "Mật ong bạc hà" not in text
    assert star.product.code in text


def test_page_before_the_first_entry_says_so(client: Client, now: datetime) -> None:
    build_places(now)
    assert "chưa có mục nào" in page(client)
    assert client.get(f"{PREFIX}/checkpoint").status_code == 404
    assert client.get(f"{PREFIX}/0.json").status_code == 404
    assert client.get(f"{PREFIX}/0.tlog-proof").status_code == 404


def test_page_of_a_log_that_is_not_ours_says_so_and_gives_no_proof(
    client: Client, now: datetime, star: Recognition
) -> None:
    head = store.head()
    assert head is not None
    foreign = Ed25519PrivateKey.generate()
    key = VerifierKey(head.origin, foreign.public_key().public_bytes_raw())
    (store.folder() / "checkpoint").write_text(sign(str(head), key, foreign.sign))
    assert "không khớp với chữ ký" in page(client)
    assert client.get(f"{PREFIX}/0.tlog-proof").status_code == 503


def test_files_have_their_types_and_live_as_long_as_they_are_true(
    client: Client, now: datetime
) -> None:
    grow(now, 260)
    expected = {
        "checkpoint": ("text/plain; charset=utf-8", "public, max-age=5"),
        "tile/0/000": ("application/octet-stream", "public, max-age=31536000, immutable"),
        "tile/0/001.p/5": ("application/octet-stream", "public, max-age=3600"),
        "tile/1/000.p/1": ("application/octet-stream", "public, max-age=3600"),
        "tile/entries/000": ("application/octet-stream", "public, max-age=31536000, immutable"),
        "3.json": ("application/json", "public, max-age=31536000, immutable"),
        "3.tlog-proof": ("text/plain; charset=utf-8", "public, max-age=5"),
    }
    for path, (kind, kept) in expected.items():
        answer = client.get(f"{PREFIX}/{path}")
        assert (answer.status_code, answer["Content-Type"], answer["Cache-Control"]) == (
            200, kind, kept,
        )  # fmt: skip
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert not answer.cookies
        head = client.head(f"{PREFIX}/{path}")
        assert (head.status_code, head.content) == (200, b"")
        assert client.post(f"{PREFIX}/{path}").status_code == 405
    assert client.get(f"{PREFIX}/tile/0/000").content == store.read("tile/0/000")


def test_entries_are_compressed_for_who_takes_it(client: Client, now: datetime) -> None:
    grow(now, 260)
    answer = client.get(f"{PREFIX}/tile/entries/000", headers={"accept-encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"
    assert gzip.decompress(answer.content) == store.read("tile/entries/000")


@pytest.mark.whole
@pytest.mark.parametrize(
    "path",
    [
        "tile/0/001", "tile/0/000.p/3", "tile/0/../../checkpoint", "tile/.lock", ".lock",
        "tile/0/000.p/2/..", "tile/data/000", "1000.json", "1000.tlog-proof", "-1.json",
        "tile/0/%2e%2e/%2e%2e/checkpoint", "checkpoint/",
    ],
)  # fmt: skip
def test_nothing_else_is_there(client: Client, star: Recognition, path: str) -> None:
    assert client.get(f"{PREFIX}/{path}").status_code == 404


def test_an_entry_not_yet_published_is_not_there(
    client: Client, now: datetime, star: Recognition
) -> None:
    decided(later := RecognitionFactory(), now=now)
    draining.drain(at=now)
    index = LogEntry.objects.get(object_id=later.pk, form="recognition").index
    assert client.get(f"{PREFIX}/{index}.json").status_code == 404
    assert client.get(f"{PREFIX}/{index}.tlog-proof").status_code == 404
    assert b"tlog-proof" not in client.get(reverse("product", args=[later.product.code])).content
    keeping.keep(at=now)
    assert client.get(f"{PREFIX}/{index}.tlog-proof").status_code == 200


def test_each_recognition_leads_to_its_proof(
    client: Client, now: datetime, star: Recognition
) -> None:
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)
    office = person(now, Role.PROVINCIAL_OFFICER)
    for address in (
        reverse("product", args=[star.product.code]),
        reverse("office:product", args=[star.product.code]),
    ):
        text = client.get(address).content.decode()
        assert f'href="{PREFIX}/0.tlog-proof"' in text
        client.force_login(office)
    entry = client.get(f"{PREFIX}/0.json").content
    assert json.loads(entry)["product"] == star.product.code
    proof = Proof.parse(client.get(f"{PREFIX}/0.tlog-proof").content.decode())
    head = proof.verify(entry, origin=store.origin(), keys=store.verifier_keys())
    assert head.size == 2


def test_stamps_and_recalls_stand_on_the_page_and_on_that_of_the_order(
    client: Client, now: datetime
) -> None:
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)
    order = active(now, quantity=100)
    exceptions.except_stamps(
        actor=SYSTEM, order=order, spans=places(order, 5, 9), kind="lost", reason="Bà Lan rơi",
        at=now,
    )  # fmt: skip
    lot = Lot.objects.get(ranges__order=order)
    recalling.recall_lot(actor=SYSTEM, lot=lot, reason="Bà Lan báo", at=now)
    keeping.keep(at=now)
    public = page(client)
    for words in (
        f"Cấp số tem: 100 tem, khóa tem {order.key.version}",
        f"Kích hoạt tem cho lô hàng: 100 tem, lô {lot.code.upper()}",
        "Ghi về tem: 5 tem, báo mất",
        "Thu hồi lô hàng ngày 23/11/2026",
        f"Đơn tem {order.code.upper()}",
    ):
        assert words in public
    assert "Bà Lan" not in public
    assert "Stamp numbers issued: 100 stamps" in page(client, accept_language="en")
    client.force_login(person(now, Role.PROVINCIAL_OFFICER))
    own = client.get(reverse("office:stamp_order", args=[order.code])).content.decode()
    for entry in LogEntry.objects.filter(form__in=["stamp-range", "activation", "stamp-exception"]):
        assert f'href="{PREFIX}/{entry.index}.tlog-proof"' in own
    assert f"{PREFIX}/{LogEntry.objects.get(form='recall').index}.tlog-proof" not in own


def test_an_order_that_waits_for_the_log_says_so(client: Client, now: datetime) -> None:
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)
    order = approved(now)
    client.force_login(person(now, Role.PROVINCIAL_OFFICER))
    own = client.get(reverse("office:stamp_order", args=[order.code])).content.decode()
    assert "Chưa có mục trong nhật ký" in own


def test_words_of_many_lots_stay_short() -> None:
    numbers = " ".join(f"{lot * 8}:{turn}-{turn}" for turn, lot in enumerate("abcde", 1))
    words = log_words.detail({"type": "activation", "numbers": numbers})
    assert words == "5 tem, lô AAAAAAAA, BBBBBBBB, CCCCCCCC và 2 lô nữa"
    with translation.override("en"):
        words = log_words.detail({"type": "activation", "numbers": numbers})
    assert words == "5 stamps, lot AAAAAAAA, BBBBBBBB, CCCCCCCC and 2 more lots"


def test_every_form_has_words() -> None:
    assert set(log.WORDS) == set(forms.FORMS)


# --- The program that people check their copy with ----------------------------------------------


def checked(folder: Path, key: str, *before: Path) -> subprocess.CompletedProcess[str]:
    program = finders.find("register/verify_register.py")
    return subprocess.run(
        [sys.executable, "-I", str(program), str(folder), key, *map(str, before)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def copied(client: Client, into: Path) -> str:
    """A copy over the addresses of the page; the key that the page shows."""
    for path in store.folder().rglob("*"):
        name = str(path.relative_to(store.folder()))
        if path.is_file() and not name.startswith("."):
            file = into / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(client.get(f"{PREFIX}/{name}").content)
    found = re.search(r"[^\s>]+\+[0-9a-f]{8}\+[A-Za-z0-9+/=]+", page(client))
    assert found is not None
    return found[0]


def test_a_copy_is_checked_by_a_program_of_its_own(
    client: Client, now: datetime, star: Recognition, tmp_path: Path
) -> None:
    grow(now, 300)
    key = copied(client, tmp_path / "a")
    done = checked(tmp_path / "a", key)
    assert (done.returncode, done.stdout) == (0, "OK: 302 entries, as signed.\n")
    grow_more = RecognitionFactory()
    decided(grow_more, now=now)
    keeping.keep(at=now)
    copied(client, tmp_path / "b")
    done = checked(tmp_path / "b", key, tmp_path / "a" / "checkpoint")
    assert done.stdout.endswith("OK: nothing rewritten since the checkpoint over 302 entries.\n")


def test_the_program_finds_what_was_changed(
    client: Client, now: datetime, star: Recognition, tmp_path: Path
) -> None:
    key = copied(client, tmp_path)
    bundle = tmp_path / "tile/entries/000.p/2"
    content = bundle.read_bytes()
    bundle.write_bytes(content.replace(b'"stars":3', b'"stars":5'))
    done = checked(tmp_path, key)
    assert done.returncode == 1
    assert "not those that the checkpoint vouches for" in done.stderr
    bundle.write_bytes(content)
    note = tmp_path / "checkpoint"
    signed = note.read_text()
    note.write_text(signed.replace("\n2\n", "\n1\n"))
    assert "signature of the checkpoint does not hold" in checked(tmp_path, key).stderr
    note.write_text(signed)
    other = VerifierKey(VerifierKey.parse(key).name, bytes(32))
    assert "not signed with this key" in checked(tmp_path, str(other)).stderr
    name, _told, coded = key.split("+", 2)
    assert "its id does not fit" in checked(tmp_path, f"{name}+00000000+{coded}").stderr


def test_the_program_finds_a_log_that_was_rewritten_and_signed_again(
    client: Client, now: datetime, star: Recognition, tmp_path: Path
) -> None:
    key = copied(client, tmp_path / "a")
    leaves = [b"another", b"log"]
    head = Checkpoint(store.origin(), 2, merkle.root_of([merkle.leaf_hash(e) for e in leaves]))
    signer = keys.signer(keys.REGISTER, at=now)
    forged = tmp_path / "b"
    (forged / "tile/entries/000.p").mkdir(parents=True)
    (forged / "tile/entries/000.p/2").write_bytes(tiles.bundle(leaves))
    (forged / "checkpoint").write_text(sign(str(head), VerifierKey.parse(key), signer.sign))
    assert checked(forged, key).returncode == 0
    done = checked(forged, key, tmp_path / "a" / "checkpoint")
    assert "rewritten since the earlier checkpoint" in done.stderr


def rotated(at: datetime) -> None:
    """As the command does: the log says so before the new key signs."""
    keeping.keep(at=at)
    keys.rotate(keys.REGISTER, at=at)
    keeping.keep(at=at)


def test_the_program_follows_the_keys_from_the_one_noted(
    client: Client, now: datetime, star: Recognition, tmp_path: Path
) -> None:
    first = copied(client, tmp_path / "a")
    rotated(now)
    second = copied(client, tmp_path / "b")
    rotated(now)
    third = copied(client, tmp_path / "c")
    assert len({first, second, third}) == 3
    for key in (first, second, third):
        for before in ("a", "b", "c"):
            done = checked(tmp_path / "c", key, tmp_path / before / "checkpoint")
            assert done.returncode == 0, done.stderr
            assert "OK: nothing rewritten" in done.stdout
            assert ("Note the new one" in done.stdout) is (key != third)
            assert (third in done.stdout) is (key != third)
    assert checked(tmp_path / "a", first).returncode == 0
    assert "not signed with this key" in checked(tmp_path / "a", second).stderr


def test_the_program_follows_no_key_that_none_vouched_for(
    client: Client, now: datetime, star: Recognition, tmp_path: Path
) -> None:
    """A log of somebody else's from the first entry on, who announces a key of his."""
    key = copied(client, tmp_path / "a")
    foreign = Ed25519PrivateKey.generate()
    public = foreign.public_key().public_bytes_raw()
    handover = keys.handover("register", public)
    for vouched in (b"", foreign.sign(handover), keys.signer("label", at=now).sign(handover)):
        told = {
            "type": "issuer-key", "purpose": "register", "public": encode(public),
            "vouched": encode(vouched),
        }  # fmt: skip
        leaves = [json.dumps(told, separators=(",", ":")).encode()]
        head = Checkpoint(store.origin(), 1, merkle.root_of([merkle.leaf_hash(leaves[0])]))
        forged = tmp_path / "b"
        (forged / "tile/entries/000.p").mkdir(parents=True, exist_ok=True)
        (forged / "tile/entries/000.p/1").write_bytes(tiles.bundle(leaves))
        note = sign(str(head), VerifierKey(store.origin(), public), foreign.sign)
        (forged / "checkpoint").write_text(note)
        done = checked(forged, key)
        assert done.returncode == 1
        assert "not signed with this key, nor with one that follows it" in done.stderr
    done = checked(tmp_path / "a", key, forged / "checkpoint")
    assert "not signed with a key of this log" in done.stderr


def test_the_program_says_in_one_line_what_it_cannot_read(
    client: Client, star: Recognition, tmp_path: Path
) -> None:
    key = copied(client, tmp_path)
    name, told, _coded = key.split("+", 2)
    bundle, note = tmp_path / "tile/entries/000.p/2", tmp_path / "checkpoint"
    content = bundle.read_bytes()

    def line(folder: Path, key: str, *before: Path) -> str:
        done = checked(folder, key, *before)
        assert done.returncode == 1
        assert done.stdout == "" or before
        assert done.stderr.count("\n") == 1, done.stderr
        return done.stderr

    short = (f"{name}+{told}", f"{name}+{told}+AVO", key[:-8], f"{name}+{told}+!")
    for bad in ("", "abc", f"{key}A", *short):
        assert "The key cannot be read" in line(tmp_path, bad)
    bundle.write_bytes(b"")
    assert "does not hold the entries that belong there" in line(tmp_path, key)
    bundle.write_bytes(content[:-3])
    assert "not those that the checkpoint vouches for" in line(tmp_path, key)
    bundle.unlink()
    assert "The copy is not whole" in line(tmp_path, key)
    bundle.write_bytes(content)
    assert "cannot be read" in line(tmp_path, key, tmp_path / "none")
    signed = note.read_text()
    for broken in ("", "a\nb\nc\n", signed.replace("\n2\n", "\nx\n"), signed[:-9] + "!\n"):
        note.write_text(broken)
        assert "is no checkpoint" in line(tmp_path, key)
    assert "cannot be read" in line(tmp_path / "nowhere", key)


def test_page_shows_the_chain_of_keys(client: Client, now: datetime, star: Recognition) -> None:
    assert "Các khóa trước" not in page(client)
    rotated(now)
    first, second = map(str, store.verifier_keys())
    text = page(client)
    assert text.index(second) < text.index("Các khóa trước") < text.index(first)
    entry = LogEntry.objects.filter(form="issuer-key").last()
    assert entry is not None
    assert f'href="{PREFIX}/{entry.index}.json"' in text


# --- The health page ------------------------------------------------------------------------------


def _told() -> health.Check:
    return next(check for check in health.checks() if check.name == "Nhật ký công khai")


def test_health_tells_of_the_log(now: datetime, star: Recognition) -> None:
    assert _told() == health.Check("Nhật ký công khai", True, "2 mục.")
    keeping.check(at=now)
    LogHead.objects.update(checked_at=(today := timezone.now()))
    day = write_date(timezone.localdate(today))
    assert _told().words == f"2 mục. Đối chiếu ngày {day}, khớp với sổ đăng ký."
    Recognition.objects.update(stars=5)
    keeping.check(at=now)
    assert not _told().well
    assert "“số sao”" in _told().words


def test_health_tells_of_events_that_wait_too_long(now: datetime, star: Recognition) -> None:
    decided(RecognitionFactory(), now=datetime(2026, 1, 1, tzinfo=now.tzinfo))
    assert not _told().well
    assert "quá 30 phút" in _told().words
