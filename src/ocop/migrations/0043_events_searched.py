from collections.abc import Sequence
from typing import Any

from django.db import migrations, models

from ocop.core import folding

_NAMES = ("ocop:materialName", "ocop:partnerName")
_AT_ONCE = 2_000


def _fold(apps: Any, _schema_editor: Any) -> None:
    """What events are searched by, for those that were told before."""
    events, last = apps.get_model("ocop", "TraceEvent"), 0
    while rows := list(events.objects.filter(pk__gt=last).order_by("pk")[:_AT_ONCE]):
        last = rows[-1].pk
        named = [row for row in rows if _folded(row)]
        events.objects.bulk_update(named, ["folded"], batch_size=200)


def _folded(row: Any) -> str:
    told: Sequence[Any] = [row.body.get(name) for name in _NAMES]
    row.folded = folding.words(*(text for text in told if isinstance(text, str)))[:400]
    return str(row.folded)


class Migration(migrations.Migration):
    dependencies = [
        ("ocop", "0042_wrong_decisions_of_cases"),
    ]

    operations = [
        migrations.AddField(
            model_name="traceevent",
            name="folded",
            field=models.CharField(blank=True, max_length=400),
        ),
        migrations.RunPython(_fold, migrations.RunPython.noop),
    ]
