"""The pages of trade events and trade meetings in the office, as its menu and tabs show them."""

from django.utils.translation import gettext_lazy as _

from ocop.promotion import rules
from ocop.web.menu import Tab, pages_of

TABS = (
    Tab(
        _("Sự kiện"),
        (
            "office:events",
            "office:event",
            "office:event_new",
            "office:event_change",
            "office:event_step",
            "office:event_applications",
            "office:event_application",
            "office:event_application_step",
            "office:event_plan",
            "office:event_plan_edit",
            "office:event_plan_rows",
            "office:event_allocate",
            "office:event_allocation",
            "office:event_gates",
            "office:event_gate",
            "office:event_tickets",
            "office:event_ticket_issue",
            "office:event_ticket_void",
            "office:event_entries",
            "office:event_entry_undo",
            "office:event_visitors",
            "office:event_sales",
            "office:event_booth_day",
            "office:event_costs",
            "office:event_cost_add",
            "office:event_cost_remove",
            "office:event_report",
        ),
    ),
    Tab(
        _("Nhu cầu mua"),
        (
            "office:demands",
            "office:demand",
            "office:demand_new",
            "office:demand_step",
            "office:demand_offer_step",
            "office:demand_answer",
        ),
    ),
    Tab(_("Chào hàng"), ("office:offers", "office:offer_withdraw")),
    Tab(
        _("Buổi kết nối"),
        (
            "office:meeting_rounds",
            "office:meeting_round",
            "office:meeting_round_new",
            "office:meeting_round_change",
            "office:meeting_round_step",
            "office:meeting_note",
        ),
        rules.may_see_all,
    ),
    Tab(
        _("Biên bản, hợp đồng"),
        (
            "office:deals",
            "office:deal",
            "office:deal_new",
            "office:deal_follow",
            "office:deal_end",
        ),
    ),
)
PAGES = pages_of(TABS)
