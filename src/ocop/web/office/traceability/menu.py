"""The lists of traceability in the office, as its menu and its tabs show them."""

from django.utils.translation import gettext_lazy as _

from ocop.traceability import rules
from ocop.web.menu import Tab, pages_of

#: One line for each list: its words, its pages, who may open it. The first is the section's own.
TABS = (
    Tab(_("Quy cách"), ("office:trade_items", "office:trade_item")),
    Tab(_("Lô hàng"), ("office:lots", "office:lot")),
    Tab(_("Địa điểm"), ("office:sites", "office:site")),
    Tab(
        _("Đơn đặt tem"),
        (
            "office:stamp_orders",
            "office:stamp_order",
            "office:stamp_step",
            "office:stamp_lift",
            "office:stamp_print_new",
            "office:stamp_print",
        ),
    ),
    Tab(
        _("Hạn mức tem"),
        ("office:stamp_allowances", "office:stamp_allowance"),
        rules.may_see_all_stamps,
    ),
    Tab(_("Khóa tem"), ("office:stamp_keys", "office:stamp_rotate"), rules.may_see_keys),
    Tab(_("Tra một con tem"), ("office:stamp_check",)),
)
PAGES = pages_of(TABS)
