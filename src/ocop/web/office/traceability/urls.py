"""Addresses of traceability in the office, below /dieu-hanh/truy-xuat/."""

from django.urls import path

from ocop.web.office.traceability import items

urlpatterns = [
    path("", items.item_list, name="trade_items"),
    path("quy-cach/<str:code>/", items.item_page, name="trade_item"),
]
