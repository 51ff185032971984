"""Addresses of the administrator's face."""

from django.urls import path

from ocop.web.admin import views

app_name = "administration"
urlpatterns = [
    path("", views.home, name="home"),
    path("tai-khoan/", views.accounts, name="accounts"),
    path("tai-khoan/moi/", views.account_new, name="account_new"),
    path("tai-khoan/<int:pk>/", views.account_page, name="account"),
    path("tai-khoan/<int:pk>/sua/", views.account_change, name="account_change"),
    path("tai-khoan/<int:pk>/lien-ket/", views.account_link, name="account_link"),
    path("tai-khoan/<int:pk>/khoa/", views.account_close, name="account_close"),
    path("tai-khoan/<int:pk>/mo-lai/", views.account_reopen, name="account_reopen"),
    path("tai-khoan/<int:pk>/vai-tro/moi/", views.role_new, name="role_new"),
    path("tai-khoan/<int:pk>/vai-tro/<int:membership>/ket-thuc/", views.role_end, name="role_end"),
    path("thiet-lap/", views.option_list, name="options"),
    path("thiet-lap/<str:key>/", views.option_change, name="option_change"),
    path("nhat-ky/", views.log, name="log"),
]
