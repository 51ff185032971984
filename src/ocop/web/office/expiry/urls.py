"""Addresses of the radar."""

from django.urls import path

from ocop.web.office.expiry import board, campaign_papers, campaigns, outlook, rows

urlpatterns = [
    path("", board.radar, name="radar"),
    path("khoi-luong/", outlook.outlook, name="outlook"),
    path("danh-sach/", rows.expiry, name="expiry"),
    path("chien-dich/", campaigns.index, name="campaigns"),
    path("chien-dich/moi/", campaigns.new, name="campaign_new"),
    path("chien-dich/<str:code>/", campaigns.page, name="campaign"),
    path("chien-dich/<str:code>/sua/", campaigns.change, name="campaign_change"),
    path("chien-dich/<str:code>/them/", campaigns.extend, name="campaign_extend"),
    path("chien-dich/<str:code>/thu/", campaign_papers.letters, name="campaign_letters"),
    path("chien-dich/<str:code>/thu.<str:kind>", campaign_papers.paper, name="campaign_paper"),
    path("chien-dich/<str:code>/gui/", campaigns.send, name="campaign_send"),
    path("chien-dich/<str:code>/nhac/", campaigns.remind, name="campaign_remind"),
    path("chien-dich/<str:code>/ket-thuc/", campaigns.close, name="campaign_close"),
    path("thu.<str:kind>", rows.letters, name="expiry_letters"),
]
