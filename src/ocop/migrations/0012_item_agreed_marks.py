from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("ocop", "0011_recognition_filed_on"),
    ]

    operations = [
        migrations.AddField(
            model_name="item",
            name="agreed_marks",
            field=models.JSONField(default=dict),
        ),
    ]
