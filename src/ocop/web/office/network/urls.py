"""Addresses of the network in the office, below /dieu-hanh/mang-luoi/."""

from django.urls import path

from ocop.web.office.network import goods, photos, point_steps, points

urlpatterns = [
    path("diem-ban/", points.point_list, name="points"),
    path("diem-ban/moi/", points.new, name="point_new"),
    path("diem-ban/doanh-so/", goods.sales, name="point_sales"),
    path("diem-ban/chuoi/", goods.chains, name="chains"),
    path("diem-ban/chuoi/moi/", goods.chain_new, name="chain_new"),
    path("diem-ban/chuoi/<str:code>/sua/", goods.chain_change, name="chain_change"),
    path("diem-ban/hang-chu-luc/", goods.key_goods, name="key_goods"),
    path("diem-ban/hang-chu-luc/<str:code>/ghi/", goods.key_good_new, name="key_good_new"),
    path("diem-ban/hang-chu-luc/<int:pk>/het/", goods.key_good_end, name="key_good_end"),
    path("diem-ban/<str:code>/", points.page, name="point"),
    path("diem-ban/<str:code>/sua/", points.change, name="point_change"),
    path("diem-ban/<str:code>/nguoi/<int:pk>/thoi/", point_steps.end_keeper, name="keeper_end"),
    path("diem-ban/<str:code>/anh/<int:pk>/", photos.show, name="point_photo"),
    path("diem-ban/<str:code>/anh/<int:pk>/bo/", photos.remove, name="point_photo_remove"),
    path("diem-ban/<str:code>/bien.pdf", points.sign, name="point_sign"),
    path("diem-ban/<str:code>/<slug:step>/", point_steps.step, name="point_step"),
]
