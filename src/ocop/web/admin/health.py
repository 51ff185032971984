"""Whether the installation is well: each check says what it found and what to do."""

import shutil
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks_db.models import DBTaskResult

from ocop.core import keys, numbers, options
from ocop.core.refusals import Refused
from ocop.criteria.models import CriteriaSetVersion, Subject
from ocop.places.models import Unit
from ocop.recognition import labels
from ocop.recognition.log import chains, draining, keeping
from ocop.traceability import stamp_keys

LEAST_FREE = 2_000_000_000  # bytes
STUCK_AFTER = timedelta(minutes=30)
CHECKED_WITHIN = timedelta(days=2)  # the public log is looked at each night


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: its name, whether it is well, and a sentence."""

    name: str
    well: bool
    words: str
    key: str = ""  # by which other pages lead to it


def checks() -> list[Check]:
    """All checks, those that need somebody first."""
    found = [
        _database(),
        _migrations(),
        _disk(),
        _units(),
        _criteria(),
        _tasks(),
        _log(),
        _keys(),
        _label_key(),
        _stamp_keys(),
        mail(),
        https(),
    ]
    return sorted(found, key=lambda check: check.well)


def _database() -> Check:
    words = {
        "sqlite": _("SQLite, một tệp trong thư mục dữ liệu. Đủ cho một văn phòng."),
        "postgresql": _("PostgreSQL."),
    }
    return Check(_("Cơ sở dữ liệu"), True, words[connection.vendor])


def _migrations() -> Check:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        return Check(_("Cấu trúc dữ liệu"), False, _("Chưa cập nhật. Hãy chạy lệnh: ocop init."))
    return Check(_("Cấu trúc dữ liệu"), True, _("Đúng với phiên bản đang chạy."))


def _disk() -> Check:
    free = shutil.disk_usage(settings.DATA_DIR).free
    words = _("Còn trống %s GB.") % numbers.write_number(free // 10**9)
    if free < LEAST_FREE:
        words += " " + _("Hãy dọn bớt hoặc thêm đĩa trước khi nhận tệp mới.")
    return Check(_("Đĩa chứa dữ liệu"), free >= LEAST_FREE, words)


def _units() -> Check:
    count = Unit.objects.filter(valid_to=None).count()
    if not count:
        words = _("Chưa nạp. Hãy chạy lệnh: ocop init --province MÃ.")
        return Check(_("Đơn vị hành chính"), False, words)
    words = _("%s đơn vị đang có hiệu lực.") % numbers.write_number(count)
    return Check(_("Đơn vị hành chính"), True, words)


def _criteria() -> Check:
    published = CriteriaSetVersion.objects.filter(legal_version__subject=Subject.PRODUCT).exclude(
        published_at=None
    )
    waiting = published.filter(signed_off_at=None).count()
    if not published.exists():
        return Check(_("Bộ tiêu chí"), False, _("Chưa nạp. Hãy chạy lệnh: ocop init."))
    if waiting:
        words = _("%d bộ chưa đối chiếu với văn bản ký. Hãy đối chiếu và xác nhận từng bộ.")
        return Check(_("Bộ tiêu chí"), False, words % waiting)
    return Check(_("Bộ tiêu chí"), True, _("Tất cả đã đối chiếu với văn bản ký."))


def _tasks() -> Check:
    late = DBTaskResult.objects.ready().filter(enqueued_at__lt=timezone.now() - STUCK_AFTER)
    if count := late.count():
        words = _("%d việc chờ quá 30 phút. Hãy kiểm tra tiến trình chạy nền (ocop serve).")
        return Check(_("Việc chạy nền"), False, words % count)
    return Check(_("Việc chạy nền"), True, _("Không có việc nào bị kẹt."))


def _log() -> Check:
    name = _("Nhật ký công khai")
    head, now = draining.head(), timezone.now()
    if words := keeping.told(head.trouble) or keeping.told(head.finding):
        return Check(name, False, words)
    if found := keeping.of_events(at=now):
        return Check(name, False, found.words)
    words = _("%s mục.") % numbers.write_number(head.size)
    if head.checked_at:
        day = numbers.write_date(timezone.localdate(head.checked_at))
        words += " " + _("Đối chiếu ngày %s, khớp với sổ đăng ký.") % day
        if head.checked_at < now - CHECKED_WITHIN:
            words += " " + _("Từ đó chưa đối chiếu lại. Hãy kiểm tra tiến trình chạy nền.")
            return Check(name, False, words)
    return Check(name, True, words)


def _keys() -> Check:
    """Whether the files hold the keys that the log told of."""
    found = keeping.of_keys()
    words = found.words if found else _("Đủ các khóa mà nhật ký đã công bố.")
    return Check(_("Tệp khóa ký"), found is None, words)


def _label_key() -> Check:
    """What the office reads out to somebody whose phone shows another key."""
    found = chains.public_keys(labels.PURPOSE)
    if not found:
        return Check(_("Khóa ký nhãn"), True, _("Chưa có nhãn nào được ký."))
    told = {
        "key": keys.fingerprint(found[-1].public),
        "day": numbers.write_date(found[-1].since),
    }
    words = _("%(key)s, dùng từ ngày %(day)s. Điện thoại kiểm tra nhãn hiện cùng dãy này.")
    return Check(_("Khóa ký nhãn"), True, words % told)


def _stamp_keys() -> Check:
    """Without the secrets of stamps none is printed, and none on a pack is recognised."""
    name = _("Khóa tem")
    try:
        found = stamp_keys.serial_keys()
    except Refused as refused:
        return Check(name, False, refused.message)
    if not found:
        return Check(name, True, _("Chưa cần: khóa được tạo khi duyệt đơn đặt tem đầu tiên."))
    words = _("%d khóa, đúng với dữ liệu. Hãy sao lưu riêng tệp khóa.")
    return Check(name, True, words % len(found))


def mail() -> Check:
    """Whether letters reach anybody."""
    if settings.EMAIL_BACKEND.endswith("console.EmailBackend"):
        words = _("Thư chỉ in ra màn hình máy chủ. Hãy đặt OCOP_EMAIL_HOST để gửi thật.")
        return Check(_("Thư điện tử"), False, words, "thu")
    return Check(_("Thư điện tử"), True, settings.DEFAULT_FROM_EMAIL, "thu")


def https() -> Check:
    """Whether what is typed travels unread."""
    if settings.HTTPS or options.DEMONSTRATION.get():
        words = _("Bật.") if settings.HTTPS else _("Không bắt buộc với dữ liệu mẫu.")
        return Check("HTTPS", True, words, "https")
    words = _("Chưa bật. Hãy đặt sau máy chủ có chứng chỉ và đặt OCOP_HTTPS=true.")
    return Check("HTTPS", False, words, "https")
