"""What the invented producers make: trades, their goods by criteria set, and where they live.

The trades are those the land around Hà Nội is known for; which producer makes what is invented.
Set numbers are those of Annex III, Decision 26/2026/QĐ-TTg.
"""

from collections.abc import Mapping
from dataclasses import dataclass

#: The first and last set of each sector (Annex I, Decision 26/2026/QĐ-TTg).
_SECTORS = (("I", 13), ("II", 17), ("III", 20), ("IV", 22), ("V", 25), ("VI", 26))


def sector_of(set_number: int) -> str:
    """The sector of a criteria set."""
    return next(sector for sector, last in _SECTORS if set_number <= last)


@dataclass(frozen=True, slots=True)
class Trade:
    """A line of business: the word for it in a producer's name, goods by set, ways to vary them."""

    key: str
    word: str
    goods: Mapping[int, tuple[str, ...]]
    variants: tuple[str, ...]
    beginning: str  # how its story begins
    farming: bool = False  # sells fresh goods that need not be in the programme


_PACKED = ("", "hộp quà", "túi tiện dụng", "loại đặc biệt", "hảo hạng")
_FRESH = ("", "hữu cơ", "VietGAP", "loại một", "túi lưới")
_REARED = ("", "thả vườn", "VietGAHP", "loại đặc biệt", "hút chân không")
_POURED = ("", "chai thủy tinh", "lốc sáu chai", "chai lớn", "hộp quà")
_THROWN = ("", "vẽ tay", "cỡ nhỏ", "cỡ lớn", "bộ sưu tập")
_WOVEN = ("", "nhuộm tự nhiên", "cỡ nhỏ", "cỡ lớn", "bộ ba chiếc")
_CARVED = ("", "chạm tay", "cỡ nhỏ", "cỡ lớn", "trưng bày")

