"""One valid call of every action, for the tests that walk the registry.

Each module beside this one holds `EXAMPLES` for a part of the house: by the action's name, a
function that builds what the action needs and returns the arguments beside `actor` and `at`. It
may name an `actor` of its own where even the system must be the right person.
"""

import importlib
import pkgutil
from collections.abc import Callable
from datetime import datetime
from typing import Any

Example = Callable[[datetime], dict[str, Any]]

EXAMPLES: dict[str, Example] = {}
for _found in pkgutil.iter_modules(__path__):
    _module = importlib.import_module(f"{__name__}.{_found.name}")
    EXAMPLES.update(_module.EXAMPLES)
