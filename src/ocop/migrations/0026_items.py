"""Sales units and places are found by their words; two systems under the names of today."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ocop", "0025_traceability")]

    operations = [
        migrations.AddField(
            model_name="site",
            name="folded",
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name="tradeitem",
            name="folded",
            field=models.CharField(blank=True, max_length=420),
        ),
        migrations.AlterField(
            model_name="foreigncode",
            name="scheme",
            field=models.CharField(
                choices=[
                    ("national", "Cổng truy xuất nguồn gốc quốc gia"),
                    ("verigoods", "verigoods.vn"),
                    ("checkvn", "checkvn.mae.gov.vn"),
                    ("hn_check", "hn.check.net.vn"),
                    ("other", "Hệ thống khác"),
                ],
                max_length=12,
            ),
        ),
    ]
