"""A dossier that the Ministry gave back and the province evaluated again may go there once more."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ocop", "0004_assessment")]

    operations = [
        migrations.AlterField(
            model_name="centralreferral",
            name="dossier",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="referrals",
                to="ocop.dossier",
            ),
        ),
    ]
