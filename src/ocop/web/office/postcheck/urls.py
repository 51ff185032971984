"""Addresses of the office's pages after a star is given."""

from django.urls import path

from ocop.web.office.postcheck import cases, checks, lists

urlpatterns = [
    path("", lists.checks, name="postchecks"),
    path("ke-hoach/", lists.plans, name="postcheck_plans"),
    path("ke-hoach/moi/", lists.plan_new, name="postcheck_plan_new"),
    path("chon/", lists.choose, name="postcheck_choose"),
    path("kiem-tra.js", checks.worker, name="postcheck_worker"),
    path("lan/<str:code>/", checks.page, name="postcheck"),
    path("lan/<str:code>/ghi-kiem-tra/", checks.record, name="postcheck_record"),
    path("lan/<str:code>/ghi-kiem-tra/gui/", checks.record_send, name="postcheck_send"),
    path("lan/<str:code>/anh/<int:pk>/", checks.photo, name="postcheck_photo"),
    path("lan/<str:code>/<slug:step>/", checks.step, name="postcheck_step"),
    path("phan-anh/", lists.complaints, name="complaints"),
    path("phan-anh/<str:number>/", cases.complaint, name="complaint"),
    path("phan-anh/<str:number>/anh/<int:pk>/", cases.complaint_photo, name="complaint_photo"),
    path("phan-anh/<str:number>/<slug:step>/", cases.complaint_step, name="complaint_step"),
    path("thu-hoi/", lists.cases, name="cases"),
    path("thu-hoi/moi/<int:pk>/", cases.case_new, name="case_new"),
    path("thu-hoi/<str:code>/", cases.case, name="case"),
    path("thu-hoi/<str:code>/tep/<slug:what>/", cases.case_file, name="case_file"),
    path("thu-hoi/<str:code>/<slug:step>/", cases.case_step, name="case_step"),
]
