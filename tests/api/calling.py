"""Programs that call the API in tests: each with the key of a person."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from ocop.core.models import Event
from ocop.people.models import User
from tests.world import bearer


@dataclass
class Program:
    """A program with somebody's key. It expects every call to come to a status."""

    headers: dict[str, str]

    def __call__(self, call: str, body: Any = None, status: int = 200) -> Any:
        """`call` is method and path below `/api/v1/`; what is answered as JSON, if anything."""
        method, path = call.split(" ", 1)
        more: dict[str, Any] = {}
        if method != "GET":
            data = b"" if body is None else json.dumps(body, default=str).encode()
            more = {"data": data, "content_type": "application/json"}
        return self._ask(method, path, status, more)

    def send(self, path: str, content: bytes, status: int = 201, **facts: Any) -> Any:
        """A form with a file, posted."""
        form = {**facts, "file": SimpleUploadedFile("giay.png", content)}
        return self._ask("POST", path, status, {"data": form})

    def refused(self, call: str, body: Any, code: str, status: int = 422) -> Any:
        """A call that is refused with this code, as a problem, and that writes nothing."""
        before = Event.objects.count()
        told = self(call, body, status)
        assert told["code"] == code, told
        assert Event.objects.count() == before
        return told

    def missing(self, call: str, body: Any = None) -> None:
        """A call about what this person may not see."""
        self.refused(call, body, "not_found", 404)

    def _ask(self, method: str, path: str, status: int, more: dict[str, Any]) -> Any:
        ask = getattr(Client(), method.lower())
        answer = ask(f"/api/v1/{path}", headers=self.headers, **more)
        told = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert answer.status_code == status, (method, path, told.decode(errors="replace"))
        if status >= 400:
            assert answer.headers["Content-Type"] == "application/problem+json"
        if "json" in answer.headers.get("Content-Type", "") and told:
            return json.loads(told)
        return told


def program(user: User, now: datetime, *scopes: str) -> Program:
    """A program of this person, with these scopes or all."""
    return Program(bearer(user, now, *scopes))
