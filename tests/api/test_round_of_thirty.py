"""A whole round by the API: thirty dossiers, nine members, and the table worked by hand.

One recusal, one spread conflict, one stop, one missed minimum; the outcome of every dossier and
the minutes are what `tests/law/round_of_thirty.py` says.
"""

import json
import re
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

import pypdfium2
import pytest
from django.test import Client
from django.utils import timezone

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.core.numbers import write_number
from ocop.councils.models import Item
from ocop.criteria.sets import load_set
from ocop.dossiers.models import Dossier, State
from ocop.people import services as people
from ocop.people.models import User
from ocop.people.roles import Role
from ocop.people.scopes import READ_COUNCILS, READ_DOSSIERS, WRITE_COUNCILS, WRITE_DOSSIERS
from tests.dossiers.office import dossier as dossier_row
from tests.factories import version
from tests.law.round_of_thirty import (
    MEMBERS,
    RECUSED,
    ROUND,
    SPREAD_AFTER,
    SPREAD_FIRST,
    STOPPED,
    Row,
    answer,
)
from tests.world import build_places, person, with_second_factor

pytestmark = [pytest.mark.django_db, pytest.mark.whole]
Lowered = dict[int, dict[str, tuple[int, int]]]  # by member and criterion: most and given
_SCOPES = frozenset({READ_COUNCILS, WRITE_COUNCILS, READ_DOSSIERS, WRITE_DOSSIERS})


@dataclass
class Caller:
    """A person with a key: calls the API and expects it to work."""

    user: User
    secret: str

    def __call__(self, method: str, path: str, body: Any = None, status: int = 200) -> Any:
        given = {"content_type": "application/json"} if body is not None else {}
        response = getattr(Client(), method)(
            f"/api/v1/{path}",
            json.dumps(body) if body is not None else None,
            headers={"Authorization": f"Bearer {self.secret}"},
            **given,
        )
        assert response.status_code == status, (path, response.content.decode())
        return response.json() if response.content else None


def caller(now: datetime, role: Role) -> Caller:
    user = with_second_factor(person(now, role), now)
    issued = people.issue_token(actor=SYSTEM, user=user, name="vòng", scopes=_SCOPES, at=now)
    return Caller(user, issued.secret)


def marks_of(
    row: Row, member: int, further: dict[int, dict[str, tuple[int, int]]]
) -> dict[str, int]:
    """The member's marks: the full sheet less what the table lowers."""
    marks = {c.code: c.max for c in load_set(row.criteria_set).criteria}
    lowered = row.lowered | row.members.get(member, {}) | further.get(member, {})
    return marks | {code: given for code, (_most, given) in lowered.items()}


def give_sheet(member: Caller, row: Row, item: str, marks: dict[str, int], **more: Any) -> None:
    """Marks, conditions as the council answers them, and the sheet is in."""
    told = {
        "marks": {code: {"points": points} for code, points in marks.items()},
        "gates": {gate.id: answer(row, gate) for gate in load_set(row.criteria_set).gates},
        **more,
    }
    member("patch", f"items/{item}/sheet", told)
    member("post", f"items/{item}/sheet/submit")


@pytest.fixture
def real(now: datetime) -> None:
    """A demonstration asks nobody for a one-time code."""
    options.set_option(actor=SYSTEM, option=options.DEMONSTRATION, value=True, at=now)


