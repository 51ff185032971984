"""A step as it was noted, and the event that it becomes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from ocop.core import folding
from ocop.core.codes import public_code
from ocop.traceability import diary, naming
from ocop.traceability.diary import Amount, Note, Step
from ocop.traceability.epcis import identifiers
from ocop.traceability.epcis.documents import Json
from ocop.traceability.models import Lot, Material, Site


@dataclass(frozen=True, slots=True)
class Used:
    """What went into something: a lot or a material, and how much of it."""

    lot: Lot | None = None
    material: Material | None = None
    quantity: Decimal | None = None
    measure: str = ""

    @property
    def producer(self) -> int:
        """Whose it is: only own things stand in a diary."""
        if self.lot is not None:
            return self.lot.item.product.producer_id
        assert self.material is not None
        return self.material.producer_id

    def amount(self) -> Amount:
        """As an event has it."""
        uri = naming.lot_uri(self.lot) if self.lot else naming.material_uri(self._material())
        return Amount(uri, self.quantity, self.measure)

    def _material(self) -> Material:
        assert self.material is not None
        return self.material


@dataclass(frozen=True, slots=True)
class Entry:
    """A step as it was noted. Which fields it needs depends on the step.

    `lot` is what the step is about; harvested or received material that is no lot yet has a `name`
    instead. `source` is the lot that came from somebody who is known here, `source_code` the code
    of one who is not. `sure`: whoever notes it was asked about what does not add up.
    """

    step: Step
    done_at: datetime
    site: Site
    lot: Lot | None = None
    quantity: Decimal | None = None
    measure: str = ""
    used: Sequence[Used] = ()
    name: str = ""
    number: str = ""  # the supplier's own
    source: Lot | None = None
    source_code: str = ""
    partner: str = ""  # supplier or buyer
    gln: str = ""  # of the partner
    document: str = ""  # number of the delivery note
    sscc: str = ""
    packages: int = 1
    note: str = ""
    sure: bool = False
    beyond: bool = False  # something did not add up


def body_of(entry: Entry, material: Material | None) -> Json:
    """The event of a step; `material` is what was harvested or received and is no lot."""
    return _BODIES[entry.step](entry, material)


Build = Callable[[Entry, Material | None], Json]


def _harvest(entry: Entry, material: Material | None) -> Json:
    goods = _goods(entry, material)
    return diary.harvest(_note(entry), goods, name=material.name if material else "")


def _receive(entry: Entry, material: Material | None) -> Json:
    assert material is not None
    return diary.receive(
        _note(entry),
        _goods(entry, material),
        name=material.name,
        supplier=material.supplier,
        party=_party(entry),
        source="" if identifiers.lot_of(entry.source_code) else entry.source_code,
    )


def _process(entry: Entry, _none: Any) -> Json:
    used = [each.amount() for each in entry.used]
    return diary.process(_note(entry), used, _goods(entry, None))


def _pack(entry: Entry, _none: Any) -> Json:
    package = identifiers.container(entry.sscc) if entry.sscc else ""
    return diary.pack(
        _note(entry),
        _goods(entry, None),
        package=package or naming.package_uri(public_code()),
        packages=entry.packages,
    )


def _ship(entry: Entry, _none: Any) -> Json:
    number = folding.clean(entry.document)
    return diary.ship(
        _note(entry),
        _goods(entry, None),
        buyer=folding.clean(entry.partner),
        party=_party(entry),
        document=naming.document_uri(entry.site.producer, number) if number else "",
    )


def _destroy(entry: Entry, _none: Any) -> Json:
    return diary.destroy(_note(entry), _goods(entry, None))


_BODIES: Mapping[Step, Build] = {
    Step.HARVEST: _harvest,
    Step.RECEIVE: _receive,
    Step.PROCESS: _process,
    Step.PACK: _pack,
    Step.SHIP: _ship,
    Step.DESTROY: _destroy,
}


def _note(entry: Entry) -> Note:
    place = naming.site_uri(entry.site)
    note = folding.clean(entry.note)
    return Note(timezone.localtime(entry.done_at), place, note, entry.beyond)


def _goods(entry: Entry, material: Material | None) -> Amount:
    if material is not None:
        return Amount(naming.material_uri(material), entry.quantity, entry.measure)
    assert entry.lot is not None
    return Amount(naming.lot_uri(entry.lot), entry.quantity, entry.measure)


def _party(entry: Entry) -> str:
    return identifiers.party(entry.gln) if entry.gln else ""
