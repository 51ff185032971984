"""What an audit may find, in words."""

from dataclasses import dataclass, field
from typing import Any

from ocop.core.language import gettext as _
from ocop.core.language import noop as N_

WORDS = {
    "entry_missing": N_("Nhật ký trong cơ sở dữ liệu thiếu mục %(index)s."),
    "entry_changed": N_("Mục %(index)s trong cơ sở dữ liệu đã bị sửa: mã băm không còn khớp."),
    "entry_unknown": N_("Mục %(index)s thuộc loại lạ: %(form)s."),
    "entry_extra": N_("Mục %(index)s được thêm vào cơ sở dữ liệu mà không có sự kiện nào."),
    "row_changed": N_(
        "Mục %(index)s (%(form)s, sản phẩm hoặc bộ %(of)s): “%(name)s” trong nhật ký là "
        "%(logged)s, trong cơ sở dữ liệu là %(found)s. Dữ liệu đã bị sửa ngoài hệ thống."
    ),
    "row_missing": N_(
        "Mục %(index)s (%(form)s, sản phẩm hoặc bộ %(of)s): cơ sở dữ liệu không còn dòng này. "
        "Dòng đã bị xóa hoặc bị rút khỏi công bố ngoài hệ thống."
    ),
    "row_extra": N_(
        "Cơ sở dữ liệu có một dòng (%(form)s, sản phẩm hoặc bộ %(of)s) mà nhật ký không có: "
        "không có sự kiện nào ghi việc này."
    ),
    "status_list_differs": N_(
        "Danh sách trạng thái bản %(number)s của chứng chỉ không còn đúng với sổ đăng ký: một hạng "
        "sao bị thu hồi hay được trả lại mà không có sự kiện nào ghi việc này."
    ),
    "event_empty": N_(
        "Sự kiện %(event)s (%(name)s) ghi một việc đã xảy ra với một hạng sao trong sổ nhưng sổ "
        "không có việc ấy. Sự kiện này không do hệ thống ghi."
    ),
    "event_untrue": N_(
        "Sự kiện %(event)s (%(name)s) báo một khóa hay một bản danh sách trạng thái mà hệ thống "
        "không báo: không có chữ ký đúng của khóa nhật ký. Nhật ký không ghi và không công bố."
    ),
    "key_untrue": N_(
        "Mục %(index)s công bố một khóa %(purpose)s không có trong tệp khóa và không có chữ ký của "
        "khóa nhật ký. Đừng tin khóa ấy; hãy báo những nơi giữ bản sao."
    ),
    "list_untrue": N_(
        "Mục %(index)s công bố danh sách trạng thái bản %(number)s mà hệ thống không lập: số bản "
        "không nối tiếp, hoặc không có chữ ký đúng của khóa nhật ký."
    ),
    "key_lost": N_(
        "Mất tệp khóa %(purpose)s.json: nhật ký đã công bố khóa %(key)s. Hệ thống không tự tạo "
        "khóa khác và tạm ngừng ký. Hãy khôi phục tệp từ bản sao lưu của thư mục khóa. Nếu không "
        "còn bản nào, hãy công bố mất khóa: ocop rotate-key %(purpose)s --lost."
    ),
    "key_older": N_(
        "Tệp khóa %(purpose)s.json là bản cũ hoặc bị bớt: thiếu khóa %(key)s mà nhật ký đã công "
        "bố. Hệ thống tạm ngừng ký. Hãy khôi phục bản mới nhất từ bản sao lưu. Nếu không còn, hãy "
        "công bố mất khóa: ocop rotate-key %(purpose)s --lost."
    ),
    "key_unvouched": N_(
        "Tệp khóa %(purpose)s.json có khóa không được khóa trước xác nhận. Tệp đã bị sửa. Hãy khôi "
        "phục từ bản sao lưu của thư mục khóa."
    ),
    "key_unreadable": N_(
        "Không đọc được tệp khóa %(purpose)s.json. Hãy khôi phục từ bản sao lưu của thư mục khóa. "
        "Nếu không còn bản nào, hãy công bố mất khóa: ocop rotate-key %(purpose)s --lost."
    ),
    "revocations_differ": N_(
        "Sản phẩm %(of)s (lần công nhận %(key)s): các lần thu hồi, khôi phục trong cơ sở dữ liệu "
        "không còn như nhật ký đã ghi. Dữ liệu đã bị sửa ngoài hệ thống."
    ),
    "appeal_differs": N_(
        "Vụ việc hoặc sản phẩm %(of)s: ngày khiếu nại hoặc kết quả khiếu nại trong cơ sở dữ liệu "
        "không có trong sự kiện nào, hoặc sự kiện đã ghi nhưng cơ sở dữ liệu không còn. Dữ liệu đã "
        "bị sửa ngoài hệ thống."
    ),
    "row_unreadable": N_(
        "Cơ sở dữ liệu có giá trị không đọc được (%(why)s). Giá trị đã bị ghi ngoài hệ thống."
    ),
    "event_unreadable": N_(
        "Sự kiện %(event)s (%(name)s) không đúng dạng hoặc ghi ngày ở tương lai nên nhật ký không "
        "ghi. Sự kiện này không do hệ thống ghi, hoặc đồng hồ máy chủ sai."
    ),
    "event_late": N_(
        "Sự kiện %(event)s (%(name)s) chờ ghi vào nhật ký quá 30 phút. Hãy kiểm tra tiến trình "
        "chạy nền (ocop serve) rồi đối chiếu lại."
    ),
    "file_missing": N_("Thiếu tệp đã công bố %(path)s."),
    "file_changed": N_("Tệp đã công bố %(path)s không còn như khi ghi."),
    "log_ahead": N_(
        "Nhật ký đã công bố %(published)s mục nhưng cơ sở dữ liệu chỉ có %(found)s. "
        "Có thể cơ sở dữ liệu được khôi phục từ bản sao cũ."
    ),
    "root_changed": N_("Mã băm gốc của điểm kiểm %(size)s mục không đúng với các mục."),
    "checkpoint_unsigned": N_("Điểm kiểm không do khóa nào của hệ thống này ký."),
    "checkpoint_unreadable": N_("Không đọc được điểm kiểm."),
    "head_unreadable": N_(
        "Không đọc được tệp register.head trong thư mục khóa, nơi ghi điểm kiểm đã ký sau cùng. "
        "Hãy khôi phục tệp từ bản sao lưu của thư mục khóa."
    ),
    "checkpoint_missing": N_("Chưa có điểm kiểm nào được công bố."),
    "checkpoint_older": N_(
        "Điểm kiểm đang đăng có %(published)s mục nhưng hệ thống đã ký điểm kiểm %(found)s mục."
    ),
    # Why the files are not brought up to date.
    "log_disagrees": N_("Tệp đã công bố không khớp với cơ sở dữ liệu nên không ghi thêm."),
    "log_signed": N_(
        "Đã ký một điểm kiểm khác với các mục trong cơ sở dữ liệu nên không ký thêm. Có thể tệp đã "
        "công bố bị mất và cơ sở dữ liệu bị sửa hoặc được khôi phục từ bản sao cũ."
    ),
    "log_gap": N_("Nhật ký trong cơ sở dữ liệu bị thiếu mục nên không ghi thêm."),
    "log_taken": N_(
        "Không ghi tiếp được nhật ký trong cơ sở dữ liệu: chỗ của mục tiếp theo đã bị chiếm."
    ),
    "log_unwritable": N_("Không ghi được tệp của nhật ký: %(why)s."),
}


