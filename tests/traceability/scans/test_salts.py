"""Salts of days that are over go, although nobody scans."""

from datetime import date

from ocop.traceability.scans import salts


def test_salts_of_before_are_thrown_away() -> None:
    assert salts.forget(before=date(2026, 11, 24)) == 0  # no folder yet
    salts.folder().mkdir(parents=True)
    for name in ("2026-11-22", "2026-11-23", "2026-11-24", ".2f3a"):
        (salts.folder() / name).write_bytes(b"salt")
    assert salts.forget(before=date(2026, 11, 24)) == 2
    assert {path.name for path in salts.folder().iterdir()} == {"2026-11-24", ".2f3a"}
