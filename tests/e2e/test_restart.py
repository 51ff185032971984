"""The server dies while two members are marking, and is started again."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from ocop.criteria.sets import load_set
from tests.e2e.conftest import Seed, free_port, sign_in, wait_for

pytestmark = [pytest.mark.e2e, pytest.mark.whole]
CODES = [criterion.code for criterion in load_set(13).criteria]
TITLE = "Phiếu máy chủ dừng giữa chừng"
PAUSE = 60  # ms between the keys of a quick member
#: Gives every criterion a mark of its own and goes on, as fast keys do; tells when it is done.
TYPE = """([marks, pause]) => {
    const keys = marks.flatMap(mark => [String(mark), "Enter"]);
    window.typed = new Promise(done => {
        const timer = setInterval(() => {
            const key = keys.shift();
            if (key === undefined) { clearInterval(timer); done(); return; }
            document.activeElement.dispatchEvent(
                new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
        }, pause);
    });
}"""
#: What stands on the page and is not waiting in the device: the server has said it has it.
ACKNOWLEDGED = """() => {
    const waits = Object.keys(localStorage).filter(key => key.startsWith("ocop-phieu:"));
    const cells = [...document.querySelectorAll("[data-points]")];
    return Object.fromEntries(cells
        .filter(cell => cell.textContent !== "–"
            && !waits.some(key => key.endsWith(`:${cell.dataset.points}`)))
        .map(cell => [cell.dataset.points, Number(cell.textContent)]));
}"""
Marks = dict[str, int]


class Server:
    """A server of its own on the demonstration's data, in a group that dies at once."""

    def __init__(self, folder: Path, port: int) -> None:
        self.address = f"http://localhost:{port}"
        self.log = folder / "second-server.log"
        self.environment = {
            **{k: v for k, v in os.environ.items() if k != "DATABASE_URL"},
            "OCOP_DATA_DIR": str(folder),
            "OCOP_BASE_URL": self.address,
            "PORT": str(port),
        }

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "ocop", "serve"],
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        wait_for(self.address, self.process, self.log)

    def kill(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(timeout=15)


@pytest.fixture
def server(site: str, folder: Path) -> Iterator[Server]:
    made = Server(folder, free_port())
    made.start()
    yield made
    made.kill()


@pytest.fixture
def windows(browser: Browser, server: Server) -> Iterator[Callable[[str], Page]]:
    """A window for each person who signs in."""
    contexts = []

    def opened(email: str) -> Page:
        context = browser.new_context(base_url=server.address, locale="vi-VN")
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        sign_in(page, email)
        return page

    yield opened
    for context in contexts:
        context.close()


def test_marks_survive_a_server_that_dies_while_they_are_saved(
    server: Server, seed: Seed, windows: Callable[[str], Page]
) -> None:
    told = json.loads(seed("council_seed", TITLE))
    code, emails = told["items"][TITLE], told["people"][2:4]
    pages = [windows(email) for email in emails]
    levels = [criterion.levels for criterion in load_set(13).criteria]
    given = [[max(each) for each in levels], [min(p for p in each if p) for each in levels]]

    def kept() -> dict[str, Marks]:
        rows = json.loads(seed("sheets_told", code))
        assert len({email for email, _marks in rows}) == len(rows)  # one sheet a member
        return dict(rows)

    for page in pages:
        page.goto(f"/hoi-dong/phieu/{code}/")
        expect(page.locator(".line.now")).to_have_attribute("data-line", CODES[0])
    for page, marks in zip(pages, given, strict=True):
        page.evaluate(TYPE, [marks, PAUSE])
    for page in pages:  # some are saved, others on their way, most not yet given
        page.wait_for_function(
            "n => Number(document.querySelectorAll('.toc [aria-current]').length) &&"
            " [...document.querySelectorAll('[data-points]')]"
            ".filter(cell => cell.textContent !== '–').length >= n",
            arg=len(CODES) // 3,
        )
    server.kill()
    for page in pages:
        page.evaluate("window.typed")
        expect(page.locator("[data-status]")).to_contain_text("chưa gửi")
    acknowledged = [page.evaluate(ACKNOWLEDGED) for page in pages]
    before = kept()
    for email, page_marks in zip(emails, acknowledged, strict=True):
        assert 0 < len(page_marks) < len(CODES)  # the server died in the middle
        stored = before.get(email, {})
        assert {key: stored.get(key) for key in page_marks} == page_marks

    server.start()
    for page in pages:
        expect(page.locator("[data-status]")).to_have_attribute("data-waiting", "0", timeout=30_000)
        expect(page.locator("[data-status]")).to_contain_text("đã lưu")
    after = kept()
    for email, marks in zip(emails, given, strict=True):
        assert after[email] == dict(zip(CODES, marks, strict=True))
