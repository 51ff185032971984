"""What the buyers of the demonstration look for, in days from today."""

from dataclasses import dataclass
from decimal import Decimal

from ocop.promotion.meetings.models import BuyerKind, DemandState, MeasureChoice, ReachChoice

_RETAIL, _SHOP, _KITCHEN = BuyerKind.RETAIL, BuyerKind.SHOP, BuyerKind.KITCHEN
_MAKER, _EXPORT = BuyerKind.MAKER, BuyerKind.EXPORT
_KG, _BOX, _PIECE, _BOTTLE = (
    MeasureChoice.KG, MeasureChoice.BOX, MeasureChoice.PIECE, MeasureChoice.BOTTLE,
)  # fmt: skip
_HERE, _COUNTRY, _ABROAD = ReachChoice.HERE, ReachChoice.COUNTRY, ReachChoice.ABROAD
TET = (11, 12, 1)
BUYERS = (
    "Siêu thị Sông Hồng (mẫu)", "Chuỗi cửa hàng Xanh (mẫu)", "Khách sạn Hồ Tây (mẫu)",
    "Bếp ăn trường học Ba Vì (mẫu)", "Công ty chế biến Đồng Bằng (mẫu)",
    "Công ty xuất khẩu Cảng Biển (mẫu)", "Siêu thị Miền Trung (mẫu)", "Cửa hàng quà quê (mẫu)",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wish:
    """One thing that a buyer looks for."""

    wanted: str
    sector: str
    buyer: int
    kind: BuyerKind
    quantity: int | None
    measure: MeasureChoice
    months: tuple[int, ...] = ()
    reach: ReachChoice = _HERE
    stars: int | None = 3

    @property
    def amount(self) -> Decimal | None:
        return None if self.quantity is None else Decimal(self.quantity)


WISHES = (
    Wish("Rau an toàn", "I", 0, _RETAIL, 3_000, _KG),
    Wish("Gạo", "I", 1, _SHOP, 5_000, _KG, (), _COUNTRY),
    Wish("Miến dong", "I", 0, _RETAIL, 800, _KG, TET, _COUNTRY),
    Wish("Giò chả", "I", 2, _KITCHEN, 300, _KG, (), _HERE, 4),
    Wish("Mật ong", "I", 6, _RETAIL, 200, _KG, (), _COUNTRY, 4),
    Wish("Trứng gà", "I", 3, _KITCHEN, 900, _KG),
    Wish("Thịt lợn", "I", 3, _KITCHEN, 1_200, _KG),
    Wish("Bánh", "I", 7, _SHOP, 500, _BOX, TET),
    Wish("Chè", "II", 1, _SHOP, 150, _KG, (), _COUNTRY),
    Wish("Trà", "II", 5, _EXPORT, 2_000, _KG, (), _ABROAD, 4),
    Wish("Rượu", "II", 7, _SHOP, 300, _BOTTLE, TET),
    Wish("Tinh dầu", "III", 2, _KITCHEN, 100, _BOTTLE),
    Wish("Mây tre đan", "IV", 5, _EXPORT, 1_500, _PIECE, (), _ABROAD, 4),
    Wish("Gốm", "IV", 2, _KITCHEN, 400, _PIECE),
    Wish("Lụa", "IV", 7, _SHOP, 200, _PIECE, TET, _COUNTRY),
    Wish("Nông sản sấy", "I", 4, _MAKER, None, _KG, (6, 7, 8, 9), _COUNTRY, None),
)
#: State, when it was sent, its last day: each set of wishes once.
TURNS = (
    (DemandState.OPEN, -20, 70),
    (DemandState.OPEN, -8, 40),
    (DemandState.CLOSED, -150, -60),
    (DemandState.CLOSED, -300, -210),
    (DemandState.OPEN, -70, -25),
)
ENDED = "Đã tìm đủ hàng (mẫu)"
