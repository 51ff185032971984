"""What an import says about a row: a stable code, and a sentence that tells what to do."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from ocop.core.language import gettext as _
from ocop.core.language import noop as N_
from ocop.recognition.registry_import.fields import Field


class Code(StrEnum):
    """Every remark an import can make. `REJECTING` are those that keep a row out."""

    NAME_MISSING = "name_missing"
    PRODUCER_MISSING = "producer_missing"
    STARS_MISSING = "stars_missing"
    STARS_UNREADABLE = "stars_unreadable"
    STARS_OUT_OF_RANGE = "stars_out_of_range"
    STARS_CONTRADICT_DECISION = "stars_contradict_decision"
    STARS_CONFLICT = "stars_conflict"
    YEAR_CONTRADICTS_DATE = "year_contradicts_date"
    DATES_CONTRADICT = "dates_contradict"
    EXPIRY_BEFORE_DECISION = "expiry_before_decision"
    EXPIRY_BEFORE_YEAR = "expiry_before_year"
    EVIDENCE_DEMONSTRATION = "evidence_demonstration"
    TEXT_TOO_LONG = "text_too_long"
    DUPLICATE = "duplicate"
    TWICE_WITHOUT_DECISION = "twice_without_decision"
    CONTRADICTS_REGISTER = "contradicts_register"
    DAY_CONTRADICTS_REGISTER = "day_contradicts_register"
    YEAR_CONTRADICTS_REGISTER = "year_contradicts_register"
    TAX_CODE_OF_ANOTHER = "tax_code_of_another"

    SAME_AS_ABOVE = "same_as_above"
    NOTHING_ABOVE = "nothing_above"
    CELL_ERROR = "cell_error"
    FORMULA_WITHOUT_VALUE = "formula_without_value"
    CELL_UNREADABLE = "cell_unreadable"
    DATE_UNREADABLE = "date_unreadable"
    DATE_IMPOSSIBLE = "date_impossible"
    DATE_OUT_OF_RANGE = "date_out_of_range"
    DATE_INCOMPLETE = "date_incomplete"
    DATE_IN_FUTURE = "date_in_future"
    YEAR_UNREADABLE = "year_unreadable"
    DECISION_UNREADABLE = "decision_unreadable"
    DECISION_UNUSUAL = "decision_unusual"
    DECISION_WITHOUT_DATE = "decision_without_date"
    DECISION_TWO_DATES = "decision_two_dates"
    NUMBER_TWO_DAYS = "number_two_days"  # of two products' rows; `DECISION_TWO_DATES` is of one's
    NUMBER_OF_ANOTHER_DAY = "number_of_another_day"
    SAME_STAR_AGAIN = "same_star_again"  # the rule: `beside.is_again`
    AUTHORITY_MISSING = "authority_missing"
    AUTHORITY_UNREAD = "authority_unread"  # a name that means nobody who decided on stars that day
    AUTHORITY_COLUMN_MISSING = "authority_column_missing"
    VALIDITY_UNKNOWN = "validity_unknown"
    EXPIRY_CONTRADICTS_TERM = "expiry_contradicts_term"
    EXPIRY_PAST_TERM = "expiry_past_term"
    EVIDENCE_UNKNOWN = "evidence_unknown"
    EVIDENCE_WITHOUT_DECISION = "evidence_without_decision"
    COMMUNE_MISSING = "commune_missing"
    COMMUNE_UNKNOWN = "commune_unknown"
    COMMUNE_AMBIGUOUS = "commune_ambiguous"
    COMMUNE_CONTRADICTS_ADDRESS = "commune_contradicts_address"
    PROVINCE_UNDERSTOOD = "province_understood"
    SECTOR_UNKNOWN = "sector_unknown"
    KIND_UNKNOWN = "kind_unknown"
    KIND_CONTRADICTS_NAME = "kind_contradicts_name"
    KIND_KEPT = "kind_kept"
    TAX_CODE_WRONG = "tax_code_wrong"
    PHONE_WRONG = "phone_wrong"
    SEX_UNREADABLE = "sex_unreadable"
    PEOPLE_UNREADABLE = "people_unreadable"
    WORKERS_CONTRADICT = "workers_contradict"
    PERSONS_KEPT = "persons_kept"
    TOTAL_UNREADABLE = "total_unreadable"
    STARS_CHANGED = "stars_changed"
    AUTHORITY_LEVEL = "authority_level"
    FIVE_STARS_BY_COMMITTEE = "five_stars_by_committee"
    PRODUCER_NAME_DIFFERS = "producer_name_differs"
    PRODUCER_SPELLED_OTHERWISE = "producer_spelled_otherwise"
    DIFFERS_FROM_REGISTER = "differs_from_register"
    SAME_NUMBER = "same_number"
    COMPLETES_REGISTER = "completes_register"
    PLACES_REGISTER = "places_register"
    GROUP_LINE = "group_line"
    TOTAL_LINE = "total_line"
    ROWS_IN_ONE_CELL = "rows_in_one_cell"
    COLUMN_NOT_READ = "column_not_read"
    TEXT_ENCODING = "text_encoding"


#: Remarks after which a row is not taken. A broken cell keeps a row out where it must not be empty.
REJECTING = frozenset(
    {
        Code.NAME_MISSING,
        Code.PRODUCER_MISSING,
        Code.STARS_MISSING,
        Code.STARS_UNREADABLE,
        Code.STARS_OUT_OF_RANGE,
        Code.STARS_CONTRADICT_DECISION,
        Code.STARS_CONFLICT,
        Code.YEAR_CONTRADICTS_DATE,
        Code.DATES_CONTRADICT,
        Code.EXPIRY_BEFORE_DECISION,
        Code.EXPIRY_BEFORE_YEAR,
        Code.EVIDENCE_DEMONSTRATION,
        Code.TEXT_TOO_LONG,
        Code.DUPLICATE,
        Code.TWICE_WITHOUT_DECISION,
        Code.CONTRADICTS_REGISTER,
        Code.DAY_CONTRADICTS_REGISTER,
        Code.YEAR_CONTRADICTS_REGISTER,
        Code.TAX_CODE_OF_ANOTHER,
        Code.ROWS_IN_ONE_CELL,
    }
)

#: What contradicts the law of the day: the row is kept as a record of what was decided, its
#: validity unknown until an officer holds the signed decision against it (`lifting`).
AGAINST_LAW = frozenset({Code.AUTHORITY_LEVEL, Code.FIVE_STARS_BY_COMMITTEE})

SENTENCES: Mapping[Code, str] = {
    Code.NAME_MISSING: N_("Thiếu tên sản phẩm. Hãy điền tên như trong quyết định."),
    Code.PRODUCER_MISSING: N_("Thiếu tên chủ thể. Hãy điền, hoặc gộp ô với dòng trên nếu chung."),
    Code.STARS_MISSING: N_("Thiếu hạng sao. Hãy điền 3, 4 hoặc 5."),
    Code.STARS_UNREADABLE: N_("Không hiểu hạng sao “%(text)s”. Hãy ghi 3, 4 hoặc 5."),
    Code.STARS_OUT_OF_RANGE: N_("Hạng “%(text)s” không được công nhận: chỉ có 3, 4 và 5 sao."),
    Code.STARS_CONTRADICT_DECISION: N_(
        "Cột hạng sao ghi %(stars)s sao nhưng quyết định ghi %(other)s sao. "
        "Hãy đối chiếu quyết định và sửa một trong hai."
    ),
    Code.STARS_CONFLICT: N_(
        "Cùng một quyết định, sản phẩm này có hai hạng sao khác nhau (dòng %(rows)s). "
        "Hãy đối chiếu quyết định và giữ một dòng đúng."
    ),
    Code.YEAR_CONTRADICTS_DATE: N_(
        "Năm %(year)s không khớp với ngày %(day)s. Hãy đối chiếu quyết định và sửa một trong hai."
    ),
    Code.DATES_CONTRADICT: N_(
        "Ngày ký %(day)s khác ngày ghi trong số quyết định (%(other)s). Hãy sửa một trong hai."
    ),
    Code.EXPIRY_BEFORE_DECISION: N_(
        "Ngày hết hạn %(expires)s trước ngày ký %(day)s. Hãy sửa một trong hai."
    ),
    Code.EXPIRY_BEFORE_YEAR: N_(
        "Ngày hết hạn %(expires)s trước năm đánh giá %(day)s. Hãy sửa một trong hai."
    ),
    Code.EVIDENCE_DEMONSTRATION: N_("Mức M chỉ dùng cho dữ liệu mẫu. Hãy ghi A, B1, B2 hoặc C."),
    Code.TEXT_TOO_LONG: N_("Nội dung dài quá %(most)s ký tự. Hãy viết ngắn lại."),
    Code.DUPLICATE: N_("Trùng với dòng %(row)s: cùng quyết định, sản phẩm và chủ thể."),
    Code.TWICE_WITHOUT_DECISION: N_(
        "Dòng %(row)s có cùng sản phẩm và chủ thể, nội dung khác, đều không có quyết định. "
        "Hãy bổ sung số quyết định và ngày ký."
    ),
    Code.CONTRADICTS_REGISTER: N_(
        "Sổ đăng ký đã ghi %(before)s sao cho sản phẩm này theo cùng quyết định, dòng này ghi "
        "%(stars)s sao. Hãy đối chiếu quyết định trước khi nhập lại."
    ),
    Code.DAY_CONTRADICTS_REGISTER: N_(
        "Sổ đăng ký đã ghi ngày %(before)s cho sản phẩm này theo cùng quyết định, dòng này ghi "
        "ngày %(day)s. Hãy đối chiếu quyết định trước khi nhập lại."
    ),
    Code.YEAR_CONTRADICTS_REGISTER: N_(
        "Sổ đăng ký đã ghi năm %(before)s cho sản phẩm này, không có quyết định; dòng này ghi năm "
        "%(year)s. Hãy bổ sung số quyết định và ngày ký."
    ),
    Code.TAX_CODE_OF_ANOTHER: N_(
        "Mã số thuế này là của “%(name)s”. Hãy kiểm tra mã số thuế hoặc tên chủ thể."
    ),
    Code.SAME_AS_ABOVE: N_("“%(text)s” được hiểu là như dòng trên: “%(value)s”."),
    Code.NOTHING_ABOVE: N_(
        "“%(text)s” nghĩa là như dòng trên, nhưng ô ở dòng trên trống. Hãy ghi rõ."
    ),
    Code.CELL_ERROR: N_("Ô bị lỗi %(text)s. Hãy mở bảng tính, sửa công thức hoặc gõ lại giá trị."),
    Code.FORMULA_WITHOUT_VALUE: N_(
        "Ô chứa công thức chưa có kết quả. Hãy mở bằng Excel, lưu lại rồi nhập."
    ),
    Code.CELL_UNREADABLE: N_("Ô có ký tự không đọc được. Hãy mở bảng tính, xóa rồi gõ lại ô này."),
    Code.DATE_UNREADABLE: N_("Không hiểu ngày “%(text)s”. Hãy ghi dạng 05/08/2026."),
    Code.DATE_IMPOSSIBLE: N_(
        "Không có ngày “%(text)s” nếu đọc ngày/tháng/năm. Hãy kiểm tra thứ tự ngày và tháng."
    ),
    Code.DATE_OUT_OF_RANGE: N_("Ngày “%(text)s” nằm ngoài thời gian của chương trình (từ 2018)."),
    Code.DATE_INCOMPLETE: N_("“%(text)s” chưa đủ ngày, tháng, năm. Hãy bổ sung theo quyết định."),
    Code.DATE_IN_FUTURE: N_("Ngày ký %(day)s sau hôm nay. Hãy kiểm tra lại năm."),
    Code.YEAR_UNREADABLE: N_("Không hiểu năm “%(text)s”. Hãy ghi bốn chữ số."),
    Code.DECISION_UNREADABLE: N_(
        "Không tìm thấy đúng một số quyết định trong “%(text)s”. Hãy ghi dạng 3981/QĐ-UBND."
    ),
    Code.DECISION_UNUSUAL: N_(
        "Số quyết định “%(text)s” không theo dạng 3981/QĐ-UBND, được giữ nguyên. Hãy kiểm tra."
    ),
    Code.DECISION_WITHOUT_DATE: N_(
        "Quyết định %(number)s chưa có ngày ký: mức chứng cứ %(evidence)s, chưa rõ thời hạn. "
        "Hãy bổ sung ngày ký."
    ),
    Code.DECISION_TWO_DATES: N_(
        "Quyết định %(number)s có các ngày ký khác nhau trong tệp: %(days)s. Hãy kiểm tra."
    ),
    Code.NUMBER_TWO_DAYS: N_(
        "Trong tệp, quyết định %(number)s của cùng cơ quan, cùng năm, có các ngày ký khác nhau: "
        "%(days)s. Hãy kiểm tra số, ngày ký và cơ quan ban hành."
    ),
    Code.NUMBER_OF_ANOTHER_DAY: N_(
        "Sổ đăng ký đã có quyết định %(number)s của cùng cơ quan ký ngày %(before)s, dòng này ghi "
        "ngày %(day)s cùng năm. Hãy kiểm tra số, ngày ký và cơ quan ban hành."
    ),
    Code.SAME_STAR_AGAIN: N_(
        "Sản phẩm này còn có quyết định %(number)s ngày %(day)s, cũng %(stars)s sao, cách chưa đến "
        "một năm. Hạng sao có giá trị 36 tháng, nên có thể là một lần công nhận ghi hai lần. "
        "Hãy đối chiếu hai quyết định."
    ),
    Code.AUTHORITY_MISSING: N_(
        "Quyết định %(number)s chưa rõ cơ quan ban hành. Hãy bổ sung cơ quan ban hành."
    ),
    Code.AUTHORITY_UNREAD: N_(
        "“%(authority)s” không phải tên một cơ quan công nhận hạng sao vào ngày %(day)s; được giữ "
        "nguyên. Hãy kiểm tra cơ quan ban hành."
    ),
    Code.AUTHORITY_COLUMN_MISSING: N_(
        "Tệp không có cột cơ quan ban hành: %(rows)s dòng có số và ngày quyết định nhưng chưa rõ "
        "ai ký. Hãy thêm cột Cơ quan ban hành."
    ),
    Code.VALIDITY_UNKNOWN: N_(
        "Không có quyết định hoặc ngày ký: mức chứng cứ %(evidence)s, chưa rõ thời hạn."
    ),
    Code.EXPIRY_CONTRADICTS_TERM: N_(
        "Ngày hết hạn %(expires)s khác 36 tháng kể từ ngày ký (%(expected)s); giữ ngày đã ghi. "
        "Hãy đối chiếu giấy chứng nhận."
    ),
    Code.EXPIRY_PAST_TERM: N_(
        "Ngày hết hạn %(expires)s quá 36 tháng kể từ ngày ký; tính đến hết %(expected)s. "
        "Hãy đối chiếu giấy chứng nhận."
    ),
    Code.EVIDENCE_UNKNOWN: N_("Không hiểu mức chứng cứ “%(text)s”. Hãy ghi A, B1, B2 hoặc C."),
    Code.EVIDENCE_WITHOUT_DECISION: N_(
        "Ghi mức A nhưng thiếu số quyết định hoặc ngày ký. Hãy bổ sung, hoặc ghi mức B1."
    ),
    Code.COMMUNE_MISSING: N_("Không có tên xã, phường. Hãy bổ sung địa chỉ."),
    Code.COMMUNE_UNKNOWN: N_(
        "Không tìm thấy xã, phường của “%(text)s” trong danh mục. Hãy kiểm tra địa chỉ."
    ),
    Code.COMMUNE_AMBIGUOUS: N_(
        "Chưa xác định được xã, phường của “%(text)s”, có thể là: %(candidates)s. "
        "Hãy ghi rõ địa chỉ."
    ),
    Code.COMMUNE_CONTRADICTS_ADDRESS: N_(
        "Cột đơn vị hành chính (%(column)s) khác địa chỉ (%(address)s). Hãy sửa một trong hai."
    ),
    Code.PROVINCE_UNDERSTOOD: N_(
        "“%(text)s” không ghi tỉnh, thành phố: hiểu là %(commune)s, %(province)s. "
        "Nếu không phải, hãy ghi rõ địa chỉ."
    ),
    Code.SECTOR_UNKNOWN: N_("Không xếp được “%(text)s” vào ngành nào. Hãy chọn trong sáu ngành."),
    Code.KIND_UNKNOWN: N_(
        "Loại hình “%(text)s” không thuộc các loại chủ thể được tham gia, được bỏ qua. Hãy ghi hợp "
        "tác xã, tổ hợp tác, doanh nghiệp nhỏ và vừa, trang trại, hộ sản xuất hoặc hộ kinh doanh; "
        "với du lịch còn có hội và trung tâm điều hành."
    ),
    Code.KIND_CONTRADICTS_NAME: N_(
        "Loại hình “%(text)s” khác với tên “%(name)s”: giữ theo tên. Hãy kiểm tra tên chủ thể và "
        "loại hình."
    ),
    Code.KIND_KEPT: N_(
        "Sổ đăng ký ghi loại hình khác cho chủ thể này; loại hình của dòng này không ghi đè. "
        "Nếu cần, hãy sửa ở trang của chủ thể."
    ),
    Code.TAX_CODE_WRONG: N_("Mã số thuế “%(text)s” không đúng, được bỏ qua. Hãy kiểm tra."),
    Code.PHONE_WRONG: N_("Số điện thoại “%(text)s” không đúng, được bỏ qua. Hãy kiểm tra."),
    Code.SEX_UNREADABLE: N_("Không hiểu giới tính, được bỏ qua. Hãy ghi nam hoặc nữ."),
    Code.PEOPLE_UNREADABLE: N_("Không hiểu số người, được bỏ qua. Hãy ghi một số nguyên."),
    Code.WORKERS_CONTRADICT: N_(
        "Số lao động địa phương lớn hơn tổng số lao động: cả hai được bỏ qua. Hãy kiểm tra."
    ),
    Code.PERSONS_KEPT: N_(
        "Chủ thể đã có; người đại diện và số người của dòng này không ghi đè. "
        "Nếu cần, hãy sửa ở trang của chủ thể."
    ),
    Code.TOTAL_UNREADABLE: N_("Không hiểu điểm “%(text)s”, được bỏ qua. Hãy ghi số từ 0 đến 100."),
    Code.STARS_CHANGED: N_(
        "Quyết định trước ghi %(before)s sao, quyết định này ghi %(stars)s sao. Hãy kiểm tra."
    ),
    Code.AUTHORITY_LEVEL: N_(
        "Cơ quan ký thuộc %(level)s, không có thẩm quyền công nhận %(stars)s sao (ngày ký "
        "%(day)s): hạng này do %(may)s công nhận. Được ghi vào sổ, chưa tính là còn hiệu lực cho "
        "đến khi cán bộ đối chiếu quyết định đã ký. Hãy kiểm tra hạng sao, ngày ký và cơ quan ban "
        "hành."
    ),
    Code.PRODUCER_NAME_DIFFERS: N_(
        "Mã số thuế này đã có với tên “%(name)s”; dùng tên đó. Hãy kiểm tra."
    ),
    Code.PRODUCER_SPELLED_OTHERWISE: N_(
        "“%(text)s” và “%(name)s” cùng xã, phường chỉ khác cách viết loại hình: hiểu là một chủ "
        "thể, giữ tên “%(name)s”. Nếu là hai chủ thể, hãy ghi mã số thuế của từng chủ thể."
    ),
    Code.COMPLETES_REGISTER: N_(
        "Sổ đăng ký đã có lần công nhận này nhưng chưa có ngày ký; dòng này bổ sung cho nó."
    ),
    Code.PLACES_REGISTER: N_(
        "Sổ đăng ký đã có lần công nhận này nhưng chưa rõ xã, phường; dòng này bổ sung %(commune)s."
    ),
    Code.TOTAL_LINE: N_("Dòng cộng, không phải sản phẩm: bỏ qua."),
    Code.GROUP_LINE: N_(
        "Dòng chỉ có một ô, được hiểu là tên nhóm nên không nhận. "
        "Nếu là sản phẩm, hãy điền chủ thể và hạng sao."
    ),
    Code.ROWS_IN_ONE_CELL: N_(
        "Ô này nuốt cả các dòng sau (%(lines)s dòng), thường do thiếu dấu ngoặc kép đóng: chưa "
        "dòng nào trong đó được đọc. Hãy sửa dấu ngoặc kép rồi gửi lại tệp."
    ),
    Code.FIVE_STARS_BY_COMMITTEE: N_(
        "Quyết định %(number)s của Ủy ban nhân dân ghi 5 sao, nhưng 5 sao do Trung ương công nhận. "
        "Được ghi vào sổ, chưa tính là còn hiệu lực cho đến khi cán bộ đối chiếu quyết định đã ký. "
        "Hãy đối chiếu: ghi số quyết định của Bộ, hoặc ghi tiềm năng 5 sao."
    ),
    Code.TEXT_ENCODING: N_(
        "Tệp không theo mã UTF-8, được đọc theo mã %(encoding)s. Hãy xem dấu tiếng Việt ở các dòng "
        "xem trước; nếu sai, hãy lưu lại dạng Excel (.xlsx) hoặc CSV mã UTF-8."
    ),
    Code.COLUMN_NOT_READ: N_(
        "Cột %(letter)s “%(column)s” không được đọc: không rõ là cột nào của sổ đăng ký. "
        "Nếu cần, hãy chỉ rõ cột hoặc đổi tên cột."
    ),
    Code.SAME_NUMBER: N_(
        "Sổ đăng ký đã có cùng số quyết định cho sản phẩm này: %(before)s sao, ngày ký %(day)s; "
        "dòng này ghi %(stars)s sao, ngày ký %(new_day)s. Hiểu là một quyết định khác. "
        "Hãy kiểm tra số, ngày và năm."
    ),
    Code.DIFFERS_FROM_REGISTER: N_(
        "Dòng này đã có trong sổ đăng ký nhưng khác ở: %(fields)s. Sổ đăng ký được giữ nguyên."
    ),
}


class _Left(dict[str, str]):
    """Facts that are left out of a sentence."""

    def __missing__(self, key: str) -> str:
        return "…"


def kind_words(code: Code) -> str:
    """What a kind of remark says of whichever row: the first sentence, without the facts."""
    said = str(_(SENTENCES[code]) % _Left())
    return said.partition(". ")[0].removesuffix(".")


@dataclass(frozen=True, slots=True)
class Report:
    """A remark on a row, as the sheet counts rows from 1, and on one of its fields; without a field
    it speaks of the file, or of a column of it that no field is read from."""

    row: int
    field: Field | None
    code: Code
    facts: Mapping[str, str] = dataclasses.field(default_factory=dict)
    rejects: bool = False

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
