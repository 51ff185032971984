"""Asks a server on this machine over and over, through connections that stay open.

One process, one thread, plain sockets: what it costs is the same for every server, so that servers
can be compared. `python tools/load.py PORT CONNECTIONS SECONDS STATUS < REQUESTS` reads requests as
JSON strings, one a line, sends them in turn and prints answers a second, the median and the 99th
percentile of their times in milliseconds, and how many answers had another status.
"""

import json
import select
import socket
import sys
import time

_HEAD_END = b"\r\n\r\n"
_LENGTH = b"content-length:"


class Connection:
    """One open connection with one request on its way."""

    __slots__ = ("began", "left", "received", "socket")

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.setblocking(False)
        self.received, self.left, self.began = b"", -1, 0.0


def run(
    port: int, connections: int, seconds: float, status: bytes, requests: list[bytes]
) -> dict[str, float]:
    poll = select.epoll()
    open_ = {}
    for _ in range(connections):
        each = Connection(port)
        open_[each.socket.fileno()] = each
        poll.register(each.socket.fileno(), select.EPOLLIN)
    times: list[float] = []
    sent = wrong = 0
    clock = time.perf_counter
    start = clock()
    for each in open_.values():
        each.began = clock()
        each.socket.send(requests[sent % len(requests)])
        sent += 1
    end = start + seconds
    while (now := clock()) < end:
        for number, _event in poll.poll(1):
            each = open_[number]
            data = each.socket.recv(262_144)
            if not data:
                raise SystemExit(f"port {port} closed a connection")
            if each.left < 0:
                data = each.received + data
                at = data.find(_HEAD_END)
                if at < 0:
                    each.received = data
                    continue
                head = data[:at].lower()
                place = head.find(_LENGTH) + len(_LENGTH)
                length = int(head[place : head.find(b"\r", place) % (at + 1)])
                each.left = length - (len(data) - at - 4)
                wrong += head[9:12] != status
                each.received = b""
            else:
                each.left -= len(data)
            if each.left <= 0:
                each.left = -1
                now = clock()
                times.append(now - each.began)
                each.began = now
                each.socket.send(requests[sent % len(requests)])
                sent += 1
    took = clock() - start
    times.sort()
    return {
        "rate": len(times) / took,
        "p50": times[len(times) // 2] * 1000,
        "p99": times[len(times) * 99 // 100] * 1000,
        "wrong": wrong,
    }


if __name__ == "__main__":
    told = [json.loads(line).encode("latin-1") for line in sys.stdin]
    port, connections, seconds, status = sys.argv[1:]
    print(json.dumps(run(int(port), int(connections), float(seconds), status.encode(), told)))
