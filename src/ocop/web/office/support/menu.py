"""The lists of support in the office, as its menu and its tabs show them."""

from django.utils.translation import gettext_lazy as _

from ocop.support import rules
from ocop.web.menu import Tab, pages_of

TABS = (
    Tab(
        _("Đề nghị hỗ trợ"),
        ("office:support_requests", "office:support_request", "office:support_step"),
    ),
    Tab(
        _("Chính sách"),
        (
            "office:support_policies",
            "office:support_policy",
            "office:support_policy_new",
            "office:support_policy_end",
            "office:support_policies_known",
        ),
    ),
    Tab(
        _("Dự toán"),
        ("office:support_lines", "office:support_line", "office:support_line_new"),
    ),
    Tab(_("Hỗ trợ đã chi"), ("office:support_grants",)),
    Tab(
        _("Nhập sổ đã chi"),
        ("office:support_import", "office:support_batch", "office:support_batch_step"),
        rules.may_see_all,
    ),
    Tab(_("Sau hỗ trợ"), ("office:support_effects",)),
)
PAGES = pages_of(TABS)
