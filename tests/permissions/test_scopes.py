"""A key reaches no further than its scopes: every call that needs one refuses a key without it."""

import pytest

from ocop.people.scopes import READ_ACCOUNTS
from tests.permissions import addresses, calls
from tests.permissions.asking import Asker
from tests.permissions.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.whole]
#: Calls without a key of one's own, or of facts that are public.
_OPEN = {
    "me", "units", "unit", "locate", "products", "product", "recognitions", "producers",
    "producer", "criteria_sets", "criteria_set", "criteria_set_versions",
    "criteria_difference", "score", "progress", "indicators", "indicator_cut",
    "indicator_rows", "targets",
}  # fmt: skip


def test_key_without_the_scope_is_refused_everywhere(world: World) -> None:
    asker = Asker(world)
    asker.headers["office"] = world.headers("office", READ_ACCOUNTS)
    served = set()
    for name, method, path in addresses.operations():
        if method == "OPTIONS":  # what an interface can do is told without a key
            continue
        address = addresses.call_of(world, world.own, "office", name, path)
        found = asker.call("office", method, address, *calls.body_of(world.own, name, path, method))
        if found != "403":
            served.add((name, found))
    assert {name for name, _found in served} <= _OPEN, served
