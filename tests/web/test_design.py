"""The design system: contrast, size, policy, error pages, tables, and the static build."""

import importlib.util
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.test import Client, RequestFactory

from ocop.core import language
from ocop.core.refusals import Refused
from ocop.web import errors
from ocop.web.middleware import refusals

ROOT = Path(__file__).parents[2]
WEB = ROOT / "src" / "ocop" / "web"
pytestmark = pytest.mark.django_db


def tokens() -> tuple[dict[str, str], dict[str, str]]:
    """The colours of light and of dark."""
    light, dark = (WEB / "styles" / "tokens.css").read_text().split("prefers-color-scheme: dark")
    found = [dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", part)) for part in (light, dark)]
    return found[0], {**found[0], **found[1]}


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


GROUNDS = ("paper", "surface", "sunken")
TEXTS = [
    *((text, ground) for text in ("ink", "ink-2", "ink-3", "leaf") for ground in GROUNDS),
    *((text, ground) for text in ("brick", "amber") for ground in ("paper", "surface")),
    ("leaf-ink", "leaf"), ("leaf-ink", "leaf-strong"), ("brick-ink", "brick"),
    ("brick-ink", "brick-strong"), ("leaf", "leaf-soft"), ("amber", "amber-soft"),
    ("brick", "brick-soft"), ("ink", "gold-soft"), ("ink", "leaf-soft"), ("ink-2", "leaf-soft"),
]  # fmt: skip
SHAPES = [
    (shape, ground)
    for shape in ("gold", "line-control", "focus", "leaf", "brick")
    for ground in GROUNDS
]


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXTS)
def test_text_is_legible(scheme: int, text: str, ground: str) -> None:
    colours = tokens()[scheme]
    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("shape", "ground"), SHAPES)
def test_shapes_and_borders_of_controls_are_seen(scheme: int, shape: str, ground: str) -> None:
    colours = tokens()[scheme]
    assert contrast(colours[shape], colours[ground]) >= 3


def test_style_sheet_stays_small() -> None:
    assert sum(path.stat().st_size for path in (WEB / "styles").glob("*.css")) < 56_000


class _Policy(HTMLParser):
    """Collects what a strict content policy forbids."""

    def __init__(self) -> None:
        super().__init__()
        self.forbidden: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = {name: value or "" for name, value in attrs}
        inline = tag == "script" and "src" not in names and "json" not in names.get("type", "")
        if inline or tag == "style" or "style" in names or any(n.startswith("on") for n in names):
            self.forbidden.append(f"{tag} {names}")


@pytest.mark.parametrize("words", ["vi", "en"])
def test_design_page_shows_everything_within_the_policy(client: Client, words: str) -> None:
    client.cookies["ocop_language"] = words
    page = client.get("/thiet-ke/").content.decode()
    policy = _Policy()
    policy.feed(page)
    assert policy.forbidden == []
    assert f'<html lang="{words}">' in page


def test_design_page_exports_its_table(client: Client) -> None:
    answer = client.get("/thiet-ke/?format=xlsx")
    assert b"".join(answer).startswith(b"PK")


def test_every_component_says_its_parameters() -> None:
    for path in sorted((WEB / "templates" / "components").glob("*.html")):
        first = path.read_text().splitlines()[0]
        assert first.startswith("{# "), path.name
        assert " #}" in first, path.name


def test_reference_names_every_component_and_tag() -> None:
    reference = (ROOT / "docs" / "reference" / "design-system.md").read_text()
    names = [path.stem for path in (WEB / "templates" / "components").glob("*.html")]
    library = (WEB / "templatetags" / "ocop.py").read_text()
    names += re.findall(r"@register\.[^\n]*\ndef (\w+)", library)
    assert [name for name in names if f"`{name}`" not in reference] == []


def test_unknown_address_says_what_to_do(client: Client) -> None:
    answer = client.get("/khong-co/")
    assert answer.status_code == 404
    assert "Không tìm thấy trang này" in answer.content.decode()


