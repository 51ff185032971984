"""Refusals: what the system says when it will not do a thing.

A refusal carries a stable `code` for machines and a `message` in the user's language that says
why and what to do next. The web shows it as a banner or form error, the API as problem+json
(RFC 9457), a command as one line on stderr and exit code 1.
"""

from collections.abc import Mapping


class Refused(Exception):
    """An act the rules do not allow, or input that cannot be taken.

    `code` is stable and in English; `message` is for the person; `fields` maps a field name to
    its own messages when the refusal is about a form.
    """

    def __init__(
        self, code: str, message: str, *, fields: Mapping[str, list[str]] | None = None
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.fields = dict(fields or {})


class NotAllowed(Refused):
    """The actor lacks the right. Shown as 403 when the object may be seen, else as 404."""
