"""Addresses of the producer's trade events, below /cua-toi/su-kien/."""

from django.urls import path

from ocop.web.producer.promotion import booth, pages

urlpatterns = [
    path("", pages.index, name="producer_trade_events"),
    path("ban-hang.js", booth.worker, name="producer_booth_day_worker"),
    path("<str:code>/", pages.page, name="producer_trade_event"),
    path("<str:code>/dang-ky/<str:maker>/", pages.apply, name="producer_trade_event_apply"),
    path("ho-so/<str:code>/sua/", pages.change, name="producer_trade_event_change"),
    path("ho-so/<str:code>/rut/", pages.withdraw, name="producer_trade_event_withdraw"),
    path("ho-so/<str:code>/ve/", booth.people, name="producer_booth_tickets"),
    path("ho-so/<str:code>/ve.pdf", booth.tickets, name="producer_booth_tickets_pdf"),
    path("ho-so/<str:code>/ngay/<int:number>/", booth.day, name="producer_booth_day"),
    path("ho-so/<str:code>/ngay/<int:number>/gui/", booth.send, name="producer_booth_day_send"),
    path("ve/<str:code>/huy/", booth.void, name="producer_booth_ticket_void"),
]
