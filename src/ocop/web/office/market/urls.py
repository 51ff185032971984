"""Addresses of selling online in the office, below /dieu-hanh/ban-online/."""

from django.urls import path

from ocop.web.office.market import links, sellers

urlpatterns = [
    path("", links.link_list, name="links"),
    path("chu-the/", sellers.seller_list, name="sellers"),
    path("chu-the/<str:code>/", sellers.seller_page, name="seller"),
    path("doanh-thu/", sellers.sales_list, name="online_sales"),
    path("cac-san/", links.marketplace_list, name="marketplaces"),
    path("noi-ban/<str:code>/", links.link_page, name="link"),
    path("noi-ban/<str:code>/<slug:step>/", links.link_step, name="link_step"),
]
