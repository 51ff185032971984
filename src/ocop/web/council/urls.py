"""Addresses of the council face."""

from django.urls.resolvers import URLPattern

urlpatterns: list[URLPattern] = []
