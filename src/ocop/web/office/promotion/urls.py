"""Addresses of trade events in the office, below /dieu-hanh/su-kien/."""

from django.urls import path

from ocop.web.office.promotion import allocations, applications, events, papers, plans

_EVENT, _ROW, _MADE = "<str:code>/", "ho-so/<str:code>/", "xep-gian/<str:code>/"
urlpatterns = [
    path("", events.event_list, name="events"),
    path("moi/", events.new, name="event_new"),
    path(_ROW, applications.page, name="event_application"),
    path(f"{_ROW}<slug:step>/", applications.step, name="event_application_step"),
    path(_MADE, allocations.page, name="event_allocation"),
    path(f"{_MADE}tien-do/", allocations.progress, name="event_allocation_progress"),
    path(f"{_MADE}dua-len/", allocations.take, name="event_allocation_take"),
    path(_EVENT, events.page, name="event"),
    path(f"{_EVENT}sua/", events.change, name="event_change"),
    path(f"{_EVENT}ho-so/", applications.application_list, name="event_applications"),
    path(f"{_EVENT}danh-sach.<str:kind>", papers.participants, name="event_list_paper"),
    path(f"{_EVENT}ap-phich.pdf", papers.poster, name="event_poster"),
    path(f"{_EVENT}so-do.pdf", papers.plan, name="event_plan_paper"),
    path(f"{_EVENT}so-do/", plans.page, name="event_plan"),
    path(f"{_EVENT}so-do/sua/", plans.edit, name="event_plan_edit"),
    path(f"{_EVENT}so-do/xep-day/", plans.rows, name="event_plan_rows"),
    path(f"{_EVENT}so-do/xep-gian/", allocations.ask, name="event_allocate"),
    path(f"{_EVENT}buoc/<slug:step>/", events.step, name="event_step"),
]