#: What the entries are called, and what stands in them, in the sentences.
FORM_WORDS = {
    "recognition": N_("công nhận"),
    "withdrawal": N_("rút khỏi sổ"),
    "extension": N_("kéo dài"),
    "extension-ended": N_("kết thúc kéo dài"),
    "extension-resumed": N_("kéo dài trở lại như trước"),
    "revocation": N_("thu hồi"),
    "restoration": N_("khôi phục"),
    "revocation-withdrawn": N_("đính chính thu hồi ghi nhầm"),
    "restoration-undone": N_("đính chính khôi phục ghi nhầm"),
    "decision-correction": N_("đính chính quyết định ghi nhầm"),
    "annulment": N_("hủy kết quả"),
    "correction": N_("đính chính"),
    "certificate": N_("giấy chứng nhận"),
    "criteria-set": N_("bộ tiêu chí"),
    "criteria-sign-off": N_("đối chiếu bộ tiêu chí"),
    "criteria-reopened": N_("mở lại đối chiếu bộ tiêu chí"),
    "issuer-key": N_("khóa ký"),
    "status-list": N_("danh sách trạng thái"),
}
FIELD_WORDS = {
    "product": N_("mã sản phẩm"),
    "province": N_("mã tỉnh"),
    "stars": N_("số sao"),
    "potential_five": N_("tiềm năng 5 sao"),
    "assessment": N_("loại đánh giá"),
    "evidence": N_("mức chứng cứ"),
    "year": N_("năm"),
    "evaluated_on": N_("ngày đánh giá"),
    "valid_from": N_("ngày đầu có hiệu lực"),
    "expires_on": N_("ngày cuối còn hiệu lực"),
    "authority": N_("cơ quan ký"),
    "decision": N_("số quyết định"),
    "signed_on": N_("ngày ký"),
    "document": N_("văn bản"),
    "demonstration": N_("dữ liệu mẫu"),
    "until": N_("kéo dài đến"),
    "on": N_("ngày"),
    "ground": N_("căn cứ"),
    "serial": N_("số thứ tự"),
    "number": N_("số"),
    "named": N_("hạng sao mà quyết định nêu"),
    "issued_on": N_("ngày cấp"),
    "sha256": N_("mã băm nội dung"),
    "set": N_("bộ"),
    "revision": N_("bản"),
    "recorded_at": N_("lúc ghi"),
}


@dataclass(frozen=True, slots=True)
class Difference:
    """Where log, files and tables disagree: a code and what fills its sentence."""

    code: str
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def words(self) -> str:
        """The sentence, in the active language."""
        facts = dict(self.facts)
        if (form := facts.get("form")) in FORM_WORDS:
            facts["form"] = _(FORM_WORDS[form])
        if self.code == "row_changed" and (name := facts["name"]) in FIELD_WORDS:
            facts["name"] = _(FIELD_WORDS[name])
        return _(WORDS[self.code]) % facts

    def told(self) -> dict[str, Any]:
        """As stored and as JSON."""
        return {"code": self.code, "facts": self.facts}
