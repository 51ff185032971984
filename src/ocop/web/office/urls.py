"""Addresses of the office's face."""

from django.urls import path

from ocop.web.office import (
    calculator,
    criteria,
    exchange,
    expiry,
    imports,
    registry,
    units,
    views,
    workbooks,
)

app_name = "office"
urlpatterns = [
    path("", views.home, name="home"),
    path("so-dang-ky/", registry.register_list, name="register"),
    path("cong-nhan/<int:pk>/<slug:step>/", registry.recognition_step, name="recognition_step"),
    path("san-pham/", registry.product_list, name="products"),
    path("san-pham/<str:code>/", registry.product_page, name="product"),
    path("san-pham/<str:code>/sua/", registry.product_change, name="product_change"),
    path("san-pham/<str:code>/anh/", registry.product_image, name="product_image"),
    path("chu-the/", registry.producer_list, name="producers"),
    path("chu-the/moi/", registry.producer_new, name="producer_new"),
    path("chu-the/<str:code>/", registry.producer_page, name="producer"),
    path("chu-the/<str:code>/sua/", registry.producer_change, name="producer_change"),
    path("chu-the/<str:code>/san-pham/moi/", registry.product_new, name="product_new"),
    path("PTNT_OCOP.<str:kind>", exchange.table, name="exchange"),
    path("nhap/", imports.index, name="import"),
    path("nhap/<int:pk>/", imports.page, name="import_batch"),
    path("nhap/<int:pk>/cot/", imports.columns, name="import_columns"),
    path("nhap/<int:pk>/tien-do/", imports.progress, name="import_progress"),
    path("nhap/<int:pk>/dong-can-sua.xlsx", imports.errors, name="import_errors"),
    path("nhap/<int:pk>/<slug:name>/", imports.step, name="import_step"),
    path("het-han/", expiry.expiry, name="expiry"),
    path("het-han/thu.<str:kind>", expiry.letters, name="expiry_letters"),
    path("bo-tieu-chi/", criteria.index, name="criteria"),
    path("bo-tieu-chi/<int:pk>/", criteria.version, name="criteria_version"),
    path("bo-tieu-chi/<int:pk>/so-sanh/", criteria.difference, name="criteria_difference"),
    path("bo-tieu-chi/<int:pk>/doi-chieu/", criteria.sign_off, name="criteria_sign_off"),
    path("bo-tieu-chi/<int:pk>/loi-van/", criteria.wording, name="criteria_wording"),
    path("bo-tieu-chi/<int:pk>/loi-van.xlsx", criteria.wording_template, name="wording_template"),
    path("cham-thu/", calculator.choose, name="calculator"),
    path("cham-thu/<int:number>/", calculator.sheet, name="sheet"),
    path("so-cham/", workbooks.index, name="workbooks"),
    path("so-cham/mau/", workbooks.template, name="workbook_template"),
    path("so-cham/<int:pk>/", workbooks.page, name="workbook"),
    path("so-cham/<int:pk>/ket-qua.<str:kind>", workbooks.document, name="workbook_document"),
    path("don-vi/", units.index, name="units"),
    path("don-vi/<int:pk>/", units.page, name="unit"),
]
