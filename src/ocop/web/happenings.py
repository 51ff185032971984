"""What the events are called on activity tabs and in the audit."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ocop.core.actor import ActorKind
from ocop.core.models import Event
from ocop.people.models import User
from ocop.web import edits
from ocop.web.happenings_around import AROUND

#: Every event that any room records; a test compares this list with the sources.
WORDS = AROUND | {
    "traceability.capture_received": gettext_lazy("Nhận tài liệu sự kiện EPCIS"),
    "traceability.event_declared_wrong": gettext_lazy("Báo sự kiện truy xuất ghi sai"),
    "traceability.events_captured": gettext_lazy("Ghi sự kiện truy xuất"),
    "traceability.lot_inspected": gettext_lazy("Kiểm tra lô"),
    "traceability.lot_recalled": gettext_lazy("Thu hồi lô"),
    "traceability.recall_lifted": gettext_lazy("Gỡ thu hồi lô"),
    "traceability.step_noted": gettext_lazy("Ghi nhật ký truy xuất"),
    "core.option_set": gettext_lazy("Đổi thiết lập"),
    "core.frame_kept": gettext_lazy("Nạp mẫu văn bản của cơ quan"),
    "core.frame_dropped": gettext_lazy("Trở về mẫu văn bản của hệ thống"),
    "councils.agenda_extended": gettext_lazy("Thêm vào chương trình họp"),
    "councils.agenda_set": gettext_lazy("Đặt chương trình họp"),
    "councils.all_started": gettext_lazy("Bắt đầu chấm cả phiên"),
    "councils.attendance_noted": gettext_lazy("Điểm danh thành viên hội đồng"),
    "councils.case_opened": gettext_lazy("Đưa ra hội đồng"),
    "councils.conflict_declared": gettext_lazy("Thành viên khai xung đột lợi ích"),
    "councils.conflicts_found": gettext_lazy("Rà soát xung đột lợi ích"),
    "councils.council_constituted": gettext_lazy("Thành lập hội đồng"),
    "councils.council_dissolved": gettext_lazy("Giải thể hội đồng"),
    "councils.discussion_noted": gettext_lazy("Ghi nội dung thảo luận"),
    "councils.gates_answered": gettext_lazy("Trả lời điều kiện của bộ tiêu chí"),
    "councils.item_concluded": gettext_lazy("Hội đồng kết luận"),
    "councils.item_moved": gettext_lazy("Đổi thứ tự trong chương trình họp"),
    "councils.item_taken_off": gettext_lazy("Đưa ra khỏi chương trình họp"),
    "councils.level_agreed": gettext_lazy("Thống nhất mức của tiêu chí"),
    "councils.marks_saved": gettext_lazy("Lưu phiếu chấm"),
    "councils.meeting_called": gettext_lazy("Chuyển từ lấy ý kiến sang họp"),
    "councils.minutes_recorded": gettext_lazy("Ghi biên bản của phiên đã kết thúc"),
    "councils.obstacle_settled": gettext_lazy("Xem xét xung đột lợi ích"),
    "councils.paper_sheet_confirmed": gettext_lazy("Xác nhận phiếu giấy"),
    "councils.paper_sheet_entered": gettext_lazy("Nhập phiếu giấy"),
    "councils.rescoring_asked": gettext_lazy("Yêu cầu chấm lại"),
    "councils.scoring_started": gettext_lazy("Bắt đầu chấm"),
    "councils.seat_added": gettext_lazy("Bổ sung thành viên hội đồng"),
    "councils.seat_ended": gettext_lazy("Kết thúc nhiệm vụ thành viên hội đồng"),
    "councils.sheet_reopened": gettext_lazy("Mở lại phiếu chấm"),
    "councils.sheet_submitted": gettext_lazy("Nộp phiếu chấm"),
    "councils.sitting_cancelled": gettext_lazy("Hủy phiên họp"),
    "councils.sitting_closed": gettext_lazy("Kết thúc phiên họp"),
    "councils.sitting_moved": gettext_lazy("Đổi lịch họp"),
    "councils.sitting_opened": gettext_lazy("Mở phiên họp"),
    "councils.sitting_planned": gettext_lazy("Lên lịch phiên họp"),
    "councils.workbook_stored": gettext_lazy("Nạp sổ chấm hội đồng"),
    "criteria.decree_loaded": gettext_lazy("Nạp bộ tiêu chí của quyết định"),
    "criteria.set_drafted": gettext_lazy("Nạp bản nháp bộ tiêu chí"),
    "criteria.draft_discarded": gettext_lazy("Bỏ bản nháp bộ tiêu chí"),
    "criteria.set_published": gettext_lazy("Công bố phiên bản bộ tiêu chí"),
    "criteria.set_signed_off": gettext_lazy("Xác nhận đã đối chiếu bộ tiêu chí"),
    "criteria.wording_loaded": gettext_lazy("Nạp lời văn chính thức"),
    "criteria.set_reopened": gettext_lazy("Nạp lời văn chính thức khác, cần đối chiếu lại"),
    "demonstration.loaded": gettext_lazy("Nạp dữ liệu mẫu"),
    # Scans of stamps.
    "traceability.signal_closed": gettext_lazy("Kết luận nghi vấn từ lượt quét"),
    "traceability.signal_noted": gettext_lazy("Ghi chú nghi vấn"),
    "traceability.signal_raised": gettext_lazy("Hệ thống báo nghi vấn từ lượt quét"),
    "traceability.signal_reopened": gettext_lazy("Xem xét lại nghi vấn"),
    "traceability.signal_taken": gettext_lazy("Nhận xem xét nghi vấn"),
    "traceability.stamp_suspected": gettext_lazy("Ghi tem nghi ngờ"),
    # Support.
    "dossiers.paper_asked": gettext_lazy("Yêu cầu tạo văn bản"),
    "dossiers.paper_begun_again": gettext_lazy("Tạo lại văn bản bị ngắt"),
    "dossiers.paper_failed": gettext_lazy("Không tạo được văn bản"),
    "dossiers.paper_made": gettext_lazy("Tạo xong văn bản"),
    "dossiers.papers_forgotten": gettext_lazy("Xóa văn bản đã tạo lâu"),
    # Dossiers, the producer's side.
    "dossiers.answers_saved": gettext_lazy("Ghi hồ sơ"),
    "dossiers.begun": gettext_lazy("Mở hồ sơ"),
    "dossiers.change_answered": gettext_lazy("Trả lời đề nghị thay đổi hồ sơ"),
    "dossiers.change_asked": gettext_lazy("Đề nghị thay đổi hồ sơ đã nộp"),
    "dossiers.evidence_added": gettext_lazy("Thêm minh chứng"),
    "dossiers.evidence_changed": gettext_lazy("Sửa thông tin minh chứng"),
    "dossiers.evidence_replaced": gettext_lazy("Thay minh chứng bằng bản mới"),
    "dossiers.evidence_unused": gettext_lazy("Gỡ minh chứng khỏi tiêu chí"),
    "dossiers.evidence_used": gettext_lazy("Gắn minh chứng với tiêu chí"),
    "dossiers.evidence_withdrawn": gettext_lazy("Rút minh chứng"),
    "dossiers.submitted": gettext_lazy("Nộp hồ sơ"),
    "dossiers.supplement_answered": gettext_lazy("Trả lời yêu cầu bổ sung"),
    "dossiers.withdrawn": gettext_lazy("Rút hồ sơ"),
    "dossiers.list_registered": gettext_lazy("Đăng ký danh sách sản phẩm"),
    "dossiers.product_registered": gettext_lazy("Đăng ký sản phẩm đánh giá"),
    "dossiers.registration_withdrawn": gettext_lazy("Rút đăng ký"),
    # The office side of dossiers.
    "dossiers.advisers_assigned": gettext_lazy("Phân công tổ tư vấn"),
    "dossiers.agenda_filled": gettext_lazy("Đưa vào chương trình họp hội đồng"),
    "dossiers.assignment_ended": gettext_lazy("Thôi phân công"),
    "dossiers.central_result_recorded": gettext_lazy("Ghi kết quả của Bộ"),
    "dossiers.conclusion_noted": gettext_lazy("Hội đồng kết luận"),
    "dossiers.deadline_passed": gettext_lazy("Quá hạn, đã báo lãnh đạo"),
    "dossiers.decision_released": gettext_lazy("Trả hồ sơ về chờ quyết định"),
    "dossiers.decision_awaited": gettext_lazy("Ghi quyết định về hồ sơ, chờ công bố"),
    "dossiers.reopened": gettext_lazy("Hồ sơ chờ quyết định lại"),
    "dossiers.decided": gettext_lazy("Ghi quyết định về hồ sơ"),
    "dossiers.dossier_forwarded": gettext_lazy("Cấp xã chuyển hồ sơ lên tỉnh"),
    "dossiers.dossier_received": gettext_lazy("Tiếp nhận hồ sơ"),
    "dossiers.dossier_returned": gettext_lazy("Trả lại hồ sơ"),
    "dossiers.taken_back_unexamined": gettext_lazy("Bộ trả hồ sơ, chưa đánh giá"),
    "dossiers.evaluated_again": gettext_lazy("Đánh giá lại tại tỉnh"),
    "dossiers.finding_noted": gettext_lazy("Tổ tư vấn ghi nhận định"),
    "dossiers.potential_added": gettext_lazy("Thêm sản phẩm tiềm năng"),
    "dossiers.potential_changed": gettext_lazy("Sửa sản phẩm tiềm năng"),
    "dossiers.potential_ended": gettext_lazy("Đưa ra khỏi danh sách tiềm năng"),
    "dossiers.proposed": gettext_lazy("Tổ tư vấn báo cáo, đề nghị"),
    "dossiers.refusal_taken_back": gettext_lazy("Rút lại việc không công nhận"),
    "dossiers.refused": gettext_lazy("Không công nhận"),
    "dossiers.report_saved": gettext_lazy("Ghi Mẫu số 03"),
    "dossiers.round_added": gettext_lazy("Thêm đợt bổ sung"),
    "dossiers.round_changed": gettext_lazy("Sửa đợt đánh giá"),
    "dossiers.round_closed": gettext_lazy("Kết thúc đợt đánh giá"),
    "dossiers.round_withdrawn": gettext_lazy("Hủy đợt đánh giá"),
    "dossiers.sample_recorded": gettext_lazy("Nhận mẫu sản phẩm"),
    "dossiers.sent_to_ministry": gettext_lazy("Trình Bộ"),
    "dossiers.specialities_set": gettext_lazy("Ghi chuyên môn tổ tư vấn"),
    "dossiers.supplement_asked": gettext_lazy("Yêu cầu bổ sung"),
    "dossiers.taken_off_noted": gettext_lazy("Đưa ra khỏi chương trình họp"),
    "dossiers.test_ordered": gettext_lazy("Gửi kiểm nghiệm"),
    "dossiers.test_result_recorded": gettext_lazy("Ghi kết quả kiểm nghiệm"),
    "dossiers.visit_photo_added": gettext_lazy("Thêm ảnh thẩm tra"),
    "dossiers.visit_recorded": gettext_lazy("Thẩm tra tại cơ sở"),
    "dossiers.year_planned": gettext_lazy("Lập kế hoạch năm"),
    "people.account_changed": gettext_lazy("Sửa tài khoản"),
    "people.account_closed": gettext_lazy("Khóa tài khoản"),
    "people.account_created": gettext_lazy("Lập tài khoản"),
    "people.account_reopened": gettext_lazy("Mở lại tài khoản"),
    "people.first_administrator_created": gettext_lazy("Lập người quản trị đầu tiên"),
    "people.language_chosen": gettext_lazy("Chọn ngôn ngữ"),
    "people.messages_chosen": gettext_lazy("Chọn cách nhận thông báo"),
    "people.messages_read": gettext_lazy("Đọc thông báo"),
    "people.role_ended": gettext_lazy("Kết thúc vai trò"),
    "people.role_granted": gettext_lazy("Giao vai trò"),
    "people.token_issued": gettext_lazy("Cấp khóa API"),
    "people.token_revoked": gettext_lazy("Hủy khóa API"),
    "places.changes_loaded": gettext_lazy("Nạp thay đổi đơn vị hành chính"),
    "places.units_loaded": gettext_lazy("Nạp đơn vị hành chính"),
    "producers.member_added": gettext_lazy("Gắn tài khoản với chủ thể"),
    "producers.membership_ended": gettext_lazy("Gỡ tài khoản khỏi chủ thể"),
    "producers.producer_changed": gettext_lazy("Sửa chủ thể"),
    "producers.producer_created": gettext_lazy("Thêm chủ thể"),
    "producers.producer_resumed": gettext_lazy("Chủ thể hoạt động lại"),
    "producers.producer_stopped": gettext_lazy("Chủ thể ngừng hoạt động"),
    "products.image_added": gettext_lazy("Thêm ảnh"),
    "products.product_changed": gettext_lazy("Sửa sản phẩm"),
    "products.product_created": gettext_lazy("Thêm sản phẩm"),
    "products.product_listed": gettext_lazy("Công khai sản phẩm"),
    "products.product_resumed": gettext_lazy("Sản xuất lại"),
    "products.product_stopped": gettext_lazy("Ngừng sản xuất"),
    "products.product_unlisted": gettext_lazy("Thôi công khai sản phẩm"),
    "programme.campaign_changed": gettext_lazy("Sửa nội dung chiến dịch nhắc"),
    "programme.campaign_closed": gettext_lazy("Kết thúc chiến dịch nhắc"),
    "programme.campaign_created": gettext_lazy("Lập chiến dịch nhắc đánh giá lại"),
    "programme.campaign_extended": gettext_lazy("Thêm sản phẩm vào chiến dịch nhắc"),
    "programme.campaign_reminded": gettext_lazy("Nhắc lại xã và chủ thể trong chiến dịch"),
    "programme.campaign_sent": gettext_lazy("Gửi chiến dịch nhắc đến xã và chủ thể"),
    "programme.figure_reported": gettext_lazy("Ghi số liệu báo cáo"),
    "programme.task_answered": gettext_lazy("Trả lời việc được giao"),
    "programme.task_cancelled": gettext_lazy("Hủy việc đã giao"),
    "programme.task_given": gettext_lazy("Giao việc cho các đơn vị"),
    "programme.units_reminded": gettext_lazy("Nhắc các đơn vị trả lời"),
    "programme.target_set": gettext_lazy("Đặt mục tiêu"),
    # After the star is given.
    "recognition.appeal_recorded": gettext_lazy("Ghi khiếu nại quyết định thu hồi"),
    "recognition.appeal_settled": gettext_lazy("Ghi kết quả khiếu nại"),
    "recognition.case_lapsed": gettext_lazy("Kết thúc vụ việc vì kết quả bị hủy"),
    "recognition.case_closed": gettext_lazy("Kết thúc vụ việc, không thu hồi"),
    "recognition.case_heard": gettext_lazy("Nghe chủ thể giải trình"),
    "recognition.case_opened": gettext_lazy("Mở vụ việc thu hồi"),
    "recognition.case_stated": gettext_lazy("Chủ thể gửi giải trình"),
    "recognition.complaint_answered": gettext_lazy("Trả lời phản ánh"),
    "recognition.complaint_dismissed": gettext_lazy("Không xử lý phản ánh, nêu lý do"),
    "recognition.complaint_received": gettext_lazy("Nhận phản ánh"),
    "recognition.complaint_tied": gettext_lazy("Gắn phản ánh với lần kiểm tra"),
    "recognition.correction_ended": gettext_lazy("Ghi kết quả khắc phục"),
    "recognition.notice_published": gettext_lazy("Công bố thông báo thu hồi"),
    "recognition.postcheck_cancelled": gettext_lazy("Hủy lần kiểm tra"),
    "recognition.postcheck_changed": gettext_lazy("Đổi ngày, người kiểm tra"),
    "recognition.postcheck_concluded": gettext_lazy("Kết luận kiểm tra"),
    "recognition.postcheck_lapsed": gettext_lazy("Kết thúc kiểm tra vì hạng sao không còn"),
    "recognition.postcheck_photo_added": gettext_lazy("Thêm ảnh kiểm tra"),
    "recognition.postcheck_plan_added": gettext_lazy("Lập kế hoạch hậu kiểm"),
    "recognition.postcheck_recorded": gettext_lazy("Ghi biên bản kiểm tra"),
    "recognition.postchecks_planned": gettext_lazy("Giao kiểm tra sau công nhận"),
    "recognition.revocation_proposed": gettext_lazy("Đề nghị thu hồi hạng sao"),
    "recognition.annulled": gettext_lazy("Hủy kết quả"),
    "recognition.record_corrected": gettext_lazy("Đính chính bản ghi nhầm"),
    "recognition.certificates_issued": gettext_lazy("Cấp số giấy chứng nhận"),
    "recognition.decision_attached": gettext_lazy("Gửi tệp quyết định đã ký"),
    "recognition.decision_completed": gettext_lazy("Ghi thêm sản phẩm của quyết định"),
    "recognition.decision_file_shown": gettext_lazy("Đổi việc công khai tệp quyết định đã ký"),
    "recognition.decision_published": gettext_lazy("Công bố quyết định công nhận"),
    "recognition.decision_recorded": gettext_lazy("Ghi quyết định công nhận"),
    "recognition.decision_withdrawn": gettext_lazy("Rút quyết định chưa công bố"),
    "recognition.evidence_lifted": gettext_lazy("Ghi quyết định đã ký làm bằng chứng"),
    "recognition.extension_confirmed": gettext_lazy("Xác nhận kéo dài"),
    "recognition.import_columns_told": gettext_lazy("Chọn cột cho tệp nhập"),
    "recognition.issuer_key_announced": gettext_lazy("Công bố khóa ký của hệ thống"),
    "recognition.import_loaded": gettext_lazy("Nạp sổ đăng ký từ tệp"),
    "recognition.import_published": gettext_lazy("Công bố lần nhập"),
    "recognition.import_read": gettext_lazy("Đọc tệp nhập"),
    "recognition.import_received": gettext_lazy("Nhận tệp nhập"),
    "recognition.import_undone": gettext_lazy("Hoàn tác lần nhập"),
    "recognition.products_joined": gettext_lazy("Đưa vào Chương trình OCOP vì được công nhận"),
    "recognition.status_list_changed": gettext_lazy("Đổi danh sách trạng thái của chứng chỉ"),
    "recognition.restored": gettext_lazy("Khôi phục hạng sao"),
    "recognition.revocation_withdrawn": gettext_lazy("Đính chính việc ghi thu hồi"),
    "recognition.restoration_withdrawn": gettext_lazy("Đính chính việc ghi khôi phục"),
    "recognition.revoked": gettext_lazy("Thu hồi hạng sao"),
    "traceability.foreign_code_added": gettext_lazy("Ghi mã ở hệ thống khác"),
    "traceability.foreign_code_removed": gettext_lazy("Bỏ mã ở hệ thống khác"),
    "traceability.hidden_code_checked": gettext_lazy("Nhập mã dưới lớp phủ của tem"),
    "traceability.item_changed": gettext_lazy("Sửa quy cách sản phẩm"),
    "traceability.item_created": gettext_lazy("Thêm quy cách sản phẩm"),
    "traceability.item_stopped": gettext_lazy("Ghi quy cách ngừng bán"),
    "traceability.lot_changed": gettext_lazy("Sửa lô hàng"),
    "traceability.lot_opened": gettext_lazy("Mở lô hàng"),
    "traceability.site_changed": gettext_lazy("Sửa địa điểm"),
    "traceability.site_closed": gettext_lazy("Ghi địa điểm không còn dùng"),
    "traceability.site_opened": gettext_lazy("Thêm địa điểm"),
    # Craft villages.
    "traceability.activation_undone": gettext_lazy("Hủy kích hoạt tem"),
    "traceability.allowance_set": gettext_lazy("Đặt hạn mức tem"),
    "traceability.exception_lifted": gettext_lazy("Gỡ điều đã ghi về tem"),
    "traceability.order_approved": gettext_lazy("Duyệt đơn đặt tem, cấp số"),
    "traceability.order_refused": gettext_lazy("Không duyệt đơn đặt tem"),
    "traceability.order_withdrawn": gettext_lazy("Rút đơn đặt tem"),
    "traceability.password_told": gettext_lazy("Xem mật khẩu tệp mã ẩn"),
    "traceability.print_asked": gettext_lazy("Yêu cầu tệp in tem"),
    "traceability.print_begun_again": gettext_lazy("Tạo lại tệp in tem bị ngắt"),
    "traceability.print_failed": gettext_lazy("Không tạo được tệp in tem"),
    "traceability.print_made": gettext_lazy("Tạo xong tệp in tem"),
    "traceability.printing_confirmed": gettext_lazy("Xác nhận in tem, đối chiếu"),
    "traceability.prints_forgotten": gettext_lazy("Xóa tệp in tem hết hạn giữ"),
    "traceability.stamp_key_rotated": gettext_lazy("Thay khóa tem"),
    "traceability.lots_drawn_along": gettext_lazy("Thu hồi theo lô đã bị thu hồi"),
    "traceability.stamps_activated": gettext_lazy("Kích hoạt tem cho lô hàng"),
    "traceability.stamps_closed": gettext_lazy("Đóng dải tem"),
    "traceability.stamps_delivered": gettext_lazy("Giao tem"),
    "traceability.stamps_excepted": gettext_lazy("Báo tem hủy, mất, thu hồi hoặc nghi ngờ"),
    "traceability.stamps_ordered": gettext_lazy("Đặt tem"),
}


@dataclass(frozen=True, slots=True)
class Happening:
    """An event in words: what, by whom, when and why; `fields` says what of the row was changed."""

    words: str
    who: str
    at: datetime
    reason: str
    fields: tuple[str, ...] = ()
    saved: int = 0  # pages of a dossier that it stands for


def told(events: Iterable[Event]) -> list[Happening]:
    """Events in words, with one query for the names of who acted."""
    found = list(events)
    ids = {e.actor_id for e in found if e.actor_id is not None}
    names = dict(User.objects.filter(pk__in=ids).values_list("pk", "name"))
    edited = edits.told([e for e in found if e.name in edits.NAMES])
    return [
        Happening(
            str(WORDS.get(e.name, e.name)), _who(e, names), e.at, e.reason, edited.get(e.pk, ())
        )
        for e in found
    ]


def told_briefly(events: Iterable[Event]) -> list[Happening]:
    """The same with the pages of a dossier that one person saved after each other as one line: they
    would bury its steps."""
    found = list(events)
    lines: list[Happening] = []
    for event, line in zip(found, told(found), strict=True):
        lines.append(line if event.name != _SAVED else replace(line, saved=1))
        if len(lines) > 1 and _same_stretch(lines[-2], lines[-1]):
            last = lines.pop()
            lines[-1] = replace(lines[-1], saved=lines[-1].saved + last.saved)
    return [
        replace(line, words=_("%(words)s (%(count)d lần)") % _counted(line))
        if line.saved > 1
        else line
        for line in lines
    ]


_SAVED = "dossiers.answers_saved"


def _same_stretch(one: Happening, other: Happening) -> bool:
    both = one.saved and other.saved and one.who == other.who
    return bool(both) and localdate(one.at) == localdate(other.at)


def _counted(line: Happening) -> dict[str, object]:
    return {"words": line.words, "count": line.saved}


def _who(event: Event, names: dict[int, str]) -> str:
    if event.actor_kind == ActorKind.SYSTEM:
        return _("Hệ thống")
    name = names.get(event.actor_id or 0, _("Tài khoản đã xóa"))
    return _("%s (Văn phòng làm thay)") % name if event.change.get("behalf") else name
