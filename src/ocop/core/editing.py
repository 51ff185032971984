"""Changing a row that somebody else may be changing, and telling what was changed of it."""

from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models

from ocop.core import events
from ocop.core.language import gettext as _
from ocop.core.refusals import Refused


def mark(row: models.Model) -> str:
    """What tells a row as it stands from what it becomes: whoever changes it says it was seen."""
    return events.newest({events.kind_of(row): [row.pk]})


def refuse_stale(row: models.Model, seen: str) -> None:
    """Hold a row until the change is made; refuse it when something happened to the row since.

    `seen` is the `mark` that the person saw; nothing seen, nothing to compare.
    """
    type(row)._default_manager.select_for_update().get(pk=row.pk)
    if seen and seen != mark(row):
        raise Refused(
            "changed_meanwhile",
            _(
                "Đã có người sửa từ khi bạn mở trang này; tab Hoạt động ghi sửa gì. Nội dung bạn "
                "nhập chưa được lưu: hãy so với bản mới nhất rồi ghi lại."
            ),
        )


def values(row: models.Model) -> dict[str, Any]:
    """What the columns of a row hold."""
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def told(before: Mapping[str, Any], row: models.Model, open_facts: Collection[str]) -> Any:
    """A change as an event keeps it: which columns, and what stood and stands in the open ones."""
    now = values(row)
    changed = sorted(name for name in now if now[name] != before[name])
    kept = {name: [_kept(before[name]), _kept(now[name])] for name in changed if name in open_facts}
    return {"fields": changed} | ({"values": kept} if kept else {})


def _kept(value: Any) -> Any:
    """A value as JSON holds it: days and numbers with decimals as their plain text."""
    if isinstance(value, date):
        return value.isoformat()
    return format(value.normalize(), "f") if isinstance(value, Decimal) else value
