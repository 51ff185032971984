"""What the API takes: every field known by name, every number a number.

A slip in a name would else be answered with 200 and save nothing, and `true` would be kept as 1.
"""

from typing import Any

from ninja import Schema
from pydantic import ConfigDict, GetCoreSchemaHandler

#: What JSON has types for. Days, moments and exact decimals travel as texts.
_STRICT = ("int", "float", "bool")


def _strict(node: Any) -> Any:
    if isinstance(node, list | tuple):
        return type(node)(_strict(each) for each in node)
    if not isinstance(node, dict):
        return node
    found = {name: value if name == "metadata" else _strict(value) for name, value in node.items()}
    return {**found, "strict": True} if found.get("type") in _STRICT else found


class FormIn(Schema):
    """A form sent beside a file: its values are texts, whatever they stand for."""

    model_config = ConfigDict(extra="forbid")


class JsonIn(Schema):
    """A JSON body or a part of one."""

    model_config = ConfigDict(extra="forbid")

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> Any:
        """The fields as declared, with nothing but numbers for numbers and true or false."""
        return _strict(handler(source))
