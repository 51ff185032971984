"""What the script of the checking page may say: a word and a shape, and what each means."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Verdict = tuple[str, str, str, str | Promise, str | Promise]

#: A device whose clock is behind what it holds: of a label and of a credential alike.
_LOST = (
    _("Chưa kết luận được: ngày giờ của máy này sai"),
    _(
        "Danh sách trong máy được lập sau ngày giờ ấy, nên máy không biết hôm nay là ngày nào. Hãy "
        "chỉnh ngày giờ rồi kiểm tra lại. Máy đang chỉ"
    ),
)

#: Name, tone, shape, words, and what stands beneath; a day may follow it.
VERDICTS: tuple[Verdict, ...] = (
    ("valid", "ok", "check", _("Còn hiệu lực"), _("Nhãn ghi đến hết ngày")),
    (
        "unlisted",
        "due",
        "question",
        _("Còn trong hạn ghi trên nhãn, chưa biết có bị thu hồi không"),
        _("Máy này chưa có danh sách thu hồi. Nhãn ghi đến hết ngày"),
    ),
    (
        "stale",
        "due",
        "question",
        _("Còn trong hạn, danh sách thu hồi trong máy đã quá cũ"),
        _(
            "Danh sách chỉ dùng được 7 ngày. Hãy lấy bản mới khi có mạng rồi kiểm tra lại. Theo "
            "bản trong máy, đến hết ngày"
        ),
    ),
    (
        "extended",
        "due",
        "forward",
        _("Còn hiệu lực (được kéo dài)"),
        _("Đến khi có kết quả đánh giá lại, muộn nhất đến hết ngày"),
    ),
    ("expired", "bad", "cross", _("Hết hạn"), _("Ngày cuối cùng còn hiệu lực là")),
    ("revoked", "bad", "ban", _("Bị thu hồi"), _("Thu hồi từ ngày")),
    ("annulled", "bad", "minus", _("Kết quả bị hủy"), _("Hủy từ ngày")),
    (
        "replaced",
        "flat",
        "forward",
        _("Đã có lần công nhận sau"),
        _("Giấy này không còn được tính; sản phẩm có giấy chứng nhận khác từ ngày"),
    ),
    (
        "undated",
        "flat",
        "question",
        _("Chưa rõ thời hạn"),
        _("Nhãn do Văn phòng ký nhưng không ghi ngày cuối. Khi có mạng hãy xem hạng sao hôm nay."),
    ),
    (
        "unsigned",
        "bad",
        "cross",
        _("Không do hệ thống này ký"),
        _("Nội dung đã bị đổi, hoặc do nơi khác ký. Đừng dựa vào mã này; hãy hỏi Văn phòng."),
    ),
    (
        "unjudged",
        "due",
        "question",
        _("Chưa kết luận được: máy này không có khóa đã ký"),
        _(
            "Khóa của máy này cũ hơn nhãn, hoặc nhãn do nơi khác ký. Hãy mở trang khi có mạng rồi "
            "kiểm lại; trước đó đừng dựa vào mã này. Máy so khóa với máy chủ lần cuối lúc"
        ),
    ),
    (
        "credential-unjudged",
        "due",
        "question",
        _("Chưa kết luận được: máy này không có khóa đã ký"),
        _(
            "Khóa của máy này cũ hơn chứng chỉ, hoặc chứng chỉ do nơi khác ký. Hãy mở trang khi có "
            "mạng rồi kiểm lại; trước đó đừng dựa vào chứng chỉ này. Máy so khóa với máy chủ lần "
            "cuối lúc"
        ),
    ),
    (
        "unvouched",
        "bad",
        "warning",
        _("Ký bằng khóa mà máy này không tin"),
        _("Khóa đã ghim không xác nhận khóa ấy. Hãy đọc phần khóa trong máy ở cuối trang."),
    ),
    (
        "version",
        "due",
        "question",
        _("Nhãn kiểu mới mà trang này chưa biết"),
        _("Chữ ký đúng. Hãy mở lại trang khi có mạng để lấy bản mới."),
    ),
    (
        "nokeys",
        "due",
        "question",
        _("Máy này chưa có khóa để kiểm tra"),
        _("Hãy mở trang này một lần khi có mạng, rồi kiểm tra lại."),
    ),
    (
        "nothing",
        "due",
        "question",
        _("Không thấy nhãn hay chứng chỉ điện tử nào"),
        _("Hãy chụp lại cho rõ cả mã, hoặc dán đủ địa chỉ có /V/ hay cả chuỗi vc+jwt."),
    ),
    (
        "credential-list",
        "flat",
        "question",
        _("Đây là danh sách trạng thái của Văn phòng, chữ ký đúng"),
        _("Danh sách này ghi những hạng sao bị thu hồi, hủy. Hãy dán chứng chỉ của một sản phẩm."),
    ),
    ("credential-valid", "ok", "check", _("Chứng chỉ điện tử còn hiệu lực"), ""),
    (
        "credential-unlisted",
        "due",
        "question",
        _("Còn trong hạn, chưa biết có bị thu hồi không"),
        _("Máy này chưa có danh sách thu hồi của chứng chỉ này. Hãy kiểm tra lại khi có mạng."),
    ),
    (
        "credential-stale",
        "due",
        "question",
        _("Còn trong hạn, danh sách thu hồi trong máy đã quá cũ"),
        _("Danh sách chỉ dùng được 7 ngày. Hãy lấy bản mới khi có mạng rồi kiểm tra lại."),
    ),
    (
        "credential-early",
        "flat",
        "clock",
        _("Chứng chỉ điện tử chưa đến ngày hiệu lực"),
        _("Hãy xem ngày giờ của máy này có đúng không. Máy đang chỉ"),
    ),
    ("clock", "due", "question", *_LOST),
    ("credential-clock", "due", "question", *_LOST),
    ("credential-expired", "bad", "cross", _("Chứng chỉ điện tử đã hết hạn"), ""),
    (
        "credential-ended",
        "bad",
        "ban",
        _("Chứng chỉ điện tử không còn hiệu lực"),
        _("Hạng sao đã bị thu hồi, hủy, hoặc thời gian kéo dài đã chấm dứt."),
    ),
    ("credential-suspended", "bad", "ban", _("Chứng chỉ điện tử đang bị tạm đình chỉ"), ""),
    (
        "stranger",
        "bad",
        "cross",
        _("Không do hệ thống này cấp"),
        _("Khóa của chứng chỉ này không có trong các khóa đã ghim. Hãy hỏi nơi cấp."),
    ),
    (
        "algorithm",
        "bad",
        "cross",
        _("Kiểu chữ ký không được nhận"),
        _(
            "Chứng chỉ không được ký, hoặc ký kiểu khác Ed25519. Đừng dựa vào chứng chỉ này; hãy "
            "hỏi nơi cấp."
        ),
    ),
    (
        "malformed",
        "bad",
        "cross",
        _("Không đọc được chứng chỉ này"),
        _("Chuỗi bị thiếu hoặc hỏng. Hãy chép lại đủ cả ba phần, hoặc chọn lại tệp."),
    ),
)

#: Short lines of the status.
SAID = {
    "noNetwork": _("Chưa lấy được bản mới: không có mạng. Trang vẫn kiểm tra bằng bản trong máy."),
    "noCamera": _("Không mở được máy ảnh. Hãy cho phép dùng máy ảnh, hoặc chọn ảnh, dán nội dung."),
    "noReader": _(
        "Trình duyệt này không đọc được mã từ ảnh khi không có mạng. Hãy quét bằng máy ảnh của "
        "điện thoại rồi dán địa chỉ vào đây."
    ),
}
