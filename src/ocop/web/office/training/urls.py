"""Addresses of training in the office, below /dieu-hanh/tap-huan/."""

from django.urls import path

from ocop.web.office.training import classes, courses, door, lists, papers, people, present

_CLASS, _COURSE, _DOOR = "lop/<str:code>/", "chuong-trinh/<str:code>/", "buoi/<int:number>/"
urlpatterns = [
    path("", lists.class_list, name="training_classes"),
    path("chuong-trinh/", lists.course_list, name="training_courses"),
    path("chua-tap-huan/", lists.lacking, name="training_lacking"),
    path("giay-chung-nhan/", lists.certificates, name="training_certificates"),
    path("chuong-trinh/moi/", courses.new, name="training_course_new"),
    path(_COURSE, courses.page, name="training_course"),
    path(f"{_COURSE}sua/", courses.change, name="training_course_change"),
    path(f"{_COURSE}bai-kiem-tra/", courses.questions, name="training_questions"),
    path(f"{_COURSE}tai-lieu/", courses.material_new, name="training_material_new"),
    path(f"{_COURSE}lop-moi/", classes.new, name="training_class_new"),
    path("tai-lieu/<str:code>/", courses.material, name="training_material"),
    path("tai-lieu/<str:code>/go/", courses.material_remove, name="training_material_remove"),
    path(_CLASS, classes.page, name="training_class"),
    path(f"{_CLASS}sua/", classes.change, name="training_class_change"),
    path(f"{_CLASS}dang-ky/", people.enrol, name="training_enrol"),
    path(f"{_CLASS}lich.ics", papers.sessions, name="training_calendar"),
    path(f"{_CLASS}ve.pdf", papers.tickets, name="training_tickets"),
    path(f"{_CLASS}giay-chung-nhan.pdf", papers.certificates, name="training_class_certificates"),
    path(f"{_CLASS}{_DOOR}diem-danh/", door.page, name="training_gate"),
    path(f"{_CLASS}{_DOOR}danh-sach.json", door.listed, name="training_gate_list"),
    path(f"{_CLASS}{_DOOR}gui/", door.send, name="training_gate_send"),
    path(f"{_CLASS}{_DOOR}co-mat/", present.page, name="training_present"),
    path(f"{_CLASS}{_DOOR}bo/<str:ticket>/", present.undo, name="training_undo"),
    path("ngoai-tuyen.js", door.worker, name="training_worker"),
    path(f"{_CLASS}<slug:step>/", classes.step, name="training_class_step"),
    path("hoc-vien/<str:code>/rut/", people.withdraw, name="training_withdraw"),
    path("hoc-vien/<str:code>/sua/", people.correct, name="training_correct"),
    path("hoc-vien/<str:code>/bai-lam/", people.answer, name="training_answer"),
    path(
        "giay-chung-nhan/<str:code>/thu-hoi/",
        papers.revoke,
        name="training_certificate_revoke",
    ),
    path(
        "giay-chung-nhan/<str:code>/cap-lai/",
        papers.reissue,
        name="training_certificate_reissue",
    ),
]
