"""Marketplaces, known by the host of an address (`data/marketplaces.yaml`, dated)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

import yaml

from ocop.core.language import noop as N_
from ocop.market import addresses

#: The kinds of places where goods are sold online. `site` is everything that the data do not name.
KINDS: Mapping[str, str] = {
    "marketplace": N_("Sàn thương mại điện tử"),
    "social": N_("Mạng xã hội"),
    "site": N_("Trang riêng"),
}
SITE = "site"


@dataclass(frozen=True, slots=True)
class Marketplace:
    """A place where many sell; where it has closed, until a day."""

    key: str
    name: str
    kind: str
    hosts: tuple[str, ...]
    until: date | None = None
    uncertain: str = ""

    def closed(self, on: date) -> bool:
        """Whether nobody can buy there any more."""
        return self.until is not None and on > self.until

    @property
    def invented(self) -> bool:
        """Whether it is one of the demonstration's."""
        return all(addresses.is_example(host) for host in self.hosts)


@cache
def known() -> Mapping[str, Marketplace]:
    """All of the data, by key, in their order."""
    text = resources.files("ocop.market").joinpath("data/marketplaces.yaml").read_text("utf-8")
    found: dict[str, Marketplace] = {}
    hosts: set[str] = set()
    for row in yaml.safe_load(text):
        if row["kind"] not in KINDS or row["key"] in found or hosts & set(row["hosts"]):
            raise ValueError(f"{row['key']}: another kind, or here twice")
        hosts |= set(row["hosts"])
        found[row["key"]] = Marketplace(**row | {"hosts": tuple(row["hosts"])})
    return found


def of_host(host: str) -> Marketplace | None:
    """The marketplace of a host or of one below it (`gianhang.shopee.vn`); None: a site."""
    for place in known().values():
        if any(host == each or host.endswith(f".{each}") for each in place.hosts):
            return place
    return None


def kind_of(key: str) -> str:
    """The kind of place that a key of the data, or none, stands for."""
    place = known().get(key)
    return place.kind if place else SITE
