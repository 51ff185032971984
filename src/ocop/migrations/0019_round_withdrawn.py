from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("ocop", "0018_postcheck"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="round",
            name="round_once",
        ),
        migrations.AddField(
            model_name="round",
            name="withdrawn_on",
            field=models.DateField(null=True),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    models.Q(("kind", "extra"), _negated=True), ("withdrawn_on", None)
                ),
                fields=("province", "year", "kind"),
                name="round_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("withdrawn_on", None),
                    models.Q(("closed_on", models.F("withdrawn_on")), ("closed_on__isnull", False)),
                    _connector="OR",
                ),
                name="round_withdrawn_is_closed",
            ),
        ),
    ]
