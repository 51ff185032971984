"""Examples of councils: seats, sittings, sheets and conclusions."""

from datetime import datetime, timedelta
from typing import Any

from ocop.core.actor import SYSTEM
from ocop.councils.models import Ground, Obstacle, Sitting, SittingState
from ocop.councils.services import paper_sheets, sittings
from ocop.councils.services.constitution import NewSeat
from ocop.councils.services.sheets import Change
from ocop.criteria.sets import load_set
from ocop.people.roles import Role
from tests.councils.hall import (
    DECIDED,
    SCAN,
    SET,
    Hall,
    build_hall,
    marks,
    new_case,
    open_hall,
    open_up,
)
from tests.factories import version
from tests.world import person

FULL = marks(load_set(SET), 80)


def constitute_council(now: datetime) -> dict[str, Any]:
    people = [person(now, Role.COUNCIL_CHAIR), *(person(now, Role.COUNCIL_MEMBER) for _n in "ab")]
    return {
        "name": "Hội đồng đánh giá",
        "decision_number": "1/QĐ-UBND",
        "decided_on": DECIDED,
        "authority": "Chủ tịch UBND thành phố Hà Nội",
        "members": [NewSeat(people[0], "chair"), NewSeat(people[1]), NewSeat(people[2])],
    }


def add_seat(now: datetime) -> dict[str, Any]:
    member = NewSeat(person(now, Role.COUNCIL_MEMBER))
    return {"council": build_hall(now).council, "member": member, "starts_on": now.date()}


def end_seat(now: datetime) -> dict[str, Any]:
    return {"seat": build_hall(now).seat(2), "reason": "Chuyển công tác"}


def dissolve_council(now: datetime) -> dict[str, Any]:
    hall = build_hall(now)
    sittings.cancel_sitting(actor=SYSTEM, sitting=hall.sitting, reason="Hoãn", at=now)
    return {"council": hall.council, "reason": "Hết nhiệm kỳ"}


def open_case(now: datetime) -> dict[str, Any]:
    return {
        "title": "Miến dong",
        "reference": "12/PĐK-01-09001-2026",
        "producer": None,
        "version": version(SET),
        "self_total": None,
        "self_star": None,
        "written": False,
    }


def plan_sitting(now: datetime) -> dict[str, Any]:
    return {
        "council": build_hall(now).council,
        "kind": "meeting",
        "title": "Phiên thứ hai",
        "place": "Hội trường",
        "starts_at": now + timedelta(days=3),
        "passing": 2,
    }


def set_agenda(now: datetime) -> dict[str, Any]:
    return {"sitting": build_hall(now).sitting, "cases": [new_case(now)]}


def sitting(now: datetime) -> dict[str, Any]:
    return {"sitting": build_hall(now).sitting}


def take_off(now: datetime) -> dict[str, Any]:
    return {"item": build_hall(now).item, "reason": "Chờ kết quả kiểm nghiệm"}


def move_item(now: datetime) -> dict[str, Any]:
    return {"item": build_hall(now, cases=2).items[1], "position": 1}


def move_sitting(now: datetime) -> dict[str, Any]:
    return {
        **sitting(now),
        "starts_at": now + timedelta(days=1),
        "place": "Phòng họp 2",
        "reason": "Bận việc",
    }


def cancel_sitting(now: datetime) -> dict[str, Any]:
    return {**sitting(now), "reason": "Bão"}


def note_attendance(now: datetime) -> dict[str, Any]:
    hall = build_hall(now)
    return {"sitting": hall.sitting, "seat": hall.seat(2), "present": False, "note": "Bị ốm"}


def open_sitting(now: datetime) -> dict[str, Any]:
    return {"sitting": present(now).sitting}


def present(now: datetime) -> Hall:
    """A planned sitting with everybody there."""
    hall = build_hall(now)
    for who in range(3):
        sittings.note_attendance(
            actor=SYSTEM, sitting=hall.sitting, seat=hall.seat(who), present=True, note="", at=now
        )
    return hall


def close_sitting(now: datetime) -> dict[str, Any]:
    hall = open_hall(now)
    sittings.take_off(actor=SYSTEM, item=hall.item, reason="Chủ thể rút", at=now)
    return {"sitting": hall.sitting, "minutes_number": "3/BB-HĐ", "minutes_on": now.date()}


def record_minutes(now: datetime) -> dict[str, Any]:
    told = close_sitting(now)
    Sitting.objects.filter(pk=told["sitting"].pk).update(state=SittingState.CLOSED)
    return {**told, "reason": "Ký sau phiên họp"}


def start_scoring(now: datetime) -> dict[str, Any]:
    return {"item": waiting(now).item}


def start_all(now: datetime) -> dict[str, Any]:
    return {"sitting": waiting(now).sitting}


