"""iCalendar as RFC 5545 wants it."""

from datetime import UTC, date, datetime

from ocop.programme.entries import Entry, What
from ocop.programme.ical import calendar

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def _lines(*entries: Entry) -> list[str]:
    body = calendar(entries, name="OCOP", base="https://ocop.example", at=AT)
    assert body.endswith(b"END:VCALENDAR\r\n")
    assert all(len(line) <= 75 for line in body.split(b"\r\n"))
    return body.decode().replace("\r\n ", "").split("\r\n")


def _entry(**more: object) -> Entry:
    said = {
        "what": What.STEP,
        "uid": "dossier-1",
        "on": date(2026, 12, 31),
        "title": "Mật ong",
        "detail": "",
        "link": "/den/ho-so/1/",
    }
    return Entry(**{**said, **more})  # type: ignore[arg-type]


def test_an_empty_agenda_is_a_calendar() -> None:
    assert _lines()[0] == "BEGIN:VCALENDAR"


def test_a_deadline_fills_its_day_and_a_sitting_its_hour() -> None:
    day = _lines(_entry())
    assert "DTSTART;VALUE=DATE:20261231" in day
    assert "DTEND;VALUE=DATE:20270101" in day
    assert "UID:dossier-1@ocop.example" in day
    starts_at = datetime.fromisoformat("2026-12-31T08:00:00+07:00")
    hour = _lines(_entry(starts_at=starts_at, place="Phòng 2", cancelled=True))
    assert "DTSTART:20261231T010000Z" in hour
    assert "LOCATION:Phòng 2" in hour
    assert "STATUS:CANCELLED" in hour


def test_text_cannot_begin_a_line_of_its_own() -> None:
    lines = _lines(_entry(title="Chè; xanh, 100%\nEND:VEVENT\r\nX: \\ \x00"))
    assert "SUMMARY:Chè\\; xanh\\, 100%\\nEND:VEVENT\\nX: \\\\ " in lines
    assert lines.count("END:VEVENT") == 1


def test_long_vietnamese_lines_are_folded_between_signs() -> None:
    title = "Đánh giá lại sản phẩm mật ong hoa nhãn của hợp tác xã " * 4
    assert f"SUMMARY:{title}" in _lines(_entry(title=title))
