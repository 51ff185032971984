"""Addresses of the producer's trade events, below /cua-toi/su-kien/."""

from django.urls import path

from ocop.web.producer.promotion import pages

urlpatterns = [
    path("", pages.index, name="producer_trade_events"),
    path("<str:code>/", pages.page, name="producer_trade_event"),
    path("<str:code>/dang-ky/<str:maker>/", pages.apply, name="producer_trade_event_apply"),
    path("ho-so/<str:code>/sua/", pages.change, name="producer_trade_event_change"),
    path("ho-so/<str:code>/rut/", pages.withdraw, name="producer_trade_event_withdraw"),
]
