"""Addresses of traceability in the office, below /dieu-hanh/truy-xuat/."""

from django.urls import path

from ocop.web.office.traceability import items, lots, sites

urlpatterns = [
    path("", items.item_list, name="trade_items"),
    path("ho-chieu.<str:kind>", items.passports, name="passports"),
    path("quy-cach/<str:code>/", items.item_page, name="trade_item"),
    path("quy-cach/<str:code>/ho-chieu.<str:kind>", items.passport, name="item_passport"),
    path("lo/", lots.lot_list, name="lots"),
    path("lo/<str:code>/", lots.lot_page, name="lot"),
    path("lo/<str:code>/ho-chieu.<str:kind>", lots.passport, name="lot_passport"),
    path("dia-diem/", sites.site_list, name="sites"),
    path("dia-diem/<str:code>/", sites.site_page, name="site"),
]
