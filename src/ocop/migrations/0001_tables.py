"""Every table, as it stood when the steps that led there were put together (ADR 41)."""

from typing import Any

import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.core.management import call_command
from django.db import migrations, models

from ocop.core.at_once import AtOnce
from ocop.core.db import ProtectEvents, ProtectLog
from ocop.products.search import InstallSearch


def _cache(_apps: Any, schema_editor: Any) -> None:
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(AtOnce):
    initial = True
    replaces = [
        ("ocop", "0001_initial"),
        ("ocop", "0002_append_only"),
        ("ocop", "0003_product_search"),
        ("ocop", "0004_assessment"),
        ("ocop", "0005_minutes_day"),
        ("ocop", "0006_shared_cache"),
        ("ocop", "0007_sheet_reopened_from"),
        ("ocop", "0008_made_papers"),
        ("ocop", "0009_sheet_on_screen"),
        ("ocop", "0010_proposal_unexamined"),
        ("ocop", "0011_recognition_filed_on"),
        ("ocop", "0012_certificates"),
        ("ocop", "0013_council_and_sitting_once"),
        ("ocop", "0014_item_agreed_marks"),
        ("ocop", "0015_item_gate_reasons"),
        ("ocop", "0016_public_log"),
        ("ocop", "0017_campaigns"),
        ("ocop", "0018_postcheck"),
        ("ocop", "0019_round_withdrawn"),
        ("ocop", "0020_road_past_the_window"),
        ("ocop", "0021_complaint_photo"),
        ("ocop", "0022_decision_publication"),
        ("ocop", "0023_made_certificates"),
        ("ocop", "0024_restored_stars"),
        ("ocop", "0025_traceability"),
        ("ocop", "0026_items"),
        ("ocop", "0027_corrected_records"),
        ("ocop", "0028_revocations"),
        ("ocop", "0029_stamp_prints"),
        ("ocop", "0030_stamp_openings"),
        ("ocop", "0031_captures"),
        ("ocop", "0032_scans"),
        ("ocop", "0033_jobs"),
        ("ocop", "0034_complaint_of_unknown_code"),
        ("ocop", "0035_revocations_kept"),
        ("ocop", "0036_material_source"),
        ("ocop", "0037_villages"),
        ("ocop", "0038_training"),
        ("ocop", "0039_support"),
        ("ocop", "0040_points"),
        ("ocop", "0041_annulling_decisions"),
        ("ocop", "0042_wrong_decisions_of_cases"),
        ("ocop", "0043_events_searched"),
        ("ocop", "0044_events"),
        ("ocop", "0045_names_in_events"),
        ("ocop", "0046_online"),
        ("ocop", "0047_centres"),
        ("ocop", "0048_meetings"),
        ("ocop", "0049_event_days"),
    ]

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Artisan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                (
                    "title",
                    models.CharField(
                        choices=[
                            ("people", "Nghệ nhân Nhân dân"),
                            ("merited", "Nghệ nhân Ưu tú"),
                            ("city", "Nghệ nhân cấp tỉnh, thành phố"),
                            ("skilled", "Thợ giỏi"),
                        ],
                        max_length=10,
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(null=True)),
                ("consents", models.BooleanField(default=False)),
                ("removed_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ("name", "pk"),
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
            ],
        ),
        migrations.CreateModel(
            name="BoothAssignment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by_hand", models.BooleanField()),
                ("assigned_at", models.DateTimeField()),
            ],
            options={
                "ordering": ("booth",),
            },
        ),
        migrations.CreateModel(
            name="BudgetLine",
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
                    "category",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("consultancy", "Tư vấn, hoàn thiện hồ sơ"),
                            ("trace", "Dữ liệu số, tem truy xuất"),
                            ("tools", "Máy móc, dụng cụ, bao bì"),
                            ("training", "Tập huấn, đào tạo"),
                            ("promotion", "Hội chợ, xúc tiến thương mại"),
                            ("sales_point", "Điểm giới thiệu và bán sản phẩm"),
                            ("trademark", "Nhãn hiệu, sở hữu trí tuệ"),
                            ("bonus", "Thưởng theo hạng sao"),
                            ("other", "Khác"),
                        ],
                        max_length=12,
                    ),
                ),
                ("source", models.CharField(max_length=200)),
                ("amount", models.PositiveBigIntegerField()),
                ("committed", models.PositiveBigIntegerField(default=0)),
                ("paid", models.PositiveBigIntegerField(default=0)),
                ("reclaimed", models.PositiveBigIntegerField(default=0)),
                ("demonstration", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "ordering": ("-year", "unit", "category"),
            },
        ),
        migrations.CreateModel(
            name="Campaign",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=8, unique=True)),
                ("title", models.CharField(max_length=200)),
                ("reason", models.TextField()),
                ("asked", models.TextField()),
                ("told", models.TextField()),
                ("document", models.CharField(blank=True, max_length=60)),
                ("due_on", models.DateField()),
                ("created_by", models.BigIntegerField(null=True)),
                ("created_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
                ("demonstration", models.BooleanField(default=False)),
            ],
            options={
                "ordering": ("-pk",),
            },
        ),
        migrations.CreateModel(
            name="CaseStatement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField()),
                ("written_by", models.BigIntegerField(null=True)),
                ("written_at", models.DateTimeField()),
            ],
            options={
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="Certificate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("province", models.CharField(max_length=2)),
                ("year", models.PositiveSmallIntegerField()),
                ("serial", models.PositiveIntegerField()),
                ("number", models.CharField(max_length=60)),
                ("issued_on", models.DateField()),
                ("words", models.JSONField()),
            ],
            options={
                "ordering": ("year", "serial"),
            },
        ),
        migrations.CreateModel(
            name="ColumnMapping",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("heading", models.CharField(max_length=64, unique=True)),
                ("mapping", models.JSONField()),
                ("used_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Complaint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=8, unique=True)),
                ("secret_digest", models.CharField(max_length=64)),
                (
                    "topic",
                    models.CharField(
                        choices=[
                            ("mark", "Dùng nhãn hiệu OCOP, hạng sao sai"),
                            ("quality", "Chất lượng, an toàn"),
                            ("label", "Tem, nhãn, mã truy xuất"),
                            ("advertising", "Quảng cáo"),
                            ("other", "Việc khác"),
                        ],
                        max_length=12,
                    ),
                ),
                ("text", models.TextField()),
                ("place", models.CharField(blank=True, max_length=200)),
                ("contact_name", models.CharField(blank=True, max_length=120)),
                ("contact", models.CharField(blank=True, max_length=160)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("received", "Mới nhận"),
                            ("checking", "Đang kiểm tra"),
                            ("answered", "Đã trả lời"),
                            ("dismissed", "Không xử lý"),
                        ],
                        default="received",
                        max_length=10,
                    ),
                ),
                ("received_at", models.DateTimeField()),
                ("due_on", models.DateField()),
                ("answer", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(null=True)),
                ("answered_by", models.BigIntegerField(null=True)),
                ("demonstration", models.BooleanField(default=False)),
            ],
            options={
                "ordering": ("-received_at", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="CriteriaSetVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("revision", models.PositiveSmallIntegerField(default=1)),
                ("name", models.CharField(max_length=200)),
                ("sector", models.CharField(max_length=4)),
                ("content", models.JSONField()),
                ("sha256", models.CharField(max_length=64)),
                ("published_at", models.DateTimeField(null=True)),
                ("signed_off_at", models.DateTimeField(null=True)),
                ("signed_off_by", models.BigIntegerField(null=True)),
            ],
            options={
                "ordering": ("number", "-revision"),
            },
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                ("actor_kind", models.CharField(max_length=10)),
                ("actor_id", models.BigIntegerField(null=True)),
                ("at", models.DateTimeField()),
                ("reason", models.TextField(blank=True)),
                ("change", models.JSONField(default=dict)),
            ],
            options={
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="EventApplication",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=8, unique=True)),
                ("contact", models.CharField(max_length=120)),
                ("phone", models.CharField(blank=True, max_length=20)),
                (
                    "sector",
                    models.CharField(
                        blank=True,
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
                ("group", models.PositiveSmallIntegerField(default=0)),
                ("area", models.PositiveIntegerField(default=0)),
                ("power", models.BooleanField(default=False)),
                ("water", models.BooleanField(default=False)),
                ("note", models.CharField(blank=True, max_length=500)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("sent", "Chờ trả lời"),
                            ("accepted", "Được tham gia"),
                            ("refused", "Không được xếp"),
                            ("withdrawn", "Đã rút"),
                        ],
                        default="sent",
                        max_length=9,
                    ),
                ),
                ("answer", models.CharField(blank=True, max_length=500)),
                ("points", models.SmallIntegerField(null=True)),
                ("points_told", models.JSONField(default=list)),
                ("sent_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ("event", "sent_at", "pk"),
            },
        ),
        migrations.CreateModel(
            name="EventBooth",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("label", models.CharField(max_length=8)),
                ("x", models.PositiveIntegerField()),
                ("y", models.PositiveIntegerField()),
                ("width", models.PositiveIntegerField()),
                ("depth", models.PositiveIntegerField()),
                (
                    "sector",
                    models.CharField(
                        blank=True,
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
                ("power", models.BooleanField(default=False)),
                ("water", models.BooleanField(default=False)),
                ("kept_for", models.CharField(blank=True, max_length=100)),
            ],
            options={
                "ordering": ("event", "label"),
            },
        ),
        migrations.CreateModel(
            name="EventCheckIn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("client_id", models.UUIDField(unique=True)),
                ("gate", models.CharField(blank=True, max_length=40)),
                ("device", models.CharField(blank=True, max_length=40)),
                ("at", models.DateTimeField()),
                ("received_at", models.DateTimeField()),
                ("entry", models.BooleanField()),
            ],
            options={
                "ordering": ("day", "at", "pk"),
            },
        ),
        migrations.CreateModel(
            name="EventCost",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("ground", "Mặt bằng, gian hàng"),
                            ("building", "Dàn dựng, điện, nước"),
                            ("publicity", "Truyền thông, quảng bá"),
                            ("travel", "Đi lại, vận chuyển, ăn ở"),
                            ("staff", "Tổ chức, nhân công"),
                            ("other", "Khoản khác"),
                        ],
                        max_length=9,
                    ),
                ),
                (
                    "payer",
                    models.CharField(
                        choices=[
                            ("state", "Ngân sách nhà nước"),
                            ("producers", "Đơn vị tham gia"),
                            ("partners", "Đơn vị phối hợp, tài trợ"),
                        ],
                        max_length=9,
                    ),
                ),
                ("words", models.CharField(max_length=200)),
                ("amount", models.PositiveBigIntegerField()),
                ("paid_on", models.DateField()),
                ("document", models.CharField(blank=True, max_length=120)),
                ("entered_at", models.DateTimeField()),
                ("removed_for", models.CharField(blank=True, max_length=500)),
                ("removed_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ("event", "paid_on", "pk"),
            },
        ),
        migrations.CreateModel(
            name="EventDay",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("counted", models.PositiveIntegerField()),
                ("told_at", models.DateTimeField()),
            ],
            options={
                "ordering": ("event", "day"),
            },
        ),
        migrations.CreateModel(
            name="EventGoods",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("labelled", models.BooleanField()),
                ("offer", models.CharField(blank=True, max_length=200)),
                ("price", models.PositiveBigIntegerField(null=True)),
                ("usual_price", models.PositiveBigIntegerField(null=True)),
            ],
            options={
                "ordering": ("application", "position"),
            },
        ),
        migrations.CreateModel(
            name="EventObject",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=40)),
                ("object_id", models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="EventOrganiser",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("position", models.PositiveSmallIntegerField()),
            ],
            options={
                "ordering": ("event", "position"),
            },
        ),
        migrations.CreateModel(
            name="EventSeries",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=8, unique=True)),
                ("name", models.CharField(max_length=200)),
                ("folded", models.CharField(max_length=200, unique=True)),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "ordering": ("folded",),
            },
        ),
        migrations.CreateModel(
            name="EventThing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("epc", "epcList"),
                            ("class", "quantityList"),
                            ("parent", "parentID"),
                            ("child", "childEPCs"),
                            ("child_class", "childQuantityList"),
                            ("input", "inputEPCList"),
                            ("input_class", "inputQuantityList"),
                            ("output", "outputEPCList"),
                            ("output_class", "outputQuantityList"),
                            ("transform", "transformationID"),
                            ("transaction", "bizTransactionList"),
                            ("source", "sourceList"),
                            ("destination", "destinationList"),
                        ],
                        max_length=12,
                    ),
                ),
                ("value", models.CharField(max_length=420)),
                ("quantity", models.DecimalField(decimal_places=6, max_digits=18, null=True)),
                ("measure", models.CharField(blank=True, max_length=8)),
                ("stamp", models.BigIntegerField(null=True)),
            ],
            options={
                "ordering": ("event", "pk"),
            },
        ),
        migrations.CreateModel(
            name="EventTicket",
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
                            ("exhibitor", "Người của gian hàng"),
                            ("guest", "Khách mời, người mua"),
                            ("visitor", "Khách tham quan"),
                        ],
                        max_length=9,
                    ),
                ),
                ("holder", models.CharField(blank=True, max_length=120)),
                ("batch", models.PositiveSmallIntegerField(default=0)),
                ("issued_at", models.DateTimeField()),
                ("void_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ("event", "batch", "pk"),
            },
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
            ],
            options={
                "ordering": ("-pk",),
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
            ],
            options={
                "ordering": ("criterion", "pk"),
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
            ],
            options={
                "ordering": ("criterion", "pk"),
            },
        ),
        migrations.CreateModel(
            name="FollowUp",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("due_on", models.DateField()),
                ("delivered", models.PositiveBigIntegerField(null=True)),
                ("note", models.CharField(blank=True, max_length=500)),
                ("told_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ("deal", "number"),
            },
        ),
        migrations.CreateModel(
            name="ForeignCode",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "scheme",
                    models.CharField(
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
                ("value", models.CharField(max_length=200)),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "ordering": ("scheme", "value"),
            },
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
        ),
        migrations.CreateModel(
            name="Grant",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("consultancy", "Tư vấn, hoàn thiện hồ sơ"),
                            ("trace", "Dữ liệu số, tem truy xuất"),
                            ("tools", "Máy móc, dụng cụ, bao bì"),
                            ("training", "Tập huấn, đào tạo"),
                            ("promotion", "Hội chợ, xúc tiến thương mại"),
                            ("sales_point", "Điểm giới thiệu và bán sản phẩm"),
                            ("trademark", "Nhãn hiệu, sở hữu trí tuệ"),
                            ("bonus", "Thưởng theo hạng sao"),
                            ("other", "Khác"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("centre", "Trung ương"),
                            ("province", "Cấp tỉnh"),
                            ("district", "Cấp huyện (đến 30/6/2025)"),
                            ("commune", "Cấp xã"),
                        ],
                        max_length=8,
                    ),
                ),
                ("payer", models.CharField(blank=True, max_length=160)),
                ("year", models.PositiveSmallIntegerField()),
                ("given_on", models.DateField(null=True)),
                ("amount", models.PositiveBigIntegerField()),
                ("quantity", models.PositiveIntegerField(default=0)),
                ("star", models.PositiveSmallIntegerField(null=True)),
                ("document", models.CharField(blank=True, max_length=120)),
                ("purpose", models.CharField(blank=True, max_length=300)),
                ("row_key", models.CharField(max_length=64, unique=True)),
                ("demonstration", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "ordering": ("-year", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="GrantBatch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=8, unique=True)),
                ("filename", models.CharField(max_length=200)),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("centre", "Trung ương"),
                            ("province", "Cấp tỉnh"),
                            ("district", "Cấp huyện (đến 30/6/2025)"),
                            ("commune", "Cấp xã"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "category",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("consultancy", "Tư vấn, hoàn thiện hồ sơ"),
                            ("trace", "Dữ liệu số, tem truy xuất"),
                            ("tools", "Máy móc, dụng cụ, bao bì"),
                            ("training", "Tập huấn, đào tạo"),
                            ("promotion", "Hội chợ, xúc tiến thương mại"),
                            ("sales_point", "Điểm giới thiệu và bán sản phẩm"),
                            ("trademark", "Nhãn hiệu, sở hữu trí tuệ"),
                            ("bonus", "Thưởng theo hạng sao"),
                            ("other", "Khác"),
                        ],
                        max_length=12,
                    ),
                ),
                ("rows", models.PositiveIntegerField(default=0)),
                ("accepted", models.PositiveIntegerField(default=0)),
                ("rejected", models.PositiveIntegerField(default=0)),
                ("known", models.PositiveIntegerField(default=0)),
                ("reports", models.JSONField(default=list)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("read", "Đã đọc, chưa nạp"),
                            ("loaded", "Đã nạp"),
                            ("undone", "Đã hoàn tác"),
                        ],
                        default="read",
                        max_length=6,
                    ),
                ),
                ("created_by", models.BigIntegerField(null=True)),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "ordering": ("-pk",),
            },
        ),
        migrations.CreateModel(
            name="ImportBatch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("filename", models.CharField(max_length=200)),
                ("wishes", models.JSONField(default=dict)),
                ("table", models.JSONField(default=dict)),
                ("rows", models.PositiveIntegerField(default=0)),
                ("accepted", models.PositiveIntegerField(default=0)),
                ("rejected", models.PositiveIntegerField(default=0)),
                ("unchanged", models.PositiveIntegerField(default=0)),
                ("reports", models.JSONField(default=list)),
                ("sample", models.JSONField(default=list)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("received", "Đã nhận tệp"),
                            ("read", "Đã đọc, chưa nạp"),
                            ("loaded", "Đã nạp, chưa công bố"),
                            ("published", "Đã công bố"),
                            ("undone", "Đã hoàn tác"),
                        ],
                        default="received",
                        max_length=10,
                    ),
                ),
                ("job", models.CharField(blank=True, max_length=8)),
                ("job_seen_at", models.DateTimeField(null=True)),
                ("progress", models.PositiveIntegerField(default=0)),
                ("failure", models.TextField(blank=True)),
                ("created_by", models.BigIntegerField(null=True)),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "ordering": ("-pk",),
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
                ("gate_reasons", models.JSONField(default=dict)),
                ("agreed", models.JSONField(default=dict)),
                ("agreed_marks", models.JSONField(default=dict)),
                ("discussion", models.TextField(blank=True)),
                ("off_reason", models.TextField(blank=True)),
                ("outcome", models.JSONField(null=True)),
                ("outcome_sha256", models.CharField(blank=True, max_length=64)),
                ("mean", models.DecimalField(decimal_places=6, max_digits=9, null=True)),
                ("star", models.PositiveSmallIntegerField(null=True)),
                ("concluded_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ("position", "pk"),
            },
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
            ],
            options={
                "ordering": ("-starts_on", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="LegalVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=20, unique=True)),
                ("document", models.CharField(max_length=60)),
                (
                    "subject",
                    models.CharField(
                        choices=[("product", "Product"), ("other", "Other")],
                        default="product",
                        max_length=10,
                    ),
                ),
                ("issued_on", models.DateField()),
                ("effective_from", models.DateField()),
                ("effective_to", models.DateField(null=True)),
                ("facts", models.JSONField(default=dict)),
            ],
            options={
                "ordering": ("effective_from",),
            },
        ),
        migrations.CreateModel(
            name="LinkCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Chờ kiểm tra"),
                            ("alive", "Mở được"),
                            ("unsure", "Chưa chắc chắn"),
                            ("dead", "Không mở được"),
                        ],
                        max_length=7,
                    ),
                ),
                ("changed", models.BooleanField()),
                ("reason", models.CharField(max_length=16)),
                ("status", models.PositiveSmallIntegerField(null=True)),
            ],
            options={
                "ordering": ("-at", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="LogEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("index", models.BigIntegerField(unique=True)),
                ("form", models.CharField(max_length=20)),
                ("kind", models.CharField(max_length=40)),
                ("object_id", models.BigIntegerField()),
                ("leaf", models.TextField()),
                ("leaf_hash", models.CharField(max_length=64)),
            ],
            options={
                "ordering": ("index",),
            },
        ),
        migrations.CreateModel(
            name="LogHead",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("size", models.BigIntegerField(default=0)),
                ("checked_at", models.DateTimeField(null=True)),
                ("finding", models.JSONField(default=dict)),
                ("trouble", models.JSONField(default=dict)),
            ],
        ),
        migrations.CreateModel(
            name="Lot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=8, unique=True)),
                ("number", models.CharField(max_length=20)),
                ("produced_on", models.DateField(null=True)),
                ("expires_on", models.DateField(null=True)),
                ("quantity", models.DecimalField(decimal_places=3, max_digits=15, null=True)),
                ("measure", models.CharField(blank=True, max_length=20)),
                ("note", models.CharField(blank=True, max_length=500)),
                ("recalled_at", models.DateTimeField(null=True)),
                ("recall_reason", models.CharField(blank=True, max_length=500)),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "ordering": ("-produced_on", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="MadePaper",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=8, unique=True)),
                ("language", models.CharField(max_length=2)),
                (
                    "state",
                    models.CharField(
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
                ("run", models.PositiveIntegerField(default=1)),
                ("seen_at", models.DateTimeField()),
                ("done", models.PositiveIntegerField(default=0)),
                ("pieces", models.PositiveIntegerField(default=0)),
                ("failure", models.TextField(blank=True)),
                ("file", models.FileField(blank=True, max_length=200, upload_to="made")),
                ("name", models.CharField(blank=True, max_length=100)),
                ("size", models.PositiveBigIntegerField(default=0)),
                ("asked_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("key", models.CharField(max_length=20)),
                ("kind", models.CharField(max_length=4)),
                ("fingerprint", models.CharField(max_length=64, unique=True)),
                ("items", models.JSONField(default=list)),
                ("sheets", models.JSONField(default=list)),
            ],
            options={
                "ordering": ("-pk",),
            },
        ),
        migrations.CreateModel(
            name="Material",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=8, unique=True)),
                ("name", models.CharField(max_length=120)),
                ("number", models.CharField(blank=True, max_length=40)),
                ("supplier", models.CharField(blank=True, max_length=160)),
                ("source_code", models.CharField(blank=True, max_length=400)),
                ("quantity", models.DecimalField(decimal_places=3, max_digits=15, null=True)),
                ("measure", models.CharField(blank=True, max_length=3, verbose_name="Đơn vị")),
                ("taken_on", models.DateField()),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "ordering": ("-taken_on", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="MeetingRound",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=8, unique=True)),
                ("name", models.CharField(max_length=200)),
                ("place", models.CharField(max_length=300)),
                ("starts_at", models.DateTimeField()),
                ("turns", models.PositiveSmallIntegerField()),
                ("minutes", models.PositiveSmallIntegerField()),
                ("tables", models.PositiveSmallIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[("planned", "Đang xếp lịch"), ("told", "Đã báo lịch")],
                        default="planned",
                        max_length=7,
                    ),
                ),
                ("left", models.JSONField(default=list)),
                ("gap", models.FloatField(null=True)),
                ("demonstration", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "ordering": ("-starts_at", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="MeetingSlot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("turn", models.PositiveSmallIntegerField()),
                ("table", models.PositiveSmallIntegerField()),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Chưa ghi"),
                            ("talked", "Đã gặp, hẹn trao đổi tiếp"),
                            ("agreed", "Thống nhất hợp tác"),
                            ("nothing", "Đã gặp, không phù hợp"),
                            ("absent", "Một bên vắng mặt"),
                        ],
                        default="",
                        max_length=7,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=500)),
            ],
            options={
                "ordering": ("round", "turn", "table"),
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("producer", "Chủ thể"),
                            ("commune_officer", "Cán bộ cấp xã"),
                            ("provincial_officer", "Cán bộ Văn phòng Điều phối"),
                            ("office_head", "Lãnh đạo Văn phòng Điều phối"),
                            ("advisory_member", "Thành viên tổ tư vấn"),
                            ("council_member", "Thành viên hội đồng"),
                            ("council_secretary", "Thư ký hội đồng"),
                            ("council_chair", "Chủ tịch hội đồng"),
                            ("inspector", "Người kiểm tra"),
                            ("sales_point_keeper", "Người phụ trách điểm bán"),
                            ("event_organiser", "Người tổ chức sự kiện"),
                            ("auditor", "Kiểm toán, thanh tra"),
                            ("administrator", "Quản trị hệ thống"),
                        ],
                        max_length=24,
                    ),
                ),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(null=True)),
            ],
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
            ],
            options={
                "ordering": ("-pk",),
            },
        ),
        migrations.CreateModel(
            name="Money",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("paid", "Chi"), ("reclaimed", "Thu hồi")], max_length=9
                    ),
                ),
                ("amount", models.PositiveBigIntegerField()),
                ("on", models.DateField()),
                ("voucher", models.CharField(max_length=60)),
                ("reason", models.CharField(blank=True, max_length=500)),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ("on", "pk"),
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
            ],
            options={
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="OnlineReport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("starts_on", models.DateField()),
                ("total", models.PositiveBigIntegerField()),
                ("online", models.PositiveBigIntegerField()),
                ("sent_at", models.DateTimeField()),
                ("demonstration", models.BooleanField(default=False)),
            ],
            options={
                "ordering": ("-starts_on", "producer"),
            },
        ),
        migrations.CreateModel(
            name="Option",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=80, unique=True)),
                ("value", models.JSONField()),
            ],
        ),
        migrations.CreateModel(
            name="StampOrder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=8, unique=True)),
                ("quantity", models.PositiveIntegerField()),
                ("year", models.PositiveSmallIntegerField()),
                ("wet", models.BooleanField(default=False)),
                ("hidden", models.BooleanField(default=False)),
                ("note", models.CharField(blank=True, max_length=500)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("requested", "Chờ duyệt"),
                            ("approved", "Đã duyệt"),
                            ("refused", "Không duyệt"),
                            ("withdrawn", "Đã rút"),
                        ],
                        default="requested",
                        max_length=10,
                    ),
                ),
                ("answer", models.CharField(blank=True, max_length=500)),
                ("first", models.PositiveBigIntegerField(null=True)),
                ("requested_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ("-requested_at", "-pk"),
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
            ],
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
            ],
            options={
                "ordering": ("pk",),
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
            ],
            options={
                "ordering": ("-visited_at", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="Policy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=40, unique=True)),
                ("title", models.CharField(max_length=200)),
                ("document", models.CharField(max_length=120)),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("consultancy", "Tư vấn, hoàn thiện hồ sơ"),
                            ("trace", "Dữ liệu số, tem truy xuất"),
                            ("tools", "Máy móc, dụng cụ, bao bì"),
                            ("training", "Tập huấn, đào tạo"),
                            ("promotion", "Hội chợ, xúc tiến thương mại"),
                            ("sales_point", "Điểm giới thiệu và bán sản phẩm"),
                            ("trademark", "Nhãn hiệu, sở hữu trí tuệ"),
                            ("bonus", "Thưởng theo hạng sao"),
                            ("other", "Khác"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("centre", "Trung ương"),
                            ("province", "Cấp tỉnh"),
                            ("district", "Cấp huyện (đến 30/6/2025)"),
                            ("commune", "Cấp xã"),
                        ],
                        max_length=8,
                    ),
                ),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(null=True)),
                (
                    "per",
                    models.CharField(
                        choices=[("producer", "Mỗi chủ thể"), ("product", "Mỗi sản phẩm")],
                        max_length=8,
                    ),
                ),
                (
                    "period",
                    models.CharField(
                        choices=[("ever", "Cả thời gian"), ("year", "Mỗi năm")], max_length=4
                    ),
                ),
                ("share", models.PositiveSmallIntegerField(null=True)),
                ("ceiling", models.PositiveBigIntegerField(null=True)),
                ("most_count", models.PositiveSmallIntegerField(null=True)),
                ("most_quantity", models.PositiveIntegerField(null=True)),
                ("measure", models.CharField(blank=True, max_length=40)),
                ("first_only", models.BooleanField(default=False)),
                ("stars", models.JSONField(default=dict)),
                ("difference", models.BooleanField(default=False)),
                ("uncertain", models.CharField(blank=True, max_length=300)),
                ("demonstration", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "ordering": ("-starts_on", "code"),
            },
        ),
        migrations.CreateModel(
            name="PostCheck",
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
                        choices=[("planned", "Định kỳ, theo kế hoạch"), ("surprise", "Đột xuất")],
                        max_length=8,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "Chờ kiểm tra"),
                            ("recorded", "Đã có biên bản, chờ kết luận"),
                            ("correcting", "Chờ chủ thể khắc phục"),
                            ("closed", "Đã kết thúc"),
                            ("cancelled", "Đã hủy"),
                        ],
                        default="planned",
                        max_length=10,
                    ),
                ),
                ("planned_on", models.DateField()),
                ("client_id", models.UUIDField(null=True, unique=True)),
                ("visited_at", models.DateTimeField(null=True)),
                ("lat", models.FloatField(null=True)),
                ("lon", models.FloatField(null=True)),
                ("accuracy", models.FloatField(null=True)),
                ("note", models.TextField(blank=True)),
                (
                    "mark",
                    models.CharField(
                        choices=[
                            ("kept", "Đạt"),
                            ("not_kept", "Không đạt"),
                            ("unseen", "Chưa xem"),
                        ],
                        default="unseen",
                        max_length=8,
                    ),
                ),
                ("mark_words", models.TextField(blank=True)),
                (
                    "advertising",
                    models.CharField(
                        choices=[
                            ("kept", "Đạt"),
                            ("not_kept", "Không đạt"),
                            ("unseen", "Chưa xem"),
                        ],
                        default="unseen",
                        max_length=8,
                    ),
                ),
                ("advertising_words", models.TextField(blank=True)),
                (
                    "proposal",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("kept", "Giữ được điều kiện"),
                            ("correct", "Cần khắc phục"),
                            ("ground", "Có căn cứ xem xét thu hồi"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "ground",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("forged", "Giả mạo hồ sơ, tài liệu"),
                            ("criteria", "Không còn đáp ứng tiêu chí đã được công nhận"),
                            (
                                "breach",
                                "Vi phạm pháp luật về chất lượng, an toàn, môi trường, sở hữu, nhãn",
                            ),
                            ("mark", "Sử dụng nhãn hiệu OCOP sai quy định"),
                            ("stopped", "Chủ thể ngừng sản xuất, kinh doanh"),
                            ("authority", "Kết luận khác của cơ quan có thẩm quyền"),
                        ],
                        max_length=10,
                    ),
                ),
                ("recorded_at", models.DateTimeField(null=True)),
                ("recorded_by", models.BigIntegerField(null=True)),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("kept", "Giữ được điều kiện"),
                            ("correct", "Cần khắc phục"),
                            ("ground", "Có căn cứ xem xét thu hồi"),
                        ],
                        max_length=8,
                    ),
                ),
                ("conclusion", models.TextField(blank=True)),
                ("concluded_on", models.DateField(null=True)),
                ("correct_until", models.DateField(null=True)),
                ("correction", models.TextField(blank=True)),
                ("corrected_on", models.DateField(null=True)),
                ("reason", models.TextField(blank=True)),
                ("created_at", models.DateTimeField()),
                ("demonstration", models.BooleanField(default=False)),
            ],
            options={
                "ordering": ("planned_on", "pk"),
            },
        ),
        migrations.CreateModel(
            name="PostCheckFinding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("criterion", models.CharField(max_length=10)),
                (
                    "held",
                    models.CharField(
                        choices=[
                            ("kept", "Đạt"),
                            ("not_kept", "Không đạt"),
                            ("unseen", "Chưa xem"),
                        ],
                        max_length=8,
                    ),
                ),
                ("words", models.TextField(blank=True)),
            ],
            options={
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="PostCheckPhoto",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("caption", models.CharField(blank=True, max_length=160)),
                ("lat", models.FloatField(null=True)),
                ("lon", models.FloatField(null=True)),
            ],
            options={
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="PostCheckPlan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=8, unique=True)),
                ("title", models.CharField(max_length=160)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("document", models.CharField(blank=True, max_length=60)),
                ("created_by", models.BigIntegerField(null=True)),
                ("created_at", models.DateTimeField()),
                ("demonstration", models.BooleanField(default=False)),
            ],
            options={
                "ordering": ("-starts_on", "-pk"),
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
            ],
            options={
                "ordering": ("-year", "product_name", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Producer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=8, unique=True)),
                ("name", models.CharField(max_length=200)),
                ("folded", models.CharField(db_index=True, max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("cooperative", "Hợp tác xã"),
                            ("cooperative_group", "Tổ hợp tác"),
                            ("enterprise", "Doanh nghiệp nhỏ và vừa"),
                            ("farm", "Trang trại"),
                            ("household", "Hộ sản xuất, hộ kinh doanh"),
                            ("association", "Hội, hiệp hội (du lịch)"),
                            ("operating_centre", "Trung tâm điều hành (du lịch)"),
                            ("unknown", "Chưa rõ"),
                        ],
                        default="unknown",
                        max_length=20,
                    ),
                ),
                ("tax_code", models.CharField(blank=True, max_length=14)),
                ("address", models.CharField(blank=True, max_length=300)),
                ("province", models.CharField(max_length=2)),
                ("lat", models.FloatField(null=True)),
                ("lon", models.FloatField(null=True)),
                ("phone", models.CharField(blank=True, max_length=20)),
                ("website", models.URLField(blank=True)),
                ("story", models.TextField(blank=True)),
                ("leader_name", models.CharField(blank=True, max_length=120)),
                (
                    "leader_sex",
                    models.CharField(
                        blank=True, choices=[("female", "Nữ"), ("male", "Nam")], max_length=6
                    ),
                ),
                ("leader_ethnicity", models.CharField(blank=True, max_length=40)),
                ("members", models.PositiveIntegerField(null=True)),
                ("workers", models.PositiveIntegerField(null=True)),
                ("workers_local", models.PositiveIntegerField(null=True)),
                ("listed", models.BooleanField(default=False)),
                ("stopped_on", models.DateField(null=True)),
                ("demonstration", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "ordering": ("folded", "pk"),
            },
        ),
        migrations.CreateModel(
            name="ProducerMembership",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Product",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=8, unique=True)),
                ("official_code", models.CharField(blank=True, max_length=32)),
                ("old_code", models.CharField(blank=True, max_length=32)),
                ("name", models.CharField(max_length=200)),
                ("folded", models.CharField(max_length=420)),
                (
                    "sector",
                    models.CharField(
                        blank=True,
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
                ("set_number", models.PositiveSmallIntegerField(null=True)),
                ("gtin", models.CharField(blank=True, max_length=14)),
                ("in_ocop", models.BooleanField(default=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("idea", "Ý tưởng"),
                            ("active", "Đang sản xuất"),
                            ("stopped", "Đã ngừng sản xuất"),
                        ],
                        default="active",
                        max_length=8,
                    ),
                ),
                ("story", models.TextField(blank=True)),
                ("revenue", models.PositiveBigIntegerField(null=True)),
                ("province", models.CharField(max_length=2)),
                ("listed", models.BooleanField(default=False)),
                ("demonstration", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "ordering": ("folded", "pk"),
            },
        ),
        migrations.CreateModel(
            name="ProductImage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("caption", models.CharField(max_length=160)),
                ("position", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "ordering": ("position", "pk"),
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
                ("unexamined", models.TextField(blank=True)),
                ("complex", models.BooleanField(default=False)),
                ("written_by", models.BigIntegerField(null=True)),
                ("written_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="QuizAttempt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("answers", models.JSONField()),
                ("right", models.PositiveSmallIntegerField()),
                ("questions", models.PositiveSmallIntegerField()),
                ("passed", models.BooleanField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ("enrolment", "number"),
            },
        ),
        migrations.CreateModel(
            name="QuizQuestion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("text", models.CharField(max_length=500)),
                ("options", models.JSONField()),
                ("right", models.PositiveSmallIntegerField()),
            ],
            options={
                "ordering": ("course", "number"),
            },
        ),
        migrations.CreateModel(
            name="Quota",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(null=True)),
                ("key", models.CharField(max_length=60)),
                ("amount", models.PositiveBigIntegerField(default=0)),
                ("count", models.PositiveIntegerField(default=0)),
                ("quantity", models.PositiveIntegerField(default=0)),
                ("most_amount", models.PositiveBigIntegerField(null=True)),
                ("most_count", models.PositiveIntegerField(null=True)),
                ("most_quantity", models.PositiveIntegerField(null=True)),
            ],
            options={
                "ordering": ("policy", "key"),
            },
        ),
        migrations.CreateModel(
            name="Recognition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("decision_number", models.CharField(blank=True, max_length=60)),
                ("authority", models.CharField(max_length=160)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("first", "Lần đầu"),
                            ("upgrade", "Nâng hạng"),
                            ("reevaluation", "Đánh giá lại"),
                        ],
                        default="first",
                        max_length=12,
                    ),
                ),
                ("stars", models.PositiveSmallIntegerField()),
                ("potential_five", models.BooleanField(default=False)),
                ("total", models.DecimalField(decimal_places=4, max_digits=7, null=True)),
                (
                    "evidence",
                    models.CharField(
                        choices=[
                            ("A", "Quyết định đã ký"),
                            ("B1", "Tin của cơ quan nhà nước"),
                            ("B2", "Đề nghị, chưa quyết định"),
                            ("C", "Nguồn thương mại"),
                            ("M", "Dữ liệu mẫu"),
                        ],
                        max_length=2,
                    ),
                ),
                ("evaluated_on", models.DateField(null=True)),
                ("year", models.PositiveSmallIntegerField(null=True)),
                ("valid_from", models.DateField(null=True)),
                ("expires_on", models.DateField(null=True)),
                ("filed_on", models.DateField(null=True)),
                ("extended_until", models.DateField(null=True)),
                ("extension_reason", models.TextField(blank=True)),
                ("revoked_on", models.DateField(null=True)),
                (
                    "revoked_ground",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("forged", "Giả mạo hồ sơ, tài liệu"),
                            ("criteria", "Không còn đáp ứng tiêu chí đã được công nhận"),
                            (
                                "breach",
                                "Vi phạm pháp luật về chất lượng, an toàn, môi trường, sở hữu, nhãn",
                            ),
                            ("mark", "Sử dụng nhãn hiệu OCOP sai quy định"),
                            ("stopped", "Chủ thể ngừng sản xuất, kinh doanh"),
                            ("authority", "Kết luận khác của cơ quan có thẩm quyền"),
                        ],
                        max_length=10,
                    ),
                ),
                ("restored_on", models.DateField(null=True)),
                ("annulled_on", models.DateField(null=True)),
                ("annulling_number", models.CharField(blank=True, max_length=60)),
                ("annulling_signed_on", models.DateField(null=True)),
                ("annulling_authority", models.CharField(blank=True, max_length=160)),
                ("mistaken", models.BooleanField(default=False)),
                ("province", models.CharField(max_length=2)),
                ("address", models.CharField(blank=True, max_length=300)),
                ("row_key", models.CharField(db_index=True, max_length=64)),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "ordering": ("-evaluated_on", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="Registration",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField()),
                ("province", models.CharField(max_length=2)),
                ("product_name", models.CharField(max_length=200)),
                ("producer_name", models.CharField(blank=True, max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("first", "Lần đầu"),
                            ("upgrade", "Nâng hạng"),
                            ("reevaluation", "Đánh giá lại"),
                        ],
                        default="first",
                        max_length=12,
                    ),
                ),
                ("registered_on", models.DateField()),
                ("withdrawn_on", models.DateField(null=True)),
                ("demonstration", models.BooleanField(default=False)),
            ],
            options={
                "ordering": ("-year", "product_name"),
            },
        ),
        migrations.CreateModel(
            name="ReportedFigure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("indicator", models.CharField(max_length=60)),
                ("as_of", models.DateField()),
                ("value", models.DecimalField(decimal_places=2, max_digits=16)),
                ("more_than", models.BooleanField(default=False)),
                ("source", models.CharField(max_length=200)),
                ("demonstration", models.BooleanField(default=False)),
            ],
            options={
                "ordering": ("indicator", "-as_of"),
            },
        ),
        migrations.CreateModel(
            name="RequestPaper",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("plan", "Dự toán, báo giá"),
                            ("invoice", "Hóa đơn, chứng từ"),
                            ("acceptance", "Biên bản nghiệm thu"),
                            ("other", "Giấy tờ khác"),
                        ],
                        max_length=10,
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("added_by", models.BigIntegerField(null=True)),
                ("added_at", models.DateTimeField()),
            ],
            options={
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="Revocation",
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
                        blank=True,
                        choices=[
                            ("forged", "Giả mạo hồ sơ, tài liệu"),
                            ("criteria", "Không còn đáp ứng tiêu chí đã được công nhận"),
                            (
                                "breach",
                                "Vi phạm pháp luật về chất lượng, an toàn, môi trường, sở hữu, nhãn",
                            ),
                            ("mark", "Sử dụng nhãn hiệu OCOP sai quy định"),
                            ("stopped", "Chủ thể ngừng sản xuất, kinh doanh"),
                            ("authority", "Kết luận khác của cơ quan có thẩm quyền"),
                        ],
                        max_length=10,
                    ),
                ),
                ("revoked_on", models.DateField()),
                ("number", models.CharField(blank=True, max_length=60)),
                ("signed_on", models.DateField(null=True)),
                ("authority", models.CharField(blank=True, max_length=160)),
                ("appealed_on", models.DateField(null=True)),
                ("appeal", models.TextField(blank=True)),
                ("restored_on", models.DateField(null=True)),
                ("restoring_number", models.CharField(blank=True, max_length=60)),
                ("restoring_signed_on", models.DateField(null=True)),
                ("restoring_authority", models.CharField(blank=True, max_length=160)),
                ("withdrawn_on", models.DateField(null=True)),
                ("wrong_restorations", models.JSONField(default=list)),
            ],
            options={
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="RevocationCase",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=8, unique=True)),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("forged", "Giả mạo hồ sơ, tài liệu"),
                            ("criteria", "Không còn đáp ứng tiêu chí đã được công nhận"),
                            (
                                "breach",
                                "Vi phạm pháp luật về chất lượng, an toàn, môi trường, sở hữu, nhãn",
                            ),
                            ("mark", "Sử dụng nhãn hiệu OCOP sai quy định"),
                            ("stopped", "Chủ thể ngừng sản xuất, kinh doanh"),
                            ("authority", "Kết luận khác của cơ quan có thẩm quyền"),
                        ],
                        max_length=10,
                    ),
                ),
                ("facts", models.TextField()),
                ("established_on", models.DateField()),
                ("due_on", models.DateField()),
                ("conclusion_of", models.CharField(blank=True, max_length=200)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("opened", "Đã xác định căn cứ, chờ nghe chủ thể"),
                            ("heard", "Đã nghe chủ thể, chờ đề nghị"),
                            ("proposed", "Đã đề nghị, chờ quyết định"),
                            ("revoked", "Đã thu hồi"),
                            ("closed", "Kết thúc, không thu hồi"),
                            ("appealed", "Đã thu hồi, đang khiếu nại"),
                            ("upheld", "Giữ nguyên quyết định thu hồi"),
                            ("overturned", "Khiếu nại được chấp nhận, chờ quyết định khôi phục"),
                            ("restored", "Đã khôi phục hạng sao"),
                            ("lapsed", "Kết thúc vì kết quả bị hủy"),
                        ],
                        default="opened",
                        max_length=10,
                    ),
                ),
                ("opened_at", models.DateTimeField()),
                ("heard_on", models.DateField(null=True)),
                ("hearing", models.TextField(blank=True)),
                ("proposal", models.TextField(blank=True)),
                ("proposed_on", models.DateField(null=True)),
                ("decision_number", models.CharField(blank=True, max_length=60)),
                ("decision_on", models.DateField(null=True)),
                ("decision_authority", models.CharField(blank=True, max_length=160)),
                ("notice_number", models.CharField(blank=True, max_length=60)),
                ("notice", models.TextField(blank=True)),
                ("published_at", models.DateTimeField(null=True)),
                ("closed_on", models.DateField(null=True)),
                ("closed_reason", models.TextField(blank=True)),
                ("appealed_on", models.DateField(null=True)),
                ("appeal", models.TextField(blank=True)),
                ("appeal_ended_on", models.DateField(null=True)),
                ("appeal_outcome", models.TextField(blank=True)),
                ("restoring_number", models.CharField(blank=True, max_length=60)),
                ("restoring_on", models.DateField(null=True)),
                ("restoring_authority", models.CharField(blank=True, max_length=160)),
                ("wrong_decisions", models.JSONField(default=list)),
                ("demonstration", models.BooleanField(default=False)),
            ],
            options={
                "ordering": ("due_on", "pk"),
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
                ("withdrawn_on", models.DateField(null=True)),
                ("demonstration", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "ordering": ("-opens_on", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="RouteStop",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("kind", models.CharField(blank=True, max_length=10)),
                ("place", models.CharField(blank=True, max_length=8)),
                ("name", models.CharField(blank=True, max_length=160)),
                ("lat", models.FloatField(null=True)),
                ("lon", models.FloatField(null=True)),
                ("note", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "ordering": ("position",),
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
            ],
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
            ],
            options={
                "ordering": ("folded", "pk"),
            },
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
            ],
            options={
                "ordering": ("-month", "pk"),
            },
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
            ],
            options={
                "ordering": ("pk",),
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
            ],
            options={
                "ordering": ("day", "pk"),
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
            ],
            options={
                "ordering": ("period", "-scans", "pk"),
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
            ],
            options={
                "ordering": ("-raised_at", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="ScoreWorkbook",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                ("outcome", models.JSONField()),
                ("created_by", models.BigIntegerField(null=True)),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "ordering": ("-pk",),
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
            ],
            options={
                "ordering": ("place", "pk"),
            },
        ),
        migrations.CreateModel(
            name="SellerList",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("checklist", models.CharField(max_length=40)),
                ("answers", models.JSONField(default=dict)),
                ("note", models.CharField(blank=True, max_length=500)),
                ("answered_at", models.DateTimeField()),
                ("demonstration", models.BooleanField(default=False)),
            ],
            options={
                "ordering": ("-answered_at", "pk"),
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
                ("reopened_from", models.JSONField(null=True)),
                ("on_screen", models.JSONField(null=True)),
                ("submitted_at", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="ShopLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=8, unique=True)),
                ("address", models.CharField(max_length=500)),
                ("host", models.CharField(max_length=253)),
                ("marketplace", models.CharField(blank=True, max_length=20)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Chờ kiểm tra"),
                            ("alive", "Mở được"),
                            ("unsure", "Chưa chắc chắn"),
                            ("dead", "Không mở được"),
                        ],
                        default="waiting",
                        max_length=7,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=16)),
                ("failures", models.PositiveSmallIntegerField(default=0)),
                ("checked_at", models.DateTimeField(null=True)),
                ("check_from", models.DateTimeField(null=True)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(null=True)),
                ("demonstration", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "ordering": ("-pk",),
            },
        ),
        migrations.CreateModel(
            name="Site",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=8, unique=True)),
                ("name", models.CharField(max_length=120)),
                ("folded", models.CharField(blank=True, max_length=300)),
                ("gln", models.CharField(blank=True, max_length=13)),
                ("address", models.CharField(blank=True, max_length=300)),
                ("closed_at", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "ordering": ("name", "pk"),
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
                ("minutes_on", models.DateField(null=True)),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "ordering": ("-starts_at", "-pk"),
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
            ],
            options={
                "ordering": ("dossier", "number"),
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
            ],
        ),
        migrations.CreateModel(
            name="StampAllowance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField()),
                ("quantity", models.PositiveIntegerField()),
                ("used", models.PositiveIntegerField(default=0)),
            ],
            options={
                "ordering": ("-year", "producer"),
            },
        ),
        migrations.CreateModel(
            name="StampException",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("first", models.PositiveBigIntegerField()),
                ("count", models.PositiveIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("voided", "Đã hủy"),
                            ("lost", "Báo mất"),
                            ("recalled", "Thu hồi"),
                            ("suspicious", "Nghi ngờ"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(max_length=500)),
                ("at", models.DateTimeField()),
                ("lifted_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ("key", "first", "pk"),
            },
        ),
        migrations.CreateModel(
            name="StampKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveSmallIntegerField(unique=True)),
                ("fingerprint", models.CharField(max_length=64)),
                ("next_number", models.PositiveBigIntegerField(default=0)),
                ("in_use", models.BooleanField(default=True)),
                ("created_at", models.DateTimeField()),
                ("retired_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ("version",),
            },
        ),
        migrations.CreateModel(
            name="StampOpening",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveBigIntegerField()),
                ("opened_at", models.DateTimeField(null=True)),
                ("checks", models.PositiveIntegerField(default=0)),
                ("tried_on", models.DateField(null=True)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "ordering": ("key", "number"),
            },
        ),
        migrations.CreateModel(
            name="StampPrint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=8, unique=True)),
                ("language", models.CharField(max_length=2)),
                (
                    "state",
                    models.CharField(
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
                ("run", models.PositiveIntegerField(default=1)),
                ("seen_at", models.DateTimeField()),
                ("done", models.PositiveIntegerField(default=0)),
                ("pieces", models.PositiveIntegerField(default=0)),
                ("failure", models.TextField(blank=True)),
                ("name", models.CharField(blank=True, max_length=100)),
                ("size", models.PositiveBigIntegerField(default=0)),
                ("asked_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("a4", "Tờ A4 (PDF)"),
                            ("roll", "Cuộn tem, mỗi trang một tem (PDF)"),
                            ("svg", "Từng mã riêng, SVG (ZIP)"),
                            ("png", "Từng mã riêng, PNG (ZIP)"),
                            ("csv", "Danh sách cho nhà in (CSV)"),
                            ("hidden", "Mã ẩn dưới lớp cào (ZIP có mật khẩu)"),
                        ],
                        max_length=6,
                    ),
                ),
                ("first", models.PositiveBigIntegerField()),
                ("count", models.PositiveIntegerField()),
                ("layout", models.JSONField(default=dict)),
                ("fingerprint", models.CharField(max_length=64)),
                ("file", models.FileField(blank=True, max_length=200, upload_to="stamps")),
            ],
            options={
                "ordering": ("-pk",),
            },
        ),
        migrations.CreateModel(
            name="StampRange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("first", models.PositiveBigIntegerField()),
                ("count", models.PositiveIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("ordered", "Đã cấp số"),
                            ("printed", "Đã in"),
                            ("delivered", "Đã giao"),
                            ("active", "Đã kích hoạt"),
                            ("closed", "Đã đóng"),
                        ],
                        default="ordered",
                        max_length=10,
                    ),
                ),
                ("activated_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ("key", "first"),
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
            },
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
            ],
        ),
        migrations.CreateModel(
            name="Succession",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "extent",
                    models.CharField(
                        choices=[
                            ("whole", "Toàn bộ"),
                            ("largest part", "Phần lớn nhất"),
                            ("part", "Một phần"),
                        ],
                        max_length=12,
                    ),
                ),
                ("basis", models.CharField(blank=True, max_length=80)),
            ],
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
            ],
            options={
                "ordering": ("-pk",),
            },
        ),
        migrations.CreateModel(
            name="Supply",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=8, unique=True)),
                ("quantity", models.DecimalField(decimal_places=2, max_digits=12)),
                (
                    "measure",
                    models.CharField(
                        choices=[
                            ("kg", "kg"),
                            ("tonne", "tấn"),
                            ("litre", "lít"),
                            ("piece", "cái"),
                            ("box", "hộp"),
                            ("bottle", "chai"),
                            ("pack", "gói"),
                            ("set", "bộ"),
                        ],
                        max_length=6,
                    ),
                ),
                ("months", models.JSONField(default=list)),
                (
                    "reach",
                    models.CharField(
                        choices=[
                            ("here", "Trong tỉnh, thành phố này"),
                            ("country", "Tỉnh, thành phố khác trong nước"),
                            ("abroad", "Nước ngoài"),
                        ],
                        max_length=7,
                    ),
                ),
                ("price", models.PositiveBigIntegerField(null=True)),
                ("note", models.CharField(blank=True, max_length=500)),
                ("offered_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ("product", "pk"),
            },
        ),
        migrations.CreateModel(
            name="SupportRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=8, unique=True)),
                ("purpose", models.CharField(max_length=500)),
                ("cost", models.PositiveBigIntegerField(default=0)),
                ("others", models.PositiveBigIntegerField(default=0)),
                ("quantity", models.PositiveIntegerField(default=0)),
                ("star", models.PositiveSmallIntegerField(null=True)),
                ("asked_amount", models.PositiveBigIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Chờ duyệt"),
                            ("approved", "Đã duyệt, chờ nghiệm thu"),
                            ("accepted", "Đã nghiệm thu, chờ chi"),
                            ("paid", "Đã chi"),
                            ("refused", "Không duyệt"),
                            ("withdrawn", "Đã rút"),
                            ("cancelled", "Đã hủy sau duyệt"),
                        ],
                        default="asked",
                        max_length=10,
                    ),
                ),
                ("approved_amount", models.PositiveBigIntegerField(null=True)),
                ("decision", models.CharField(blank=True, max_length=60)),
                ("decided_on", models.DateField(null=True)),
                ("real_cost", models.PositiveBigIntegerField(null=True)),
                ("accepted_amount", models.PositiveBigIntegerField(null=True)),
                ("accepted_on", models.DateField(null=True)),
                ("reclaimed", models.PositiveBigIntegerField(default=0)),
                ("answer", models.CharField(blank=True, max_length=500)),
                ("asked_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(null=True)),
                ("demonstration", models.BooleanField(default=False)),
            ],
            options={
                "ordering": ("-asked_at", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="Target",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("indicator", models.CharField(max_length=60)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("low", models.DecimalField(decimal_places=2, max_digits=16)),
                ("high", models.DecimalField(decimal_places=2, max_digits=16, null=True)),
                ("source", models.CharField(max_length=200)),
            ],
            options={
                "ordering": ("indicator", "starts_on"),
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
            ],
            options={
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="TraceEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("event_id", models.CharField(max_length=400)),
                ("digest", models.CharField(db_index=True, max_length=64)),
                (
                    "type",
                    models.CharField(
                        choices=[
                            ("ObjectEvent", "Sự kiện đối tượng"),
                            ("AggregationEvent", "Đóng gói, gộp"),
                            ("TransactionEvent", "Giao dịch"),
                            ("TransformationEvent", "Chế biến"),
                            ("AssociationEvent", "Gắn kèm"),
                        ],
                        max_length=20,
                    ),
                ),
                ("event_time", models.DateTimeField()),
                ("record_time", models.DateTimeField()),
                ("action", models.CharField(blank=True, max_length=8)),
                ("biz_step", models.CharField(blank=True, max_length=200)),
                ("disposition", models.CharField(blank=True, max_length=200)),
                ("read_point", models.CharField(blank=True, max_length=400)),
                ("biz_location", models.CharField(blank=True, max_length=400)),
                ("body", models.JSONField()),
                ("folded", models.CharField(blank=True, max_length=400)),
                ("declared_wrong_at", models.DateTimeField(null=True)),
                ("names_read_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ("event_time", "pk"),
            },
        ),
        migrations.CreateModel(
            name="TradeEvent",
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
                            ("fair", "Hội chợ, triển lãm"),
                            ("goods_week", "Tuần hàng"),
                            ("workshop", "Hội thảo, hội nghị"),
                            ("trade_meeting", "Kết nối giao thương"),
                        ],
                        max_length=13,
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("folded", models.CharField(db_index=True, max_length=500)),
                ("summary", models.TextField(blank=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "Dự kiến"),
                            ("calling", "Đang nhận đăng ký"),
                            ("selecting", "Đang lựa chọn"),
                            ("published", "Đã công bố kết quả"),
                            ("held", "Đã diễn ra"),
                            ("cancelled", "Đã hủy"),
                        ],
                        default="planned",
                        max_length=9,
                    ),
                ),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("hours", models.CharField(blank=True, max_length=100)),
                ("away", models.BooleanField(default=False)),
                ("place", models.CharField(max_length=300)),
                ("lat", models.FloatField(null=True)),
                ("lon", models.FloatField(null=True)),
                ("calls_until", models.DateField()),
                ("least_stars", models.PositiveSmallIntegerField(null=True)),
                ("needs_trace", models.BooleanField(default=True)),
                ("needs_labels", models.BooleanField(default=True)),
                ("takes_booths", models.BooleanField(default=True)),
                (
                    "apart",
                    models.CharField(
                        choices=[
                            ("ignore", "Không xét gian cạnh nhau"),
                            ("wish", "Hạn chế gian cùng nhóm sản phẩm cạnh nhau"),
                            ("must", "Không xếp gian cùng nhóm sản phẩm cạnh nhau"),
                        ],
                        default="wish",
                        max_length=6,
                    ),
                ),
                ("hall_width", models.PositiveIntegerField(default=0)),
                ("hall_depth", models.PositiveIntegerField(default=0)),
                ("booth_cost", models.PositiveBigIntegerField(null=True)),
                ("support_share", models.PositiveSmallIntegerField(default=0)),
                ("support_source", models.CharField(blank=True, max_length=200)),
                ("cancelled_for", models.CharField(blank=True, max_length=500)),
                ("announced_at", models.DateTimeField(null=True)),
                ("demonstration", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "ordering": ("-starts_on", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="TradeItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=8, unique=True)),
                ("name", models.CharField(max_length=120)),
                ("folded", models.CharField(blank=True, max_length=420)),
                ("gtin", models.CharField(blank=True, max_length=14)),
                ("brand", models.CharField(blank=True, max_length=160)),
                ("shelf_life", models.CharField(blank=True, max_length=160)),
                ("standards", models.CharField(blank=True, max_length=300)),
                ("origin", models.CharField(blank=True, max_length=300)),
                ("certificates", models.CharField(blank=True, max_length=500)),
                ("warnings", models.CharField(blank=True, max_length=500)),
                ("other", models.CharField(blank=True, max_length=500)),
                ("stopped_at", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "ordering": ("product", "name", "pk"),
            },
        ),
        migrations.CreateModel(
            name="TrainingCertificate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=8, unique=True)),
                ("year", models.PositiveSmallIntegerField()),
                ("serial", models.PositiveIntegerField()),
                ("number", models.CharField(max_length=50, unique=True)),
                ("words", models.JSONField()),
                ("issued_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(null=True)),
                ("reason", models.CharField(blank=True, max_length=500)),
            ],
            options={
                "ordering": ("-year", "-serial"),
            },
        ),
        migrations.CreateModel(
            name="TrainingCheckIn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("client_id", models.UUIDField(unique=True)),
                ("gate", models.CharField(blank=True, max_length=40)),
                ("device", models.CharField(blank=True, max_length=40)),
                ("at", models.DateTimeField()),
                ("received_at", models.DateTimeField()),
                ("entry", models.BooleanField()),
                ("undone_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ("session", "at", "pk"),
            },
        ),
        migrations.CreateModel(
            name="TrainingClass",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=8, unique=True)),
                ("name", models.CharField(max_length=200)),
                ("folded", models.CharField(db_index=True, max_length=200)),
                ("place", models.CharField(max_length=300)),
                ("teacher", models.CharField(blank=True, max_length=200)),
                ("note", models.TextField(blank=True)),
                ("capacity", models.PositiveSmallIntegerField()),
                ("taken", models.PositiveSmallIntegerField(default=0)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "Dự kiến"),
                            ("open", "Đang nhận đăng ký"),
                            ("held", "Đã kết thúc"),
                            ("cancelled", "Đã hủy"),
                        ],
                        default="planned",
                        max_length=10,
                    ),
                ),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("demonstration", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "ordering": ("-starts_at", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="TrainingCourse",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=8, unique=True)),
                ("title", models.CharField(max_length=200)),
                ("folded", models.CharField(db_index=True, max_length=200)),
                ("year", models.PositiveSmallIntegerField()),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("officials", "Cán bộ quản lý các cấp"),
                            ("producers", "Chủ thể có sản phẩm OCOP hoặc tiềm năng"),
                        ],
                        max_length=10,
                    ),
                ),
                ("contents", models.TextField(blank=True)),
                ("source", models.CharField(blank=True, max_length=200)),
                ("planned_classes", models.PositiveSmallIntegerField(default=0)),
                ("planned_people", models.PositiveIntegerField(default=0)),
                ("least_attendance", models.PositiveSmallIntegerField(default=80)),
                ("pass_share", models.PositiveSmallIntegerField(default=60)),
                ("demonstration", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "ordering": ("-year", "folded", "pk"),
            },
        ),
        migrations.CreateModel(
            name="TrainingMaterial",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=8, unique=True)),
                ("title", models.CharField(max_length=200)),
                ("added_at", models.DateTimeField()),
                ("removed_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ("added_at", "pk"),
            },
        ),
        migrations.CreateModel(
            name="TrainingSession",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
            ],
            options={
                "ordering": ("training_class", "number"),
            },
        ),
        migrations.CreateModel(
            name="Unit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=5)),
                ("name", models.CharField(max_length=80)),
                ("kind", models.CharField(max_length=40)),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("province", "Cấp tỉnh"),
                            ("district", "Cấp huyện"),
                            ("commune", "Cấp xã"),
                        ],
                        max_length=8,
                    ),
                ),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(null=True)),
                ("folded", models.CharField(db_index=True, max_length=80)),
                ("lat", models.FloatField(null=True)),
                ("lon", models.FloatField(null=True)),
            ],
            options={
                "ordering": ("code", "valid_from"),
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
            ],
            options={
                "ordering": ("unit", "pk"),
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
            },
        ),
        migrations.CreateModel(
            name="Village",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=8, unique=True)),
                ("name", models.CharField(max_length=120)),
                ("trade", models.CharField(max_length=120)),
                (
                    "trade_group",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("food", "Chế biến, bảo quản nông, lâm, thủy sản"),
                            ("craft", "Sản xuất hàng thủ công mỹ nghệ"),
                            (
                                "material",
                                "Xử lý, chế biến nguyên vật liệu cho ngành nghề nông thôn",
                            ),
                            ("goods", "Đồ gỗ, mây tre đan, gốm sứ, dệt may, thêu ren, cơ khí nhỏ"),
                            ("ornamental", "Sản xuất, kinh doanh sinh vật cảnh"),
                            ("salt", "Sản xuất muối"),
                            ("service", "Dịch vụ phục vụ sản xuất, đời sống nông thôn"),
                        ],
                        max_length=10,
                    ),
                ),
                ("folded", models.CharField(db_index=True, max_length=500)),
                ("began_year", models.PositiveSmallIntegerField(null=True)),
                ("developing", models.BooleanField(null=True)),
                ("distinctive", models.BooleanField(null=True)),
                ("known_by_name", models.BooleanField(null=True)),
                ("address", models.CharField(blank=True, max_length=300)),
                ("province", models.CharField(max_length=2)),
                ("lat", models.FloatField(null=True)),
                ("lon", models.FloatField(null=True)),
                ("story", models.TextField(blank=True)),
                ("counted_from", models.DateField()),
                ("ended_on", models.DateField(null=True)),
                ("listed", models.BooleanField(default=False)),
                ("demonstration", models.BooleanField(default=False)),
                ("row_key", models.CharField(max_length=64, unique=True)),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "ordering": ("folded", "pk"),
            },
        ),
        migrations.CreateModel(
            name="VillageEnvironment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("checked_on", models.DateField()),
                ("kept", models.BooleanField()),
                ("note", models.CharField(blank=True, max_length=500)),
                ("source", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "ordering": ("-checked_on", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="VillageImport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=8, unique=True)),
                ("filename", models.CharField(max_length=200)),
                ("sheet", models.CharField(blank=True, max_length=200)),
                ("columns", models.JSONField(default=dict)),
                ("headings", models.JSONField(default=list)),
                ("rows", models.PositiveIntegerField(default=0)),
                ("accepted", models.PositiveIntegerField(default=0)),
                ("rejected", models.PositiveIntegerField(default=0)),
                ("unchanged", models.PositiveIntegerField(default=0)),
                ("reports", models.JSONField(default=list)),
                ("sample", models.JSONField(default=list)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("read", "Đã đọc, chưa nạp"),
                            ("loaded", "Đã nạp, chưa công bố"),
                            ("published", "Đã công bố"),
                            ("undone", "Đã hoàn tác"),
                        ],
                        default="read",
                        max_length=10,
                    ),
                ),
                ("created_by", models.BigIntegerField(null=True)),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "ordering": ("-pk",),
            },
        ),
        migrations.CreateModel(
            name="VillageRecognition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "title",
                    models.CharField(
                        choices=[
                            ("craft", "Nghề truyền thống"),
                            ("village", "Làng nghề"),
                            ("traditional", "Làng nghề truyền thống"),
                        ],
                        max_length=11,
                    ),
                ),
                ("number", models.CharField(blank=True, max_length=60)),
                ("signed_on", models.DateField(null=True)),
                ("year", models.PositiveSmallIntegerField()),
                ("authority", models.CharField(blank=True, max_length=160)),
                ("checked", models.JSONField(default=dict)),
                ("revoked_on", models.DateField(null=True)),
                ("revoking_number", models.CharField(blank=True, max_length=60)),
                ("revoking_reason", models.CharField(blank=True, max_length=500)),
            ],
            options={
                "ordering": ("-year", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="VillageRoute",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=8, unique=True)),
                ("name", models.CharField(max_length=120)),
                ("folded", models.CharField(max_length=300)),
                ("summary", models.CharField(blank=True, max_length=500)),
                ("hours", models.PositiveSmallIntegerField(null=True)),
                ("listed", models.BooleanField(default=False)),
                ("demonstration", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "ordering": ("folded", "pk"),
            },
        ),
        migrations.CreateModel(
            name="VillageYear",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField()),
                ("households", models.PositiveIntegerField(null=True)),
                ("in_trade", models.PositiveIntegerField(null=True)),
                ("workers", models.PositiveIntegerField(null=True)),
                ("revenue", models.PositiveBigIntegerField(null=True)),
                ("income", models.PositiveBigIntegerField(null=True)),
                ("stable", models.BooleanField(null=True)),
                ("source", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "ordering": ("-year",),
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
            ],
            options={
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="Wording",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("criterion", models.CharField(max_length=10)),
                ("option", models.PositiveSmallIntegerField(null=True)),
                ("text", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                (
                    "last_login",
                    models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                ),
                ("email", models.EmailField(max_length=254, null=True, unique=True)),
                ("phone", models.CharField(max_length=16, null=True, unique=True)),
                ("phone_verified", models.BooleanField(default=False)),
                ("name", models.CharField(max_length=120)),
                ("language", models.CharField(default="vi", max_length=2)),
                (
                    "digest",
                    models.CharField(
                        choices=[
                            ("each", "Từng thông báo"),
                            ("daily", "Gộp một thư mỗi ngày"),
                            ("none", "Không gửi thư"),
                        ],
                        default="each",
                        max_length=5,
                    ),
                ),
                ("channels", models.JSONField(default=list)),
                ("is_active", models.BooleanField(default=True)),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("email__isnull", False), ("phone__isnull", False), _connector="OR"
                        ),
                        name="user_email_or_phone",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Allocation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=8, unique=True)),
                ("language", models.CharField(max_length=2)),
                (
                    "state",
                    models.CharField(
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
                ("run", models.PositiveIntegerField(default=1)),
                ("seen_at", models.DateTimeField()),
                ("done", models.PositiveIntegerField(default=0)),
                ("pieces", models.PositiveIntegerField(default=0)),
                ("failure", models.TextField(blank=True)),
                ("file", models.FileField(blank=True, max_length=200, upload_to="made")),
                ("name", models.CharField(blank=True, max_length=100)),
                ("size", models.PositiveBigIntegerField(default=0)),
                ("asked_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("facts", models.CharField(max_length=64)),
                ("result", models.JSONField(default=dict)),
                ("taken_at", models.DateTimeField(null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("-pk",),
            },
        ),
        migrations.CreateModel(
            name="ApiToken",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("scopes", models.JSONField(default=list)),
                ("created_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField(null=True)),
                ("revoked_at", models.DateTimeField(null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tokens",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sha256", models.CharField(max_length=64, unique=True)),
                ("size", models.PositiveBigIntegerField()),
                ("media_type", models.CharField(max_length=100)),
                ("file", models.FileField(max_length=200, upload_to="attachments")),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("size__gt", 0)), name="attachment_size_positive"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="BoothDay",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("sold", models.PositiveBigIntegerField()),
                ("ordered", models.PositiveBigIntegerField(default=0)),
                ("contacts", models.PositiveIntegerField(default=0)),
                ("note", models.CharField(blank=True, max_length=500)),
                ("client_id", models.UUIDField(unique=True)),
                ("sent_at", models.DateTimeField()),
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
                "ordering": ("application", "day"),
            },
        ),
        migrations.CreateModel(
            name="CampaignMember",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sent_at", models.DateTimeField(null=True)),
                ("reminded_at", models.DateTimeField(null=True)),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="members",
                        to="ocop.campaign",
                    ),
                ),
            ],
            options={
                "ordering": ("campaign", "pk"),
            },
        ),
        migrations.CreateModel(
            name="CaptureJob",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=8, unique=True)),
                ("language", models.CharField(default="vi", max_length=2)),
                ("proceed", models.BooleanField(default=False)),
                ("document", models.JSONField(null=True)),
                ("count", models.PositiveIntegerField(default=0)),
                ("captured", models.PositiveIntegerField(default=0)),
                ("errors", models.JSONField(default=list)),
                ("created_at", models.DateTimeField()),
                ("handed_at", models.DateTimeField(null=True)),
                ("finished_at", models.DateTimeField(null=True)),
                ("success", models.BooleanField(default=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("-created_at", "-pk"),
            },
        ),
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
            name="ComplaintPhoto",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "attachment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ocop.attachment",
                    ),
                ),
                (
                    "complaint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="photos",
                        to="ocop.complaint",
                    ),
                ),
            ],
            options={
                "ordering": ("pk",),
            },
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
                "constraints": [
                    models.UniqueConstraint(
                        fields=("decision_number", "decided_on"), name="council_decision_once"
                    )
                ],
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
            name="Decision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=60)),
                ("signed_on", models.DateField()),
                ("authority", models.CharField(max_length=160)),
                ("signatures", models.JSONField(default=dict)),
                ("demonstration", models.BooleanField(default=False)),
                ("awaits_publication", models.BooleanField(default=False)),
                ("published_on", models.DateField(null=True)),
                ("file_public", models.BooleanField(default=False)),
                ("mistaken_on", models.DateField(null=True)),
                (
                    "attachment",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, to="ocop.attachment"
                    ),
                ),
            ],
            options={
                "ordering": ("-signed_on", "number"),
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
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="Demand",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=8, unique=True)),
                ("buyer", models.CharField(max_length=200)),
                (
                    "buyer_kind",
                    models.CharField(
                        choices=[
                            ("retail", "Siêu thị, nhà phân phối"),
                            ("shop", "Cửa hàng, đại lý"),
                            ("kitchen", "Nhà hàng, khách sạn, bếp ăn"),
                            ("maker", "Doanh nghiệp chế biến"),
                            ("export", "Doanh nghiệp xuất khẩu"),
                            ("other", "Người mua khác"),
                        ],
                        max_length=7,
                    ),
                ),
                ("contact", models.CharField(max_length=120)),
                ("email", models.CharField(max_length=254)),
                ("phone", models.CharField(blank=True, max_length=20)),
                ("language", models.CharField(default="vi", max_length=2)),
                ("wanted", models.CharField(max_length=200)),
                ("folded", models.CharField(max_length=620)),
                (
                    "sector",
                    models.CharField(
                        blank=True,
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
                ("group", models.PositiveSmallIntegerField(default=0)),
                ("details", models.TextField(blank=True)),
                ("quantity", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                (
                    "measure",
                    models.CharField(
                        choices=[
                            ("kg", "kg"),
                            ("tonne", "tấn"),
                            ("litre", "lít"),
                            ("piece", "cái"),
                            ("box", "hộp"),
                            ("bottle", "chai"),
                            ("pack", "gói"),
                            ("set", "bộ"),
                        ],
                        max_length=6,
                    ),
                ),
                ("months", models.JSONField(default=list)),
                (
                    "reach",
                    models.CharField(
                        choices=[
                            ("here", "Trong tỉnh, thành phố này"),
                            ("country", "Tỉnh, thành phố khác trong nước"),
                            ("abroad", "Nước ngoài"),
                        ],
                        max_length=7,
                    ),
                ),
                ("place", models.CharField(blank=True, max_length=300)),
                ("least_stars", models.PositiveSmallIntegerField(null=True)),
                ("price", models.PositiveBigIntegerField(null=True)),
                ("open_until", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("sent", "Chờ người mua xác nhận"),
                            ("confirmed", "Chờ văn phòng đăng"),
                            ("open", "Đang tìm hàng"),
                            ("closed", "Đã kết thúc"),
                            ("refused", "Không đăng"),
                        ],
                        default="sent",
                        max_length=9,
                    ),
                ),
                ("answer", models.CharField(blank=True, max_length=500)),
                ("sent_at", models.DateTimeField()),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("opened_at", models.DateTimeField(null=True)),
                ("demonstration", models.BooleanField(default=False)),
            ],
            options={
                "ordering": ("-sent_at", "-pk"),
                "indexes": [models.Index(fields=["state", "open_until"], name="demand_state")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ("sent", "refused", "closed")),
                            ("confirmed_at__isnull", False),
                            _connector="OR",
                        ),
                        name="demand_open_when_confirmed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ("refused", "closed")), _negated=True),
                            models.Q(("answer", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="demand_ended_with_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("least_stars", None),
                            models.Q(("least_stars__gte", 3), ("least_stars__lte", 5)),
                            _connector="OR",
                        ),
                        name="demand_stars_from_three",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Deal",
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
                        choices=[("memorandum", "Biên bản ghi nhớ"), ("contract", "Hợp đồng")],
                        max_length=10,
                    ),
                ),
                ("number", models.CharField(blank=True, max_length=60)),
                ("buyer", models.CharField(max_length=200)),
                ("folded", models.CharField(max_length=620)),
                ("subject", models.CharField(max_length=300)),
                ("value", models.PositiveBigIntegerField(null=True)),
                ("signed_on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("running", "Đang thực hiện"),
                            ("done", "Đã hoàn thành"),
                            ("broken", "Chấm dứt"),
                        ],
                        default="running",
                        max_length=7,
                    ),
                ),
                ("ended_for", models.CharField(blank=True, max_length=500)),
                ("ended_at", models.DateTimeField(null=True)),
                ("demonstration", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField()),
                (
                    "entered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "follows",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="followed_by",
                        to="ocop.deal",
                    ),
                ),
                (
                    "demand",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deals",
                        to="ocop.demand",
                    ),
                ),
            ],
            options={
                "ordering": ("-signed_on", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="DemandOffer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=8, unique=True)),
                ("contact", models.CharField(max_length=120)),
                ("phone", models.CharField(blank=True, max_length=20)),
                ("price", models.PositiveBigIntegerField(null=True)),
                ("note", models.CharField(blank=True, max_length=500)),
                ("points", models.PositiveSmallIntegerField()),
                ("reasons", models.JSONField(default=list)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("sent", "Chờ người mua"),
                            ("wanted", "Người mua muốn gặp"),
                            ("declined", "Người mua chưa chọn"),
                            ("withdrawn", "Đã rút"),
                        ],
                        default="sent",
                        max_length=9,
                    ),
                ),
                ("sent_at", models.DateTimeField()),
                ("judged_at", models.DateTimeField(null=True)),
                (
                    "demand",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offers",
                        to="ocop.demand",
                    ),
                ),
            ],
            options={
                "ordering": ("demand", "-points", "sent_at", "pk"),
            },
        ),
        migrations.CreateModel(
            name="DesignCentre",
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
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("applied", "Chờ công nhận"),
                            ("recognised", "Đang hoạt động"),
                            ("refused", "Không được công nhận"),
                            ("ended", "Thôi công nhận"),
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
                ("summary", models.CharField(blank=True, max_length=500)),
                ("recognised_on", models.DateField(null=True)),
                ("ended_on", models.DateField(null=True)),
                ("ending_number", models.CharField(blank=True, max_length=60)),
                ("ending_reason", models.CharField(blank=True, max_length=500)),
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
            ],
            options={
                "ordering": ("folded", "pk"),
            },
        ),
        migrations.CreateModel(
            name="CentreVisit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("area", models.DecimalField(decimal_places=2, max_digits=9, null=True)),
                ("zones", models.JSONField(default=dict)),
                ("goods", models.PositiveIntegerField(null=True)),
                ("ocop", models.PositiveIntegerField(null=True)),
                ("craft", models.PositiveIntegerField(null=True)),
                ("code", models.CharField(max_length=8, unique=True)),
                ("visited_on", models.DateField()),
                ("sheet", models.CharField(max_length=40)),
                ("passed", models.BooleanField()),
                ("note", models.TextField(blank=True)),
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
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visits",
                        to="ocop.designcentre",
                    ),
                ),
            ],
            options={
                "ordering": ("-visited_on", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="CentreTie",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ties",
                        to="ocop.designcentre",
                    ),
                ),
            ],
            options={
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="CentreMonth",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("month", models.DateField()),
                ("visitors", models.PositiveIntegerField()),
                ("income", models.PositiveBigIntegerField(null=True)),
                ("sent_at", models.DateTimeField()),
                (
                    "sent_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="months",
                        to="ocop.designcentre",
                    ),
                ),
            ],
            options={
                "ordering": ("-month", "pk"),
            },
        ),
        migrations.CreateModel(
            name="CentreKeeper",
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
                        related_name="centres_kept",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="keepers",
                        to="ocop.designcentre",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CentreAssessment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("area", models.DecimalField(decimal_places=2, max_digits=9, null=True)),
                ("zones", models.JSONField(default=dict)),
                ("goods", models.PositiveIntegerField(null=True)),
                ("ocop", models.PositiveIntegerField(null=True)),
                ("craft", models.PositiveIntegerField(null=True)),
                ("code", models.CharField(max_length=8, unique=True)),
                (
                    "round",
                    models.CharField(
                        choices=[("first", "Lần đầu"), ("again", "Đánh giá lại")],
                        default="first",
                        max_length=6,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Đang kiểm tra số liệu"),
                            ("sent", "Đã đưa ra hội đồng"),
                            ("recognised", "Được công nhận"),
                            ("refused", "Không được công nhận"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("sheet", models.CharField(max_length=40)),
                ("checked", models.JSONField(default=dict)),
                ("opened_on", models.DateField()),
                ("score", models.DecimalField(decimal_places=6, max_digits=9, null=True)),
                ("number", models.CharField(blank=True, max_length=60)),
                ("signed_on", models.DateField(null=True)),
                ("authority", models.CharField(blank=True, max_length=160)),
                ("answer", models.TextField(blank=True)),
                ("created_at", models.DateTimeField()),
                (
                    "case",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ocop.case",
                    ),
                ),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assessments",
                        to="ocop.designcentre",
                    ),
                ),
            ],
            options={
                "ordering": ("-opened_on", "-pk"),
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
                            ("extended", "Quá thời hạn nộp hồ sơ (khoản 3 Điều 12)"),
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
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ocop.criteriasetversion",
                    ),
                ),
            ],
            options={
                "ordering": ("-pk",),
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
            ],
            options={
                "ordering": ("-pk",),
            },
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
        ),
        migrations.CreateModel(
            name="Enrolment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=8, unique=True)),
                ("name", models.CharField(max_length=120)),
                ("folded", models.CharField(max_length=120)),
                ("phone", models.CharField(blank=True, max_length=20)),
                ("position", models.CharField(blank=True, max_length=120)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("enrolled", "Có chỗ"),
                            ("waiting", "Chờ chỗ"),
                            ("withdrawn", "Đã rút"),
                        ],
                        max_length=10,
                    ),
                ),
                ("enrolled_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("training_class", "enrolled_at", "pk"),
            },
        ),
        migrations.CreateModel(
            name="LogStep",
            fields=[
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="log_step",
                        serialize=False,
                        to="ocop.event",
                    ),
                ),
                ("entries", models.PositiveIntegerField()),
            ],
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["name", "at"], name="event_name_at"),
        ),
        migrations.AddField(
            model_name="eventapplication",
            name="user",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="boothday",
            name="application",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="booth_days",
                to="ocop.eventapplication",
            ),
        ),
        migrations.AddField(
            model_name="boothassignment",
            name="application",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="assignment",
                to="ocop.eventapplication",
            ),
        ),
        migrations.AddField(
            model_name="boothassignment",
            name="booth",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="assignment",
                to="ocop.eventbooth",
            ),
        ),
        migrations.AddField(
            model_name="eventgoods",
            name="application",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="goods",
                to="ocop.eventapplication",
            ),
        ),
        migrations.AddField(
            model_name="eventobject",
            name="event",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="objects_named",
                to="ocop.event",
            ),
        ),
        migrations.AddField(
            model_name="eventticket",
            name="application",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="tickets",
                to="ocop.eventapplication",
            ),
        ),
        migrations.AddField(
            model_name="eventcheckin",
            name="ticket",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="checkins",
                to="ocop.eventticket",
            ),
        ),
        migrations.AddField(
            model_name="evidence",
            name="attachment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ocop.attachment"
            ),
        ),
        migrations.AddField(
            model_name="evidence",
            name="replaced_by",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replaces",
                to="ocop.evidence",
            ),
        ),
        migrations.AddField(
            model_name="evidenceuse",
            name="dossier",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="uses", to="ocop.dossier"
            ),
        ),
        migrations.AddField(
            model_name="evidenceuse",
            name="evidence",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="uses", to="ocop.evidence"
            ),
        ),
        migrations.AddField(
            model_name="finding",
            name="adviser",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="finding",
            name="dossier",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="findings",
                to="ocop.dossier",
            ),
        ),
        migrations.AddField(
            model_name="followup",
            name="deal",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="follow_ups",
                to="ocop.deal",
            ),
        ),
        migrations.AddField(
            model_name="followup",
            name="told_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="forgedsource",
            constraint=models.UniqueConstraint(fields=("day", "client"), name="forged_source_once"),
        ),
        migrations.AddField(
            model_name="grantbatch",
            name="attachment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, to="ocop.attachment"
            ),
        ),
        migrations.AddField(
            model_name="grant",
            name="batch",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="grants",
                to="ocop.grantbatch",
            ),
        ),
        migrations.AddField(
            model_name="importbatch",
            name="attachment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, to="ocop.attachment"
            ),
        ),
        migrations.AddField(
            model_name="item",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="items", to="ocop.case"
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="legal_version",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, to="ocop.legalversion"
            ),
        ),
        migrations.AddField(
            model_name="criteriasetversion",
            name="legal_version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="sets",
                to="ocop.legalversion",
            ),
        ),
        migrations.AddField(
            model_name="logentry",
            name="event",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ocop.event"
            ),
        ),
        migrations.AddField(
            model_name="lot",
            name="recalled_with",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="ocop.lot",
            ),
        ),
        migrations.AddField(
            model_name="eventthing",
            name="lot",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="things",
                to="ocop.lot",
            ),
        ),
        migrations.AddField(
            model_name="madepaper",
            name="asked_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="madepaper",
            name="decision",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="ocop.decision",
            ),
        ),
        migrations.AddField(
            model_name="madepaper",
            name="readers",
            field=models.ManyToManyField(related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="material",
            name="lot",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="ocop.lot",
            ),
        ),
        migrations.AddField(
            model_name="meetingslot",
            name="host",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="slots", to="ocop.demand"
            ),
        ),
        migrations.AddField(
            model_name="meetingslot",
            name="round",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="slots",
                to="ocop.meetinground",
            ),
        ),
        migrations.AddField(
            model_name="membership",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="memberships",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="message",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="messages",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="delivery",
            name="message",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="deliveries",
                to="ocop.message",
            ),
        ),
        migrations.AddField(
            model_name="obstacle",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="obstacles",
                to="ocop.case",
            ),
        ),
        migrations.AddField(
            model_name="onlinereport",
            name="sent_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
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
        migrations.AddField(
            model_name="pointkeeper",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="points_kept",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="pointphoto",
            name="attachment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ocop.attachment"
            ),
        ),
        migrations.AddField(
            model_name="pointvisit",
            name="visited_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="pointphoto",
            name="visit",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="photos",
                to="ocop.pointvisit",
            ),
        ),
        migrations.AddConstraint(
            model_name="policy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on", None), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                ),
                name="support_policy_period_not_empty",
            ),
        ),
        migrations.AddConstraint(
            model_name="policy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("share", None),
                    models.Q(("share__gte", 1), ("share__lte", 100)),
                    _connector="OR",
                ),
                name="support_policy_share_of_hundred",
            ),
        ),
        migrations.AddField(
            model_name="postcheck",
            name="inspector",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="postcheck",
            name="version",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="ocop.criteriasetversion",
            ),
        ),
        migrations.AddField(
            model_name="complaint",
            name="postcheck",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="complaints",
                to="ocop.postcheck",
            ),
        ),
        migrations.AddField(
            model_name="postcheckfinding",
            name="postcheck",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="findings",
                to="ocop.postcheck",
            ),
        ),
        migrations.AddField(
            model_name="postcheckphoto",
            name="attachment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ocop.attachment"
            ),
        ),
        migrations.AddField(
            model_name="postcheckphoto",
            name="postcheck",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="photos",
                to="ocop.postcheck",
            ),
        ),
        migrations.AddConstraint(
            model_name="postcheckplan",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                name="postcheck_plan_not_empty",
            ),
        ),
        migrations.AddField(
            model_name="postcheck",
            name="plan",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="checks",
                to="ocop.postcheckplan",
            ),
        ),
        migrations.AddField(
            model_name="potential",
            name="officer",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="onlinereport",
            name="producer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="online_reports",
                to="ocop.producer",
            ),
        ),
        migrations.AddField(
            model_name="meetingslot",
            name="producer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="meeting_slots",
                to="ocop.producer",
            ),
        ),
        migrations.AddField(
            model_name="material",
            name="producer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="materials",
                to="ocop.producer",
            ),
        ),
        migrations.AddField(
            model_name="grant",
            name="producer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="grants",
                to="ocop.producer",
            ),
        ),
        migrations.AddField(
            model_name="evidence",
            name="producer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="evidence",
                to="ocop.producer",
            ),
        ),
        migrations.AddField(
            model_name="eventapplication",
            name="producer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="event_applications",
                to="ocop.producer",
            ),
        ),
        migrations.AddField(
            model_name="enrolment",
            name="producer",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="enrolments",
                to="ocop.producer",
            ),
        ),
        migrations.AddField(
            model_name="designcentre",
            name="producer",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="design_centres",
                to="ocop.producer",
            ),
        ),
        migrations.AddField(
            model_name="demandoffer",
            name="producer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="demand_offers",
                to="ocop.producer",
            ),
        ),
        migrations.AddField(
            model_name="deal",
            name="producer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="deals",
                to="ocop.producer",
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="producer",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="ocop.producer",
            ),
        ),
        migrations.AddField(
            model_name="producermembership",
            name="producer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="memberships",
                to="ocop.producer",
            ),
        ),
        migrations.AddField(
            model_name="producermembership",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="producer_memberships",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="product",
            name="producer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="products",
                to="ocop.producer",
            ),
        ),
        migrations.AddField(
            model_name="potential",
            name="product",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="ocop.product",
            ),
        ),
        migrations.AddField(
            model_name="keygood",
            name="product",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="key_goods",
                to="ocop.product",
            ),
        ),
        migrations.AddField(
            model_name="grant",
            name="product",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="grants",
                to="ocop.product",
            ),
        ),
        migrations.AddField(
            model_name="eventgoods",
            name="product",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ocop.product"
            ),
        ),
        migrations.AddField(
            model_name="dossier",
            name="product",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="dossiers",
                to="ocop.product",
            ),
        ),
        migrations.AddField(
            model_name="demandoffer",
            name="product",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ocop.product"
            ),
        ),
        migrations.AddField(
            model_name="complaint",
            name="product",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="complaints",
                to="ocop.product",
            ),
        ),
        migrations.AddField(
            model_name="centretie",
            name="product",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="centre_ties",
                to="ocop.product",
            ),
        ),
        migrations.AddField(
            model_name="productimage",
            name="attachment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, to="ocop.attachment"
            ),
        ),
        migrations.AddField(
            model_name="productimage",
            name="product",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="images",
                to="ocop.product",
            ),
        ),
        migrations.AddField(
            model_name="proposal",
            name="dossier",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="proposal",
                to="ocop.dossier",
            ),
        ),
        migrations.AddField(
            model_name="quizattempt",
            name="enrolment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="attempts",
                to="ocop.enrolment",
            ),
        ),
        migrations.AddField(
            model_name="quota",
            name="policy",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="quotas", to="ocop.policy"
            ),
        ),
        migrations.AddField(
            model_name="quota",
            name="producer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ocop.producer"
            ),
        ),
        migrations.AddField(
            model_name="quota",
            name="product",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="ocop.product",
            ),
        ),
        migrations.AddField(
            model_name="recognition",
            name="batch",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="recognitions",
                to="ocop.importbatch",
            ),
        ),
        migrations.AddField(
            model_name="recognition",
            name="decision",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="recognitions",
                to="ocop.decision",
            ),
        ),
        migrations.AddField(
            model_name="recognition",
            name="product",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="recognitions",
                to="ocop.product",
            ),
        ),
        migrations.AddField(
            model_name="postcheck",
            name="recognition",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="postchecks",
                to="ocop.recognition",
            ),
        ),
        migrations.AddField(
            model_name="dossier",
            name="previous",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="followed_by",
                to="ocop.recognition",
            ),
        ),
        migrations.AddField(
            model_name="dossier",
            name="recognition",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="dossier",
                to="ocop.recognition",
            ),
        ),
        migrations.AddField(
            model_name="certificate",
            name="recognition",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="certificate",
                to="ocop.recognition",
            ),
        ),
        migrations.AddField(
            model_name="campaignmember",
            name="recognition",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ocop.recognition"
            ),
        ),
        migrations.AddField(
            model_name="registration",
            name="product",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, to="ocop.product"
            ),
        ),
        migrations.AddField(
            model_name="dossier",
            name="registration",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="dossiers",
                to="ocop.registration",
            ),
        ),
        migrations.AddField(
            model_name="requestpaper",
            name="attachment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, to="ocop.attachment"
            ),
        ),
        migrations.AddField(
            model_name="revocation",
            name="carried_from",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="carried",
                to="ocop.revocation",
            ),
        ),
        migrations.AddField(
            model_name="revocation",
            name="recognition",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="revocations",
                to="ocop.recognition",
            ),
        ),
        migrations.AddField(
            model_name="revocationcase",
            name="complaint",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="cases",
                to="ocop.complaint",
            ),
        ),
        migrations.AddField(
            model_name="revocationcase",
            name="conclusion_file",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="ocop.attachment",
            ),
        ),
        migrations.AddField(
            model_name="revocationcase",
            name="decision_file",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="ocop.attachment",
            ),
        ),
        migrations.AddField(
            model_name="revocationcase",
            name="postcheck",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="cases",
                to="ocop.postcheck",
            ),
        ),
        migrations.AddField(
            model_name="revocationcase",
            name="recognition",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="revocation_cases",
                to="ocop.recognition",
            ),
        ),
        migrations.AddField(
            model_name="revocationcase",
            name="revocation",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="case",
                to="ocop.revocation",
            ),
        ),
        migrations.AddField(
            model_name="casestatement",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="statements",
                to="ocop.revocationcase",
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    models.Q(("kind", "extra"), _negated=True), ("withdrawn_on", None)
                ),
                fields=("province", "year", "kind"),
                name="round_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("requests_before__gt", models.F("opens_on")),
                    ("done_before__gte", models.F("requests_before")),
                ),
                name="round_days_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("withdrawn_on", None),
                    models.Q(("closed_on", models.F("withdrawn_on")), ("closed_on__isnull", False)),
                    _connector="OR",
                ),
                name="round_withdrawn_is_closed",
            ),
        ),
        migrations.AddField(
            model_name="dossier",
            name="round",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="dossiers",
                to="ocop.round",
            ),
        ),
        migrations.AddField(
            model_name="sale",
            name="product",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="sales", to="ocop.product"
            ),
        ),
        migrations.AddField(
            model_name="salespoint",
            name="applied_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="salespoint",
            name="chain",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="points",
                to="ocop.chain",
            ),
        ),
        migrations.AddField(
            model_name="salespoint",
            name="producer",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="sales_points",
                to="ocop.producer",
            ),
        ),
        migrations.AddField(
            model_name="pointvisit",
            name="point",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="visits",
                to="ocop.salespoint",
            ),
        ),
        migrations.AddField(
            model_name="pointphoto",
            name="point",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="photos",
                to="ocop.salespoint",
            ),
        ),
        migrations.AddField(
            model_name="pointkeeper",
            name="point",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="keepers",
                to="ocop.salespoint",
            ),
        ),
        migrations.AddField(
            model_name="salesreport",
            name="point",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reports",
                to="ocop.salespoint",
            ),
        ),
        migrations.AddField(
            model_name="salesreport",
            name="sent_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="sale",
            name="report",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="sales",
                to="ocop.salesreport",
            ),
        ),
        migrations.AddField(
            model_name="sample",
            name="dossier",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="samples",
                to="ocop.dossier",
            ),
        ),
        migrations.AddConstraint(
            model_name="scanclient",
            constraint=models.UniqueConstraint(
                fields=("day", "key", "client"), name="scan_client_once"
            ),
        ),
        migrations.AddField(
            model_name="scanday",
            name="lot",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="scan_days",
                to="ocop.lot",
            ),
        ),
        migrations.AddConstraint(
            model_name="scanfile",
            constraint=models.UniqueConstraint(fields=("journal", "month"), name="scan_file_once"),
        ),
        migrations.AddConstraint(
            model_name="scanhead",
            constraint=models.CheckConstraint(condition=models.Q(("pk", 1)), name="scan_head_one"),
        ),
        migrations.AddConstraint(
            model_name="scanplaceday",
            constraint=models.UniqueConstraint(fields=("day", "place"), name="scan_place_day_once"),
        ),
        migrations.AddField(
            model_name="scansignal",
            name="lot",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="scan_signals",
                to="ocop.lot",
            ),
        ),
        migrations.AddField(
            model_name="scansignal",
            name="order",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="scan_signals",
                to="ocop.stamporder",
            ),
        ),
        migrations.AddField(
            model_name="scoreworkbook",
            name="attachment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, to="ocop.attachment"
            ),
        ),
        migrations.AddField(
            model_name="seat",
            name="council",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="seats", to="ocop.council"
            ),
        ),
        migrations.AddField(
            model_name="seat",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="seats",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="obstacle",
            name="seat",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="obstacles",
                to="ocop.seat",
            ),
        ),
        migrations.AddField(
            model_name="attendance",
            name="seat",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ocop.seat"
            ),
        ),
        migrations.AddField(
            model_name="sellerlist",
            name="answered_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="sellerlist",
            name="producer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="seller_lists",
                to="ocop.producer",
            ),
        ),
        migrations.AddField(
            model_name="sheet",
            name="item",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="sheets", to="ocop.item"
            ),
        ),
        migrations.AddField(
            model_name="sheet",
            name="scan",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="ocop.attachment",
            ),
        ),
        migrations.AddField(
            model_name="sheet",
            name="seat",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="sheets", to="ocop.seat"
            ),
        ),
        migrations.AddField(
            model_name="shoplink",
            name="added_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="shoplink",
            name="product",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="shop_links",
                to="ocop.product",
            ),
        ),
        migrations.AddField(
            model_name="linkcheck",
            name="link",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="checks",
                to="ocop.shoplink",
            ),
        ),
        migrations.AddField(
            model_name="site",
            name="producer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="sites",
                to="ocop.producer",
            ),
        ),
        migrations.AddField(
            model_name="lot",
            name="site",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="lots",
                to="ocop.site",
            ),
        ),
        migrations.AddField(
            model_name="sitting",
            name="council",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="sittings",
                to="ocop.council",
            ),
        ),
        migrations.AddField(
            model_name="sitting",
            name="follows",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="ocop.sitting",
            ),
        ),
        migrations.AddField(
            model_name="madepaper",
            name="sitting",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="ocop.sitting",
            ),
        ),
        migrations.AddField(
            model_name="item",
            name="sitting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="items", to="ocop.sitting"
            ),
        ),
        migrations.AddField(
            model_name="attendance",
            name="sitting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="attendances",
                to="ocop.sitting",
            ),
        ),
        migrations.AddField(
            model_name="snapshot",
            name="dossier",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="snapshots",
                to="ocop.dossier",
            ),
        ),
        migrations.AddField(
            model_name="changerequest",
            name="base",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ocop.snapshot"
            ),
        ),
        migrations.AddField(
            model_name="speciality",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="specialities",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="stampallowance",
            name="producer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="allowances",
                to="ocop.producer",
            ),
        ),
        migrations.AddField(
            model_name="stampexception",
            name="order",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="exceptions",
                to="ocop.stamporder",
            ),
        ),
        migrations.AddField(
            model_name="stamporder",
            name="key",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="orders",
                to="ocop.stampkey",
            ),
        ),
        migrations.AddConstraint(
            model_name="stampkey",
            constraint=models.CheckConstraint(
                condition=models.Q(("version__lt", 16)), name="stamp_key_version_within_four_bits"
            ),
        ),
        migrations.AddConstraint(
            model_name="stampkey",
            constraint=models.CheckConstraint(
                condition=models.Q(("next_number__lte", 68719476736)),
                name="stamp_key_sequence_not_over",
            ),
        ),
        migrations.AddConstraint(
            model_name="stampkey",
            constraint=models.UniqueConstraint(
                condition=models.Q(("in_use", True)),
                fields=("in_use",),
                name="stamp_key_one_in_use",
            ),
        ),
        migrations.AddField(
            model_name="stampexception",
            name="key",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="exceptions",
                to="ocop.stampkey",
            ),
        ),
        migrations.AddField(
            model_name="stampopening",
            name="key",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="openings",
                to="ocop.stampkey",
            ),
        ),
        migrations.AddField(
            model_name="stampprint",
            name="asked_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="stampprint",
            name="order",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="prints",
                to="ocop.stamporder",
            ),
        ),
        migrations.AddField(
            model_name="stamprange",
            name="key",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="ranges",
                to="ocop.stampkey",
            ),
        ),
        migrations.AddField(
            model_name="stamprange",
            name="lot",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="ranges",
                to="ocop.lot",
            ),
        ),
        migrations.AddField(
            model_name="stamprange",
            name="order",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="ranges",
                to="ocop.stamporder",
            ),
        ),
        migrations.AddConstraint(
            model_name="stampseen",
            constraint=models.UniqueConstraint(
                fields=("version", "number"), name="stamp_seen_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="stampseen",
            constraint=models.CheckConstraint(
                condition=models.Q(("first_at__lte", models.F("last_at"))),
                name="stamp_seen_first_before_last",
            ),
        ),
        migrations.AddField(
            model_name="stockline",
            name="chain",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="stock",
                to="ocop.chain",
            ),
        ),
        migrations.AddField(
            model_name="stockline",
            name="point",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="stock",
                to="ocop.salespoint",
            ),
        ),
        migrations.AddField(
            model_name="stockline",
            name="product",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="stock_lines",
                to="ocop.product",
            ),
        ),
        migrations.AddField(
            model_name="supplement",
            name="dossier",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="supplements",
                to="ocop.dossier",
            ),
        ),
        migrations.AddField(
            model_name="supply",
            name="product",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ocop.product"
            ),
        ),
        migrations.AddField(
            model_name="supportrequest",
            name="line",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="requests",
                to="ocop.budgetline",
            ),
        ),
        migrations.AddField(
            model_name="supportrequest",
            name="policy",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="requests",
                to="ocop.policy",
            ),
        ),
        migrations.AddField(
            model_name="supportrequest",
            name="producer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="support_requests",
                to="ocop.producer",
            ),
        ),
        migrations.AddField(
            model_name="supportrequest",
            name="product",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="support_requests",
                to="ocop.product",
            ),
        ),
        migrations.AddField(
            model_name="requestpaper",
            name="request",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="papers",
                to="ocop.supportrequest",
            ),
        ),
        migrations.AddField(
            model_name="money",
            name="request",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="money",
                to="ocop.supportrequest",
            ),
        ),
        migrations.AddField(
            model_name="testorder",
            name="attachment",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="ocop.attachment",
            ),
        ),
        migrations.AddField(
            model_name="testorder",
            name="dossier",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="tests", to="ocop.dossier"
            ),
        ),
        migrations.AddField(
            model_name="traceevent",
            name="declares",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="declarations",
                to="ocop.traceevent",
            ),
        ),
        migrations.AddField(
            model_name="traceevent",
            name="producer",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="trace_events",
                to="ocop.producer",
            ),
        ),
        migrations.AddField(
            model_name="traceevent",
            name="site",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="events",
                to="ocop.site",
            ),
        ),
        migrations.AddField(
            model_name="material",
            name="event",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="material",
                to="ocop.traceevent",
            ),
        ),
        migrations.AddField(
            model_name="eventthing",
            name="event",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="things",
                to="ocop.traceevent",
            ),
        ),
        migrations.AddField(
            model_name="tradeevent",
            name="series",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="events",
                to="ocop.eventseries",
            ),
        ),
        migrations.AddField(
            model_name="meetinground",
            name="event",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="meeting_rounds",
                to="ocop.tradeevent",
            ),
        ),
        migrations.AddField(
            model_name="eventticket",
            name="event",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="tickets",
                to="ocop.tradeevent",
            ),
        ),
        migrations.AddField(
            model_name="eventorganiser",
            name="event",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="organisers",
                to="ocop.tradeevent",
            ),
        ),
        migrations.AddField(
            model_name="eventday",
            name="event",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="days",
                to="ocop.tradeevent",
            ),
        ),
        migrations.AddField(
            model_name="eventcost",
            name="event",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="costs",
                to="ocop.tradeevent",
            ),
        ),
        migrations.AddField(
            model_name="eventbooth",
            name="event",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="booths",
                to="ocop.tradeevent",
            ),
        ),
        migrations.AddField(
            model_name="eventapplication",
            name="event",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="applications",
                to="ocop.tradeevent",
            ),
        ),
        migrations.AddField(
            model_name="deal",
            name="event",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="deals",
                to="ocop.tradeevent",
            ),
        ),
        migrations.AddField(
            model_name="allocation",
            name="event",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="allocations",
                to="ocop.tradeevent",
            ),
        ),
        migrations.AddField(
            model_name="tradeitem",
            name="product",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="trade_items",
                to="ocop.product",
            ),
        ),
        migrations.AddField(
            model_name="stamporder",
            name="item",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="stamp_orders",
                to="ocop.tradeitem",
            ),
        ),
        migrations.AddField(
            model_name="scansignal",
            name="item",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="scan_signals",
                to="ocop.tradeitem",
            ),
        ),
        migrations.AddField(
            model_name="scanperiod",
            name="item",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="scan_periods",
                to="ocop.tradeitem",
            ),
        ),
        migrations.AddField(
            model_name="scanday",
            name="item",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="scan_days",
                to="ocop.tradeitem",
            ),
        ),
        migrations.AddField(
            model_name="lot",
            name="item",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="lots",
                to="ocop.tradeitem",
            ),
        ),
        migrations.AddField(
            model_name="foreigncode",
            name="item",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="foreign_codes",
                to="ocop.tradeitem",
            ),
        ),
        migrations.AddField(
            model_name="trainingcertificate",
            name="enrolment",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="certificate",
                to="ocop.enrolment",
            ),
        ),
        migrations.AddField(
            model_name="trainingcheckin",
            name="enrolment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="checkins",
                to="ocop.enrolment",
            ),
        ),
        migrations.AddField(
            model_name="enrolment",
            name="training_class",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="enrolments",
                to="ocop.trainingclass",
            ),
        ),
        migrations.AddConstraint(
            model_name="trainingcourse",
            constraint=models.CheckConstraint(
                condition=models.Q(("least_attendance__gte", 1), ("least_attendance__lte", 100)),
                name="training_course_attendance_per_cent",
            ),
        ),
        migrations.AddConstraint(
            model_name="trainingcourse",
            constraint=models.CheckConstraint(
                condition=models.Q(("pass_share__gte", 1), ("pass_share__lte", 100)),
                name="training_course_pass_per_cent",
            ),
        ),
        migrations.AddConstraint(
            model_name="trainingcourse",
            constraint=models.UniqueConstraint(
                fields=("year", "folded", "audience"), name="training_course_once"
            ),
        ),
        migrations.AddField(
            model_name="trainingclass",
            name="course",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="classes",
                to="ocop.trainingcourse",
            ),
        ),
        migrations.AddField(
            model_name="quizquestion",
            name="course",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="questions",
                to="ocop.trainingcourse",
            ),
        ),
        migrations.AddField(
            model_name="trainingmaterial",
            name="attachment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ocop.attachment"
            ),
        ),
        migrations.AddField(
            model_name="trainingmaterial",
            name="course",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="materials",
                to="ocop.trainingcourse",
            ),
        ),
        migrations.AddField(
            model_name="trainingsession",
            name="training_class",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="sessions",
                to="ocop.trainingclass",
            ),
        ),
        migrations.AddField(
            model_name="trainingcheckin",
            name="session",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="checkins",
                to="ocop.trainingsession",
            ),
        ),
        migrations.AddField(
            model_name="unit",
            name="parent",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="children",
                to="ocop.unit",
            ),
        ),
        migrations.AddField(
            model_name="trainingclass",
            name="commune",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="ocop.unit",
            ),
        ),
        migrations.AddField(
            model_name="tradeevent",
            name="commune",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="ocop.unit",
            ),
        ),
        migrations.AddField(
            model_name="target",
            name="unit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ocop.unit"
            ),
        ),
        migrations.AddField(
            model_name="succession",
            name="new",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="origins", to="ocop.unit"
            ),
        ),
        migrations.AddField(
            model_name="succession",
            name="old",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="successions",
                to="ocop.unit",
            ),
        ),
        migrations.AddField(
            model_name="site",
            name="commune",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="ocop.unit",
            ),
        ),
        migrations.AddField(
            model_name="salespoint",
            name="commune",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="ocop.unit",
            ),
        ),
        migrations.AddField(
            model_name="salespoint",
            name="founder",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="ocop.unit",
            ),
        ),
        migrations.AddField(
            model_name="salespoint",
            name="unit",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="ocop.unit",
            ),
        ),
        migrations.AddField(
            model_name="reportedfigure",
            name="unit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ocop.unit"
            ),
        ),
        migrations.AddField(
            model_name="registration",
            name="unit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ocop.unit"
            ),
        ),
        migrations.AddField(
            model_name="recognition",
            name="commune",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="ocop.unit",
            ),
        ),
        migrations.AddField(
            model_name="recognition",
            name="unit",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="ocop.unit",
            ),
        ),
        migrations.AddField(
            model_name="product",
            name="commune",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="ocop.unit",
            ),
        ),
        migrations.AddField(
            model_name="product",
            name="unit",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="ocop.unit",
            ),
        ),
        migrations.AddField(
            model_name="producer",
            name="commune",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="ocop.unit",
            ),
        ),
        migrations.AddField(
            model_name="producer",
            name="unit",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="ocop.unit",
            ),
        ),
        migrations.AddField(
            model_name="potential",
            name="unit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ocop.unit"
            ),
        ),
        migrations.AddField(
            model_name="membership",
            name="unit",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, to="ocop.unit"
            ),
        ),
        migrations.AddField(
            model_name="grant",
            name="unit",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="ocop.unit",
            ),
        ),
        migrations.AddField(
            model_name="enrolment",
            name="unit",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="ocop.unit",
            ),
        ),
        migrations.AddField(
            model_name="dossier",
            name="commune",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="ocop.unit",
            ),
        ),
        migrations.AddField(
            model_name="designcentre",
            name="commune",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="ocop.unit",
            ),
        ),
        migrations.AddField(
            model_name="designcentre",
            name="unit",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="ocop.unit",
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="unit",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="ocop.unit",
            ),
        ),
        migrations.AddField(
            model_name="campaignmember",
            name="unit",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="ocop.unit",
            ),
        ),
        migrations.AddField(
            model_name="budgetline",
            name="unit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ocop.unit"
            ),
        ),
        migrations.AddField(
            model_name="unitanswer",
            name="attachment",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="ocop.attachment",
            ),
        ),
        migrations.AddField(
            model_name="unitanswer",
            name="unit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ocop.unit"
            ),
        ),
        migrations.AddField(
            model_name="campaignmember",
            name="answer",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="members",
                to="ocop.unitanswer",
            ),
        ),
        migrations.AddConstraint(
            model_name="unittask",
            constraint=models.CheckConstraint(
                condition=models.Q(("due_on__gte", models.F("given_on"))),
                name="unit_task_due_after",
            ),
        ),
        migrations.AddField(
            model_name="unitanswer",
            name="task",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="answers",
                to="ocop.unittask",
            ),
        ),
        migrations.AddField(
            model_name="village",
            name="commune",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="ocop.unit",
            ),
        ),
        migrations.AddField(
            model_name="village",
            name="unit",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="ocop.unit",
            ),
        ),
        migrations.AddField(
            model_name="routestop",
            name="village",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="stops",
                to="ocop.village",
            ),
        ),
        migrations.AddField(
            model_name="centretie",
            name="village",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="centre_ties",
                to="ocop.village",
            ),
        ),
        migrations.AddField(
            model_name="artisan",
            name="village",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="artisans",
                to="ocop.village",
            ),
        ),
        migrations.AddField(
            model_name="villageenvironment",
            name="village",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="environment",
                to="ocop.village",
            ),
        ),
        migrations.AddField(
            model_name="villageimport",
            name="attachment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ocop.attachment"
            ),
        ),
        migrations.AddField(
            model_name="village",
            name="batch",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="villages",
                to="ocop.villageimport",
            ),
        ),
        migrations.AddField(
            model_name="villagerecognition",
            name="batch",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="ocop.villageimport",
            ),
        ),
        migrations.AddField(
            model_name="villagerecognition",
            name="village",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="recognitions",
                to="ocop.village",
            ),
        ),
        migrations.AddField(
            model_name="routestop",
            name="route",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="stops",
                to="ocop.villageroute",
            ),
        ),
        migrations.AddField(
            model_name="villageyear",
            name="batch",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="ocop.villageimport",
            ),
        ),
        migrations.AddField(
            model_name="villageyear",
            name="village",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="years", to="ocop.village"
            ),
        ),
        migrations.AddField(
            model_name="visit",
            name="adviser",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="visit",
            name="dossier",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="visits",
                to="ocop.dossier",
            ),
        ),
        migrations.AddField(
            model_name="visitphoto",
            name="attachment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ocop.attachment"
            ),
        ),
        migrations.AddField(
            model_name="visitphoto",
            name="visit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="photos", to="ocop.visit"
            ),
        ),
        migrations.AddField(
            model_name="wording",
            name="version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="wordings",
                to="ocop.criteriasetversion",
            ),
        ),
        migrations.AddIndex(
            model_name="capturejob",
            index=models.Index(fields=["asked_by", "created_at"], name="capture_job_of"),
        ),
        migrations.AddConstraint(
            model_name="capturejob",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("finished_at__isnull", True), ("document", None), _connector="OR"
                ),
                name="capture_job_forgets_its_text",
            ),
        ),
        migrations.AddConstraint(
            model_name="complaintphoto",
            constraint=models.UniqueConstraint(
                fields=("complaint", "attachment"), name="complaint_photo_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="centremonth",
            constraint=models.UniqueConstraint(
                fields=("centre", "month"), name="centre_month_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="centremonth",
            constraint=models.CheckConstraint(
                condition=models.Q(("month__day", 1)), name="centre_month_first_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="centrekeeper",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on", None), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                ),
                name="centre_keeper_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="centrekeeper",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ends_on", None)),
                fields=("centre", "user"),
                name="centre_keeper_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="centreassessment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("open", "sent"))),
                fields=("centre",),
                name="centre_assessed_once_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="centreassessment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "sent"), _negated=True),
                    ("case__isnull", False),
                    _connector="OR",
                ),
                name="centre_sent_has_case",
            ),
        ),
        migrations.AddConstraint(
            model_name="centreassessment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "recognised"), _negated=True),
                    models.Q(
                        ("score__isnull", False),
                        ("signed_on__isnull", False),
                        models.Q(("number", ""), _negated=True),
                        models.Q(("authority", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="centre_recognised_by_decision",
            ),
        ),
        migrations.AddConstraint(
            model_name="centreassessment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("score", None),
                    models.Q(("score__gte", 0), ("score__lte", 100)),
                    _connector="OR",
                ),
                name="centre_score_within_hundred",
            ),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)),
                fields=("dossier", "adviser"),
                name="assignment_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None), ("lead", True)),
                fields=("dossier",),
                name="assignment_one_lead",
            ),
        ),
        migrations.AddConstraint(
            model_name="boothday",
            constraint=models.UniqueConstraint(
                fields=("application", "day"), name="booth_day_once"
            ),
        ),
        migrations.AddIndex(
            model_name="eventobject",
            index=models.Index(fields=["kind", "object_id", "event"], name="eventobject_lookup"),
        ),
        migrations.AddConstraint(
            model_name="eventcheckin",
            constraint=models.UniqueConstraint(
                condition=models.Q(("entry", True)),
                fields=("ticket", "day"),
                name="event_entry_once_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="evidenceuse",
            constraint=models.UniqueConstraint(
                fields=("dossier", "evidence", "criterion"), name="evidence_use_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.UniqueConstraint(
                fields=("dossier", "adviser", "criterion"), name="finding_once"
            ),
        ),
        migrations.AddIndex(
            model_name="followup",
            index=models.Index(fields=["told_at", "due_on"], name="deal_follow_up_due"),
        ),
        migrations.AddConstraint(
            model_name="followup",
            constraint=models.UniqueConstraint(
                fields=("deal", "number"), name="deal_follow_up_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="followup",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("delivered", None), ("told_at", None)),
                    models.Q(("delivered__isnull", False), ("told_at__isnull", False)),
                    _connector="OR",
                ),
                name="deal_follow_up_told",
            ),
        ),
        migrations.AddConstraint(
            model_name="criteriasetversion",
            constraint=models.UniqueConstraint(
                fields=("legal_version", "number", "revision"), name="criteria_set_revision"
            ),
        ),
        migrations.AddIndex(
            model_name="logentry",
            index=models.Index(fields=["kind", "object_id", "index"], name="logentry_lookup"),
        ),
        migrations.AddConstraint(
            model_name="logentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("index__gte", 0)), name="logentry_index_not_negative"
            ),
        ),
        migrations.AddConstraint(
            model_name="logentry",
            constraint=models.UniqueConstraint(
                fields=("event", "form", "kind", "object_id"), name="logentry_once"
            ),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(fields=["user", "read_at"], name="message_unread"),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.UniqueConstraint(fields=("user", "key"), name="message_once"),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(fields=["state", "not_before"], name="delivery_queue"),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.UniqueConstraint(
                condition=models.Q(("message__isnull", False)),
                fields=("message", "channel"),
                name="delivery_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="postcheckfinding",
            constraint=models.UniqueConstraint(
                fields=("postcheck", "criterion"), name="postcheck_finding_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="postcheckphoto",
            constraint=models.UniqueConstraint(
                fields=("postcheck", "attachment"), name="postcheck_photo_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="onlinereport",
            constraint=models.UniqueConstraint(
                fields=("producer", "starts_on"), name="online_report_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="onlinereport",
            constraint=models.CheckConstraint(
                condition=models.Q(("starts_on__day", 1), ("starts_on__month__in", (1, 4, 7, 10))),
                name="online_report_of_a_quarter",
            ),
        ),
        migrations.AddConstraint(
            model_name="onlinereport",
            constraint=models.CheckConstraint(
                condition=models.Q(("online__lte", models.F("total"))),
                name="online_report_part_of_total",
            ),
        ),
        migrations.AddConstraint(
            model_name="meetingslot",
            constraint=models.UniqueConstraint(
                fields=("round", "turn", "table"), name="meeting_table_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="meetingslot",
            constraint=models.UniqueConstraint(
                fields=("round", "turn", "host"), name="meeting_buyer_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="meetingslot",
            constraint=models.UniqueConstraint(
                fields=("round", "turn", "producer"), name="meeting_producer_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="meetingslot",
            constraint=models.UniqueConstraint(
                fields=("round", "host", "producer"), name="meeting_pair_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_at", None)),
                fields=("producer", "attachment"),
                name="evidence_file_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("issued_on", None),
                    ("valid_until", None),
                    ("valid_until__gte", models.F("issued_on")),
                    _connector="OR",
                ),
                name="evidence_period_not_empty",
            ),
        ),
        migrations.AddConstraint(
            model_name="producermembership",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on", None), ("ends_on__gt", models.F("starts_on")), _connector="OR"
                ),
                name="producer_membership_period_not_empty",
            ),
        ),
        migrations.AddConstraint(
            model_name="keygood",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on", None), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                ),
                name="key_good_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="keygood",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ends_on", None)),
                fields=("product", "basis"),
                name="key_good_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="eventgoods",
            constraint=models.UniqueConstraint(
                fields=("application", "product"), name="event_goods_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="eventgoods",
            constraint=models.UniqueConstraint(
                fields=("application", "position"), name="event_goods_place"
            ),
        ),
        migrations.AddConstraint(
            model_name="eventgoods",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("price", None),
                    ("usual_price", None),
                    ("price__lte", models.F("usual_price")),
                    _connector="OR",
                ),
                name="event_goods_offer_not_dearer",
            ),
        ),
        migrations.AddIndex(
            model_name="demandoffer",
            index=models.Index(fields=["demand", "state"], name="demand_offer_state"),
        ),
        migrations.AddConstraint(
            model_name="demandoffer",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "withdrawn"), _negated=True),
                fields=("demand", "product"),
                name="demand_offer_once",
            ),
        ),
        migrations.AddIndex(
            model_name="complaint",
            index=models.Index(fields=["state", "due_on"], name="complaint_waiting"),
        ),
        migrations.AddConstraint(
            model_name="quizattempt",
            constraint=models.UniqueConstraint(
                fields=("enrolment", "number"), name="quiz_attempt_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="quizattempt",
            constraint=models.CheckConstraint(
                condition=models.Q(("right__lte", models.F("questions"))),
                name="quiz_attempt_right_within_all",
            ),
        ),
        migrations.AddConstraint(
            model_name="quota",
            constraint=models.UniqueConstraint(fields=("policy", "key"), name="support_quota_once"),
        ),
        migrations.AddConstraint(
            model_name="quota",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("most_amount", None), ("amount__lte", models.F("most_amount")), _connector="OR"
                ),
                name="support_quota_amount_not_over",
            ),
        ),
        migrations.AddConstraint(
            model_name="quota",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("most_count", None), ("count__lte", models.F("most_count")), _connector="OR"
                ),
                name="support_quota_count_not_over",
            ),
        ),
        migrations.AddConstraint(
            model_name="quota",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("most_quantity", None),
                    ("quantity__lte", models.F("most_quantity")),
                    _connector="OR",
                ),
                name="support_quota_quantity_not_over",
            ),
        ),
        migrations.AddIndex(
            model_name="postcheck",
            index=models.Index(fields=["state", "planned_on"], name="postcheck_waiting"),
        ),
        migrations.AddConstraint(
            model_name="postcheck",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "cancelled"), _negated=True),
                fields=("plan", "recognition"),
                name="postcheck_once_in_plan",
            ),
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.UniqueConstraint(
                fields=("province", "year", "serial"), name="certificate_serial_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.UniqueConstraint(
                fields=("province", "number"), name="certificate_number_once"
            ),
        ),
        migrations.AddIndex(
            model_name="revocation",
            index=models.Index(fields=["restored_on", "revoked_on"], name="revocation_days"),
        ),
        migrations.AddConstraint(
            model_name="revocation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("restored_on", None),
                    ("restored_on__gte", models.F("revoked_on")),
                    _connector="OR",
                ),
                name="revocation_restored_after_revoked",
            ),
        ),
        migrations.AddConstraint(
            model_name="revocation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("restored_on", None), ("withdrawn_on", None)),
                fields=("recognition",),
                name="revocation_one_stands",
            ),
        ),
        migrations.AddIndex(
            model_name="revocationcase",
            index=models.Index(fields=["state", "due_on"], name="revocation_case_waiting"),
        ),
        migrations.AddConstraint(
            model_name="revocationcase",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("opened", "heard", "proposed"))),
                fields=("recognition",),
                name="revocation_case_one_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="revocationcase",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("postcheck__isnull", False),
                    ("complaint__isnull", False),
                    models.Q(("conclusion_of", ""), _negated=True),
                    _connector="OR",
                ),
                name="revocation_case_has_evidence",
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
            model_name="sample",
            constraint=models.CheckConstraint(
                condition=models.Q(("count__gt", 0)), name="sample_count_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="seat",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ends_on", None)), fields=("council", "user"), name="seat_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="seat",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ends_on", None), ("position", "chair")),
                fields=("council",),
                name="seat_one_chair",
            ),
        ),
        migrations.AddConstraint(
            model_name="seat",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on", None), ("ends_on__gt", models.F("starts_on")), _connector="OR"
                ),
                name="seat_period_not_empty",
            ),
        ),
        migrations.AddConstraint(
            model_name="obstacle",
            constraint=models.UniqueConstraint(
                fields=("case", "seat", "ground"), name="obstacle_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="sellerlist",
            constraint=models.UniqueConstraint(
                fields=("producer", "checklist"), name="seller_list_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="sheet",
            constraint=models.UniqueConstraint(
                fields=("item", "seat", "attempt"), name="sheet_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="sheet",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "submitted"), _negated=True),
                    ("submitted_at__isnull", False),
                    _connector="OR",
                ),
                name="sheet_submitted_has_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="sheet",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("confirmed_by", None),
                    models.Q(("confirmed_by", models.F("entered_by")), _negated=True),
                    _connector="OR",
                ),
                name="sheet_confirmed_by_another",
            ),
        ),
        migrations.AddIndex(
            model_name="shoplink",
            index=models.Index(fields=["check_from"], name="shop_link_to_check"),
        ),
        migrations.AddIndex(
            model_name="shoplink",
            index=models.Index(fields=["state", "marketplace"], name="shop_link_state"),
        ),
        migrations.AddConstraint(
            model_name="shoplink",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on", None), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                ),
                name="shop_link_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="shoplink",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", "waiting"), ("checked_at__isnull", False), _connector="OR"
                ),
                name="shop_link_state_of_a_check",
            ),
        ),
        migrations.AddConstraint(
            model_name="shoplink",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ends_on", None)),
                fields=("product", "address"),
                name="shop_link_once",
            ),
        ),
        migrations.AddIndex(
            model_name="sitting",
            index=models.Index(fields=["council", "starts_at"], name="sitting_when"),
        ),
        migrations.AddConstraint(
            model_name="sitting",
            constraint=models.CheckConstraint(
                condition=models.Q(("passing__in", (1, 2))), name="sitting_first_or_second_pass"
            ),
        ),
        migrations.AddConstraint(
            model_name="sitting",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "cancelled"), _negated=True),
                fields=("council", "kind", "starts_at"),
                name="sitting_once_at_a_time",
            ),
        ),
        migrations.AddIndex(
            model_name="madepaper",
            index=models.Index(fields=["state", "seen_at"], name="made_paper_state_seen"),
        ),
        migrations.AddConstraint(
            model_name="madepaper",
            constraint=models.CheckConstraint(
                condition=models.Q(("sitting", None), ("decision", None), _connector="XOR"),
                name="made_paper_of_one_thing",
            ),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "taken_off"), _negated=True),
                fields=("sitting", "case"),
                name="item_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("waiting", "scoring", "rescoring"))),
                fields=("case",),
                name="item_one_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "concluded"), _negated=True),
                    ("concluded_at__isnull", False),
                    _connector="OR",
                ),
                name="item_concluded_has_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.UniqueConstraint(fields=("sitting", "seat"), name="attendance_once"),
        ),
        migrations.AddConstraint(
            model_name="snapshot",
            constraint=models.UniqueConstraint(
                fields=("dossier", "number"), name="snapshot_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="changerequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "asked")), fields=("dossier",), name="change_one_asked"
            ),
        ),
        migrations.AddConstraint(
            model_name="speciality",
            constraint=models.UniqueConstraint(fields=("user", "sector"), name="speciality_once"),
        ),
        migrations.AddConstraint(
            model_name="stampallowance",
            constraint=models.UniqueConstraint(
                fields=("producer", "year"), name="stamp_allowance_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="stampallowance",
            constraint=models.CheckConstraint(
                condition=models.Q(("used__lte", models.F("quantity"))),
                name="stamp_allowance_not_exceeded",
            ),
        ),
        migrations.AddIndex(
            model_name="stampexception",
            index=models.Index(fields=["key", "first"], name="stamp_exception_numbers"),
        ),
        migrations.AddConstraint(
            model_name="stampexception",
            constraint=models.CheckConstraint(
                condition=models.Q(("count__gt", 0)), name="stamp_exception_of_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="stampexception",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True),
                name="stamp_exception_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="stampopening",
            constraint=models.UniqueConstraint(fields=("key", "number"), name="stamp_opening_once"),
        ),
        migrations.AddIndex(
            model_name="stampprint",
            index=models.Index(fields=["state", "seen_at"], name="stamp_print_state_seen"),
        ),
        migrations.AddConstraint(
            model_name="stampprint",
            constraint=models.CheckConstraint(
                condition=models.Q(("count__gt", 0)), name="stamp_print_of_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="stampprint",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("waiting", "working", "ready"))),
                fields=("fingerprint",),
                name="stamp_print_made_once",
            ),
        ),
        migrations.AddIndex(
            model_name="stamprange",
            index=models.Index(fields=["lot"], name="stamp_range_lot"),
        ),
        migrations.AddConstraint(
            model_name="stamprange",
            constraint=models.UniqueConstraint(fields=("key", "first"), name="stamp_range_once"),
        ),
        migrations.AddConstraint(
            model_name="stamprange",
            constraint=models.CheckConstraint(
                condition=models.Q(("count__gt", 0)), name="stamp_range_of_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="stamprange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ("active", "closed")), _negated=True),
                    models.Q(("activated_at__isnull", False), ("lot__isnull", False)),
                    _connector="OR",
                ),
                name="stamp_range_active_with_lot",
            ),
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
        migrations.AddConstraint(
            model_name="supply",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)),
                fields=("product",),
                name="supply_once_for_product",
            ),
        ),
        migrations.AddConstraint(
            model_name="supply",
            constraint=models.CheckConstraint(
                condition=models.Q(("quantity__gt", 0)), name="supply_of_something"
            ),
        ),
        migrations.AddIndex(
            model_name="supportrequest",
            index=models.Index(fields=["state", "asked_at"], name="support_request_state"),
        ),
        migrations.AddIndex(
            model_name="supportrequest",
            index=models.Index(fields=["producer", "state"], name="support_request_of_producer"),
        ),
        migrations.AddConstraint(
            model_name="supportrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("asked_amount__gt", 0)), name="support_request_of_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="supportrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ("approved", "accepted", "paid")), _negated=True),
                    models.Q(
                        ("approved_amount__gt", 0),
                        ("decided_on__isnull", False),
                        ("line__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="support_request_approved_from_a_line",
            ),
        ),
        migrations.AddConstraint(
            model_name="supportrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ("accepted", "paid")), _negated=True),
                    models.Q(
                        ("accepted_amount__isnull", False),
                        ("accepted_amount__lte", models.F("approved_amount")),
                    ),
                    _connector="OR",
                ),
                name="support_request_accepted_within_approved",
            ),
        ),
        migrations.AddConstraint(
            model_name="supportrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reclaimed", 0),
                    models.Q(("reclaimed__lte", models.F("accepted_amount")), ("state", "paid")),
                    _connector="OR",
                ),
                name="support_request_reclaimed_within_paid",
            ),
        ),
        migrations.AddConstraint(
            model_name="requestpaper",
            constraint=models.UniqueConstraint(
                fields=("request", "attachment"), name="support_request_paper_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="money",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0)), name="support_money_of_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="money",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "paid")),
                fields=("request",),
                name="support_money_paid_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="testorder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("result_on", None), ("result_on__gte", models.F("ordered_on")), _connector="OR"
                ),
                name="test_result_after_order",
            ),
        ),
        migrations.AddIndex(
            model_name="traceevent",
            index=models.Index(fields=["event_time"], name="trace_event_time"),
        ),
        migrations.AddIndex(
            model_name="traceevent",
            index=models.Index(fields=["record_time"], name="trace_event_recorded"),
        ),
        migrations.AddIndex(
            model_name="traceevent",
            index=models.Index(fields=["producer", "event_time"], name="trace_event_of_producer"),
        ),
        migrations.AddIndex(
            model_name="traceevent",
            index=models.Index(
                condition=models.Q(("names_read_at", None)),
                fields=["id"],
                name="trace_event_unread",
            ),
        ),
        migrations.AddConstraint(
            model_name="traceevent",
            constraint=models.UniqueConstraint(
                condition=models.Q(("declares", None)),
                fields=("event_id",),
                name="trace_event_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="traceevent",
            constraint=models.UniqueConstraint(
                fields=("declares",), name="trace_event_declared_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="traceevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("declares", None),
                    models.Q(("declared_wrong_at", None), _negated=True),
                    _connector="OR",
                ),
                name="trace_event_declaration_counts_not",
            ),
        ),
        migrations.AddIndex(
            model_name="material",
            index=models.Index(fields=["producer", "taken_on"], name="material_of_producer"),
        ),
        migrations.AddConstraint(
            model_name="material",
            constraint=models.CheckConstraint(
                condition=models.Q(("quantity", None), ("quantity__gt", 0), _connector="OR"),
                name="material_quantity_positive",
            ),
        ),
        migrations.AddIndex(
            model_name="eventthing",
            index=models.Index(fields=["value", "role"], name="event_thing_value"),
        ),
        migrations.AddIndex(
            model_name="eventthing",
            index=models.Index(fields=["lot", "role"], name="event_thing_lot"),
        ),
        migrations.AddIndex(
            model_name="eventthing",
            index=models.Index(
                condition=models.Q(("stamp__isnull", False)),
                fields=["stamp"],
                name="event_thing_stamp",
            ),
        ),
        migrations.AddConstraint(
            model_name="meetinground",
            constraint=models.CheckConstraint(
                condition=models.Q(("minutes__gte", 1), ("tables__gte", 1), ("turns__gte", 1)),
                name="meeting_round_has_room",
            ),
        ),
        migrations.AddIndex(
            model_name="eventticket",
            index=models.Index(fields=["event", "batch"], name="event_ticket_batch"),
        ),
        migrations.AddConstraint(
            model_name="eventticket",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("application__isnull", False), ("batch", 0), ("kind", "exhibitor")),
                    models.Q(
                        models.Q(("kind", "exhibitor"), _negated=True),
                        ("application", None),
                        ("batch__gt", 0),
                    ),
                    _connector="OR",
                ),
                name="event_ticket_of_a_booth_or_a_batch",
            ),
        ),
        migrations.AddConstraint(
            model_name="eventticket",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "exhibitor"), _negated=True),
                    models.Q(("holder", ""), _negated=True),
                    _connector="OR",
                ),
                name="event_ticket_exhibitor_named",
            ),
        ),
        migrations.AddConstraint(
            model_name="eventorganiser",
            constraint=models.UniqueConstraint(
                fields=("event", "position"), name="event_organiser_place"
            ),
        ),
        migrations.AddConstraint(
            model_name="eventday",
            constraint=models.UniqueConstraint(fields=("event", "day"), name="event_day_once"),
        ),
        migrations.AddConstraint(
            model_name="eventcost",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("removed_at", None), ("removed_for", "")),
                    models.Q(
                        ("removed_at__isnull", False), models.Q(("removed_for", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="event_cost_removed_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="eventcost",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0)), name="event_cost_is_money"
            ),
        ),
        migrations.AddConstraint(
            model_name="eventbooth",
            constraint=models.UniqueConstraint(fields=("event", "label"), name="event_booth_once"),
        ),
        migrations.AddConstraint(
            model_name="eventbooth",
            constraint=models.CheckConstraint(
                condition=models.Q(("depth__gte", 5), ("width__gte", 5)),
                name="event_booth_has_ground",
            ),
        ),
        migrations.AddIndex(
            model_name="eventapplication",
            index=models.Index(fields=["event", "state"], name="event_application_state"),
        ),
        migrations.AddConstraint(
            model_name="eventapplication",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "withdrawn"), _negated=True),
                fields=("event", "producer"),
                name="event_application_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="eventapplication",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "refused"), _negated=True),
                    models.Q(("answer", ""), _negated=True),
                    _connector="OR",
                ),
                name="event_application_refused_with_reason",
            ),
        ),
        migrations.AddIndex(
            model_name="deal",
            index=models.Index(fields=["state", "signed_on"], name="deal_state"),
        ),
        migrations.AddConstraint(
            model_name="deal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind", "memorandum"), ("value__isnull", False), _connector="OR"
                ),
                name="deal_contract_has_value",
            ),
        ),
        migrations.AddConstraint(
            model_name="deal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at", None), ("state", "running")),
                    models.Q(
                        models.Q(("state", "running"), _negated=True), ("ended_at__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="deal_ended_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="deal",
            constraint=models.CheckConstraint(
                condition=models.Q(("state", "broken"), ("ended_for", ""), _connector="XOR"),
                name="deal_broken_with_reason",
            ),
        ),
        migrations.AddIndex(
            model_name="allocation",
            index=models.Index(fields=["state", "seen_at"], name="allocation_state_seen"),
        ),
        migrations.AddConstraint(
            model_name="allocation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("waiting", "working"))),
                fields=("event",),
                name="allocation_one_at_work",
            ),
        ),
        migrations.AddConstraint(
            model_name="tradeitem",
            constraint=models.UniqueConstraint(
                condition=models.Q(("gtin", ""), _negated=True),
                fields=("gtin",),
                name="trade_item_gtin_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="tradeitem",
            constraint=models.UniqueConstraint(
                fields=("product", "name"), name="trade_item_name_once"
            ),
        ),
        migrations.AddIndex(
            model_name="stamporder",
            index=models.Index(fields=["state", "requested_at"], name="stamp_order_state"),
        ),
        migrations.AddConstraint(
            model_name="stamporder",
            constraint=models.CheckConstraint(
                condition=models.Q(("quantity__gt", 0)), name="stamp_order_of_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="stamporder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("first__isnull", False), ("key__isnull", False), ("state", "approved")
                    ),
                    models.Q(
                        models.Q(("state", "approved"), _negated=True),
                        ("first", None),
                        ("key", None),
                    ),
                    _connector="OR",
                ),
                name="stamp_order_numbers_when_approved",
            ),
        ),
        migrations.AddConstraint(
            model_name="stamporder",
            constraint=models.UniqueConstraint(
                fields=("key", "first"), name="stamp_order_numbers_once"
            ),
        ),
        migrations.AddIndex(
            model_name="scansignal",
            index=models.Index(fields=["rule", "subject", "-id"], name="scan_signal_subject"),
        ),
        migrations.AddIndex(
            model_name="scansignal",
            index=models.Index(fields=["state", "-raised_at"], name="scan_signal_state"),
        ),
        migrations.AddIndex(
            model_name="scansignal",
            index=models.Index(fields=["version", "number"], name="scan_signal_stamp"),
        ),
        migrations.AddConstraint(
            model_name="scansignal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "closed"), _negated=True),
                fields=("rule", "subject"),
                name="scan_signal_one_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="scansignal",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddIndex(
            model_name="scanperiod",
            index=models.Index(fields=["period", "-scans"], name="scan_period_most"),
        ),
        migrations.AddConstraint(
            model_name="scanperiod",
            constraint=models.UniqueConstraint(fields=("period", "item"), name="scan_period_once"),
        ),
        migrations.AddIndex(
            model_name="scanday",
            index=models.Index(fields=["item", "day"], name="scan_day_of_item"),
        ),
        migrations.AddConstraint(
            model_name="scanday",
            constraint=models.UniqueConstraint(
                condition=models.Q(("lot__isnull", False)),
                fields=("day", "item", "lot", "place"),
                name="scan_day_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="scanday",
            constraint=models.UniqueConstraint(
                condition=models.Q(("lot__isnull", True)),
                fields=("day", "item", "place"),
                name="scan_day_once_without_lot",
            ),
        ),
        migrations.AddConstraint(
            model_name="lot",
            constraint=models.UniqueConstraint(fields=("item", "number"), name="lot_number_once"),
        ),
        migrations.AddConstraint(
            model_name="lot",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("expires_on", None),
                    ("produced_on", None),
                    ("expires_on__gte", models.F("produced_on")),
                    _connector="OR",
                ),
                name="lot_expires_after_production",
            ),
        ),
        migrations.AddConstraint(
            model_name="lot",
            constraint=models.CheckConstraint(
                condition=models.Q(("quantity", None), ("quantity__gt", 0), _connector="OR"),
                name="lot_quantity_positive",
            ),
        ),
        migrations.AddConstraint(
            model_name="lot",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("recalled_at", None),
                    models.Q(("recall_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="lot_recalled_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="foreigncode",
            constraint=models.UniqueConstraint(
                fields=("scheme", "value"), name="foreign_code_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="trainingcertificate",
            constraint=models.UniqueConstraint(
                fields=("year", "serial"), name="training_certificate_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="trainingcertificate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("revoked_at", None), models.Q(("reason", ""), _negated=True), _connector="OR"
                ),
                name="training_certificate_revoked_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="quizquestion",
            constraint=models.UniqueConstraint(
                fields=("course", "number"), name="quiz_question_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="trainingsession",
            constraint=models.UniqueConstraint(
                fields=("training_class", "number"), name="training_session_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="trainingsession",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                name="training_session_ends_after_it_starts",
            ),
        ),
        migrations.AddConstraint(
            model_name="trainingcheckin",
            constraint=models.UniqueConstraint(
                condition=models.Q(("entry", True)),
                fields=("session", "enrolment"),
                name="training_entry_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="trainingcheckin",
            constraint=models.CheckConstraint(
                condition=models.Q(("undone_at", None), ("entry", False), _connector="OR"),
                name="training_undone_is_no_entry",
            ),
        ),
        migrations.AddConstraint(
            model_name="unit",
            constraint=models.UniqueConstraint(
                fields=("code", "valid_from", "level"), name="unit_code_era"
            ),
        ),
        migrations.AddConstraint(
            model_name="unit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to", None), ("valid_to__gt", models.F("valid_from")), _connector="OR"
                ),
                name="unit_period_not_empty",
            ),
        ),
        migrations.AddIndex(
            model_name="trainingclass",
            index=models.Index(fields=["state", "starts_at"], name="training_class_state"),
        ),
        migrations.AddConstraint(
            model_name="trainingclass",
            constraint=models.CheckConstraint(
                condition=models.Q(("taken__lte", models.F("capacity"))),
                name="training_class_seats_not_exceeded",
            ),
        ),
        migrations.AddConstraint(
            model_name="trainingclass",
            constraint=models.CheckConstraint(
                condition=models.Q(("capacity__gt", 0)), name="training_class_of_somebody"
            ),
        ),
        migrations.AddConstraint(
            model_name="trainingclass",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                name="training_class_ends_after_it_starts",
            ),
        ),
        migrations.AddIndex(
            model_name="tradeevent",
            index=models.Index(fields=["state", "starts_on"], name="trade_event_state"),
        ),
        migrations.AddConstraint(
            model_name="tradeevent",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                name="trade_event_ends_after_it_starts",
            ),
        ),
        migrations.AddConstraint(
            model_name="tradeevent",
            constraint=models.CheckConstraint(
                condition=models.Q(("calls_until__lte", models.F("starts_on"))),
                name="trade_event_calls_before_it_starts",
            ),
        ),
        migrations.AddConstraint(
            model_name="tradeevent",
            constraint=models.CheckConstraint(
                condition=models.Q(("support_share__lte", 100)), name="trade_event_support_per_cent"
            ),
        ),
        migrations.AddConstraint(
            model_name="tradeevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("least_stars", None),
                    models.Q(("least_stars__gte", 3), ("least_stars__lte", 5)),
                    _connector="OR",
                ),
                name="trade_event_stars_from_three",
            ),
        ),
        migrations.AddConstraint(
            model_name="tradeevent",
            constraint=models.CheckConstraint(
                condition=models.Q(("state", "cancelled"), ("cancelled_for", ""), _connector="XOR"),
                name="trade_event_cancelled_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="target",
            constraint=models.UniqueConstraint(
                fields=("indicator", "unit", "starts_on", "ends_on"), name="target_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="target",
            constraint=models.CheckConstraint(
                condition=models.Q(("high", None), ("high__gte", models.F("low")), _connector="OR"),
                name="target_range_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="succession",
            constraint=models.UniqueConstraint(fields=("old", "new"), name="succession_once"),
        ),
        migrations.AddConstraint(
            model_name="site",
            constraint=models.UniqueConstraint(
                condition=models.Q(("gln", ""), _negated=True),
                fields=("gln",),
                name="site_gln_once",
            ),
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
            model_name="reportedfigure",
            constraint=models.UniqueConstraint(
                fields=("indicator", "unit", "as_of"), name="reported_figure_once"
            ),
        ),
        migrations.AddIndex(
            model_name="registration",
            index=models.Index(fields=["province", "year"], name="registration_year"),
        ),
        migrations.AddConstraint(
            model_name="registration",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_on", None)),
                fields=("year", "unit", "product_name", "producer_name"),
                name="registration_once",
            ),
        ),
        migrations.AddIndex(
            model_name="recognition",
            index=models.Index(fields=["product", "-evaluated_on"], name="recognition_latest"),
        ),
        migrations.AddIndex(
            model_name="recognition",
            index=models.Index(fields=["province", "expires_on"], name="recognition_expiry"),
        ),
        migrations.AddIndex(
            model_name="recognition",
            index=models.Index(
                fields=["province", "kind", "evaluated_on"], name="recognition_counting"
            ),
        ),
        migrations.AddConstraint(
            model_name="recognition",
            constraint=models.CheckConstraint(
                condition=models.Q(("stars__in", (3, 4, 5))), name="recognition_stars_3_to_5"
            ),
        ),
        migrations.AddConstraint(
            model_name="recognition",
            constraint=models.CheckConstraint(
                condition=models.Q(("potential_five", False), ("stars", 4), _connector="OR"),
                name="recognition_potential_is_four",
            ),
        ),
        migrations.AddConstraint(
            model_name="recognition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("expires_on", None),
                    ("valid_from", None),
                    ("expires_on__gte", models.F("valid_from")),
                    _connector="OR",
                ),
                name="recognition_period_not_empty",
            ),
        ),
        migrations.AddConstraint(
            model_name="recognition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("restored_on", None),
                    models.Q(
                        ("restored_on__gte", models.F("revoked_on")), ("revoked_on__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="recognition_restored_after_revoked",
            ),
        ),
        migrations.AddConstraint(
            model_name="recognition",
            constraint=models.UniqueConstraint(
                condition=models.Q(("annulled_on", None)),
                fields=("row_key",),
                name="recognition_fact_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="recognition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("mistaken", False), ("annulled_on__isnull", False), _connector="OR"
                ),
                name="recognition_mistaken_is_void",
            ),
        ),
        migrations.AddConstraint(
            model_name="recognition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("annulling_number", ""),
                    models.Q(("annulled_on__isnull", False), ("mistaken", False)),
                    _connector="OR",
                ),
                name="recognition_annulling_of_annulled",
            ),
        ),
        migrations.AddIndex(
            model_name="product",
            index=models.Index(fields=["province", "commune"], name="product_place"),
        ),
        migrations.AddIndex(
            model_name="product",
            index=models.Index(fields=["sector", "set_number"], name="product_sector"),
        ),
        migrations.AddIndex(
            model_name="product",
            index=models.Index(fields=["folded"], name="product_folded"),
        ),
        migrations.AddConstraint(
            model_name="product",
            constraint=models.UniqueConstraint(
                condition=models.Q(("official_code", ""), _negated=True),
                fields=("official_code",),
                name="product_official_code_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="product",
            constraint=models.UniqueConstraint(
                condition=models.Q(("gtin", ""), _negated=True),
                fields=("gtin",),
                name="product_gtin_once",
            ),
        ),
        migrations.AddIndex(
            model_name="producer",
            index=models.Index(fields=["province", "commune"], name="producer_place"),
        ),
        migrations.AddConstraint(
            model_name="producer",
            constraint=models.UniqueConstraint(
                condition=models.Q(("tax_code", ""), _negated=True),
                fields=("tax_code",),
                name="producer_tax_code_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="producer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("workers_local", None),
                    ("workers", None),
                    ("workers_local__lte", models.F("workers")),
                    _connector="OR",
                ),
                name="producer_local_workers_within_all",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on", None), ("ends_on__gt", models.F("starts_on")), _connector="OR"
                ),
                name="membership_period_not_empty",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("role", "commune_officer"), _negated=True),
                    ("unit__isnull", False),
                    _connector="OR",
                ),
                name="membership_commune_officer_has_unit",
            ),
        ),
        migrations.AddIndex(
            model_name="grant",
            index=models.Index(fields=["producer", "category"], name="support_grant_of_producer"),
        ),
        migrations.AddIndex(
            model_name="grant",
            index=models.Index(fields=["year", "level"], name="support_grant_year"),
        ),
        migrations.AddConstraint(
            model_name="grant",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0), ("quantity__gt", 0), _connector="OR"),
                name="support_grant_of_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="grant",
            constraint=models.CheckConstraint(
                condition=models.Q(("year__gte", 2018)), name="support_grant_of_programme"
            ),
        ),
        migrations.AddIndex(
            model_name="enrolment",
            index=models.Index(fields=["training_class", "state"], name="enrolment_state"),
        ),
        migrations.AddConstraint(
            model_name="enrolment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("producer", None), ("unit__isnull", False)),
                    models.Q(("producer__isnull", False), ("unit", None)),
                    _connector="OR",
                ),
                name="enrolment_of_a_producer_or_a_unit",
            ),
        ),
        migrations.AddConstraint(
            model_name="enrolment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "withdrawn"), ("withdrawn_at__isnull", False)),
                    models.Q(
                        models.Q(("state", "withdrawn"), _negated=True), ("withdrawn_at", None)
                    ),
                    _connector="OR",
                ),
                name="enrolment_withdrawn_with_its_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="enrolment",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    models.Q(("state", "withdrawn"), _negated=True), ("producer__isnull", False)
                ),
                fields=("training_class", "producer", "folded"),
                name="enrolment_of_a_producer_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="enrolment",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    models.Q(("state", "withdrawn"), _negated=True), ("unit__isnull", False)
                ),
                fields=("training_class", "unit", "folded"),
                name="enrolment_of_a_unit_once",
            ),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(fields=["province", "state", "due_on"], name="dossier_queue"),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(fields=["commune", "state"], name="dossier_commune"),
        ),
        migrations.AddConstraint(
            model_name="dossier",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("state__in", ("decided", "refused", "withdrawn")), _negated=True
                ),
                fields=("product",),
                name="dossier_one_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="dossier",
            constraint=models.UniqueConstraint(
                condition=models.Q(("slip_number", ""), _negated=True),
                fields=("slip_number",),
                name="dossier_slip_once",
            ),
        ),
        migrations.AddIndex(
            model_name="designcentre",
            index=models.Index(fields=["province", "commune"], name="centre_place"),
        ),
        migrations.AddConstraint(
            model_name="designcentre",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ("recognised", "ended")), _negated=True),
                    ("recognised_on__isnull", False),
                    _connector="OR",
                ),
                name="centre_recognised_has_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="designcentre",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ended_on", None),
                    models.Q(
                        ("ended_on__gte", models.F("recognised_on")),
                        ("recognised_on__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="centre_ended_after_recognition",
            ),
        ),
        migrations.AddConstraint(
            model_name="designcentre",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_on__isnull", False), ("state", "ended")),
                    models.Q(models.Q(("state", "ended"), _negated=True), ("ended_on", None)),
                    _connector="OR",
                ),
                name="centre_ended_has_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.UniqueConstraint(
                condition=models.Q(("mistaken_on", None)),
                fields=("number", "signed_on", "authority"),
                name="decision_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("awaits_publication", False), ("published_on", None), _connector="OR"
                ),
                name="decision_awaits_without_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("published_on", None),
                    ("published_on__gte", models.F("signed_on")),
                    _connector="OR",
                ),
                name="decision_signed_before_published",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("file_public", False), ("attachment__isnull", False), _connector="OR"
                ),
                name="decision_public_file_is_there",
            ),
        ),
        migrations.AddConstraint(
            model_name="budgetline",
            constraint=models.UniqueConstraint(
                fields=("unit", "year", "category", "source"), name="budget_line_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="budgetline",
            constraint=models.CheckConstraint(
                condition=models.Q(("committed__lte", models.F("amount"))),
                name="budget_line_not_exceeded",
            ),
        ),
        migrations.AddConstraint(
            model_name="budgetline",
            constraint=models.CheckConstraint(
                condition=models.Q(("paid__lte", models.F("committed"))),
                name="budget_line_paid_within_committed",
            ),
        ),
        migrations.AddConstraint(
            model_name="budgetline",
            constraint=models.CheckConstraint(
                condition=models.Q(("reclaimed__lte", models.F("paid"))),
                name="budget_line_reclaimed_within_paid",
            ),
        ),
        migrations.AddConstraint(
            model_name="campaignmember",
            constraint=models.UniqueConstraint(
                fields=("campaign", "recognition"), name="campaign_member_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="campaignmember",
            constraint=models.CheckConstraint(
                condition=models.Q(("answer", None), ("sent_at__isnull", False), _connector="OR"),
                name="campaign_member_asked_when_sent",
            ),
        ),
        migrations.AddConstraint(
            model_name="unitanswer",
            constraint=models.UniqueConstraint(fields=("task", "unit"), name="unit_answer_once"),
        ),
        migrations.AddConstraint(
            model_name="centretie",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("product", None), ("village__isnull", False)),
                    models.Q(("product__isnull", False), ("village", None)),
                    _connector="OR",
                ),
                name="centre_tie_of_product_or_village",
            ),
        ),
        migrations.AddConstraint(
            model_name="centretie",
            constraint=models.UniqueConstraint(
                condition=models.Q(("product__isnull", False)),
                fields=("centre", "product"),
                name="centre_tie_product_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="centretie",
            constraint=models.UniqueConstraint(
                condition=models.Q(("village__isnull", False)),
                fields=("centre", "village"),
                name="centre_tie_village_once",
            ),
        ),
        migrations.AddIndex(
            model_name="village",
            index=models.Index(fields=["province", "counted_from"], name="village_counting"),
        ),
        migrations.AddConstraint(
            model_name="village",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ended_on", None), ("ended_on__gte", models.F("counted_from")), _connector="OR"
                ),
                name="village_ends_after_it_counts",
            ),
        ),
        migrations.AddConstraint(
            model_name="villagerecognition",
            constraint=models.UniqueConstraint(
                condition=models.Q(("revoked_on", None)),
                fields=("village", "title"),
                name="village_title_stands_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="villagerecognition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("revoked_on", None),
                    ("signed_on", None),
                    ("revoked_on__gte", models.F("signed_on")),
                    _connector="OR",
                ),
                name="village_recognition_revoked_after_signing",
            ),
        ),
        migrations.AddConstraint(
            model_name="routestop",
            constraint=models.UniqueConstraint(
                fields=("route", "position"), name="route_position_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="routestop",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("village__isnull", False),
                    models.Q(("name", ""), _negated=True),
                    _connector="OR",
                ),
                name="route_stop_is_somewhere",
            ),
        ),
        migrations.AddConstraint(
            model_name="routestop",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", ""), ("place", "")),
                    models.Q(
                        models.Q(("kind", ""), _negated=True),
                        models.Q(("place", ""), _negated=True),
                        ("village", None),
                    ),
                    _connector="OR",
                ),
                name="route_stop_place_has_a_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="villageyear",
            constraint=models.UniqueConstraint(
                fields=("village", "year"), name="village_year_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="villageyear",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("households", None),
                    ("in_trade", None),
                    ("in_trade__lte", models.F("households")),
                    _connector="OR",
                ),
                name="village_year_trade_within_households",
            ),
        ),
        migrations.AddConstraint(
            model_name="visitphoto",
            constraint=models.UniqueConstraint(
                fields=("visit", "attachment"), name="visit_photo_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="wording",
            constraint=models.UniqueConstraint(
                fields=("version", "criterion", "option"), name="wording_once", nulls_distinct=False
            ),
        ),
        ProtectEvents(),
        ProtectLog(),
        InstallSearch(),
        migrations.RunPython(_cache, migrations.RunPython.noop),  # shared by all processes
    ]
