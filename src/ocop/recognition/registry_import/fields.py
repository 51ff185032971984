"""The fields of a registry, and the headings under which offices write them."""

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum

from ocop.core import folding
from ocop.core.language import gettext as _
from ocop.core.language import noop as N_


class Field(StrEnum):
    """What a column can hold. The names stand in reports and in `--map`."""

    NAME = "name"
    PRODUCER = "producer"
    PRODUCER_KIND = "producer_kind"
    STARS = "stars"
    STARS_3 = "stars_3"  # a column of its own for each star, ticked
    STARS_4 = "stars_4"
    STARS_5 = "stars_5"
    ADDRESS = "address"
    COMMUNE = "commune"
    DISTRICT = "district"
    PROVINCE = "province"
    DECISION = "decision"
    DECIDED_ON = "decided_on"
    YEAR = "year"
    EXPIRES_ON = "expires_on"
    AUTHORITY = "authority"
    SECTOR = "sector"
    TAX_CODE = "tax_code"
    PHONE = "phone"
    LEADER_NAME = "leader_name"  # this and the next four: for the office and auditors alone
    LEADER_SEX = "leader_sex"
    MEMBERS = "members"
    WORKERS = "workers"
    WORKERS_LOCAL = "workers_local"
    TOTAL = "total"
    EVIDENCE = "evidence"

    @property
    def label(self) -> str:
        """The field in the active language."""
        return _(LABELS[self])


LABELS: Mapping[Field, str] = {
    Field.NAME: N_("Tên sản phẩm"),
    Field.PRODUCER: N_("Chủ thể"),
    Field.PRODUCER_KIND: N_("Loại hình chủ thể"),
    Field.STARS: N_("Hạng sao"),
    Field.STARS_3: N_("Cột đánh dấu 3 sao"),
    Field.STARS_4: N_("Cột đánh dấu 4 sao"),
    Field.STARS_5: N_("Cột đánh dấu 5 sao"),
    Field.ADDRESS: N_("Địa chỉ"),
    Field.COMMUNE: N_("Xã, phường"),
    Field.DISTRICT: N_("Huyện, quận"),
    Field.PROVINCE: N_("Tỉnh, thành phố"),
    Field.DECISION: N_("Số quyết định"),
    Field.DECIDED_ON: N_("Ngày ký"),
    Field.YEAR: N_("Năm"),
    Field.EXPIRES_ON: N_("Ngày hết hạn"),
    Field.AUTHORITY: N_("Cơ quan ban hành"),
    Field.SECTOR: N_("Ngành"),
    Field.TAX_CODE: N_("Mã số thuế"),
    Field.PHONE: N_("Điện thoại"),
    Field.LEADER_NAME: N_("Người đại diện"),
    Field.LEADER_SEX: N_("Giới tính người đại diện"),
    Field.MEMBERS: N_("Số thành viên"),
    Field.WORKERS: N_("Số lao động"),
    Field.WORKERS_LOCAL: N_("Số lao động địa phương"),
    Field.TOTAL: N_("Tổng điểm"),
    Field.EVIDENCE: N_("Mức chứng cứ"),
}
STARS_FIELDS = (Field.STARS, Field.STARS_3, Field.STARS_4, Field.STARS_5)
STAR_COLUMNS: Mapping[Field, int] = {Field.STARS_3: 3, Field.STARS_4: 4, Field.STARS_5: 5}

