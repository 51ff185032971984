"""`ocop init`: an empty installation for real work."""

import argparse
import getpass
import os
import secrets
import sys
from datetime import datetime
from pathlib import Path

from ocop.commands import _framework, _install
from ocop.core.language import gettext as _
from ocop.core.language import noop as N_
from ocop.core.refusals import Refused

SUMMARY = N_("Tạo hệ thống trống cho công việc thật của một tỉnh, thành phố.")
_PASSWORD = "OCOP_ADMIN_PASSWORD"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--province", required=True, help=_("mã tỉnh, thành phố, ví dụ 01"))
    parser.add_argument("--admin-email", help=_("địa chỉ thư của người quản trị đầu tiên"))
    parser.add_argument(
        "--password-file",
        type=Path,
        help=_("tệp có mật khẩu ở dòng đầu; nếu không có: biến %s, hoặc hỏi") % _PASSWORD,
    )
    parser.add_argument("--quiet", action="store_true", help=_("không in các bước"))


def run(options: argparse.Namespace) -> int:
    name = _province_name(options.province)
    _framework.data_folder()
    _framework.start()
    from django.utils import timezone

    _check_administrator(options)
    at = timezone.now()
    with _framework.Steps(_install.GROUND_STEPS, quiet=options.quiet) as steps:
        _install.ground(steps, at)
    _set_province(options.province, at)
    _administrator(options, at)
    print(_("Hệ thống của %s đã sẵn sàng.") % name)
    print(_("Chạy `ocop serve` để mở hệ thống."))
    return 0


def _province_name(code: str) -> str:
    """The name of a province of today. Refused, with the codes there are: any other code."""
    from ocop.places import gazetteer

    entries = gazetteer.load().entries
    names = {e.code: e.name for e in entries if e.level == "province" and e.valid_to is None}
    if code not in names:
        known = ", ".join(f"{code} {name}" for code, name in sorted(names.items()))
        raise Refused(
            "unknown_province",
            _("Không có tỉnh, thành phố mang mã “%(code)s”. Các mã: %(known)s.")
            % {"code": code, "known": known},
        )
    return names[code]


def _set_province(code: str, at: datetime) -> None:
    from ocop.core import options as core
    from ocop.core.actor import SYSTEM

    if core.DEMONSTRATION.get():
        raise Refused(
            "demonstration_here",
            _("Thư mục này chứa dữ liệu mẫu. Hãy chọn thư mục khác qua biến OCOP_DATA_DIR."),
        )
    there = core.PROVINCE.get()
    if there and there != code:
        raise Refused(
            "province_set",
            _("Hệ thống này đã thuộc tỉnh, thành phố mang mã %s. Hãy chọn OCOP_DATA_DIR khác.")
            % there,
        )
    if not there:
        core.set_option(actor=SYSTEM, option=core.PROVINCE, value=code, at=at)


def _check_administrator(options: argparse.Namespace) -> None:
    """Tell what is wrong with an address or a password before the long part begins."""
    if not options.admin_email or _install.tables_are_current():
        return
    from ocop.people import credentials
    from ocop.people.models import User

    email = credentials.address_of(options.admin_email)
    if password := _given_password(options.password_file):
        credentials.check_password(password, User(name=_("Người quản trị"), email=email))


def _administrator(options: argparse.Namespace, at: datetime) -> None:
    """Make the first administrator, unless there is one or nobody was named."""
    from ocop.core.actor import SYSTEM
    from ocop.people.models import Membership
    from ocop.people.roles import Role
    from ocop.people.services import create_first_administrator

    if Membership.objects.filter(role=Role.ADMINISTRATOR).exists():
        print(_("Đã có người quản trị; không tạo thêm."))
        return
    email = options.admin_email or _ask(_("Địa chỉ thư của người quản trị (Enter để bỏ qua): "))
    if not email:
        print(
            _("Chưa có người quản trị. Chạy lại: ocop init --province %s --admin-email ĐỊA-CHỈ")
            % options.province
        )
        return
    password, made_here = _password(options.password_file)
    create_first_administrator(
        actor=SYSTEM, name=_("Người quản trị"), email=email, password=password, at=at
    )
    print(_("Người quản trị: %s") % email)
    if made_here:
        print(_("Mật khẩu (chỉ in một lần, hãy đổi sau khi đăng nhập): %s") % password)


def _ask(question: str) -> str:
    return input(question).strip() if sys.stdin.isatty() else ""


def _given_password(file: Path | None) -> str:
    """The password of a file, else of the environment; empty where neither is told."""
    if file is None:
        return os.environ.get(_PASSWORD, "")
    try:
        return file.read_text().splitlines()[0].strip()
    except (OSError, IndexError, UnicodeDecodeError) as error:
        raise Refused(
            "password_file", _("Không đọc được mật khẩu ở dòng đầu của tệp %s.") % file
        ) from error


def _password(file: Path | None) -> tuple[str, bool]:
    """The password and whether it was made here, so that it must be shown."""
    if file is not None or os.environ.get(_PASSWORD):
        return _given_password(file), False
    if sys.stdin.isatty():
        password = getpass.getpass(_("Mật khẩu: "))
        if password != getpass.getpass(_("Nhập lại mật khẩu: ")):
            raise Refused("password_differs", _("Hai lần nhập mật khẩu không giống nhau."))
        return password, False
    return secrets.token_urlsafe(12), True
