"""Forms 01 and 02 as data: pages with one thing each, their fields, and how a value is taken.

Form 01 is the registration slip, Form 02 the self-assessment: its texts stand here, its marks per
criterion come from the criteria set. The layout of the printed forms is the papers' matter.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from ocop.core import folding
from ocop.core.language import gettext as _
from ocop.core.language import noop
from ocop.core.numbers import read_whole
from ocop.core.refusals import Refused
from ocop.people import phones
from ocop.producers import websites
from ocop.producers.services import MOST_PEOPLE

FIRST, UPGRADE, REEVALUATION = "first", "upgrade", "reevaluation"
#: The page about the star before.
PAST = "lich-su"
LINE, TEXT, NUMBER, MONEY, DAY, YES, CHOICE = (
    "line",
    "text",
    "number",
    "money",
    "day",
    "yes",
    "choice",
)
LINE_LIMIT, TEXT_LIMIT, LARGEST = 300, 6000, 10**15
TOURISM = "VI"
_WRITTEN = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
_ISO = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
Value = str | int | bool


def _phone(text: str) -> str:
    """As it was written; what is kept for a producer is in E.164."""
    if phones.normalise(text) is None:
        raise ValueError(_("Số điện thoại không đúng, ví dụ 0912 345 678."))
    return text


def _email(text: str) -> str:
    try:
        validate_email(text)
    except ValidationError:
        raise ValueError(_("Thư điện tử không đúng, ví dụ ten@donvi.vn.")) from None
    return text


def _website(text: str) -> str:
    address = websites.normalise(text)
    if address is None:
        raise ValueError(_("Địa chỉ trang web không đúng, ví dụ https://…"))
    return address


@dataclass(frozen=True, slots=True)
class Field:
    """A question. `required`: the dossier cannot be filed without it. `kinds`: asked for these
    only. `tourism`: None for all, True for tourism services only, False for goods only. `check`:
    takes a line, ValueError in words for nonsense. `most`: the largest number."""

    key: str
    label: str
    type: str = LINE
    required: bool = False
    help: str = ""
    choices: Mapping[str, str] | None = None
    kinds: tuple[str, ...] = (FIRST, UPGRADE, REEVALUATION)
    tourism: bool | None = None
    check: Callable[[str], str] | None = None
    most: int = LARGEST

    @property
    def limit(self) -> int:
        """The longest text, in signs."""
        return TEXT_LIMIT if self.type == TEXT else LINE_LIMIT


@dataclass(frozen=True, slots=True)
class Page:
    """One thing to fill in: a page of Form 01 or of the texts of Form 02."""

    key: str
    form: str  # "01" or "02"
    title: str
    lead: str
    fields: tuple[Field, ...]


PAGES: tuple[Page, ...] = (
    Page(
        "chu-the",
        "01",
        noop("Chủ thể"),
        noop("Tên và nơi làm ăn, ghi đúng như giấy đăng ký."),
        (
            Field("producer_name", noop("Tên chủ thể"), required=True),
            Field("registration_number", noop("Số giấy đăng ký kinh doanh hoặc mã số thuế")),
            Field("registered_on", noop("Ngày cấp"), DAY),
            Field("address", noop("Địa chỉ"), required=True),
            Field("phone", noop("Điện thoại"), required=True, check=_phone),
            Field("email", noop("Thư điện tử"), check=_email),
            Field("website", noop("Trang web hoặc trang bán hàng"), check=_website),
        ),
    ),
    Page(
        "dai-dien",
        "01",
        noop("Người đại diện"),
        noop("Người ký phiếu đăng ký và chịu trách nhiệm về hồ sơ."),
        (
            Field("representative", noop("Họ và tên"), required=True),
            Field("representative_title", noop("Chức vụ"), required=True),
            Field("representative_phone", noop("Điện thoại"), check=_phone),
        ),
    ),
    Page(
        "san-pham",
        "01",
        noop("Sản phẩm"),
        noop("Sản phẩm hoặc dịch vụ đăng ký đánh giá."),
        (
            Field("product_name", noop("Tên sản phẩm, dịch vụ"), required=True),
            Field(
                "description",
                noop("Mô tả ngắn: là gì, dùng để làm gì, khác sản phẩm khác ở đâu"),
                TEXT,
                required=True,
            ),
            Field("since", noop("Bắt đầu sản xuất từ năm"), NUMBER),
            Field("packaging", noop("Quy cách đóng gói, khối lượng, giá bán"), TEXT, tourism=False),
            Field("offer", noop("Nội dung dịch vụ, sức chứa, giá"), TEXT, tourism=True),
            Field(
                "samples",
                noop("Số mẫu sản phẩm nộp kèm"),
                NUMBER,
                required=True,
                help=noop("Theo quy định là 5 mẫu, dịch vụ du lịch không nộp mẫu."),
                tourism=False,
            ),
        ),
    ),
    Page(
        "quy-mo",
        "01",
        noop("Quy mô"),
        noop("Số của năm gần nhất. Chưa có số thì để trống."),
        (
            Field("output", noop("Sản lượng một năm (ghi cả đơn vị)")),
            Field("revenue", noop("Doanh thu của sản phẩm một năm (đồng)"), MONEY),
            Field("workers", noop("Số lao động"), NUMBER, most=MOST_PEOPLE),
            Field(
                "workers_local",
                noop("Trong đó lao động trong xã, phường"),
                NUMBER,
                most=MOST_PEOPLE,
            ),
        ),
    ),
    Page(
        PAST,
        "01",
        noop("Lần công nhận trước"),
        noop("Vì sao sản phẩm được đánh giá lần này."),
        (
            Field(
                "changes",
                noop("Đã thay đổi, cải tiến những gì so với lần công nhận trước"),
                TEXT,
                required=True,
                help=noop("Nêu việc đã làm và minh chứng; hội đồng chỉ nâng hạng khi có thay đổi."),
                kinds=(UPGRADE,),
            ),
            Field(
                "kept",
                noop("Các tiêu chí đã được công nhận còn giữ được thế nào"),
                TEXT,
                required=True,
                kinds=(REEVALUATION,),
            ),
        ),
    ),
    Page(
        "cau-chuyen",
        "02",
        noop("Câu chuyện sản phẩm"),
        noop("Nguồn gốc, con người, vùng đất. Viết như kể cho người mua."),
        (Field("story", noop("Câu chuyện"), TEXT),),
    ),
    Page(
        "san-xuat",
        "02",
        noop("Nguyên liệu và cách làm"),
        noop("Nguyên liệu lấy từ đâu, làm qua những bước nào, ai làm."),
        (
            Field("material", noop("Nguyên liệu, vùng nguyên liệu"), TEXT, tourism=False),
            Field("process", noop("Các bước sản xuất hoặc phục vụ"), TEXT),
            Field("quality_control", noop("Kiểm soát chất lượng và an toàn"), TEXT),
        ),
    ),
    Page(
        "thi-truong",
        "02",
        noop("Thị trường"),
        noop("Bán ở đâu, cho ai, quảng bá thế nào."),
        (
            Field("markets", noop("Nơi bán, khách hàng, xuất khẩu"), TEXT),
            Field("promotion", noop("Quảng bá, hội chợ, bán hàng trên mạng"), TEXT),
            Field("plan", noop("Kế hoạch phát triển trong 36 tháng tới"), TEXT),
        ),
    ),
    Page(
        "cam-ket",
        "01",
        noop("Cam kết"),
        noop("Người đại diện chịu trách nhiệm trước pháp luật."),
        (
            Field(
                "truthful",
                noop("Chúng tôi cam đoan hồ sơ và minh chứng là đúng sự thật"),
                YES,
                required=True,
            ),
            Field(
                "mark_rules",
                noop("Chúng tôi chấp hành quy định về sử dụng nhãn hiệu OCOP"),
                YES,
                required=True,
            ),
        ),
    ),
)


def pages_for(kind: str, sector: str) -> tuple[Page, ...]:
    """The pages of a dossier, each with the fields asked for its kind and sector."""
    found = []
    for page in PAGES:
        fields = tuple(f for f in page.fields if _asked(f, kind, sector))
        if fields:
            found.append(Page(page.key, page.form, page.title, page.lead, fields))
    return tuple(found)


def fields_for(kind: str, sector: str) -> dict[str, Field]:
    """The fields of a dossier by key."""
    return {field.key: field for page in pages_for(kind, sector) for field in page.fields}


def missing(kind: str, sector: str, answers: Mapping[str, Any]) -> Iterator[tuple[Page, Field]]:
    """The required fields without an answer, with their pages; a pledge counts when it is yes."""
    for page in pages_for(kind, sector):
        for field in page.fields:
            if field.required and answers.get(field.key) in (None, "", False):
                yield page, field


def nonsense(
    kind: str, sector: str, answers: Mapping[str, Any]
) -> Iterator[tuple[Page, Field, str]]:
    """The stored answers that would not be taken today, with their pages, and why."""
    apart = _contradicting(answers)
    for page in pages_for(kind, sector):
        for field in page.fields:
            why = apart.get(field.key, "")
            try:
                _taken(field, answers.get(field.key))
            except ValueError as error:
                why = str(error)
            if why:
                yield page, field, why


def _contradicting(answers: Mapping[str, Any]) -> dict[str, str]:
    """The answers that another one contradicts, and why."""
    all_of, local = answers.get("workers"), answers.get("workers_local")
    if isinstance(all_of, int) and isinstance(local, int) and local > all_of:
        return {"workers_local": _("Số lao động địa phương không được lớn hơn tổng số lao động.")}
    return {}


def clean(
    fields: Mapping[str, Field],
    answers: Mapping[str, object],
    kept: Mapping[str, Any] | None = None,
) -> dict[str, Value | None]:
    """Values as they are kept beside those `kept` already; None empties a field. Refused, naming
    the fields: a field the form does not have, text too long or unreadable, what is no number,
    day, telephone or address, more local workers than workers."""
    cleaned: dict[str, Value | None] = {}
    wrong: dict[str, list[str]] = {}
    for key, value in answers.items():
        field = fields.get(key)
        if field is None:
            raise Refused("unknown_field", _("Mẫu này không có mục “%s”. Hãy tải lại trang.") % key)
        try:
            cleaned[key] = _taken(field, value)
        except ValueError as error:
            wrong[key] = [str(error)]
    for key, why in _contradicting({**(kept or {}), **cleaned}).items():
        if cleaned.keys() & {"workers", "workers_local"}:
            wrong.setdefault(key, [why])
    if wrong:
        names = ", ".join(_(fields[key].label) for key in wrong)
        raise Refused("answers_wrong", _("Hãy sửa lại: %s.") % names, fields=wrong)
    return cleaned


def clean_text(text: object, limit: int = TEXT_LIMIT) -> str:
    """A text of several lines as it is kept. ValueError, in words: too long, or unreadable."""
    if not isinstance(text, str):
        raise ValueError(_("Hãy ghi bằng chữ."))
    kept = "\n".join(folding.clean(line) for line in text.strip().splitlines())
    if len(kept) > limit:
        raise ValueError(_("Nội dung dài quá %d ký tự. Hãy viết ngắn lại.") % limit)
    if folding.is_unreadable(kept):
        raise ValueError(_("Nội dung có ký tự không đọc được. Hãy xóa rồi gõ lại."))
    return kept


def _asked(field: Field, kind: str, sector: str) -> bool:
    fits = field.tourism is None or field.tourism == (sector == TOURISM)
    return kind in field.kinds and fits


def _taken(field: Field, value: object) -> Value | None:
    if value is None or value == "":
        return None
    if field.type == YES:
        if not isinstance(value, bool):
            raise ValueError(_("Chỉ nhận có hoặc không."))
        return value
    if field.type in (NUMBER, MONEY):
        return _number(value, field.most)
    text = clean_text(value, field.limit)
    if field.type == DAY and text:
        return _day(text)
    if field.type != TEXT:
        text = folding.clean(text)
    if text and field.check is not None:
        text = field.check(text)
    return text or None


def _number(value: object, most: int) -> int:
    """A whole number as people write it; see `read_whole`."""
    if isinstance(value, str):
        try:
            value = read_whole(value)
        except ValueError:
            value = None
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= LARGEST:
        raise ValueError(_("Hãy ghi một số nguyên không âm."))
    if value > most:
        raise ValueError(_("Số này quá lớn. Hãy kiểm tra lại."))
    return value


def _day(text: str) -> str:
    """A day as dd/mm/yyyy or yyyy-mm-dd, kept as the latter."""
    try:
        if found := _WRITTEN.fullmatch(text):
            day, month, year = (int(part) for part in found.groups())
            return date(year, month, day).isoformat()
        if _ISO.fullmatch(text):
            return date.fromisoformat(text).isoformat()
        raise ValueError(text)
    except ValueError:
        raise ValueError(_("Hãy ghi ngày dạng ngày/tháng/năm, ví dụ 05/03/2026.")) from None
