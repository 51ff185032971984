"""A workbook of villages that the officer has brought and not loaded yet: its errors are to be
seen."""

import io
from datetime import datetime

import xlsxwriter
from django.utils import timezone

from ocop.demonstration.logins import email_of
from ocop.network.villages.models import VillageImport
from ocop.network.villages.services import importing
from ocop.people import queries as people
from ocop.people.models import User
from ocop.people.roles import Role

_FILE = "lang-nghe-bo-sung (mẫu).xlsx"
_HEADING = (
    "STT", "Tên làng", "Nghề", "Xã, phường", "Huyện", "Danh hiệu", "Số quyết định", "Ngày ký",
    "Năm số liệu", "Tổng số hộ", "Số hộ làm nghề", "Thu nhập (đồng/năm)",
)  # fmt: skip
_ROWS = (
    ("Làng Bãi Ngoài (mẫu)", "Mây tre đan", "Xã Phú Nghĩa", "Huyện Chương Mỹ", "", "", "", 2025,
     310, 120, 72_000_000),
    ("Làng Cầu Mới (mẫu)", "Thêu ren", "Xã Vân Từ", "Huyện Phú Xuyên", "Làng nghề",
     "6120/QĐ-UBND", "18/12/2025", 2025, 260, 95, 68_000_000),
    ("Làng Đồng Cao (mẫu)", "Mộc dân dụng", "Xã Không Rõ", "", "", "", "", 2025, 400, 90, ""),
    ("Làng Gò Trên (mẫu)", "Giò chả", "Xã Tân Ước", "Huyện Thanh Oai", "", "", "", 2025, 200, 240,
     80_000_000),
    ("", "Sơn mài", "Xã Duyên Thái", "Huyện Thường Tín", "", "", "", 2025, 150, 60, 75_000_000),
    ("Làng Hạ Đình (mẫu)", "Sơn mài", "Xã Duyên Thái", "Huyện Thường Tín", "Làng cổ", "", "", 2025,
     520, 300, 85),
)  # fmt: skip


def bring(*, at: datetime) -> VillageImport:
    """Let the demonstration's officer bring the workbook."""
    officer = User.objects.get(email=email_of(Role.PROVINCIAL_OFFICER))
    actor = people.actor_for(officer, on=timezone.localdate(at))
    return importing.bring_villages(actor=actor, content=_workbook(), filename=_FILE, at=at)


def _workbook() -> bytes:
    into = io.BytesIO()
    book = xlsxwriter.Workbook(into)
    page = book.add_worksheet("Làng nghề")
    page.write_row(0, 0, ["DANH SÁCH LÀNG NGHỀ BỔ SUNG (MẪU)"])
    page.write_row(1, 0, _HEADING)
    for number, row in enumerate(_ROWS, start=1):
        page.write_row(number + 1, 0, (number, *row))
    book.close()
    return into.getvalue()
