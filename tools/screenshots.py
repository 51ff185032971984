"""Pictures of the pages at 360, 768 and 1440 px into docs/screens, from a fresh demonstration.

With arguments only those whose names begin so: `tools/screenshots.py stamp passport`.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parent.parent
OUT = ROOT / "docs" / "screens"
WIDTHS = (360, 768, 1440)
HEIGHT = {360: 740, 768: 1024, 1440: 900}
SWITCHES = (
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


@contextmanager
def served() -> Iterator[str]:
    """The address of a fresh demonstration; an address in OCOP_SCREENS_URL is taken as it is, with
    its data in OCOP_DATA_DIR."""
    if given := os.environ.get("OCOP_SCREENS_URL"):
        yield given
        return
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://localhost:{port}"
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ, "OCOP_DATA_DIR": folder, "OCOP_BASE_URL": address, "PORT": str(port),
        }  # fmt: skip
        subprocess.run(
            [sys.executable, ROOT / "tools/build_static.py"], check=True, env=environment
        )
        ocop = [sys.executable, "-m", "ocop"]
        subprocess.run([*ocop, "demo", "--quiet"], check=True, env=environment)
        server = subprocess.Popen([*ocop, "serve"], env=environment, stdout=subprocess.DEVNULL)
        try:
            _wait_for(address)
            os.environ["OCOP_DATA_DIR"] = folder
            yield address
        finally:
            server.terminate()
            server.wait(timeout=15)


def _wait_for(address: str) -> None:
    for _attempt in range(150):
        try:
            with urlopen(address, timeout=5):
                return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    sys.exit("The server does not answer.")


def a_stamp() -> tuple[str, str]:
    """The serial of a stamp on goods that some people have looked at, and its product. No page
    tells serials: they come out of the tables of what is served."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "ocop.settings"
    django.setup()
    from ocop.traceability import serials, stamp_keys
    from ocop.traceability.models import StampRange, StampSeen

    active = StampRange.objects.filter(state="active", order__item__product__in_ocop=True)
    for seen in StampSeen.objects.filter(scans__gte=3).order_by("scans", "number"):
        begun = active.filter(key__version=seen.version, first__lte=seen.number).order_by("-first")
        found = begun.select_related("order__item__product").first()
        if found is not None and seen.number < found.first + found.count:
            serial = serials.written(stamp_keys.serial_key(seen.version), seen.number)
            return serial, found.order.item.product.code
    sys.exit("No stamp was looked at.")


#: An address, or a page and the beginnings of links to follow from there, each the first of its
#: page that leads further.
Where = str | tuple[str, ...]


def take(browser: Browser, address: str, login: str, pages: dict[str, Where]) -> None:
    """Pictures of some pages, seen by one person (nobody when `login` is empty)."""
    for width in WIDTHS:
        context = browser.new_context(
            base_url=address, locale="vi-VN", viewport={"width": width, "height": HEIGHT[width]}
        )
        page = context.new_page()
        if login:
            _sign_in(page, login)
        for name, where in pages.items():
            path = where if isinstance(where, str) else _led(page, *where)
            answer = page.goto(path)
            if answer is None or answer.status != 200:
                sys.exit(f"{path}: {answer and answer.status}")
            page.wait_for_load_state("networkidle")
            with Image.open(BytesIO(page.screenshot())) as picture:
                picture.save(OUT / f"{name}-{width}.webp", quality=70, method=6)
        context.close()


def _led(page: Page, start: str, *beginnings: str) -> str:
    for beginning in beginnings:
        start = _first(page, start, beginning)
    return start


def _first(page: Page, start: str, beginning: str) -> str:
    page.goto(start)
    below = f"a[href^='{beginning}']:not([href='{beginning}'])"
    rows = page.locator(f"main tbody {below}, main article {below}, main li {below}")
    return (rows if rows.count() else page.locator(f"main {below}")).first.get_attribute(
        "href"
    ) or "/"


def _sign_in(page: Page, login: str) -> None:
    from ocop.demonstration.logins import PASSWORD

    page.goto("/tai-khoan/login/")
    page.fill("input[name=login]", login)
    page.fill("input[name=password]", PASSWORD)
    page.click("main form [type=submit]")
    page.wait_for_load_state()


