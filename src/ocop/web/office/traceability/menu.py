"""The lists of traceability in the office, as its menu and its tabs show them."""

from django.utils.translation import gettext_lazy as _

from ocop.web.menu import Tab, pages_of

#: One line for each list: its words, its pages, who may open it. The first is the section's own.
TABS = (
    Tab(_("Quy cách"), ("office:trade_items", "office:trade_item")),
    Tab(_("Lô hàng"), ("office:lots", "office:lot")),
    Tab(_("Địa điểm"), ("office:sites", "office:site")),
)
PAGES = pages_of(TABS)
