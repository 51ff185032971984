"""Addresses of the public face."""

from django.urls import path

from ocop.web.public import catalogue, certified, complaints, figures, revocations, views

urlpatterns = [
    path("", views.home, name="home"),
    path("san-pham/", catalogue.catalogue, name="catalogue"),
    path("san-pham/<str:code>/", views.product, name="product"),
    path("san-pham/<str:code>/hang-sao/", certified.certificate_on, name="certified"),
    path("san-pham/<str:code>/huy-hieu.svg", certified.badge, name="badge"),
    path("san-pham/<str:code>/huy-hieu/", certified.badge_page, name="badge_page"),
    path("san-pham/<str:code>/phan-anh/", complaints.complain, name="complaint_new"),
    path("phan-anh/", complaints.look_up, name="complaint_look_up"),
    path("phan-anh/<str:number>/<str:secret>/", complaints.status, name="complaint_status"),
    path("thu-hoi/", revocations.revocations, name="revocations"),
    path("thu-hoi/atom.xml", revocations.feed, name="revocations_feed"),
    path("chu-the/<str:code>/", views.producer, name="producer"),
    path("ban-do/", views.map_page, name="map"),
    path("anh/<int:pk>/", views.photo, name="photo"),
    path("so-lieu/", figures.progress, name="progress"),
    path("so-lieu/dinh-nghia/", figures.definitions, name="figures_definitions"),
    path("so-lieu/danh-sach/<slug:slug>/", figures.rows, name="figures_list"),
    path("so-lieu/bao-cao.<str:kind>", figures.report, name="figures_report"),
]
