"""`ocop rotate-key`: a new key of this installation; the one before vouches for it."""

import argparse
import sys
from datetime import datetime
from typing import TYPE_CHECKING

from ocop.commands._framework import start_installed
from ocop.core.language import gettext as _
from ocop.core.language import noop as N_
from ocop.core.refusals import Refused

if TYPE_CHECKING:
    from ocop.traceability.models import StampKey

SUMMARY = N_("Thay khóa ký của hệ thống; khóa cũ vẫn kiểm được chữ ký cũ.")
STAMPS = "stamps"  # no key that signs: a secret of serials and of hidden codes


def add_arguments(parser: argparse.ArgumentParser) -> None:
    from ocop.core.keys import CREDENTIAL, REGISTER
    from ocop.recognition.labels import PURPOSE as LABEL

    purposes = [REGISTER, LABEL, CREDENTIAL, STAMPS]
    parser.add_argument("purpose", choices=purposes, help=_("khóa dùng vào việc gì"))
    parser.add_argument(
        "--lost",
        action="store_true",
        help=_("công bố khóa cũ đã mất và dùng khóa mới; chỉ khi không còn bản sao lưu nào"),
    )
    parser.add_argument("--yes", action="store_true", help=_("thay ngay, không hỏi lại"))


def run(options: argparse.Namespace) -> int:
    """Say what changes, ask, change the key, and let the public log say so; 1 when not wished."""
    start_installed()
    from django.utils import timezone

    from ocop.core import keys
    from ocop.recognition.log import chains, keeping

    at = timezone.now()
    if options.purpose == STAMPS:
        if options.lost:
            raise Refused(
                "stamp_key_lost",
                _("Bí mật của tem không công bố mất được. Hãy lấy lại tệp từ bản sao lưu."),
            )
        return _rotate_stamps(options, at)
    if options.lost:
        _expect_lost(options.purpose)
    else:
        chains.signer(options.purpose, at=at)
        print(_("Khóa đang dùng: %s") % _named(options.purpose))
        print(_changes(options.purpose))
    if not (options.yes or _is_wished(options.purpose)):
        print(_("Không thay khóa."))
        return 1
    if options.lost:
        keys.replace_lost(options.purpose, chains.known(options.purpose), at=at)
    else:
        keeping.keep(at=at)  # the key before is announced, the last head that it signs is out
        keys.rotate(options.purpose, at=at)
    keeping.keep(at=at)
    print(_("Khóa mới, dùng để kiểm: %s") % _named(options.purpose))
    return 0


def _expect_lost(purpose: str) -> None:
    """Say what is lost and what becomes of it. Refused: the keys are all there."""
    from ocop.core import keys
    from ocop.recognition.log import chains

    found = chains.wrong(purpose)
    if found is None:
        raise Refused(
            "key_not_lost",
            _("Tệp khóa còn đủ nên không công bố mất khóa. Để thay khóa, hãy bỏ --lost."),
        )
    print(found.words)
    print(
        _(
            "Không khóa nào xác nhận được khóa mới: điện thoại và chương trình đã ghim khóa cũ sẽ "
            "từ chối cho đến khi người dùng hỏi Văn phòng. Chữ ký cũ vẫn kiểm được bằng các khóa "
            "mà nhật ký đã công bố:"
        )
    )
    for key in chains.known(purpose):
        print("  " + keys.fingerprint(key.public))


def _rotate_stamps(options: argparse.Namespace, at: datetime) -> int:
    from ocop.core.actor import SYSTEM
    from ocop.traceability import stamp_keys
    from ocop.traceability.models import StampKey
    from ocop.traceability.services.keys import rotate_stamp_key

    in_use = StampKey.objects.filter(in_use=True).first()
    print(_("Khóa đang dùng: %s") % (_stamp_key(in_use) if in_use else _("chưa có")))
    print(
        _(
            "Tem cấp số từ nay dùng khóa mới. Tem đã in vẫn kiểm được bằng khóa cũ, nằm mãi trong "
            "tệp %s. Có nhiều nhất 16 khóa."
        )
        % stamp_keys.path()
    )
    if not (options.yes or _is_wished(STAMPS)):
        print(_("Không thay khóa."))
        return 1
    made = rotate_stamp_key(actor=SYSTEM, reason=_("Thay bằng lệnh ocop rotate-key"), at=at)
    print(_("Khóa tem mới: %s. Hãy sao lưu lại tệp khóa.") % _stamp_key(made))
    return 0


def _stamp_key(key: "StampKey") -> str:
    from ocop.traceability import stamp_keys

    told = {"version": key.version, "print": stamp_keys.short(key.fingerprint)}
    return _("phiên bản %(version)d, dấu vân tay %(print)s") % told


def _is_wished(purpose: str) -> bool:
    """Whether somebody at the terminal types the purpose again. Refused: nobody is there."""
    if not sys.stdin.isatty():
        raise Refused(
            "not_confirmed",
            _("Thay khóa không hoàn lại được nên phải xác nhận. Hãy thêm --yes để thay ngay."),
        )
    return input(_("Gõ lại “%s” để thay khóa: ") % purpose).strip() == purpose


def _changes(purpose: str) -> str:
    """What becomes of what is signed, before anybody agrees."""
    from ocop.core.keys import CREDENTIAL, REGISTER
    from ocop.recognition.labels import PURPOSE as LABEL

    what = {
        REGISTER: _(
            "Điểm kiểm của nhật ký công khai từ nay do khóa mới ký. Ai đã chép khóa cũ thì chương "
            "trình kiểm lần theo được; hãy báo khóa mới cho những nơi giữ bản sao."
        ),
        LABEL: _(
            "Mã trên giấy chứng nhận in từ nay do khóa mới ký. Giấy đã in vẫn kiểm được; điện "
            "thoại kiểm tra phải tải bản mới nhất một lần mới nhận giấy in sau."
        ),
        CREDENTIAL: _(
            "Chứng chỉ điện tử cấp từ nay do khóa mới ký. Chứng chỉ đã cấp vẫn kiểm được; nơi giữ "
            "bản did.json cũ phải tải lại."
        ),
    }
    return what[purpose] + " " + _("Khóa cũ ký xác nhận khóa mới rồi bị xóa, không lấy lại được.")


def _named(purpose: str) -> str:
    """The key in use, as those name it who check with it."""
    from ocop.core import keys
    from ocop.core.credentials import issuers
    from ocop.recognition.credential import issuing
    from ocop.recognition.log import store

    if purpose == keys.REGISTER:
        return str(store.verifier_keys()[-1])
    public = keys.public_keys(purpose)[-1].public
    if purpose == keys.CREDENTIAL:
        return issuers.key_id(issuing.did(), public)
    return keys.fingerprint(public)
