"""How invented goods are packed and how long they keep, by criteria set. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

HANDICRAFT = range(21, 26)  # sets of goods that have no last day of use
FARMED = range(1, 21)  # sets of food, drinks and medicine: what the office counts as farm products


@dataclass(frozen=True, slots=True)
class Pack:
    """A size on sale: its name, what of it is counted, and for how many days it keeps."""

    name: str
    measure: str
    days: int | None

    @property
    def shelf_life(self) -> str:
        """In words, as a label has it; nothing for what keeps for ever."""
        if self.days is None:
            return ""
        if self.days % 30 or self.days < 60:
            return f"{self.days} ngày kể từ ngày sản xuất"
        return f"{self.days // 30} tháng kể từ ngày sản xuất"

    def last_day(self, made: date) -> date | None:
        """The last day of use, as the words count it: by calendar months where they say months."""
        if self.days is None:
            return None
        if self.days % 30 or self.days < 60:
            return made + timedelta(days=self.days)
        years, month = divmod(made.month - 1 + self.days // 30, 12)
        first = date(made.year + years, month + 1, 1)
        longest = ((first + timedelta(days=31)).replace(day=1) - first).days
        return first.replace(day=min(made.day, longest))


PACKS: dict[int, tuple[Pack, ...]] = {
    1: (Pack("Túi lưới 500 g", "túi", 7), Pack("Hộp 1 kg", "hộp", 10)),
    2: (Pack("Khay 500 g", "khay", 10), Pack("Túi hút chân không 1 kg", "túi", 60)),
    3: (Pack("Túi 2 kg", "túi", 180), Pack("Túi 5 kg", "túi", 180)),
    4: (Pack("Chai 500 ml", "chai", 720), Pack("Hũ 350 g", "hũ", 720)),
    5: (Pack("Hộp 300 g", "hộp", 15), Pack("Túi 500 g", "túi", 180)),
    6: (Pack("Gói 500 g", "gói", 360), Pack("Hộp 300 g", "hộp", 60)),
    7: (Pack("Túi 200 g", "túi", 360), Pack("Hũ 400 g", "hũ", 360)),
    8: (Pack("Cây 500 g", "cây", 30), Pack("Hộp 250 g", "hộp", 180)),
    9: (Pack("Chai 500 ml", "chai", 360), Pack("Chai 250 ml", "chai", 360)),
    10: (Pack("Lọ 100 g", "lọ", 360), Pack("Túi 250 g", "túi", 360)),
    11: (Pack("Hộp 250 g", "hộp", 720), Pack("Túi 100 g", "túi", 720)),
    12: (Pack("Hộp 20 túi lọc", "hộp", 540), Pack("Túi 100 g", "túi", 540)),
    13: (Pack("Gói 500 g", "gói", 360), Pack("Hộp 10 phin giấy", "hộp", 360)),
    14: (Pack("Chai 500 ml", "chai", None), Pack("Bình gốm 1 l", "bình", None)),
    15: (Pack("Chai 330 ml", "chai", 360), Pack("Chai 750 ml", "chai", 720)),
    16: (Pack("Chai 500 ml", "chai", 360), Pack("Bình 19 l", "bình", 180)),
    17: (Pack("Chai 350 ml", "chai", 180), Pack("Lốc 6 chai 350 ml", "lốc", 180)),
    18: (Pack("Hộp 30 viên", "hộp", 720), Pack("Hũ 100 g", "hũ", 720)),
    19: (Pack("Chai 250 ml", "chai", 1080), Pack("Bánh 90 g", "bánh", 720)),
    20: (Pack("Lọ 10 ml", "lọ", 720), Pack("Hộp 50 g", "hộp", 540)),
    21: (Pack("Hộp 1 chiếc", "chiếc", None), Pack("Bộ quà tặng", "bộ", None)),
    22: (Pack("Hộp 1 chiếc", "chiếc", None), Pack("Bộ quà tặng", "bộ", None)),
    23: (Pack("Bó 10 cành", "bó", None), Pack("Chậu nhỏ", "chậu", None)),
    24: (Pack("Chậu nhỏ", "chậu", None), Pack("Chậu lớn", "chậu", None)),
    25: (Pack("Một con", "con", None), Pack("Một đôi", "đôi", None)),
}

#: What a label warns of, by set; most goods need no warning.
WARNINGS = {
    2: "Bảo quản lạnh 0–4 °C, nấu chín trước khi ăn.",
    4: "Không dùng cho trẻ dưới 1 tuổi.",
    5: "Bảo quản lạnh, dùng trong ngày sau khi mở.",
    14: "Người dưới 18 tuổi không được uống rượu. Không lái xe sau khi uống.",
    15: "Người dưới 18 tuổi không được uống đồ uống có cồn.",
    18: "Sản phẩm không phải là thuốc, không có tác dụng thay thế thuốc chữa bệnh.",
    20: "Tránh xa mắt và tầm tay trẻ em.",
}
