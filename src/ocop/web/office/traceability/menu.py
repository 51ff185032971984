"""The lists of traceability in the office, as its menu and its tabs show them."""

from django.utils.translation import gettext_lazy as _

from ocop.traceability import rules
from ocop.traceability.scans.rules import may_see_signals
from ocop.web.menu import Tab, pages_of

#: One line for each list: its words, its pages, who may open it. The first is the section's own.
TABS = (
    Tab(_("Quy cách"), ("office:trade_items", "office:trade_item")),
    Tab(
        _("Lô hàng"),
        (
            "office:lots",
            "office:lot",
            "office:lot_lineage",
            "office:lot_inspect",
            "office:lot_recall",
            "office:lot_lift",
        ),
    ),
    Tab(_("Sự kiện"), ("office:trace_events", "office:trace_event")),
    Tab(_("Địa điểm sản xuất"), ("office:sites", "office:site")),
    Tab(
        _("Tem"),
        (
            "office:stamp_orders",
            "office:stamp_order",
            "office:stamp_step",
            "office:stamp_lift",
            "office:stamp_print_new",
            "office:stamp_print",
            "office:stamp_allowances",
            "office:stamp_allowance",
            "office:stamp_allowance_choose",
            "office:stamp_keys",
            "office:stamp_rotate",
            "office:stamp_check",
        ),
    ),
    Tab(_("Tra tem tại chỗ"), ("office:stamps_in_the_field",), rules.may_see_all_stamps),
    Tab(
        _("Lượt quét"),
        (
            "office:scans",
            "office:scan_items",
            "office:scan_item",
            "office:scan_places",
            "office:scan_days",
        ),
    ),
    Tab(_("Nghi vấn"), ("office:signals", "office:signal", "office:signal_step"), may_see_signals),
)
#: What there is of stamps beside their orders.
STAMPS = (
    Tab(_("Đơn đặt tem"), ("office:stamp_orders",)),
    Tab(_("Hạn mức tem"), ("office:stamp_allowances",), rules.may_see_all_stamps),
    Tab(_("Tra một con tem"), ("office:stamp_check",)),
    Tab(_("Khóa tem"), ("office:stamp_keys",), rules.may_see_keys),
)
PAGES = pages_of(TABS)
