"""`ocop audit-register`: the public log held against the register, up to the first difference."""

import argparse
import json

from rich.console import Console
from rich.progress import Progress

from ocop.commands._framework import start_installed
from ocop.core.language import gettext as _
from ocop.core.language import noop as N_

SUMMARY = N_("Đối chiếu nhật ký công khai với sổ đăng ký, báo chỗ khác đầu tiên.")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.epilog = _(
        "Đối chiếu những gì một mục của nhật ký ghi: công nhận, kéo dài, thu hồi, hủy, giấy "
        "chứng nhận, bộ tiêu chí, khóa, danh sách trạng thái, dải số tem đã cấp, đã kích hoạt, "
        "đã đóng, tem hủy, mất, nghi ngờ, thu hồi lô hàng và các tệp đã công bố. Không đối "
        "chiếu: tên, địa chỉ, chủ sở hữu sản phẩm, lý do, hồ sơ, điểm, tệp đính kèm, các bước "
        "trước khi thu hồi, ngày công bố quyết định, tài khoản, người thực hiện; dữ liệu chưa "
        "công bố; và một việc được giả mạo trọn vẹn (sự kiện cùng dữ liệu), vì việc ấy thành "
        "một mục mà ai cũng thấy."
    )
    parser.add_argument("--json", action="store_true", help=_("in JSON"))


def run(options: argparse.Namespace) -> int:
    """Look at everything; 1 when log, files and register do not agree."""
    start_installed()
    from django.utils import timezone

    from ocop.recognition.log.auditing import audit

    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(_("Đối chiếu nhật ký"), total=None)
        found = audit(
            lambda done, total: progress.update(task, completed=done, total=total),
            at=timezone.now(),
        )
    difference = found.difference
    if options.json:
        told = {
            "entries": found.entries,
            "published": found.published,
            "waiting_events": found.waiting,
            "difference": difference
            and {"code": difference.code, "words": difference.words, **difference.facts},
        }
        print(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        print(
            _("%(entries)d mục, đã công bố %(published)d, %(waiting)d sự kiện chờ ghi.")
            % {
                "entries": found.entries,
                "published": found.published,
                "waiting": found.waiting,
            }
        )
        print(difference.words if difference else _("Nhật ký khớp với sổ đăng ký."))
    return 1 if difference else 0
