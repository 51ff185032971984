"""Addresses of trade events in the office, below /dieu-hanh/su-kien/."""

from django.urls import path

from ocop.web.office.promotion import (
    allocations,
    applications,
    costs,
    door,
    events,
    gates,
    papers,
    plans,
    report,
    sales,
)

_EVENT, _ROW, _MADE = "<str:code>/", "ho-so/<str:code>/", "xep-gian/<str:code>/"
_DAY = f"{_EVENT}ngay/<int:number>/"
urlpatterns = [
    path("", events.event_list, name="events"),
    path("moi/", events.new, name="event_new"),
    path("soat-ve.js", door.worker, name="event_gate_worker"),
    path("ban-hang.js", sales.worker, name="event_booth_day_worker"),
    path("ve/<str:code>/huy/", gates.void, name="event_ticket_void"),
    path(f"{_ROW}ngay/<int:number>/", sales.day, name="event_booth_day"),
    path(f"{_ROW}ngay/<int:number>/gui/", sales.send, name="event_booth_day_send"),
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
    path(f"{_EVENT}vao-cua/", gates.page, name="event_gates"),
    path(f"{_EVENT}ve/", gates.ticket_list, name="event_tickets"),
    path(f"{_EVENT}ve/phat/", gates.issue, name="event_ticket_issue"),
    path(f"{_EVENT}ve-<int:number>.pdf", gates.batch, name="event_ticket_batch"),
    path(f"{_DAY}khach/", gates.count, name="event_visitors"),
    path(f"{_DAY}diem-danh/", door.page, name="event_gate"),
    path(f"{_DAY}danh-sach.json", door.listed, name="event_gate_list"),
    path(f"{_DAY}gui/", door.send, name="event_gate_send"),
    path(f"{_EVENT}ban-hang/", sales.sales_list, name="event_sales"),
    path(f"{_EVENT}chi-phi/", costs.page, name="event_costs"),
    path(f"{_EVENT}chi-phi/ghi/", costs.add, name="event_cost_add"),
    path(f"{_EVENT}chi-phi/<int:key>/bo/", costs.remove, name="event_cost_remove"),
    path(f"{_EVENT}bao-cao/", report.page, name="event_report"),
    path(f"{_EVENT}bao-cao.<str:kind>", report.paper, name="event_report_paper"),
    path(f"{_EVENT}buoc/<slug:step>/", events.step, name="event_step"),
]
