"""Addresses of the producer's traceability, below /cua-toi/truy-xuat/."""

from django.urls import path

from ocop.web.producer.traceability import codes, items, lots, sites

urlpatterns = [
    path("", items.index, name="producer_traceability"),
    path("ho-chieu.<str:kind>", items.passports, name="producer_passports"),
    path("san-pham/<str:code>/quy-cach-moi/", items.new, name="producer_item_new"),
    path("san-pham/<str:code>/them-anh/", items.picture, name="producer_image_new"),
    path("quy-cach/<str:code>/", items.page, name="producer_item"),
    path("quy-cach/<str:code>/sua/", items.change, name="producer_item_change"),
    path("quy-cach/<str:code>/ngung-ban/", items.stop, name="producer_item_stop"),
    path("quy-cach/<str:code>/ho-chieu.<str:kind>", items.passport, name="producer_item_passport"),
    path("quy-cach/<str:code>/ma-khac/", codes.add, name="producer_code_add"),
    path("quy-cach/<str:code>/ma-khac/<int:pk>/bo/", codes.remove, name="producer_code_remove"),
    path("quy-cach/<str:code>/lo-moi/", lots.new, name="producer_lot_new"),
    path("lo/", lots.index, name="producer_lots"),
    path("lo/<str:code>/", lots.page, name="producer_lot"),
    path("lo/<str:code>/sua/", lots.change, name="producer_lot_change"),
    path("lo/<str:code>/ho-chieu.<str:kind>", lots.passport, name="producer_lot_passport"),
    path("dia-diem/", sites.index, name="producer_sites"),
    path("dia-diem/moi/<str:maker>/", sites.new, name="producer_site_new"),
    path("dia-diem/<str:code>/sua/", sites.change, name="producer_site_change"),
    path("dia-diem/<str:code>/khong-dung/", sites.close, name="producer_site_close"),
]