#: Headings as words without marks. A whole heading counts most, then a heading that begins so.
_HEADINGS: Mapping[Field, str] = {
    Field.NAME: (
        "ten san pham|san pham|ten sp|ten san pham ocop|san pham ocop|ten hang hoa|"
        "ten san pham dich vu|product|product name|name"
    ),
    Field.PRODUCER: (
        "chu the|ten chu the|chu the san xuat|ten chu the san xuat|chu the ocop|chu the san pham|"
        "co so san xuat|ten co so|ten co so san xuat|don vi san xuat|ten don vi|nha san xuat|"
        "doanh nghiep|to chuc ca nhan|co so|chu the kinh te|producer|producer name|owner"
    ),
    Field.PRODUCER_KIND: (
        "loai hinh|loai hinh chu the|loai chu the|loai hinh to chuc|hinh thuc to chuc|"
        "loai hinh co so|loai hinh kinh te|loai hinh don vi|loai hinh kinh doanh|"
        "producer kind|kind of producer|producer type|type of producer"
    ),
    Field.STARS: (
        "hang sao|phan hang|xep hang|so sao|hang|sao|ket qua phan hang|hang san pham|cap sao|"
        "ket qua xep hang|ket qua danh gia|ket qua|phan hang sao|xep hang sao|"
        "phan hang san pham|xep loai|stars|star|rank|rating"
    ),
    Field.STARS_3: "3 sao|ba sao|hang 3 sao|3 stars",
    Field.STARS_4: "4 sao|bon sao|hang 4 sao|4 stars",
    Field.STARS_5: "5 sao|nam sao|hang 5 sao|5 stars",
    Field.ADDRESS: (
        "dia chi|dia chi san xuat|dia chi co so|dia chi co so san xuat|dia chi chu the|"
        "noi san xuat|dia diem san xuat|dia diem|address|address as decided"
    ),
    Field.COMMUNE: (
        "xa|xa phuong|xa phuong thi tran|phuong xa|phuong xa thi tran|xa tt|xa phuong tt|"
        "ten xa|phuong|don vi cap xa|cap xa|xa phuong dac khu|commune|ward"
    ),
    Field.DISTRICT: (
        "huyen|huyen thi xa thanh pho|quan huyen|huyen quan|huyen thi|quan huyen thi xa|"
        "huyen tx tp|huyen tp|huyen thanh pho|huyen thi xa|ten huyen|cap huyen|huyen cu|"
        "don vi cap huyen|district"
    ),
    Field.PROVINCE: "tinh|tinh thanh pho|tinh tp|tinh thanh|cap tinh|ten tinh|province|city",
    Field.DECISION: (
        "so quyet dinh|quyet dinh|so qd|quyet dinh so|quyet dinh cong nhan|qd cong nhan|"
        "so quyet dinh cong nhan|qd so|so qd cong nhan|quyet dinh phe duyet|so van ban|"
        "so ky hieu|quyet dinh so ngay|so quyet dinh ngay thang|so ngay quyet dinh|"
        "decision|decision number|decision no"
    ),
    Field.DECIDED_ON: (
        "ngay ky|ngay quyet dinh|ngay qd|ngay ky quyet dinh|ngay cap|ngay cong nhan|"
        "ngay ban hanh|ngay thang nam|ngay thang|ngay|ngay thang ky|ngay thang nam ky|"
        "thoi gian cong nhan|thoi diem cong nhan|ngay cap giay chung nhan|ngay ra quyet dinh|"
        "decided on|decision date|signed on|date"
    ),
    Field.YEAR: (
        "nam|nam cong nhan|nam danh gia|nam dat|nam cap|nam phan hang|nam dat chuan|"
        "nam danh gia phan hang|nam dat ocop|nam xep hang|year"
    ),
    Field.EXPIRES_ON: (
        "ngay het han|het han|thoi han|thoi han hieu luc|het hieu luc|ngay het hieu luc|"
        "co gia tri den|hieu luc den|gia tri den|den ngay|han su dung giay chung nhan|"
        "thoi han cong nhan|thoi han giay chung nhan|thoi diem het han|hieu luc|"
        "expires on|expiry|expiry date|valid until"
    ),
    Field.AUTHORITY: (
        "co quan ban hanh|co quan cap|co quan cong nhan|co quan quyet dinh|co quan ky|"
        "don vi cap|noi cap|cap cong nhan|cap quyet dinh|don vi cong nhan|cap ban hanh|"
        "don vi ban hanh|co quan ra quyet dinh|authority|issued by"
    ),
    Field.SECTOR: (
        "nhom|nganh|nganh hang|nhom san pham|nhom nganh|nhom nganh hang|nganh san pham|"
        "phan nhom|linh vuc|loai san pham|nganh nhom|nhom hang|category|sector|group"
    ),
    Field.TAX_CODE: "ma so thue|mst|ma so doanh nghiep|ma so dn|tax code|tax number|tax id",
    Field.PHONE: (
        "dien thoai|so dien thoai|sdt|dt|so dt|dien thoai lien he|lien he|so dien thoai lien he|"
        "phone|telephone|mobile"
    ),
    Field.LEADER_NAME: (
        "nguoi dai dien|ho ten nguoi dai dien|ho va ten nguoi dai dien|ten nguoi dai dien|"
        "dai dien|dai dien phap luat|nguoi dai dien phap luat|nguoi dai dien theo phap luat|"
        "giam doc|chu co so|ten chu co so|chu ho|ho ten chu ho|ho va ten chu ho|"
        "nguoi dung dau|leader|leader name|representative"
    ),
    Field.LEADER_SEX: "gioi tinh|gioi tinh nguoi dai dien|gioi tinh chu ho|sex|gender",
    Field.MEMBERS: "so thanh vien|thanh vien|tong so thanh vien|so xa vien|xa vien|members",
    Field.WORKERS: (
        "so lao dong|lao dong|tong so lao dong|tong lao dong|so nguoi lao dong|"
        "so lao dong thuong xuyen|workers|employees"
    ),
    Field.WORKERS_LOCAL: (
        "so lao dong dia phuong|lao dong dia phuong|lao dong tai dia phuong|"
        "so lao dong tai dia phuong|lao dong la nguoi dia phuong|local workers"
    ),
    Field.TOTAL: "diem|tong diem|so diem|diem danh gia|diem so|tong so diem|total|score|points",
    Field.EVIDENCE: "muc chung cu|chung cu|muc bang chung|nguon chung cu|evidence",
}
_BY_HEADING = {text: f for f, texts in _HEADINGS.items() for text in texts.split("|")}
#: What a heading may add without changing what the column holds.
_ADDED = re.compile(
    r" (?:ocop|cua|theo|tai|duoc|dat|cong nhan|san xuat|ghi|neu|kinh doanh|dd mm yyyy|"
    r"dd mm yy|chinh thuc|cu|moi|hien nay|sau sap nhap|truoc sap nhap|lien he|bang chu)\b.*$"
)

REQUIRED = (Field.NAME, Field.PRODUCER)


def field_of(heading: str) -> Field | None:
    """The field a heading stands for, whatever its case, marks and punctuation."""
    words = folding.words(heading)
    if found := _BY_HEADING.get(words):
        return found
    while (shorter := _ADDED.sub("", words)) != words:
        if found := _BY_HEADING.get(shorter):
            return found
        words = shorter
    return None


def is_complete(fields: Iterable[Field]) -> bool:
    """Whether the columns suffice: product, producer and stars in one column or several."""
    known = set(fields)
    has_stars = Field.STARS in known or bool(known & STAR_COLUMNS.keys())
    return has_stars and known.issuperset(REQUIRED)


def missing(fields: Iterable[Field]) -> list[Field]:
    """The columns without which no row can be read."""
    known = set(fields)
    lacking = [f for f in REQUIRED if f not in known]
    if not is_complete({*known, *REQUIRED}):
        lacking.append(Field.STARS)
    return lacking
