"""Steps of the way of a product in words for who bought it."""

from ocop.core.language import gettext as _
from ocop.core.language import noop as N_

#: Steps of the Core Business Vocabulary 2.0 (7.1) that producers and sellers write down. What is
#: harvested is commissioned: its lot begins to be (7.1.2).
_STEPS = {
    "commissioning": N_("Thu hoạch, tạo lô"),
    "creating_class_instance": N_("Tạo lô"),
    "collecting": N_("Thu gom"),
    "receiving": N_("Nhận hàng"),
    "accepting": N_("Nhận hàng"),
    "arriving": N_("Hàng đến"),
    "assembling": N_("Chế biến"),
    "transforming": N_("Chế biến"),
    "inspecting": N_("Kiểm tra"),
    "sampling": N_("Lấy mẫu"),
    "packing": N_("Đóng gói"),
    "repackaging": N_("Đóng gói lại"),
    "unpacking": N_("Mở gói"),
    "encoding": N_("Gắn tem"),
    "storing": N_("Lưu kho"),
    "holding": N_("Tạm giữ"),
    "loading": N_("Xếp hàng"),
    "unloading": N_("Dỡ hàng"),
    "picking": N_("Xuất kho"),
    "staging_outbound": N_("Chờ xuất"),
    "departing": N_("Xuất hàng"),
    "shipping": N_("Xuất hàng"),
    "transporting": N_("Vận chuyển"),
    "stocking": N_("Lên kệ"),
    "retail_selling": N_("Bán lẻ"),
    "dispensing": N_("Giao hàng"),
    "destroying": N_("Tiêu hủy"),
    "removing": N_("Rút khỏi lưu thông"),
    "decommissioning": N_("Rút khỏi lưu thông"),
}


def step_words(step: str) -> str:
    """A step in the active language, from its bare name, its URN or its address; one that we have
    no words for as it is written."""
    bare = step.rpartition("BizStep-")[2].rpartition(":")[2]
    words = _STEPS.get(bare)
    return _(words) if words else bare.replace("_", " ").capitalize()
