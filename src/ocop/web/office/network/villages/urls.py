"""Addresses of craft villages in the office, below /dieu-hanh/mang-luoi/lang-nghe/."""

from django.urls import path

from ocop.web.office.network.villages import imports, register, review, routes, steps

urlpatterns = [
    path("", register.village_list, name="villages"),
    path("ra-soat/", review.review, name="village_review"),
    path("moi/", register.village_new, name="village_new"),
    path("nhap/", imports.index, name="village_imports"),
    path("nhap/mau.xlsx", imports.blank, name="village_import_blank"),
    path("nhap/<str:code>/", imports.page, name="village_import"),
    path("nhap/<str:code>/dong-can-sua.xlsx", imports.errors, name="village_import_errors"),
    path("nhap/<str:code>/<slug:name>/", imports.step, name="village_import_step"),
    path("tuyen/", routes.route_list, name="village_routes"),
    path("tuyen/moi/", routes.route_new, name="village_route_new"),
    path("tuyen/<str:code>/", routes.route_change, name="village_route_change"),
    path("<str:code>/", register.village_page, name="village"),
    path("<str:code>/sua/", register.village_change, name="village_change"),
    path("<str:code>/ghi/<slug:step>/", steps.village_step, name="village_step"),
    path("<str:code>/nghe-nhan/<int:pk>/go/", steps.artisan_remove, name="village_artisan_remove"),
    path("<str:code>/danh-hieu/<int:pk>/thu-hoi/", steps.revoke, name="village_revoke"),
]
