"""Dossiers for tests: a criteria set, a product in a commune, answers that suffice."""

import io
from datetime import datetime
from typing import Any

from PIL import Image

from ocop.core.actor import SYSTEM, Actor
from ocop.criteria.sets import load_set
from ocop.dossiers import forms
from ocop.dossiers.models import Dossier, Evidence
from ocop.dossiers.services import drafting
from ocop.dossiers.services import evidence as library
from ocop.producers.models import Producer
from ocop.products.models import Product
from ocop.recognition.models import Kind
from tests.factories import ProducerFactory, ProductFactory, UnitFactory, version

SET = 13  # coffee: no eligibility, two evidence gates


def product(**more: Any) -> Product:
    """A product whose producer sits in a commune, with the criteria set of `SET`."""
    number = more.pop("set_number", SET)
    version(number)
    commune = more.pop("commune", None) or UnitFactory()
    maker = more.pop("producer", None) or ProducerFactory(commune=commune)
    return ProductFactory(producer=maker, commune=commune, set_number=number, **more)


def draft(now: datetime, actor: Actor = SYSTEM, kind: Kind = Kind.FIRST, **more: Any) -> Dossier:
    """A dossier just begun."""
    item = more.pop("product", None) or product(**more)
    return drafting.begin_dossier(actor=actor, product=item, kind=kind, at=now)


def answers(dossier: Dossier) -> dict[str, Any]:
    """An answer to every required field."""
    fields = forms.fields_for(dossier.kind, dossier.version.sector).values()
    given = {forms.YES: True, forms.NUMBER: 5}
    told = {f.key: given.get(f.type, "Có nội dung") for f in fields if f.required}
    return {**told, "phone": "0912 345 678"}


def gates(dossier: Dossier) -> dict[str, bool]:
    """Answers that stop nothing and claim every paper."""
    found = load_set(dossier.version.number)
    return {gate.id: gate.type in ("eligibility", "evidence") for gate in found.gates}


def filled(now: datetime, actor: Actor = SYSTEM, **more: Any) -> Dossier:
    """A draft in which nothing is missing: every criterion answered, claimed 0 where papers are
    needed, so that none are."""
    dossier = draft(now, actor, **more)
    return drafting.save_answers(
        actor=actor,
        dossier=dossier,
        revision=dossier.revision,
        answers=answers(dossier),
        marks=marks(dossier),
        gates=gates(dossier),
        at=now,
    )


def marks(dossier: Dossier) -> dict[str, int]:
    """The best level of every criterion; 0 where it counts only with a paper."""
    found = load_set(dossier.version.number)
    return {
        c.code: 0 if any(g.type == "evidence" for g in c.gates) else c.max for c in found.criteria
    }


def filed(now: datetime, actor: Actor = SYSTEM, **more: Any) -> Dossier:
    """A dossier at its commune."""
    return drafting.submit_dossier(actor=actor, dossier=filled(now, actor, **more), at=now)


def picture(colour: str = "white") -> bytes:
    """A small image; another colour is another file."""
    into = io.BytesIO()
    Image.new("RGB", (8, 8), colour).save(into, "PNG")
    return into.getvalue()


def paper(now: datetime, producer: Producer, colour: str = "white", **more: Any) -> Evidence:
    """A document in a producer's library."""
    facts = {"type": "test_report", "title": f"Phiếu kiểm nghiệm {colour}", **more}
    return library.add_evidence(
        actor=SYSTEM,
        producer=producer,
        particulars=library.Particulars(**facts),
        content=picture(colour),
        filename=f"{colour}.png",
        at=now,
    )
