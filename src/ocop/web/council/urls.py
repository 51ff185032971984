"""Addresses of the council face: the member's own, and those of chair, secretary and office."""

from django.urls import include, path

app_name = "council"

urlpatterns = [path("", include("ocop.web.council.sheet_urls"))]
