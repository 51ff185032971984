"""Bodies for calls of the API, made from its own description: the smallest that is well formed."""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from ocop.api.epcis.interface import epcis
from ocop.api.urls import v1
from tests.dossiers.making import picture
from tests.permissions.world import Side

_TEXTS = {
    "date": "2026-11-20",
    "date-time": "2026-12-20T08:00:00+07:00",
    "uuid": "7f1f2d0e-2f8b-4a55-9a6e-1a2b3c4d5e6f",
    "binary": "",
}

_CLASS = {
    "sessions": [{"starts_at": "2026-12-20T08:00:00+07:00", "ends_at": "2026-12-20T11:00:00+07:00"}]
}
_EVENT = {"starts_on": "2027-03-02", "ends_on": "2027-03-04", "calls_until": "2027-02-01"}


def _goods(side: Side) -> dict[str, Any]:
    return {"goods": [{"product": side.recognised.code, "labelled": True}]}


#: What a call speaks of in its body, beside its address.
_ABOUT: dict[str, Callable[[Side], dict[str, Any]]] = {
    "new_product": lambda s: {"producer": s.producer.code},
    "record_decision": lambda s: {"results": [{"product": s.product.code, "stars": 3}]},
    "begin_dossier": lambda s: {"product": s.recognised.code},
    "add_evidence": lambda s: {"producer": s.producer.code, "type": "other"},
    "replace_evidence": lambda _s: {"type": "other"},
    "constitute_council": lambda s: {"members": [{"account": s.seat.user_id}]},
    "note_attendance": lambda s: [{"seat": s.seat.pk, "present": True}],
    "call_meeting": lambda s: {"items": [s.item.code]},
    "enter_paper_sheet": lambda s: {"seat": s.seat.pk, "marks": "{}"},
    "put_on_agenda": lambda s: {"dossiers": [s.dossier.code]},
    "decide_dossiers": lambda s: {"dossiers": [s.dossier.code]},
    "assign_advisers": lambda s: {
        "advisers": [s.assignment.adviser_id],
        "lead": s.assignment.adviser_id,
    },
    "create_campaign": lambda s: {"products": [s.recognised.code]},
    "extend_campaign": lambda s: {"products": [s.recognised.code]},
    "give_task": lambda s: {"units": [s.unit.code]},
    "add_seat": lambda s: {"account": s.seat.user_id},
    "set_target": lambda _s: {"term": "2026"},
    "register_products": lambda s: {
        "unit": s.unit.code,
        "year": 2026,
        "products": [{"product_name": "Cốm"}],
    },
    "plan_postchecks": lambda s: {
        "recognitions": [s.recognition.pk],
        "inspector": s.check.inspector_id,
    },
    "change_postcheck": lambda s: {"inspector": s.check.inspector_id},
    "receive_complaint": lambda s: {"product": s.recognised.code},
    "tie_complaint": lambda s: {"postcheck": s.check.code},
    "open_case": lambda s: {"recognition": s.recognition.pk},
    "ask_support": lambda s: {
        "policy": s.support.policy.code,
        "producer": s.producer.code,
        "cost": 5,
        "purpose": "Gian hàng",
    },
    "approve_support": lambda s: {"line": s.support_line.code},
    "add_shop_link": lambda s: {"product": s.recognised.code, "address": "https://htx.vn/a"},
    "change_shop_link": lambda _s: {"address": "https://htx.vn/moi"},
    "report_online_sales": lambda _s: {"total": 10, "online": 1},
    "order_stamps": lambda s: {"item": s.trade_item.code},
    "activate_stamps": lambda s: {"lot": s.lot.code, "places": "1"},
    "confirm_stamp_printing": lambda _s: {"places": "1"},
    "deliver_stamps": lambda _s: {"places": "1"},
    "undo_stamp_activation": lambda _s: {"places": "1"},
    "close_stamps": lambda _s: {"places": "1"},
    "except_stamps": lambda _s: {"places": "1"},
    "ask_stamp_print": lambda _s: {"places": "1"},
    "new_trade_item": lambda s: {"product": s.recognised.code},
    "open_site": lambda s: {"producer": s.producer.code},
    "note_step": lambda s: {"site": s.site.code},
    "plan_training_course": lambda _s: {"year": 2026},
    "plan_training_class": lambda _s: _CLASS,
    "change_training_class": lambda _s: _CLASS,
    "undo_training_attendance": lambda s: {"ticket": s.learner.code},
    "enrol_in_training": lambda s: {"producer": s.producer.code},
    "apply_sales_point": lambda s: {"commune": s.unit.code, "place_type": "market"},
    "visit_sales_point": lambda _s: {"visited_at": "2026-11-20T08:00:00+07:00"},
    "apply_design_centre": lambda s: {"commune": s.unit.code},
    "join_sales_chain": lambda s: {"chain": s.point.chain.code},
    "stock_product": lambda s: {"product": s.recognised.code},
    "list_key_good": lambda s: {"product": s.recognised.code, "basis": "typical"},
    "plan_trade_event": lambda _s: _EVENT,
    "change_trade_event": lambda _s: _EVENT,
    "apply_for_event": lambda s: {"producer": s.producer.code} | _goods(s),
    "change_event_application": lambda s: _goods(s),
    "enter_demand": lambda _s: {"open_until": "2027-03-02"},
    "answer_demand": lambda s: {"product": s.recognised.code},
    "record_deal": lambda s: {"producer": s.producer.code},
    "offer_supply": lambda _s: {"quantity": "10"},
    "assign_event_booth": lambda _s: {"label": "A01"},
    "issue_event_tickets": lambda _s: {"kind": "guest", "count": 1},
    "name_event_exhibitor": lambda _s: {"holder": "Chị Ba"},
    "add_event_cost": lambda _s: {"paid_on": "2026-11-20"},
    "add_potential": lambda s: {"unit": s.unit.code},
}


