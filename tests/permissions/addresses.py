"""Every page and every call of the API, with the objects of the world put into their addresses."""

import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern, URLResolver
from django.utils import timezone

from ocop.api.epcis.interface import epcis
from ocop.api.urls import v1
from ocop.core.official import services as frames
from ocop.criteria.models import CriteriaSetVersion
from ocop.dossiers import forms
from ocop.market.quarters import of_day
from ocop.programme import indicators
from ocop.promotion.meetings import links
from ocop.recognition.log import store
from ocop.traceability import stamp_keys
from ocop.traceability.models import StampOrder, TradeItem
from ocop.traceability.serials import written
from tests.factories import CREATED
from tests.permissions.world import CRITERION, Side, World
from tests.traceability.factories import make_item
from tests.traceability.stamping import make_order

Arguments = dict[str, Any]
Finder = Callable[[World, Side, str], Arguments]


def named_pages() -> Iterator[str]:
    """The full name of every page: every pattern of the resolver outside the API."""
    yield from _walk(get_resolver().url_patterns)


def _walk(patterns: list[URLPattern | URLResolver], space: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            if pattern.namespace in (v1.urls_namespace, epcis.urls_namespace):
                continue
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _walk(pattern.url_patterns, inner)
        elif pattern.name is not None:
            yield f"{space}{pattern.name}"


def operations() -> Iterator[tuple[str, str, str]]:
    """Name, method and path of every operation of the API."""
    for api, prefix in ((v1, "/api/v1/"), (epcis, "/api/epcis/")):
        for path, methods in api.get_openapi_schema(path_prefix=prefix)["paths"].items():
            for method, operation in methods.items():
                yield operation["operationId"], method.upper(), path


def one(**found: Callable[[Side], Any]) -> Finder:
    """Arguments that come from a side alone."""
    return lambda _world, side, _eye: {name: find(side) for name, find in found.items()}


def _last_quarter() -> str:
    return of_day(timezone.localdate()).before.name


def fixed(**given: Any) -> Finder:
    """Arguments that are nobody's."""
    return lambda _world, _side, _eye: given


def _person(world: World, side: Side, eye: str) -> str:
    """The own account, or another's."""
    return eye if side is world.own and eye in world.people else ""


def _coded(side: Side) -> str:
    """The code of a sales unit of a product with a star."""
    item = TradeItem.objects.filter(product=side.recognised).first()
    return (item or make_item(side.recognised, CREATED)).code


def _stamped(side: Side) -> str:
    """The code of a producer that was given stamps."""
    product = side.recognised
    if not StampOrder.objects.filter(item__product=product).exists():
        make_order(make_item(product, CREATED, name="Hộp có tem"), CREATED)
    return str(product.producer.code)


_DRAFT = one(code=lambda s: s.draft.code)
_DOSSIER = one(code=lambda s: s.dossier.code)
_SITTING = one(code=lambda s: s.sitting.code)
_ITEM = one(code=lambda s: s.item.code)
_COUNCIL = one(code=lambda s: s.council.code)
_SHEET = one(code=lambda s: s.item.code, pk=lambda s: s.sheet.pk)
_EVIDENCE = one(code=lambda s: s.evidence.code)
_MEMBERSHIP = one(code=lambda s: s.producer.code, key=lambda s: s.producer.memberships.first().pk)
_DECISION = one(pk=lambda s: s.recognition.decision_id)
_CERTIFICATE = one(pk=lambda s: s.certificate.pk)
_TASK_ANSWER = one(code=lambda s: s.answer.code)
_CRITERION = one(code=lambda s: s.draft.code, criterion=lambda _s: CRITERION)


def _serial(side: Side) -> str:
    """The first stamp of an order."""
    key, first = side.stamps.key, side.stamps.first
    if key is None or first is None:
        raise ValueError("an order without numbers")
    return written(stamp_keys.serial_key(key.version), first)


def _set(world: World) -> CriteriaSetVersion:
    return CriteriaSetVersion.objects.select_related("legal_version").get(pk=world.version)


_FAIR = one(code=lambda s: s.fair.code)
_FAIR_ROW = one(code=lambda s: s.fair_row.code)
_MADE = one(code=lambda s: s.allocation.code)
_ON_ROW = one(code=lambda s: s.event_ticket.application.code)
_FAIR_TICKET = one(code=lambda s: s.event_ticket.code)
_FAIR_ROW_DAY = one(code=lambda s: s.event_ticket.application.code, number=lambda _s: 1)
#: Pages of trade events.
_EVENTS: tuple[tuple[str, Finder], ...] = (
    ("office:events|office:event_new|producer_trade_events|trade_events(_calendar)?", fixed()),
    ("office:event_allocation(_progress|_take)?", _MADE),
    ("office:event_application", _FAIR_ROW),
    (
        "office:event_application_step",
        one(code=lambda s: s.fair_row.code, step=lambda _s: "rut"),
    ),
    ("office:event_step", one(code=lambda s: s.fair.code, step=lambda _s: "huy")),
    ("office:event_list_paper", one(code=lambda s: s.fair.code, kind=lambda _s: "docx")),
    ("office:event_(gate|booth_day)_worker|producer_booth_day_worker", fixed()),
    ("trade_event_take", one(code=lambda s: s.days.code)),
    (
        "trade_event_ticket(_pdf)?",
        one(code=lambda s: s.days.code, ticket=lambda s: s.taken_ticket.code),
    ),
    ("office:event_ticket_void|producer_booth_ticket_void", _FAIR_TICKET),
    (
        "office:event_entry_undo",
        one(code=lambda s: s.event_ticket.code, number=lambda _s: 1),
    ),
    ("(office:event|producer)_booth_day(_send)?", _FAIR_ROW_DAY),
    ("producer_booth_tickets(_pdf)?", _ON_ROW),
    (
        "office:event_ticket_batch",
        one(code=lambda s: s.days.code, number=lambda _s: 1),
    ),
    (
        "office:event_cost_remove",
        one(code=lambda s: s.days.code, key=lambda s: s.event_cost.pk),
    ),
    ("office:event_report_paper", one(code=lambda s: s.days.code, kind=lambda _s: "xlsx")),
    (
        "office:event_(gates|entries|tickets|ticket_issue|sales|costs|cost_add|report)",
        one(code=lambda s: s.days.code),
    ),
    (
        "office:event_(gate(_list|_send)?|visitors)",
        one(code=lambda s: s.days.code, number=lambda _s: 1),
    ),
    ("office:event(_[a-z_]+)?|producer_trade_event|trade_event(_calendar|_poster)?", _FAIR),
    ("producer_trade_event_(change|withdraw)", _FAIR_ROW),
    (
        "producer_trade_event_apply",
        one(code=lambda s: s.fair.code, maker=lambda s: s.producer.code),
    ),
)
_DEMAND = one(code=lambda s: s.demand.code)
_OFFER = one(code=lambda s: s.demand_row.code)
_ROUND = one(code=lambda s: s.meeting_round.code)
_DEAL = one(code=lambda s: s.deal.code)
_SLOT = one(
    code=lambda s: s.meeting.round.code,
    turn=lambda s: s.meeting.turn + 1,
    table=lambda s: s.meeting.table + 1,
)
_FOLLOW_UP = one(code=lambda s: s.deal.code, number=lambda _s: 1)
#: Pages of trade meetings.
_MEETINGS: tuple[tuple[str, Finder], ...] = (
    (
        "office:(demands|offers|demand_new|meeting_rounds|meeting_round_new|deals)|demands|demand_new"
        "|demand_sent|producer_(meetings|deals)",
        fixed(),
    ),
    ("demand_own", one(code=lambda s: s.demand.code, secret=lambda s: links.secret_of(s.demand))),
    ("office:demand_step", one(code=lambda s: s.demand.code, step=lambda _s: "ket-thuc")),
    (
        "office:demand_offer_step",
        one(code=lambda s: s.demand_row.code, step=lambda _s: "chua-chon"),
    ),
    ("(office:)?demand|(office:|producer_)demand_answer|producer_demand", _DEMAND),
    ("office:offer_withdraw|producer_offer_withdraw", _OFFER),
    ("producer_supply(_end)?", one(code=lambda s: s.supply.product.code)),
    (
        "office:meeting_round_step",
        one(code=lambda s: s.meeting_round.code, step=lambda _s: "xep-lich"),
    ),
    ("office:meeting_round(_change)?", _ROUND),
    ("office:meeting_note", _SLOT),
    ("(office:|producer_)deal_new", one(maker=lambda s: s.producer.code)),
    ("(office:|producer_)deal_follow", _FOLLOW_UP),
    ("(office:|producer_)deal(_end)?", _DEAL),
)
_IN_CLASS: dict[str, Callable[[Side], Any]] = {
    "code": lambda s: s.training_class.code,
    "number": lambda _s: 1,
    "step": lambda _s: "huy",
    "ticket": lambda s: s.learner.code,
}


def _with(*names: str) -> Finder:
    """What an address of a class takes."""
    return one(**{name: _IN_CLASS[name] for name in names})


_COURSE = one(code=lambda s: s.training_class.course.code)
_LEARNER = one(code=lambda s: s.learner.code)
_MATERIAL = one(code=lambda s: s.material.code)
_TRAINED = one(code=lambda s: s.training_certificate.code)
#: Pages of training.
_TRAINING: tuple[tuple[str, Finder], ...] = (
    (
        "office:training_class_certificates",
        one(code=lambda s: s.training_certificate.enrolment.training_class.code),
    ),
    ("office:training_(class_new|course|course_change|questions|material_new)", _COURSE),
    ("office:training_(gate|gate_list|gate_send|present)", _with("code", "number")),
    ("office:training_undo", _with("code", "number", "ticket")),
    ("office:training_class_step", _with("code", "step")),
    ("office:training_(class|class_change|enrol|tickets|calendar)", _with("code")),
    ("office:training_material(_remove)?|producer_class_material", _MATERIAL),
    ("office:training_(withdraw|correct|answer)|producer_class_(withdraw|correct|test)", _LEARNER),
    ("(office:)?training_certificate(_revoke|_reissue)?|producer_class_certificate", _TRAINED),
    (
        "producer_class_enrol",
        one(code=lambda s: s.training_class.code, maker=lambda s: s.producer.code),
    ),
    ("producer_class(_tickets|_calendar)?", _with("code")),
)


#: How the address of a page is filled; the first pattern that matches the name counts.
PAGES: tuple[tuple[str, Finder], ...] = (
    (
        "product|history|certified|badge(_page)?|linkset|complaint_new"
        "|producer_history|office:product(_change|_image|_history)?",
        one(code=lambda s: s.recognised.code),
    ),
    (
        "producer|office:(producer|producer_change|product_new|member_new)",
        one(code=lambda s: s.producer.code),
    ),
    ("office:product_step", one(code=lambda s: s.recognised.code, step=lambda _s: "ngung")),
    ("office:producer_step", one(code=lambda s: s.producer.code, step=lambda _s: "ngung")),
    (
        "office:member_end",
        one(code=lambda s: s.producer.code, pk=lambda s: s.producer.memberships.first().pk),
    ),
    (
        "(office:)?decision(_file)?|office:decision_(attach|add|publish|lift|show|withdraw|correct)",
        _DECISION,
    ),
    ("office:certificates_(issue|file)|papers:make_certificates", _DECISION),
    ("certificate", _CERTIFICATE),
    (
        "credential(_jwt)?",
        one(code=lambda s: s.recognition.product.code, key=lambda s: s.recognition.pk),
    ),
    ("criteria_law", lambda w, _s, _e: {"law": _set(w).legal_version.code}),
    (
        "criteria_profile",
        lambda w, _s, _e: {
            "law": _set(w).legal_version.code,
            "number": _set(w).number,
            "revision": _set(w).revision,
        },
    ),
    ("label", one(text=lambda s: s.label)),
    ("complaint_of_code", one(code=_coded)),
    ("stamp_check", one(serial=lambda s: _serial(s))),
    ("office:stamps_pack", one(code=_stamped)),
    ("register_tile", lambda _w, _s, _e: {"path": f"0/000.p/{store.size()}"}),
    ("register_(entry|proof)", fixed(index=0)),
    ("office:postcheck(_record|_send)?", one(code=lambda s: s.check.code)),
    ("office:postcheck_step", one(code=lambda s: s.check.code, step=lambda _s: "huy")),
    (
        "office:postcheck_photo|producer_postcheck_photo",
        one(code=lambda s: s.checked.code, pk=lambda s: s.check_photo.pk),
    ),
    ("producer_postcheck", one(code=lambda s: s.checked.code)),
    ("producer_case|office:case", one(code=lambda s: s.case.code)),
    ("office:case_new", one(pk=lambda s: s.recognition.pk)),
    ("office:case_step", one(code=lambda s: s.case.code, step=lambda _s: "nghe")),
    ("office:case_file", one(code=lambda s: s.case.code, what=lambda _s: "ket-luan")),
    ("office:complaint", one(number=lambda s: s.complaint.number)),
    (
        "office:complaint_photo",
        one(number=lambda s: s.complaint.number, pk=lambda s: s.complaint.photos.first().pk),
    ),
    (
        "office:complaint_step",
        one(number=lambda s: s.complaint.number, step=lambda _s: "tra-loi"),
    ),
    (
        "complaint_status",
        one(number=lambda s: s.complaint.number, secret=lambda s: s.secret),
    ),
    (
        "complaint_receipt",
        one(number=lambda s: s.complaint.number, secret=lambda s: s.secret),
    ),
    ("papers:postcheck_minutes", one(code=lambda s: s.checked.code, kind=lambda _s: "docx")),
    ("papers:revocation_notice", one(code=lambda s: s.decided.code, kind=lambda _s: "docx")),
    ("papers:complaint_answer", one(code=lambda s: s.answered.number, kind=lambda _s: "docx")),
    ("photo", one(pk=lambda s: s.photo.pk)),
    ("figures_list", lambda _w, _s, _e: {"slug": next(iter(indicators.BY_SLUG))}),
    ("figures_report", fixed(kind="xlsx")),
    ("token_revoke", lambda w, s, e: {"pk": w.token[_person(w, s, e)].pk}),
    ("account_confirm_email", fixed(key="x")),
    ("account_reset_password_from_key", fixed(uidb36="a", key="b")),
    ("passport", one(code=lambda s: s.recognised.code, item=lambda s: s.trade_item.code)),
    (
        "passport_file",
        one(
            code=lambda s: s.recognised.code,
            item=lambda s: s.trade_item.code,
            kind=lambda _s: "csv",
        ),
    ),
    ("(office:|producer_)passports", fixed(kind="json")),
    (
        "(office|producer)(:|_)item_passport",
        one(code=lambda s: s.trade_item.code, kind=lambda _s: "jsonld"),
    ),
    ("(office|producer)(:|_)lot_passport", one(code=lambda s: s.lot.code, kind=lambda _s: "csv")),
    ("producer_(item|image)_new", one(code=lambda s: s.recognised.code)),
    (
        "producer_code_remove",
        one(code=lambda s: s.trade_item.code, pk=lambda s: s.foreign_code.pk),
    ),
    (
        "office:trade_item|producer_(item(_change|_stop)?|code_add|lot_new)",
        one(code=lambda s: s.trade_item.code),
    ),
    (
        "office:lot(_lineage|_inspect|_recall|_lift)?|producer_(lot(_change)?|lineage|recall)",
        one(code=lambda s: s.lot.code),
    ),
    ("producer_note", one(maker=lambda s: s.producer.code, step=lambda _s: "ship")),
    ("office:trace_event|producer_event(_wrong)?", one(pk=lambda s: s.trace_event.pk)),
    ("office:scan_item|producer_scan_item", one(code=lambda s: s.trade_item.code)),
    ("office:signal", one(code=lambda s: s.signal.code)),
    ("office:signal_step", one(code=lambda s: s.signal.code, step=lambda _s: "nhan")),
    ("office:village_step", one(code=lambda s: s.village.code, step=lambda _s: "so-lieu")),
    (
        "office:village_artisan_remove",
        one(code=lambda s: s.village.code, pk=lambda s: s.artisan.pk),
    ),
    ("office:village_revoke", one(code=lambda s: s.village.code, pk=lambda s: s.village_title.pk)),
    (
        "office:village_import_step",
        one(code=lambda s: s.village_import.code, name=lambda _s: "cong-bo"),
    ),
    ("office:village_import(_errors)?", one(code=lambda s: s.village_import.code)),
    (
        "office:village_route_change|village_(route|leaflet)",
        one(code=lambda s: s.village_route.code),
    ),
    ("(office:)?village|office:village_change", one(code=lambda s: s.village.code)),
    *_TRAINING,
    *_EVENTS,
    *_MEETINGS,
    ("producer_site_new", one(maker=lambda s: s.producer.code)),
    ("office:site|producer_site_(change|close)", one(code=lambda s: s.site.code)),
    ("office:centre_step", one(code=lambda s: s.centre.code, step=lambda _s: "kiem-tra")),
    (
        "office:centre_keeper_end",
        one(code=lambda s: s.centre.code, pk=lambda s: s.centre_keeper.pk),
    ),
    ("producer_centre_new", one(maker=lambda s: s.producer.code)),
    (
        "producer_centre_month(_send)?",
        one(code=lambda s: s.centre.code, month=lambda _s: "2026-10"),
    ),
    (
        "centre_photo|office:centre_photo_remove|producer_centre_photo_remove",
        one(code=lambda s: s.centre.code, pk=lambda s: s.centre_photo.pk),
    ),
    (
        "office:centre(_change)?|centre|producer_centre(_change|_ties|_again|_photo_new)?",
        one(code=lambda s: s.centre.code),
    ),
    ("office:point(_change|_sign)?|shop", one(code=lambda s: s.point.code)),
    ("office:point_step", one(code=lambda s: s.point.code, step=lambda _s: "tham-dinh")),
    ("office:keeper_end", one(code=lambda s: s.point.code, pk=lambda s: s.keeper.pk)),
    ("office:key_good_new|product_shops", one(code=lambda s: s.recognised.code)),
    ("office:key_good_end", one(pk=lambda s: s.key_good.pk)),
    (
        "shop_photo|office:point_photo(_remove)?|producer_point_photo_remove",
        one(code=lambda s: s.point.code, pk=lambda s: s.point_photo.pk),
    ),
    ("office:chain_change", one(code=lambda s: s.point.chain.code)),
    ("producer_point_new", one(maker=lambda s: s.producer.code)),
    (
        "producer_point_unstock",
        one(code=lambda s: s.point.code, product=lambda s: s.recognised.code),
    ),
    ("producer_point(_change|_stock|_sign|_photo_new)?", one(code=lambda s: s.point.code)),
    ("producer_sales(_send)?", one(code=lambda s: s.point.code, month=lambda _s: "2026-10")),
    ("office:stamp_allowance", one(code=lambda s: s.producer.code)),
    ("producer_stamp_new", one(code=lambda s: s.trade_item.code)),
    (
        "(office:|producer_)stamp_step",
        one(code=lambda s: s.stamps.code, step=lambda _s: "bao"),
    ),
    ("office:stamp_lift", one(code=lambda s: s.stamps.code, pk=lambda s: s.stamp_said.pk)),
    ("office:stamp_print(_progress|_file|_password)?", one(code=lambda s: s.stamp_print.code)),
    (
        "office:stamp_(order|print_new)|producer_stamp_order",
        one(code=lambda s: s.stamps.code),
    ),
    (
        "office:support_(request|paper_add)|producer_support_(request|paper_add|withdraw)",
        one(code=lambda s: s.support.code),
    ),
    (
        "(office:|producer_)support_paper",
        one(code=lambda s: s.support.code, pk=lambda s: s.support_paper.pk),
    ),
    ("office:support_step", one(code=lambda s: s.support.code, step=lambda _s: "nghiem-thu")),
    ("office:support_policy(_end)?", one(code=lambda s: s.support.policy.code)),
    ("office:support_line", one(code=lambda s: s.support_line.code)),
    ("office:support_(batch|errors)", one(code=lambda s: s.support_batch.code)),
    (
        "office:support_batch_step",
        one(code=lambda s: s.support_batch.code, step=lambda _s: "hoan-tac"),
    ),
    (
        "producer_support_new",
        one(maker=lambda s: s.producer.code, policy=lambda s: s.support.policy.code),
    ),
    ("office:link_step", one(code=lambda s: s.shop_link.code, step=lambda _s: "go")),
    ("office:link|producer_link_(change|close|check)", one(code=lambda s: s.shop_link.code)),
    ("office:seller", one(code=lambda s: s.producer.code)),
    ("producer_(seller|online_list)", one(maker=lambda s: s.producer.code)),
    (
        "producer_link_new",
        one(maker=lambda s: s.producer.code, product=lambda s: s.recognised.code),
    ),
    (
        "producer_online_sales",
        one(maker=lambda s: s.producer.code, quarter=lambda _s: _last_quarter()),
    ),
    ("producer_begin", one(product=lambda s: s.recognised.code)),
    ("producer_page", one(code=lambda s: s.draft.code, page=lambda _s: forms.PAGES[0].key)),
    ("producer_(criterion|attach|detach)", _CRITERION),
    (
        "producer_supplement",
        one(code=lambda s: s.dossier.code, supplement=lambda s: s.supplement.code),
    ),
    ("producer_change", _DOSSIER),
    ("producer_snapshot", one(code=lambda s: s.dossier.code, number=lambda _s: 1)),
    ("producer_product_new", one(maker=lambda s: s.producer.code)),
    ("producer_evidence_add", one(maker=lambda s: s.producer.code)),
    ("producer_evidence.*", _EVIDENCE),
    (
        "producer_(?!home|dossiers|library|postchecks|traceability|lots|sites|stamps|diary|scans"
        "|support|training|points|centres|centre_worker|sales_worker|online).*",
        _DRAFT,
    ),
    ("evidence_file", one(dossier=lambda s: s.dossier.code, code=lambda s: s.evidence.code)),
    (
        "office:recognition_step",
        one(pk=lambda s: s.recognition.pk, step=lambda _s: "thu-hoi"),
    ),
    ("office:recognition_correct", one(pk=lambda s: s.recognition.pk)),
    ("office:exchange|office:expiry_letters", fixed(kind="xlsx")),
    ("office:import_step", lambda w, _s, _e: {"pk": w.batch, "name": "load"}),
    ("office:import_(batch|columns|progress|errors)", lambda w, _s, _e: {"pk": w.batch}),
    ("office:registration_withdraw", one(pk=lambda s: s.registration.pk)),
    (
        "office:campaign_paper",
        lambda w, _s, _e: {"code": w.campaign.code, "kind": "docx"},
    ),
    ("office:campaign(_(?!new).*)?", lambda w, _s, _e: {"code": w.campaign.code}),
    ("office:task_(answer|file)", _TASK_ANSWER),
    ("office:task(_remind|_cancel)?", one(code=lambda s: s.task.code)),
    ("office:criteria_.*|office:wording_template", lambda w, _s, _e: {"pk": w.version}),
    ("office:sheet", fixed(number=13)),
    ("office:workbook_document", lambda w, _s, _e: {"pk": w.workbook, "kind": "xlsx"}),
    ("office:workbook", lambda w, _s, _e: {"pk": w.workbook}),
    ("office:frame(_file)?", lambda _w, _s, _e: {"key": next(iter(frames.PAPERS))}),
    ("office:round_(change|close|withdraw)", lambda w, _s, _e: {"code": w.round.code}),
    ("office:potential_(change|end)", one(code=lambda s: s.potential.code)),
    ("office:(dossier|report|assign|findings|visit|visit_send)", _DOSSIER),
    ("office:change_answer", one(code=lambda s: s.dossier.code, change=lambda s: s.change.code)),
    ("office:unassign", one(code=lambda s: s.dossier.code, pk=lambda s: s.assignment.pk)),
    ("office:finding", one(code=lambda s: s.dossier.code, criterion=lambda _s: CRITERION)),
    ("office:visit_photo", one(code=lambda s: s.dossier.code, pk=lambda s: s.visit_photo.pk)),
    ("office:test_.*", one(code=lambda s: s.dossier.code, order=lambda s: s.test.code)),
    ("office:dossier_step", one(code=lambda s: s.dossier.code, step=lambda _s: "bo-sung")),
    ("office:specialities", one(pk=lambda s: s.assignment.adviser_id)),
    ("office:unit", one(pk=lambda s: s.unit.pk)),
    ("council:(sheet|save|submit|declare_conflict)", _ITEM),
    ("council:seat_end", one(code=lambda s: s.council.code, pk=lambda s: s.seat.pk)),
    ("council:(council|seat_new|council_.*(?<!new)|sitting_new)", _COUNCIL),
    ("council:item_move", one(code=lambda s: s.sitting.code, item=lambda s: s.item.code)),
    ("council:conflict", one(code=lambda s: s.sitting.code, pk=lambda s: s.obstacle.pk)),
    ("council:(item_sheet|sheet_reopen)", _SHEET),
    ("council:paper_sheet", one(code=lambda s: s.item.code, seat=lambda s: s.seat.pk)),
    ("council:paper_(confirm|scan)", one(code=lambda s: s.item.code, pk=lambda s: s.paper.pk)),
    ("council:item.*", _ITEM),
    ("council:(?!home|worker|councils|council_new|sittings).*", _SITTING),
    (
        "administration:role_end",
        lambda w, s, e: {
            "pk": w.people[_person(w, s, e)].pk,
            "membership": w.membership.get(_person(w, s, e), w.membership[""]).pk,
        },
    ),
    (
        "administration:(account|account_(?!new).*|role_new)",
        lambda w, s, e: {"pk": w.people[_person(w, s, e)].pk},
    ),
    ("administration:option_change", fixed(key="councils.two_passes")),
    (
        "papers:form",
        one(code=lambda s: s.dossier.code, form=lambda _s: 3, kind=lambda _s: "docx"),
    ),
    (
        "papers:notice",
        one(code=lambda s: s.dossier.code, to=lambda _s: "xa", kind=lambda _s: "docx"),
    ),
    ("papers:dossier_zip|go_dossier", _DOSSIER),
    ("papers:examination", one(code=lambda s: s.dossier.code, kind=lambda _s: "docx")),
    ("papers:sheet", one(code=lambda s: s.item.code, kind=lambda _s: "docx")),
    (
        "papers:member_sheet",
        one(code=lambda s: s.item.code, key=lambda s: s.sheet.pk, kind=lambda _s: "docx"),
    ),
    ("papers:(sitting_zip|blank_sheets)|go_sitting", _SITTING),
    ("papers:made.*", one(code=lambda s: s.made.code)),
    (
        "papers:support",
        one(
            code=lambda s: s.support_approved.code,
            key=lambda _s: "minutes",
            kind=lambda _s: "docx",
        ),
    ),
    (
        "papers:make",
        one(
            code=lambda s: s.sitting.code,
            key=lambda _s: "blank-sheets",
            kind=lambda _s: "zip",
        ),
    ),
    ("papers:.*", one(code=lambda s: s.sitting.code, kind=lambda _s: "docx")),
    ("message", lambda w, s, e: {"code": w.message[_person(w, s, e)].code}),
    ("calendar_feed", lambda w, _s, _e: {"secret": w.calendar}),
    ("go_(item|sheet)", _ITEM),
)


def form_of(side: Side, name: str) -> Arguments:
    """What a page is sent that finds an object by its form, beside its address."""
    if name in ("producer_attach", "producer_detach"):
        return {"evidence": side.evidence.code}
    return {}


def page_of(world: World, side: Side, eye: str, name: str) -> str:
    """The address of a page with the objects of a side."""
    for pattern, find in PAGES:
        if re.fullmatch(pattern, name):
            return reverse(name, kwargs=find(world, side, eye))
    return reverse(name)


#: What stands in a path of the API; the first pattern that matches name and path counts.
_CALLS: tuple[tuple[str, Finder], ...] = (
    ("unit", one(key=lambda s: s.unit.code)),
    (
        "(change_|stop_|resume_|list_|unlist_)?product|product_(star|history)|add_image",
        one(code=lambda s: s.recognised.code),
    ),
    (
        "product_photo",
        one(code=lambda s: s.photo.product.code, key=lambda s: s.photo.pk),
    ),
    (
        "(change_|stop_|resume_)?producer|(add_)?producer_members?",
        one(code=lambda s: s.producer.code),
    ),
    ("end_producer_member", _MEMBERSHIP),
    (
        "(appeal|withdraw)_revocation|restore_revoked|withdraw_restoration",
        one(key=lambda s: s.recognition.pk),
    ),
    (
        "end_recognition",
        one(key=lambda s: s.recognition.pk, step=lambda _s: "annulment"),
    ),
    (
        "(attach_|complete_|publish_|withdraw_)?decision|decision_file|(issue|make)_certificates|lift_evidence|show_decision_file",
        one(key=lambda s: s.recognition.decision_id),
    ),
    ("certificate", one(key=lambda s: s.certificate.pk)),
    ("credential", one(key=lambda s: s.recognition.pk)),
    (
        "postcheck|(change|cancel|record)_postcheck",
        one(code=lambda s: s.check.code),
    ),
    (
        "postcheck_minutes|(conclude|add)_postcheck(_photo)?|end_correction",
        one(code=lambda s: s.checked.code, kind=lambda _s: "docx"),
    ),
    (
        "complaint_answer",
        one(number=lambda s: s.answered.number, kind=lambda _s: "docx"),
    ),
    ("revocation_notice", one(code=lambda s: s.decided.code, kind=lambda _s: "docx")),
    (
        "complaint_photo",
        one(number=lambda s: s.complaint.number, key=lambda s: s.complaint.photos.first().pk),
    ),
    (
        "complaint|(tie|answer|dismiss)_complaint",
        one(number=lambda s: s.complaint.number),
    ),
    (
        "revocation_case|state_in_case|note_hearing|propose_revocation|decide_case"
        "|close_case|publish_notice|record_appeal|settle_appeal|restore_star"
        "|withdraw_case_(decision|restoration)",
        one(code=lambda s: s.case.code),
    ),
    ("import(_remarks|_step)?", lambda w, _s, _e: {"key": w.batch, "step": "publish"}),
    ("criteria_set(_versions)?", fixed(number=13)),
    ("criteria_(difference|shifts)", lambda w, _s, _e: {"key": w.version, "from": w.version}),
    (
        "(sign_off|draft|publish|discard)_criteria|criteria_(file|wording)|load_wording"
        "|wording_template",
        lambda w, _s, _e: {"key": w.version},
    ),
    ("workbook|workbook_results", lambda w, _s, _e: {"key": w.workbook, "kind": "xlsx"}),
    ("council|plan_sitting|add_seat|dissolve_council", _COUNCIL),
    ("end_seat", one(code=lambda s: s.council.code, key=lambda s: s.seat.pk)),
    ("set_specialities", one(key=lambda s: s.assignment.adviser_id)),
    ("end_assignment", one(code=lambda s: s.dossier.code, key=lambda s: s.assignment.pk)),
    ("settle_conflict", one(key=lambda s: s.obstacle.pk)),
    ("agree_level", one(code=lambda s: s.item.code, criterion=lambda _s: CRITERION)),
    ("reopen_sheet", one(key=lambda s: s.sheet.pk)),
    ("confirm_paper_sheet|paper_scan", one(key=lambda s: s.paper.pk)),
    ("(change|close|withdraw)_round", lambda w, _s, _e: {"code": w.round.code}),
    ("(change|end)_potential", one(code=lambda s: s.potential.code)),
    ("snapshot", one(code=lambda s: s.dossier.code, number=lambda _s: 1)),
    ("answer_supplement", one(code=lambda s: s.supplement.code)),
    ("answer_change", one(code=lambda s: s.change.code)),
    ("(change|replace|withdraw)_evidence", _EVIDENCE),
    (
        "use_evidence|unuse_evidence",
        one(
            code=lambda s: s.draft.code,
            evidence=lambda s: s.evidence.code,
            criterion=lambda _s: CRITERION,
        ),
    ),
    ("evidence_file", one(code=lambda s: s.dossier.code, evidence=lambda s: s.evidence.code)),
    ("note_finding", one(code=lambda s: s.dossier.code, criterion=lambda _s: CRITERION)),
    ("add_visit_photo", one(code=lambda s: s.visit.code)),
    ("record_test_result", one(code=lambda s: s.test.code)),
    (
        "campaign(_members)?|(change|extend|send|remind|close)_campaign",
        lambda w, _s, _e: {"code": w.campaign.code},
    ),
    ("remind_units|cancel_task", one(code=lambda s: s.task.code)),
    ("answer_task", _TASK_ANSWER),
    ("read_message", lambda w, s, e: {"code": w.message[_person(w, s, e)].code}),
    (
        "dossier_paper",
        one(code=lambda s: s.dossier.code, key=lambda _s: "form-03", kind=lambda _s: "docx"),
    ),
    (
        "(make_)?sitting_paper",
        one(code=lambda s: s.sitting.code, key=lambda _s: "minutes", kind=lambda _s: "docx"),
    ),
    ("made_paper(_file)?", one(code=lambda s: s.made.code)),
    (
        "item_paper",
        one(
            code=lambda s: s.item.code,
            key=lambda s: f"sheet-{s.sheet.pk}",
            kind=lambda _s: "docx",
        ),
    ),
    (
        "support_request|(approve|refuse|withdraw|cancel|accept|pay|reclaim)_support"
        "|add_support_file",
        one(code=lambda s: s.support.code),
    ),
    (
        "support_file",
        one(code=lambda s: s.support.code, file_id=lambda s: s.support_paper.pk),
    ),
    (
        "support_paper",
        one(
            code=lambda s: s.support_approved.code,
            key=lambda _s: "minutes",
            kind=lambda _s: "docx",
        ),
    ),
    ("(change_|close_)?shop_link|ask_link_check", one(code=lambda s: s.shop_link.code)),
    (
        "report_online_sales|(answer_)?seller_list",
        one(code=lambda s: s.producer.code, quarter=lambda _s: _last_quarter()),
    ),
    ("set_stamp_allowance", one(code=lambda s: s.producer.code)),
    (
        "lift_stamp_exception",
        one(code=lambda s: s.stamps.code, key=lambda s: s.stamp_said.pk),
    ),
    ("stamp_print(_file|_password)?", one(code=lambda s: s.stamp_print.code)),
    ("stamp", one(serial=lambda s: _serial(s))),
    (
        "(approve_|refuse_|withdraw_)?stamp_order(_prints)?|confirm_stamp_printing"
        "|(deliver|activate|close|except)_stamps|undo_stamp_activation|ask_stamp_print",
        one(code=lambda s: s.stamps.code),
    ),
    ("epcis_(capture_)?job(_options)?", one(code=lambda s: s.capture.code)),
    ("epcis_event(_options)?", one(event_id=lambda s: quote(s.trace_event.event_id, safe=""))),
    ("epcis_(values|events_of)(_options)?", fixed(resource="bizSteps", value="shipping")),
    ("epcis_.*", fixed()),
    ("product_passports", one(code=lambda s: s.recognised.code)),
    ("passports", fixed(kind="csv")),
    (
        "(change_|stop_)?trade_item|add_foreign_code|open_lot|trade_item_passport(_file)?",
        one(code=lambda s: s.trade_item.code, kind=lambda _s: "csv"),
    ),
    (
        "remove_foreign_code",
        one(code=lambda s: s.trade_item.code, key=lambda s: s.foreign_code.pk),
    ),
    ("scan_report", one(code=lambda s: s.trade_item.code)),
    (
        "scan_signal|(take|note|close|reopen)_signal|suspect_stamp",
        one(code=lambda s: s.signal.code),
    ),
    ("(recall|inspect)_lot|lift_recall|lot_lineage", one(code=lambda s: s.lot.code)),
    ("note_step", one(code=lambda s: s.producer.code)),
    ("declare_wrong", one(key=lambda s: s.trace_event.pk)),
    ("(change_)?lot|lot_passport(_file)?", one(code=lambda s: s.lot.code, kind=lambda _s: "csv")),
    ("village|tell_village_year", one(code=lambda s: s.village.code)),
    ("(change_|close_)?site", one(code=lambda s: s.site.code)),
    (
        "(change|withdraw|refuse|readmit)_event_application|(assign|clear)_event_booth",
        _FAIR_ROW,
    ),
    ("event_allocation|take_allocation", _MADE),
    ("demand|(confirm|publish|refuse|extend|close|answer)_demand|demand_(matches|offers)", _DEMAND),
    ("(withdraw|judge)_demand_offer", _OFFER),
    ("(offer|end)_supply", one(code=lambda s: s.supply.product.code)),
    ("meeting_round|(change|arrange|tell|cancel)_meetings", _ROUND),
    ("note_meeting", _SLOT),
    ("deal|end_deal", _DEAL),
    ("follow_deal", _FOLLOW_UP),
    ("(void_event_ticket|undo_event_entry)", _FAIR_TICKET),
    ("name_event_exhibitor", _ON_ROW),
    (
        "tell_event_booth_day",
        one(code=lambda s: s.event_ticket.application.code, day=lambda s: s.days.starts_on),
    ),
    ("count_event_visitors", one(code=lambda s: s.days.code, day=lambda s: s.days.starts_on)),
    (
        "remove_event_cost",
        one(code=lambda s: s.days.code, key=lambda s: s.event_cost.pk),
    ),
    (
        "(issue_)?event_tickets|(note_)?event_entries|event_booth_days|event_costs|add_event_cost"
        "|event_report",
        one(code=lambda s: s.days.code),
    ),
    (
        "trade_event(_plan)?|event_applications|apply_for_event|ask_allocation"
        "|(?!plan_)[a-z_]+_trade_event(_[a-z]+)?",
        _FAIR,
    ),
    (
        "training_course|change_training_course|plan_training_class|set_training_questions"
        "|add_training_material",
        _COURSE,
    ),
    ("remove_training_material", _MATERIAL),
    ("withdraw_from_training|answer_training_test|correct_training_person", _LEARNER),
    ("(revoke|reissue)_training_certificate", _TRAINED),
    (
        "training_(class|people)|.*_training_(class|attendance|certificates)|enrol_in_training",
        _with("code", "number"),
    ),
    ("change_sales_chain", one(code=lambda s: s.point.chain.code)),
    ("end_key_good", one(key=lambda s: s.key_good.pk)),
    ("end_centre_keeper", one(code=lambda s: s.centre.code, key=lambda s: s.centre_keeper.pk)),
    (
        "((change|visit|send|recognise|refuse|reassess|end|tie)_)?design_centre"
        "|tell_design_centre_month|appoint_centre_keeper|add_design_centre_photo",
        one(code=lambda s: s.centre.code),
    ),
    (
        "remove_design_centre_photo",
        one(code=lambda s: s.centre.code, key=lambda s: s.centre_photo.pk),
    ),
    (
        "end_keeper",
        one(code=lambda s: s.point.code, key=lambda s: s.keeper.pk),
    ),
    (
        "remove_sales_point_photo",
        one(code=lambda s: s.point.code, key=lambda s: s.point_photo.pk),
    ),
    (
        "add_sales_point_visit_photo",
        one(code=lambda s: s.point.code, visit=lambda s: s.point_visit.code),
    ),
    ("unstock_product", one(code=lambda s: s.point.code, product=lambda s: s.recognised.code)),
    (
        "((change|visit|recognise|refuse|close)_)?sales_point|set_sales_point_money"
        "|correct_sales_point_decision"
        "|add_sales_point_photo|join_sales_chain|appoint_keeper|stock_product|report_sales",
        one(code=lambda s: s.point.code),
    ),
    ("indicator_cut", fixed(key="evaluated_in_term", cut="rank")),
    ("withdraw_registration", one(key=lambda s: s.registration.pk)),
    ("set_target|report_figure", fixed(key="sales_points")),
    ("indicator_rows", fixed(key="evaluated_in_term")),
)


def call_of(world: World, side: Side, eye: str, name: str, path: str) -> str:
    """The address of an operation with the objects of a side."""
    found: Arguments = {}
    for pattern, find in _CALLS:
        if re.fullmatch(pattern, name):
            found = find(world, side, eye)
            break
    else:
        found = {"code": _by_path(side, path)}
    address = re.sub(r"\{(\w+)\}", lambda m: str(found[m.group(1)]), path)
    if name == "locate":
        return f"{address}?address=X&on=2026-01-01"
    return f"{address}?from={found['from']}" if "from" in found else address


def _by_path(side: Side, path: str) -> str:
    if "/sittings/{code}" in path:
        return side.sitting.code
    if "/items/{code}" in path:
        return side.item.code
    own = ("/submit", "/withdraw", "{code}")
    if path.startswith("/api/v1/dossiers/") and path.endswith(own) and "examination" not in path:
        return side.draft.code if not path.endswith("{code}") else side.dossier.code
    return side.dossier.code
