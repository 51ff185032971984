"""Addresses of the interface that hold identifiers."""

from urllib.parse import quote


def event_address(event_id: str) -> str:
    """Of an event."""
    return f"/api/epcis/events/{quote(event_id, safe='')}"
