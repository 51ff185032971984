"""What the public log holds, for its tests."""

import json
from datetime import datetime
from typing import Any

from ocop.core import db
from ocop.core.actor import SYSTEM
from ocop.core.events import record
from ocop.recognition.log import auditing, keeping
from ocop.recognition.models import LogEntry, Recognition


def entries(*names: str) -> list[dict[str, Any]]:
    """The entries, as published; only those of these forms."""
    leaves = [json.loads(leaf) for leaf in LogEntry.objects.values_list("leaf", flat=True)]
    return [leaf for leaf in leaves if not names or leaf["type"] in names]


def decided(*rows: Recognition, now: datetime, more: str = "recognition.decision_recorded") -> None:
    """The event that says that these rows were decided."""
    record(SYSTEM, more, at=now, also=[("recognition", row.pk) for row in rows])


def found(now: datetime) -> auditing.Audit:
    """Keep the log, then look at it."""
    keeping.keep(at=now)
    return auditing.audit(at=now)


def code(audit: auditing.Audit) -> str:
    return audit.difference.code if audit.difference else ""


class Lifted:
    """Someone with the rights of the database's owner, who lifts the triggers."""

    def __enter__(self) -> None:
        from django.db import connection

        db._unprotect(connection)

    def __exit__(self, *_error: object) -> None:
        from django.db import connection

        db._protect(connection)
