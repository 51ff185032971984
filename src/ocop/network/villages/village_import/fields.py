"""The fields of a register of villages, and the headings under which offices write them."""

import re
from collections.abc import Mapping
from enum import StrEnum

from ocop.core import folding
from ocop.core.language import gettext as _
from ocop.core.language import noop as N_


class Field(StrEnum):
    """What a column can hold."""

    NAME = "name"
    TRADE = "trade"
    GROUP = "group"
    ADDRESS = "address"
    COMMUNE = "commune"
    DISTRICT = "district"
    PROVINCE = "province"
    TITLE = "title"
    DECISION = "decision"
    DECIDED_ON = "decided_on"
    YEAR = "year"
    AUTHORITY = "authority"
    BEGAN = "began"
    DATA_YEAR = "data_year"
    HOUSEHOLDS = "households"
    IN_TRADE = "in_trade"
    WORKERS = "workers"
    REVENUE = "revenue"
    INCOME = "income"

    @property
    def label(self) -> str:
        """The field in the active language."""
        return _(LABELS[self])


LABELS: Mapping[Field, str] = {
    Field.NAME: N_("Tên làng"),
    Field.TRADE: N_("Nghề"),
    Field.GROUP: N_("Nhóm nghề"),
    Field.ADDRESS: N_("Địa chỉ"),
    Field.COMMUNE: N_("Xã, phường"),
    Field.DISTRICT: N_("Huyện, quận"),
    Field.PROVINCE: N_("Tỉnh, thành phố"),
    Field.TITLE: N_("Danh hiệu"),
    Field.DECISION: N_("Số quyết định"),
    Field.DECIDED_ON: N_("Ngày ký"),
    Field.YEAR: N_("Năm công nhận"),
    Field.AUTHORITY: N_("Cơ quan ban hành"),
    Field.BEGAN: N_("Năm có nghề"),
    Field.DATA_YEAR: N_("Năm số liệu"),
    Field.HOUSEHOLDS: N_("Tổng số hộ"),
    Field.IN_TRADE: N_("Số hộ làm nghề"),
    Field.WORKERS: N_("Số lao động"),
    Field.REVENUE: N_("Doanh thu năm (đồng)"),
    Field.INCOME: N_("Thu nhập bình quân lao động (đồng/năm)"),
}
REQUIRED = (Field.NAME, Field.TRADE, Field.COMMUNE)
#: Headings as words without marks; what stands in brackets is left out first.
_HEADINGS: Mapping[Field, str] = {
    Field.NAME: "ten lang|ten lang nghe|lang nghe|ten lang co nghe|lang|village|village name",
    Field.TRADE: "nghe|ten nghe|nghe chinh|nganh nghe|loai nghe|san pham chinh|trade|craft",
    Field.GROUP: "nhom nghe|nhom nganh nghe|linh vuc|trade group|group of trades",
    Field.ADDRESS: "dia chi|thon|thon xom|dia diem|thon to dan pho|address",
    Field.COMMUNE: "xa|xa phuong|phuong xa|xa phuong thi tran|ten xa|xa thi tran|commune|"
    "commune or ward",
    Field.DISTRICT: "huyen|quan huyen|huyen quan|quan huyen thi xa|huyen thi xa|district",
    Field.PROVINCE: "tinh|tinh thanh pho|thanh pho|province|province or city",
    Field.TITLE: "danh hieu|loai danh hieu|cong nhan|hinh thuc cong nhan|phan loai|title",
    Field.DECISION: "so quyet dinh|quyet dinh|so qd|quyet dinh cong nhan|so quyet dinh cong nhan|"
    "decision|decision number",
    Field.DECIDED_ON: "ngay ky|ngay quyet dinh|ngay cong nhan|ngay ban hanh|signed on|"
    "date of signing",
    Field.YEAR: "nam cong nhan|nam duoc cong nhan|nam|year of recognition|year",
    Field.AUTHORITY: "co quan ban hanh|co quan cong nhan|authority|issuing authority",
    Field.BEGAN: "nam co nghe|nam hinh thanh|nam bat dau|nam hinh thanh nghe|began|"
    "year the trade began",
    Field.DATA_YEAR: "nam so lieu|so lieu nam|data year|year of the data",
    Field.HOUSEHOLDS: "tong so ho|so ho|ho|tong ho|households",
    Field.IN_TRADE: "so ho lam nghe|ho lam nghe|ho tham gia lam nghe|so ho tham gia|"
    "households in trade|households in the trade",
    Field.WORKERS: "so lao dong|lao dong|tong so lao dong|workers|number of workers",
    Field.REVENUE: "doanh thu|doanh thu nam|tong doanh thu|revenue|annual revenue",
    Field.INCOME: "thu nhap|thu nhap binh quan|thu nhap binh quan lao dong|"
    "thu nhap binh quan dau nguoi|income|mean income of a worker",
}
_BY_HEADING = {text: f for f, texts in _HEADINGS.items() for text in texts.split("|")}
_BRACKETS = re.compile(r"\([^)]*\)")


def field_of(heading: str) -> Field | None:
    """The field a heading stands for, whatever its case, marks and punctuation."""
    return _BY_HEADING.get(folding.words(heading)) or _BY_HEADING.get(
        folding.words(_BRACKETS.sub("", heading))
    )
