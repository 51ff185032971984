"""`ocop serve`: pages, files and uploads through the real server; clear lines when it cannot."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from http.client import HTTPConnection
from pathlib import Path

import pytest

from ocop.__main__ import main

pytestmark = pytest.mark.whole


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An installation of its own, in its own SQLite file."""
    kept = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    folder = tmp_path_factory.mktemp("state")
    given = {**kept, "OCOP_DATA_DIR": str(folder), "OCOP_LANGUAGE": "vi"}
    subprocess.run(
        [sys.executable, "-m", "ocop", "init", "--province", "01", "--quiet"], check=True, env=given
    )
    return given


class Served:
    """A running server and how to ask it."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.port = _free_port()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "ocop", "serve", "--port", str(self.port)],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def __enter__(self) -> "Served":
        return self

    def __exit__(self, *_error: object) -> None:
        if self.process.poll() is None:
            self.process.terminate()
            self.process.communicate(timeout=20)

    def ask(
        self, method: str, path: str, body: bytes = b"", **headers: str
    ) -> tuple[int, dict[str, str], bytes]:
        for attempt in range(600):
            connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
            try:
                connection.request(method, path, body, headers)
                answer = connection.getresponse()
                return answer.status, dict(answer.getheaders()), answer.read()
            except ConnectionError:
                if self.process.poll() is not None or attempt == 599:
                    raise
                time.sleep(0.1)
            finally:
                connection.close()
        raise AssertionError


@pytest.fixture(scope="module")
def served(environment: dict[str, str]) -> Iterator[Served]:
    with Served(environment) as server:
        yield server


def test_page_is_served(served: Served) -> None:
    status, headers, body = served.ask("GET", "/tai-khoan/login/")
    assert status == 200
    assert headers["content-type"].startswith("text/html")
    assert "Đăng nhập" in body.decode()


def test_static_file_is_served_whole_and_compressed(served: Served) -> None:
    _status, _headers, page = served.ask("GET", "/tai-khoan/login/")
    path = page.decode().split('rel="stylesheet" href="', 1)[1].split('"', 1)[0]
    status, headers, plain = served.ask("GET", path)
    assert (status, len(plain)) == (200, int(headers["content-length"]))
    assert "immutable" in headers["cache-control"]
    status, headers, packed = served.ask("GET", path, **{"Accept-Encoding": "gzip"})
    assert headers["content-encoding"] == "gzip"
    assert len(packed) < len(plain)


def test_large_upload_reaches_the_framework(served: Served) -> None:
    form = b"x" * 3_000_000
    kind = "multipart/form-data; boundary=none"
    status, _headers, _body = served.ask(
        "POST", "/tai-khoan/login/", form, **{"Content-Type": kind}
    )
    assert status == 403  # without the form's own token


def test_two_gigabytes_are_refused_before_they_travel(served: Served) -> None:
    status, _headers, body = served.ask(
        "POST", "/tai-khoan/login/", **{"Content-Length": str(2 * 1024**3)}
    )
    assert status == 413
    assert "nén tệp hoặc chia nhỏ" in body.decode()


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT])
def test_signal_ends_server_and_worker(environment: dict[str, str], sent: int) -> None:
    with Served(environment) as server:
        server.ask("GET", "/tai-khoan/login/")
        children = _children(server.process.pid)
        assert len(children) >= 2
        server.process.send_signal(sent)
        said, _nothing = server.process.communicate(timeout=20)
    assert server.process.returncode == 0
    assert f"http://localhost:{server.port}" in said
    assert "Traceback" not in said
    assert not [pid for pid in children if Path(f"/proc/{pid}").exists()]


def test_worker_of_jobs_that_ends_is_started_again(environment: dict[str, str]) -> None:
    with Served(environment) as server:
        server.ask("GET", "/tai-khoan/login/")
        for _attempt in range(150):
            if found := _workers(server.process.pid):
                break
            time.sleep(0.1)
        (before,) = found
        os.kill(before, signal.SIGKILL)
        for _attempt in range(150):
            time.sleep(0.1)
            if (now := _workers(server.process.pid)) and now != [before]:
                break
        assert now != [before]


def test_taken_port_is_one_line(served: Served, capsys: pytest.CaptureFixture[str]) -> None:
    served.ask("GET", "/tai-khoan/login/")
    assert main(["serve", "--port", str(served.port)]) == 1
    said = capsys.readouterr().err.strip()
    assert len(said.splitlines()) == 1
    assert f"PORT={served.port % 60000 + 1}" in said


@pytest.mark.parametrize("host", ["192.0.2.1", "khong-co.invalid"])
def test_address_of_another_machine_is_one_line(
    host: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["serve", "--host", host, "--port", str(_free_port())]) == 1
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


@pytest.mark.parametrize("workers", ["-1", "0", "65", "hai"])
def test_number_of_processes_that_cannot_be_is_one_line(
    workers: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["serve", f"--workers={workers}"]) == 1
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


@pytest.mark.parametrize("port", ["-1", "0", "70000", "tám", "80a"])
def test_port_that_cannot_be_is_one_line(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", f"--port={port}"]) == 1
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


def test_nothing_installed_says_what_to_do(tmp_path: Path, environment: dict[str, str]) -> None:
    empty = {**environment, "OCOP_DATA_DIR": str(tmp_path), "PORT": str(_free_port())}
    ended = subprocess.run(
        [sys.executable, "-m", "ocop", "serve"], env=empty, capture_output=True, text=True
    )
    assert ended.returncode == 1
    assert "ocop init" in ended.stderr
    assert len(ended.stderr.strip().splitlines()) == 1


def _children(parent: int) -> list[int]:
    """Processes started by another one, and theirs; what ends meanwhile has none."""
    found = []
    for task in Path("/proc").glob(f"{parent}/task/*"):
        for pid in _read(task / "children").split():
            found += [int(pid), *_children(int(pid))]
    return found


def _workers(parent: int) -> list[int]:
    return [p for p in _children(parent) if "\0work\0" in _read(Path(f"/proc/{p}/cmdline"))]


def _read(path: Path) -> str:
    with suppress(FileNotFoundError, ProcessLookupError):
        return path.read_text()
    return ""
