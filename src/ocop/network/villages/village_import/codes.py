"""What an import says about a row of villages: a stable code, and a sentence what to do."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from ocop.core.language import gettext as _
from ocop.core.language import noop as N_
from ocop.network.villages.village_import.fields import Field


class Code(StrEnum):
    """Every remark an import of villages can make."""

    NAME_MISSING = "name_missing"
    TRADE_MISSING = "trade_missing"
    TEXT_TOO_LONG = "text_too_long"
    CELL_ERROR = "cell_error"
    COMMUNE_MISSING = "commune_missing"
    COMMUNE_UNKNOWN = "commune_unknown"
    COMMUNE_AMBIGUOUS = "commune_ambiguous"
    COMMUNE_DIVIDED = "commune_divided"
    COMMUNE_OF_THEN = "commune_of_then"
    ELSEWHERE = "elsewhere"
    DUPLICATE = "duplicate"
    TRADE_BEYOND_HOUSEHOLDS = "trade_beyond_households"
    YEAR_CONTRADICTS_DAY = "year_contradicts_day"
    RECOGNITION_WITHOUT_YEAR = "recognition_without_year"

    TITLE_UNKNOWN = "title_unknown"
    TITLE_MISSING = "title_missing"
    GROUP_UNKNOWN = "group_unknown"
    NUMBER_UNREADABLE = "number_unreadable"
    YEAR_UNREADABLE = "year_unreadable"
    DAY_UNREADABLE = "day_unreadable"
    DAY_IN_FUTURE = "day_in_future"
    DATA_YEAR_MISSING = "data_year_missing"
    SMALL_MONEY = "small_money"
    DIFFERS_FROM_REGISTER = "differs_from_register"
    COLUMN_NOT_READ = "column_not_read"
    TEXT_ENCODING = "text_encoding"


#: Those that keep a row out; the others are told and the row is taken.
REJECTING = frozenset(
    {
        Code.NAME_MISSING, Code.TRADE_MISSING, Code.TEXT_TOO_LONG, Code.COMMUNE_MISSING,
        Code.COMMUNE_UNKNOWN, Code.COMMUNE_AMBIGUOUS,
        Code.ELSEWHERE, Code.DUPLICATE, Code.TRADE_BEYOND_HOUSEHOLDS, Code.YEAR_CONTRADICTS_DAY,
        Code.RECOGNITION_WITHOUT_YEAR,
    }
)  # fmt: skip

SENTENCES: Mapping[Code, str] = {
    Code.NAME_MISSING: N_("Thiếu tên làng. Hãy điền rồi gửi lại."),
    Code.TRADE_MISSING: N_("Thiếu nghề của làng. Hãy điền rồi gửi lại."),
    Code.TEXT_TOO_LONG: N_("Nội dung dài quá %(most)s ký tự. Hãy viết ngắn lại."),
    Code.CELL_ERROR: N_("Ô báo lỗi “%(text)s”, không có giá trị. Hãy sửa công thức hoặc gõ lại."),
    Code.COMMUNE_MISSING: N_("Thiếu xã, phường. Hãy điền rồi gửi lại."),
    Code.COMMUNE_UNKNOWN: N_(
        "Không tìm thấy “%(text)s” trong danh mục đơn vị hành chính. Hãy kiểm tra dấu và tên huyện."
    ),
    Code.COMMUNE_AMBIGUOUS: N_(
        "“%(text)s” có thể là nhiều nơi: %(candidates)s. Hãy ghi thêm tên huyện, hoặc tên xã hiện "
        "nay."
    ),
    Code.COMMUNE_DIVIDED: N_(
        "%(text)s nay chia về nhiều nơi: %(candidates)s. Làng được ghi theo đơn vị khi đó; hãy "
        "chọn xã, phường hiện nay ở trang của làng."
    ),
    Code.COMMUNE_OF_THEN: N_(
        "%(text)s là đơn vị trước đây, danh mục không ghi nay thuộc đâu. Làng được ghi theo đơn vị "
        "khi đó; hãy chọn xã, phường hiện nay ở trang của làng."
    ),
    Code.ELSEWHERE: N_(
        "%(commune)s thuộc tỉnh, thành phố khác. Sổ này chỉ ghi làng của tỉnh mình."
    ),
    Code.DUPLICATE: N_("Làng này đã có ở dòng %(row)s của tệp, cùng nghề và xã. Hãy bỏ một dòng."),
    Code.TRADE_BEYOND_HOUSEHOLDS: N_(
        "Số hộ làm nghề (%(in_trade)s) nhiều hơn tổng số hộ (%(households)s). Hãy kiểm tra hai cột."
    ),
    Code.YEAR_CONTRADICTS_DAY: N_(
        "Năm công nhận %(year)s khác năm của ngày ký %(day)s. Hãy đối chiếu với quyết định."
    ),
    Code.RECOGNITION_WITHOUT_YEAR: N_(
        "Có danh hiệu nhưng không có năm công nhận hay ngày ký. Hãy điền một trong hai."
    ),
    Code.TITLE_UNKNOWN: N_(
        "Danh hiệu “%(text)s” không nhận ra được; làng được ghi là chưa công nhận. Hãy ghi: Làng "
        "nghề, Làng nghề truyền thống hoặc Nghề truyền thống."
    ),
    Code.TITLE_MISSING: N_(
        "Có quyết định công nhận nhưng thiếu danh hiệu; làng được ghi là chưa công nhận."
    ),
    Code.GROUP_UNKNOWN: N_("Nhóm nghề “%(text)s” không nhận ra được, để trống."),
    Code.NUMBER_UNREADABLE: N_("“%(text)s” không phải số nguyên không âm, để trống."),
    Code.YEAR_UNREADABLE: N_("“%(text)s” không phải một năm, để trống."),
    Code.DAY_UNREADABLE: N_("“%(text)s” không phải một ngày rõ ràng, để trống."),
    Code.DAY_IN_FUTURE: N_("Ngày ký %(day)s sau hôm nay, để trống. Hãy kiểm tra."),
    Code.DATA_YEAR_MISSING: N_("Không ghi số liệu của năm nào; hiểu là năm %(year)s."),
    Code.SMALL_MONEY: N_(
        "%(value)s đồng quá nhỏ, có lẽ ghi theo triệu đồng; để trống. Hãy ghi bằng đồng."
    ),
    Code.DIFFERS_FROM_REGISTER: N_(
        "Làng này đã có trong sổ nhưng khác ở: %(fields)s. Sổ được giữ nguyên; hãy sửa ở trang của "
        "làng nếu tệp đúng."
    ),
    Code.COLUMN_NOT_READ: N_(
        "Cột %(letter)s “%(column)s” không được đọc: không rõ là cột nào của sổ. Nếu cần, hãy đổi "
        "tên cột."
    ),
    Code.TEXT_ENCODING: N_(
        "Tệp không theo mã UTF-8, được đọc theo mã %(encoding)s. Hãy xem dấu tiếng Việt ở các dòng "
        "xem trước; nếu sai, hãy lưu lại dạng Excel (.xlsx)."
    ),
}


@dataclass(frozen=True, slots=True)
class Report:
    """A remark on a row, as the sheet counts rows from 1, and on one of its fields; without a field
    it speaks of the file or of a column of it."""

    row: int
    field: Field | None
    code: Code
    facts: Mapping[str, str] = dataclasses.field(default_factory=dict)

    @property
    def rejects(self) -> bool:
        return self.code in REJECTING

    @property
    def label(self) -> str:
        """What it speaks of, in the active language."""
        return self.field.label if self.field else self.facts.get("column") or _("Cả tệp")

    @property
    def message(self) -> str:
        """The sentence in the active language."""
        return _(SENTENCES[self.code]) % self.facts

    def told(self) -> dict[str, object]:
        """The remark as programs read it."""
        return {
            "row": self.row,
            "field": self.field.value if self.field else "",
            "code": self.code.value,
            "message": self.message,
        }
