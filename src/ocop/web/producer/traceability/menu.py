"""The producer's pages of traceability, as its navigation and its tabs show them."""

from django.utils.translation import gettext_lazy as _

from ocop.web.menu import Tab, pages_of

#: One line for each list: its words and its pages. The first is opened from the navigation.
TABS = (
    Tab(
        _("Quy cách"),
        (
            "producer_traceability",
            "producer_item",
            "producer_item_new",
            "producer_image_new",
            "producer_item_change",
            "producer_item_stop",
            "producer_code_add",
            "producer_code_remove",
        ),
    ),
    Tab(
        _("Lô hàng"),
        (
            "producer_lots",
            "producer_lot",
            "producer_lot_new",
            "producer_lot_change",
            "producer_lineage",
            "producer_recall",
        ),
    ),
    Tab(
        _("Nhật ký"),
        ("producer_diary", "producer_note", "producer_event", "producer_event_wrong"),
    ),
    Tab(
        _("Địa điểm sản xuất"),
        ("producer_sites", "producer_site_new", "producer_site_change", "producer_site_close"),
    ),
    Tab(
        _("Tem"),
        (
            "producer_stamps",
            "producer_stamp_new",
            "producer_stamp_order",
            "producer_stamp_step",
        ),
    ),
    Tab(_("Lượt quét"), ("producer_scans", "producer_scan_item")),
)
PAGES = pages_of(TABS)
