"""The sections of the office that a person may open, for the navigation."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ocop.core import options
from ocop.core.actor import ANONYMOUS, Actor
from ocop.councils import rules as council_rules
from ocop.dossiers import rules as dossier_rules
from ocop.network.villages import rules as village_rules
from ocop.people import rules as people_rules
from ocop.programme import rules as programme_rules
from ocop.promotion import rules as promotion_rules
from ocop.recognition import rules as register_rules
from ocop.recognition.postcheck import rules as postcheck_rules
from ocop.support import rules as support_rules
from ocop.traceability import rules as trace_rules
from ocop.training import rules as training_rules
from ocop.web.office.network import menu as network_menu
from ocop.web.office.network.villages import menu as village_menu
from ocop.web.office.promotion import menu as promotion_menu
from ocop.web.office.support import menu as support_menu
from ocop.web.office.traceability import menu as trace_menu
from ocop.web.office.training import menu as training_menu


@dataclass(frozen=True, slots=True)
class Section:
    """One entry of the navigation: its words, its pages (the first is opened), who sees it."""

    words: Any
    pages: tuple[str, ...]
    may_open: Callable[[Actor], bool] | None = None


SECTIONS = (
    Section(_("Tổng quan"), ("office:home",)),
    Section(_("Sổ đăng ký"), ("office:register",)),
    Section(
        pgettext_lazy("menu", "Quyết định"),
        ("office:decisions", "office:decision", "office:decision_new"),
    ),
    Section(pgettext_lazy("menu", "Chủ thể"), ("office:producers", "office:producer")),
    Section(pgettext_lazy("menu", "Sản phẩm"), ("office:products", "office:product")),
    Section(
        _("Nhập dữ liệu"),
        ("office:import", "office:import_batch"),
        register_rules.may_see_unpublished,
    ),
    Section(
        pgettext_lazy("menu", "Hết hạn"),
        (
            "office:radar",
            "office:expiry",
            "office:outlook",
            "office:campaigns",
            "office:campaign",
            "office:campaign_new",
            "office:campaign_letters",
        ),
        register_rules.may_see_expiry_list,
    ),
    Section(
        _("Hậu kiểm, thu hồi"),
        (
            "office:postchecks",
            "office:postcheck",
            "office:postcheck_record",
            "office:postcheck_step",
            "office:postcheck_plans",
            "office:postcheck_plan_new",
            "office:postcheck_choose",
            "office:complaints",
            "office:complaint",
            "office:complaint_step",
            "office:cases",
            "office:case",
            "office:case_new",
            "office:case_step",
        ),
        postcheck_rules.may_see_checks,
    ),
    Section(_("Truy xuất"), trace_menu.PAGES, trace_rules.may_open_lists),
    Section(_("Làng nghề"), village_menu.PAGES, village_rules.may_open_list),
    Section(_("Tập huấn"), training_menu.PAGES, training_rules.may_open_lists),
    Section(_("Hỗ trợ chủ thể"), support_menu.PAGES, support_rules.may_open_lists),
    Section(_("Mạng lưới"), network_menu.PAGES, network_menu.may_open),
    Section(_("Sự kiện xúc tiến"), promotion_menu.PAGES, promotion_rules.may_open_lists),
    Section(
        _("Đăng ký đánh giá"),
        ("office:registrations", "office:registration_new", "office:registration_withdraw"),
        dossier_rules.may_see_registrations,
    ),
    Section(
        _("Kế hoạch, đợt đánh giá"),
        ("office:plan", "office:plan_new", "office:round_new", "office:round_change"),
        dossier_rules.may_see_plan,
    ),
    Section(
        _("Sản phẩm tiềm năng"),
        ("office:potentials", "office:potential_new", "office:potential_change"),
        dossier_rules.may_see_registrations,
    ),
    Section(
        _("Hồ sơ chờ cấp xã"),
        ("office:commune_queue", "office:report"),
        dossier_rules.has_queue,
    ),
    Section(
        _("Hồ sơ giao cho tôi"),
        ("office:given", "office:finding", "office:visit"),
        dossier_rules.is_adviser,
    ),
    Section(
        pgettext_lazy("menu", "Hồ sơ"),
        ("office:dossiers", "office:dossier", "office:dossier_step", "office:assign"),
        dossier_rules.may_see_dossiers,
    ),
    Section(
        _("Tổ tư vấn"),
        ("office:advisers", "office:specialities"),
        people_rules.may_see_everything,
    ),
    Section(
        _("Chờ quyết định"),
        ("office:deciding", "office:decide"),
        people_rules.may_see_everything,
    ),
    Section(
        _("Việc giao đơn vị"),
        (
            "office:tasks",
            "office:task",
            "office:task_new",
            "office:task_cancel",
            "office:task_answer",
        ),
        programme_rules.may_see_tasks,
    ),
    Section(
        pgettext_lazy("menu", "Mục tiêu"),
        ("office:targets", "office:figures", "office:target_new", "office:figure_new"),
        people_rules.may_see_everything,
    ),
    Section(pgettext_lazy("menu", "Bộ tiêu chí"), ("office:criteria", "office:criteria_version")),
    Section(_("Chấm thử"), ("office:calculator", "office:sheet")),
    Section(
        _("Hội đồng"),
        (
            "council:home",
            "council:sheet",
            "council:councils",
            "council:council",
            "council:sittings",
            "council:sitting",
            "council:live",
            "council:item",
        ),
        lambda actor: (
            actor.has(*council_rules.SITTING_ROLES) or people_rules.may_see_everything(actor)
        ),
    ),
    Section(
        _("Sổ chấm hội đồng"),
        ("office:workbooks", "office:workbook", "office:workbook_template"),
        council_rules.may_see_workbooks,
    ),
    Section(_("Mẫu văn bản"), ("office:frames", "office:frame"), options.may_set_option),
    Section(_("Đơn vị hành chính"), ("office:units", "office:unit")),
    Section(_("Số liệu"), ("progress",)),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A section as the page draws it."""

    words: Any
    address: str
    here: bool


def entries(actor: Actor | None, page: str) -> Iterator[Entry]:
    """The sections an actor may open; `page` is the name of the present one."""
    who = actor or ANONYMOUS
    for section in SECTIONS:
        if section.may_open is None or who.is_system or section.may_open(who):
            yield Entry(section.words, reverse(section.pages[0]), page in section.pages)
