"""Addresses of messages, of the calendar, and the short ones that messages lead through."""

from django.urls import path

from ocop.web.inbox import calendar, going, views

urlpatterns = [
    path("tin-nhan/", views.inbox, name="inbox"),
    path("tin-nhan/da-doc/", views.read_all, name="inbox_read_all"),
    path("tin-nhan/cach-nhan/", views.choices, name="message_choices"),
    path("tin-nhan/<str:code>/", views.message, name="message"),
    path("lich/", calendar.page, name="agenda"),
    path("lich/dia-chi/", calendar.new_address, name="calendar_address"),
    path("lich/<str:secret>.ics", calendar.feed, name="calendar_feed"),
    path("den/ho-so/<str:code>/", going.dossier, name="go_dossier"),
    path("den/phien/<str:code>/", going.sitting, name="go_sitting"),
    path("den/muc/<str:code>/", going.item, name="go_item"),
    path("den/phieu/<str:code>/", going.sheet, name="go_sheet"),
    path("den/ke-hoach/", going.plan, name="go_plan"),
]
