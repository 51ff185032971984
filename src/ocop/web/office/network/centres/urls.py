"""Addresses of design centres in the office, below /dieu-hanh/mang-luoi/trung-tam/."""

from django.urls import path

from ocop.web.office.network.centres import register, steps

urlpatterns = [
    path("", register.centre_list, name="centres"),
    path("ke-hoach/", register.plan, name="centre_plan"),
    path("moi/", register.new, name="centre_new"),
    path("<str:code>/", register.page, name="centre"),
    path("<str:code>/sua/", register.change, name="centre_change"),
    path("<str:code>/nguoi/<int:pk>/thoi/", steps.end_keeper, name="centre_keeper_end"),
    path("<str:code>/anh/<int:pk>/bo/", steps.remove_photo, name="centre_photo_remove"),
    path("<str:code>/<slug:step>/", steps.step, name="centre_step"),
]
