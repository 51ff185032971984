from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("ocop", "0019_round_withdrawn"),
    ]

    operations = [
        migrations.AlterField(
            model_name="dossier",
            name="road",
            field=models.CharField(
                choices=[
                    ("regular", "Đúng thời hạn"),
                    ("extended", "Quá thời hạn nộp hồ sơ (khoản 3 Điều 12)"),
                    ("expired", "Sau khi hết hạn"),
                ],
                default="regular",
                max_length=10,
            ),
        ),
    ]
