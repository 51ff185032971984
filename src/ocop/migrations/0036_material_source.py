from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("ocop", "0035_revocations_kept"),
    ]

    operations = [
        migrations.AddField(
            model_name="material",
            name="source_code",
            field=models.CharField(blank=True, default="", max_length=400),
            preserve_default=False,
        ),
    ]
