from typing import Any

from django.db import migrations, models
from django.db.models import Count
from django.utils import timezone

from ocop.councils import doubles


def refuse_doubles(apps: Any, _schema: Any) -> None:
    """Name what stands twice and say what to do: the constraints would only say that they fail.
    Nothing of this migration is done then, and it runs again when the rows are mended."""
    councils = apps.get_model("ocop", "Council").objects.values("decision_number", "decided_on")
    sittings = apps.get_model("ocop", "Sitting").objects.exclude(state="cancelled")
    told = [
        doubles.council(row["decision_number"], row["decided_on"], row["count"])
        for row in _twice(councils)
    ]
    told += [
        doubles.sitting(
            f"{timezone.localtime(row['starts_at']):%H:%M %d/%m/%Y}",
            row["council__name"],
            row["count"],
        )
        for row in _twice(sittings.values("council", "council__name", "kind", "starts_at"))
    ]
    if told:
        raise doubles.refusal(told)


def _twice(rows: Any) -> Any:
    return rows.order_by().annotate(count=Count("pk")).filter(count__gt=1)


class Migration(migrations.Migration):
    dependencies = [
        ("ocop", "0012_certificates"),
    ]

    operations = [
        migrations.RunPython(refuse_doubles, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="council",
            constraint=models.UniqueConstraint(
                fields=("decision_number", "decided_on"), name="council_decision_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="sitting",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "cancelled"), _negated=True),
                fields=("council", "kind", "starts_at"),
                name="sitting_once_at_a_time",
            ),
        ),
    ]
