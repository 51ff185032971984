from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("ocop", "0014_item_agreed_marks"),
    ]

    operations = [
        migrations.AddField(
            model_name="item",
            name="gate_reasons",
            field=models.JSONField(default=dict),
        ),
    ]
