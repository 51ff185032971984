"""What the commands that answer requests share: where they listen, with how many processes."""

import argparse
import os
import socket
import threading
import time
from contextlib import closing, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException

from ocop.core.language import gettext as _
from ocop.core.refusals import Refused

_MOST_WORKERS = 4  # unless asked for more
_LOOKS = 0.2  # seconds between two looks whether somebody answers
_PATIENCE = 30.0  # seconds for one answer
_EVERYWHERE = ("0.0.0.0", "::")


@dataclass(frozen=True, slots=True)
class Place:
    """Where to listen: numeric host, port, how many processes; and its address for a browser."""

    host: str
    port: int
    workers: int
    address: str


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--host",
        default=os.environ.get("HOST") or "127.0.0.1",
        help=_("địa chỉ lắng nghe (biến HOST; mặc định 127.0.0.1)"),
    )
    parser.add_argument(
        "--port",
        default=os.environ.get("PORT") or "8000",
        help=_("cổng (biến PORT; mặc định 8000)"),
    )
    parser.add_argument(
        "--workers",
        default=os.environ.get("OCOP_WORKERS") or str(min(os.cpu_count() or 1, _MOST_WORKERS)),
        help=_("số tiến trình trả lời (biến OCOP_WORKERS; mặc định bằng số nhân, tối đa 4)"),
    )


def place(options: argparse.Namespace) -> Place:
    """Where the arguments say. Refused: no port, no number, an address that cannot be taken."""
    port, workers = _port(options.port), _workers(options.workers)
    host = _free_address(options.host, port)
    return Place(host, port, workers, f"http://{_shown(options.host)}:{port}")


def serve(application: str, where: Place, *, stop_within: int) -> None:
    """Serve until a signal ends it. `stop_within`: seconds that an answer gets to finish."""
    from django.db import connection
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    connection.close()  # the processes that answer are forked and open their own
    Granian(
        application,
        address=where.host,
        port=where.port,
        workers=where.workers,
        interface=Interfaces.ASGI,
        websockets=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        # One that is still starting does not hear the signal, and would be waited for without end.
        workers_kill_timeout=stop_within,
    ).serve()


def say_when_answering(where: Place, path: str, words: str) -> None:
    """Print words once a path is answered there: the processes take a while to learn what they
    tell."""

    def wait() -> None:
        while True:
            connection = HTTPConnection(where.host, where.port, timeout=_PATIENCE)
            with suppress(OSError, HTTPException), closing(connection):
                connection.request("HEAD", path)
                if connection.getresponse().status < 500:
                    break
            time.sleep(_LOOKS)
        print(words, flush=True)

    threading.Thread(target=wait, daemon=True).start()


def _port(text: str) -> int:
    """A port number. Refused: anything else."""
    if text.isascii() and text.isdigit() and 0 < int(text) < 65536:
        return int(text)
    raise Refused("port", _("Cổng phải là số từ 1 đến 65535, không phải “%s”.") % text)


def _workers(text: str) -> int:
    """How many processes answer. Refused: no number, or none."""
    if text.isascii() and text.isdigit() and 0 < int(text) <= 64:
        return int(text)
    raise Refused("workers", _("Số tiến trình phải là số từ 1 đến 64, không phải “%s”.") % text)


def _free_address(host: str, port: int) -> str:
    """The numeric address of a host. Refused: no such host, not of this machine, a taken port."""
    try:
        family, kind, _proto, _name, place = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM
        )[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(place)
    except OSError as error:
        raise Refused(
            "address_taken",
            _(
                "Không mở được %(host)s:%(port)d, có thể cổng đang được dùng hoặc địa chỉ sai. "
                "Hãy chọn cổng khác, ví dụ PORT=%(other)d."
            )
            % {"host": host, "port": port, "other": port % 60000 + 1},
        ) from error
    return str(place[0])


def _shown(host: str) -> str:
    """How the address is written for a browser on this machine."""
    if host in (*_EVERYWHERE, "127.0.0.1", "::1"):
        return "localhost"
    return f"[{host}]" if ":" in host else host
