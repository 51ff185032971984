"""The lists of selling online in the office, as its menu and its tabs show them."""

from django.utils.translation import gettext_lazy as _

from ocop.market import rules
from ocop.web.menu import Tab, pages_of

TABS = (
    Tab(_("Nơi bán"), ("office:links", "office:link", "office:link_step")),
    Tab(_("Chủ thể bán online"), ("office:sellers", "office:seller"), rules.may_see_all),
    Tab(_("Doanh thu online"), ("office:online_sales",), rules.may_see_all),
    Tab(_("Các sàn"), ("office:marketplaces",)),
)
PAGES = pages_of(TABS)
