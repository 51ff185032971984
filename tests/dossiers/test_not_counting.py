"""A point whose condition was answered no is not counted, and the papers and pages say so."""

import html
import re
from collections.abc import Iterator
from datetime import datetime

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.core.official.paper import Grid
from ocop.criteria.sets import load_set
from ocop.dossiers.conditions import asked
from ocop.dossiers.models import Dossier
from ocop.dossiers.papers.forms import form_02
from ocop.dossiers.services import drafting
from ocop.dossiers.services import evidence as library
from ocop.people.roles import Role
from tests import world
from tests.dossiers import making

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(now: datetime) -> Iterator[None]:
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def answered_no(now: datetime) -> tuple[Dossier, str]:
    """A dossier with every point claimed and a paper for it, in which one condition of a criterion
    that counts only with evidence is answered no; and that criterion."""
    dossier = making.filled(now)
    found = load_set(dossier.version.number)
    gated = [c for c in found.criteria if any(g.type == "evidence" for g in c.gates)]
    paper = making.paper(now, dossier.product.producer)
    for criterion in gated:
        library.use_evidence(
            actor=SYSTEM, dossier=dossier, evidence=paper, criterion=criterion.code, at=now
        )
    gate = next(g for g in gated[0].gates if g.type == "evidence")
    dossier = drafting.save_answers(
        actor=SYSTEM,
        dossier=dossier,
        revision=dossier.revision,
        marks={c.code: c.max for c in gated},
        gates={gate.id: False},
        at=now,
    )
    return drafting.submit_dossier(actor=SYSTEM, dossier=dossier, at=now), gated[0].code


def test_form_02_adds_up_and_prints_the_answers(answered_no: tuple[Dossier, str]) -> None:
    dossier, code = answered_no
    found = load_set(dossier.version.number)
    criterion = found.by_code[code]
    grids = [block for block in form_02(dossier).blocks if isinstance(block, Grid)]
    marks, conditions = grids[0].rows, grids[1].rows
    rows = {row[0]: row for row in marks}
    assert rows[code][3] == f"{criterion.max} (không tính)"
    sums = {section.code: int(rows[section.code][3]) for section in found.sections}
    assert sums == {
        s.code: s.max - (criterion.max if s.code == criterion.section else 0)
        for s in found.sections
    }
    assert sum(sums.values()) == int(rows[""][3]) == 100 - criterion.max
    answers = {row[1]: row[2] for row in conditions}
    for gate in found.gates:
        expected = "Có" if dossier.gates[gate.id] else "Không"
        assert answers[asked(gate)] == expected


def test_the_pages_of_producer_and_office_say_it(
    answered_no: tuple[Dossier, str], now: datetime, client: Client
) -> None:
    dossier, code = answered_no
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)
    note = next(asked(g) for g in load_set(dossier.version.number).by_code[code].gates)
    own = world.member(now, dossier.product.producer)
    officer = world.person(now, Role.PROVINCIAL_OFFICER)
    for user, name, query in (
        (own, "producer_dossier", {}),
        (own, "producer_score", {}),
        (officer, "office:dossier", {"tab": "minh-chung"}),
    ):
        client.force_login(user)
        answer = client.get(reverse(name, args=[dossier.code]), query)
        assert answer.status_code == 200
        words = re.sub(r"<[^>]+>", " ", html.unescape(answer.content.decode()))
        assert words.count("không tính") == 1
        if name != "producer_dossier":
            assert re.search(re.escape(note) + r" –\s+Không", words)
