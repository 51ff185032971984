"""Addresses of the producer face."""

from django.urls.resolvers import URLPattern

urlpatterns: list[URLPattern] = []
