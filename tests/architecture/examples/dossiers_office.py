"""Examples of the office side of dossiers: planning, commune, advisers, decision."""

import io
import uuid
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from PIL import Image

from ocop.core import options
from ocop.core.actor import SYSTEM
from ocop.councils.queries.councils import EXTRA_ROUNDS
from ocop.dossiers.models import CentralReferral, Dossier, State, Verdict, Visit
from ocop.dossiers.services import advising, deciding, ministry, potential, rounds, visiting
from ocop.recognition import services as recognition
from ocop.recognition.authority import Level
from ocop.recognition.decisions import Paper, Result
from tests.dossiers import office
from tests.dossiers.office import TODAY, World, build_world
from tests.world import annulled_by

DAYS = rounds.Days(date(2027, 7, 1), date(2027, 8, 1), date(2027, 9, 1))
PROSPECT = potential.Prospect("Mật ong rừng", 2027)


def _plan(now: datetime, year: int = 2027) -> Any:
    build_world(now)
    return rounds.plan_year(actor=SYSTEM, year=year, at=now)[0]


def _add_round(now: datetime) -> dict[str, Any]:
    options.set_option(actor=SYSTEM, option=EXTRA_ROUNDS, value=True, at=now)
    return {"year": 2027, "name": "Đợt bổ sung", "days": DAYS}


def _change_round(now: datetime) -> dict[str, Any]:
    found = _plan(now)
    days = rounds.Days(found.opens_on, found.requests_before, found.done_before)
    return {"round": found, "name": "Đợt 1", "days": days}


def _potential(now: datetime) -> Any:
    here = build_world(now).places.here
    return potential.add_potential(actor=SYSTEM, unit=here, prospect=PROSPECT, at=now)


def _at(now: datetime, state: State = State.AT_COMMUNE, **more: Any) -> Dossier:
    return build_world(now).dossier(state, **more)


def _complete(now: datetime) -> dict[str, Any]:
    found = _at(now)
    office.stored_report(found, now)
    return {"dossier": found}


def _given(now: datetime) -> tuple[World, Dossier]:
    """A dossier with the first adviser, who leads."""
    world = build_world(now)
    found = world.dossier(State.RECEIVED)
    advising.assign_advisers(
        actor=SYSTEM, dossier=found, advisers=[world.adviser], lead=world.adviser, at=now
    )
    return world, found


def _assign(now: datetime) -> dict[str, Any]:
    world = build_world(now)
    found = world.dossier(State.RECEIVED)
    return {"dossier": found, "advisers": [world.adviser], "lead": world.adviser}


def _end_assignment(now: datetime) -> dict[str, Any]:
    _world, found = _given(now)
    return {"assignment": found.assignments.get(), "reason": "nghỉ"}


def _finding(now: datetime) -> dict[str, Any]:
    world, found = _given(now)
    return {
        "actor": world.actor(world.adviser),
        "dossier": found,
        "criterion": "1.1",
        "verdict": Verdict.PROVEN,
    }


def _visit(now: datetime) -> dict[str, Any]:
    world, found = _given(now)
    return {
        "actor": world.actor(world.adviser),
        "dossier": found,
        "client_id": uuid.UUID(int=7),
        "visited_at": now,
        "note": "Xưởng sạch.",
    }


def _photo(now: datetime) -> dict[str, Any]:
    told = _visit(now)
    visit: Visit = visiting.record_visit(**told, at=now)
    into = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(into, "PNG")
    return {
        "actor": told["actor"],
        "visit": visit,
        "content": into.getvalue(),
        "filename": "a.png",
    }


ORDER: dict[str, Any] = {
    "laboratory": "Trung tâm kiểm nghiệm",
    "parameters": "Chì",
    "ordered_on": TODAY,
}


def _result(now: datetime) -> dict[str, Any]:
    _world, found = _given(now)
    order = visiting.order_test(actor=SYSTEM, dossier=found, **ORDER, at=now)
    return {"order": order, "passed": True, "result": "đạt", "result_on": TODAY}


def _propose(now: datetime) -> dict[str, Any]:
    return {
        "dossier": _given(now)[1],
        "ready": True,
        "star": 4,
        "text": "Đủ.",
        "unexamined": "Đã xem.",
    }


def _agenda(now: datetime) -> dict[str, Any]:
    return {"dossiers": [_at(now, State.READY)], "sitting": office.sitting()}


def _taken_off(now: datetime) -> dict[str, Any]:
    item = office.on_agenda(_at(now))
    item.state = "taken_off"
    item.save()
    return {"item": item, "reason": "thiếu mẫu"}


def _conclusion(now: datetime) -> dict[str, Any]:
    return {"item": office.conclude(office.on_agenda(_at(now)), "75.5", 4)}


def _for_ministry(now: datetime) -> Dossier:
    return office.concluded(_at(now), "92.5", 5)


def _at_ministry(now: datetime) -> Dossier:
    found = _for_ministry(now)
    ministry.send_to_ministry(
        actor=SYSTEM, dossier=found, document="5/TTr-UBND", sent_on=TODAY, at=now
    )
    return found


def _central(now: datetime) -> dict[str, Any]:
    return {
        "dossier": _at_ministry(now),
        "total": Decimal("88.5"),
        "star": 4,
        "document": "9/TB-BNNMT",
        "told_on": TODAY,
    }


