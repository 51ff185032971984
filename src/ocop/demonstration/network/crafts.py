"""The trades of the invented villages: 47 of them, by the groups of Decree 52/2018/NĐ-CP."""

#: Trade, its group, and how common it is.
TRADES = (
    ("Mây tre đan", "goods", 20), ("Mộc dân dụng", "goods", 14), ("Mộc cao cấp", "goods", 6),
    ("Chạm khắc gỗ", "craft", 5), ("Sơn mài", "craft", 6), ("Khảm trai", "craft", 5),
    ("Thêu ren", "goods", 9), ("Dệt vải", "goods", 5), ("Dệt lụa", "goods", 3),
    ("Dệt khăn", "goods", 2), ("May mặc", "goods", 9), ("May áo dài", "goods", 2),
    ("Gốm sứ", "goods", 5), ("Gạch ngói", "material", 2), ("Đúc đồng", "craft", 3),
    ("Kim hoàn", "craft", 2), ("Quỳ vàng", "craft", 1), ("Tạc tượng", "craft", 3),
    ("Chạm khắc đá", "craft", 2), ("Làm nón", "craft", 6), ("Làm quạt", "craft", 2),
    ("Làm đèn lồng", "craft", 2), ("Làm diều", "craft", 1), ("Làm nhạc cụ", "craft", 1),
    ("Tò he", "craft", 1), ("Tranh dân gian", "craft", 1), ("Giấy dó", "craft", 1),
    ("Tăm hương", "craft", 5), ("Đan lưới", "goods", 2), ("Chổi lông gà", "goods", 1),
    ("Da giày", "goods", 4), ("Cơ khí", "goods", 7), ("Rèn", "goods", 3), ("Dao kéo", "goods", 2),
    ("Bún, bánh phở", "food", 9), ("Miến dong", "food", 6), ("Bánh chưng", "food", 3),
    ("Bánh kẹo", "food", 5), ("Giò chả", "food", 4), ("Đậu phụ", "food", 4),
    ("Cốm", "food", 2), ("Chè búp", "food", 4), ("Nông sản sấy", "food", 8),
    ("Sơ chế dược liệu", "food", 3), ("Hoa, cây cảnh", "ornamental", 8),
    ("Tơ tằm", "material", 2), ("Sinh vật cảnh", "ornamental", 2),
)  # fmt: skip

#: Words of which names are joined.
FIRST = (
    "An", "Bình", "Cao", "Đại", "Đông", "Hạ", "Hòa", "Hưng", "Khê", "Liên", "Mai", "Mỹ", "Ngọc",
    "Phú", "Quang", "Tân", "Thanh", "Thượng", "Trung", "Vân", "Vĩnh", "Xuân", "Yên",
)  # fmt: skip
SECOND = (
    "Cầu", "Dương", "Điền", "Đình", "Đồng", "Giang", "Hậu", "Khánh", "Lâm", "Lộc", "Lương", "Nội",
    "Phong", "Sơn", "Thái", "Thịnh", "Thôn", "Trại", "Trì", "Tiến", "Vực", "Xá",
)  # fmt: skip
#: Where few or no villages are left, and where most of them are.
INNER = frozenset({"002", "005", "006", "007", "009"})
OUTER_CITY = frozenset({"001", "003", "004", "008", "019", "021", "268"})
MANY = frozenset({"274", "275", "276", "277", "278", "279", "280", "281"})
