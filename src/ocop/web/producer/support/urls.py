"""Addresses of a producer's support, below /cua-toi/ho-tro/."""

from django.urls import path

from ocop.web.producer.support import pages

urlpatterns = [
    path("", pages.index, name="producer_support"),
    path("moi/<str:maker>/<slug:policy>/", pages.new, name="producer_support_new"),
    path("<str:code>/", pages.page, name="producer_support_request"),
    path("<str:code>/them-giay/", pages.paper_add, name="producer_support_paper_add"),
    path("<str:code>/rut/", pages.withdraw, name="producer_support_withdraw"),
    path("<str:code>/giay/<int:pk>/", pages.paper, name="producer_support_paper"),
]
