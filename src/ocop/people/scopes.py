"""What an API token may be narrowed to. A scope never widens what its owner may do."""

from django.utils.translation import gettext_lazy as _

READ_REGISTER = "register:read"
WRITE_REGISTER = "register:write"
READ_CRITERIA = "criteria:read"
WRITE_CRITERIA = "criteria:write"
READ_COUNCILS = "councils:read"
WRITE_COUNCILS = "councils:write"
READ_PROGRAMME = "programme:read"
WRITE_PROGRAMME = "programme:write"
READ_ACCOUNTS = "accounts:read"
READ_DOSSIERS = "dossiers:read"
WRITE_DOSSIERS = "dossiers:write"
READ_CALENDAR = "calendar:read"
READ_TRACEABILITY = "traceability:read"
WRITE_TRACEABILITY = "traceability:write"
READ_TRAINING = "training:read"
WRITE_TRAINING = "training:write"
READ_SUPPORT = "support:read"
WRITE_SUPPORT = "support:write"
READ_NETWORK = "network:read"
WRITE_NETWORK = "network:write"
READ_PROMOTION = "promotion:read"
WRITE_PROMOTION = "promotion:write"

SCOPES = {
    READ_REGISTER: _("Đọc chủ thể, sản phẩm và sổ đăng ký"),
    WRITE_REGISTER: _("Ghi chủ thể, sản phẩm và nhập sổ đăng ký"),
    READ_CRITERIA: _("Đọc bộ tiêu chí và chấm thử"),
    WRITE_CRITERIA: _("Xác nhận đối chiếu và nạp lời văn bộ tiêu chí"),
    READ_COUNCILS: _("Đọc hội đồng, phiên họp, phiếu và kết quả"),
    WRITE_COUNCILS: _("Điều hành hội đồng, chấm và nộp phiếu"),
    READ_PROGRAMME: _("Đọc mục tiêu, số liệu và đăng ký"),
    WRITE_PROGRAMME: _("Ghi mục tiêu, số liệu báo cáo và đăng ký"),
    READ_ACCOUNTS: _("Đọc tài khoản và vai trò"),
    READ_DOSSIERS: _("Đọc hồ sơ, minh chứng và kết quả xem xét"),
    WRITE_DOSSIERS: _("Lập hồ sơ, kiểm tra, thẩm tra và trình hội đồng"),
    READ_TRACEABILITY: _("Đọc quy cách, lô, tem, lượt quét và sự kiện truy xuất"),
    WRITE_TRACEABILITY: _("Ghi quy cách, lô, địa điểm, tem và sự kiện truy xuất"),
    READ_TRAINING: _("Đọc chương trình, lớp tập huấn và giấy chứng nhận"),
    WRITE_TRAINING: _("Lập lớp tập huấn, đăng ký người học, điểm danh và cấp giấy chứng nhận"),
    READ_SUPPORT: _("Đọc chính sách, dự toán, đề nghị và khoản hỗ trợ"),
    WRITE_SUPPORT: _("Đề nghị, duyệt và ghi chi hỗ trợ"),
    READ_NETWORK: _("Đọc điểm bán, hàng đang bày và doanh số"),
    WRITE_NETWORK: _("Ghi điểm bán, hàng đang bày và doanh số"),
    READ_PROMOTION: _("Đọc sự kiện xúc tiến, hồ sơ tham gia và sơ đồ gian"),
    WRITE_PROMOTION: _("Lập sự kiện, đăng ký tham gia và xếp gian"),
    READ_CALENDAR: _("Đọc lịch họp và thời hạn của tôi"),
}
