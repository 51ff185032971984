"""What is taught in the demonstration, when, and by which test."""

from dataclasses import dataclass

from ocop.training.models import Audience


@dataclass(frozen=True, slots=True)
class CourseRow:
    """A course that comes back every year."""

    title: str
    audience: Audience
    contents: str
    test: bool = True


COURSES = (
    CourseRow(
        "Lập hồ sơ và bộ tiêu chí OCOP (mẫu)",
        Audience.PRODUCERS,
        "Phiếu đăng ký, phiếu tự chấm, minh chứng cho từng tiêu chí, các lỗi hay gặp.",
    ),
    CourseRow(
        "Ghi nhãn, truy xuất nguồn gốc và tem điện tử (mẫu)",
        Audience.PRODUCERS,
        "Mười dữ liệu tối thiểu, nhật ký sản xuất, kích hoạt tem cho từng lô.",
    ),
    CourseRow(
        "Bán hàng trên môi trường số (mẫu)",
        Audience.PRODUCERS,
        "Ảnh và câu chuyện sản phẩm, gian hàng trực tuyến, chăm sóc khách mua.",
    ),
    CourseRow(
        "Nghiệp vụ OCOP cho cán bộ cấp xã (mẫu)",
        Audience.OFFICIALS,
        "Kiểm tra hồ sơ, Mẫu số 03, thời hạn và việc trả lại hồ sơ.",
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
