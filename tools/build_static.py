"""Build what the pages need: the subset typeface, one style sheet, and the collected static files.

Generated files go to `src/ocop/web/static/build/` (never into git), collected ones to
`OCOP_DATA_DIR/static` with the digests that let browsers keep them for ever. Each step leaves the
digest of its inputs behind and does nothing when they have not changed.
"""

import hashlib
import os
import re
import sys
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WEB = ROOT / "src" / "ocop" / "web"
STYLES = WEB / "styles"
STATIC = WEB / "static"
BUILD = STATIC / "build"

SHEETS = (
    "tokens", "base", "layout", "controls", "data", "status", "desk", "writing", "examining",
    "places", "utilities", "print",
)  # fmt: skip
WEIGHTS = {400: "Regular", 600: "SemiBold"}
# Latin, Vietnamese (also written with combining marks), and the signs our pages use.
CHARACTERS = (
    "U+0020-007E,U+00A0-00FF,U+0102-0103,U+0110-0111,U+0128-0129,U+0168-0169,U+01A0-01A1,"
    "U+01AF-01B0,U+0300-0304,U+0306,U+0309,U+031B,U+0323,U+1EA0-1EF9,U+2009,U+200B,U+2010-2015,"
    "U+2018-201E,U+2022,U+2026,U+202F,U+2030,U+2032-2033,U+20AB,U+2190-2193,U+2212,U+2248,"
    "U+2260,U+2264-2265,U+2605-2606"
)
# What packages bring along and no page of ours uses.
UNUSED = (
    "draw", "Control.MiniMap*", "leaflet-src*", "leaflet.extras*", "leaflet.forms.js",
    "leaflet_django.css", "proj4*", "ext", "htmax*", "htmx-4*", "htmx-2.js", "django-htmx.js",
    "bootstrap.css", "account", "mfa", "ninja", "django_tables2",
)  # fmt: skip


def digest(parts: Iterable[bytes]) -> str:
    whole = hashlib.sha256()
    for part in parts:
        whole.update(len(part).to_bytes(8, "big") + part)
    return whole.hexdigest()


def is_fresh(stamp: Path, wanted: str) -> bool:
    return stamp.exists() and stamp.read_text() == wanted


def build_fonts() -> None:
    """Subset the typeface into one small WOFF2 file per weight."""
    stamp = BUILD / ".fonts"
    versions = f"{version('fontpkg-be-vietnam-pro')} {version('fonttools')} {WEIGHTS} {CHARACTERS}"
    wanted = digest([versions.encode()])
    if is_fresh(stamp, wanted):
        return
    import fontpkg_be_vietnam_pro
    from fontTools import subset

    for weight, style in WEIGHTS.items():
        subset.main(
            [
                str(fontpkg_be_vietnam_pro.ROOT / "files" / f"BeVietnamPro-{style}.ttf"),
                f"--unicodes={CHARACTERS}",
                "--layout-features=kern,liga,mark,mkmk,ccmp,locl,tnum",
                "--flavor=woff2",
                "--no-hinting",
                "--desubroutinize",
                f"--output-file={BUILD / f'be-vietnam-pro-{weight}.woff2'}",
            ]
        )
    stamp.write_text(wanted)


def build_styles() -> None:
    """Join the style sheets in the order of their layers, without comments and indentation."""
    text = "\n".join((STYLES / f"{name}.css").read_text() for name in SHEETS)
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    text = re.sub(r"\s*\n\s*", "\n", text).strip() + "\n"
    target = BUILD / "ocop.css"
    if not target.exists() or target.read_text() != text:
        target.write_text(text)


def collect(into: Path) -> None:
    """Collect every static file under names that carry the digest of the content."""
    ours = sorted(path for path in STATIC.rglob("*") if path.is_file() and path.name[0] != ".")
    packages = [version(name) for name in ("django-leaflet", "django-htmx", "whitenoise", "Django")]
    wanted = digest(
        [
            *(str(path.relative_to(STATIC)).encode() + b"\0" + path.read_bytes() for path in ours),
            *(name.encode() for name in (*packages, *UNUSED)),
        ]
    )
    stamp = into / ".stamp"
    if is_fresh(stamp, wanted):
        return
    sys.path.insert(0, str(ROOT / "src"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ocop.settings")
    import django
    from django.core.management import call_command

    django.setup()
    call_command(
        "collectstatic", interactive=False, clear=True, verbosity=0, ignore_patterns=[*UNUSED]
    )
    stamp.write_text(wanted)


def main() -> int:
    into = Path(os.environ.get("OCOP_DATA_DIR", "var")).absolute() / "static"
    try:
        for folder in (BUILD, into):
            folder.mkdir(parents=True, exist_ok=True)
        build_fonts()
        build_styles()
        collect(into)
    except OSError as error:
        print(
            f"Không ghi được tệp tĩnh / Cannot write static files: {error.filename or error}. "
            "OCOP_DATA_DIR?",
            file=sys.stderr,
        )
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
