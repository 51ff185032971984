"""Addresses of the public face."""

from django.urls import path

from ocop.web.public import figures

urlpatterns = [
    path("so-lieu/", figures.progress, name="progress"),
    path("so-lieu/dinh-nghia/", figures.definitions, name="figures_definitions"),
    path("so-lieu/danh-sach/<slug:slug>/", figures.rows, name="figures_list"),
    path("so-lieu/bao-cao.<str:kind>", figures.report, name="figures_report"),
]
