from typing import Any

from django.db import migrations, models
from django.db.models import Min
from django.utils import timezone


def note_filed(apps: Any, _schema: Any) -> None:
    """Stars whose re-evaluation is under way and came in its window: by the road of the dossier,
    which the day of its first filing decided."""
    dossiers = apps.get_model("ocop", "Dossier").objects.filter(
        kind="reevaluation", road="regular", previous__isnull=False
    )
    for row in dossiers.exclude(state__in=("draft", "refused", "withdrawn")).annotate(
        first=Min("snapshots__made_at")
    ):
        if row.first is not None:
            row.previous.filed_on = timezone.localdate(row.first)
            row.previous.save(update_fields=["filed_on"])


class Migration(migrations.Migration):
    dependencies = [("ocop", "0010_proposal_unexamined")]

    operations = [
        migrations.AddField(
            model_name="recognition",
            name="filed_on",
            field=models.DateField(null=True),
        ),
        migrations.RunPython(note_filed, migrations.RunPython.noop),
    ]
