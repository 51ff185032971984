"""Addresses of dossiers in the office's face."""

from django.urls import path

from ocop.web.office.dossiers import (
    advisers,
    changes,
    commune,
    deciding,
    examining,
    lists,
    page,
    plan,
    steps,
    visits,
)

urlpatterns = [
    path("ke-hoach/", plan.plan, name="plan"),
    path("ke-hoach/lap/", plan.plan_new, name="plan_new"),
    path("ke-hoach/dot-bo-sung/", plan.round_new, name="round_new"),
    path("ke-hoach/<str:code>/sua/", plan.round_change, name="round_change"),
    path("ke-hoach/<str:code>/ket-thuc/", plan.round_close, name="round_close"),
    path("tiem-nang/", plan.potentials, name="potentials"),
    path("tiem-nang/moi/", plan.potential_new, name="potential_new"),
    path("tiem-nang/<str:code>/sua/", plan.potential_change, name="potential_change"),
    path("tiem-nang/<str:code>/dua-ra/", plan.potential_end, name="potential_end"),
    path("ho-so/", lists.dossier_list, name="dossiers"),
    path("ho-so/cho-xa/", lists.commune_queue, name="commune_queue"),
    path("ho-so/cua-toi/", lists.given_list, name="given"),
    path("ho-so/tham-tra.js", visits.visit_worker, name="visit_worker"),
    path("ho-so/quyet-dinh/", deciding.waiting, name="deciding"),
    path("ho-so/quyet-dinh/ghi/", deciding.decide, name="decide"),
    path("ho-so/<str:code>/", page.dossier, name="dossier"),
    path("ho-so/<str:code>/mau-03/", commune.report, name="report"),
    path("ho-so/<str:code>/thay-doi/<str:change>/", changes.answer, name="change_answer"),
    path("ho-so/<str:code>/phan-cong/", advisers.assign, name="assign"),
    path("ho-so/<str:code>/phan-cong/<int:pk>/thoi/", advisers.unassign, name="unassign"),
    path("ho-so/<str:code>/xem-xet/", examining.findings, name="findings"),
    path("ho-so/<str:code>/xem-xet/<str:criterion>/", examining.findings, name="finding"),
    path("ho-so/<str:code>/tham-tra/", visits.visit, name="visit"),
    path("ho-so/<str:code>/tham-tra/gui/", visits.visit_send, name="visit_send"),
    path("ho-so/<str:code>/anh/<int:pk>/", examining.visit_photo, name="visit_photo"),
    path("ho-so/<str:code>/phieu/<str:order>/", examining.test_result, name="test_result"),
    path("ho-so/<str:code>/phieu/<str:order>/tep/", examining.test_report, name="test_report"),
    path("ho-so/<str:code>/viec/<slug:step>/", steps.dossier_step, name="dossier_step"),
    path("to-tu-van/", advisers.team, name="advisers"),
    path("to-tu-van/<int:pk>/", advisers.specialities, name="specialities"),
]
