"""`ocop resolver`: codes on packs, answered by processes of their own."""

import argparse
import os
import sys

from ocop.commands import _framework, _serving
from ocop.core.language import gettext as _
from ocop.core.language import noop as N_

SUMMARY = N_("Chỉ trả lời mã trên bao bì (GS1 Digital Link, tem), bằng tiến trình riêng.")
_STOP_WITHIN = 10  # seconds
_LOOKED_AT = "/.well-known/gs1resolver"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    _serving.add_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Serve until a signal ends it. Refused: nothing installed, the file of keys is another."""
    place = _serving.place(options)
    os.environ.setdefault("OCOP_STAMP_URL", place.address)
    _framework.start_installed()
    from django.conf import settings

    from ocop.traceability import stamp_keys

    stamp_keys.serial_keys()
    if "OCOP_BASE_URL" not in os.environ:
        words = _(
            "Chưa đặt OCOP_BASE_URL (địa chỉ của hệ thống): trang của mã sẽ dẫn về %s. "
            "Hãy đặt biến này như khi chạy ocop serve."
        )
        print(words % settings.BASE_URL, file=sys.stderr, flush=True)
    words = _("Mã được trả lời tại %s (Ctrl-C để dừng).") % place.address
    _serving.say_when_answering(place, _LOOKED_AT, words)
    _serving.serve("ocop.web.stamps.process:application", place, stop_within=_STOP_WITHIN)
    return 0
