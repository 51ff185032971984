"""Addresses of the office face."""

from django.urls.resolvers import URLPattern

urlpatterns: list[URLPattern] = []
