"""Addresses of the accounts face."""

from django.urls.resolvers import URLPattern

urlpatterns: list[URLPattern] = []