_ALL = (
    Trade(
        "vegetables", "rau an toàn",
        {1: ("Cải ngồng", "Rau muống", "Súp lơ xanh", "Cà chua bi", "Dưa lưới", "Bí xanh",
             "Rau mầm củ cải", "Su hào", "Hành tươi", "Mướp hương")},
        _FRESH, "Cánh đồng màu ven sông cho rau quanh năm", farming=True,
    ),
    Trade(
        "fruit", "cây ăn quả",
        {1: ("Bưởi Diễn", "Cam canh", "Nhãn chín muộn", "Chuối tiêu hồng", "Ổi lê", "Táo đại",
             "Thanh long ruột đỏ", "Đu đủ"),
         7: ("Mứt bưởi", "Chuối sấy dẻo", "Nhãn sấy long")},
        _FRESH, "Đất bãi phù sa hợp với cây ăn quả", farming=True,
    ),
    Trade(
        "livestock", "chăn nuôi",
        {2: ("Thịt lợn sinh học", "Trứng gà thảo mộc", "Gà Mía", "Gà đồi", "Trứng vịt",
             "Cá trắm giòn", "Sữa tươi", "Vịt cỏ"),
         8: ("Giò lụa", "Chả quế", "Nem chua", "Ruốc thịt", "Xúc xích", "Lạp xưởng")},
        _REARED, "Nghề nuôi theo hướng sinh học giữ được vị thịt xưa", farming=True,
    ),
    Trade(
        "rice", "lúa gạo",
        {3: ("Gạo nếp cái hoa vàng", "Gạo tám thơm", "Gạo japonica", "Gạo bắc thơm", "Đậu đen",
             "Lạc nhân", "Gạo lứt đỏ")},
        ("", "hữu cơ", "túi 2 kg", "túi 5 kg", "hút chân không"),
        "Cánh đồng một giống, một quy trình từ làm đất tới xay xát", farming=True,
    ),
    Trade(
        "honey", "nuôi ong",
        {4: ("Mật ong hoa nhãn", "Mật ong hoa rừng", "Phấn hoa", "Sữa ong chúa"),
         8: ("Mật ong ngâm chanh đào", "Viên nghệ mật ong")},
        _PACKED, "Đàn ong theo mùa hoa từ bãi sông lên chân núi",
    ),
    Trade(
        "snacks", "đồ ăn nhanh",
        {5: ("Bánh giò", "Xôi sấy", "Bánh bao nhân thịt", "Chả cốm", "Bánh cuốn", "Nem rán"),
         7: ("Đậu phụ", "Khoai lang sấy", "Mít sấy", "Lạc rang húng lìu")},
        _PACKED, "Món quà quê của chợ phiên nay đóng gói đi xa",
    ),
    Trade(
        "noodles", "miến bánh",
        {6: ("Miến dong", "Bún khô", "Phở khô gạo lứt", "Bánh tẻ", "Bánh chè lam", "Bánh gai",
             "Kẹo dồi", "Bánh khảo", "Cốm", "Mạch nha")},
        _PACKED, "Cả làng tráng bánh, phơi bánh từ tinh mơ",
    ),
    Trade(
        "pickles", "chế biến rau quả",
        {7: ("Mơ ngâm đường", "Dưa cải muối", "Măng khô", "Mộc nhĩ khô", "Nấm hương khô",
             "Ô mai mơ", "Ô mai sấu", "Tinh bột sắn dây", "Bột rau má")},
        _PACKED, "Quả theo mùa được giữ lại bằng muối, đường và nắng",
    ),
    Trade(
        "sauces", "gia vị",
        {9: ("Tương nếp", "Nước mắm cáy", "Dấm gạo", "Dấm táo", "Tương ớt", "Xì dầu đỗ tương"),
         10: ("Muối tôm", "Tỏi đen", "Hành tỏi phi", "Tiêu xay", "Gia vị nấu phở", "Muối vừng")},
        _PACKED, "Chum tương ngoài sân phơi đủ nắng mới mở nắp",
    ),
    Trade(
        "tea", "chè",
        {11: ("Chè búp khô", "Chè xanh", "Chè ướp nhài", "Chè ướp sen", "Bột chè xanh"),
         12: ("Trà hoa cúc", "Trà tâm sen", "Trà gừng", "Trà đinh lăng", "Trà dây thìa canh",
              "Trà gạo lứt", "Trà cà gai leo")},
        _PACKED, "Chè hái tay lúc còn sương, sao và ướp ngay trong ngày",
    ),
    Trade(
        "coffee", "rang xay",
        {13: ("Cà phê rang mộc", "Cà phê trứng hòa tan", "Ca cao bột", "Cà phê phin giấy")},
        _PACKED, "Hạt được chọn tay rồi rang từng mẻ nhỏ ở xưởng phố",
    ),
    Trade(
        "spirits", "rượu truyền thống",
        {14: ("Rượu nếp cái hoa vàng", "Rượu gạo men lá", "Rượu nếp hương"),
         15: ("Rượu mơ", "Rượu nếp cẩm", "Rượu táo mèo", "Bia thủ công", "Vang dâu tằm")},
        ("", "hạ thổ", "chai gốm", "ủ chum", "hộp quà"),
        "Men lá, gạo nếp và nước giếng làng làm nên vị rượu",
    ),
    Trade(
        "drinks", "đồ uống",
        {16: ("Nước khoáng", "Nước uống đóng chai"),
         17: ("Nước sấu", "Nước mơ", "Sữa đậu nành", "Sữa ngô", "Nước ép táo", "Sữa chua uống",
              "Sữa chua nếp cẩm")},
        _POURED, "Nước và quả của quê được đóng chai ngay tại chỗ",
    ),
    Trade(
        "medicine", "dược liệu",
        {18: ("Cao gừng", "Cao xạ đen", "Viên tinh nghệ", "Cao đinh lăng",
              "Thuốc xoa bóp người Dao"),
         19: ("Dầu gội bồ kết", "Xà phòng thảo mộc", "Nước ngâm chân", "Son dưỡng gấc"),
         20: ("Tinh dầu sả", "Tinh dầu quế", "Tinh dầu bưởi",
              "Đông trùng hạ thảo khô", "Hoa cúc khô")},
        _PACKED, "Bài thuốc nam được gìn giữ qua nhiều đời",
    ),
    Trade(
        "ceramics", "gốm sứ",
        {21: ("Bộ ấm chén men lam", "Bình hoa men rạn", "Lọ lộc bình", "Bát đĩa men ngọc",
              "Đèn gốm", "Tượng gốm", "Gạch gốm trang trí", "Bộ đồ thờ men rạn")},
        _THROWN, "Đất sét trắng, bàn xoay và lửa lò làm nên nghề gốm",
    ),
    Trade(
        "bamboo", "mây tre đan",
        {21: ("Giỏ mây", "Khay tre", "Đèn lồng tre", "Bàn ghế mây", "Lẵng hoa tre", "Túi cói",
              "Hộp đựng mây", "Chuồn chuồn tre")},
        _WOVEN, "Sợi mây chẻ mỏng, đan đều là nghề của cả làng",
    ),
    Trade(
        "wood", "mỹ nghệ",
        {21: ("Tranh khảm trai", "Hộp sơn mài", "Tượng gỗ", "Đĩa sơn mài", "Khay khảm ốc",
              "Bàn ghế gỗ", "Quạt giấy", "Lược sừng", "Đồng hồ gỗ", "Hoành phi")},
        _CARVED, "Nét đục, lớp sơn và mảnh trai qua tay thợ nhiều đời",
    ),
    Trade(
        "textile", "dệt may",
        {22: ("Khăn lụa tơ tằm", "Áo dài lụa", "Vải the", "Tranh thêu tay", "Khăn tơ sen",
              "Áo vest", "Giày da", "Nón lá", "Chăn bông tơ", "Túi thêu", "Khăn mặt dệt")},
        ("", "hoa văn cổ", "nhuộm tự nhiên", "cao cấp", "bộ quà tặng"),
        "Tiếng thoi đưa vẫn đều trong xóm dệt",
    ),
    Trade(
        "flowers", "hoa cây cảnh",
        {23: ("Hoa hồng", "Hoa cúc", "Hoa lan hồ điệp", "Hoa ly", "Hoa đào"),
         24: ("Quất cảnh", "Đào thế", "Bưởi cảnh", "Sen đá", "Mai trắng", "Hoa giấy thế"),
         25: ("Cá chép Koi", "Gà cảnh", "Chim cu gáy cảnh")},
        ("", "trồng chậu", "cắt cành", "chơi Tết", "dáng cổ"),
        "Vườn hoa ven sông thức cùng phiên chợ đêm",
    ),
    Trade(
        "tourism", "du lịch cộng đồng",
        {26: ("Điểm du lịch làng nghề", "Trải nghiệm một ngày ở làng", "Du lịch sinh thái vườn đồi",
              "Nghỉ nhà dân", "Điểm du lịch làng cổ")},
        ("", "mùa hoa", "cho trường học", "cuối tuần", "cho gia đình"),
        "Khách đi bộ qua cổng làng, học nghề và ăn bữa cơm quê",
    ),
)  # fmt: skip

