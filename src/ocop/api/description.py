"""The description of the API in one language: whole in Vietnamese, whole in English.

Summaries and the labels of filters are Vietnamese in the code and English in the catalogue, as all
that people read. The texts of operations and schemas are English in the code; their Vietnamese
stands in `description.vi.yaml`.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.utils.functional import Promise

from ocop.core import language
from ocop.core.language import gettext as _
from ocop.core.language import noop as N_

_VIETNAMESE = Path(__file__).with_name("description.vi.yaml")
#: What answers are called, by their status.
_ANSWERS = {
    "200": N_("Trả lời"),
    "201": N_("Đã tạo"),
    "202": N_("Đã nhận, sẽ làm sau"),
    "204": N_("Đã làm, không có gì để trả lời"),
    "default": N_("Yêu cầu bị từ chối: mã lỗi và một câu nói phải làm gì"),
}
_ABOUT = N_(
    "Sổ đăng ký, hồ sơ, hội đồng, bộ tiêu chí, đơn vị hành chính và số liệu của Chương trình OCOP. "
    "Bản cài đặt chứa dữ liệu mẫu gửi kèm OCOP-Demonstration: true trong mọi câu trả lời; dòng mẫu "
    "mang demonstration: true."
)
_MARK = N_("Có khi bản cài đặt chứa dữ liệu mẫu, không phải số liệu thật")


@cache
def vietnamese() -> dict[str, dict[str, str]]:
    """The Vietnamese texts: of operations and schemas by name, of fields by name."""
    found: dict[str, dict[str, str]] = yaml.safe_load(_VIETNAMESE.read_text(encoding="utf-8"))
    return found


def localised(document: dict[str, Any]) -> dict[str, Any]:
    """A copy of a description in the active language. Titles that only repeat names are left out:
    they are in no language."""
    told: dict[str, Any] = {key: _copied(value) for key, value in document.items()}
    told["info"] = {**document["info"], "description": _(_ABOUT)}
    for header in told["components"]["headers"].values():
        header["description"] = _(_MARK)
    for operation in operations(told):
        summary = operation["summary"]
        operation["summary"] = _(summary)
        for status, answer in operation["responses"].items():
            answer["description"] = _(_ANSWERS[str(status)])
    if language.active() == "vi":
        _in_vietnamese(told)
    return told


def operations(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every operation of a description."""
    for path in document["paths"].values():
        yield from path.values()


def _in_vietnamese(told: dict[str, Any]) -> None:
    words = vietnamese()
    for operation in operations(told):
        operation["description"] = words["operations"][operation["operationId"]]
    for name, schema in told["components"]["schemas"].items():
        if "description" in schema:
            schema["description"] = words["schemas"][name]
        for field, described in schema.get("properties", {}).items():
            if "description" in described:
                described["description"] = words["fields"][field]


def _copied(value: Any) -> Any:
    if isinstance(value, dict):
        kept = ((k, v) for k, v in value.items() if k != "title" or not isinstance(v, str))
        return {key: _copied(each) for key, each in kept}
    if isinstance(value, list | tuple):
        return [_copied(each) for each in value]
    return str(value) if isinstance(value, Promise) else value
