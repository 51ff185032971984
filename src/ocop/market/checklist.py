"""What a producer has ready before it sells online, by the list in force (`data/checklist.yaml`).

The questions are ours, in short words; an office that uses another form answers it beside.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

import yaml

from ocop.core.language import noop as N_

YES, NO, OTHER = "yes", "no", "other"
#: How a question is answered.
ANSWERS: Mapping[str, str] = {YES: N_("Đã có"), NO: N_("Chưa có"), OTHER: N_("Không cần")}

#: The questions, by the keys of the data.
QUESTIONS: Mapping[str, str] = {
    "licence": N_("Có đăng ký kinh doanh hoặc quyết định thành lập, có mã số thuế"),
    "safety": N_("Thực phẩm: có giấy tờ an toàn thực phẩm và bản tự công bố còn hiệu lực"),
    "label": N_("Nhãn ghi đủ nội dung bắt buộc, có mã truy xuất đọc được"),
    "photos": N_("Có ít nhất ba ảnh thật của mỗi sản phẩm, chụp rõ nhãn"),
    "words": N_("Có lời giới thiệu đúng với hồ sơ: thành phần, cách dùng, hạn dùng, nơi làm"),
    "price": N_("Giá, phí giao hàng và cách thanh toán ghi rõ trước khi khách đặt"),
    "returns": N_("Có cách đổi trả, hoàn tiền và nơi nhận phản ánh, ghi ngay trên gian hàng"),
    "packing": N_("Bao gói chịu được vận chuyển; hàng cần lạnh có cách giữ lạnh"),
    "carrier": N_("Có đơn vị giao hàng, biết phí và thời gian giao"),
    "account": N_("Có tài khoản ngân hàng nhận tiền, xuất được hóa đơn"),
    "person": N_("Có người trả lời khách và xử lý đơn mỗi ngày"),
    "notified": N_("Trang bán hàng riêng đã thông báo với cơ quan quản lý thương mại điện tử"),
    "privacy": N_("Chỉ xin thông tin khách cần cho việc giao hàng và giữ kín thông tin đó"),
    "star": N_("Chỉ ghi hạng sao OCOP cho sản phẩm còn hiệu lực, gỡ khi hết hạn"),
}


@dataclass(frozen=True, slots=True)
class Checklist:
    """A list of questions, in force from a day on."""

    key: str
    document: str
    since: date
    questions: tuple[str, ...]
    uncertain: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a producer is: what is ready, what is still to be done, what has no answer."""

    ready: int
    missing: tuple[str, ...]
    open: tuple[str, ...]

    @property
    def done(self) -> bool:
        """Whether everything is there that has to be."""
        return not self.missing and not self.open


@cache
def checklists() -> tuple[Checklist, ...]:
    """All lists, oldest first."""
    text = resources.files("ocop.market").joinpath("data/checklist.yaml").read_text("utf-8")
    found = [
        Checklist(
            row["key"],
            row["document"],
            row["from"],
            tuple(row["questions"]),
            row.get("uncertain", ""),
        )
        for row in yaml.safe_load(text)
    ]
    for each in found:
        if unknown := set(each.questions) - set(QUESTIONS):
            raise ValueError(f"{each.key}: unknown questions {sorted(unknown)}")
    return tuple(sorted(found, key=lambda each: each.since))


def checklist_on(day: date) -> Checklist:
    """The newest list that had begun on a day; before the first of them, the first."""
    begun = [each for each in checklists() if each.since <= day]
    return begun[-1] if begun else checklists()[0]


def progress(questions: tuple[str, ...], answers: Mapping[str, str]) -> Progress:
    """How far somebody is by the answers given."""
    return Progress(
        ready=sum(answers.get(key) in (YES, OTHER) for key in questions),
        missing=tuple(key for key in questions if answers.get(key) == NO),
        open=tuple(key for key in questions if answers.get(key) not in ANSWERS),
    )
