"""What steps are called that events name by a word of CBV 2.0 (7.1). Pure."""

from ocop.core.language import gettext as _
from ocop.core.language import noop as N_
from ocop.traceability import diary
from ocop.traceability.epcis.vocabulary import STEPS, Kind, short

OTHER = "other"

_WORDS = {
    "accepting": N_("Tiếp nhận hàng"),
    "arriving": N_("Hàng đến nơi"),
    "collecting": N_("Thu gom"),
    "commissioning": N_("Thu hoạch, làm ra"),
    "creating_class_instance": N_("Chế biến"),
    "decommissioning": N_("Ngừng dùng mã"),
    "departing": N_("Hàng rời nơi gửi"),
    "destroying": N_("Tiêu hủy"),
    "encoding": N_("Kích hoạt tem"),
    "holding": N_("Tạm giữ"),
    "inspecting": N_("Kiểm tra hàng"),
    "loading": N_("Xếp hàng"),
    OTHER: N_("Công đoạn khác"),
    "packing": N_("Đóng gói"),
    "receiving": N_("Nhận hàng, nguyên liệu"),
    "repackaging": N_("Đóng gói lại"),
    "retail_selling": N_("Bán lẻ"),
    "sampling": N_("Lấy mẫu"),
    "shipping": N_("Gửi hàng"),
    "storing": N_("Lưu kho"),
    "transporting": N_("Vận chuyển"),
    "unloading": N_("Dỡ hàng"),
    "unpacking": N_("Mở gói"),
}


def step_words(step: str) -> str:
    """A step in words, whichever way CBV lets it be written. A word of somebody's own is not told:
    whoever wrote it would write on a page of the office."""
    if not step:
        return _("Sự kiện")
    word = short(Kind.STEP, step)
    if word in _WORDS:
        return _(_WORDS[word])
    return diary.words(word) if word in STEPS and word in diary.NAMED else _(_WORDS[OTHER])
