"""What a page offers: the addresses it leads to and the forms it shows, ready to be sent.

A form is sent as somebody in a hurry would: what must be filled is filled, with the first choice
or any words, the rest stays as it stands.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.dossiers.making import picture

_TYPED = {
    "email": "a@donvi.example",
    "number": "1",
    "tel": "0900000001",
    "url": "https://a.example",
}


@dataclass
class Form:
    """A form that is posted: where, and what is sent."""

    action: str
    fields: dict[str, Any] = field(default_factory=dict)
    kept: set[str] = field(default_factory=set)  # of these a choice is made

    def filled(self) -> dict[str, Any]:
        """Fresh files and all the rest: a file can be read once."""
        return {name: value() if callable(value) else value for name, value in self.fields.items()}


class Offers(HTMLParser):
    """Reads a page."""

    def __init__(self, address: str, page: str) -> None:
        super().__init__()
        self.address = address
        self.links: list[str] = []
        self.forms: list[Form] = []
        self._form: Form | None = None
        self._select = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in told and "download" not in told:
            self.links += self._here(told["href"])
        elif tag == "form":
            self._form = None
            if told.get("method", "").lower() == "post":
                action = next(self._here(told.get("action") or self.address), "")
                self._form = Form(action)
                self.forms.append(self._form)
        elif self._form is not None:
            self._field(self._form, tag, told)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = ""

    def _here(self, href: str) -> Iterator[str]:
        """The address in full, of our own pages only."""
        whole = urlsplit(urljoin(self.address, href))
        if not whole.netloc and not whole.scheme and href[:1] != "#":
            yield f"{whole.path}?{whole.query}" if whole.query else whole.path

    def _field(self, form: Form, tag: str, told: dict[str, str]) -> None:
        name, kind = told.get("name", ""), told.get("type", "text")
        if tag == "select":
            self._select = name
            form.fields.setdefault(name, "")
        elif tag == "option" and self._select:
            chosen = "selected" in told or self._select not in form.kept
            if told.get("value") and chosen:
                form.fields[self._select] = told["value"]
                form.kept.add(self._select)
        elif tag == "textarea" and name:
            form.fields.setdefault(name, "Văn bản" if "required" in told else "")
        elif tag == "button" and name and "first button" not in form.kept:
            form.kept.add("first button")
            form.fields[name] = told.get("value", "")
        elif tag == "input" and name:
            self._input(form, name, kind, told)

    def _input(self, form: Form, name: str, kind: str, told: dict[str, str]) -> None:
        if kind in ("radio", "checkbox"):
            if name not in form.kept:
                form.fields[name] = told.get("value", "on")
                form.kept.add(name)
        elif kind == "file" and "required" in told:
            form.fields[name] = lambda: SimpleUploadedFile("a.png", picture("pink"))
        elif kind != "file":
            form.fields[name] = told.get("value") or (_typed(kind) if "required" in told else "")


def _typed(kind: str) -> str:
    now = timezone.localtime()
    if kind == "date":
        return now.date().isoformat()
    if kind == "datetime-local":
        return f"{now + timedelta(days=2):%Y-%m-%dT%H:%M}"
    return _TYPED.get(kind, "Văn bản")
