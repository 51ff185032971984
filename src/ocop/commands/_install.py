"""The steps that bring an installation up: tables, units, criteria, static files."""

import hashlib
import subprocess
import sys
from datetime import datetime
from operator import itemgetter
from pathlib import Path

from ocop.commands._framework import Steps
from ocop.core.actor import SYSTEM
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused

#: How many steps `ground` runs.
GROUND_STEPS = 3
_FIRST = ("ocop", "0001_tables")
_BUILDER = Path(__file__).parents[3] / "tools" / "build_static.py"


def tables_are_current() -> bool:
    """True when every migration has run. Refused: a database that does not answer, or lacks steps
    that were put together since."""
    from django.db import OperationalError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
    except OperationalError as error:
        raise Refused(
            "database_unreachable",
            _("Không mở được cơ sở dữ liệu (%s). Hãy kiểm tra DATABASE_URL và OCOP_DATA_DIR.")
            % str(error).strip().splitlines()[0],
        ) from error
    if _FIRST not in executor.loader.graph.nodes:  # steps that it stands for are missing
        raise Refused(
            "database_too_old",
            _(
                "Cơ sở dữ liệu là của một bản thử trước đây nên chưa nâng cấp được; dữ liệu giữ "
                "nguyên. Hãy chạy bản tháng 11/2026 một lần với dữ liệu này, rồi chạy lại bản này."
            ),
        )
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def migrate() -> None:
    """Bring the tables up to date."""
    from django.core.management import call_command

    if not tables_are_current():
        call_command("migrate", verbosity=0, interactive=False, skip_checks=True)


def ground(steps: Steps, at: datetime) -> None:
    """What every installation stands on. Each step does nothing when it was done before."""
    from ocop.criteria.services import load_decree
    from ocop.places.services import load_units

    steps.run(_("Chuẩn bị cơ sở dữ liệu"), migrate)
    steps.run(_("Nạp đơn vị hành chính"), lambda: load_units(actor=SYSTEM, at=at))
    steps.run(_("Nạp bộ tiêu chí"), lambda: load_decree(actor=SYSTEM, at=at))


def static_files() -> None:
    """Collect the static files into the folder of the state, where they are not those of this
    version already: an upgrade brings others under other names."""
    from django.conf import settings
    from django.core.management import call_command

    if _BUILDER.exists():
        subprocess.run([sys.executable, _BUILDER], check=True)  # looks at what changed itself
        return
    stamp, wanted = Path(settings.STATIC_ROOT) / ".stamp", _brought()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    call_command("collectstatic", verbosity=0, interactive=False, skip_checks=True, clear=True)
    stamp.write_text(wanted)


def _brought() -> str:
    """The digest of all static files that the program and its packages bring."""
    from django.contrib.staticfiles.finders import get_finders

    whole = hashlib.sha256()
    found = [each for finder in get_finders() for each in finder.list([])]
    for path, storage in sorted(found, key=itemgetter(0)):
        with storage.open(path) as file:
            whole.update(f"{path} {storage.size(path)} ".encode() + file.read())
    return whole.hexdigest()
