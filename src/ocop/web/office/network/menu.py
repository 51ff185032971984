"""The lists of the network in the office, as its menu and its tabs show them."""

from django.utils.translation import gettext_lazy as _

from ocop.network import rules
from ocop.web.menu import Tab, pages_of

#: One line for each list: its words, its pages, who may open it. The first is the section's own.
TABS = (
    Tab(
        _("Điểm bán hàng"),
        (
            "office:points",
            "office:point",
            "office:point_new",
            "office:point_change",
            "office:point_step",
            "office:keeper_end",
            "office:point_photo_remove",
        ),
    ),
    Tab(_("Doanh số điểm bán"), ("office:point_sales",)),
    Tab(_("Chuỗi điểm bán"), ("office:chains", "office:chain_new", "office:chain_change")),
    Tab(
        _("Hàng chủ lực, đặc sản"),
        ("office:key_goods", "office:key_good_new", "office:key_good_end"),
    ),
    Tab(
        _("Trung tâm thiết kế"),
        (
            "office:centres",
            "office:centre",
            "office:centre_plan",
            "office:centre_new",
            "office:centre_change",
            "office:centre_step",
            "office:centre_keeper_end",
            "office:centre_photo_remove",
        ),
    ),
)
PAGES = pages_of(TABS)
may_open = rules.may_open_lists
