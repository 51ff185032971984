"""What is said of the rows of a workbook of grants, and the workbook with those to be mended."""

from collections import defaultdict
from typing import IO

import xlsxwriter

from ocop.core.language import gettext as _
from ocop.core.language import noop as N_
from ocop.recognition.registry_import.tables import Table
from ocop.recognition.registry_import.texts import as_text
from ocop.support.grant_fields import Code, Field, Report
from ocop.support.grant_rows import Head, data_rows

LABELS = {
    Field.PRODUCER: N_("Chủ thể"),
    Field.TAX_CODE: N_("Mã số thuế"),
    Field.COMMUNE: N_("Xã, phường"),
    Field.PRODUCT: N_("Sản phẩm"),
    Field.CATEGORY: N_("Nội dung hỗ trợ"),
    Field.LEVEL: N_("Cấp hỗ trợ"),
    Field.PAYER: N_("Cơ quan chi"),
    Field.YEAR: N_("Năm"),
    Field.GIVEN_ON: N_("Ngày hỗ trợ"),
    Field.AMOUNT: N_("Số tiền (đồng)"),
    Field.QUANTITY: N_("Số lượng"),
    Field.STAR: N_("Hạng sao"),
    Field.DOCUMENT: N_("Số quyết định"),
    Field.PURPOSE: N_("Ghi chú"),
}
_WORDS = {
    Code.PRODUCER_MISSING: N_("Chưa ghi chủ thể."),
    Code.PRODUCER_UNKNOWN: N_(
        "Sổ đăng ký không có chủ thể này. Hãy ghi đúng tên hoặc mã số thuế, hoặc thêm chủ thể."
    ),
    Code.PRODUCER_AMBIGUOUS: N_("Nhiều chủ thể cùng tên. Hãy ghi mã số thuế hoặc xã, phường."),
    Code.PRODUCT_UNKNOWN: N_("Chủ thể không có sản phẩm tên này. Hãy ghi đúng tên hoặc để trống."),
    Code.CATEGORY_UNKNOWN: N_("Không rõ nội dung hỗ trợ. Ví dụ: hội chợ, tem, nhãn hiệu, tư vấn."),
    Code.LEVEL_UNKNOWN: N_("Không rõ cấp nào chi: trung ương, tỉnh, huyện hay xã."),
    Code.DISTRICT_ENDED: N_("Cấp huyện kết thúc ngày 30/6/2025, không chi sau ngày đó."),
    Code.YEAR_MISSING: N_("Chưa ghi năm hoặc ngày hỗ trợ."),
    Code.DAY_UNREADABLE: N_("Không đọc được ngày. Hãy ghi ngày/tháng/năm."),
    Code.DAY_AND_YEAR: N_("Năm khác với năm của ngày hỗ trợ."),
    Code.IN_THE_FUTURE: N_("Thời gian này chưa tới."),
    Code.BEFORE_THE_PROGRAMME: N_("Trước khi có Chương trình (năm 2018)."),
    Code.AMOUNT_MISSING: N_("Chưa ghi số tiền hoặc số lượng."),
    Code.AMOUNT_UNREADABLE: N_("Không đọc được số tiền."),
    Code.AMOUNT_NOT_WHOLE: N_("Số tiền không tròn đồng. Hãy kiểm tra đơn vị tính của cột."),
    Code.QUANTITY_UNREADABLE: N_("Không đọc được số lượng."),
    Code.STAR_UNREADABLE: N_("Không đọc được hạng sao (3, 4, 5)."),
    Code.STAR_MISSING: N_("Thưởng theo hạng sao phải ghi hạng sao."),
    Code.TWICE: N_("Trùng với dòng %s của tệp này."),
    Code.TEXT_TOO_LONG: N_("Nội dung ô dài quá. Hãy viết ngắn lại."),
}


def label(field: Field) -> str:
    """A field in words."""
    return _(LABELS[field])


def message(report: Report) -> str:
    """What is said of a row."""
    words = _(_WORDS[report.code])
    return words % report.cell if report.code is Code.TWICE else words


def write_errors(into: IO[bytes], table: Table, head: Head, reports: list[Report]) -> int:
    """Write the rows that were not taken as they stood, the reasons before them. Mended, the file
    may be brought again: what was taken before is recognised. Returns how many."""
    told: dict[int, list[Report]] = defaultdict(list)
    for report in reports:
        told[report.row].append(report)
    book = xlsxwriter.Workbook(
        into, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    page = book.add_worksheet(_("Dòng cần sửa"))
    page.set_column(0, 0, 8)
    page.set_column(1, 1, 60, wrap)
    page.set_column(2, 1 + len(head.texts), 22)
    for place, text in enumerate((_("Dòng"), _("Lý do"), *head.texts)):
        page.write_string(0, place, text, bold)
    line = 0
    for number, row in data_rows(table, head):
        if number not in told:
            continue
        line += 1
        page.write_number(line, 0, number)
        reasons = "\n".join(f"{label(r.field)}: {message(r)}" for r in told[number])
        page.write_string(line, 1, reasons, wrap)
        for place, cell in enumerate(row, start=2):
            if isinstance(cell, int | float) and not isinstance(cell, bool):
                page.write_number(line, place, cell)
            elif text := as_text(cell):
                page.write_string(line, place, text)
    book.close()
    return line


def write_template(into: IO[bytes]) -> None:
    """A workbook with all headings, to be filled."""
    book = xlsxwriter.Workbook(into, {"strings_to_formulas": False, "strings_to_urls": False})
    bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
    page = book.add_worksheet(_("Hỗ trợ đã chi"))
    for place, field in enumerate(LABELS):
        page.write_string(0, place, LABELS[field], bold)  # read back in Vietnamese only
        page.set_column(place, place, 20)
    page.freeze_panes(1, 0)
    book.close()
