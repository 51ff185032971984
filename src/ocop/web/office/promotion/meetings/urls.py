"""Addresses of trade meetings in the office, below /dieu-hanh/su-kien/ket-noi/."""

from django.urls import path

from ocop.web.office.promotion.meetings import deals, demands, offers, rounds

_DEMAND, _ROUND, _DEAL = "<str:code>/", "buoi/<str:code>/", "hop-dong/<str:code>/"
urlpatterns = [
    path("", demands.demand_list, name="demands"),
    path("moi/", demands.new, name="demand_new"),
    path("buoi/", rounds.round_list, name="meeting_rounds"),
    path("buoi/moi/", rounds.new, name="meeting_round_new"),
    path(_ROUND, rounds.page, name="meeting_round"),
    path(f"{_ROUND}sua/", rounds.change, name="meeting_round_change"),
    path(f"{_ROUND}buoc/<slug:step>/", rounds.step, name="meeting_round_step"),
    path(f"{_ROUND}ket-qua/<int:turn>/<int:table>/", rounds.note, name="meeting_note"),
    path("hop-dong/", deals.deal_list, name="deals"),
    path("hop-dong/moi/<str:maker>/", deals.new, name="deal_new"),
    path(_DEAL, deals.page, name="deal"),
    path(f"{_DEAL}ky/<int:number>/", deals.follow, name="deal_follow"),
    path(f"{_DEAL}ket-thuc/", deals.end, name="deal_end"),
    path("chao-hang/", offers.offer_list, name="offers"),
    path("chao-hang/<str:code>/rut/", offers.withdraw, name="offer_withdraw"),
    path("chao-hang/<str:code>/<slug:step>/", demands.offer_step, name="demand_offer_step"),
    path(_DEMAND, demands.page, name="demand"),
    path(f"{_DEMAND}chao-hang/", offers.answer, name="demand_answer"),
    path(f"{_DEMAND}buoc/<slug:step>/", demands.step, name="demand_step"),
]
