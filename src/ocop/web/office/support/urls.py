"""Addresses of support in the office, below /dieu-hanh/ho-tro/."""

from django.urls import path

from ocop.web.office.support import grants, requests, settings

urlpatterns = [
    path("", requests.request_list, name="support_requests"),
    path("chinh-sach/", settings.policy_list, name="support_policies"),
    path("chinh-sach/moi/", settings.policy_new, name="support_policy_new"),
    path("chinh-sach/da-biet/", settings.policies_known, name="support_policies_known"),
    path("chinh-sach/xem/<slug:code>/", settings.policy_page, name="support_policy"),
    path("chinh-sach/xem/<slug:code>/ngay-cuoi/", settings.policy_end, name="support_policy_end"),
    path("du-toan/", settings.line_list, name="support_lines"),
    path("du-toan/moi/", settings.line_new, name="support_line_new"),
    path("du-toan/<str:code>/", settings.line_page, name="support_line"),
    path("da-chi/", grants.grant_list, name="support_grants"),
    path("da-chi/nhap/", grants.index, name="support_import"),
    path("da-chi/nhap/mau.xlsx", grants.template, name="support_template"),
    path("da-chi/nhap/<str:code>/", grants.batch_page, name="support_batch"),
    path("da-chi/nhap/<str:code>/dong-can-sua.xlsx", grants.batch_errors, name="support_errors"),
    path("da-chi/nhap/<str:code>/<slug:step>/", grants.batch_step, name="support_batch_step"),
    path("sau-ho-tro/", grants.effect_list, name="support_effects"),
    path("de-nghi/<str:code>/", requests.request_page, name="support_request"),
    path("de-nghi/<str:code>/them-giay/", requests.paper_add, name="support_paper_add"),
    path("de-nghi/<str:code>/giay/<int:pk>/", requests.paper, name="support_paper"),
    path("de-nghi/<str:code>/<slug:step>/", requests.request_step, name="support_step"),
]
