"""Addresses of a producer's selling online, below /cua-toi/ban-online/."""

from django.urls import path

from ocop.web.producer.market import pages, steps

urlpatterns = [
    path("", pages.index, name="producer_online"),
    path("lien-ket/<str:code>/doi/", steps.change, name="producer_link_change"),
    path("lien-ket/<str:code>/go/", steps.close, name="producer_link_close"),
    path("lien-ket/<str:code>/kiem-tra/", steps.check, name="producer_link_check"),
    path("<str:maker>/", pages.page, name="producer_seller"),
    path("<str:maker>/them/<str:product>/", steps.add, name="producer_link_new"),
    path("<str:maker>/doanh-thu/<str:quarter>/", steps.report, name="producer_online_sales"),
    path("<str:maker>/chuan-bi/", steps.prepare, name="producer_online_list"),
]
