"""The fifteen types of evidence named in Form 02 (Decision 26/2026/QĐ-TTg).

Which topics of the criteria a type usually proves is our reading, offered as a help and never a
condition; topics are stable across sets, codes are not. What a condition of the criteria asks for
by name is one.
"""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

TYPES = (
    ("business_registration", _("Giấy đăng ký kinh doanh, quyết định thành lập")),
    ("production_condition", _("Giấy chứng nhận đủ điều kiện sản xuất")),
    ("raw_material", _("Nguồn gốc nguyên liệu và liên kết chuỗi")),
    ("environment", _("Bảo vệ môi trường, công nghệ bền vững")),
    ("local_labour", _("Sử dụng lao động địa phương")),
    ("business_growth", _("Tăng trưởng sản xuất, kinh doanh")),
    ("intellectual_property", _("Sở hữu trí tuệ")),
    ("market", _("Thị trường và phân phối")),
    ("promotion", _("Quảng bá, xúc tiến thương mại")),
    ("story", _("Câu chuyện sản phẩm")),
    ("quality_declaration", _("Công bố chất lượng sản phẩm")),
    ("test_report", _("Phiếu kết quả kiểm nghiệm")),
    ("barcode", _("Mã số mã vạch, tem truy xuất nguồn gốc")),
    ("quality_system", _("Hệ thống quản lý chất lượng tiên tiến")),
    ("award", _("Giải thưởng, bình chọn")),
)

#: Topics of criteria that a type usually proves.
TOPICS: Mapping[str, tuple[str, ...]] = {
    "business_registration": ("legal_form",),
    "production_condition": ("quality_assurance",),
    "raw_material": ("material_origin", "material_zone_cert", "linkage"),
    "environment": ("environment", "sustainable_tech"),
    "local_labour": ("local_labour",),
    "business_growth": ("growth",),
    "intellectual_property": ("ip",),
    "market": ("distribution_area", "distribution_org", "global_market"),
    "promotion": ("promotion",),
    "story": ("story", "story_structure", "local_identity"),
    "quality_declaration": ("quality_declaration",),
    "test_report": ("quality_declaration", "nutrition", "periodic_testing"),
    "barcode": ("labelling", "story"),
    "quality_system": ("quality_assurance",),
    "award": (),
}

#: The types of which a condition (gate) of the type evidence asks for one, where its text names
#: them. The other such condition, `export_evidence`, takes contracts, certificates or information
#: of any kind.
NEEDED: Mapping[str, tuple[str, ...]] = {
    "standard_needs_test_report": ("quality_declaration", "test_report"),
}
