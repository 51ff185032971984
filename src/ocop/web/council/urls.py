"""Addresses of the council face: the member's own, and those of chair, secretary and office."""

from django.urls import include, path

from ocop.web.council import (
    agenda,
    conflicts,
    constitution,
    items,
    live,
    paper_sheets,
    sitting_list,
    sittings,
    statistics,
)

app_name = "council"

_councils = [
    path("", constitution.index, name="councils"),
    path("lap/", constitution.new, name="council_new"),
    path("<str:code>/", constitution.page, name="council"),
    path("<str:code>/thanh-vien/", constitution.seat_new, name="seat_new"),
    path("<str:code>/thanh-vien/<int:pk>/thoi/", constitution.seat_end, name="seat_end"),
    path("<str:code>/giai-the/", constitution.dissolve, name="council_dissolve"),
    path("<str:code>/phien-hop/", sittings.new, name="sitting_new"),
    path("<str:code>/thong-ke/", statistics.of_council, name="council_statistics"),
]
_sittings = [
    path("", sitting_list.index, name="sittings"),
    path("<str:code>/", sittings.page, name="sitting"),
    path("<str:code>/chuong-trinh/", agenda.page, name="agenda"),
    path("<str:code>/chuong-trinh/<str:item>/chuyen/", agenda.move, name="item_move"),
    path("<str:code>/diem-danh/", sittings.attendance, name="attendance"),
    path("<str:code>/truc-tiep/", live.page, name="live"),
    path("<str:code>/khai-mac/", sittings.open_, name="sitting_open"),
    path("<str:code>/mo-cham/", sittings.start_all, name="start_all"),
    path("<str:code>/ket-thuc/", sittings.close, name="sitting_close"),
    path("<str:code>/bien-ban/", sittings.minutes, name="sitting_minutes"),
    path("<str:code>/doi-lich/", sittings.move, name="sitting_move"),
    path("<str:code>/huy/", sittings.cancel, name="sitting_cancel"),
    path("<str:code>/chuyen-hop/", sittings.call_meeting, name="call_meeting"),
    path("<str:code>/xung-dot/", conflicts.index, name="conflicts"),
    path("<str:code>/xung-dot/<int:pk>/", conflicts.settle, name="conflict"),
    path("<str:code>/thong-ke/", statistics.of_sitting, name="statistics"),
]
_items = [
    path("<str:code>/", items.page, name="item"),
    path("<str:code>/bat-dau/", items.start, name="item_start"),
    path("<str:code>/cham-lai/", items.rescore, name="item_rescore"),
    path("<str:code>/muc-thong-nhat/", items.agree, name="item_agree"),
    path("<str:code>/dieu-kien/", items.gates, name="item_gates"),
    path("<str:code>/thao-luan/", items.discuss, name="item_discuss"),
    path("<str:code>/ket-luan/", items.conclude, name="item_conclude"),
    path("<str:code>/dua-ra/", items.take_off, name="item_take_off"),
    path("<str:code>/phieu/<int:pk>/", items.sheet, name="item_sheet"),
    path("<str:code>/phieu/<int:pk>/mo-lai/", items.reopen, name="sheet_reopen"),
    path("<str:code>/phieu-giay/<int:seat>/", paper_sheets.enter, name="paper_sheet"),
    path("<str:code>/ban-quet/<int:pk>/", paper_sheets.scan, name="paper_scan"),
    path("<str:code>/xac-nhan/<int:pk>/", paper_sheets.confirm, name="paper_confirm"),
]

urlpatterns = [
    path("", include("ocop.web.council.sheet_urls")),
    path("danh-sach/", include(_councils)),
    path("phien/", include(_sittings)),
    path("ho-so/", include(_items)),
]
