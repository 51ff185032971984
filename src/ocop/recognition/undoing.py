"""Removing what an import brought, and nothing else."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db import models

from ocop.core.events import kind_of
from ocop.core.models import Event, EventObject
from ocop.producers.models import Producer
from ocop.products.models import Product
from ocop.recognition.comparing import CHUNK, chunks
from ocop.recognition.models import Decision, ImportBatch, Recognition


@dataclass(frozen=True, slots=True)
class Plan:
    """What undoing an import takes away, by model: keys of its rows and of what came with it that
    nobody works with, and the rows it completed or placed, as they were before."""

    keys: Mapping[type[models.Model], Sequence[int]]
    completed: Mapping[str, dict[str, str | None]]

    @property
    def counts(self) -> dict[str, int]:
        """How many rows of each kind go."""
        return {kind_of(model): len(keys) for model, keys in self.keys.items()}


def plan(batch: ImportBatch) -> Plan:
    """What undoing an import would take away now; nothing for one that was never loaded.

    What has an event of its own since, or is used by a row that stays, stays.
    """
    loaded = loading_of(batch)
    if loaded is None:
        return Plan({}, {})
    rows = Recognition.objects.filter(batch=batch).order_by("pk")
    going: dict[type[models.Model], Sequence[int]] = {
        Recognition: list(rows.values_list("pk", flat=True))
    }
    completed, placed = completed_by(loaded), placed_by(loaded)
    for model in (Product, Producer, Decision):
        made = EventObject.objects.filter(event=loaded, kind=kind_of(model))
        keys = sorted(made.values_list("object_id", flat=True))
        # Rows that are put back as they were no longer use what came with the import either.
        gone = {m: set(k) for m, k in going.items()}
        gone[Recognition] |= set(map(int, completed)) if model is Decision else set()
        going[model] = _unused(model, keys, loaded, gone)
    return Plan(going, {**completed, **placed})


def completed_by(loaded: Event) -> dict[str, dict[str, str | None]]:
    """The rows to which an import gave their decision and dates, as they were before."""
    return dict(loaded.change.get("completed", {}))


def placed_by(loaded: Event) -> dict[str, dict[str, str | None]]:
    """The rows to which an import gave their commune, as they were before."""
    return dict(loaded.change.get("placed", {}))


def loading_of(batch: ImportBatch) -> Event | None:
    """The event that tells what an import brought."""
    return Event.objects.filter(
        name="recognition.import_loaded",
        objects_named__kind=kind_of(batch),
        objects_named__object_id=batch.pk,
    ).first()


def remove(batch: ImportBatch) -> tuple[dict[str, int], set[int]]:
    """Delete an import's rows, then the products, producers and decisions that came with it.

    Returns how many rows of each kind went, and the products whose rows were completed and are as
    they were.
    """
    planned = plan(batch)
    put_back = _put_back(planned.completed)
    for model, keys in planned.keys.items():
        for some in chunks(keys, CHUNK):
            model._default_manager.filter(pk__in=some).delete()
    return planned.counts, put_back


def _put_back(before: Mapping[str, dict[str, str | None]]) -> set[int]:
    """Rows as they were before the import completed them."""
    columns = {field.attname: field for field in Recognition._meta.concrete_fields}
    rows = Recognition.objects.in_bulk([int(key) for key in before])
    for key, row in rows.items():
        for name, value in before[str(key)].items():
            setattr(row, name, columns[name].to_python(value))
        row.save(update_fields=list(before[str(key)]))
    return {row.product_id for row in rows.values()}


def _unused(
    model: type[models.Model],
    keys: Sequence[int],
    loaded: Event,
    gone: Mapping[type[models.Model], Collection[int]],
) -> list[int]:
    """Those of the keys that no later event names and no row uses but those that are `gone`."""
    unused: list[int] = []
    for some in chunks(keys, CHUNK):
        worked_with = EventObject.objects.filter(
            kind=kind_of(model), object_id__in=some, event__gt=loaded.pk
        ).values_list("object_id", flat=True)
        free = set(some) - set(worked_with)
        for relation in model._meta.get_fields(include_hidden=True):
            if isinstance(relation, models.ForeignObjectRel) and free:
                name = relation.field.name
                users = relation.related_model._base_manager.filter(**{f"{name}__in": free})
                going = gone.get(relation.related_model, ())
                free -= {used for used, user in users.values_list(name, "pk") if user not in going}
        unused += sorted(free)
    return unused
