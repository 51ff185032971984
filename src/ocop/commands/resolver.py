"""`ocop resolver`: codes on packs, answered by processes of their own."""

import argparse
import os
import sys

from ocop.commands import _framework, _serving
from ocop.core.language import gettext as _
from ocop.core.language import noop as N_

SUMMARY = N_("Chỉ trả lời mã trên bao bì (GS1 Digital Link, tem), bằng tiến trình riêng.")
_STOP_WITHIN = 10  # seconds


def add_arguments(parser: argparse.ArgumentParser) -> None:
    _serving.add_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Serve until a signal ends it. Refused: nothing installed, the file of keys is another."""
    place = _serving.place(options)
    os.environ.setdefault("OCOP_STAMP_URL", place.address)
    _framework.start_installed()
    from ocop.traceability import stamp_keys

    stamp_keys.serial_keys()
    print(_("Mã được trả lời tại %s (Ctrl-C để dừng).") % place.address)
    sys.stdout.flush()
    _serving.serve("ocop.web.stamps.process:application", place, stop_within=_STOP_WITHIN)
    return 0
