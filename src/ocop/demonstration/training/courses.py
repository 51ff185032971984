"""What is taught in the demonstration, when, and by which test."""

from dataclasses import dataclass

from ocop.training.models import Audience


@dataclass(frozen=True, slots=True)
class CourseRow:
    """A course that comes back every year."""

    title: str
    audience: Audience
    contents: str
    handout: tuple[str, ...]
    test: bool = True


COURSES = (
    CourseRow(
        "Lập hồ sơ và bộ tiêu chí OCOP (mẫu)",
        Audience.PRODUCERS,
        "Phiếu đăng ký, phiếu tự chấm, minh chứng cho từng tiêu chí, các lỗi hay gặp.",
        (
            "Chuẩn bị phiếu đăng ký và phương án kinh doanh trước khi chấm điểm.",
            "Tự chấm theo đúng bộ tiêu chí của sản phẩm; mỗi điểm cần một minh chứng.",
            "Mỗi minh chứng chỉ tải lên một lần, dùng lại cho nhiều tiêu chí và nhiều sản phẩm.",
            "Đọc lời nhắc của hệ thống: mục còn thiếu được nêu rõ trước khi nộp.",
            "Nộp hồ sơ đánh giá lại trong khoảng từ 180 đến 120 ngày trước khi hết hạn.",
        ),
    ),
    CourseRow(
        "Ghi nhãn, truy xuất nguồn gốc và tem điện tử (mẫu)",
        Audience.PRODUCERS,
        "Mười dữ liệu tối thiểu, nhật ký sản xuất, kích hoạt tem cho từng lô.",
        (
            "Khai địa điểm, quy cách và lô trước khi đặt tem.",
            "Ghi nhật ký ngay khi làm: thu hoạch, chế biến, đóng gói.",
            "Tem kích hoạt cho từng lô; tem hỏng, mất thì báo ngay.",
            "Trang của tem luôn nói hạng sao còn hay hết hiệu lực hôm nay.",
        ),
    ),
    CourseRow(
        "Bán hàng trên môi trường số (mẫu)",
        Audience.PRODUCERS,
        "Ảnh và câu chuyện sản phẩm, gian hàng trực tuyến, chăm sóc khách mua.",
        (
            "Chụp ảnh nơi sáng, nền gọn, đủ mặt trước, nhãn và sản phẩm đã mở.",
            "Kể chuyện bằng người thật, việc thật, nơi làm ra sản phẩm.",
            "Ghi giá, khối lượng, hạn dùng, cách đổi trả ngay trên gian hàng.",
            "Trả lời khách trong ngày; ghi lại lời chê để sửa.",
        ),
    ),
    CourseRow(
        "Nghiệp vụ OCOP cho cán bộ cấp xã (mẫu)",
        Audience.OFFICIALS,
        "Kiểm tra hồ sơ, Mẫu số 03, thời hạn và việc trả lại hồ sơ.",
        (
            "Kiểm tra đủ thành phần hồ sơ, đúng bộ tiêu chí.",
            "Ghi ý kiến theo Mẫu số 03 về bốn nội dung.",
            "Theo dõi số ngày còn lại trên trang hồ sơ; chuyển hoặc trả lại kèm lý do.",
        ),
        test=False,
    ),
)
#: The short test of every course for producers.
QUESTIONS = (
    (
        "Quyết định công nhận hạng sao OCOP có hiệu lực bao lâu?",
        ("12 tháng", "24 tháng", "36 tháng"),
        2,
    ),
    (
        "Hồ sơ đánh giá lại nộp trước khi hết hạn bao nhiêu ngày?",
        ("Từ 180 đến 120 ngày", "30 ngày", "Sau khi hết hạn"),
        0,
    ),
    (
        "Tem truy xuất nguồn gốc kích hoạt cho đối tượng nào?",
        ("Cho cả chủ thể", "Cho từng lô hàng", "Cho năm sản xuất"),
        1,
    ),
    ("Từ bao nhiêu điểm thì đạt 3 sao?", ("30 điểm", "50 điểm", "70 điểm"), 1),
)
