"""Asking a shop's page: what is found, and what is never reached."""

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from ocop.market import fetching
from ocop.market.verdicts import Reason

Serve = Callable[[socket.socket], None]


class Shop:
    """A shop on this machine: what it answers to each path, and what it was asked."""

    def __init__(self, pages: dict[str, bytes]) -> None:
        self.pages = pages
        self.asked: list[bytes] = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        threading.Thread(target=self._run, daemon=True).start()

    def address(self, path: str = "/hang") -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def close(self) -> None:
        self._socket.close()

    def _run(self) -> None:
        while True:
            try:
                line, _peer = self._socket.accept()
            except OSError:
                return
            with line:
                head = line.recv(65_536)
                self.asked.append(head)
                path = head.split(b" ")[1].decode() if head else ""
                line.sendall(self.pages.get(path, _answer("404 Not Found")))


def _answer(status: str, *headers: str) -> bytes:
    return "\r\n".join((f"HTTP/1.1 {status}", *headers, "Content-Length: 0", "", "")).encode()


@contextmanager
def shop(pages: dict[str, bytes]) -> Iterator[Shop]:
    found = Shop(pages)
    try:
        yield found
    finally:
        found.close()


@contextmanager
def line_to(serve: Serve) -> Iterator[str]:
    """A machine that speaks as it likes; gives its address."""
    listening = socket.create_server(("127.0.0.1", 0))

    def run() -> None:
        try:
            line, _peer = listening.accept()
            with line:
                serve(line)
        except OSError:
            return

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/hang"
    finally:
        listening.close()
        thread.join(2)


def asked(address: str, seconds: float = 5) -> fetching.Answer:
    return fetching.ask(address, loopback=True, seconds=seconds)


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        ("200 OK", Reason.OK),
        ("404 Not Found", Reason.GONE),
        ("403 Forbidden", Reason.TURNED_AWAY),
        ("502 Bad Gateway", Reason.SERVER_ERROR),
    ],
)
def test_a_page_answers_with_its_status(status: str, reason: Reason) -> None:
    with shop({"/hang?id=7": _answer(status)}) as found:
        assert asked(found.address("/hang?id=7")) == fetching.Answer(reason, int(status[:3]))


def test_nothing_of_ours_travels_along() -> None:
    with shop({"/hang": _answer("200 OK", "Set-Cookie: a=b")}) as found:
        asked(found.address())
        asked(found.address())
    head = found.asked[1].lower()
    assert head.startswith(b"get /hang http/1.1\r\n")
    assert not any(name in head for name in (b"cookie", b"referer", b"authorization"))


def test_a_redirection_is_followed_to_its_page() -> None:
    pages = {
        "/hang": _answer("301 Moved", "Location: /moi"),
        "/moi": _answer("302 Found", "location:http://127.0.0.1:{}/nay"),
        "/nay": _answer("200 OK"),
    }
    with shop(pages) as found:
        found.pages["/moi"] = found.pages["/moi"].replace(b"{}", str(found.port).encode())
        assert asked(found.address()).reason == Reason.OK


def test_a_page_that_leads_to_the_first_of_its_site_is_told() -> None:
    pages = {"/hang": _answer("302 Found", "Location: /"), "/": _answer("200 OK")}
    with shop(pages) as found:
        assert asked(found.address()).reason == Reason.HOME
        assert asked(found.address("/")).reason == Reason.OK


@pytest.mark.parametrize(
    "onward",
    [
        "http://10.0.0.1/", "http://169.254.169.254/latest/meta-data/", "http://localhost.local/",
        "file:///etc/passwd", "http://[::1]:80/", "https://ten:khau@shopee.vn/", "//[",
    ],
)  # fmt: skip
def test_a_redirection_into_a_private_network_is_not_followed(onward: str) -> None:
    with shop({"/hang": _answer("302 Found", f"Location: {onward}")}) as found:
        assert asked(found.address()).reason == Reason.LEADS_ASTRAY


def test_redirections_without_an_end_are_left() -> None:
    with shop({"/hang": _answer("302 Found", "Location: /hang")}) as found:
        assert asked(found.address()).reason == Reason.ROUND
        assert len(found.asked) == fetching.MOST_HOPS + 1


def test_without_the_setting_of_tests_this_machine_is_not_asked() -> None:
    with shop({"/hang": _answer("200 OK")}) as found:
        assert fetching.ask(found.address()).reason == Reason.INNER
    assert found.asked == []


