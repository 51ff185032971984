"""Addresses of signing in and of the own account."""

from django.urls import include, path

from ocop.web import kept
from ocop.web.accounts import views

urlpatterns = [
    path("", views.account, name="account"),
    path("tiep/", views.after_login, name="after_login"),
    path("gui-lai/", kept.page, name="kept_form"),
    path("khoa/moi/", views.issue_token, name="token_new"),
    path("khoa/<int:pk>/huy/", views.revoke_token, name="token_revoke"),
    path("", include("allauth.urls")),
]
