"""Addresses of the API."""

from functools import partial
from typing import Any

from django.urls import path, re_path
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.renderers import JSONRenderer

from ocop.api import demonstration, description, docs, lists, problems
from ocop.api.callers import Caller
from ocop.api.epcis.interface import epcis
from ocop.api.requests import Readable
from ocop.api.v1 import (
    accounts,
    agenda,
    campaigns,
    carrying,
    complaints,
    constitution,
    councils,
    credentials,
    criteria,
    criteria_drafts,
    deals,
    decisions,
    demand_offers,
    demands,
    design_centre_steps,
    design_centres,
    diary,
    dossiers,
    due,
    event_applications,
    event_days,
    event_effects,
    evidence,
    examining,
    history,
    imports,
    items,
    lot_events,
    market,
    me,
    meeting_rounds,
    papers,
    passports,
    pictures,
    places,
    postcheck_minutes,
    postchecks,
    product,
    programme,
    proposing,
    radar,
    recording,
    revocations,
    revoked,
    rounds,
    sales_point_goods,
    sales_point_steps,
    sales_points,
    scan_signals,
    scans,
    seats,
    sheets,
    sittings,
    stamp_prints,
    stamps,
    statistics,
    support,
    targets,
    tasks,
    team,
    trace_lots,
    trade_events,
    trade_items,
    training_classes,
    training_courses,
    training_people,
    upkeep,
    villages,
    visiting,
    wording,
    writing,
)
from ocop.core import language


class Utf8(JSONRenderer):
    """JSON that people can read: Vietnamese stays as it is."""

    def __init__(self) -> None:
        self.json_dumps_params = {"ensure_ascii": False}


class Described(NinjaAPI):
    """An interface whose description is made once for each language: it is the same for everybody
    and takes long."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self._whole: dict[str, OpenAPISchema] = {}
        self._told: dict[tuple[str, str], dict[str, Any]] = {}

    def get_openapi_schema(  # type: ignore[override]
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """The description in the active language for addresses that begin so; not to be changed."""
        begins = self.get_root_path(path_params or {}) if path_prefix is None else path_prefix
        if begins not in self._whole:
            document = super().get_openapi_schema(path_prefix=begins)
            problems.describe(document)
            demonstration.describe(document)
            credentials.describe(document)
            self._whole[begins] = document
        chosen = (begins, language.active())
        if chosen not in self._told:
            self._told[chosen] = description.localised(self._whole[begins])
        return self._told[chosen]


v1 = Described(
    title="OCOP",
    version="1",
    urls_namespace="api-v1",
    auth=Caller(),
    renderer=Utf8(),
    parser=Readable(),
    docs_url=None,
)
problems.install(v1)
v1.add_decorator(lists.strictly)
ROOMS = (
    me, accounts, places, writing, recording, upkeep, decisions, credentials, product, history,
    pictures, imports, criteria, wording, criteria_drafts, councils, constitution, seats, sittings,
    statistics, items, agenda, sheets, papers, rounds, proposing,
    dossiers, carrying, evidence, examining, team, visiting, tasks, programme, targets, due,
    radar, campaigns, postchecks, postcheck_minutes, complaints, revocations, revoked,
    trade_items, trace_lots, lot_events, diary, passports,
    stamps, stamp_prints, scans, scan_signals, villages,
    stamps, stamp_prints, scans, scan_signals,
    training_courses, training_classes, training_people,
    support, market,
    sales_points, sales_point_steps, sales_point_goods,
    design_centres, design_centre_steps,
    trade_events, event_applications, event_days, event_effects,
    demands, demand_offers, meeting_rounds, deals,
)  # fmt: skip
for router in dict.fromkeys(room.router for room in ROOMS):  # some rooms share one
    v1.add_router("", router)

urlpatterns = [
    path("", partial(docs.page, v1), name="api_docs"),
    path("v1/", v1.urls),
    path("epcis/", epcis.urls),
    re_path("", problems.nothing_here),
]
