"""The life of a product as one line: its sorts of entries, who reads which, and what events say.

What an event is called here is what a reader of the whole line needs; who acted is never told.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from ocop.core.language import gettext as _
from ocop.core.language import noop as N_


class Reader(StrEnum):
    """For whom a line is composed. Each reads what those before it read, and more."""

    PUBLIC = "public"
    PRODUCER = "producer"
    OFFICE = "office"

    def reads(self, audience: "Reader") -> bool:
        """Whether this reader reads what is meant for an audience."""
        order = list(Reader)
        return order.index(audience) <= order.index(self)


READERS: Mapping[Reader, str] = {
    Reader.PUBLIC: N_("Mọi người"),
    Reader.PRODUCER: N_("Chủ thể và cơ quan quản lý"),
    Reader.OFFICE: N_("Cơ quan quản lý"),
}


class Stage(StrEnum):
    """The sorts of entries."""

    IDEA = "idea"
    CHANGE = "change"
    REGISTRATION = "registration"
    DOSSIER = "dossier"
    COUNCIL = "council"
    RECOGNITION = "recognition"
    CERTIFICATE = "certificate"
    POSTCHECK = "postcheck"
    COMPLAINT = "complaint"
    CASE = "case"
    END = "end"


STAGES: Mapping[Stage, str] = {
    Stage.IDEA: N_("Ý tưởng"),
    Stage.CHANGE: N_("Thay đổi"),
    Stage.REGISTRATION: N_("Đăng ký"),
    Stage.DOSSIER: N_("Hồ sơ"),
    Stage.COUNCIL: N_("Hội đồng"),
    Stage.RECOGNITION: N_("Công nhận"),
    Stage.CERTIFICATE: N_("Giấy chứng nhận"),
    Stage.POSTCHECK: N_("Hậu kiểm"),
    Stage.COMPLAINT: N_("Phản ánh"),
    Stage.CASE: N_("Vụ việc thu hồi"),
    Stage.END: N_("Kết thúc hiệu lực"),
}


@dataclass(frozen=True, slots=True)
class About:
    """What an entry is about: a model's name, and the code or key its pages know it by."""

    kind: str
    key: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened. `at` where more than the day is known; `about`: what to open."""

    stage: Stage
    on: date
    title: str
    detail: str
    audience: Reader
    about: About | None = None
    at: datetime | None = None

    @property
    def sort(self) -> str:
        """The sort in words."""
        return _(STAGES[self.stage])

    @property
    def readers(self) -> str:
        """Who reads it, in words."""
        return _(READERS[self.audience])


def _moment(entry: Entry) -> float:
    return entry.at.timestamp() if entry.at else 0.0


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    """Entries by day; within a day by the hour. What has no hour stands where such things happen:
    before the first thing of a later sort."""
    order = list(Stage)
    timed: dict[date, list[Entry]] = {}
    for entry in sorted(entries, key=lambda each: order.index(each.stage)):
        timed.setdefault(entry.on, []).append(entry)
    found: list[Entry] = []
    for day in sorted(timed):
        # One moment may have written several: the order of sorts stays.
        placed = sorted((each for each in timed[day] if each.at), key=_moment)
        for entry in (each for each in timed[day] if not each.at):
            place = order.index(entry.stage)
            later = (n for n, each in enumerate(placed) if order.index(each.stage) > place)
            placed.insert(next(later, len(placed)), entry)
        found += placed
    return found


@dataclass(frozen=True, slots=True)
class Told:
    """How an event stands in the line. `reason`: its reason is meant for all who read it."""

    stage: Stage
    words: str
    audience: Reader = Reader.PRODUCER
    reason: bool = False


#: Of dossiers. What goes on between council, office and Ministry before a decision is not the
#: producer's to read; that the council has judged is.
DOSSIERS: Mapping[str, Told] = {
    "dossiers.begun": Told(Stage.DOSSIER, N_("Mở hồ sơ")),
    "dossiers.submitted": Told(Stage.DOSSIER, N_("Nộp hồ sơ")),
    "dossiers.dossier_returned": Told(Stage.DOSSIER, N_("Trả lại hồ sơ để sửa"), reason=True),
    "dossiers.dossier_forwarded": Told(Stage.DOSSIER, N_("Cấp xã chuyển hồ sơ lên tỉnh")),
    "dossiers.dossier_received": Told(Stage.DOSSIER, N_("Cấp tỉnh tiếp nhận hồ sơ")),
    "dossiers.supplement_asked": Told(Stage.DOSSIER, N_("Yêu cầu bổ sung hồ sơ")),
    "dossiers.supplement_answered": Told(Stage.DOSSIER, N_("Chủ thể trả lời yêu cầu bổ sung")),
    "dossiers.withdrawn": Told(Stage.DOSSIER, N_("Chủ thể rút hồ sơ"), reason=True),
    "dossiers.proposed": Told(
        Stage.DOSSIER, N_("Tổ tư vấn báo cáo, đề nghị trình hội đồng"), Reader.OFFICE
    ),
    "dossiers.agenda_filled": Told(Stage.COUNCIL, N_("Đưa vào chương trình họp hội đồng")),
    "dossiers.taken_off_noted": Told(
        Stage.COUNCIL, N_("Đưa ra khỏi chương trình họp"), Reader.OFFICE
    ),
    "dossiers.conclusion_noted": Told(Stage.COUNCIL, N_("Hội đồng đã đánh giá")),
    "dossiers.sent_to_ministry": Told(Stage.COUNCIL, N_("Trình Bộ đánh giá 5 sao")),
    "dossiers.central_result_recorded": Told(
        Stage.COUNCIL, N_("Bộ trả kết quả đánh giá"), Reader.OFFICE
    ),
    "dossiers.taken_back_unexamined": Told(
        Stage.COUNCIL, N_("Bộ trả hồ sơ, chưa đánh giá"), Reader.OFFICE
    ),
    "dossiers.evaluated_again": Told(Stage.COUNCIL, N_("Đánh giá lại tại tỉnh"), Reader.OFFICE),
    "dossiers.decided": Told(Stage.DOSSIER, N_("Có quyết định về hồ sơ")),
    "dossiers.reopened": Told(Stage.DOSSIER, N_("Hồ sơ chờ quyết định lại")),
    "dossiers.refused": Told(Stage.DOSSIER, N_("Hồ sơ không được công nhận"), reason=True),
    "dossiers.refusal_taken_back": Told(
        Stage.DOSSIER, N_("Rút lại việc không công nhận"), reason=True
    ),
}
#: Of two passes the first only finds gaps.
FIRST_PASS = Told(Stage.COUNCIL, N_("Hội đồng xem xét lần một"), Reader.OFFICE)
#: Of the product itself.
OF_PRODUCT: Mapping[str, Told] = {
    "products.product_created": Told(Stage.CHANGE, N_("Khai sản phẩm")),
    "products.product_changed": Told(Stage.CHANGE, N_("Sửa thông tin sản phẩm")),
    "products.product_stopped": Told(Stage.CHANGE, N_("Ngừng sản xuất"), reason=True),
    "products.product_resumed": Told(Stage.CHANGE, N_("Sản xuất lại"), reason=True),
    "products.product_listed": Told(Stage.CHANGE, N_("Công khai sản phẩm")),
    "products.product_unlisted": Told(
        Stage.CHANGE, N_("Thôi công khai sản phẩm"), Reader.OFFICE, reason=True
    ),
}
#: Of its producer.
OF_PRODUCER: Mapping[str, Told] = {
    "producers.producer_changed": Told(Stage.CHANGE, N_("Chủ thể đổi tên, loại hình hoặc nơi ở")),
    "producers.producer_stopped": Told(Stage.CHANGE, N_("Chủ thể ngừng hoạt động"), reason=True),
    "producers.producer_resumed": Told(Stage.CHANGE, N_("Chủ thể hoạt động lại"), reason=True),
}
#: Of stars, beside what their own dates say; extensions are told from their rows, to everybody.
STARS: Mapping[str, Told] = {
    "recognition.appeal_recorded": Told(Stage.CASE, N_("Chủ thể khiếu nại quyết định thu hồi")),
}
#: A change of these columns stands in the line; others are of the activity tab.
TOLD_COLUMNS = frozenset({"name", "kind", "sector", "set_number", "commune_id", "official_code"})