def addresses(page: Page, stamp: tuple[str, str]) -> dict[str, dict[str, Where]]:
    """The pages of everybody, by the name of the role; one product stands for all."""
    serial, stamped = stamp
    product = _first(page, "/san-pham/", "/san-pham/")
    producer = _first(page, product, "/chu-the/")
    public: dict[str, Where] = {
        "home": "/", "catalogue": "/san-pham/", "product": product, "producer": producer,
        "star-on-a-day": f"{product}hang-sao/", "history": f"{product}lich-su/",
        "map": "/ban-do/", "figures": "/so-lieu/?as_of=2024-03-31", "decisions": "/quyet-dinh/",
        "register-log": "/so-dang-ky/nhat-ky/", "check": "/kiem-tra/",
        "design": "/thiet-ke/", "sign-in": "/tai-khoan/login/",
        "stamp": f"/T/{serial}",
        "passport": (f"/san-pham/{stamped}/", f"/san-pham/{stamped}/ho-chieu/"),
    }  # fmt: skip
    traced = "/dieu-hanh/truy-xuat/"
    office: dict[str, Where] = {
        "office-home": "/dieu-hanh/", "office-register": "/dieu-hanh/so-dang-ky/",
        "office-products": "/dieu-hanh/san-pham/", "office-producers": "/dieu-hanh/chu-the/",
        "office-import": "/dieu-hanh/nhap/", "office-radar": "/dieu-hanh/het-han/",
        "office-expiry": "/dieu-hanh/het-han/danh-sach/", "office-dossiers": "/dieu-hanh/ho-so/",
        "office-decision": ("/dieu-hanh/quyet-dinh/", "/dieu-hanh/quyet-dinh/"),
        "office-postchecks": "/dieu-hanh/hau-kiem/", "office-criteria": "/dieu-hanh/bo-tieu-chi/",
        "office-calculator": "/dieu-hanh/cham-thu/13/", "office-workbook": "/dieu-hanh/so-cham/1/",
        "office-units": "/dieu-hanh/don-vi/",
        "office-trade-items": traced, "office-lots": f"{traced}lo/",
        "office-sites": f"{traced}dia-diem/", "office-trace-events": f"{traced}su-kien/",
        "office-stamp-orders": f"{traced}tem/",
        "office-stamp-order": (f"{traced}tem/?stage=active", f"{traced}tem/"),
        "office-stamp-print": (
            f"{traced}tem/?stage=ordered", f"{traced}tem/", f"{traced}tem/tep/"
        ),
        "office-scans": f"{traced}quet/", "office-signals": f"{traced}nghi-van/",
        "office-signal": (f"{traced}nghi-van/", f"{traced}nghi-van/"),
    }  # fmt: skip
    return {
        "": public,
        "PROVINCIAL_OFFICER": office,
        "PRODUCER": {
            "mine": "/cua-toi/", "mine-dossier": ("/cua-toi/ho-so/", "/cua-toi/ho-so/"),
            "mine-diary": "/cua-toi/truy-xuat/nhat-ky/", "mine-lots": "/cua-toi/truy-xuat/lo/",
            "mine-lot": ("/cua-toi/truy-xuat/lo/", "/cua-toi/truy-xuat/lo/"),
        },
        "COUNCIL_CHAIR": {
            "council": "/hoi-dong/", "council-sitting": ("/hoi-dong/", "/hoi-dong/phien/"),
            "council-sheet": ("/hoi-dong/", "/hoi-dong/phieu/"),
        },
        "INSPECTOR": {"field-stamps": f"{traced}hien-truong/"},
        "ADMINISTRATOR": {"administration": "/quan-tri/", "accounts": "/quan-tri/tai-khoan/"},
    }  # fmt: skip


def main(wanted: tuple[str, ...]) -> int:
    OUT.mkdir(parents=True, exist_ok=True)
    names = ("chromium", "chromium-browser", "google-chrome")
    path = next(found for name in names if (found := shutil.which(name)))
    with served() as address:
        stamp = a_stamp()  # before the browser, whose loop the tables refuse to be read in
        return _taken(address, stamp, path, wanted)


def _taken(address: str, stamp: tuple[str, str], path: str, wanted: tuple[str, ...]) -> int:
    from ocop.demonstration.logins import email_of
    from ocop.people.roles import Role

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=list(SWITCHES))
        page = browser.new_page(base_url=address)
        found = addresses(page, stamp)
        page.close()
        for role, pages in found.items():
            some = {n: where for n, where in pages.items() if not wanted or n.startswith(wanted)}
            if some:
                take(browser, address, email_of(Role[role]) if role else "", some)
        browser.close()
    print(f"{len(list(OUT.glob('*.webp')))} pictures in {OUT.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(tuple(sys.argv[1:])))