@pytest.mark.usefixtures("real")
def test_the_round_comes_to_the_table_and_the_minutes_say_so(now: datetime) -> None:
    places = build_places(now)
    office = caller(now, Role.PROVINCIAL_OFFICER)
    chair, secretary = caller(now, Role.COUNCIL_CHAIR), caller(now, Role.COUNCIL_SECRETARY)
    members = [chair, secretary]
    members += [caller(now, Role.COUNCIL_MEMBER) for _n in range(MEMBERS - 2)]

    seats = [
        {"account": each.user.pk, "position": position}
        for each, position in zip(
            members, ["chair", "secretary", *["member"] * (MEMBERS - 2)], strict=True
        )
    ]
    council = office(
        "post",
        "councils",
        {
            "name": "Hội đồng cấp tỉnh",
            "decision_number": "815/QĐ-UBND",
            "decided_on": "2026-03-02",
            "authority": "Chủ tịch Ủy ban nhân dân",
            "members": seats,
        },
        201,
    )
    sitting = office(
        "post",
        f"councils/{council['code']}/sittings",
        {"title": "Phiên họp", "place": "Hội trường", "starts_at": timezone.now().isoformat()},
        201,
    )["code"]
    dossiers = [
        dossier_row(places.here, state=State.READY, version=version(row.criteria_set))
        for row in ROUND
    ]
    placed = office(
        "post", f"sittings/{sitting}/dossiers", {"dossiers": [d.code for d in dossiers]}, 201
    )
    items = [each["item"] for each in placed]
    seat_of = {seat["account"]: seat["id"] for seat in council["seats"]}
    quorum = secretary(
        "post",
        f"sittings/{sitting}/attendance",
        [{"seat": seat_of[each.user.pk], "present": True} for each in members],
    )
    assert quorum["reached"]
    chair("post", f"sittings/{sitting}/open")
    chair("post", f"sittings/{sitting}/start")

    for row, item in zip(ROUND, items, strict=True):
        if who := RECUSED.get(row.number):
            members[who - 1]("post", f"items/{item}/conflict", {"reason": "Người nhà"}, 204)
            members[who - 1]("get", f"items/{item}", status=404)
        first = SPREAD_FIRST.get(row.number, {})
        for number, member in enumerate(members, start=1):
            if number != RECUSED.get(row.number):
                give_sheet(member, row, item, marks_of(row, number, first))
        gates = {g.id: answer(row, g) for g in load_set(row.criteria_set).gates}
        chair("put", f"items/{item}/gates", {"gates": gates})
        if row.number in SPREAD_FIRST:
            refused = chair("post", f"items/{item}/conclusion", status=422)
            assert "spread" in {error["field"] for error in refused["errors"]}
            chair("post", f"items/{item}/rescoring", {"reason": "Chênh 14 điểm"})
            after = SPREAD_AFTER[row.number]
            for number, member in enumerate(members, start=1):
                marks = marks_of(row, number, after)
                give_sheet(member, row, item, marks, rescoring_reason="Sau thảo luận", attempt=2)
        chair("post", f"items/{item}/conclusion")

    for row, item, dossier in zip(ROUND, items, dossiers, strict=True):
        told = chair("get", f"items/{item}")
        assert told["star"] == row.star, row.number
        kept = Item.objects.get(code=item)
        assert kept.outcome is not None
        assert abs(Fraction(kept.outcome["mean"]) - row.mean) < Fraction(1, 10**20)
        assert abs(Fraction(told["mean"]) - row.mean) < Fraction(1, 10**6)
        missed = {int(s): set(found) for s, found in told["outcome"]["missed"].items() if found}
        assert missed == {star: set(codes) for star, codes in row.missed.items()}, row.number
        assert told["outcome"]["stopped"] == (
            [STOPPED[row.number]] if row.number in STOPPED else []
        )
        assert len(told["outcome"]["totals"]) == MEMBERS - (row.number in RECUSED)
        dossier.refresh_from_db()
        assert dossier.state == State.CONCLUDED

    chair("put", f"sittings/{sitting}/closed", {"minutes_number": "1/BB-HĐ"})
    _minutes(chair.user, sitting, dossiers)
    _next(office, dossiers)


def _minutes(user: User, sitting: str, dossiers: list[Dossier]) -> None:
    client = Client()
    client.force_login(user)
    answer_ = client.get(f"/van-ban/phien/{sitting}/bien-ban.pdf")
    pages = pypdfium2.PdfDocument(answer_.content)
    told = " ".join(" ".join(page.get_textpage().get_text_range() for page in pages).split())
    assert f"Có mặt {MEMBERS} trên {MEMBERS} thành viên" in told
    assert "Thành viên tự khai" in told
    assert "Hội đồng chấm lại (lần 2). Lý do: Chênh 14 điểm." in told
    stars = [row.star for row in ROUND]
    five = f"{stars.count(5)} sản phẩm đề nghị Bộ Nông nghiệp và Môi trường đánh giá 5 sao"
    counted = ", ".join([five, *(f"{stars.count(s)} sản phẩm {s} sao" for s in (4, 3))])
    below = sum(star is None or star < 3 for star in stars)
    assert (
        f"Hội đồng đã kết luận 30 trên 30 sản phẩm: {counted}, "
        f"{below} sản phẩm không đủ điều kiện công nhận." in told
    )
    for row, dossier in zip(ROUND, dossiers, strict=True):
        part = told.split(f"{row.number}. {dossier.product.name}", 1)[1]
        mean = re.search(r"Điểm trung bình: ([\d,]+)", part)
        assert mean is not None
        assert mean.group(1) == write_number(_half_up(row.mean), 2), row.number


def _half_up(mean: Fraction) -> Any:
    from decimal import ROUND_HALF_UP, Decimal

    exact = Decimal(mean.numerator) / Decimal(mean.denominator)
    return exact.quantize(Decimal("0.01"), ROUND_HALF_UP)


def _next(office: Caller, dossiers: list[Dossier]) -> None:
    """What follows: the Ministry for 90 and more, a decision for others, never without a star."""
    by_number = {row.number: d for row, d in zip(ROUND, dossiers, strict=True)}
    day = timezone.localdate().isoformat()
    sent = office(
        "post",
        f"dossiers/{by_number[1].code}/referral",
        {"document": "12/TTr-UBND", "sent_on": day},
        201,
    )
    assert Fraction(sent["provincial_total"]) <= ROUND[0].mean
    told = {"number": "5000/QĐ-UBND", "signed_on": day, "authority": "UBND thành phố Hà Nội",
            "level": "province"}  # fmt: skip
    without = [by_number[29].code, by_number[30].code]
    for code in without:
        office("post", "dossiers/decide", {**told, "dossiers": [code]}, 422)
    made = office(
        "post",
        "dossiers/decide",
        {**told, "dossiers": [by_number[4].code, by_number[11].code]},
        201,
    )
    assert {row["state"] for row in made["dossiers"]} == {"decided"}
    by_number[11].refresh_from_db()
    assert by_number[11].recognition is not None
    assert by_number[11].recognition.stars == 3  # 70 less a third of a point: three stars
