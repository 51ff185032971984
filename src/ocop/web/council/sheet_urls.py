"""Addresses of the council member: what waits, and the sheet of a case."""

from django.urls import path

from ocop.web.council import member_home, sheet_pages

urlpatterns = [
    path("", member_home.home, name="home"),
    path("ngoai-tuyen.js", sheet_pages.worker, name="worker"),
    path("phieu/<str:code>/", sheet_pages.sheet, name="sheet"),
    path("phieu/<str:code>/luu/", sheet_pages.save, name="save"),
    path("phieu/<str:code>/nop/", sheet_pages.submit, name="submit"),
    path("phieu/<str:code>/xung-dot/", sheet_pages.declare_conflict, name="declare_conflict"),
]
