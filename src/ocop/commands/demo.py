"""`ocop demo`: fill an empty installation with the demonstration province."""

import argparse
import sys
from datetime import datetime

from ocop.commands import _framework, _install
from ocop.core.actor import SYSTEM
from ocop.core.language import gettext as _
from ocop.core.language import noop as N_

SUMMARY = N_("Nạp tỉnh mẫu (Hà Nội, dữ liệu bịa) vào một hệ thống trống.")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--quiet", action="store_true", help=_("không in gì khi mọi việc ổn"))


def run(options: argparse.Namespace) -> int:
    _framework.data_folder()
    _framework.start()
    from django.utils import timezone

    if not _install.tables_are_current() or not _is_there():
        _fill(timezone.now(), quiet=options.quiet)
    if not options.quiet:
        print("\n".join(login_lines()))
    return 0


def login_lines() -> list[str]:
    """One line per role: who may sign in and how."""
    from ocop.demonstration.logins import LOGINS, PASSWORD

    head = _("Dữ liệu mẫu. Đăng nhập bằng một trong các địa chỉ sau, mật khẩu %s:") % PASSWORD
    return [head, *(f"  {login.email:<28} {login.role.label}" for login in LOGINS)]


def _is_there() -> bool:
    from ocop.demonstration import queries

    if queries.is_loaded() and not queries.is_current():
        print(
            _("Dữ liệu mẫu ở đây là bản cũ; xóa thư mục OCOP_DATA_DIR để nạp bản mới."),
            file=sys.stderr,
        )
    return queries.is_loaded()


def _fill(at: datetime, *, quiet: bool) -> None:
    from ocop.demonstration import council, draft, neighbour
    from ocop.demonstration.assessment.services import play
    from ocop.demonstration.network import bringing
    from ocop.demonstration.scanning import play_scans
    from ocop.demonstration.services import load
    from ocop.demonstration.support.playing import play_support
    from ocop.demonstration.traceability import diaries
    from ocop.demonstration.traceability.playing import play_stamps

    with _framework.Steps(_install.GROUND_STEPS + 7, quiet=quiet) as steps:
        _install.ground(steps, at)
        if steps.run(_("Nạp tỉnh mẫu"), lambda: load(actor=SYSTEM, at=at)):
            steps.run(_("Nạp phiếu chấm mẫu"), lambda: draft.bring(council.bring(at=at)))
            steps.run(_("Nạp đợt đánh giá mẫu"), lambda: play(at=at))
            steps.run(_("Nạp tem mẫu"), lambda: play_stamps(at=at))
            steps.run(_("Nạp đề nghị hỗ trợ mẫu"), lambda: play_support(at=at))
            steps.run(_("Nạp lượt quét tem mẫu"), lambda: play_scans(at=at))
            steps.run(_("Nạp mẫu thật của Lâm Đồng"), lambda: neighbour.bring(at=at))
            steps.run(_("Nạp tệp làng nghề mẫu"), lambda: bringing.bring(at=at))
            steps.run(_("Nạp nhật ký truy xuất mẫu"), lambda: diaries.bring(at=at))
            steps.run(_("Ghi nhật ký công khai"), lambda: _begin_log(at))


def _begin_log(at: datetime) -> None:
    """The log of the new province; files of one before it are of another log."""
    from ocop.recognition.log import keeping, publishing

    publishing.forget()
    keeping.keep(at=at)
