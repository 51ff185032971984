"""Reading the pages of figures as a visitor does: links, tables, and how many rows a list has."""

import re
from html.parser import HTMLParser

from django.test import Client

LIST = "/so-lieu/danh-sach/"


class Page(HTMLParser):
    """The links and tables of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text
        self.links: list[tuple[str, str]] = []
        self.tables: list[list[list[str]]] = []
        self._address = ""
        self._into: list[str] | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.links.append((dict(attrs).get("href") or "", ""))
            self._address = self.links[-1][0]
        elif tag == "table":
            self.tables.append([])
        elif tag == "tr" and self.tables:
            self.tables[-1].append([])
        elif tag in ("td", "th") and self.tables:
            self._into = self.tables[-1][-1]
            self._into.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._address = ""
        elif tag in ("td", "th"):
            self._into = None

    def handle_data(self, data: str) -> None:
        if self._address:
            self.links[-1] = (self._address, self.links[-1][1] + data)
        if self._into is not None:
            self._into[-1] += data

    def rows_told(self) -> int:
        """How many rows a list says it has: `1–50 trong 2.711 dòng`."""
        status = re.search(r'role="status">([^<]*) dòng<', self.text)
        assert status is not None
        return number(status[1].split(" ")[-1])

    def numbers(self) -> set[tuple[str, int]]:
        """Every link to a list with the count it stands under; a share is no count."""
        counted = [(to, words) for to, words in self.links if "%" not in words]
        return {(to, number(words)) for to, words in counted if to.startswith(LIST)}


def number(words: str) -> int:
    """The whole number in some words: hơn 5.000."""
    return int(re.sub(r"\D", "", words))


def page(client: Client, address: str, **headers: str) -> Page:
    """A page that must open."""
    answer = client.get(address, headers=headers)
    assert answer.status_code == 200, address
    return Page(answer.content.decode())


def rows_told(client: Client, address: str) -> int:
    """How many rows a list says it has."""
    return page(client, address).rows_told()


def download(client: Client, address: str) -> bytes:
    """A file, read to its end, which closes it."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.getvalue()
