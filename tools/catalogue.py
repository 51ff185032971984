"""The English catalogue: `update` collects every Vietnamese string, `compile` writes the .mo file,
`check` fails when a string has no English.

Babel does both, so no gettext programs are needed.
"""

import sys
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

SOURCE = Path(__file__).parent.parent / "src" / "ocop"
PO = SOURCE / "locale" / "en" / "LC_MESSAGES" / "django.po"
KEYWORDS = {
    "gettext": None, "gettext_lazy": None, "gettext_noop": None,
    "_": None, "_now": None, "N_": None, "noop": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3),
}  # fmt: skip


def template_source(path: Path) -> bytes:
    """A template turned into the calls that its translation tags stand for."""
    import django
    from django.conf import settings
    from django.utils.translation.template import templatize

    if not settings.configured:
        settings.configure()
        django.setup()
    return templatize(path.read_text(), origin=str(path)).encode()


def collect() -> Catalog:
    """Every string marked for translation in the sources."""
    found = Catalog(locale="en", project="ocop", charset="utf-8")
    for path in sorted((*SOURCE.rglob("*.py"), *SOURCE.rglob("*.html"), *SOURCE.rglob("*.txt"))):
        if "migrations" in path.parts or "static" in path.parts:
            continue
        content = path.read_bytes() if path.suffix == ".py" else template_source(path)
        for _line, message, _comments, context in extract("python", BytesIO(content), KEYWORDS):
            name = str(path.relative_to(SOURCE.parent))
            found.add(message, locations=[(name, None)], context=context)
    return found


def load() -> Catalog:
    if not PO.exists():
        return Catalog(locale="en", project="ocop", charset="utf-8")
    with PO.open("rb") as file:
        return read_po(file, locale="en")


def update() -> int:
    catalogue = load()
    catalogue.update(collect(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    catalogue.header_comment, catalogue.fuzzy = "# English of the pages.", False
    PO.parent.mkdir(parents=True, exist_ok=True)
    with PO.open("wb") as file:
        write_po(file, catalogue, width=100, omit_header=False, sort_output=True)
    print(f"{len(missing(catalogue))} strings without English")
    return 0


def missing(catalogue: Catalog) -> list[str]:
    """Strings that have no English yet."""
    return [str(m.id) for m in catalogue if m.id and not all(_words(m.string))]


def _words(string: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return (string or "",) if isinstance(string, str | None) else tuple(s or "" for s in string)


def compile_() -> int:
    """Every catalogue: ours into English, and Vietnamese for libraries that have none."""
    for po in sorted(PO.parents[2].glob("*/LC_MESSAGES/django.po")):
        mo = po.with_suffix(".mo")
        if not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime:
            with po.open("rb") as source, mo.open("wb") as file:
                write_mo(file, read_po(source, locale=po.parent.parent.name))
    return 0


def check() -> int:
    known = load()
    lacking = [
        str(m.id)
        for m in collect()
        if m.id and not ((k := known.get(m.id, m.context)) and all(_words(k.string)))
    ]
    for message in lacking:
        print(message)
    return 1 if lacking else 0


if __name__ == "__main__":
    sys.exit({"update": update, "compile": compile_, "check": check}[sys.argv[1]]())