def test_own_mistake_is_told_without_reading_the_database(
    django_assert_num_queries: object,
) -> None:
    with django_assert_num_queries(0):
        answer = errors.server_error(RequestFactory().get("/"))
    assert answer.status_code == 500
    assert "Lỗi ở phía chúng tôi" in answer.content.decode()


def test_refusal_is_shown_with_its_reason(rf: RequestFactory) -> None:
    request = rf.post("/x/")
    request.user = None
    answer = refusals(lambda _request: None).process_exception(
        request, Refused("x", "Quyết định này đã có trong sổ.")
    )
    assert answer.status_code == 409
    assert "Quyết định này đã có trong sổ." in answer.content.decode()


def test_language_is_switched_without_a_token_and_comes_back(client: Client) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/ngon-ngu/", {"language": "en", "next": "/thiet-ke/?page=2"})
    assert answer.headers["Location"] == "/thiet-ke/?page=2"
    assert answer.cookies["ocop_language"].value == "en"


def test_public_page_without_forms_sets_no_cookie(client: Client) -> None:
    assert not client.get("/khong-co/").cookies


def test_headings_of_a_table_sort_and_say_how(client: Client) -> None:
    page = client.get("/thiet-ke/?sort=-left&page=2").content.decode()
    assert 'aria-sort="descending"' in page
    assert 'href="?sort=left"' in page


def test_rows_of_a_table_say_their_headings(client: Client) -> None:
    assert 'data-label="Xã, phường"' in client.get("/thiet-ke/").content.decode()


def test_signing_in_speaks_vietnamese(client: Client) -> None:
    page = client.post("/tai-khoan/login/", {"login": "a@b.vn", "password": "sai"})
    assert "Thư điện tử hoặc mật khẩu không đúng" in page.content.decode()


@pytest.mark.parametrize(
    "address",
    ["login/", "signup/", "password/reset/", "password/reset/done/", "inactive/",
     "password/reset/key/1-abc/", "password/reset/key/done/"],
)  # fmt: skip
def test_pages_of_signing_in_look_like_ours(client: Client, address: str) -> None:
    page = client.get(f"/tai-khoan/{address}").content.decode()
    assert 'class="brand"' in page
    assert 'class="narrow"' in page


def _builder() -> object:
    specification = importlib.util.spec_from_file_location(
        "build_static", ROOT / "tools" / "build_static.py"
    )
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def test_style_sheets_are_joined_once_and_rebuilt_when_they_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    builder = _builder()
    styles, build = tmp_path / "styles", tmp_path / "build"
    styles.mkdir()
    build.mkdir()
    for name in builder.SHEETS:
        (styles / f"{name}.css").write_text(f"/* note */\n@layer {name} {{\n  a {{ }}\n}}\n")
    monkeypatch.setattr(builder, "STYLES", styles)
    monkeypatch.setattr(builder, "BUILD", build)
    builder.build_styles()
    first = (build / "ocop.css").read_text()
    assert "note" not in first
    assert first.index("@layer tokens") < first.index("@layer print")
    before = (build / "ocop.css").stat().st_mtime_ns
    builder.build_styles()
    assert (build / "ocop.css").stat().st_mtime_ns == before
    (styles / "print.css").write_text("@layer print { b { } }")
    builder.build_styles()
    assert "b { }" in (build / "ocop.css").read_text()


def test_build_into_a_place_that_cannot_be_written_says_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    monkeypatch.setenv("OCOP_DATA_DIR", str(blocked / "below"))
    assert _builder().main() == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_tests_leave_the_language_as_they_found_it() -> None:
    assert language.active() == "vi"


def test_star_of_unknown_validity_has_no_last_day(client: Client) -> None:
    page = client.get("/thiet-ke/").content.decode()
    bands = [part.partition("</div></div>")[0] for part in page.split('<div class="band')[1:]]
    (unknown,) = [band for band in bands if "Chưa rõ thời hạn" in band]
    assert "thời hạn đến hết" not in unknown
    (expired,) = [band for band in bands if "có thời hạn đến hết" in band]
    assert "có thời hạn đến hết 08/10/2026" in expired
