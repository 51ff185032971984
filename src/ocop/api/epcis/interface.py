"""The interface with its description, in English only: it is read by makers of programs."""

from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from ocop.api import problems
from ocop.api.callers import Caller
from ocop.api.epcis import answers, asking, capturing
from ocop.traceability.epcis.queries import RESOURCES

_ABOUT = (
    "Capture and query of events by EPCIS 2.0 and CBV 2.0, in JSON-LD. Beside its parameters, "
    "/events takes those that hold a name of the caller's: EQ_bizTransaction_(type), "
    "EQ_source_(type), EQ_destination_(type); EQ_, GT_, GE_, LT_, LE_ and EXISTS_ followed by "
    "ILMD_(field) or by the field of an extension, both with the prefix that the event has."
)


class Interface(NinjaAPI):
    """An API whose problems are described as those of the house."""

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        """The description, with what a problem looks like."""
        document = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
        document["components"].setdefault("schemas", {})["Problem"] = problems.SCHEMA
        for path in document["paths"].values():
            for operation in path.values():
                _mend(operation)
        return document


def _mend(operation: dict[str, Any]) -> None:
    """What the library cannot know of an operation that answers for itself."""
    if set(operation["responses"]) & {201, 202, 204}:
        operation["responses"].pop(200, None)  # the one that it supposes
    for parameter in operation.get("parameters", ()):
        if parameter["name"] == "resource":
            parameter["schema"] = {"type": "string", "enum": ["epcs", *RESOURCES]}


epcis = Interface(
    title="EPCIS 2.0",
    version="2.0.0",
    description=_ABOUT,
    urls_namespace="epcis",
    auth=Caller(),
    docs_url=None,
)
answers.install(epcis)
epcis.add_decorator(answers.with_headers)
assert asking.router is capturing.router  # what is asked is added to it by its import
epcis.add_router("", capturing.router)
