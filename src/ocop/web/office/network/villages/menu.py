"""The pages of craft villages in the office, as its menu and its tabs show them."""

from django.utils.translation import gettext_lazy as _

from ocop.network.villages import rules
from ocop.web.menu import Tab, pages_of

TABS = (
    Tab(
        _("Sổ làng nghề"),
        (
            "office:villages",
            "office:village",
            "office:village_new",
            "office:village_change",
            "office:village_step",
            "office:village_artisan_remove",
            "office:village_revoke",
        ),
    ),
    Tab(_("Rà soát tiêu chí"), ("office:village_review",)),
    Tab(
        _("Nhập từ Excel"),
        ("office:village_imports", "office:village_import", "office:village_import_step"),
        rules.may_see_imports,
    ),
    Tab(
        _("Tuyến làng nghề"),
        ("office:village_routes", "office:village_route_new", "office:village_route_change"),
        rules.may_see_imports,
    ),
)
PAGES = pages_of(TABS)
