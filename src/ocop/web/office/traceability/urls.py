"""Addresses of traceability in the office, below /dieu-hanh/truy-xuat/."""

from django.urls import path

from ocop.web.office.traceability import (
    allowances,
    events,
    field,
    items,
    lots,
    orders,
    prints,
    sites,
)

urlpatterns = [
    path("", items.item_list, name="trade_items"),
    path("ho-chieu.<str:kind>", items.passports, name="passports"),
    path("hien-truong/", field.page, name="stamps_in_the_field"),
    path("hien-truong/ngoai-tuyen.js", field.worker, name="stamps_worker"),
    path("hien-truong/<str:code>.json", field.pack, name="stamps_pack"),
    path("quy-cach/<str:code>/", items.item_page, name="trade_item"),
    path("quy-cach/<str:code>/ho-chieu.<str:kind>", items.passport, name="item_passport"),
    path("lo/", lots.lot_list, name="lots"),
    path("lo/<str:code>/", lots.lot_page, name="lot"),
    path("lo/<str:code>/ho-chieu.<str:kind>", lots.passport, name="lot_passport"),
    path("lo/<str:code>/nguon-goc/", events.lineage, name="lot_lineage"),
    path("lo/<str:code>/kiem-tra/", events.inspect, name="lot_inspect"),
    path("lo/<str:code>/thu-hoi/", events.recall, name="lot_recall"),
    path("lo/<str:code>/go-thu-hoi/", events.lift, name="lot_lift"),
    path("su-kien/", events.event_list, name="trace_events"),
    path("su-kien/<int:pk>/", events.event_page, name="trace_event"),
    path("dia-diem/", sites.site_list, name="sites"),
    path("dia-diem/<str:code>/", sites.site_page, name="site"),
    path("tem/", orders.order_list, name="stamp_orders"),
    path("tem/tra/", orders.check, name="stamp_check"),
    path("tem/han-muc/", allowances.allowance_list, name="stamp_allowances"),
    path("tem/han-muc/<str:code>/", allowances.allowance, name="stamp_allowance"),
    path("tem/khoa/", allowances.keys, name="stamp_keys"),
    path("tem/khoa/thay/", allowances.rotate, name="stamp_rotate"),
    path("tem/tep/<str:code>/", prints.page, name="stamp_print"),
    path("tem/tep/<str:code>/tien-do/", prints.progress, name="stamp_print_progress"),
    path("tem/tep/<str:code>/tai/", prints.file, name="stamp_print_file"),
    path("tem/tep/<str:code>/mat-khau/", prints.password, name="stamp_print_password"),
    path("tem/<str:code>/", orders.order_page, name="stamp_order"),
    path("tem/<str:code>/tao-tep/", prints.new, name="stamp_print_new"),
    path("tem/<str:code>/ghi/<int:pk>/go/", orders.lift, name="stamp_lift"),
    path("tem/<str:code>/<slug:step>/", orders.order_step, name="stamp_step"),
]
