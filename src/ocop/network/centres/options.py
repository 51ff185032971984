"""What the decision leaves to each province."""

from ocop.core import options
from ocop.core.language import noop as N_
from ocop.network.centres import sheet

_REST = 35  # of the one sheet there is

#: How the points that no public text divides are divided.
DIVISION = options.declare(
    "network.centre_division",
    "Quản lý, vận hành và nhân lực: 10; Liên kết làng nghề, nghệ nhân, du lịch: 10; "
    "Thiết kế, sáng tạo mẫu mã: 10; Quảng bá, chuyển đổi số: 5",
    N_(
        "35 điểm còn lại của phiếu trung tâm thiết kế sáng tạo chia cho những phần nào "
        "(Tên: điểm; Tên: điểm)"
    ),
    lambda value: sheet.divides(value, _REST),
)
#: From which mark a centre passes: read from the first round, not from a public text.
PASS = options.declare(
    "network.centre_pass",
    70,
    N_("Trung tâm thiết kế sáng tạo đạt từ bao nhiêu điểm"),
    lambda value: isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 100,
)
#: How many months a recognition stands before the centre is assessed anew.
AGAIN = options.declare(
    "network.centre_again",
    36,
    N_("Đánh giá lại trung tâm thiết kế sáng tạo sau bao nhiêu tháng"),
    lambda value: isinstance(value, int) and not isinstance(value, bool) and 6 <= value <= 120,
)
#: How many months may pass between two visits.
VISITS = options.declare(
    "network.centre_visits",
    12,
    N_("Kiểm tra trung tâm thiết kế sáng tạo ít nhất bao nhiêu tháng một lần"),
    lambda value: isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 60,
)
