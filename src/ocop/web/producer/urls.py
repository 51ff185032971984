"""Addresses of the producer's face."""

from django.urls import path

from ocop.web.producer import views

urlpatterns = [path("", views.home, name="producer_home")]
