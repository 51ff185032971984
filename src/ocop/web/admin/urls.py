"""Addresses of the admin face."""

from django.urls.resolvers import URLPattern

urlpatterns: list[URLPattern] = []
