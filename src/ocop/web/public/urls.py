"""Addresses of the public face."""

from django.urls import path, re_path

from ocop.web.public import catalogue, certified, crawlers, figures, labels, views

urlpatterns = [
    path("", views.home, name="home"),
    path("robots.txt", crawlers.robots, name="robots"),
    path("sitemap.xml", crawlers.sitemap, name="sitemap"),
    path("favicon.ico", crawlers.favicon, name="favicon"),
    path("san-pham/", catalogue.catalogue, name="catalogue"),
    path("san-pham/<str:code>/", views.product, name="product"),
    path("san-pham/<str:code>/hang-sao/", certified.certificate_on, name="certified"),
    path("san-pham/<str:code>/huy-hieu.svg", certified.badge, name="badge"),
    path("san-pham/<str:code>/huy-hieu/", certified.badge_page, name="badge_page"),
    path("giay-chung-nhan/<int:pk>.pdf", labels.certificate, name="certificate"),
    re_path("^[vV]/(?P<text>[0-9A-Za-z]{1,200})/?$", labels.label, name="label"),
    path("chu-the/<str:code>/", views.producer, name="producer"),
    path("ban-do/", views.map_page, name="map"),
    path("anh/<int:pk>/", views.photo, name="photo"),
    path("so-lieu/", figures.progress, name="progress"),
    path("so-lieu/dinh-nghia/", figures.definitions, name="figures_definitions"),
    path("so-lieu/danh-sach/<slug:slug>/", figures.rows, name="figures_list"),
    path("so-lieu/bao-cao.<str:kind>", figures.report, name="figures_report"),
]
