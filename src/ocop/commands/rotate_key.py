"""`ocop rotate-key`: a new key of this installation; the one before vouches for it."""

import argparse

from ocop.commands._framework import start_installed
from ocop.core.language import gettext as _
from ocop.core.language import noop as N_

SUMMARY = N_("Thay khóa ký của hệ thống; khóa cũ vẫn kiểm được chữ ký cũ.")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    from ocop.core.keys import REGISTER
    from ocop.recognition.labels import PURPOSE as LABEL

    parser.add_argument("purpose", choices=[REGISTER, LABEL], help=_("khóa dùng vào việc gì"))


def run(options: argparse.Namespace) -> int:
    """Change the key, and let the public log say so at once."""
    start_installed()
    from django.utils import timezone

    from ocop.core import keys
    from ocop.recognition.log import keeping

    at = timezone.now()
    keeping.keep(at=at)  # the last head that the old key signs
    keys.rotate(options.purpose, at=at)
    keeping.keep(at=at)
    print(_("Khóa mới, dùng để kiểm: %s") % _named(options.purpose))
    return 0


def _named(purpose: str) -> str:
    """The key in use, as those name it who check with it."""
    from ocop.core import keys
    from ocop.recognition.log import store

    if purpose == keys.REGISTER:
        return str(store.verifier_keys()[-1])
    return keys.fingerprint(keys.public_keys(purpose)[-1].public)
