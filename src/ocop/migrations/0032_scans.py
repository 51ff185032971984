"""Scans as sums, by day, place, sales unit and stamp; signals about what cannot be."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ocop", "0031_captures")]

    operations = [
        migrations.CreateModel(
            name="OrderSeen",
            fields=[
                (
                    "order",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="seen",
                        serialize=False,
                        to="ocop.stamporder",
                    ),
                ),
                ("scans", models.PositiveBigIntegerField(default=0)),
                ("firsts", models.PositiveIntegerField(default=0)),
                ("early", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="ForgedSource",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("client", models.BigIntegerField()),
                ("tries", models.PositiveIntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("day", "client"), name="forged_source_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="ScanClient",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.IntegerField()),
                ("key", models.BigIntegerField()),
                ("client", models.BigIntegerField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("day", "key", "client"), name="scan_client_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ScanFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("journal", models.CharField(max_length=40)),
                ("month", models.CharField(max_length=7)),
                ("name", models.CharField(max_length=80)),
                ("scans", models.PositiveBigIntegerField()),
                ("size", models.PositiveBigIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("written_at", models.DateTimeField()),
                ("let_go_at", models.DateTimeField(null=True)),
                ("dropped_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ("-month", "journal"),
                "constraints": [
                    models.UniqueConstraint(fields=("journal", "month"), name="scan_file_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="ScanHead",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("turns", models.PositiveBigIntegerField(default=0)),
                ("positions", models.JSONField(default=dict)),
                ("counted_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("pk", 1)), name="scan_head_one")
                ],
            },
        ),
        migrations.CreateModel(
            name="ScanPlaceDay",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("place", models.CharField(blank=True, max_length=2)),
                ("scans", models.PositiveIntegerField(default=0)),
                ("clients", models.PositiveIntegerField(default=0)),
                ("firsts", models.PositiveIntegerField(default=0)),
                ("forged", models.PositiveIntegerField(default=0)),
                ("unissued", models.PositiveIntegerField(default=0)),
            ],
            options={
                "ordering": ("day", "place"),
                "constraints": [
                    models.UniqueConstraint(fields=("day", "place"), name="scan_place_day_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="StampSeen",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveSmallIntegerField()),
                ("number", models.PositiveBigIntegerField()),
                ("scans", models.PositiveIntegerField(default=0)),
                ("clients", models.PositiveIntegerField(default=0)),
                ("places", models.PositiveSmallIntegerField(default=0)),
                ("first_at", models.DateTimeField()),
                ("last_at", models.DateTimeField()),
                ("places_seen", models.CharField(blank=True, max_length=120)),
                ("last_place", models.CharField(blank=True, max_length=2)),
                ("last_place_at", models.DateTimeField(null=True)),
                ("early", models.PositiveIntegerField(default=0)),
                ("gone", models.PositiveIntegerField(default=0)),
                ("hops", models.PositiveIntegerField(default=0)),
                ("after_opening", models.PositiveIntegerField(default=0)),
                ("day", models.IntegerField()),
                ("today", models.BinaryField()),
            ],
            options={
                "ordering": ("version", "number"),
                "constraints": [
                    models.UniqueConstraint(fields=("version", "number"), name="stamp_seen_once"),
                    models.CheckConstraint(
                        condition=models.Q(("first_at__lte", models.F("last_at"))),
                        name="stamp_seen_first_before_last",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ScanDay",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("place", models.CharField(blank=True, max_length=2)),
                ("scans", models.PositiveIntegerField(default=0)),
                ("clients", models.PositiveIntegerField(default=0)),
                ("firsts", models.PositiveIntegerField(default=0)),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scan_days",
                        to="ocop.tradeitem",
                    ),
                ),
                (
                    "lot",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scan_days",
                        to="ocop.lot",
                    ),
                ),
            ],
            options={
                "ordering": ("day", "pk"),
                "indexes": [models.Index(fields=["item", "day"], name="scan_day_of_item")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("lot__isnull", False)),
                        fields=("day", "item", "lot", "place"),
                        name="scan_day_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("lot__isnull", True)),
                        fields=("day", "item", "place"),
                        name="scan_day_once_without_lot",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ScanPeriod",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("period", models.CharField(max_length=7)),
                ("scans", models.PositiveBigIntegerField(default=0)),
                ("clients", models.PositiveBigIntegerField(default=0)),
                ("firsts", models.PositiveBigIntegerField(default=0)),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scan_periods",
                        to="ocop.tradeitem",
                    ),
                ),
            ],
            options={
                "ordering": ("period", "-scans", "pk"),
                "indexes": [models.Index(fields=["period", "-scans"], name="scan_period_most")],
                "constraints": [
                    models.UniqueConstraint(fields=("period", "item"), name="scan_period_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="ScanSignal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=8, unique=True)),
                (
                    "rule",
                    models.CharField(
                        choices=[
                            ("early", "Quét trước khi kích hoạt"),
                            ("unissued", "Số tem chưa từng được cấp"),
                            ("gone", "Tem đã hủy hoặc báo mất vẫn được quét"),
                            ("devices", "Quá nhiều thiết bị quét một tem"),
                            ("far", "Hai nơi quá xa trong thời gian quá ngắn"),
                            ("opened", "Tiếp tục được quét sau khi mở mã ẩn"),
                            ("forged", "Một nguồn thử nhiều mã giả"),
                        ],
                        max_length=8,
                    ),
                ),
                ("subject", models.CharField(max_length=60)),
                ("version", models.PositiveSmallIntegerField(null=True)),
                ("number", models.PositiveBigIntegerField(null=True)),
                ("measure", models.PositiveIntegerField()),
                ("limit", models.PositiveIntegerField()),
                ("facts", models.JSONField(default=dict)),
                ("first_at", models.DateTimeField()),
                ("last_at", models.DateTimeField()),
                ("raised_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("new", "Mới"),
                            ("taken", "Đang xem xét"),
                            ("closed", "Đã kết luận"),
                        ],
                        default="new",
                        max_length=6,
                    ),
                ),
                ("taken_by", models.BigIntegerField(null=True)),
                (
                    "finding",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("harmless", "Không có dấu hiệu vi phạm"),
                            ("copied", "Tem bị sao chép, làm giả"),
                            ("misused", "Tem dùng sai lô, sai sản phẩm hoặc chưa kích hoạt"),
                            ("unclear", "Chưa đủ căn cứ kết luận"),
                        ],
                        max_length=8,
                    ),
                ),
                ("conclusion", models.CharField(blank=True, max_length=2000)),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "item",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scan_signals",
                        to="ocop.tradeitem",
                    ),
                ),
                (
                    "lot",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scan_signals",
                        to="ocop.lot",
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scan_signals",
                        to="ocop.stamporder",
                    ),
                ),
            ],
            options={
                "ordering": ("-raised_at", "-pk"),
                "indexes": [
                    models.Index(fields=["rule", "subject", "-id"], name="scan_signal_subject"),
                    models.Index(fields=["state", "-raised_at"], name="scan_signal_state"),
                    models.Index(fields=["version", "number"], name="scan_signal_stamp"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "closed"), _negated=True),
                        fields=("rule", "subject"),
                        name="scan_signal_one_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("closed_at__isnull", False),
                                ("state", "closed"),
                                models.Q(("finding", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state", "closed"), _negated=True),
                                ("closed_at", None),
                                ("finding", ""),
                            ),
                            _connector="OR",
                        ),
                        name="scan_signal_closed_with_finding",
                    ),
                ],
            },
        ),
    ]