@pytest.mark.parametrize(
    "machines",
    [["127.0.0.1"], ["10.0.0.5"], ["::1"], ["::ffff:127.0.0.1"], ["8.8.8.8", "192.168.1.1"]],
)
def test_a_name_that_leads_into_a_private_network_is_not_asked(machines: list[str]) -> None:
    with shop({"/hang": _answer("200 OK")}) as found:

        def resolve(_host: str, _port: int) -> Sequence[str]:
            return machines

        answer = fetching.ask("http://htx.vn/hang", resolve=resolve, seconds=5)
    assert answer == fetching.Answer(Reason.INNER)
    assert found.asked == []


def test_the_connection_goes_to_the_address_that_was_looked_up_once() -> None:
    looked: list[str] = []

    def resolve(host: str, _port: int) -> Sequence[str]:
        looked.append(host)
        return ["127.0.0.1"]

    with shop({"/hang": _answer("200 OK")}) as found:
        address = f"http://localhost:{found.port}/hang"
        answer = fetching.ask(address, loopback=True, resolve=resolve)
    assert answer.reason == Reason.OK
    assert looked == ["localhost"]
    assert f"host: localhost:{found.port}".encode() in found.asked[0].lower()


def test_a_private_machine_beside_this_one_is_not_asked_in_tests_either() -> None:
    answer = fetching.ask(
        "http://localhost:9/", loopback=True, resolve=lambda _h, _p: ["127.0.0.1", "10.0.0.1"]
    )
    assert answer.reason == Reason.INNER


def test_a_name_that_is_not_found_is_told() -> None:
    def resolve(_host: str, _port: int) -> Sequence[str]:
        raise socket.gaierror("no such name")

    assert fetching.ask("http://htx.vn/", resolve=resolve).reason == Reason.NO_NAME


def test_looking_up_a_name_takes_no_longer_than_it_may() -> None:
    def resolve(_host: str, _port: int) -> Sequence[str]:
        time.sleep(3)
        return ["8.8.8.8"]

    began = time.monotonic()
    answer = fetching.ask("http://htx.vn/", resolve=resolve, seconds=0.3)
    assert answer.reason == Reason.NO_ANSWER
    assert time.monotonic() - began < 2


def test_a_machine_that_takes_no_connection_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    assert asked(f"http://127.0.0.1:{port}/").reason == Reason.NO_CONNECTION


def test_a_shop_that_says_nothing_is_left_in_time() -> None:
    def serve(line: socket.socket) -> None:
        line.recv(65_536)
        time.sleep(1.5)

    began = time.monotonic()
    with line_to(serve) as address:
        assert asked(address, seconds=0.4).reason == Reason.NO_ANSWER
        assert time.monotonic() - began < 1.2


def test_a_shop_that_answers_drop_by_drop_is_left_in_time() -> None:
    def serve(line: socket.socket) -> None:
        line.recv(65_536)
        for _drop in range(100):
            line.sendall(b"H")
            time.sleep(0.1)

    began = time.monotonic()
    with line_to(serve) as address:
        assert asked(address, seconds=0.5).reason == Reason.NO_ANSWER
        assert time.monotonic() - began < 2


def test_an_answer_without_an_end_is_read_no_further() -> None:
    sent = 0

    def serve(line: socket.socket) -> None:
        nonlocal sent
        line.recv(65_536)
        for _more in range(10_000):
            line.sendall(b"x" * 4096)
            sent += 4096

    with line_to(serve) as address:
        assert asked(address).reason == Reason.NOT_WEB
    assert sent < 40_960_000


@pytest.mark.parametrize(
    "said", [b"", b"SSH-2.0-OpenSSH\r\n\r\n", b"HTTP/1.1 abc\r\n\r\n", b"HTTP/1.1 200 OK\r\n"]
)
def test_what_does_not_answer_as_a_page_is_told(said: bytes) -> None:
    def serve(line: socket.socket) -> None:
        line.recv(65_536)
        line.sendall(said)

    with line_to(serve) as address:
        assert asked(address).reason == Reason.NOT_WEB


def test_what_is_said_before_the_answer_is_passed_over() -> None:
    with shop({"/hang": _answer("103 Early Hints") + _answer("200 OK")}) as found:
        assert asked(found.address()).reason == Reason.OK


def test_a_certificate_that_nobody_trusts_is_told(tmp_path: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(_certificate(tmp_path))

    def serve(line: socket.socket) -> None:
        with context.wrap_socket(line, server_side=True) as secured:
            secured.recv(65_536)

    with line_to(serve) as address:
        assert asked(address.replace("http://", "https://")).reason == Reason.CERTIFICATE


def test_a_machine_that_speaks_no_tls_is_told() -> None:
    with line_to(lambda line: line.sendall(b"HTTP/1.1 400 Bad\r\n\r\n")) as address:
        assert asked(address.replace("http://", "https://")).reason == Reason.NO_CONNECTION


def _certificate(folder: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    path = folder / "shop.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return path
