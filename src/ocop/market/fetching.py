"""Asking a shop's page, without ever reaching into a private network.

The name is looked up first, and the connection goes to the address that was looked up and held to
be open (`networks.is_open`): a name that gives another address a moment later changes nothing. Each
redirection is an address of its own and goes the same way. Only the head of the answer is read, up
to a size and until a moment; no cookie, no login and no address of ours but the one of the shop
travels along.
"""

import re
import socket
import ssl
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from django.conf import settings

from ocop.market import addresses, networks
from ocop.market.verdicts import Reason, of_status

SECONDS = 10.0  # for one page with all that it leads through
MOST_BYTES = 32_768  # of the head of an answer
MOST_HOPS = 5
AGENT = "ocop-link-check/1"

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_STATUS = re.compile(rb"HTTP/1\.[01] (\d{3})(?:[ \r\n]|$)")
_END = re.compile(rb"\r?\n\r?\n")
_ONWARD = re.compile(rb"^location:[ \t]*(.*?)[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)

#: Gives the addresses of machines for a name and a port.
Resolver = Callable[[str, int], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of asking: why, and the status of the last page that answered, if one did."""

    reason: Reason
    status: int | None = None


class _Failed(Exception):
    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


def loopback() -> bool:
    """Whether this installation lets links lead to its own machine: a setting of tests."""
    return bool(settings.OCOP_LINK_LOOPBACK)


def ask(
    address: str,
    *,
    loopback: bool = False,
    resolve: Resolver | None = None,
    seconds: float = SECONDS,
) -> Answer:
    """Ask for a page as a visitor would and tell what came of it; raises nothing.

    `loopback` lets this very machine be asked, for tests.
    """
    until = time.monotonic() + seconds
    here = address
    for hop in range(MOST_HOPS + 1):
        try:
            here = addresses.read(here, loopback=loopback)
        except addresses.WrongAddress:
            return Answer(Reason.LEADS_ASTRAY if hop else Reason.INNER)
        try:
            status, onward = _page(here, loopback, resolve or _look_up, until)
        except _Failed as failed:
            return Answer(failed.reason)
        if status not in _REDIRECTS or onward is None:
            to_home = addresses.is_bare(here) and not addresses.is_bare(address)
            return Answer(of_status(status, to_home=to_home), status)
        try:
            here = urljoin(here, onward.replace(" ", "%20"))
        except ValueError:
            return Answer(Reason.LEADS_ASTRAY, status)
    return Answer(Reason.ROUND)


def _page(address: str, loopback: bool, resolve: Resolver, until: float) -> tuple[int, str | None]:
    """The status of a page and where it leads on to."""
    parts = urlsplit(address)
    host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        machines = _resolved(host, port, resolve, until)
        if not all(networks.is_open(m) or (loopback and networks.is_loopback(m)) for m in machines):
            raise _Failed(Reason.INNER)
        with closing(_connected(machines, port, until)) as plain:
            if parts.scheme == "https":
                with closing(_secured(plain, host, until)) as line:
                    return _read(_send(line, parts.netloc, target, until), until)
            return _read(_send(plain, parts.netloc, target, until), until)
    except ssl.SSLCertVerificationError as error:
        raise _Failed(Reason.CERTIFICATE) from error
    except TimeoutError as error:
        raise _Failed(Reason.NO_ANSWER) from error
    except OSError as error:
        raise _Failed(Reason.NO_CONNECTION) from error


def _resolved(host: str, port: int, resolve: Resolver, until: float) -> Sequence[str]:
    """The addresses of a name. Looking up has no time limit of its own, so it is waited for."""
    found: list[Sequence[str]] = []

    def look() -> None:
        try:
            found.append(resolve(host, port))
        except (OSError, UnicodeError):
            found.append(())

    looking = threading.Thread(target=look, daemon=True)
    looking.start()
    looking.join(_left(until))
    if not found:
        raise _Failed(Reason.NO_ANSWER)
    if not found[0]:
        raise _Failed(Reason.NO_NAME)
    return found[0]


def _look_up(host: str, port: int) -> Sequence[str]:
    rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(row[4][0]) for row in rows))


def _connected(machines: Sequence[str], port: int, until: float) -> socket.socket:
    """A connection to the first of these machines that takes one."""
    refused: OSError = OSError()
    for machine in machines:
        try:
            return socket.create_connection((machine, port), timeout=_left(until))
        except OSError as error:
            refused = error
    raise refused


def _secured(plain: socket.socket, host: str, until: float) -> ssl.SSLSocket:
    plain.settimeout(_left(until))  # of the whole handshake
    return ssl.create_default_context().wrap_socket(plain, server_hostname=host)


def _send(line: socket.socket, netloc: str, target: str, until: float) -> socket.socket:
    request = (
        f"GET {target} HTTP/1.1\r\nHost: {netloc}\r\nUser-Agent: {AGENT}\r\n"
        "Accept: text/html,*/*;q=0.1\r\nAccept-Language: vi\r\nConnection: close\r\n\r\n"
    )
    line.settimeout(_left(until))
    line.sendall(request.encode("ascii"))
    return line


def _read(line: socket.socket, until: float) -> tuple[int, str | None]:
    """The first answer that is one: what only says that it is coming (1xx) is passed over."""
    held = b""
    while True:
        while (end := _END.search(held)) is None:
            if len(held) > MOST_BYTES:
                raise _Failed(Reason.NOT_WEB)
            line.settimeout(_left(until))
            more = line.recv(4096)
            if not more:
                raise _Failed(Reason.NOT_WEB)
            held += more
        head, held = held[: end.end()], held[end.end() :]
        told = _STATUS.match(head)
        if told is None:
            raise _Failed(Reason.NOT_WEB)
        if told[1][:1] == b"1":
            continue
        onward = _ONWARD.search(head)
        return int(told[1]), onward[1].decode("utf-8", "replace") if onward else None


def _left(until: float) -> float:
    """The seconds that are left. Never none at all, which would mean not to wait, or for ever."""
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
