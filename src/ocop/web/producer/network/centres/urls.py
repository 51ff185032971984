"""Addresses of the centres that one keeps, below /cua-toi/trung-tam/."""

from django.urls import path

from ocop.web.producer.network.centres import months, pages, photos

urlpatterns = [
    path("", pages.index, name="producer_centres"),
    path("ngoai-tuyen.js", months.worker, name="producer_centre_worker"),
    path("de-nghi/<str:maker>/", pages.new, name="producer_centre_new"),
    path("<str:code>/", pages.page, name="producer_centre"),
    path("<str:code>/sua/", pages.change, name="producer_centre_change"),
    path("<str:code>/gan/", pages.ties, name="producer_centre_ties"),
    path("<str:code>/danh-gia-lai/", pages.again, name="producer_centre_again"),
    path("<str:code>/anh/", photos.new, name="producer_centre_photo_new"),
    path("<str:code>/anh/<int:pk>/bo/", photos.remove, name="producer_centre_photo_remove"),
    path("<str:code>/thang/<str:month>/", months.page, name="producer_centre_month"),
    path("<str:code>/thang/<str:month>/gui/", months.send, name="producer_centre_month_send"),
]
