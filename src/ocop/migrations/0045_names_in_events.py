from django.db import migrations, models


class Migration(migrations.Migration):
    """Events that were captured before have no moment, so the worker looks their names up anew."""

    dependencies = [
        ("ocop", "0044_events"),
    ]

    operations = [
        migrations.AddField(
            model_name="eventthing",
            name="stamp",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="traceevent",
            name="names_read_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddIndex(
            model_name="eventthing",
            index=models.Index(
                condition=models.Q(("stamp__isnull", False)),
                fields=["stamp"],
                name="event_thing_stamp",
            ),
        ),
        migrations.AddIndex(
            model_name="traceevent",
            index=models.Index(
                condition=models.Q(("names_read_at", None)),
                fields=["id"],
                name="trace_event_unread",
            ),
        ),
    ]
