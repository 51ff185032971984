"""Addresses of the centres that one keeps, below /cua-toi/trung-tam/."""

from django.urls import path

from ocop.web.producer.network.centres import pages

urlpatterns = [
    path("", pages.index, name="producer_centres"),
    path("de-nghi/<str:maker>/", pages.new, name="producer_centre_new"),
    path("<str:code>/", pages.page, name="producer_centre"),
    path("<str:code>/sua/", pages.change, name="producer_centre_change"),
    path("<str:code>/gan/", pages.ties, name="producer_centre_ties"),
    path("<str:code>/danh-gia-lai/", pages.again, name="producer_centre_again"),
    path("<str:code>/thang/<str:month>/", pages.month, name="producer_centre_month"),
]
