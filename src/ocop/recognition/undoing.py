"""Removing what an import brought, and nothing else."""

from collections.abc import Iterable

from django.db import models

from ocop.core.events import kind_of
from ocop.core.models import Event, EventObject
from ocop.producers.models import Producer
from ocop.products.models import Product
from ocop.recognition.comparing import CHUNK, chunks
from ocop.recognition.models import Decision, ImportBatch, Recognition


def remove(batch: ImportBatch) -> tuple[dict[str, int], set[int]]:
    """Delete an import's rows, then the products, producers and decisions that came with it.

    What has an event of its own since, or is used by any other row, stays. Returns how many rows
    of each kind went, and the products whose rows were completed and are as they were.
    """
    loaded = Event.objects.filter(
        name="recognition.import_loaded",
        objects_named__kind=kind_of(batch),
        objects_named__object_id=batch.pk,
    ).first()
    if loaded is None:
        return {}, set()
    put_back = _put_back(loaded.change.get("completed", {}))
    rows = Recognition.objects.filter(batch=batch)
    removed = {"recognition": _delete(Recognition, list(rows.values_list("pk", flat=True)))}
    for model in (Product, Producer, Decision):
        made = EventObject.objects.filter(event=loaded, kind=kind_of(model))
        removed[kind_of(model)] = _delete_unused(
            model, sorted(made.values_list("object_id", flat=True)), loaded
        )
    return removed, put_back


def _put_back(before: dict[str, dict[str, str | None]]) -> set[int]:
    """Rows as they were before the import completed them."""
    columns = {field.attname: field for field in Recognition._meta.concrete_fields}
    rows = Recognition.objects.in_bulk([int(key) for key in before])
    for key, row in rows.items():
        for name, value in before[str(key)].items():
            setattr(row, name, columns[name].to_python(value))
        row.save(update_fields=list(before[str(key)]))
    return {row.product_id for row in rows.values()}


def _delete_unused(model: type[models.Model], keys: list[int], loaded: Event) -> int:
    removed = 0
    for some in chunks(keys, CHUNK):
        worked_with = EventObject.objects.filter(
            kind=kind_of(model), object_id__in=some, event__gt=loaded.pk
        ).values_list("object_id", flat=True)
        free = set(some) - set(worked_with)
        for relation in model._meta.get_fields(include_hidden=True):
            if isinstance(relation, models.ForeignObjectRel) and free:
                users = relation.related_model._base_manager.filter(
                    **{f"{relation.field.name}__in": free}
                )
                free -= set(users.values_list(relation.field.name, flat=True))
        removed += _delete(model, free)
    return removed


def _delete(model: type[models.Model], keys: Iterable[int]) -> int:
    found = sorted(keys)
    for some in chunks(found, CHUNK):
        model._default_manager.filter(pk__in=some).delete()
    return len(found)
