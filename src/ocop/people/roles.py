"""The roles of the programme, each with the sentence that tells a person what it may do."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """Who a person is to the programme. Bound to a unit by a membership, or to the whole office."""

    PRODUCER = "producer", _("Chủ thể")
    COMMUNE_OFFICER = "commune_officer", _("Cán bộ cấp xã")
    PROVINCIAL_OFFICER = "provincial_officer", _("Cán bộ Văn phòng Điều phối")
    OFFICE_HEAD = "office_head", _("Lãnh đạo Văn phòng Điều phối")
    ADVISORY_MEMBER = "advisory_member", _("Thành viên tổ tư vấn")
    COUNCIL_MEMBER = "council_member", _("Thành viên hội đồng")
    COUNCIL_SECRETARY = "council_secretary", _("Thư ký hội đồng")
    COUNCIL_CHAIR = "council_chair", _("Chủ tịch hội đồng")
    INSPECTOR = "inspector", _("Người kiểm tra")
    SALES_POINT_KEEPER = "sales_point_keeper", _("Người phụ trách điểm bán")
    EVENT_ORGANISER = "event_organiser", _("Người tổ chức sự kiện")
    AUDITOR = "auditor", _("Kiểm toán, thanh tra")
    ADMINISTRATOR = "administrator", _("Quản trị hệ thống")


SENTENCES = {
    Role.PRODUCER: _("Lập hồ sơ, theo dõi hạng sao và tem của sản phẩm mình làm ra."),
    Role.COMMUNE_OFFICER: _("Kiểm tra hồ sơ và báo cáo bốn nội dung cho xã, phường mình."),
    Role.PROVINCIAL_OFFICER: _("Quản lý sổ đăng ký, đợt đánh giá và số liệu của tỉnh, thành phố."),
    Role.OFFICE_HEAD: _("Duyệt, công bố và chịu trách nhiệm về số liệu của Văn phòng."),
    Role.ADVISORY_MEMBER: _("Xem xét hồ sơ, kiểm tra cơ sở và báo cáo Chủ tịch hội đồng."),
    Role.COUNCIL_MEMBER: _("Chấm điểm độc lập các sản phẩm được giao."),
    Role.COUNCIL_SECRETARY: _("Chuẩn bị phiên họp, tổng hợp phiếu và lập biên bản."),
    Role.COUNCIL_CHAIR: _("Điều hành phiên họp, cho mở lại phiếu và ký kết quả."),
    Role.INSPECTOR: _("Kiểm tra sau công nhận và xử lý phản ánh về tem."),
    Role.SALES_POINT_KEEPER: _("Ghi hàng và doanh số của điểm giới thiệu, bán sản phẩm."),
    Role.EVENT_ORGANISER: _("Tổ chức hội chợ, tuần hàng và điểm danh bằng mã QR."),
    Role.AUDITOR: _("Xem mọi dữ liệu và nhật ký, không sửa gì."),
    Role.ADMINISTRATOR: _("Cài đặt, cấp tài khoản, phân quyền và sao lưu."),
}

#: Staff of the coordination office.
OFFICE = (Role.PROVINCIAL_OFFICER, Role.OFFICE_HEAD)
#: Everybody who may open the office's face.
STAFF = (
    *OFFICE,
    Role.COMMUNE_OFFICER,
    Role.ADVISORY_MEMBER,
    Role.COUNCIL_SECRETARY,
    Role.COUNCIL_CHAIR,
    Role.COUNCIL_MEMBER,
    Role.INSPECTOR,
    Role.EVENT_ORGANISER,
    Role.AUDITOR,
    Role.ADMINISTRATOR,
)
#: Roles that must use a one-time code at sign-in, except in the demonstration.
SECOND_FACTOR = (
    *OFFICE,
    Role.COUNCIL_MEMBER,
    Role.COUNCIL_SECRETARY,
    Role.COUNCIL_CHAIR,
    Role.ADMINISTRATOR,
)
