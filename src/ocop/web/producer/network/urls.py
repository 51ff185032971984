"""Addresses of the points that one keeps, below /cua-toi/diem-ban/."""

from django.urls import path

from ocop.web.producer.network import photos, points, sales

urlpatterns = [
    path("", points.index, name="producer_points"),
    path("ngoai-tuyen.js", sales.worker, name="producer_sales_worker"),
    path("de-nghi/<str:maker>/", points.new, name="producer_point_new"),
    path("<str:code>/", points.page, name="producer_point"),
    path("<str:code>/sua/", points.change, name="producer_point_change"),
    path("<str:code>/bay/", points.stock, name="producer_point_stock"),
    path("<str:code>/cat/<str:product>/", points.unstock, name="producer_point_unstock"),
    path("<str:code>/anh/", photos.new, name="producer_point_photo_new"),
    path("<str:code>/anh/<int:pk>/bo/", photos.remove, name="producer_point_photo_remove"),
    path("<str:code>/bien.pdf", points.sign, name="producer_point_sign"),
    path("<str:code>/doanh-so/<str:month>/", sales.page, name="producer_sales"),
    path("<str:code>/doanh-so/<str:month>/gui/", sales.send, name="producer_sales_send"),
]
