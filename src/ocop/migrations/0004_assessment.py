"""Tables of the assessment: councils, dossiers, evidence, messages and tasks."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("ocop", "0003_product_search"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="channels",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="user",
            name="digest",
            field=models.CharField(
                choices=[
                    ("each", "Từng thông báo"),
                    ("daily", "Gộp một thư mỗi ngày"),
                    ("none", "Không gửi thư"),
                ],
                default="each",
                max_length=5,
            ),
        ),
        migrations.CreateModel(
            name="Council",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=8, unique=True)),
                ("name", models.CharField(max_length=200)),
                ("decision_number", models.CharField(max_length=60)),
                ("decided_on", models.DateField()),
                ("authority", models.CharField(max_length=160)),
                ("rules", models.JSONField()),
                ("dissolved_on", models.DateField(null=True)),
                ("demonstration", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "ordering": ("-decided_on", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="Case",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=8, unique=True)),
                ("kind", models.CharField(default="product", max_length=12)),
                ("title", models.CharField(max_length=200)),
                ("reference", models.CharField(blank=True, max_length=60)),
                ("self_total", models.DecimalField(decimal_places=4, max_digits=7, null=True)),
                ("self_star", models.PositiveSmallIntegerField(null=True)),
                ("written", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField()),
                (
                    "producer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ocop.producer",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ocop.criteriasetversion",
                    ),
                ),
            ],
            options={
                "ordering": ("title", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Round",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=8, unique=True)),
                ("year", models.PositiveSmallIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("first", "Đợt 1 của tỉnh, thành phố"),
                            ("second", "Đợt 2 của tỉnh, thành phố"),
                            ("extra", "Đợt bổ sung"),
                            ("central_first", "Đợt 1 của Bộ"),
                            ("central_second", "Đợt 2 của Bộ"),
                        ],
                        max_length=14,
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("province", models.CharField(max_length=2)),
                ("opens_on", models.DateField()),
                ("requests_before", models.DateField()),
                ("done_before", models.DateField()),
                ("plan_number", models.CharField(blank=True, max_length=60)),
                ("note", models.TextField(blank=True)),
                ("closed_on", models.DateField(null=True)),
                ("demonstration", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "ordering": ("-opens_on", "-pk"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "extra"), _negated=True),
                        fields=("province", "year", "kind"),
                        name="round_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("requests_before__gt", models.F("opens_on")),
                            ("done_before__gte", models.F("requests_before")),
                        ),
                        name="round_days_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Dossier",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=8, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("first", "Lần đầu"),
                            ("upgrade", "Nâng hạng"),
                            ("reevaluation", "Đánh giá lại"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "road",
                    models.CharField(
                        choices=[
                            ("regular", "Đúng thời hạn"),
                            ("extended", "Trong thời gian kéo dài"),
                            ("expired", "Sau khi hết hạn"),
                        ],
                        default="regular",
                        max_length=10,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Đang soạn"),
                            ("at_commune", "Ủy ban nhân dân cấp xã kiểm tra"),
                            ("returned", "Trả lại, cần sửa"),
                            ("forwarded", "Đã chuyển cấp tỉnh, chờ tiếp nhận"),
                            ("received", "Cấp tỉnh đã tiếp nhận"),
                            ("examining", "Tổ tư vấn xem xét"),
                            ("ready", "Đủ điều kiện trình hội đồng"),
                            ("on_agenda", "Trong chương trình họp hội đồng"),
                            ("concluded", "Hội đồng đã kết luận"),
                            ("at_ministry", "Trình Bộ đánh giá"),
                            ("decided", "Đã có quyết định công nhận"),
                            ("refused", "Không được công nhận"),
                            ("withdrawn", "Chủ thể rút hồ sơ"),
                        ],
                        default="draft",
                        max_length=12,
                    ),
                ),
                ("slip_number", models.CharField(blank=True, max_length=60)),
                ("province", models.CharField(max_length=2)),
                ("answers", models.JSONField(default=dict)),
                ("marks", models.JSONField(default=dict)),
                ("gates", models.JSONField(default=dict)),
                ("claims", models.JSONField(default=dict)),
                ("revision", models.PositiveIntegerField(default=0)),
                ("folded", models.CharField(blank=True, max_length=420)),
                ("due_on", models.DateField(null=True)),
                ("escalated_at", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField()),
                ("submitted_at", models.DateTimeField(null=True)),
                ("forwarded_at", models.DateTimeField(null=True)),
                ("received_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("demonstration", models.BooleanField(default=False)),
                (
                    "case",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dossier",
                        to="ocop.case",
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
                    "previous",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="followed_by",
                        to="ocop.recognition",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dossiers",
                        to="ocop.product",
                    ),
                ),
                (
                    "recognition",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dossier",
                        to="ocop.recognition",
                    ),
                ),
                (
                    "registration",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dossiers",
                        to="ocop.registration",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ocop.criteriasetversion",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dossiers",
                        to="ocop.round",
                    ),
                ),
            ],
            options={
                "ordering": ("-pk",),
                "indexes": [
                    models.Index(fields=["province", "state", "due_on"], name="dossier_queue"),
                    models.Index(fields=["commune", "state"], name="dossier_commune"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("state__in", ("decided", "refused", "withdrawn")), _negated=True
                        ),
                        fields=("product",),
                        name="dossier_one_open",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("slip_number", ""), _negated=True),
                        fields=("slip_number",),
                        name="dossier_slip_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CommuneReport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("topics", models.JSONField(default=dict)),
                ("checklist", models.JSONField(default=dict)),
                ("conclusion", models.TextField(blank=True)),
                ("number", models.CharField(blank=True, max_length=60)),
                ("signer", models.CharField(blank=True, max_length=120)),
                ("signed_on", models.DateField(null=True)),
                ("revision", models.PositiveIntegerField(default=0)),
                ("written_by", models.BigIntegerField(null=True)),
                ("updated_at", models.DateTimeField()),
                (
                    "dossier",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="report",
                        to="ocop.dossier",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CentralReferral",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("provincial_total", models.DecimalField(decimal_places=6, max_digits=9)),
                ("provincial_star", models.PositiveSmallIntegerField()),
                ("document", models.CharField(max_length=60)),
                ("sent_on", models.DateField()),
                ("central_total", models.DecimalField(decimal_places=6, max_digits=9, null=True)),
                ("central_star", models.PositiveSmallIntegerField(null=True)),
                ("central_document", models.CharField(blank=True, max_length=60)),
                ("central_on", models.DateField(null=True)),
                ("returned", models.BooleanField(default=False)),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="referrals",
                        to="ocop.dossier",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Evidence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=8, unique=True)),
                (
                    "type",
                    models.CharField(
                        choices=[
                            (
                                "business_registration",
                                "Giấy đăng ký kinh doanh, quyết định thành lập",
                            ),
                            ("production_condition", "Giấy chứng nhận đủ điều kiện sản xuất"),
                            ("raw_material", "Nguồn gốc nguyên liệu và liên kết chuỗi"),
                            ("environment", "Bảo vệ môi trường, công nghệ bền vững"),
                            ("local_labour", "Sử dụng lao động địa phương"),
                            ("business_growth", "Tăng trưởng sản xuất, kinh doanh"),
                            ("intellectual_property", "Sở hữu trí tuệ"),
                            ("market", "Thị trường và phân phối"),
                            ("promotion", "Quảng bá, xúc tiến thương mại"),
                            ("story", "Câu chuyện sản phẩm"),
                            ("quality_declaration", "Công bố chất lượng sản phẩm"),
                            ("test_report", "Phiếu kết quả kiểm nghiệm"),
                            ("barcode", "Mã số mã vạch, tem truy xuất nguồn gốc"),
                            ("quality_system", "Hệ thống quản lý chất lượng tiên tiến"),
                            ("award", "Giải thưởng, bình chọn"),
                        ],
                        max_length=24,
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                ("number", models.CharField(blank=True, max_length=80)),
                ("issuer", models.CharField(blank=True, max_length=200)),
                ("issued_on", models.DateField(null=True)),
                ("valid_until", models.DateField(null=True)),
                ("filename", models.CharField(max_length=200)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("created_by", models.BigIntegerField(null=True)),
                ("created_at", models.DateTimeField()),
                ("demonstration", models.BooleanField(default=False)),
                (
                    "attachment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ocop.attachment",
                    ),
                ),
                (
                    "producer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
                        to="ocop.producer",
                    ),
                ),
                (
                    "replaced_by",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaces",
                        to="ocop.evidence",
                    ),
                ),
            ],
            options={
                "ordering": ("-pk",),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at", None)),
                        fields=("producer", "attachment"),
                        name="evidence_file_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("issued_on", None),
                            ("valid_until", None),
                            ("valid_until__gte", models.F("issued_on")),
                            _connector="OR",
                        ),
                        name="evidence_period_not_empty",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EvidenceUse",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("criterion", models.CharField(max_length=10)),
                ("note", models.CharField(blank=True, max_length=300)),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="uses",
                        to="ocop.dossier",
                    ),
                ),
                (
                    "evidence",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="uses",
                        to="ocop.evidence",
                    ),
                ),
            ],
            options={
                "ordering": ("criterion", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("dossier", "evidence", "criterion"), name="evidence_use_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Finding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("criterion", models.CharField(max_length=10)),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("proven", "Có căn cứ"),
                            ("doubtful", "Cần làm rõ"),
                            ("lacking", "Thiếu minh chứng"),
                        ],
                        max_length=10,
                    ),
                ),
                ("points", models.PositiveSmallIntegerField(null=True)),
                ("note", models.TextField(blank=True)),
                ("updated_at", models.DateTimeField()),
                (
                    "adviser",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="findings",
                        to="ocop.dossier",
                    ),
                ),
            ],
            options={
                "ordering": ("criterion", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("dossier", "adviser", "criterion"), name="finding_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Sitting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=8, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[("meeting", "Họp"), ("written", "Lấy ý kiến bằng văn bản")],
                        default="meeting",
                        max_length=8,
                    ),
                ),
                ("passing", models.PositiveSmallIntegerField(default=2)),
                ("title", models.CharField(max_length=200)),
                ("place", models.CharField(blank=True, max_length=200)),
                ("starts_at", models.DateTimeField()),
                ("until", models.DateField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "Đã lên lịch"),
                            ("open", "Đang họp"),
                            ("closed", "Đã kết thúc"),
                            ("cancelled", "Đã hủy"),
                        ],
                        default="planned",
                        max_length=10,
                    ),
                ),
                ("opened_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("minutes_number", models.CharField(blank=True, max_length=60)),
                ("created_at", models.DateTimeField()),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sittings",
                        to="ocop.council",
                    ),
                ),
                (
                    "follows",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ocop.sitting",
                    ),
                ),
            ],
            options={
                "ordering": ("-starts_at", "-pk"),
                "indexes": [models.Index(fields=["council", "starts_at"], name="sitting_when")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("passing__in", (1, 2))),
                        name="sitting_first_or_second_pass",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Item",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=8, unique=True)),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Chưa chấm"),
                            ("scoring", "Đang chấm"),
                            ("rescoring", "Chấm lại"),
                            ("concluded", "Đã kết luận"),
                            ("taken_off", "Đưa ra khỏi phiên"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("attempt", models.PositiveSmallIntegerField(default=1)),
                ("rescoring_reason", models.TextField(blank=True)),
                ("gates", models.JSONField(default=dict)),
                ("agreed", models.JSONField(default=dict)),
                ("discussion", models.TextField(blank=True)),
                ("off_reason", models.TextField(blank=True)),
                ("outcome", models.JSONField(null=True)),
                ("outcome_sha256", models.CharField(blank=True, max_length=64)),
                ("mean", models.DecimalField(decimal_places=6, max_digits=9, null=True)),
                ("star", models.PositiveSmallIntegerField(null=True)),
                ("concluded_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="ocop.case",
                    ),
                ),
                (
                    "sitting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="ocop.sitting",
                    ),
                ),
            ],
            options={
                "ordering": ("position", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "taken_off"), _negated=True),
                        fields=("sitting", "case"),
                        name="item_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("waiting", "scoring", "rescoring"))),
                        fields=("case",),
                        name="item_one_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "concluded"), _negated=True),
                            ("concluded_at__isnull", False),
                            _connector="OR",
                        ),
                        name="item_concluded_has_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=8, unique=True)),
                ("kind", models.CharField(max_length=40)),
                ("key", models.CharField(max_length=120)),
                ("subject", models.CharField(max_length=200)),
                ("body", models.TextField()),
                ("link", models.CharField(blank=True, max_length=200)),
                ("due_on", models.DateField(null=True)),
                ("created_at", models.DateTimeField()),
                ("read_at", models.DateTimeField(null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="messages",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("-pk",),
                "indexes": [models.Index(fields=["user", "read_at"], name="message_unread")],
                "constraints": [
                    models.UniqueConstraint(fields=("user", "key"), name="message_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("email", "Thư điện tử"),
                            ("sms", "Tin nhắn SMS"),
                            ("zalo", "Zalo"),
                        ],
                        max_length=8,
                    ),
                ),
                ("address", models.CharField(max_length=254)),
                ("subject", models.CharField(max_length=200)),
                ("body", models.TextField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Chờ gửi"),
                            ("sent", "Đã gửi"),
                            ("failed", "Không gửi được"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("not_before", models.DateTimeField()),
                ("claimed_until", models.DateTimeField(null=True)),
                ("sent_at", models.DateTimeField(null=True)),
                ("failure", models.TextField(blank=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliveries",
                        to="ocop.message",
                    ),
                ),
            ],
            options={
                "ordering": ("pk",),
                "indexes": [models.Index(fields=["state", "not_before"], name="delivery_queue")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("message__isnull", False)),
                        fields=("message", "channel"),
                        name="delivery_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Potential",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=8, unique=True)),
                ("province", models.CharField(max_length=2)),
                ("product_name", models.CharField(max_length=200)),
                ("producer_name", models.CharField(blank=True, max_length=200)),
                ("aim", models.PositiveSmallIntegerField(null=True)),
                ("year", models.PositiveSmallIntegerField()),
                ("helper", models.CharField(blank=True, max_length=200)),
                ("need", models.TextField(blank=True)),
                ("ended_on", models.DateField(null=True)),
                ("ended_reason", models.CharField(blank=True, max_length=200)),
                ("demonstration", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField()),
                (
                    "officer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ocop.product",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ocop.unit",
                    ),
                ),
            ],
            options={
                "ordering": ("-year", "product_name", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ready", models.BooleanField()),
                ("star", models.PositiveSmallIntegerField(null=True)),
                ("text", models.TextField()),
                ("complex", models.BooleanField(default=False)),
                ("written_by", models.BigIntegerField(null=True)),
                ("written_at", models.DateTimeField()),
                (
                    "dossier",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposal",
                        to="ocop.dossier",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Sample",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("count", models.PositiveSmallIntegerField()),
                ("received_on", models.DateField()),
                ("condition", models.CharField(blank=True, max_length=300)),
                ("received_by", models.BigIntegerField(null=True)),
                ("created_at", models.DateTimeField()),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="samples",
                        to="ocop.dossier",
                    ),
                ),
            ],
            options={
                "ordering": ("pk",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("count__gt", 0)), name="sample_count_positive"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Seat",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "position",
                    models.CharField(
                        choices=[
                            ("chair", "Chủ tịch"),
                            ("deputy", "Phó Chủ tịch"),
                            ("secretary", "Ủy viên, thư ký"),
                            ("member", "Ủy viên"),
                        ],
                        default="member",
                        max_length=10,
                    ),
                ),
                ("organisation", models.CharField(blank=True, max_length=200)),
                ("title", models.CharField(blank=True, max_length=120)),
                ("address", models.CharField(blank=True, max_length=300)),
                ("place", models.PositiveSmallIntegerField(default=0)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(null=True)),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seats",
                        to="ocop.council",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seats",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("place", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ends_on", None)),
                        fields=("council", "user"),
                        name="seat_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ends_on", None), ("position", "chair")),
                        fields=("council",),
                        name="seat_one_chair",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on", None),
                            ("ends_on__gt", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="seat_period_not_empty",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Obstacle",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("declared", "Thành viên tự khai"),
                            ("leader", "Là người đứng đầu hoặc làm việc cho chủ thể"),
                            ("organisation", "Cùng tổ chức với chủ thể"),
                            ("household", "Trùng tên hộ hoặc địa chỉ với chủ thể"),
                        ],
                        max_length=14,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("warned", "Chờ xem xét"),
                            ("recused", "Không tham gia đánh giá"),
                            ("dismissed", "Được tham gia"),
                        ],
                        default="warned",
                        max_length=10,
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                ("raised_at", models.DateTimeField()),
                ("settled_at", models.DateTimeField(null=True)),
                ("settled_by", models.BigIntegerField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="obstacles",
                        to="ocop.case",
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="obstacles",
                        to="ocop.seat",
                    ),
                ),
            ],
            options={
                "ordering": ("pk",),
                "constraints": [
                    models.UniqueConstraint(fields=("case", "seat", "ground"), name="obstacle_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Sheet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("attempt", models.PositiveSmallIntegerField(default=1)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Đang chấm"),
                            ("entered", "Phiếu giấy chờ xác nhận"),
                            ("submitted", "Đã nộp"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("marks", models.JSONField(default=dict)),
                ("comments", models.JSONField(default=dict)),
                ("gates", models.JSONField(default=dict)),
                ("stamps", models.JSONField(default=dict)),
                ("opinion", models.TextField(blank=True)),
                ("rescoring_reason", models.TextField(blank=True)),
                ("wants_meeting", models.BooleanField(default=False)),
                ("total", models.DecimalField(decimal_places=4, max_digits=7, null=True)),
                ("revision", models.PositiveIntegerField(default=0)),
                ("paper", models.BooleanField(default=False)),
                ("entered_by", models.BigIntegerField(null=True)),
                ("confirmed_by", models.BigIntegerField(null=True)),
                ("reopened_reason", models.TextField(blank=True)),
                ("submitted_at", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField()),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sheets",
                        to="ocop.item",
                    ),
                ),
                (
                    "scan",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ocop.attachment",
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sheets",
                        to="ocop.seat",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("item", "seat", "attempt"), name="sheet_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "submitted"), _negated=True),
                            ("submitted_at__isnull", False),
                            _connector="OR",
                        ),
                        name="sheet_submitted_has_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confirmed_by", None),
                            models.Q(("confirmed_by", models.F("entered_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="sheet_confirmed_by_another",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Attendance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("present", models.BooleanField()),
                ("note", models.CharField(blank=True, max_length=200)),
                ("noted_at", models.DateTimeField()),
                (
                    "seat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ocop.seat",
                    ),
                ),
                (
                    "sitting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendances",
                        to="ocop.sitting",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("sitting", "seat"), name="attendance_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Snapshot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("content", models.JSONField()),
                ("sha256", models.CharField(max_length=64)),
                ("why", models.CharField(max_length=20)),
                ("made_by", models.BigIntegerField(null=True)),
                ("made_at", models.DateTimeField()),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="snapshots",
                        to="ocop.dossier",
                    ),
                ),
            ],
            options={
                "ordering": ("dossier", "number"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("dossier", "number"), name="snapshot_number_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ChangeRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=8, unique=True)),
                ("proposed", models.JSONField()),
                ("reason", models.TextField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Chờ xem xét"),
                            ("accepted", "Đồng ý"),
                            ("declined", "Không đồng ý"),
                        ],
                        default="asked",
                        max_length=10,
                    ),
                ),
                ("asked_by", models.BigIntegerField(null=True)),
                ("asked_at", models.DateTimeField()),
                ("answer", models.TextField(blank=True)),
                ("answered_by", models.BigIntegerField(null=True)),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="ocop.dossier",
                    ),
                ),
                (
                    "base",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ocop.snapshot",
                    ),
                ),
            ],
            options={
                "ordering": ("-pk",),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "asked")),
                        fields=("dossier",),
                        name="change_one_asked",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Speciality",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "sector",
                    models.CharField(
                        choices=[
                            ("I", "Thực phẩm"),
                            ("II", "Đồ uống"),
                            ("III", "Dược liệu và sản phẩm từ dược liệu"),
                            ("IV", "Hàng thủ công mỹ nghệ"),
                            ("V", "Sinh vật cảnh"),
                            ("VI", "Dịch vụ du lịch cộng đồng, du lịch sinh thái và điểm du lịch"),
                        ],
                        max_length=4,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="specialities",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("user", "sector"), name="speciality_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Supplement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=8, unique=True)),
                ("step", models.CharField(max_length=12)),
                ("wanted", models.TextField()),
                ("criteria", models.JSONField(default=list)),
                ("due_on", models.DateField()),
                ("asked_by", models.BigIntegerField(null=True)),
                ("asked_at", models.DateTimeField()),
                ("answer", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="supplements",
                        to="ocop.dossier",
                    ),
                ),
            ],
            options={
                "ordering": ("-pk",),
            },
        ),
        migrations.CreateModel(
            name="TestOrder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=8, unique=True)),
                ("laboratory", models.CharField(max_length=200)),
                ("parameters", models.TextField()),
                ("ordered_on", models.DateField()),
                ("due_on", models.DateField(null=True)),
                ("result_on", models.DateField(null=True)),
                ("passed", models.BooleanField(null=True)),
                ("result", models.TextField(blank=True)),
                ("ordered_by", models.BigIntegerField(null=True)),
                ("created_at", models.DateTimeField()),
                (
                    "attachment",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ocop.attachment",
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tests",
                        to="ocop.dossier",
                    ),
                ),
            ],
            options={
                "ordering": ("pk",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("result_on", None),
                            ("result_on__gte", models.F("ordered_on")),
                            _connector="OR",
                        ),
                        name="test_result_after_order",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="UnitTask",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=8, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("expired", "Sản phẩm hết hạn cần đánh giá lại"),
                            ("registrations", "Đăng ký sản phẩm cho năm"),
                            ("figures", "Số liệu báo cáo"),
                            ("other", "Việc khác"),
                        ],
                        max_length=14,
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                ("wanted", models.TextField()),
                ("year", models.PositiveSmallIntegerField(null=True)),
                ("indicator", models.CharField(blank=True, max_length=60)),
                ("document", models.CharField(blank=True, max_length=60)),
                ("given_on", models.DateField()),
                ("due_on", models.DateField()),
                ("given_by", models.BigIntegerField(null=True)),
                ("cancelled_at", models.DateTimeField(null=True)),
                ("demonstration", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "ordering": ("-given_on", "-pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("due_on__gte", models.F("given_on"))),
                        name="unit_task_due_after",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="UnitAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=8, unique=True)),
                ("rows", models.JSONField(default=list)),
                ("answer", models.TextField(blank=True)),
                ("value", models.DecimalField(decimal_places=2, max_digits=14, null=True)),
                ("row_answers", models.JSONField(default=dict)),
                ("answered_by", models.BigIntegerField(null=True)),
                ("answered_at", models.DateTimeField(null=True)),
                ("reminded_at", models.DateTimeField(null=True)),
                (
                    "attachment",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ocop.attachment",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ocop.unit",
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="ocop.unittask",
                    ),
                ),
            ],
            options={
                "ordering": ("unit", "pk"),
                "constraints": [
                    models.UniqueConstraint(fields=("task", "unit"), name="unit_answer_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Visit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=8, unique=True)),
                ("client_id", models.UUIDField(unique=True)),
                ("visited_at", models.DateTimeField()),
                ("lat", models.FloatField(null=True)),
                ("lon", models.FloatField(null=True)),
                ("accuracy", models.FloatField(null=True)),
                ("note", models.TextField()),
                ("created_at", models.DateTimeField()),
                (
                    "adviser",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visits",
                        to="ocop.dossier",
                    ),
                ),
            ],
            options={
                "ordering": ("-visited_at", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="VisitPhoto",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("caption", models.CharField(blank=True, max_length=160)),
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="photos",
                        to="ocop.visit",
                    ),
                ),
            ],
            options={
                "ordering": ("pk",),
                "constraints": [
                    models.UniqueConstraint(fields=("visit", "attachment"), name="visit_photo_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Assignment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("lead", models.BooleanField(default=False)),
                ("assigned_by", models.BigIntegerField(null=True)),
                ("assigned_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "adviser",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to="ocop.dossier",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("dossier", "adviser"),
                        name="assignment_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None), ("lead", True)),
                        fields=("dossier",),
                        name="assignment_one_lead",
                    ),
                ],
            },
        ),
    ]
