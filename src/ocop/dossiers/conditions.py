"""The conditions of a criteria set as questions to a producer, and what an answer costs (pure).

The set words many of them as rules, to which neither yes nor no is an answer.
"""

from collections.abc import Mapping

from ocop.core.language import gettext as _
from ocop.core.language import noop
from ocop.criteria.sets import ELIGIBILITY, EVIDENCE, Gate

#: By the key of a condition; those that are not here ask as they stand.
QUESTIONS: Mapping[str, str] = {
    "origin_100pct_in_province": noop(
        "100% sản phẩm được trồng, nuôi, đánh bắt trong tỉnh (thủy sản: không tính ngư trường)?"
    ),
    "common_staple_without_distinction": noop(
        "Đây là sản phẩm chủ lực phổ biến mà không nổi trội, đặc sắc?"
    ),
    "no_cosmetic_declaration": noop("Sản phẩm chưa có phiếu công bố mỹ phẩm?"),
    "no_product_declaration": noop("Sản phẩm chưa có phiếu công bố sản phẩm?"),
    "unacceptable_impurity": noop("Sản phẩm có tạp chất gây nguy cơ mất an toàn thực phẩm?"),
    "export_evidence": noop(
        "Đã có hợp đồng xuất khẩu đã thực hiện, chứng nhận, hoặc thông tin thị trường, xúc tiến?"
    ),
    "standard_needs_test_report": noop(
        "Đã có phiếu kiểm nghiệm chỉ tiêu an toàn thực phẩm kèm bản tiêu chuẩn?"
    ),
    "all_imported_or_unknown_material": noop(
        "Toàn bộ nguyên liệu là nhập khẩu hoặc không rõ nguồn gốc?"
    ),
    "clone_of_other_producer": noop(
        "Sản phẩm giống hệt sản phẩm của nhà sản xuất khác, chỉ đổi tên?"
    ),
    "ip_infringement": noop("Sản phẩm vi phạm sở hữu trí tuệ?"),
}


def asked(gate: Gate) -> str:
    """The condition as a question that yes or no answers, in Vietnamese."""
    return QUESTIONS.get(gate.id, gate.note)


def costs(gate: Gate) -> str:
    """What the answer that stands against the product does."""
    if gate.type == EVIDENCE:
        return _("Trả lời “Không” thì tiêu chí này tính 0 điểm.")
    if gate.type == ELIGIBILITY:
        return _("Trả lời “Không” thì sản phẩm không được xếp hạng.")
    return _("Trả lời “Có” thì sản phẩm không được xếp hạng.")
