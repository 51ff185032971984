"""Every write has the same shape. Each registered action is run once, by its example."""

import importlib
import inspect
import pkgutil
from datetime import datetime

import pytest

import ocop
from ocop.core.actions import REGISTRY
from ocop.core.actor import SYSTEM, Actor, ActorKind
from ocop.core.models import Event
from ocop.core.refusals import NotAllowed, Refused
from tests.architecture.examples import EXAMPLES

#: What people may write freely to say why; events and messages carry it.
REASONS = ("reason", "reasons", "rescoring_reason")
STRANGER = Actor(ActorKind.PERSON, user_id=0)


def _load_all_rooms() -> None:
    for module in pkgutil.walk_packages(ocop.__path__, "ocop."):
        if {"services", "options", "importing"} & set(module.name.split(".")):
            importlib.import_module(module.name)


_load_all_rooms()


def test_every_action_has_an_example() -> None:
    assert set(EXAMPLES) == set(REGISTRY)


@pytest.mark.parametrize("name", sorted(REGISTRY))
def test_action_is_keyword_only_takes_actor_and_time_and_says_what_it_does(name: str) -> None:
    action = REGISTRY[name]
    parameters = list(inspect.signature(action.run).parameters.values())
    assert all(p.kind is p.KEYWORD_ONLY for p in parameters)
    assert parameters[0].name == "actor"
    assert "at" in [p.name for p in parameters]
    assert len(action.doc) > 20


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_action_refuses_a_stranger_and_unreadable_reasons_and_records_one_event(
    name: str, now: datetime
) -> None:
    """One example serves all three: what is refused leaves everything as it was."""
    action = REGISTRY[name]
    arguments = {"at": now, **EXAMPLES[name](now)}
    before = Event.objects.count()

    with pytest.raises(NotAllowed) as stranger:
        action.run(**{**arguments, "actor": STRANGER})
    if name.startswith("councils."):  # a member is told who does it, not only that one may not
        assert "Chỉ " in stranger.value.message

    arguments = {"actor": SYSTEM, **arguments}
    for field in (f for f in REASONS if f in inspect.signature(action.run).parameters):
        for text, code in (("x" * 6_001, "text_too_long"), ("vì\x00thế \ud800", "text_unreadable")):
            with pytest.raises(Refused) as refusal:
                action.run(**{**arguments, field: text})
            assert refusal.value.code == code
            assert field in refusal.value.fields
    assert Event.objects.count() == before

    action.run(**arguments)
    assert Event.objects.count() == before + 1
