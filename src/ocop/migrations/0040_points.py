import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("ocop", "0039_support"),
    ]

    operations = [
        migrations.CreateModel(
            name="Chain",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=8, unique=True)),
                ("name", models.CharField(max_length=160)),
                ("folded", models.CharField(max_length=300)),
                ("shared_stock", models.BooleanField(default=False)),
                ("demonstration", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "ordering": ("folded", "pk"),
                "constraints": [models.UniqueConstraint(fields=("folded",), name="chain_once")],
            },
        ),
        migrations.CreateModel(
            name="SalesPoint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=8, unique=True)),
                ("name", models.CharField(max_length=160)),
                ("folded", models.CharField(max_length=460)),
                ("place_type", models.CharField(max_length=20)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("applied", "Chờ thẩm định"),
                            ("recognised", "Đang hoạt động"),
                            ("refused", "Không được công nhận"),
                            ("closed", "Đã đóng cửa"),
                        ],
                        default="applied",
                        max_length=10,
                    ),
                ),
                ("operator", models.CharField(max_length=200)),
                ("province", models.CharField(max_length=2)),
                ("address", models.CharField(max_length=300)),
                ("lat", models.FloatField(null=True)),
                ("lon", models.FloatField(null=True)),
                ("phone", models.CharField(blank=True, max_length=20)),
                ("website", models.URLField(blank=True)),
                ("opens_at", models.TimeField(null=True)),
                ("closes_at", models.TimeField(null=True)),
                ("closed_days", models.CharField(blank=True, max_length=7)),
                ("approved_cost", models.PositiveBigIntegerField(null=True)),
                ("state_paid", models.PositiveBigIntegerField(default=0)),
                ("number", models.CharField(blank=True, max_length=60)),
                ("authority", models.CharField(blank=True, max_length=160)),
                ("recognised_on", models.DateField(null=True)),
                ("closed_on", models.DateField(null=True)),
                ("answer", models.TextField(blank=True)),
                ("demonstration", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField()),
                (
                    "applied_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "chain",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="points",
                        to="ocop.chain",
                    ),
                ),
                (
                    "commune",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ocop.unit",
                    ),
                ),
                (
                    "founder",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ocop.unit",
                    ),
                ),
                (
                    "producer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sales_points",
                        to="ocop.producer",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ocop.unit",
                    ),
                ),
            ],
            options={
                "ordering": ("folded", "pk"),
            },
        ),
        migrations.CreateModel(
            name="PointVisit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=8, unique=True)),
                ("visited_at", models.DateTimeField()),
                ("checklist", models.CharField(max_length=40)),
                ("answers", models.JSONField(default=dict)),
                ("passed", models.BooleanField()),
                ("note", models.TextField(blank=True)),
                ("lat", models.FloatField(null=True)),
                ("lon", models.FloatField(null=True)),
                ("created_at", models.DateTimeField()),
                (
                    "visited_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "point",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visits",
                        to="ocop.salespoint",
                    ),
                ),
            ],
            options={
                "ordering": ("-visited_at", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="PointPhoto",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("caption", models.CharField(max_length=200)),
                ("created_at", models.DateTimeField()),
                (
                    "attachment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ocop.attachment",
                    ),
                ),
                (
                    "visit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="photos",
                        to="ocop.pointvisit",
                    ),
                ),
                (
                    "point",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="photos",
                        to="ocop.salespoint",
                    ),
                ),
            ],
            options={
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="PointKeeper",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="points_kept",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "point",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="keepers",
                        to="ocop.salespoint",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SalesReport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("month", models.DateField()),
                ("client_id", models.UUIDField(unique=True)),
                ("sent_at", models.DateTimeField()),
                (
                    "point",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="ocop.salespoint",
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("-month", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Sale",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("quantity", models.PositiveIntegerField()),
                ("amount", models.PositiveBigIntegerField(null=True)),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sales",
                        to="ocop.product",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sales",
                        to="ocop.salesreport",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="StockLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(null=True)),
                ("created_at", models.DateTimeField()),
                (
                    "chain",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stock",
                        to="ocop.chain",
                    ),
                ),
                (
                    "point",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stock",
                        to="ocop.salespoint",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stock_lines",
                        to="ocop.product",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="KeyGood",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("key", "Sản phẩm chủ lực của tỉnh"),
                            ("typical", "Sản phẩm công nghiệp, nông nghiệp nông thôn tiêu biểu"),
                            ("speciality", "Đặc sản, đặc trưng của địa phương"),
                        ],
                        max_length=10,
                    ),
                ),
                ("document", models.CharField(max_length=160)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(null=True)),
                ("created_at", models.DateTimeField()),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="key_goods",
                        to="ocop.product",
                    ),
                ),
            ],
            options={
                "ordering": ("-starts_on", "-pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on", None),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="key_good_period",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ends_on", None)),
                        fields=("product", "basis"),
                        name="key_good_once",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="salespoint",
            index=models.Index(fields=["province", "commune"], name="sales_point_place"),
        ),
        migrations.AddConstraint(
            model_name="salespoint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state_paid", 0),
                    models.Q(
                        (
                            "approved_cost__gte",
                            django.db.models.expressions.CombinedExpression(
                                models.F("state_paid"), "*", models.Value(2)
                            ),
                        ),
                        ("approved_cost__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="sales_point_state_pays_half",
            ),
        ),
        migrations.AddConstraint(
            model_name="salespoint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ("recognised", "closed")), _negated=True),
                    models.Q(
                        ("recognised_on__isnull", False),
                        models.Q(("number", ""), _negated=True),
                        models.Q(("authority", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="sales_point_recognised_by_decision",
            ),
        ),
        migrations.AddConstraint(
            model_name="salespoint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closes_at", None), ("opens_at", None)),
                    models.Q(("closes_at__gt", models.F("opens_at")), ("opens_at__isnull", False)),
                    _connector="OR",
                ),
                name="sales_point_closes_after_opening",
            ),
        ),
        migrations.AddConstraint(
            model_name="salespoint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("closed_on", None),
                    models.Q(
                        ("closed_on__gte", models.F("recognised_on")),
                        ("recognised_on__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="sales_point_closed_after_recognition",
            ),
        ),
        migrations.AddConstraint(
            model_name="pointphoto",
            constraint=models.UniqueConstraint(
                condition=models.Q(("visit", None)),
                fields=("point", "attachment"),
                name="point_photo_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="pointphoto",
            constraint=models.UniqueConstraint(
                condition=models.Q(("visit__isnull", False)),
                fields=("visit", "attachment"),
                name="point_visit_photo_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="pointkeeper",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on", None), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                ),
                name="point_keeper_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="pointkeeper",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ends_on", None)),
                fields=("point", "user"),
                name="point_keeper_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="salesreport",
            constraint=models.UniqueConstraint(fields=("point", "month"), name="sales_report_once"),
        ),
        migrations.AddConstraint(
            model_name="salesreport",
            constraint=models.CheckConstraint(
                condition=models.Q(("month__day", 1)), name="sales_report_first_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="sale",
            constraint=models.UniqueConstraint(fields=("report", "product"), name="sale_once"),
        ),
        migrations.AddConstraint(
            model_name="stockline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("chain__isnull", False), ("point", None)),
                    models.Q(("chain", None), ("point__isnull", False)),
                    _connector="OR",
                ),
                name="stock_line_of_point_or_chain",
            ),
        ),
        migrations.AddConstraint(
            model_name="stockline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on", None), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                ),
                name="stock_line_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="stockline",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ends_on", None), ("point__isnull", False)),
                fields=("point", "product"),
                name="stock_line_of_point_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="stockline",
            constraint=models.UniqueConstraint(
                condition=models.Q(("chain__isnull", False), ("ends_on", None)),
                fields=("chain", "product"),
                name="stock_line_of_chain_once",
            ),
        ),
    ]
