"""`ocop rotate-key`: a new key of this installation; the one before vouches for it."""

import argparse

from ocop.commands._framework import start_installed
from ocop.core.language import gettext as _
from ocop.core.language import noop as N_

SUMMARY = N_("Thay khóa ký của hệ thống; khóa cũ vẫn kiểm được chữ ký cũ.")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    from ocop.core.keys import CREDENTIAL, REGISTER
    from ocop.recognition.labels import PURPOSE as LABEL

    purposes = [REGISTER, LABEL, CREDENTIAL]
    parser.add_argument("purpose", choices=purposes, help=_("khóa dùng vào việc gì"))


def run(options: argparse.Namespace) -> int:
    """Change the key, and let the public log say so at once."""
    start_installed()
    from django.utils import timezone

    from ocop.core import keys
    from ocop.recognition.log import keeping

    at = timezone.now()
    keys.signer(options.purpose, at=at)
    keeping.keep(at=at)  # the key before is announced, the last head that it signs is out
    keys.rotate(options.purpose, at=at)
    keeping.keep(at=at)
    print(_("Khóa mới, dùng để kiểm: %s") % _named(options.purpose))
    return 0


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
