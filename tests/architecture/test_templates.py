"""Every text of a page can be read in both languages."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "ocop"
TEMPLATES = SOURCE / "web" / "templates"
_TAGS = re.compile(
    r"{%\s*comment\b.*?{%\s*endcomment\s*%}"
    r"|{%\s*blocktranslate\b.*?{%\s*endblocktranslate\s*%}"
    r"|{%.*?%}|{{.*?}}|{#.*?#}",
    re.DOTALL,
)
_ASKING = frozenset({"_", "_t", "gettext", "gettext_lazy", "kernel", "ngettext", "pgettext", "N_"})
_OWN_NAME = "Tiếng Việt"  # a language is offered by its own name
_VIETNAMESE = re.compile(r"[à-ỹÀ-ỸđĐ]")


@pytest.mark.parametrize(
    "path", sorted(TEMPLATES.rglob("*.html")), ids=lambda p: str(p.relative_to(TEMPLATES))
)
def test_template_marks_every_text(path: Path) -> None:
    left = _TAGS.sub("", path.read_text(encoding="utf-8")).replace(_OWN_NAME, "")
    assert [line.strip() for line in left.splitlines() if _VIETNAMESE.search(line)] == []


@pytest.mark.parametrize(
    "path", sorted(TEMPLATES.rglob("*.html")), ids=lambda p: str(p.relative_to(TEMPLATES))
)
def test_template_holds_no_inline_script_or_style(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.findall(r"\sstyle=|\son[a-z]+=|<style\b|javascript:", text) == []
    for script in re.findall(r"<script\b[^>]*>", text):
        assert "src=" in script or 'type="application/' in script


def test_no_text_is_asked_for_inside_another() -> None:
    """What gathers the texts of the catalogue does not look into f-strings."""
    found = [
        f"{path.name}:{outer.lineno}"
        for path in sorted(SOURCE.rglob("*.py"))
        for outer in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(outer, ast.JoinedStr)
        for inner in ast.walk(outer)
        if isinstance(inner, ast.Call)
        and isinstance(inner.func, ast.Name)
        and inner.func.id in _ASKING
        and inner.args
        and isinstance(inner.args[0], ast.Constant)
    ]
    assert found == []


def test_every_text_has_its_english() -> None:
    done = subprocess.run(
        [sys.executable, "tools/catalogue.py", "check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == ""
    assert done.returncode == 0, done.stderr
