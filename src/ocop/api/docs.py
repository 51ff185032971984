"""The page that explains the API, drawn from its own description."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from ninja import NinjaAPI

from ocop.people import tokens
from ocop.people.scopes import SCOPES


@dataclass(frozen=True, slots=True)
class Operation:
    """One call as the page shows it."""

    method: str
    path: str
    summary: str
    text: str
    parameters: tuple[str, ...]


def page(api: NinjaAPI, request: HttpRequest) -> HttpResponse:
    """How to call: key, scopes, lists, errors, and every operation."""
    described: dict[str, Any] = api.get_openapi_schema()
    context = {
        "operations": list(_operations(described)),
        "scopes": SCOPES.items(),
        "prefix": tokens.PREFIX,
        "address": request.build_absolute_uri("v1/"),
        "openapi": request.build_absolute_uri("v1/openapi.json"),
    }
    return render(request, "public/api.html", context)


def _operations(described: dict[str, Any]) -> Iterator[Operation]:
    for path, methods in described["paths"].items():
        for method, told in methods.items():
            yield Operation(
                method.upper(),
                path,
                told.get("summary", ""),
                told.get("description", ""),
                tuple(p["name"] for p in told.get("parameters", ()) if p["in"] == "query"),
            )