def waiting(now: datetime) -> Hall:
    """An open sitting whose cases are not being marked yet."""
    hall = present(now)
    hall.sitting = sittings.open_sitting(actor=SYSTEM, sitting=hall.sitting, at=now)
    return hall


def save_marks(now: datetime) -> dict[str, Any]:
    hall = open_hall(now)
    changes = {code: Change(points, "", 1) for code, points in FULL.items()}
    return {"actor": hall.actor(2), "item": hall.item, "changes": changes}


def submit_sheet(now: datetime) -> dict[str, Any]:
    hall = open_hall(now)
    hall.mark(2, FULL)
    return {"actor": hall.actor(2), "item": hall.item}


def reopen_sheet(now: datetime) -> dict[str, Any]:
    hall = open_hall(now)
    return {"actor": hall.chair, "sheet": hall.submit(2, FULL), "reason": "Chấm nhầm sản phẩm"}


def paper(now: datetime) -> dict[str, Any]:
    hall = open_hall(now)
    return {
        "actor": hall.planner,
        "item": hall.item,
        "seat": hall.seat(2),
        "marks": FULL,
        "gates": {},
        "opinion": "Đồng ý",
        "scan": SCAN,
    }


def confirm_paper(now: datetime) -> dict[str, Any]:
    hall = open_hall(now)
    sheet = paper_sheets.enter_paper_sheet(
        actor=hall.planner,
        item=hall.item,
        seat=hall.seat(2),
        marks=FULL,
        gates={},
        opinion="",
        scan=SCAN,
        at=now,
    )
    second = hall.actor(person(now, Role.OFFICE_HEAD))
    return {"actor": second, "sheet": sheet, "marks": FULL, "gates": {}, "opinion": ""}


def declare_conflict(now: datetime) -> dict[str, Any]:
    hall = open_hall(now)
    return {"actor": hall.actor(2), "case": hall.item.case, "reason": ""}


def settle_obstacle(now: datetime) -> dict[str, Any]:
    hall = build_hall(now)
    obstacle = Obstacle.objects.create(
        case=hall.item.case, seat=hall.seat(2), ground=Ground.ORGANISATION, raised_at=now
    )
    return {"obstacle": obstacle, "recused": True, "reason": "Cùng hợp tác xã"}


def all_in(now: datetime) -> Hall:
    """Every sheet of the case given in."""
    hall = open_hall(now)
    hall.submit_all(80, 80, 80)
    return hall


def ask_rescoring(now: datetime) -> dict[str, Any]:
    return {"item": all_in(now).item, "reason": "Chênh nhau quá 10 điểm"}


def agree_level(now: datetime) -> dict[str, Any]:
    return {"item": all_in(now).item, "criterion": "1.1", "points": FULL["1.1"]}


def answer_gates(now: datetime) -> dict[str, Any]:
    return {"item": open_hall(now).item, "gates": {load_set(SET).gates[0].id: False}}


def note_discussion(now: datetime) -> dict[str, Any]:
    return {"item": open_hall(now).item, "text": "Cần bổ sung nhãn."}


def conclude(now: datetime) -> dict[str, Any]:
    hall = all_in(now)
    hall.answer()
    return {"item": hall.item}


def call_meeting(now: datetime) -> dict[str, Any]:
    hall = build_hall(now, kind="written")
    open_up(hall)
    return {
        "sitting": hall.sitting,
        "starts_at": now + timedelta(days=9),
        "place": "Hội trường",
        "items": [hall.item],
    }


EXAMPLES = {
    "councils.constitute_council": constitute_council,
    "councils.add_seat": add_seat,
    "councils.end_seat": end_seat,
    "councils.dissolve_council": dissolve_council,
    "councils.open_case": open_case,
    "councils.plan_sitting": plan_sitting,
    "councils.set_agenda": set_agenda,
    "councils.add_to_agenda": set_agenda,
    "councils.find_conflicts": sitting,
    "councils.take_off": take_off,
    "councils.move_item": move_item,
    "councils.move_sitting": move_sitting,
    "councils.cancel_sitting": cancel_sitting,
    "councils.note_attendance": note_attendance,
    "councils.open_sitting": open_sitting,
    "councils.close_sitting": close_sitting,
    "councils.record_minutes": record_minutes,
    "councils.start_scoring": start_scoring,
    "councils.start_all": start_all,
    "councils.save_marks": save_marks,
    "councils.submit_sheet": submit_sheet,
    "councils.reopen_sheet": reopen_sheet,
    "councils.enter_paper_sheet": paper,
    "councils.confirm_paper_sheet": confirm_paper,
    "councils.declare_conflict": declare_conflict,
    "councils.settle_obstacle": settle_obstacle,
    "councils.ask_rescoring": ask_rescoring,
    "councils.agree_level": agree_level,
    "councils.answer_gates": answer_gates,
    "councils.note_discussion": note_discussion,
    "councils.conclude": conclude,
    "councils.call_meeting": call_meeting,
}