TRADES = {trade.key: trade for trade in _ALL}

#: Trades from which the highest stars come.
RENOWNED = ("ceramics", "textile", "wood", "bamboo", "tea", "noodles", "medicine")

#: Trades of each district of then, the first the most frequent.
OF_DISTRICT: Mapping[str, tuple[str, ...]] = {
    "001": ("coffee", "snacks", "textile"),
    "002": ("coffee", "pickles", "textile", "wood"),
    "003": ("tea", "flowers", "snacks"),
    "004": ("vegetables", "snacks", "livestock", "drinks"),
    "005": ("noodles", "coffee", "medicine"),
    "006": ("coffee", "snacks", "medicine"),
    "007": ("drinks", "snacks", "sauces"),
    "008": ("snacks", "spirits", "livestock"),
    "009": ("medicine", "drinks", "coffee"),
    "016": ("vegetables", "livestock", "medicine", "bamboo", "tourism", "flowers"),
    "017": ("vegetables", "livestock", "wood", "noodles", "snacks", "tourism"),
    "018": ("ceramics", "vegetables", "wood", "medicine", "drinks", "tourism"),
    "019": ("noodles", "snacks", "textile"),
    "020": ("noodles", "vegetables", "livestock", "snacks"),
    "021": ("flowers", "livestock", "noodles", "fruit"),
    "250": ("flowers", "vegetables", "fruit", "rice"),
    "268": ("textile", "snacks", "wood", "pickles", "medicine", "coffee"),
    "269": ("livestock", "sauces", "spirits", "noodles", "tea", "tourism"),
    "271": ("tea", "livestock", "medicine", "drinks", "honey", "tourism"),
    "272": ("fruit", "vegetables", "livestock", "snacks", "honey"),
    "273": ("noodles", "livestock", "spirits", "fruit", "flowers", "vegetables"),
    "274": ("noodles", "fruit", "snacks", "textile", "wood", "sauces"),
    "275": ("fruit", "noodles", "bamboo", "medicine", "honey", "tourism"),
    "276": ("noodles", "wood", "bamboo", "tea", "tourism"),
    "277": ("bamboo", "rice", "fruit", "livestock", "sauces", "honey"),
    "278": ("livestock", "textile", "fruit", "rice", "wood", "tourism"),
    "279": ("wood", "textile", "vegetables", "livestock", "flowers", "tourism"),
    "280": ("wood", "textile", "bamboo", "livestock", "noodles", "rice"),
    "281": ("rice", "livestock", "bamboo", "spirits", "pickles"),
    "282": ("pickles", "textile", "rice", "tourism", "fruit", "spirits"),
}

#: Communes of then that a trade keeps to, where the district has such.
HOMES: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("018", "ceramics"): ("Bát Tràng", "Kim Lan"),
    ("018", "wood"): ("Kiêu Kỵ",),
    ("017", "vegetables"): ("Vân Nội", "Nam Hồng", "Tiên Dương"),
    ("017", "wood"): ("Vân Hà", "Liên Hà"),
    ("268", "textile"): ("Vạn Phúc", "La Khê"),
    ("271", "tea"): ("Ba Trại", "Tản Lĩnh"),
    ("271", "medicine"): ("Ba Vì",),
    ("273", "noodles"): ("Đan Phượng",),
    ("274", "noodles"): ("Dương Liễu", "Cát Quế", "Minh Khai", "La Phù"),
    ("274", "wood"): ("Sơn Đồng",),
    ("276", "wood"): ("Chàng Sơn", "Hữu Bằng"),
    ("277", "bamboo"): ("Phú Nghĩa", "Trường Yên", "Đông Phương Yên"),
    ("279", "wood"): ("Duyên Thái", "Nhị Khê", "Vạn Điểm"),
    ("279", "textile"): ("Quất Động", "Thắng Lợi"),
    ("280", "wood"): ("Chuyên Mỹ", "Tân Dân"),
    ("280", "textile"): ("Vân Từ", "Sơn Hà"),
    ("280", "bamboo"): ("Phú Túc",),
    ("282", "pickles"): ("Hương Sơn",),
    ("282", "textile"): ("Phùng Xá",),
}