def _unexamined(now: datetime) -> dict[str, Any]:
    return {"dossier": _at_ministry(now), "reason": "thiếu phiếu kiểm nghiệm"}


def _again(now: datetime) -> dict[str, Any]:
    found = _at_ministry(now)
    CentralReferral.objects.filter(dossier=found).update(
        central_total=80, central_star=4, central_on=TODAY, returned=True
    )
    Dossier.objects.filter(pk=found.pk).update(state=State.CONCLUDED)
    found.refresh_from_db()
    return {"dossier": found, "reason": "đánh giá lại"}


def _decision(now: datetime) -> dict[str, Any]:
    found = office.concluded(_at(now), "75.5", 4)
    paper = Paper("12/QĐ-UBND", TODAY, "UBND thành phố Hà Nội", Level.PROVINCE)
    decision = recognition.record_decision(
        actor=SYSTEM, paper=paper, results=[Result(found.product, 4)], at=now
    )
    return {"dossiers": [found], "decision": decision}


def _awaited(now: datetime) -> dict[str, Any]:
    found = office.concluded(_at(now), "75.5", 4)
    paper = Paper("12/QĐ-UBND", TODAY, "UBND thành phố Hà Nội", Level.PROVINCE)
    decision = recognition.record_decision(
        actor=SYSTEM, paper=paper, results=[Result(found.product, 4)], publish=False, at=now
    )
    return {"dossiers": [found], "decision": decision}


def _tied(now: datetime) -> dict[str, Any]:
    told = _awaited(now)
    deciding.note_awaiting(actor=SYSTEM, at=now, **told)
    return {"decision": told["decision"]}


def _fallen(now: datetime) -> dict[str, Any]:
    told = _decision(now)
    deciding.note_decision(actor=SYSTEM, at=now, **told)
    row = told["decision"].recognitions.get()
    recognition.annul(
        actor=SYSTEM, recognition=row, **annulled_by(TODAY), reason="Hội đồng chấm nhầm", at=now
    )
    return {"dossiers": list(Dossier.objects.filter(recognition=row))}


EXAMPLES: dict[str, Callable[[datetime], dict[str, Any]]] = {
    "dossiers.plan_year": lambda _now: {"year": 2027},
    "dossiers.add_round": _add_round,
    "dossiers.change_round": _change_round,
    "dossiers.close_round": lambda now: {"round": _plan(now, 2026), "reason": "xong"},
    "dossiers.withdraw_round": lambda now: {"round": _plan(now, 2026), "reason": "lập nhầm"},
    "dossiers.add_potential": lambda now: {
        "unit": build_world(now).places.here,
        "prospect": PROSPECT,
    },
    "dossiers.change_potential": lambda now: {"potential": _potential(now), "prospect": PROSPECT},
    "dossiers.end_potential": lambda now: {"potential": _potential(now), "reason": "thôi"},
    "dossiers.save_report": lambda now: {
        "dossier": _at(now),
        "report": office.report(),
        "revision": 0,
    },
    "dossiers.forward_dossier": _complete,
    "dossiers.return_dossier": lambda now: {"dossier": _at(now), "reasons": "thiếu"},
    "dossiers.ask_supplement": lambda now: {"dossier": _at(now), "wanted": "giấy", "days": 5},
    "dossiers.receive_dossier": lambda now: {"dossier": _at(now, State.FORWARDED)},
    "dossiers.return_received": lambda now: {
        "dossier": _at(now, State.RECEIVED),
        "reasons": "sai bộ",
    },
    "dossiers.set_specialities": lambda now: {"user": build_world(now).adviser, "sectors": ["I"]},
    "dossiers.assign_advisers": _assign,
    "dossiers.end_assignment": _end_assignment,
    "dossiers.note_finding": _finding,
    "dossiers.record_visit": _visit,
    "dossiers.add_visit_photo": _photo,
    "dossiers.record_sample": lambda now: {
        "dossier": _at(now, State.RECEIVED),
        "count": 5,
        "received_on": TODAY,
    },
    "dossiers.order_test": lambda now: {"dossier": _given(now)[1], **ORDER},
    "dossiers.record_test_result": _result,
    "dossiers.propose": _propose,
    "dossiers.put_on_agenda": _agenda,
    "dossiers.note_taken_off": _taken_off,
    "dossiers.note_conclusion": _conclusion,
    "dossiers.send_to_ministry": lambda now: {
        "dossier": _for_ministry(now),
        "document": "5/TTr-UBND",
        "sent_on": TODAY,
    },
    "dossiers.record_central_result": _central,
    "dossiers.take_back_unexamined": _unexamined,
    "dossiers.evaluate_again": _again,
    "dossiers.note_decision": _decision,
    "dossiers.note_awaiting": _awaited,
    "dossiers.release_dossiers": _tied,
    "dossiers.reopen_dossiers": _fallen,
    "dossiers.refuse_dossier": lambda now: {
        "dossier": office.concluded(_at(now), "45", 2),
        "reason": "không đạt 3 sao",
        **office.REFUSED_BY,
    },
    "dossiers.take_back_refusal": lambda now: {
        "dossier": _at(now, State.REFUSED),
        "reason": "ghi nhầm hồ sơ",
    },
    "dossiers.escalate": lambda now: {"dossier": _at(now, due_on=date(2026, 11, 20))},
}
