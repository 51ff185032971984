"""Addresses of the radar."""

from django.urls import path

from ocop.web.office.expiry import board, outlook, rows

urlpatterns = [
    path("", board.radar, name="radar"),
    path("khoi-luong/", outlook.outlook, name="outlook"),
    path("danh-sach/", rows.expiry, name="expiry"),
    path("thu.<str:kind>", rows.letters, name="expiry_letters"),
]
