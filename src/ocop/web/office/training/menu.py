"""The lists of training in the office, as its menu and its tabs show them."""

from django.utils.translation import gettext_lazy as _

from ocop.people.rules import may_see_everything
from ocop.web.menu import Tab, pages_of

#: One line for each list: its words, its pages, who may open it. The first is the section's own.
TABS = (
    Tab(
        _("Lớp tập huấn"),
        (
            "office:training_classes",
            "office:training_class",
            "office:training_class_change",
            "office:training_class_step",
            "office:training_enrol",
            "office:training_withdraw",
            "office:training_correct",
            "office:training_answer",
            "office:training_gate",
            "office:training_present",
            "office:training_undo",
        ),
    ),
    Tab(
        _("Chương trình tập huấn"),
        (
            "office:training_courses",
            "office:training_course",
            "office:training_course_new",
            "office:training_course_change",
            "office:training_questions",
            "office:training_material_new",
            "office:training_material_remove",
            "office:training_class_new",
        ),
    ),
    Tab(
        _("Chủ thể chưa qua lớp nào"),
        ("office:training_lacking",),
    ),
    Tab(
        _("Giấy chứng nhận tập huấn"),
        (
            "office:training_certificates",
            "office:training_certificate_revoke",
            "office:training_certificate_reissue",
        ),
        may_see_everything,
    ),
)
PAGES = pages_of(TABS)
