"""The events of a register as they can be held against those of another, and a register without."""

from typing import Any

from ocop.traceability.models import EventThing, Material, TraceEvent


def register() -> list[tuple[Any, ...]]:
    """Every event with all that it is asked by, but for when it was recorded."""
    things: dict[int, list[tuple[Any, ...]]] = {}
    columns = ("event", "role", "value", "lot__code", "quantity", "measure")
    for event, *thing in EventThing.objects.order_by("role", "value", "pk").values_list(*columns):
        things.setdefault(event, []).append(tuple(thing))
    return sorted(
        (
            (
                *(row.event_id, row.digest, row.declares and row.declares.event_id),
                *(row.declared_wrong_at is None, row.type, row.event_time, row.action),
                *(row.biz_step, row.disposition, row.read_point, row.biz_location),
                *(row.site_id, row.producer_id, row.body),
                things.get(row.pk, []),
            )
            for row in TraceEvent.objects.select_related("declares")
        ),
        key=lambda row: (row[0], row[2] is not None),
    )


def emptied() -> None:
    """The register without its events; everything else stays."""
    Material.objects.update(event=None)
    EventThing.objects.all().delete()
    TraceEvent.objects.filter(declares__isnull=False).delete()
    TraceEvent.objects.all().delete()
