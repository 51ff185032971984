"""Bodies for calls of the API, made from its own description: the smallest that is well formed."""

from functools import cache
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from ocop.api.urls import v1
from tests.dossiers.making import picture

_TEXTS = {
    "date": "2026-11-20",
    "date-time": "2026-12-20T08:00:00+07:00",
    "uuid": "7f1f2d0e-2f8b-4a55-9a6e-1a2b3c4d5e6f",
    "binary": "",
}


@cache
def _described() -> dict[str, Any]:
    told: dict[str, Any] = v1.get_openapi_schema(path_prefix="/api/v1/")
    return told


def body_of(path: str, method: str) -> tuple[Any, bool]:
    """A body for an operation, and whether it is sent as a form with a file."""
    operation = _described()["paths"][path][method.lower()]
    content = operation.get("requestBody", {}).get("content", {})
    if "multipart/form-data" in content:
        made = _make(content["multipart/form-data"]["schema"])
        given = {name: value for name, value in made.items() if value is not None}
        return {**given, "file": SimpleUploadedFile("a.png", picture())}, True
    if "application/json" in content:
        return _make(content["application/json"]["schema"]), False
    return None, False


def _make(schema: dict[str, Any]) -> Any:
    if "$ref" in schema:
        return _make(_described()["components"]["schemas"][schema["$ref"].rpartition("/")[2]])
    for choice in ("anyOf", "oneOf", "allOf"):
        if choice in schema:
            return _make(schema[choice][0])
    if "enum" in schema:
        return schema["enum"][0]
    if "const" in schema:
        return schema["const"]
    kind = schema.get("type")
    if kind == "object":
        wanted = schema.get("required", ())
        return {name: _make(schema["properties"][name]) for name in wanted}
    if kind == "array":
        return []
    if kind in ("integer", "number"):
        return 1
    if kind == "boolean":
        return True
    return _TEXTS.get(schema.get("format", ""), "x")
