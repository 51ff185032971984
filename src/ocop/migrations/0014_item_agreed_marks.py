from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("ocop", "0013_council_and_sitting_once"),
    ]

    operations = [
        migrations.AddField(
            model_name="item",
            name="agreed_marks",
            field=models.JSONField(default=dict),
        ),
    ]
