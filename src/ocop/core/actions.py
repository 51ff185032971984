"""The one shape of a write: `@action` names it, makes it atomic, and nothing more."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar, cast

from django.db import transaction

from ocop.core.actor import Actor
from ocop.core.language import gettext as _
from ocop.core.language import noop
from ocop.core.refusals import NotAllowed

F = TypeVar("F", bound=Callable[..., Any])
P = TypeVar("P", bound=Callable[..., bool])


@dataclass(frozen=True, slots=True)
class Action:
    """A registered write: its name, the callable, and the sentence that explains it."""

    name: str
    run: Callable[..., Any]
    doc: str


REGISTRY: dict[str, Action] = {}


def action(name: str) -> Callable[[F], F]:
    """Register a service under `room.verb` and run it in one transaction.

    The service takes keyword arguments only, `actor` first and `at` (an aware datetime) among
    them; a violation is a programming error and stops the import.
    """

    def wrap(service: F) -> F:
        parameters = list(inspect.signature(service).parameters.values())
        names = [p.name for p in parameters]
        if any(p.kind is not p.KEYWORD_ONLY for p in parameters):
            raise TypeError(f"{name}: every argument must be keyword-only")
        if names[:1] != ["actor"] or "at" not in names:
            raise TypeError(f"{name}: takes `actor` first and `at`")
        if name in REGISTRY:
            raise TypeError(f"{name}: registered twice")

        @wraps(service)
        def run(**arguments: Any) -> Any:
            with transaction.atomic():
                return service(**arguments)

        REGISTRY[name] = Action(name, run, inspect.getdoc(service) or "")
        return cast(F, run)

    return wrap


def require(actor: Actor, predicate: Callable[..., bool], *objects: Any) -> None:
    """Refuse unless `predicate(actor, *objects)` holds, and say who may where the predicate tells
    (`who_may`). The system itself may do everything."""
    if actor.is_system or predicate(actor, *objects):
        return
    raise NotAllowed("not_allowed", _(_WHO_MAY.get(predicate, _ASK)))


def who_may(words: str) -> Callable[[P], P]:
    """Mark a predicate with the sentence, a msgid, that tells everybody else who may do it."""

    def mark(predicate: P) -> P:
        _WHO_MAY[predicate] = words
        return predicate

    return mark


_ASK = noop("Bạn không có quyền làm việc này. Hãy nhờ người phụ trách của đơn vị cấp quyền.")
_WHO_MAY: dict[Callable[..., bool], str] = {}
