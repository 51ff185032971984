"""Addresses of the public face."""

from django.urls.resolvers import URLPattern

urlpatterns: list[URLPattern] = []
