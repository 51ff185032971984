"""What the commune checks and reports: completeness of the dossier, and the topics of Form 03.

Form 03 speaks on four topics (Art. 6, Decision 26/2026/QĐ-TTg); the criteria it bears on are those
marked `commune_reports` in the criteria sets, found by their topic since codes differ by set.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ocop.core.language import gettext as _
from ocop.core.language import noop
from ocop.criteria.sets import CriteriaSet, Criterion

TOURISM = "VI"  # the sector whose dossiers bring no samples


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic of Form 03: its key, its words, what is asked, the topic of its criteria."""

    key: str
    words: str
    question: str
    criteria: str


TOPICS = (
    Topic(
        "material",
        noop("Nguồn gốc nguyên liệu địa phương"),
        noop("Nguyên liệu có nguồn gốc từ địa phương đúng như chủ thể khai không?"),
        "material_origin",
    ),
    Topic(
        "labour",
        noop("Sử dụng lao động địa phương"),
        noop("Lao động địa phương có đúng như chủ thể khai không?"),
        "local_labour",
    ),
    Topic(
        "idea",
        noop("Nguồn gốc ý tưởng sản phẩm"),
        noop("Ý tưởng sản phẩm có nguồn gốc đúng như chủ thể khai không?"),
        "idea_origin",
    ),
    Topic(
        "identity",
        noop("Trí tuệ, bản sắc địa phương"),
        noop("Sản phẩm có thể hiện trí tuệ, bản sắc địa phương đúng như chủ thể khai không?"),
        "local_identity",
    ),
)
KEYS = tuple(topic.key for topic in TOPICS)

#: The completeness checklist: key and what the officer confirms.
ITEMS: Mapping[str, str] = {
    "form01": noop("Phiếu đăng ký (Mẫu số 01) đủ nội dung, có người đại diện ký"),
    "form02": noop("Bản tự đánh giá (Mẫu số 02) đủ điểm cho từng tiêu chí"),
    "legal": noop("Giấy tờ về tư cách pháp lý của chủ thể còn hiệu lực"),
    "safety": noop("Giấy tờ về an toàn thực phẩm, điều kiện sản xuất theo quy định"),
    "evidence": noop("Minh chứng kèm theo khớp với các tiêu chí đã tự chấm"),
    "place": noop("Cơ sở sản xuất nằm trên địa bàn xã, phường"),
    "samples": noop("Đã chuẩn bị đủ mẫu sản phẩm theo quy định"),
}


@dataclass(frozen=True, slots=True)
class Gap:
    """What is missing from Form 03 before it can go on: the field and a sentence."""

    field: str
    message: str


def items_for(sector: str) -> dict[str, str]:
    """The checklist of a product's sector in the active language: tourism brings no samples."""
    return {key: _(words) for key, words in ITEMS.items() if key != "samples" or sector != TOURISM}


def criteria_of(criteria_set: CriteriaSet, topic: Topic) -> tuple[Criterion, ...]:
    """The criteria of a set on which the commune reports under a topic; one set has none."""
    return tuple(
        criterion
        for criterion in criteria_set.criteria
        if criterion.commune_reports and criterion.topic == topic.criteria
    )


def gaps(
    sector: str, topics: Mapping[str, Mapping[str, Any]], checklist: Mapping[str, bool]
) -> list[Gap]:
    """What keeps the report from being signed: a topic without an answer or a word, an item of
    the checklist that does not hold."""
    found = []
    for topic in TOPICS:
        told = topics.get(topic.key, {})
        if told.get("holds") is None or not str(told.get("text", "")).strip():
            message = _("Mẫu số 03 chưa có ý kiến về “%s”. Hãy chọn có hoặc không và ghi nhận xét.")
            found.append(Gap(topic.key, message % _(topic.words)))
    for key, words in items_for(sector).items():
        if not checklist.get(key):
            message = _(
                "Chưa xác nhận: %s. Nếu hồ sơ thiếu, hãy yêu cầu bổ sung hoặc trả lại kèm lý do."
            )
            found.append(Gap(key, message % words))
    return found
