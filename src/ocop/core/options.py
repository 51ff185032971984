"""Settings of an installation: declared once with a default, changed by an officer, stored as rows.

What differs from province to province and the law leaves open is an option, not code. Each room
declares its own beside the code that reads them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from ocop.core import once
from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.language import noop as N_
from ocop.core.models import Option
from ocop.core.refusals import Refused

T = TypeVar("T")

REGISTRY: dict[str, "Declared[Any]"] = {}


@dataclass(frozen=True, slots=True)
class Declared(Generic[T]):
    """A declared option: stable key, default, the sentence an officer reads, and a check.

    `choices` maps each allowed value to its words; `fixed` options are set when the system is
    installed and shown only.
    """

    key: str
    default: T
    label: str
    accepts: Callable[[Any], bool]
    choices: Mapping[str, str] | None = None
    fixed: bool = False

    def get(self) -> T:
        """The value in force."""
        row = _all().get(self.key) if once.is_reading() else _one(self.key)
        return self.default if row is None else row


def _one(key: str) -> Any:
    return Option.objects.filter(key=key).values_list("value", flat=True).first()


@once.once
def _all() -> dict[str, Any]:
    """A page asks for several of them; there are few, so they come together."""
    return dict(Option.objects.values_list("key", "value"))


def declare(
    key: str,
    default: T,
    label: str,
    accepts: Callable[[Any], bool],
    *,
    choices: Mapping[str, str] | None = None,
    fixed: bool = False,
) -> Declared[T]:
    """Declare an option under a key of its own; twice is a programming error.

    Mark `label` and the words of `choices` for the catalogue with `language.noop`.
    """
    if key in REGISTRY:
        raise TypeError(f"option {key} declared twice")
    declared = Declared(key, default, label, accepts, choices, fixed)
    REGISTRY[key] = declared
    return declared


PROVINCE = declare(
    "installation.province",
    "",
    N_("Mã tỉnh, thành phố của cơ quan này"),
    lambda v: isinstance(v, str),
    fixed=True,
)
DEMONSTRATION = declare(
    "installation.demonstration",
    False,
    N_("Dữ liệu trong hệ thống này là dữ liệu mẫu"),
    lambda v: isinstance(v, bool),
    fixed=True,
)


def may_set_option(actor: Actor) -> bool:
    """Options are the administrator's and the head of office's."""
    return actor.everywhere("administrator", "office_head")


@action("core.set_option")
def set_option(*, actor: Actor, option: Declared[Any], value: object, at: datetime) -> None:
    """Change one option of the installation."""
    require(actor, may_set_option)
    if option.fixed and not actor.is_system:
        raise Refused("option_fixed", _("Thiết lập này chỉ đặt khi cài đặt hệ thống."))
    if not option.accepts(value):
        raise Refused("option_value", _("Giá trị không hợp lệ cho “%s”.") % _(option.label))
    row, _created = Option.objects.update_or_create(key=option.key, defaults={"value": value})
    record(actor, "core.option_set", row, at=at, change={"key": option.key, "value": value})
