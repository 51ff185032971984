"""`ocop remind`: tells everybody today what is due soon and what is late. Safe to run again."""

import argparse

from ocop.commands._framework import start_installed
from ocop.core.language import gettext as _
from ocop.core.language import noop as N_

SUMMARY = N_("Nhắc những việc sắp đến hạn và báo việc quá hạn.")


def add_arguments(_parser: argparse.ArgumentParser) -> None:
    """None: the day is today."""


def run(_options: argparse.Namespace) -> int:
    """Write the reminders of today, and the letters of those who want one a day."""
    start_installed()
    from django.utils import timezone

    from ocop.people import tasks
    from ocop.programme import reminding

    at = timezone.now()
    told = reminding.remind(at=at)
    letters = tasks.send_digests(at=at)
    print(
        _("Đã viết %(told)d lời nhắc và %(letters)d thư gộp.") % {"told": told, "letters": letters}
    )
    return 0
