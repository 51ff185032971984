"""Addresses of the producer's training, below /cua-toi/tap-huan/."""

from django.urls import path

from ocop.web.producer.training import pages

urlpatterns = [
    path("", pages.index, name="producer_training"),
    path("<str:code>/", pages.page, name="producer_class"),
    path("<str:code>/dang-ky/<str:maker>/", pages.enrol, name="producer_class_enrol"),
    path("<str:code>/lich.ics", pages.sessions, name="producer_class_calendar"),
    path("<str:code>/ve.pdf", pages.tickets, name="producer_class_tickets"),
    path("tai-lieu/<str:code>/", pages.material, name="producer_class_material"),
    path("hoc-vien/<str:code>/rut/", pages.withdraw, name="producer_class_withdraw"),
    path("hoc-vien/<str:code>/sua/", pages.correct, name="producer_class_correct"),
    path("hoc-vien/<str:code>/bai-kiem-tra/", pages.test, name="producer_class_test"),
    path("giay-chung-nhan/<str:code>.pdf", pages.certificate, name="producer_class_certificate"),
]
