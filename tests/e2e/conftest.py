"""A served demonstration and a browser, once for all browser tests."""

import fcntl
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from ocop.demonstration.logins import PASSWORD
from tests.e2e import filling

Seed = Callable[..., str]
START = 120  # seconds that a busy machine may take to start the server
WIDTHS = (360, 768, 1440)
SWITCHES = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


expect.set_options(timeout=15_000)  # two browsers share two cores


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Where the served demonstration keeps its data: filled once, each worker has a copy.

    `OCOP_FILLED` names a folder that `tests.e2e.filling` filled beforehand.
    """
    copy = tmp_path_factory.mktemp("demonstration")
    if beforehand := os.environ.get("OCOP_FILLED"):
        return shutil.copytree(beforehand, copy, dirs_exist_ok=True)
    base = tmp_path_factory.getbasetemp()
    if worker_id != "master":
        base = base.parent
    filled = base / "filled"
    with (base / "filled.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not filled.exists():
            filling.fill(base / "filling")
            (base / "filling").rename(filled)
    return shutil.copytree(filled, copy, dirs_exist_ok=True)


@pytest.fixture(scope="session")
def site(folder: Path) -> Iterator[str]:
    """The address of a server that shows the demonstration province, as `make run` starts it."""
    port = free_port()
    address = f"http://localhost:{port}"
    environment = {
        **filling.environment(folder),
        "OCOP_BASE_URL": address,
        "PORT": str(port),
        "OCOP_LINK_LOOPBACK": "true",  # shops of tests are on this machine
    }
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "ocop", "serve"], env=environment, stdout=log, stderr=log
        )
        try:
            wait_for(address, server, folder / "server.log")
            yield address
        finally:
            server.terminate()
            server.wait(timeout=15)


@pytest.fixture(scope="session")
def seed(site: str, folder: Path) -> Seed:
    """Runs a module of this package on the served data; gives what it printed."""

    def run(module: str, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", f"tests.e2e.{module}", *arguments],
            check=False,
            capture_output=True,
            env={**filling.environment(folder), "PYTHONPATH": os.pathsep.join(["src", "."])},
            cwd=Path(__file__).parents[2],
        )
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode()

    return run


def wait_for(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + START
    while time.monotonic() < until:
        if server.poll() is not None:
            pytest.fail(f"the server stopped:\n{log.read_text()}")
        try:
            with urlopen(address, timeout=5):
                return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    pytest.fail(f"the server does not answer:\n{log.read_text()}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    path = next(
        found
        for name in ("chromium", "chromium-browser", "google-chrome")
        if (found := shutil.which(name))
    )
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=path, args=list(SWITCHES))
        yield chromium
        chromium.close()


@pytest.fixture
def context(browser: Browser, site: str) -> Iterator[BrowserContext]:
    """A fresh profile that speaks Vietnamese and reaches nothing but the server."""
    fresh = browser.new_context(
        base_url=site, locale="vi-VN", viewport={"width": 1440, "height": 900}
    )
    fresh.set_default_timeout(15_000)
    yield fresh
    fresh.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page that fails the test when its scripts fail or its policy is broken."""
    fresh = context.new_page()
    wrong: list[str] = []
    fresh.on("pageerror", lambda error: wrong.append(str(error)))
    fresh.on("console", lambda m: wrong.append(m.text) if m.type == "error" else None)
    yield fresh
    assert [w for w in wrong if "404" not in w and "403" not in w] == []


def sign_in(page: Page, email: str) -> None:
    """Sign in as one of the demonstration's people."""
    page.goto("/tai-khoan/login/")
    page.fill("input[name=login]", email)
    page.fill("input[name=password]", PASSWORD)
    page.click("main form [type=submit]")
    page.wait_for_load_state()


def awaited(ask: Callable[[], Any], seconds: float, wanted: str) -> Any:
    """What is asked for until there is something, and no longer."""
    ends = time.monotonic() + seconds
    while not (told := ask()):
        assert time.monotonic() < ends, wanted
        time.sleep(0.05)
    return told


def until(page: Page, script: str, argument: object = None) -> None:
    """Wait until a script that may itself wait answers yes; `wait_for_function` takes its promise
    for a yes."""
    awaited(lambda: page.evaluate(script, argument), 15, script)
