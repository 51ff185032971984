"""Addresses of the producer's trade meetings, below /cua-toi/ket-noi/."""

from django.urls import path

from ocop.web.producer.promotion.meetings import deals, pages

_DEAL = "hop-dong/<str:code>/"
urlpatterns = [
    path("", pages.index, name="producer_meetings"),
    path("ban/<str:code>/", pages.supply, name="producer_supply"),
    path("ban/<str:code>/thoi/", pages.supply_end, name="producer_supply_end"),
    path("chao-hang/<str:code>/rut/", pages.withdraw, name="producer_offer_withdraw"),
    path("hop-dong/", deals.index, name="producer_deals"),
    path("hop-dong/moi/<str:maker>/", deals.new, name="producer_deal_new"),
    path(_DEAL, deals.page, name="producer_deal"),
    path(f"{_DEAL}ky/<int:number>/", deals.follow, name="producer_deal_follow"),
    path(f"{_DEAL}ket-thuc/", deals.end, name="producer_deal_end"),
    path("<str:code>/", pages.demand, name="producer_demand"),
    path("<str:code>/chao/", pages.answer, name="producer_demand_answer"),
]