@cache
def _described() -> dict[str, Any]:
    told: dict[str, Any] = v1.get_openapi_schema(path_prefix="/api/v1/")
    more = epcis.get_openapi_schema(path_prefix="/api/epcis/")["paths"]
    return {**told, "paths": {**told["paths"], **more}}


def body_of(side: Side, name: str, path: str, method: str) -> tuple[Any, bool]:
    """A body for an operation about a side, and whether it is sent as a form with a file."""
    about = _ABOUT.get(name, lambda _s: {})(side)
    operation = _described()["paths"][path][method.lower()]
    content = operation.get("requestBody", {}).get("content", {})
    if "multipart/form-data" in content:
        made = _make(content["multipart/form-data"]["schema"])
        given = {name: value for name, value in made.items() if value is not None}
        return {**given, **about, "file": SimpleUploadedFile("a.png", picture("pink"))}, True
    if "application/json" in content:
        made = _make(content["application/json"]["schema"])
        return (made | about if isinstance(made, dict) else about), False
    return None, False


def _make(schema: dict[str, Any]) -> Any:
    if "$ref" in schema:
        return _make(_described()["components"]["schemas"][schema["$ref"].rpartition("/")[2]])
    for choice in ("anyOf", "oneOf", "allOf"):
        if choice in schema:
            return _make(schema[choice][0])
    if "enum" in schema:
        return schema["enum"][0]
    if "const" in schema:
        return schema["const"]
    kind = schema.get("type")
    if kind == "object":
        wanted = schema.get("required", ())
        return {name: _make(schema["properties"][name]) for name in wanted}
    if kind == "array":
        return []
    if kind in ("integer", "number"):
        return 1
    if kind == "boolean":
        return True
    return _TEXTS.get(schema.get("format", ""), "x")


def speaks_of(name: str) -> bool:
    """Whether the body of a call names an object of a side."""
    return name in _ABOUT
