"""Long work of one frame: one list of states; when a document of events was handed on."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ocop", "0032_scans")]

    operations = [
        migrations.AddField(
            model_name="capturejob",
            name="handed_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AlterField(
            model_name="madepaper",
            name="state",
            field=models.CharField(
                choices=[
                    ("waiting", "Đang chờ"),
                    ("working", "Đang tạo"),
                    ("ready", "Đã tạo xong"),
                    ("failed", "Không tạo được"),
                    ("removed", "Đã xóa tệp"),
                ],
                default="waiting",
                max_length=7,
            ),
        ),
    ]
